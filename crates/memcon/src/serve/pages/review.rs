//! What the program is least sure of: contacts that nobody has looked at, with what in them gives rise to doubt.
//!
//! Doubts are reasons in words and not a number: each can be checked against the page of the contact.

use super::correcting;
use super::filters::{self, *};
use super::timeline::entry;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words::say;
use reader::codes::{Channel, DateBasis, DisputeAbout, Stance, Status, StepKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::{Cursor, Filter, Shown, State, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[PARTY, FROM, TO, CHANNEL, STATUS, PERSON, NAME, TOPIC, OUTLET, WORDS, LIMIT, AFTER];

/// Contacts that are looked through for doubts at once, the oldest first; the next page looks through the next.
const LOOKED: usize = 2_000;

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let (passed, stretch) = place(ask)?;
    let filter = Filter { limit: Some(LOOKED), after: stretch, ..filters::contacts(app, ask)? };
    let page = store.contacts(&filter)?;
    let looked = page.items.len();
    let untouched = page.items.into_iter().filter(|shown| shown.state == State::Machine);
    let mut queue: Vec<(Vec<Doubt>, Shown)> = untouched.map(|shown| (doubts(&shown), shown)).collect();
    queue.retain(|(doubts, _)| !doubts.is_empty());
    let weight = |doubts: &[Doubt]| doubts.iter().map(|doubt| doubt.weight).sum::<u32>();
    queue.sort_by(|(one, a), (other, b)| {
        weight(other).cmp(&weight(one)).then_with(|| a.contact.contact.id.cmp(&b.contact.contact.id))
    });
    let total = queue.len();
    let shown = passed.saturating_add(limit(ask)?);
    queue.truncate(shown);
    queue.drain(..passed.min(queue.len()));
    // The rest of these first, then the next contacts.
    let next = match (shown < total, &page.next) {
        (true, _) => Some((shown, filter.after.as_ref())),
        (false, next) => next.as_ref().map(|next| (0, Some(next))),
    };
    let next = next.map(|(passed, from)| format!("{passed}@{}", from.map_or_else(String::new, ToString::to_string)));
    if ask.form == Form::Json {
        let items: Vec<Value> = queue
            .iter()
            .map(|(doubts, shown)| json!({"doubts": doubts.iter().map(|doubt| doubt.words.as_str()).collect::<Vec<_>>(), "contact": shown}))
            .collect();
        return Answer::json(&json!({"items": items, "next": next}));
    }
    let items: Vec<Value> = queue
        .iter()
        .map(|(doubts, shown)| {
            let accounts = shown.contact.contact.accounts.iter().take(4);
            let mut view = entry(app, shown);
            view["doubts"] = doubts.iter().map(|doubt| doubt.words.as_str()).collect();
            view["accounts"] = accounts.map(|account| look::account(account, &app.governments)).collect();
            view["more"] = shown.contact.contact.accounts.len().saturating_sub(4).into();
            view
        })
        .collect();
    app.page(
        "review.html",
        ask,
        view! {
            filter => filters::shown(app, ask), known => super::timeline::known(app, store)?,
            items, total, looked, all => page.next.is_none() && filter.after.is_none(),
            last => correcting::last(app, store, ask)?,
            next => next.map(|next| ask.query_with(&[("after", Some(&next))])),
        },
    )
}

/// Where the page before ended: how many of the doubtful ones were shown, of the contacts from which place on.
fn place(ask: &Ask) -> Result<(usize, Option<Cursor>), Wrong> {
    let Some(text) = ask.param("after") else { return Ok((0, None)) };
    let wrong = || Wrong::new(400, format!("{text} is no place in this list"));
    let (passed, from) = text.split_once('@').ok_or_else(wrong)?;
    let from = if from.is_empty() { None } else { Some(from.parse()?) };
    Ok((passed.parse().map_err(|_| wrong())?, from))
}

/// Something in a contact that gives rise to doubt.
#[derive(Debug, PartialEq, Eq)]
struct Doubt {
    weight: u32,
    words: String,
}

fn doubts(shown: &Shown) -> Vec<Doubt> {
    let contact = &shown.contact.contact;
    let mut doubts = Vec::new();
    let mut doubt = |holds: bool, weight: u32, words: String| {
        if holds {
            doubts.push(Doubt { weight, words });
        }
    };
    let held: BTreeSet<&str> = contact
        .steps
        .iter()
        .filter(|step| step.step == StepKind::Held)
        .filter_map(|step| step.when.as_deref())
        .collect();
    doubt(held.len() > 1, 4, say!("doubt-held-on", count = held.len()));
    let asserted = contact.accounts.iter().filter(|account| account.stance == Stance::Asserted);
    let statuses: BTreeSet<&str> =
        asserted.filter_map(|account| account.claim.status).map(|status| status.name()).collect();
    let settled = shown
        .contact
        .disputes
        .iter()
        .any(|dispute| matches!(dispute.about, DisputeAbout::Occurrence | DisputeAbout::Response));
    let opposed = statuses.contains("held") && (statuses.contains("unanswered") || statuses.contains("declined"));
    doubt(opposed && !settled, 3, say!("doubt-opposed"));
    doubt(contact.when.is_none(), 3, say!("doubt-no-date"));
    let inherited = contact.when.as_ref().is_some_and(|when| when.basis == DateBasis::Inherited);
    doubt(inherited, 2, say!("doubt-inherited"));
    let all_hedged = !contact.accounts.is_empty() && contact.accounts.iter().all(|own| own.stance == Stance::Hedged);
    doubt(all_hedged, 2, say!("doubt-hedged"));
    let days: Vec<i64> =
        contact.steps.iter().filter_map(|step| store::span(step.when.as_deref()?)).map(|(first, _)| first).collect();
    let long = days.iter().max().zip(days.iter().min()).map_or(0, |(last, first)| last - first);
    doubt(long > 60, 2, say!("doubt-long", count = long));
    let implied =
        shown.contact.disputes.iter().filter(|dispute| dispute.kind == reader::codes::DisputeKind::Implied).count();
    doubt(implied > 0, 2, say!("doubt-implied"));
    let nameless = contact.parties.iter().all(|party| party.person.is_none() && party.office.is_none());
    doubt(nameless && contact.channel != Channel::Message, 1, say!("doubt-nameless"));
    doubt(contact.channel == Channel::Unspecified, 1, say!("doubt-no-channel"));
    doubt(look::codes(contact).len() > 6, 2, say!("doubt-many", count = look::codes(contact).len()));
    let one = contact.accounts.len() == 1 && contact.status != Status::Held;
    doubt(one, 1, say!("doubt-one-account"));
    doubts
}
