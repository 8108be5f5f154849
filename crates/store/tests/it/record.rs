use crate::made::{Case, made, told};
use reader::codes::{Channel, Status};
use store::{Filter, Input, Place, Put, SearchFilter, StatementFilter, Store};

fn usa_russia(path: &str, day: &str) -> crate::made::Made {
    made(path, day, ["USA", "RUS"], Channel::Call, day, Status::Held)
}

#[test]
fn what_was_read_is_known_and_nothing_doubles() {
    let mut case = Case::new();
    let (one, two) = (usa_russia("a.txt", "2013-02-12"), usa_russia("b.txt", "2013-05-12"));
    let known = reader::Known::default();
    assert!(!case.store.has(&one.record.document, &known).unwrap());
    assert_eq!(case.put(&[&one, &two]), [Put::New, Put::New]);
    assert!(case.store.has(&one.record.document, &known).unwrap());
    let seen = case.store.seen().unwrap();
    assert!(seen.has(&one.record.document, &known));
    // A date that the first reading did not know is a reason to read again.
    let dated = reader::Known { published: Some("2013-02-13".to_owned()), ..known };
    assert!(!case.store.has(&one.record.document, &dated).unwrap() && !seen.has(&one.record.document, &dated));

    let before = case.contacts();
    assert_eq!(before.len(), 2);
    assert_eq!(case.put(&[&one, &two]), [Put::Reread, Put::Reread]);
    assert_eq!(case.contacts(), before);
    assert_eq!(case.store.waiting().unwrap(), 0);
    case.store.check().unwrap();
}

#[test]
fn a_changed_page_is_a_new_revision_and_the_old_one_is_kept() {
    let mut case = Case::new();
    case.put(&[&usa_russia("a.txt", "2013-02-12")]);
    let key = case.contacts()[0].contact.contact.id.clone();
    let longer = told(
        "a.txt",
        "2013-02-12",
        ["USA", "RUS"],
        Channel::Call,
        "2013-02-12",
        Status::Held,
        "In the end they spoke by telephone, officials of both capitals say.",
    );
    assert_eq!(case.put(&[&longer]), [Put::Revised]);
    assert_eq!(case.contacts().len(), 1);
    assert_eq!(case.store.documents(false).unwrap().len(), 1);
    let revisions = case.store.documents(true).unwrap();
    assert_eq!(revisions.iter().map(|row| (row.revision, row.current)).collect::<Vec<_>>(), [(1, false), (2, true)]);
    assert!(case.store.document("a.txt", Some(1)).unwrap().text.contains("is held"));
    assert!(case.store.document("a.txt", None).unwrap().text.contains("In the end"));
    // Back to the first bytes: a third revision, not a lost one. The contact rests on the same words again.
    assert_eq!(case.put(&[&usa_russia("a.txt", "2013-02-12")]), [Put::Revised]);
    assert_eq!(case.store.documents(true).unwrap().len(), 3);
    assert_eq!(case.contacts()[0].contact.contact.id, key);
    case.store.check().unwrap();
}

#[test]
fn the_order_of_reading_changes_nothing() {
    let days = ["2013-02-12", "2013-02-12", "2013-02-14", "2013-06-01", "2014-01-01"];
    let documents: Vec<_> = days.iter().enumerate().map(|(at, day)| usa_russia(&format!("{at}.txt"), day)).collect();
    let mut at_once = Case::new();
    at_once.put(&documents.iter().collect::<Vec<_>>());
    let mut backwards = Case::new();
    backwards.put(&documents.iter().rev().collect::<Vec<_>>());
    assert_eq!(at_once.contacts(), backwards.contacts());
    // One by one the keys may be older, the contacts are the same.
    let mut singly = Case::new();
    for document in &documents {
        singly.put(&[document]);
    }
    let without_key = |case: &Case| {
        let mut contacts: Vec<_> = case.contacts().into_iter().map(|shown| shown.contact).collect();
        for contact in &mut contacts {
            contact.contact.id.clear();
            contact.contact.accounts.iter_mut().for_each(|account| account.contact.clear());
            contact.disputes.iter_mut().for_each(|dispute| dispute.contact.clear());
        }
        contacts
    };
    assert_eq!(without_key(&at_once), without_key(&singly));
}

#[test]
fn filters_and_pages_agree_with_each_other() {
    let mut case = Case::new();
    let mut documents = Vec::new();
    for month in 1..=9 {
        documents.push(usa_russia(&format!("ru{month}.txt"), &format!("2013-0{month}-05")));
        let day = format!("2013-0{month}-20");
        documents.push(made(&format!("cn{month}.txt"), &day, ["USA", "CHN"], Channel::Meeting, &day, Status::Planned));
    }
    documents.push(made("x.txt", "2013-03-01", ["IRN", "USA"], Channel::Message, "XXXX-03-01", Status::Requested));
    case.put(&documents.iter().collect::<Vec<_>>());
    let count = |filter: Filter| case.store.contacts(&filter).unwrap().items.len();
    assert_eq!(count(Filter::default()), 19);
    assert_eq!(count(Filter { parties: vec!["USA".into(), "RUS".into()], ..Filter::default() }), 9);
    assert_eq!(count(Filter { channels: vec![Channel::Meeting], ..Filter::default() }), 9);
    assert_eq!(count(Filter { statuses: vec![Status::Requested], ..Filter::default() }), 1);
    assert_eq!(count(Filter { topic: Some("BORDER".into()), ..Filter::default() }), 19);
    assert_eq!(count(Filter { person: Some("kerry".into()), ..Filter::default() }), 0);
    let from = Some("2013-03-01".parse().unwrap());
    let to = Some("2013-04-30".parse().unwrap());
    assert_eq!(count(Filter { from, to, ..Filter::default() }), 4);
    // Pages put together are the whole, and undated contacts come last.
    let mut filter = Filter { limit: Some(5), ..Filter::default() };
    let mut paged = Vec::new();
    loop {
        let page = case.store.contacts(&filter).unwrap();
        paged.extend(page.items);
        match page.next {
            Some(next) => filter.after = Some(next.to_string().parse().unwrap()),
            None => break,
        }
    }
    assert_eq!(paged, case.contacts());
    assert_eq!(paged.last().unwrap().contact.contact.when.as_ref().unwrap().edtf, "XXXX-03-01");
}

#[test]
fn the_record_as_it_stood_knows_only_what_was_published() {
    let mut case = Case::new();
    case.put(&[
        &made("early.txt", "2013-02-13", ["USA", "RUS"], Channel::Call, "2013-02-12", Status::Unanswered),
        &made("late.txt", "2013-03-20", ["USA", "RUS"], Channel::Meeting, "2013-03-19", Status::Held),
    ]);
    let as_of = |day: &str| {
        let filter = Filter { as_of: Some(day.parse().unwrap()), ..Filter::default() };
        case.store.contacts(&filter).unwrap().items
    };
    assert_eq!(as_of("2013-02-12").len(), 0);
    let early = as_of("2013-02-13");
    assert_eq!(early.len(), 1);
    assert_eq!(early[0].contact.documents, ["early.txt"]);
    // The same contact, under the same key.
    assert_eq!(early[0], case.contacts()[0]);
    assert_eq!(as_of("2013-03-20"), case.contacts());
    let key = early[0].contact.contact.id.clone();
    assert_eq!(case.store.contact_as_of(&key, "2013-02-13".parse().unwrap()).unwrap(), early[0]);
    assert!(case.store.contact_as_of(&key, "2013-02-12".parse().unwrap()).is_err());
}

#[test]
fn a_page_that_was_changed_later_stands_as_it_was_before() {
    let mut case = Case::new();
    let (parties, day) = (["USA", "RUS"], "2013-02-12");
    case.put(&[&made("page.txt", "2013-02-13", parties, Channel::Call, day, Status::Unanswered)]);
    let before = case.contacts();
    case.put(&[&made("page.txt", "2013-02-15", parties, Channel::Call, day, Status::Held)]);
    let status = |on: &str| {
        let filter = Filter { as_of: Some(on.parse().unwrap()), ..Filter::default() };
        let items = case.store.contacts(&filter).unwrap().items;
        items.into_iter().map(|shown| (shown.contact.contact.id, shown.contact.contact.status)).collect::<Vec<_>>()
    };
    let key = before[0].contact.contact.id.clone();
    assert_eq!(status("2013-02-12"), []);
    assert_eq!(status("2013-02-14"), [(key.clone(), Status::Unanswered)]);
    assert_eq!(status("2013-02-15"), [(key, Status::Held)]);
}

#[test]
fn words_are_found_in_articles_statements_and_evidence() {
    let mut case = Case::new();
    case.put(&[&usa_russia("a.txt", "2013-02-12")]);
    let places = [Place::Article, Place::Statement, Place::Evidence];
    let hits = case.search("call", &places).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.place).collect::<Vec<_>>(), [Place::Article, Place::Evidence]);
    assert_eq!(hits[1].contact.as_deref(), Some(case.contacts()[0].contact.contact.id.as_str()));
    assert!(hits[0].snippet.contains("call between USA and RUS"), "{}", hits[0].snippet);
    let said = case.search("\"we spoke\"", &[Place::Statement]).unwrap();
    assert_eq!((said.len(), said[0].speaker.as_deref()), (1, Some("a spokesperson")));
    assert_eq!(case.search("speaking nowhere", &places).unwrap().len(), 0);
    assert!(case.search("--", &places).is_err());
    let until = |as_of: &str| {
        let (words, places) = ("call".to_owned(), places.to_vec());
        let as_of = Some(as_of.parse().unwrap());
        case.store.search(&SearchFilter { words, places, as_of, limit: 10, ..Default::default() }).unwrap().len()
    };
    assert_eq!((until("2013-02-11"), until("2013-02-12")), (0, 2));
    let filter = StatementFilter { words: Some("spoke".into()), person: Some("Spokes".into()), ..Default::default() };
    assert_eq!(case.store.statements(&filter).unwrap().items.len(), 1);
    // What is gone from the page is gone from the search.
    let mut other =
        told("a.txt", "2013-02-12", ["USA", "RUS"], Channel::Call, "2013-02-12", Status::Held, "They talked.");
    other.record.statements.clear();
    case.put(&[&other]);
    assert_eq!(case.search("\"we spoke\"", &[Place::Statement]).unwrap().len(), 0);
    assert_eq!(case.search("call", &[Place::Evidence]).unwrap().len(), 0);
}

#[test]
fn pairs_have_their_rhythm_and_coverage_says_what_was_read() {
    let mut case = Case::new();
    let mut quiet = made("quiet.txt", "2013-02-03", ["USA", "IRN"], Channel::Call, "2013-02-03", Status::Held);
    quiet.record.contacts.clear();
    quiet.record.accounts.clear();
    case.put(&[
        &usa_russia("a.txt", "2013-02-12"),
        &made("b.txt", "2013-04-02", ["RUS", "USA"], Channel::Call, "2013-04-01", Status::Unanswered),
        &quiet,
    ]);
    let pairs = case.store.pairs(&Filter::default()).unwrap();
    assert_eq!(pairs.len(), 1);
    let pair = &pairs[0];
    assert_eq!((pair.contacts, pair.held, pair.asked, pair.unanswered_share), (2, 1, 1, Some(1.0)));
    assert_eq!((pair.initiated, pair.initiator_balance), ([1, 1], Some(0.0)));
    assert_eq!(pair.per_month, Some(2.0 / 3.0));

    let filter = Filter { parties: vec!["USA".into(), "RUS".into()], ..Filter::default() };
    let names = [vec!["USA".to_owned(), "United States".to_owned()], vec!["RUS".to_owned()]];
    let coverage = case.store.coverage(&filter, &names).unwrap();
    assert_eq!((coverage.documents, coverage.naming, coverage.telling), (3, 2, 2));
    // Looked and found nothing is not the same as not looked.
    let iran = Filter { parties: vec!["IRN".into()], ..Filter::default() };
    let coverage = case.store.coverage(&iran, &[vec!["IRN".to_owned()]]).unwrap();
    assert_eq!((coverage.documents, coverage.naming, coverage.telling), (3, 1, 0));
}

#[test]
fn a_batch_that_is_not_committed_leaves_nothing() {
    let mut case = Case::new();
    let one = usa_russia("a.txt", "2013-02-12");
    let known = reader::Known::default();
    let mut batch = case.store.begin().unwrap();
    batch.put(&Input { record: &one.record, text: &one.text, bytes: one.text.as_bytes(), known: &known }).unwrap();
    drop(batch);
    assert!(case.store.documents(true).unwrap().is_empty());
    assert_eq!(case.store.waiting().unwrap(), 0);
}

#[test]
fn two_readers_see_what_was_committed_while_a_writer_writes() {
    let mut case = Case::new();
    case.put(&[&usa_russia("a.txt", "2013-02-12")]);
    let readers = [Store::open_existing(&case.path()).unwrap(), Store::open_existing(&case.path()).unwrap()];
    let two = usa_russia("b.txt", "2013-09-12");
    let known = reader::Known::default();
    let mut batch = case.store.begin().unwrap();
    batch.put(&Input { record: &two.record, text: &two.text, bytes: two.text.as_bytes(), known: &known }).unwrap();
    for reader in &readers {
        assert_eq!(reader.documents(false).unwrap().len(), 1);
    }
    batch.commit().unwrap();
    for reader in &readers {
        assert_eq!(reader.documents(false).unwrap().len(), 2);
        assert_eq!(reader.waiting().unwrap(), 1);
    }
}

#[test]
fn joining_by_neighbourhood_is_joining_at_once() {
    // Days near and far, told exactly, by month, without a year and not at all; documents with and without a date.
    let pairs = [["USA", "RUS"], ["USA", "CHN"], ["RUS", "USA"]];
    let whens = ["2013-02-12", "2013-02-13", "2013-02-20", "2013-02", "2013-03-05", "2013-03", "XXXX-02-12", ""];
    let published = ["2013-02-13", "2013-02-25", "2013-03-06", ""];
    let statuses = [Status::Held, Status::Requested, Status::Planned];
    // A fixed sequence that mixes them (Park and Miller's generator).
    let mut seed = 20_130_212_u64;
    let mut next = |below: usize| {
        seed = seed * 48_271 % 2_147_483_647;
        seed as usize % below
    };
    for round in 0..20 {
        let documents: Vec<_> = (0..25)
            .map(|at| {
                let (when, day) = (whens[next(whens.len())], published[next(published.len())]);
                let pair = pairs[next(pairs.len())];
                let status = statuses[next(statuses.len())];
                let mut document = made(&format!("{round}-{at}.txt"), day, pair, Channel::Call, when, status);
                if when.is_empty() {
                    document.record.contacts[0].when = None;
                    document.record.contacts[0].steps[0].when = None;
                    document.record.accounts[0].claim.when = None;
                    document.record.accounts[0].claim.step_when = None;
                }
                if day.is_empty() {
                    document.record.article.published = None;
                }
                if next(4) == 0 {
                    let third = reader::record::Party {
                        government: "GBR".into(),
                        ..document.record.contacts[0].parties[0].clone()
                    };
                    document.record.contacts[0].parties.push(third);
                }
                document
            })
            .collect();
        let records: Vec<_> = documents.iter().map(|made| made.record.clone()).collect();
        let expected = paths(reader::contacts::merge(&records));
        let mut case = Case::new();
        for batch in documents.chunks(4) {
            case.put(&batch.iter().collect::<Vec<_>>());
        }
        let found = paths(case.contacts().into_iter().map(|shown| shown.contact).collect());
        assert_eq!(found, expected, "round {round}");
    }
}

/// Which documents tell of each contact, and what became of it.
fn paths(contacts: Vec<reader::record::MergedContact>) -> Vec<String> {
    let mut all: Vec<String> = contacts
        .into_iter()
        .map(|contact| format!("{:?} {} {:?}", contact.documents, contact.contact.status, contact.contact.when))
        .collect();
    all.sort();
    all
}

#[test]
fn counts_agree_with_the_contacts_they_count() {
    let mut case = Case::new();
    let mut documents = Vec::new();
    for month in 1..=5 {
        documents.push(usa_russia(&format!("ru{month}.txt"), &format!("2013-0{month}-05")));
    }
    let day = "2013-07-01";
    documents.push(made("iran.txt", day, ["USA", "IRN"], Channel::Message, day, Status::Unanswered));
    documents.push(told(
        "dam.txt",
        day,
        ["USA", "CHN"],
        Channel::Call,
        "2013-06-30",
        Status::Held,
        "The two spoke about a certain dam.",
    ));
    case.put(&documents.iter().collect::<Vec<_>>());

    let ids = |filter: &Filter| -> Vec<String> {
        case.store.contacts(filter).unwrap().items.into_iter().map(|shown| shown.contact.contact.id).collect()
    };
    for filter in [
        Filter::default(),
        Filter { parties: vec!["RUS".to_owned()], ..Filter::default() },
        Filter { statuses: vec![Status::Unanswered], ..Filter::default() },
        Filter {
            from: Some("2013-04-01".parse().unwrap()),
            to: Some("2013-06-30".parse().unwrap()),
            ..Filter::default()
        },
        Filter { words: Some("dams".to_owned()), ..Filter::default() },
    ] {
        let days = case.store.days(&filter).unwrap().unwrap();
        assert_eq!(days.len(), ids(&filter).len(), "{filter:?}");
    }
    let earlier = Filter { as_of: Some("2013-06-30".parse().unwrap()), ..Filter::default() };
    assert_eq!(case.store.days(&earlier).unwrap(), None);

    let dam = Filter { words: Some("\"certain dam\"".to_owned()), ..Filter::default() };
    assert_eq!(
        ids(&dam),
        case.store.contacts_of("dam.txt").unwrap().iter().map(|s| s.contact.contact.id.clone()).collect::<Vec<_>>()
    );
    assert_eq!(ids(&dam).len(), 1);
    let then = Filter { as_of: Some("2013-08-01".parse().unwrap()), ..dam.clone() };
    assert_eq!(ids(&then), ids(&dam));
    assert!(ids(&Filter { as_of: Some("2013-06-01".parse().unwrap()), ..dam }).is_empty());
    assert!(case.store.contacts_of("nowhere.txt").unwrap().is_empty());

    let governments = case.store.governments().unwrap();
    assert_eq!(governments.first(), Some(&("USA".to_owned(), 7)));
    let pairs = case.store.busiest_pairs(2).unwrap();
    assert_eq!(pairs[0], (["RUS".to_owned(), "USA".to_owned()], [5, 5, 0, 0]));
    assert_eq!(pairs.len(), 2);
    let all = case.store.busiest_pairs(10).unwrap();
    assert!(all.contains(&(["IRN".to_owned(), "USA".to_owned()], [1, 0, 1, 0])), "{all:?}");

    let listed = |words: Option<&str>, limit: usize, after: usize| {
        let (rows, total) = case.store.documents_with(words, limit, after).unwrap();
        (rows.into_iter().map(|row| row.path).collect::<Vec<_>>(), total)
    };
    assert_eq!(listed(None, 2, 1), (vec!["iran.txt".to_owned(), "ru1.txt".to_owned()], 7));
    assert_eq!(listed(Some("RU"), 10, 3), (vec!["ru4.txt".to_owned(), "ru5.txt".to_owned()], 5));
    assert_eq!(listed(Some("%"), 10, 0), (Vec::new(), 0));
}

#[test]
fn very_common_words_are_told_latest_first() {
    let mut case = Case::new();
    case.put(&[&usa_russia("one.txt", "2013-02-12"), &usa_russia("two.txt", "2013-02-13")]);
    let common = || case.search("call", &[Place::Article]).unwrap();
    assert!(common().len() == 2 && common().iter().all(|hit| hit.ranked));
    // As many places more as are put into order by how well they match; no document stands behind them.
    let sql = rusqlite::Connection::open(case.path()).unwrap();
    let filler = format!(
        "WITH RECURSIVE number (at) AS (SELECT -{} UNION ALL SELECT at + 1 FROM number WHERE at < -1)
         INSERT INTO article_words (rowid, title, body) SELECT at, 'x', 'call' FROM number",
        store::RANKED
    );
    sql.execute_batch(&filler).unwrap();
    let paths: Vec<String> = common().into_iter().map(|hit| hit.document).collect();
    assert_eq!(paths, ["two.txt", "one.txt"]);
    assert!(common().iter().all(|hit| !hit.ranked));
    assert!(case.search("\"between USA\"", &[Place::Article]).unwrap().iter().all(|hit| hit.ranked));
}

#[test]
fn people_topics_and_outlets_are_found_without_reading_every_contact() {
    let mut case = Case::new();
    let mut first = usa_russia("a.txt", "2013-02-12");
    first.record.contacts[0].parties[0].person = Some("Jana Nováková".to_owned());
    first.record.contacts[0].topics = vec!["Ústí dam".to_owned()];
    let mut second = made("b.txt", "2013-03-12", ["USA", "CHN"], Channel::Meeting, "2013-03-12", Status::Held);
    second.record.contacts[0].parties[0].person = Some("Jana Nováková".to_owned());
    second.record.article.outlet = Some("The Ledger".to_owned());
    case.put(&[&first, &second]);
    let found = |filter: Filter| {
        let contacts = case.store.contacts(&filter).unwrap().items.len();
        let days = case.store.days(&filter).unwrap().map(|days| days.len());
        assert!(days.is_none_or(|days| days == contacts), "{filter:?}");
        contacts
    };
    assert_eq!(found(Filter { person: Some("NOVÁKOVÁ".into()), ..Filter::default() }), 2);
    assert_eq!(found(Filter { person: Some("nov_kov".into()), ..Filter::default() }), 0);
    assert_eq!(found(Filter { topic: Some("ústí".into()), ..Filter::default() }), 1);
    assert_eq!(found(Filter { outlet: Some("ledger".into()), ..Filter::default() }), 1);
    let as_of = Some("2013-12-31".parse().unwrap());
    assert_eq!(found(Filter { outlet: Some("ledger".into()), as_of, ..Filter::default() }), 1);
    let (people, total) = case.store.people(None, 10, 0).unwrap();
    assert_eq!((people[0].name.as_str(), people[0].contacts, total), ("Jana Nováková", 2, 1));
    assert_eq!(case.store.people(Some("jana"), 10, 1).unwrap(), (Vec::new(), 1));
    assert_eq!(case.store.people(Some("petr"), 10, 0).unwrap(), (Vec::new(), 0));

    // A correction that gives a contact another topic changes by what it is found.
    let key = case.contacts()[0].contact.contact.id.clone();
    let (target, before) = case.store.target(&key).unwrap();
    let action = store::Action::Edit { field: "topics".to_owned(), value: serde_json::json!(["the weir"]) };
    let edit = store::Correction {
        id: String::new(),
        time: "2024-01-01T00:00:00Z".to_owned(),
        editor: "Anna".to_owned(),
        reason: None,
        action,
        target: Some(target),
        before: Some(Box::new(before)),
    };
    case.store.correct(vec![edit]).unwrap();
    let count = |topic: &str| {
        case.store.contacts(&Filter { topic: Some(topic.into()), ..Filter::default() }).unwrap().items.len()
    };
    assert_eq!((count("weir"), count("ústí")), (1, 0));
}
