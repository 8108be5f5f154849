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
use reader::codes::{Channel, DateBasis, DisputeAbout, Stance, Status, StepKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::{Filter, Shown, State, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[PARTY, FROM, TO, CHANNEL, STATUS, PERSON, TOPIC, OUTLET, WORDS, LIMIT];

/// Contacts that are looked through for doubts, the oldest first; a filter brings others into reach.
const LOOKED: usize = 2_000;

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let filter = Filter { limit: Some(LOOKED), ..filters::contacts(app, ask)? };
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
    queue.truncate(limit(ask)?);
    if ask.form == Form::Json {
        let items: Vec<Value> = queue
            .iter()
            .map(|(doubts, shown)| json!({"doubts": doubts.iter().map(|doubt| doubt.words.as_str()).collect::<Vec<_>>(), "contact": shown}))
            .collect();
        return Answer::json(&json!({"items": items, "next": null}));
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
            items, total, looked, all => page.next.is_none(),
            editor_known => correcting::maker(app, ask).is_ok(),
        },
    )
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
    doubt(held.len() > 1, 4, format!("it was held on {} different dates: one contact, or several?", held.len()));
    let asserted = contact.accounts.iter().filter(|account| account.stance == Stance::Asserted);
    let statuses: BTreeSet<&str> =
        asserted.filter_map(|account| account.claim.status).map(|status| status.name()).collect();
    let settled = shown
        .contact
        .disputes
        .iter()
        .any(|dispute| matches!(dispute.about, DisputeAbout::Occurrence | DisputeAbout::Response));
    let opposed = statuses.contains("held") && (statuses.contains("unanswered") || statuses.contains("declined"));
    doubt(opposed && !settled, 3, "some accounts have it held, others unanswered or declined".to_owned());
    doubt(contact.when.is_none(), 3, "it has no date".to_owned());
    let inherited = contact.when.as_ref().is_some_and(|when| when.basis == DateBasis::Inherited);
    doubt(inherited, 2, "nobody says when it was: its date is only bounded by the day of an article".to_owned());
    let all_hedged = !contact.accounts.is_empty() && contact.accounts.iter().all(|own| own.stance == Stance::Hedged);
    doubt(all_hedged, 2, "every account of it is told with doubt".to_owned());
    let days: Vec<i64> =
        contact.steps.iter().filter_map(|step| store::span(step.when.as_deref()?)).map(|(first, _)| first).collect();
    let long = days.iter().max().zip(days.iter().min()).map_or(0, |(last, first)| last - first);
    doubt(long > 60, 2, format!("its steps lie {long} days apart"));
    let implied =
        shown.contact.disputes.iter().filter(|dispute| dispute.kind == reader::codes::DisputeKind::Implied).count();
    doubt(implied > 0, 2, "its dispute was found by comparing values: nobody speaks of it".to_owned());
    let nameless = contact.parties.iter().all(|party| party.person.is_none() && party.office.is_none());
    doubt(nameless && contact.channel != Channel::Message, 1, "nobody who took part is named".to_owned());
    doubt(contact.channel == Channel::Unspecified, 1, "through what channel is not told".to_owned());
    doubt(look::codes(contact).len() > 6, 2, format!("{} governments took part", look::codes(contact).len()));
    let one = contact.accounts.len() == 1 && contact.status != Status::Held;
    doubt(one, 1, "it rests on one account alone".to_owned());
    doubts
}
