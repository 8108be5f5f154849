//! Pairs of governments: how often they are in touch, who asks, how long answers take, what stays without one.

use super::filters::{self, *};
use crate::commands::pairs as command;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::draw::plots;
use crate::serve::look;
use crate::serve::routes::Param;
use minijinja::Value as View;
use reader::codes::Channel;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Pair, Shown, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[PARTY, FROM, TO, CHANNEL, STATUS, PERSON, TOPIC, WORDS, DISPUTED, AS_OF];

/// Pairs in the table of a page; the JSON and CSV have all.
const LISTED: usize = 200;

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let filter = filters::contacts(app, ask)?;
    if ask.form == Form::Html && ask.params.is_empty() {
        return overview(app, store, ask);
    }
    let contacts = store.contacts(&filter)?.items;
    let pairs = store::pairs_among(&contacts, &filter.parties);
    match ask.form {
        Form::Json => Answer::json(&json!({"items": pairs, "next": null})),
        Form::Csv => {
            let mut out = Vec::new();
            command::csv(&pairs, &mut out)?;
            Ok(Answer::csv("pairs", out))
        }
        Form::Html => {
            let one = match (filter.parties.len(), pairs.first()) {
                (2, Some(pair)) => Some(portrait(app, &contacts, pair)),
                _ => None,
            };
            app.page(
                "pairs.html",
                ask,
                view! {
                    filter => filters::shown(app, ask), known => super::timeline::known(app, store)?,
                    one, total => pairs.len(), listed => LISTED,
                    items => pairs.iter().take(LISTED).map(|pair| row(app, ask, pair)).collect::<Vec<_>>(),
                },
            )
        }
    }
}

/// The busiest pairs of the whole record. What takes reading every contact is left to the page of a pair, and to the JSON.
fn overview(app: &App, store: &Store, ask: &Ask) -> Result<Answer, Wrong> {
    let pairs = &app.overview(store)?.pairs;
    let row = |(governments, [contacts, held, unanswered, disputed]): &([String; 2], [usize; 4])| {
        let title = format!("{held} held, {unanswered} unanswered, {} other", contacts - held - unanswered);
        let [first, second] = governments;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("party", first)
            .append_pair("party", second)
            .finish();
        view! {
            names => [app.governments.name(first), app.governments.name(second)],
            pair => format!("/pairs?{query}"), timeline => format!("/timeline?{query}"),
            contacts, held, unanswered, disputed,
            share => View::from_safe_string(plots::share(
                &[("happened", *held), ("failed", *unanswered), ("pending", contacts - held - unanswered)], &title)),
        }
    };
    app.page(
        "overview.html",
        ask,
        view! {
            filter => filters::shown(app, ask), known => super::timeline::known(app, store)?,
            items => pairs.iter().map(row).collect::<Vec<_>>(), listed => LISTED,
        },
    )
}

fn percent(share: Option<f64>) -> Option<String> {
    share.map(|share| format!("{:.0} %", share * 100.0))
}

fn days(days: f64) -> String {
    // A median of an even number of times lies between two days.
    if days == 1.0 { "1 day".to_owned() } else { format!("{days} days") }
}

fn row(app: &App, ask: &Ask, pair: &Pair) -> View {
    let [first, second] = &pair.governments;
    let query = |name: &str| {
        let mut query = form_urlencoded::Serializer::new(ask.query_with(&[("party", None)]));
        query.append_pair("party", first).append_pair("party", second);
        format!("/{name}?{}", query.finish().trim_start_matches('&'))
    };
    let names = [app.governments.name(first), app.governments.name(second)];
    let failed = pair.unanswered_share.map_or(0, |share| (share * pair.asked as f64).round() as usize);
    let other = pair.contacts.saturating_sub(pair.held + failed);
    let title = format!("{} held, {} unanswered, {} other", pair.held, failed, other);
    view! {
        names, pair => query("pairs"), timeline => query("timeline"),
        contacts => pair.contacts, held => pair.held,
        per_month => pair.per_month.map(|value| format!("{value:.1}")),
        unanswered => percent(pair.unanswered_share),
        median => pair.median_response_days.map(days), responses => pair.response_times,
        initiated => pair.initiated, disputed => pair.disputed,
        share => View::from_safe_string(plots::share(&[("happened", pair.held), ("failed", failed), ("pending", other)], &title)),
    }
}

/// What is shown of one pair: its months, who asks, through which channels, and how long answers take.
fn portrait(app: &App, contacts: &[Shown], pair: &Pair) -> View {
    let mut months: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for shown in contacts {
        let Some(when) = &shown.contact.contact.when else { continue };
        let Some(month) = store::span(&when.edtf).and_then(|(first, _)| store::date(first)) else { continue };
        let class = ["happened", "pending", "failed", "contested"];
        let own =
            class.iter().position(|class| *class == look::class(shown.contact.contact.status)).unwrap_or_default();
        let counts = months.entry(format!("{:04}-{:02}", month.year(), month.month())).or_default();
        if let Some(count) = counts.get_mut(own) {
            *count += 1;
        }
    }
    let plot = plots::months(&months, ["happened", "pending", "failed", "contested"], "Contacts a month");
    let channels: Vec<Value> = Channel::ALL
        .iter()
        .map(|channel| (channel, contacts.iter().filter(|shown| shown.contact.contact.channel == *channel).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(channel, count)| json!({"name": channel.name(), "count": count}))
        .collect();
    let waits: Vec<Value> = waits(app, contacts);
    let [first, second] = &pair.governments;
    let unknown = pair.contacts.saturating_sub(pair.initiated.iter().sum());
    let names = [app.governments.name(first), app.governments.name(second)];
    let title = format!("{} asked {} times, {} {} times", names[0], pair.initiated[0], names[1], pair.initiated[1]);
    view! {
        names, contacts => pair.contacts, held => pair.held, asked => pair.asked,
        unanswered => percent(pair.unanswered_share), median => pair.median_response_days.map(days),
        responses => pair.response_times, initiated => pair.initiated, unknown, disputed => pair.disputed,
        months => months.into_iter().map(|(month, counts)| json!({"month": month, "counts": counts})).collect::<Vec<_>>(),
        plot => View::from_safe_string(plot),
        who => View::from_safe_string(plots::share(
            &[("one", pair.initiated[0]), ("two", pair.initiated[1]), ("unknown", unknown)], &title)),
        channels, waits,
    }
}

/// The contacts for which one side waited, the longest wait first.
fn waits(app: &App, contacts: &[Shown]) -> Vec<Value> {
    let mut waits: Vec<_> = contacts
        .iter()
        .filter_map(|shown| {
            look::silence(&shown.contact.contact).map(|wait| (wait.days(), wait, &shown.contact.contact))
        })
        .collect();
    waits.sort_by_key(|(days, _, contact)| (std::cmp::Reverse(*days), contact.id.clone()));
    waits
        .into_iter()
        .take(20)
        .map(|(days, wait, contact)| {
            json!({
                "id": contact.id, "days": days, "answered": wait.answered,
                "by": wait.by.as_deref().map(|code| app.governments.name(code).to_owned()),
                "from": store::date(wait.from).map(|date| crate::print::dates::words(&date.to_string())),
                "status": contact.status.name(), "channel": contact.channel.name(),
            })
        })
        .collect()
}
