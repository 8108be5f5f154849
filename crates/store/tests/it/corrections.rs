use crate::made::{Case, Made, made, told};
use reader::codes::{Channel, Status, StepKind};
use reader::record::{Contact, Party, Step};
use serde_json::json;
use store::{Action, Anchor, Correction, ErrorKind, Filter, State, Target};

fn tried() -> Made {
    made("tried.txt", "2013-02-13", ["USA", "RUS"], Channel::Call, "2013-02-12", Status::Unanswered)
}

fn met() -> Made {
    made("met.txt", "2013-02-27", ["USA", "RUS"], Channel::Meeting, "2013-02-26", Status::Held)
}

fn only(case: &Case) -> store::Shown {
    let mut contacts = case.contacts();
    assert_eq!(contacts.len(), 1);
    contacts.remove(0)
}

/// A correction about the contact with that key, made in that second.
fn about(case: &Case, key: &str, second: u32, action: Action) -> Correction {
    let (target, before) = case.store.target(key).unwrap();
    Correction {
        id: String::new(),
        time: format!("2026-01-01T00:00:{second:02}Z"),
        editor: "B. Coder".to_owned(),
        reason: Some("a test".to_owned()),
        action,
        target: Some(target),
        before: Some(Box::new(before)),
    }
}

fn undo(of: &str, second: u32) -> Correction {
    Correction {
        id: String::new(),
        time: format!("2026-01-01T00:00:{second:02}Z"),
        editor: "B. Coder".to_owned(),
        reason: None,
        action: Action::Undo { of: of.to_owned() },
        target: None,
        before: None,
    }
}

fn edit(field: &str, value: serde_json::Value) -> Action {
    Action::Edit { field: field.to_owned(), value }
}

fn last_id(case: &Case) -> String {
    case.store.corrections().unwrap().last().unwrap().id.clone()
}

#[test]
fn an_edit_is_kept_undone_and_done_again() {
    let mut case = Case::new();
    case.put(&[&tried()]);
    let key = only(&case).contact.contact.id;
    let machine = only(&case);
    let correction = about(&case, &key, 1, edit("status", json!("declined")));
    assert_eq!(case.store.correct(vec![correction.clone()]).unwrap(), 1);
    assert_eq!(case.store.correct(vec![correction]).unwrap(), 0, "the same line twice is one entry");
    let edited = only(&case);
    assert_eq!((edited.contact.contact.status, edited.state), (Status::Declined, State::Edited));
    assert_eq!(case.store.machine_contact(&key).unwrap().unwrap(), machine.contact);
    assert_eq!(case.store.corrections().unwrap()[0].before.as_deref(), Some(&machine.contact));

    let id = last_id(&case);
    case.store.correct(vec![undo(&id, 2)]).unwrap();
    assert_eq!(only(&case), machine);
    let id = last_id(&case);
    case.store.correct(vec![undo(&id, 3)]).unwrap();
    assert_eq!(only(&case), edited);
    assert_eq!(case.store.corrections().unwrap().len(), 3, "nothing is ever taken out of the log");
}

#[test]
fn values_that_make_no_sense_are_refused_and_nothing_is_logged() {
    let mut case = Case::new();
    case.put(&[&tried()]);
    let key = only(&case).contact.contact.id;
    for (field, value) in [
        ("status", json!("sort of")),
        ("when", json!("yesterday")),
        ("id", json!("mine")),
        ("attempts", json!("many")),
        ("parties", json!("USA and Russia")),
    ] {
        let error = case.store.correct(vec![about(&case, &key, 1, edit(field, value))]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Request, "{field}");
    }
    let mut nobody = about(&case, &key, 1, Action::Accept);
    nobody.editor = " ".to_owned();
    assert!(case.store.correct(vec![nobody]).is_err());
    assert!(case.store.correct(vec![undo("00000000", 1)]).is_err());
    assert!(case.store.corrections().unwrap().is_empty());
    for (field, value) in [("when", "2013-02"), ("where", "Geneva"), ("topics", "tests; sanctions"), ("attempts", "3")]
    {
        case.store.correct(vec![about(&case, &key, 9, edit(field, json!(value)))]).unwrap();
    }
    let contact = only(&case).contact.contact;
    assert_eq!(contact.topics, ["tests", "sanctions"]);
    assert_eq!((contact.attempts, contact.place.unwrap().name.as_str()), (Some(3), "Geneva"));
    assert_eq!(contact.when.unwrap().edtf, "2013-02");
}

#[test]
fn the_log_can_only_grow() {
    let mut case = Case::new();
    case.put(&[&tried()]);
    let key = only(&case).contact.contact.id;
    case.store.correct(vec![about(&case, &key, 1, Action::Accept)]).unwrap();
    let sql = rusqlite::Connection::open(case.path()).unwrap();
    assert!(sql.execute("DELETE FROM corrections", []).is_err());
    assert!(sql.execute("UPDATE corrections SET json = '{}'", []).is_err());
}

#[test]
fn corrections_survive_another_reading_and_further_documents() {
    let mut case = Case::new();
    case.put(&[&tried(), &met()]);
    let keys: Vec<String> = case.contacts().into_iter().map(|shown| shown.contact.contact.id).collect();
    case.store.correct(vec![about(&case, &keys[0], 1, edit("tone", json!("curt")))]).unwrap();
    case.store.correct(vec![about(&case, &keys[1], 2, Action::Reject)]).unwrap();
    assert_eq!(case.contacts().len(), 1);

    // A newer version finds other ends for the same evidence, and numbers its contacts anew.
    let mut newer = tried();
    newer.record.accounts[0].evidence[0].start += 4;
    newer.record.accounts[0].evidence[0].quote = newer.record.accounts[0].evidence[0].quote.chars().skip(4).collect();
    newer.record.accounts[0].contact = "c7".to_owned();
    newer.record.contacts[0].id = "c7".to_owned();
    let other = made("other.txt", "2013-02-13", ["USA", "RUS"], Channel::Call, "2013-02-12", Status::Unanswered);
    case.put(&[&newer, &other, &met()]);
    let kept: Vec<_> = case.contacts().into_iter().filter(|shown| shown.state == State::Edited).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].contact.contact.tone.as_deref(), Some("curt"));
    assert_eq!(kept[0].contact.contact.id, keys[0]);
    let rejected = case.store.contacts(&Filter { rejected: true, ..Filter::default() }).unwrap().items;
    assert!(rejected.iter().any(|shown| shown.state == State::Rejected && shown.contact.contact.id == keys[1]));
}

#[test]
fn what_a_person_accepted_stays_when_the_program_no_longer_finds_it() {
    let mut case = Case::new();
    case.put(&[&tried()]);
    let key = only(&case).contact.contact.id;
    case.store.correct(vec![about(&case, &key, 1, Action::Accept)]).unwrap();
    let mut blind = tried();
    blind.record.contacts.clear();
    blind.record.accounts.clear();
    case.put(&[&blind]);
    let kept = only(&case);
    assert_eq!((kept.state, kept.contact.contact.id.as_str()), (State::Kept, key.as_str()));
    // Found again, it is the machine's once more, under its old key.
    case.put(&[&tried()]);
    let again = only(&case);
    assert_eq!((again.state, again.contact.contact.id.as_str()), (State::Accepted, key.as_str()));
    // And with the acceptance undone, nothing holds it.
    case.put(&[&blind]);
    let id = case.store.corrections().unwrap()[0].id.clone();
    case.store.correct(vec![undo(&id, 5)]).unwrap();
    assert!(case.contacts().is_empty());
    case.store.check().unwrap();
}

#[test]
fn contacts_are_joined_and_taken_apart_by_hand() {
    let mut case = Case::new();
    case.put(&[&tried(), &met()]);
    let keys: Vec<String> = case.contacts().into_iter().map(|shown| shown.contact.contact.id).collect();
    assert_eq!(keys.len(), 2);
    let apart = case.contacts();
    let (with, _) = case.store.target(&keys[1]).unwrap();
    case.store.correct(vec![about(&case, &keys[0], 1, Action::Merge { with: vec![with] })]).unwrap();
    let joined = only(&case);
    assert_eq!(joined.contact.contact.accounts.len(), 2);
    assert_eq!(joined.contact.documents.len(), 2);
    assert_eq!(joined.contact.contact.response_days, Some(14));
    // Whoever asks for the other is led to it.
    assert_eq!(case.store.contact(&keys[1]).unwrap().contact.contact.id, keys[0]);
    // Read again, they stay joined.
    case.put(&[&tried(), &met()]);
    assert_eq!(only(&case).contact, joined.contact);

    // Take the second account off again as a contact of its own.
    let last = &joined.contact.contact.accounts[1].evidence[0];
    let off = Anchor {
        sha256: met().record.document.sha256,
        path: "met.txt".to_owned(),
        start: last.start,
        end: last.end,
        quote: last.quote.clone(),
    };
    case.store.correct(vec![about(&case, &keys[0], 2, Action::Split { off: vec![off] })]).unwrap();
    let parts = case.contacts();
    assert_eq!(parts.len(), 2);
    assert_eq!(
        parts.iter().map(|part| part.contact.documents.clone()).collect::<Vec<_>>(),
        [["tried.txt"], ["met.txt"]]
    );
    // The part can be corrected as well.
    let part = parts[1].contact.contact.id.clone();
    case.store.correct(vec![about(&case, &part, 3, edit("tone", json!("cordial")))]).unwrap();
    assert_eq!(case.store.contact(&part).unwrap().contact.contact.tone.as_deref(), Some("cordial"));
    // All undone, the machine's contacts stand as they did.
    let ids: Vec<String> = case.store.corrections().unwrap().into_iter().map(|correction| correction.id).collect();
    let undone = ids.iter().enumerate().map(|(at, id)| undo(id, 10 + at as u32)).collect();
    case.store.correct(undone).unwrap();
    assert_eq!(case.contacts(), apart);
    case.store.check().unwrap();
}

#[test]
fn a_contact_and_a_step_added_by_hand_stand_beside_the_press() {
    let mut case = Case::new();
    case.put(&[&tried()]);
    let press = only(&case).contact.contact;
    let party = |government: &str| Party { government: government.to_owned(), person: None, office: None, role: None };
    let contact = Contact {
        parties: vec![party("CZE"), party("SVK")],
        id: String::new(),
        status: Status::Held,
        when: Some(reader::record::When { edtf: "2013-02-20".to_owned(), basis: reader::codes::DateBasis::Stated }),
        steps: Vec::new(),
        accounts: Vec::new(),
        initiator: None,
        ..tried().record.contacts.remove(0)
    };
    let add = Correction {
        target: None,
        before: None,
        ..about(
            &case,
            &press.id,
            1,
            Action::Add {
                contact: Box::new(contact),
                note: "The minister rang his colleague about the dam.".to_owned(),
                government: Some("CZE".to_owned()),
            },
        )
    };
    case.store.correct(vec![add]).unwrap();
    assert_eq!(case.contacts().len(), 2);
    assert_eq!(case.search("dam", &[store::Place::Evidence]).unwrap().len(), 1);
    let id = last_id(&case);

    let step = Step {
        step: StepKind::Acknowledged,
        when: Some("2013-02-15".to_owned()),
        by: Some("RUS".to_owned()),
        accounts: Vec::new(),
        inferred: false,
    };
    case.store.correct(vec![about(&case, &press.id, 2, Action::AddStep { step })]).unwrap();
    let changed = case.store.contact(&press.id).unwrap().contact.contact;
    assert_eq!((changed.steps.len(), changed.response_days), (2, Some(3)));

    case.store.correct(vec![undo(&id, 3)]).unwrap();
    assert_eq!(case.contacts().len(), 1);
    assert_eq!(case.search("dam", &[store::Place::Evidence]).unwrap().len(), 0);
}

#[test]
fn the_log_moves_to_another_file() {
    let mut case = Case::new();
    case.put(&[&tried(), &met()]);
    let keys: Vec<String> = case.contacts().into_iter().map(|shown| shown.contact.contact.id).collect();
    case.store.correct(vec![about(&case, &keys[0], 1, edit("tone", json!("curt")))]).unwrap();
    case.store.correct(vec![about(&case, &keys[1], 2, Action::Accept)]).unwrap();
    let lines: Vec<String> =
        case.store.corrections().unwrap().iter().map(|c| serde_json::to_string(c).unwrap()).collect();

    let mut other = Case::new();
    other.put(&[&tried()]);
    let read: Vec<Correction> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(other.store.correct(read.clone()).unwrap(), 2);
    assert_eq!(other.store.correct(read).unwrap(), 0);
    assert_eq!(only(&other).contact.contact.tone.as_deref(), Some("curt"));
    // The document that the second is about comes later.
    other.put(&[&met()]);
    assert_eq!(other.contacts(), case.contacts());
}

#[test]
fn a_target_says_what_it_rests_on() {
    let mut case = Case::new();
    case.put(&[&told(
        "é.txt",
        "2013-02-13",
        ["USA", "RUS"],
        Channel::Call,
        "2013-02-12",
        Status::Held,
        "They “spoke”.",
    )]);
    let (target, _): (Target, _) = case.store.target(&only(&case).contact.contact.id).unwrap();
    assert_eq!(target.governments, "RUS USA");
    assert_eq!(target.anchors[0].quote, "They “spoke”.");
    assert_eq!(target.anchors[0].sha256.len(), 64);
}
