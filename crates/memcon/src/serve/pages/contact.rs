//! The memorandum of one contact: its steps, each side's account in a column of its own, what only one side mentions, the
//! disputes with both quotations face to face, and the sources. Every value leads to the words that carry it.

use super::filters::AS_OF;
use super::{correcting, dossiers, filters};
use crate::asked;
use crate::commands::contact as command;
use crate::memo::{self, Source};
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::draw::lives;
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words::{self, say};
use minijinja::Value;
use reader::codes::{Channel, DisputeAbout, DisputeKind, StepKind};
use reader::record::{Account, Claim, Contact, Party, Step};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::{ItemKind, Shown, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[AS_OF];

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let id = ask.path.get(1).map(String::as_str).unwrap_or_default();
    let shown = match filters::read(ask, "as_of", asked::last_day)? {
        Some(day) => store.contact_as_of(id, day),
        None => store.contact(id),
    };
    let shown = shown.map_err(|error| Wrong::from(error).missing())?;
    let sources = command::sources(store, &shown)?;
    match ask.form {
        Form::Json => Answer::json(&command::json(&shown, &sources)?),
        _ => page(app, store, ask, &shown, &sources),
    }
}

fn page(app: &App, store: &Store, ask: &Ask, shown: &Shown, sources: &[Source]) -> Result<Answer, Wrong> {
    let contact = &shown.contact.contact;
    let governments = &app.governments;
    let codes = look::codes(contact);
    let sides: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let drawing =
        lives::draw(std::slice::from_ref(shown), &sides, (None, None), governments, &say!("the-life-of-this-contact"));
    let notes: BTreeMap<&str, usize> =
        sources.iter().enumerate().map(|(at, source)| (source.path.as_str(), at + 1)).collect();
    let cites = Cites { contact, notes: &notes };

    let account = |account: &Account| {
        let mut view = look::account(account, governments);
        view["note"] = json!(account.document.as_deref().and_then(|path| notes.get(path)));
        view
    };
    let columns: Vec<serde_json::Value> = codes
        .iter()
        .map(|code| {
            let own: Vec<_> =
                contact.accounts.iter().filter(|a| memo::speaks_for(a) == Some(code)).map(account).collect();
            json!({"government": governments.name(code), "accounts": own})
        })
        .collect();
    let outside = |account: &&Account| memo::speaks_for(account).is_none_or(|code| !codes.contains(&code));
    let others: Vec<_> = contact.accounts.iter().filter(outside).map(account).collect();

    let steps = contact.steps.iter().map(|step| {
        json!({
            "words": match step.by.as_deref() {
                Some(side) => say!("step-by", step = words::code(step.step.name()), side = governments.name(side)),
                None => words::code(step.step.name()),
            },
            "class": step_class(step.step), "when": step.when.as_deref().map(words::date),
            "inferred": step.inferred,
            "cites": cites.of_ids(&step.accounts),
        })
    });
    let disputes = shown.contact.disputes.iter().map(|dispute| {
        let side = |ids: &Vec<String>| -> Vec<_> {
            contact.accounts.iter().filter(|own| ids.contains(&own.id)).map(account).collect()
        };
        json!({
            "about": about(dispute.about), "kind": kind(dispute.kind),
            "step": dispute.step.map(|step| words::code(step.name())),
            "sides": dispute.sides.iter().map(side).filter(|side| !side.is_empty()).collect::<Vec<_>>(),
        })
    });
    let cited = sources.iter().map(|source| {
        json!({
            "path": source.path, "title": source.title, "outlet": source.outlet, "origin": source.origin,
            "published": source.published.as_deref().map(words::date), "url": source.url, "copy_of": source.copy_of,
            "accounts": contact.accounts.iter().filter(|own| own.document.as_ref() == Some(&source.path)).count(),
        })
    });
    app.page(
        "contact.html",
        ask,
        view! {
            id => contact.id, pair => codes.iter().take(2).collect::<Vec<_>>(),
            title => look::between(contact, governments),
            when => contact.when.as_ref().map(|when| words::date(&when.edtf)),
            channel => contact.channel.name(), status => contact.status.name(), class => look::class(contact.status),
            parties => parties(app, contact, &cites),
            state => shown.state.name(),
            wait => look::silence(contact).map(|wait| wait.words()),
            lives => Value::from_safe_string(drawing.svg),
            facts => facts(app, contact, &cites),
            steps => steps.collect::<Vec<_>>(),
            columns, others,
            only => only_one_side(app, contact, &codes, &cites),
            disputes => disputes.collect::<Vec<_>>(),
            unknown => memo::unknown(shown, &codes, governments),
            sources => cited.collect::<Vec<_>>(),
            independent => shown.sources,
            why => contact.why,
            as_of => ask.param("as_of"),
            correct => correcting::form(app, store, shown)?,
            keep => dossiers::form(store, ask, ItemKind::Contact, &contact.id)?,
        },
    )
}

/// The parties, each with the places that name the person, or the government where no person is told.
fn parties(app: &App, contact: &Contact<Account>, cites: &Cites) -> Vec<serde_json::Value> {
    let party = |party: &Party| {
        let names: Vec<&str> = match &party.person {
            Some(person) => person.rsplit(' ').take(1).collect(),
            None => {
                let government = app.governments.get(&party.government);
                government.map(|own| own.words.iter().map(String::as_str).collect()).unwrap_or_default()
            }
        };
        let quoted =
            |account: &Account| account.evidence.iter().any(|part| names.iter().any(|name| part.quote.contains(name)));
        let mut named = cites.of(quoted);
        // Who took part may follow from other words ("the minister", "he"): then every account is about them.
        if named.is_empty() {
            named = cites.of(|_| true);
        }
        named.truncate(CITED_FOR_A_PARTY);
        json!({
            "government": app.governments.name(&party.government), "code": party.government, "person": party.person,
            "office": party.office, "role": party.role.map(|role| role.name()), "cites": named,
        })
    };
    contact.parties.iter().map(party).collect()
}

/// Where words stand that say something: for each place the number of its source and the link into the article.
struct Cites<'a> {
    contact: &'a Contact<Account>,
    notes: &'a BTreeMap<&'a str, usize>,
}

/// Places that are cited for one value; more would hide it.
const CITED: usize = 6;
const CITED_FOR_A_PARTY: usize = 2;

impl Cites<'_> {
    fn of(&self, tells: impl Fn(&Account) -> bool) -> Vec<serde_json::Value> {
        let mut seen = BTreeSet::new();
        let mut cites = Vec::new();
        for account in self.contact.accounts.iter().filter(|account| tells(account)) {
            let (Some(path), Some(first)) = (account.document.as_deref(), account.evidence.first()) else { continue };
            if seen.insert((path, first.start)) && cites.len() < CITED {
                cites.push(json!({
                    "note": self.notes.get(path), "quote": first.quote,
                    "href": look::passage(path, first.start, first.end),
                }));
            }
        }
        cites
    }

    fn of_ids(&self, ids: &[String]) -> Vec<serde_json::Value> {
        self.of(|account| ids.contains(&account.id))
    }
}

/// What is told of the contact, each value with the places that say it.
fn facts(app: &App, contact: &Contact<Account>, cites: &Cites) -> Vec<serde_json::Value> {
    let mut facts = Vec::new();
    let mut add = |name: &str, value: Option<String>, cites: Vec<serde_json::Value>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push(json!({"name": look::fact(name), "value": value, "cites": cites}));
        }
    };
    let by = |tells: &dyn Fn(&Claim) -> bool| cites.of(|account| tells(&account.claim));
    let mut status = by(&|claim| claim.status == Some(contact.status));
    // "Disputed" is what nobody says: it follows from what all say of its status.
    if status.is_empty() {
        status = by(&|claim| claim.status.is_some());
    }
    add("status", Some(words::code(contact.status.name())), status);
    add(
        "channel",
        Some(words::code(contact.channel.name())).filter(|_| contact.channel != Channel::Unspecified),
        by(&|claim| claim.channel == Some(contact.channel)),
    );
    if let Some(when) = &contact.when {
        let basis = say!(&format!("basis-{}", when.basis.name()));
        let value = say!("when-with-basis", when = words::date(&when.edtf), basis = basis);
        add(
            "when",
            Some(value),
            by(&|claim| claim.when.as_ref() == Some(&when.edtf) || claim.step_when.as_ref() == Some(&when.edtf)),
        );
    }
    if let Some(code) = &contact.initiator {
        let name = app.governments.name(code).to_owned();
        add("initiator", Some(name), by(&|claim| claim.initiator.as_ref() == Some(code)));
    }
    if let Some(place) = &contact.place {
        add("where", Some(place.name.clone()), by(&|claim| claim.place.as_ref() == Some(&place.name)));
    }
    add(
        "length",
        contact.duration_minutes.map(|minutes| say!("minutes-counted", count = minutes)),
        by(&|claim| claim.duration_minutes.is_some() && claim.duration_minutes == contact.duration_minutes),
    );
    add(
        "attempts",
        contact.attempts.map(|attempts| attempts.to_string()),
        by(&|claim| claim.attempts.is_some() && claim.attempts == contact.attempts),
    );
    // Where somebody still remarks on the silence after an "answer", the silence that is drawn and told is the longer one.
    let agree = look::silence(contact).is_none_or(|wait| contact.response_days == Some(wait.days()));
    let response = contact.response_days.filter(|_| agree);
    let answering = |step: &Step| {
        matches!(step.step, StepKind::Requested | StepKind::Attempted | StepKind::Acknowledged | StepKind::Held)
            || matches!(step.step, StepKind::Proposed | StepKind::Declined | StepKind::Unanswered)
    };
    let told: Vec<&String> =
        contact.steps.iter().filter(|step| answering(step)).flat_map(|step| &step.accounts).collect();
    add(
        "response",
        response.map(|days| say!("days-counted", count = days.unsigned_abs())),
        cites.of(|account| told.contains(&&account.id)),
    );
    for topic in &contact.topics {
        add("about", Some(topic.clone()), by(&|claim| claim.topics.contains(topic)));
    }
    for reason in &contact.reason {
        add("reason", Some(reason.clone()), by(&|claim| claim.reason.as_ref() == Some(reason)));
    }
    add("outcome", contact.outcome.clone(), by(&|claim| claim.outcome.is_some() && claim.outcome == contact.outcome));
    add("tone", contact.tone.clone(), by(&|claim| claim.tone.is_some() && claim.tone == contact.tone));
    facts
}

/// What one side says of the contact and no other side does, value by value.
fn only_one_side(app: &App, contact: &Contact<Account>, codes: &[&str], cites: &Cites) -> Vec<serde_json::Value> {
    let heard: Vec<&&str> =
        codes.iter().filter(|code| contact.accounts.iter().any(|own| memo::speaks_for(own) == Some(code))).collect();
    // Where only one side is heard at all, everything would be its own.
    if heard.len() < 2 {
        return Vec::new();
    }
    let values = |claim: &Claim| -> Vec<(&'static str, String)> {
        let mut values: Vec<(&'static str, String)> =
            claim.topics.iter().map(|topic| ("about", topic.clone())).collect();
        let mut add = |name, value: Option<String>| values.extend(value.map(|value| (name, value)));
        add("initiator", claim.initiator.as_deref().map(|code| app.governments.name(code).to_owned()));
        add("where", claim.place.clone());
        add("length", claim.duration_minutes.map(|minutes| say!("minutes-counted", count = minutes)));
        add("attempts", claim.attempts.map(|attempts| attempts.to_string()));
        add("reason", claim.reason.clone());
        add("outcome", claim.outcome.clone());
        add("tone", claim.tone.clone());
        values
    };
    let mut tellers: BTreeMap<(&'static str, String), BTreeSet<&str>> = BTreeMap::new();
    for account in &contact.accounts {
        let Some(code) = memo::speaks_for(account).filter(|code| codes.contains(code)) else { continue };
        for (name, value) in values(&account.claim) {
            tellers.entry((name, value.to_lowercase())).or_default().insert(code);
        }
    }
    let mut only = Vec::new();
    for code in heard {
        let own = tellers.iter().filter(|(_, by)| by.len() == 1 && by.contains(*code));
        let told: Vec<_> = own
            .map(|((name, value), _)| {
                let tells = |account: &Account| {
                    memo::speaks_for(account) == Some(code)
                        && values(&account.claim).iter().any(|(own, told)| own == name && told.to_lowercase() == *value)
                };
                let as_told = contact.accounts.iter().filter(|own| tells(own)).flat_map(|own| values(&own.claim));
                let as_told = as_told.filter(|(own, told)| own == name && told.to_lowercase() == *value).map(|(_, told)| told);
                json!({"name": look::fact(name), "value": as_told.into_iter().next().unwrap_or_else(|| value.clone()), "cites": cites.of(tells)})
            })
            .collect();
        if !told.is_empty() {
            only.push(json!({"government": app.governments.name(code), "told": told}));
        }
    }
    only
}

fn step_class(step: StepKind) -> &'static str {
    match step {
        StepKind::Held | StepKind::Started | StepKind::ReadOut => "happened",
        StepKind::Unanswered | StepKind::Declined | StepKind::Lapsed | StepKind::Postponed | StepKind::Cancelled => {
            "failed"
        }
        _ => "pending",
    }
}

/// What a dispute is about, as a question.
pub fn about(about: DisputeAbout) -> String {
    say!(&format!("about-{}", about.name()))
}

/// How a dispute shows, in words.
pub fn kind(kind: DisputeKind) -> String {
    say!(&format!("dispute-{}", kind.name()))
}
