//! People: all of them, and one with contacts, offices, counterparts and statements.

use super::correcting::passed;
use super::filters::{self, needed, optional};
use super::{statements, timeline};
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::routes::Param;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Filter, Shown, StatementFilter, Store};

/// What may be asked for of the list.
pub const LIST: &[Param] = &[
    optional("name", "Only people whose name has this in it."),
    filters::LIMIT,
    optional("after", "How many people to pass over: the `next` of the page before."),
];

/// What may be asked for of one.
pub const PARAMS: &[Param] = &[needed("name", "The full name."), filters::LIMIT];

/// Contacts from which offices and counterparts are counted.
const COUNTED: usize = 1_000;

/// Counterparts that are named.
const WITH: usize = 12;

/// Answers with the list.
pub fn list(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    if ask.form == Form::Csv {
        let (people, _) = store.people(ask.param("name"), usize::MAX, 0)?;
        let rows = people.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
        return Answer::table("people", &["name", "contacts", "statements"], &rows);
    }
    let passed = passed(ask)?;
    let (items, total) = match (ask.param("name"), filters::limit(ask)?, passed) {
        // The first page of all is counted with the rest of what is counted over the whole record.
        (None, filters::PAGE, 0) => app.overview(store)?.people.clone(),
        (name, limit, passed) => store.people(name, limit, passed)?,
    };
    let next = (passed + items.len() < total).then(|| (passed + items.len()).to_string());
    if ask.form == Form::Json {
        return Answer::json(&json!({"items": items, "next": next}));
    }
    let next = next.map(|next| ask.query_with(&[("after", Some(&next))]));
    app.page("people.html", ask, view! { items, total, next, name => ask.param("name").unwrap_or_default() })
}

/// Answers with one person.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let name = ask.param("name").ok_or_else(|| Wrong::new(400, "the address does not say who: ?name=…"))?;
    let size = filters::limit(ask)?;
    let person = Some(name.to_owned());
    let mut contacts =
        store.contacts(&Filter { person: person.clone(), limit: Some(COUNTED.max(size)), ..Filter::default() })?;
    let filter = StatementFilter { person, limit: Some(size), ..StatementFilter::default() };
    let said = store.statements(&filter)?;
    if contacts.items.is_empty() && said.items.is_empty() {
        return Err(Wrong::new(404, format!("the record knows nobody called {name}")));
    }
    let offices = offices(name, &contacts.items);
    let with = with(name, &contacts.items);
    let all = contacts.next.is_none();
    let found = contacts.items.len();
    if found > size {
        contacts.items.truncate(size);
        // The rest is found where lists go on: among the contacts of that name.
        let filter = Filter { person: filter.person.clone(), limit: Some(size), ..Filter::default() };
        contacts.next = store.contacts(&filter)?.next;
    }
    let place = |next: &Option<store::Cursor>| next.as_ref().map(ToString::to_string);
    if ask.form == Form::Json {
        return Answer::json(&json!({
            "name": name, "offices": offices, "with": with,
            "contacts": {"items": contacts.items, "next": place(&contacts.next)},
            "statements": {"items": said.items, "next": place(&said.next)},
        }));
    }
    let government = |entry: &Value| {
        let mut entry = entry.clone();
        let code = entry["government"].as_str().unwrap_or_default();
        entry["government"] = json!(app.governments.name(code));
        entry
    };
    app.page(
        "person.html",
        ask,
        view! {
            name, found, all,
            offices => offices.iter().map(government).collect::<Vec<_>>(),
            with => with.iter().map(government).collect::<Vec<_>>(),
            items => contacts.items.iter().map(|shown| timeline::entry(app, shown)).collect::<Vec<_>>(),
            more => contacts.next.is_some(),
            said => said.items.iter().map(|hit| statements::entry(app, hit)).collect::<Vec<_>>(),
            more_said => said.next.is_some(),
        },
    )
}

/// Counts of something by name and government, the most frequent first.
fn counted(counts: BTreeMap<(Option<String>, String), usize>, most: usize, word: &str) -> Vec<Value> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    counts.truncate(most);
    counts
        .into_iter()
        .map(|((name, government), contacts)| json!({word: name, "government": government, "contacts": contacts}))
        .collect()
}

/// In which offices the person took part, for which governments, and how often.
fn offices(name: &str, contacts: &[Shown]) -> Vec<Value> {
    let mut counts: BTreeMap<(Option<String>, String), usize> = BTreeMap::new();
    let parties = contacts.iter().flat_map(|shown| &shown.contact.contact.parties);
    for party in parties.filter(|party| party.person.as_deref() == Some(name)) {
        *counts.entry((party.office.clone(), party.government.clone())).or_default() += 1;
    }
    counted(counts, WITH, "office")
}

/// Who took part in the same contacts for other governments, and in how many.
fn with(name: &str, contacts: &[Shown]) -> Vec<Value> {
    let mut counts: BTreeMap<(Option<String>, String), usize> = BTreeMap::new();
    for shown in contacts {
        let parties = &shown.contact.contact.parties;
        let Some(own) = parties.iter().find(|party| party.person.as_deref() == Some(name)) else { continue };
        for other in parties.iter().filter(|other| other.government != own.government && other.person.is_some()) {
            *counts.entry((other.person.clone(), other.government.clone())).or_default() += 1;
        }
    }
    counted(counts, WITH, "name")
}
