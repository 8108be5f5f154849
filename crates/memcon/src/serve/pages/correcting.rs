//! Putting it right: what the forms of a contact show, and what is done with what they send.
//!
//! The forms say the same as `memcon corrections`; what they send goes into the same log.

use super::filters;
use super::timeline::entry;
use crate::asked;
use crate::commands::corrections::{self as command, Maker};
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words::say;
use jiff::ToSpan;
use reader::codes::{Role, StepKind};
use reader::record::{Contact, Party, Step};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::{Action, Correction, Filter, Shown, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[filters::LIMIT, AFTER];

const EDITOR: Param = filters::optional("editor", "Who makes it; whoever is signed in, where people sign in.");
const WHY: Param = filters::optional("why", "Why.");
const PARTY_GOVERNMENT: Param =
    filters::several("party_government", "The government of each party, as people call it.");
const PARTY_PERSON: Param = filters::several("party_person", "The person of each, in the same order; may be empty.");
const PARTY_OFFICE: Param = filters::several("party_office", "The office of each; may be empty.");
const PARTY_ROLE: Param = filters::several("party_role", "The role of each; may be empty.");
const WHEN: Param = filters::optional("when", "When it was (EDTF), or when the step was.");
const WHERE: Param = filters::optional("where", "Where.");
const MINUTES: Param = filters::optional("duration_minutes", "How many minutes it took.");
const TOPICS: Param = filters::optional("topics", "What it was about, with ; between several.");

fn actions_of_a_form() -> Vec<&'static str> {
    vec!["accept", "reject", "edit", "merge", "split", "step"]
}

fn step_names() -> Vec<&'static str> {
    StepKind::ALL.iter().map(|step| step.name()).collect()
}

/// What the forms of a contact send.
pub const CORRECT: &[Param] = &[
    Param { needed: true, ..filters::one_of("action", "What is done.", actions_of_a_form) },
    EDITOR,
    WHY,
    filters::one_of("back", "Go to the queue afterwards, and not to the contact.", || vec!["review"]),
    filters::one_of("channel", "Edit: the channel.", filters::channels),
    filters::one_of("status", "Edit: the status.", filters::statuses),
    filters::optional("initiator", "Edit: the code of the government that asked; empty where none is told."),
    WHEN,
    WHERE,
    MINUTES,
    filters::optional("attempts", "Edit: how often it was tried."),
    TOPICS,
    filters::optional("reason", "Edit: why the contact did not happen, with ; between several."),
    filters::optional("outcome", "Edit: what came of it."),
    filters::optional("tone", "Edit: its tone."),
    PARTY_GOVERNMENT,
    PARTY_PERSON,
    PARTY_OFFICE,
    PARTY_ROLE,
    filters::one_of("step", "Add a step: which.", step_names),
    filters::optional("by", "Add a step: who took it."),
    filters::several("with", "Merge: ids of contacts that are the same."),
    filters::several("account", "Split: ids of the accounts that go."),
];

/// What the form sends that takes a correction back.
pub const UNDO: &[Param] = &[
    filters::needed("of", "Id of the correction."),
    filters::one_of("back", "Where to go afterwards.", || vec!["log", "contact", "review"]),
    EDITOR,
];

/// What the form sends that adds a contact.
pub const ADD: &[Param] = &[
    Param { needed: true, ..filters::one_of("channel", "The channel.", filters::channels) },
    Param { needed: true, ..filters::one_of("status", "The status.", filters::statuses) },
    Param { needed: true, ..PARTY_GOVERNMENT },
    PARTY_PERSON,
    PARTY_OFFICE,
    PARTY_ROLE,
    filters::needed("note", "What there is to say of it: its evidence."),
    WHEN,
    WHERE,
    MINUTES,
    TOPICS,
    filters::optional("government", "Whose record this is."),
    EDITOR,
    WHY,
];

const AFTER: Param = filters::optional("after", "How many entries to pass over: the `next` of the page before.");

/// Days around a contact in which another one may be the same.
const NEAR: i64 = 45;

/// What the forms of a contact show.
pub fn form(app: &App, store: &Store, shown: &Shown) -> Result<Value, Wrong> {
    let contact = &shown.contact.contact;
    let governments: Vec<Value> = look::codes(contact)
        .into_iter()
        .map(|code| json!({"code": code, "name": app.governments.name(code)}))
        .collect();
    let chosen = |all: Vec<&'static str>, own: &str| -> Vec<Value> {
        all.into_iter().map(|name| json!({"name": name, "chosen": name == own})).collect()
    };
    let parties: Vec<Value> = contact
        .parties
        .iter()
        .map(|party| {
            json!({
                "government": party.government, "person": party.person, "office": party.office,
                "roles": roles(party.role),
            })
        })
        .chain(std::iter::once(json!({"government": null, "person": null, "office": null, "roles": roles(None)})))
        .collect();
    let accounts: Vec<Value> =
        contact.accounts.iter().map(|account| look::account(account, &app.governments)).collect();
    let log = store.corrections()?;
    let undone = command::undone(&log);
    let about = |correction: &&Correction| {
        correction.target.as_ref().is_some_and(|target| target.key == contact.id)
            || matches!(&correction.action, Action::Merge { with } if with.iter().any(|target| target.key == contact.id))
    };
    let history: Vec<Value> = log.iter().rev().filter(about).map(|one| line(one, &undone)).collect();
    Ok(json!({
        "id": contact.id, "state": shown.state.name(),
        "channels": chosen(filters::channels(), contact.channel.name()),
        "statuses": chosen(filters::statuses(), contact.status.name()),
        "governments": governments, "initiator": contact.initiator,
        "values": values(contact).into_iter().map(|(name, value)| json!({"name": name, "words": say!(&format!("field-{name}")), "value": value}))
            .collect::<Vec<_>>(),
        "parties": parties,
        "steps": StepKind::ALL.iter().map(|step| step.name()).collect::<Vec<_>>(),
        "accounts": accounts,
        "near": near(app, store, shown)?,
        "history": history,
    }))
}

fn roles(own: Option<Role>) -> Vec<Value> {
    Role::ALL.iter().map(|role| json!({"name": role.name(), "chosen": own == Some(*role)})).collect()
}

/// The fields that are one line of text, with what stands there now.
fn values<A>(contact: &Contact<A>) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        ("when", contact.when.as_ref().map(|when| when.edtf.clone()).unwrap_or_default()),
        ("where", contact.place.as_ref().map(|place| place.name.clone()).unwrap_or_default()),
        ("duration_minutes", contact.duration_minutes.map(|value| value.to_string()).unwrap_or_default()),
        ("attempts", contact.attempts.map(|value| value.to_string()).unwrap_or_default()),
        ("topics", contact.topics.join("; ")),
        ("reason", contact.reason.join("; ")),
        ("outcome", text(&contact.outcome)),
        ("tone", text(&contact.tone)),
    ]
}

/// Contacts of the same sides around the same time, with which this one may be the same.
fn near(app: &App, store: &Store, shown: &Shown) -> Result<Vec<Value>, Wrong> {
    let contact = &shown.contact.contact;
    let parties: Vec<String> = look::codes(contact).into_iter().take(2).map(str::to_owned).collect();
    let span = contact.when.as_ref().and_then(|when| store::span(&when.edtf));
    let day = |day: i64, add: i64| store::date(day).and_then(|date| date.checked_add(add.days()).ok());
    let filter = Filter {
        parties,
        from: span.and_then(|(first, _)| day(first, -NEAR)),
        to: span.and_then(|(_, last)| day(last, NEAR)),
        limit: Some(25),
        ..Filter::default()
    };
    let all = store.contacts(&filter)?.items;
    Ok(all.iter().filter(|other| other.contact.contact.id != contact.id).map(|other| entry(app, other)).collect())
}

/// The latest entry that can be taken back, where whoever asks made it.
pub fn last(app: &App, store: &Store, ask: &Ask) -> Result<Option<Value>, Wrong> {
    let log = store.corrections()?;
    let undone = command::undone(&log);
    let own = maker(app, ask).ok().and_then(|maker| maker.editor);
    let open = |one: &&Correction| {
        !matches!(one.action, Action::Undo { .. }) && !undone.contains(one.id.as_str()) && one.target.is_some()
    };
    Ok(log.iter().rev().find(open).filter(|one| Some(&one.editor) == own.as_ref()).map(|one| line(one, &undone)))
}

/// One entry of the log.
fn line(correction: &Correction, undone: &BTreeSet<&str>) -> Value {
    json!({
        "id": correction.id,
        "time": correction.time.get(..16).unwrap_or(&correction.time).replace('T', " "),
        "editor": correction.editor,
        "reason": correction.reason,
        "what": command::described(&correction.action),
        "contact": correction.target.as_ref().map(|target| target.key.clone()),
        "undone": undone.contains(correction.id.as_str()),
    })
}

/// The log, the latest first.
pub fn history(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let log = store.corrections()?;
    let undone = command::undone(&log);
    let size = if ask.form == Form::Csv { usize::MAX } else { filters::limit(ask)? };
    let passed = passed(ask)?;
    let page: Vec<&Correction> = log.iter().rev().skip(passed).take(size).collect();
    let next = (passed + page.len() < log.len()).then(|| (passed + page.len()).to_string());
    match ask.form {
        Form::Json => Answer::json(&json!({"items": page, "next": next})),
        Form::Csv => {
            let rows = page.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
            let columns =
                ["id", "time", "editor", "reason", "action", "target", "field", "value", "with", "off", "step", "of"];
            Answer::table("corrections", &columns, &rows)
        }
        Form::Html => app.page(
            "corrections.html",
            ask,
            view! {
                items => page.iter().map(|one| line(one, &undone)).collect::<Vec<_>>(),
                total => log.len(),
                next => next.map(|next| ask.query_with(&[("after", Some(&next))])),
            },
        ),
    }
}

/// How many entries of a list are passed over.
pub fn passed(ask: &Ask) -> Result<usize, Wrong> {
    match ask.param("after") {
        None => Ok(0),
        Some(text) => text.parse().map_err(|_| Wrong::new(400, format!("{text} is no place in this list"))),
    }
}

/// Takes in a correction of one contact and goes back to it, or to the next one in the queue.
pub fn correct(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let id = ask.path.get(1).map(String::as_str).unwrap_or_default();
    let now = store.contact(id).map_err(|error| Wrong::from(error).missing())?;
    let id = now.contact.contact.id.clone();
    let maker = maker(app, ask)?;
    let made = actions(app, store, ask, &now)?
        .into_iter()
        .map(|action| maker.about(store, &id, action))
        .collect::<Result<Vec<_>, _>>()?;
    if made.is_empty() {
        return Err(Wrong::new(400, "nothing was changed, so there is nothing to correct"));
    }
    store.correct(made)?;
    let back = match ask.sent.field("back") {
        Some("review") => "/review".to_owned(),
        _ => format!("/contacts/{id}#history"),
    };
    Ok(remembered(&maker, Answer::redirect(back)))
}

/// Takes a correction back.
pub fn undo(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let of =
        ask.sent.given("of").ok_or_else(|| Wrong::new(400, "the form does not say which correction to take back"))?;
    let log = store.corrections()?;
    let Some(target) = log.iter().find(|correction| correction.id == of) else {
        return Err(Wrong::new(404, format!("no correction has the id {of}")));
    };
    let maker = maker(app, ask)?;
    store.correct(vec![maker.make(Action::Undo { of: of.to_owned() })?])?;
    let back = match (&target.target, ask.sent.field("back")) {
        (Some(target), Some("contact")) => format!("/contacts/{}#history", target.key),
        (_, Some("review")) => "/review".to_owned(),
        _ => "/corrections".to_owned(),
    };
    Ok(remembered(&maker, Answer::redirect(back)))
}

/// Who corrects, and why.
pub fn maker(app: &App, ask: &Ask) -> Result<Maker, Wrong> {
    // Whoever is signed in corrects under no other name.
    let signed = ask.asker.as_ref().map(|asker| asker.user.name.clone());
    let given =
        ask.sent.given("editor").map(str::to_owned).or_else(|| ask.editor.clone()).or_else(|| app.editor.clone());
    let editor = signed.or(given);
    match editor.filter(|name| !name.trim().is_empty()) {
        Some(editor) => Ok(Maker { editor: Some(editor), reason: ask.sent.given("why").map(str::to_owned) }),
        None => Err(Wrong::new(400, "say who you are: a correction keeps who made it")),
    }
}

/// The browser keeps the editor's name, so that the next form has it.
pub fn remembered(maker: &Maker, answer: Answer) -> Answer {
    let Some(editor) = &maker.editor else { return answer };
    let name: String = form_urlencoded::byte_serialize(editor.as_bytes()).collect::<String>().replace('+', "%20");
    answer.with("set-cookie", format!("memcon_editor={name}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000"))
}

fn actions(app: &App, store: &Store, ask: &Ask, now: &Shown) -> Result<Vec<Action>, Wrong> {
    let contact = &now.contact.contact;
    let sent = &ask.sent;
    Ok(match sent.field("action").unwrap_or_default() {
        "accept" => vec![Action::Accept],
        "reject" => vec![Action::Reject],
        "edit" => edits(app, ask, contact)?,
        "merge" => {
            let mut with = Vec::new();
            for id in sent.all("with") {
                let (target, _) = store.target(&id)?;
                if target.key == contact.id {
                    return Err(Wrong::new(400, "a contact cannot be merged with itself"));
                }
                with.push(target);
            }
            if with.is_empty() {
                return Err(Wrong::new(400, "choose the contacts that are the same as this one"));
            }
            vec![Action::Merge { with }]
        }
        "split" => {
            let accounts = sent.all("account");
            if accounts.is_empty() || accounts.len() >= contact.accounts.len() {
                return Err(Wrong::new(
                    400,
                    "choose the accounts that are about another contact, and leave at least one",
                ));
            }
            vec![Action::Split { off: command::anchors(store, &contact.id, &accounts)? }]
        }
        "step" => {
            let wrong = |what: String| Wrong::new(400, what);
            let step = command::step(sent.field("step").unwrap_or_default()).map_err(wrong)?;
            let when = sent.given("when").map(command::edtf).transpose().map_err(wrong)?;
            let by = sent.given("by").map(|name| app.governments.resolve(name)).transpose().map_err(wrong)?;
            vec![Action::AddStep { step: Step { step, when, by, accounts: Vec::new(), inferred: false } }]
        }
        other => return Err(Wrong::new(400, format!("there is no action {other:?}"))),
    })
}

/// One edit for each field that was changed.
fn edits<A>(app: &App, ask: &Ask, contact: &Contact<A>) -> Result<Vec<Action>, Wrong> {
    let sent = &ask.sent;
    let mut edits = Vec::new();
    let mut change = |field: &str, before: &str, now: Option<&str>| -> Result<(), Wrong> {
        if let Some(now) = now.filter(|now| *now != before) {
            let value = command::field_value(&app.governments, field, now.to_owned())?;
            edits.push(Action::Edit { field: field.to_owned(), value });
        }
        Ok(())
    };
    change("channel", contact.channel.name(), sent.field("channel"))?;
    change("status", contact.status.name(), sent.field("status"))?;
    change("initiator", contact.initiator.as_deref().unwrap_or_default(), sent.field("initiator"))?;
    for (name, before) in values(contact) {
        change(name, &before, sent.field(name))?;
    }
    let parties = sent_parties(app, ask)?;
    if !parties.is_empty() && parties != contact.parties {
        if parties.len() < 2 {
            return Err(Wrong::new(400, "a contact has at least two parties"));
        }
        edits.push(Action::Edit { field: "parties".to_owned(), value: serde_json::to_value(parties)? });
    }
    Ok(edits)
}

/// The parties of a form: one row each, those without a government left out.
pub fn sent_parties(app: &App, ask: &Ask) -> Result<Vec<Party>, Wrong> {
    let column = |name: &str| -> Vec<&str> {
        ask.sent.fields.iter().filter(|(own, _)| own == name).map(|(_, value)| value.trim()).collect()
    };
    let (people, offices, roles) = (column("party_person"), column("party_office"), column("party_role"));
    let mut parties = Vec::new();
    for (row, government) in column("party_government").into_iter().enumerate() {
        if government.is_empty() {
            continue;
        }
        let text = |column: &[&str]| column.get(row).filter(|value| !value.is_empty()).map(|value| (*value).to_owned());
        let role = match text(&roles) {
            Some(name) => {
                Some(Role::parse(&name).ok_or_else(|| Wrong::new(400, format!("{name} is no role of a party")))?)
            }
            None => None,
        };
        let government = app.governments.resolve(government).map_err(|what| Wrong::new(400, what))?;
        parties.push(Party { government, person: text(&people), office: text(&offices), role });
    }
    Ok(parties)
}

/// Takes in a contact that no document tells of.
pub fn add(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let sent = &ask.sent;
    let wrong = |what: String| Wrong::new(400, what);
    let parties = sent_parties(app, ask)?;
    let named = |party: &Party| {
        let role = party.role.map_or("", |role| role.name());
        format!("{}:{}:{role}", party.government, party.person.as_deref().unwrap_or_default().replace(':', " "))
    };
    let spelled = |party: &Party| named(party).trim_end_matches(':').to_owned();
    let added = command::Added {
        parties: parties.iter().map(spelled).collect(),
        channel: asked::channel(sent.field("channel").unwrap_or_default()).map_err(wrong)?,
        status: asked::status(sent.field("status").unwrap_or_default()).map_err(wrong)?,
        when: sent.given("when").map(command::edtf).transpose().map_err(wrong)?,
        place: sent.given("where").map(str::to_owned),
        duration: sent
            .given("duration_minutes")
            .map(|text| text.parse().map_err(|_| Wrong::new(400, format!("{text} is no number of minutes"))))
            .transpose()?,
        topic: sent
            .given("topics")
            .map(|text| text.split(';').map(|t| t.trim().to_owned()).collect())
            .unwrap_or_default(),
        government: sent.given("government").map(str::to_owned),
        note: sent.given("note").unwrap_or_default().to_owned(),
    };
    let maker = maker(app, ask)?;
    let correction = maker.make(added.action()?)?;
    store.correct(vec![correction])?;
    let id = store.corrections()?.last().map(|last| format!("by-hand/{}", last.id)).unwrap_or_default();
    let filter = Filter { parties: parties.into_iter().map(|party| party.government).collect(), ..Filter::default() };
    let made = store.contacts(&filter)?.items.into_iter().find(|shown| shown.contact.documents.contains(&id));
    let back =
        made.map_or_else(|| "/corrections".to_owned(), |shown| format!("/contacts/{}", shown.contact.contact.id));
    Ok(remembered(&maker, Answer::redirect(back)))
}
