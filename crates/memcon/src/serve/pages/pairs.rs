//! Pairs of governments, or of people: how often they are in touch, who asks, how long answers take, what stays without one.

use super::filters::{self, *};
use crate::commands::pairs as command;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::draw::plots;
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words::{self, say};
use minijinja::Value as View;
use reader::codes::Channel;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Pair, Pairs, Person, Shown, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[
    one_of("of", "Pairs of whom; of people where a name is given.", || vec!["governments", "people"]),
    PARTY,
    NAME,
    FROM,
    TO,
    CHANNEL,
    STATUS,
    PERSON,
    TOPIC,
    WORDS,
    DISPUTED,
    AS_OF,
];

/// Pairs in the table of a page; the JSON and CSV have all.
const LISTED: usize = 200;

/// Contacts from which a page counts every pair of people; of more, it asks for a name first.
const COUNTED: usize = 5_000;

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let mut filter = filters::contacts(app, ask)?;
    if ask.form == Form::Html && ask.params.is_empty() {
        return overview(app, store, ask);
    }
    if ask.form == Form::Html && ask.param("of") == Some("people") && ask.params.len() == 1 {
        let overview = app.overview(store)?;
        if overview.days.len() > COUNTED {
            return people(app, ask, &overview.people.0);
        }
    }
    // Somebody may be called by a part of the name: then the best known of that name is meant.
    for name in &mut filter.people {
        let (found, _) = store.people(Some(name), PAGE, 0)?;
        if let Some(first) = found.first().filter(|_| found.iter().all(|person| person.name != *name)) {
            name.clone_from(&first.name);
        }
    }
    let people = match ask.param("of") {
        None | Some("governments") => !filter.people.is_empty(),
        Some("people") => true,
        Some(other) => {
            return Err(Wrong::new(400, format!("there are pairs of governments and of people, not of {other}")));
        }
    };
    let named = if people { &filter.people } else { &filter.parties };
    // Only the page of one pair shows more of its contacts than their counts; who only speaks of one is no side of it.
    let portrayed = ask.form == Form::Html && named.len() == 2;
    let takes_part = |shown: &Shown, name: &String| {
        shown.contact.contact.parties.iter().any(|own| own.person.as_ref() == Some(name))
    };
    let (mut pairs, mut contacts) = (Pairs::new(named, people), Vec::new());
    store.each_contact(&filter, &mut |shown| {
        pairs.add(&shown.contact);
        if portrayed && filter.people.iter().all(|name| takes_part(&shown, name)) {
            contacts.push(shown);
        }
        true
    })?;
    let pairs = pairs.finish();
    match ask.form {
        Form::Json => Answer::json(&json!({"items": pairs, "next": null})),
        Form::Csv => {
            let mut out = Vec::new();
            command::csv(&pairs, &mut out)?;
            Ok(Answer::csv("pairs", out))
        }
        Form::Html => {
            let one = pairs.first().filter(|_| portrayed).map(|pair| portrait(app, &contacts, pair));
            let known = match people {
                true => app.overview(store)?.people.0.iter().map(|person| person.name.clone()).collect(),
                false => super::timeline::known(app, store)?,
            };
            app.page(
                "pairs.html",
                ask,
                view! {
                    filter => filters::shown(app, ask), known, people, one, total => pairs.len(), listed => LISTED,
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
        let [first, second] = governments;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("party", first)
            .append_pair("party", second)
            .finish();
        view! {
            names => [app.governments.name(first), app.governments.name(second)],
            pair => format!("/pairs?{query}"), timeline => format!("/timeline?{query}"),
            contacts, held, unanswered, disputed, share => share(*contacts, *held, *unanswered),
        }
    };
    app.page(
        "overview.html",
        ask,
        view! {
            filter => filters::shown(app, ask), known => super::timeline::known(app, store)?, people => (),
            items => pairs.iter().map(row).collect::<Vec<_>>(),
        },
    )
}

/// Those who are in touch the most, for one of them to be chosen.
fn people(app: &App, ask: &Ask, people: &[Person]) -> Result<Answer, Wrong> {
    let known: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    app.page("overview.html", ask, view! { filter => filters::shown(app, ask), known, people })
}

/// What became of the contacts of a pair, as one line.
fn share(contacts: usize, held: usize, unanswered: usize) -> View {
    let other = contacts.saturating_sub(held + unanswered);
    let title = say!("held-unanswered-other", held = held, unanswered = unanswered, other = other);
    View::from_safe_string(plots::share(&[("happened", held), ("failed", unanswered), ("pending", other)], &title))
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A median of an even number of times lies between two days.
fn days(days: f64) -> String {
    if days.fract() == 0.0 { say!("days-counted", count = days as i64) } else { say!("days-counted", count = days) }
}

/// The two as they are called.
fn names(app: &App, pair: &Pair) -> [String; 2] {
    pair.people.clone().unwrap_or_else(|| pair.governments.each_ref().map(|code| app.governments.name(code).to_owned()))
}

fn row(app: &App, ask: &Ask, pair: &Pair) -> View {
    let (field, [first, second]) = match &pair.people {
        Some(people) => ("name", people),
        None => ("party", &pair.governments),
    };
    let query = |page: &str| {
        let mut query =
            form_urlencoded::Serializer::new(ask.query_with(&[("party", None), ("name", None), ("of", None)]));
        query.append_pair(field, first).append_pair(field, second);
        format!("/{page}?{}", query.finish().trim_start_matches('&'))
    };
    let failed = pair.unanswered_share.map_or(0, |share| (share * pair.asked as f64).round() as usize);
    view! {
        names => names(app, pair), pair => query("pairs"), timeline => query("timeline"),
        contacts => pair.contacts, per_month => pair.per_month.map(|value| format!("{value:.1}")),
        unanswered => pair.unanswered_share.map(percent), median => pair.median_response_days.map(days),
        initiated => pair.initiated, disputed => pair.disputed, share => share(pair.contacts, pair.held, failed),
    }
}

/// What became of contacts, as the pages colour them.
const CLASSES: [&str; 4] = ["happened", "pending", "failed", "contested"];

/// Days up to which an answer counts as so fast.
const ANSWERS: &[(&str, i64)] = &[
    ("answer-same-day", 0),
    ("answer-days-2", 2),
    ("answer-days-7", 7),
    ("answer-days-30", 30),
    ("answer-longer", i64::MAX),
];

/// What is shown of one pair: its months, who asks, with what end, how long answers take, and through which channels.
fn portrait(app: &App, contacts: &[Shown], pair: &Pair) -> View {
    let mut months: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let mut ends = CLASSES.map(|class| (say!(&format!("class-{class}")), class, 0));
    for shown in contacts {
        let contact = &shown.contact.contact;
        let class = look::class(contact.status);
        let own = CLASSES.iter().position(|one| *one == class).unwrap_or_default();
        ends[own].2 += 1;
        let month = contact.when.as_ref().and_then(|when| store::date(store::span(&when.edtf)?.0));
        if let Some(month) = month {
            months.entry(format!("{:04}-{:02}", month.year(), month.month())).or_default()[own] += 1;
        }
    }
    let plot = plots::months(&months, CLASSES, &say!("contacts-a-month"));
    let [one, other] = names(app, pair);
    let unknown = pair.contacts.saturating_sub(pair.initiated.iter().sum());
    let who = [
        (one.clone(), "one", pair.initiated[0]),
        (other.clone(), "two", pair.initiated[1]),
        (say!("asked-by-nobody-told"), "unknown", unknown),
    ];
    let of = |channel: &Channel| contacts.iter().filter(|shown| shown.contact.contact.channel == *channel).count();
    let through = Channel::ALL.iter().map(|channel| (words::code(channel.name()), channel.name(), of(channel)));
    let times: Vec<i64> = contacts.iter().filter_map(|shown| shown.contact.contact.response_days).collect();
    let mut before = i64::MIN;
    let answers = ANSWERS.iter().map(|(name, most)| {
        let count = times.iter().filter(|days| before < **days && **days <= *most).count();
        before = *most;
        (say!(name), "happened", count)
    });
    let answers: Vec<_> = answers.collect();
    view! {
        names => [one, other], disputed => pair.disputed, classes => CLASSES,
        months => months.into_iter().map(|(month, counts)| json!({"month": month, "counts": counts})).collect::<Vec<_>>(),
        plot => View::from_safe_string(plot),
        who => bars(who), ends => bars(ends), channels => bars(through.filter(|(_, _, count)| *count > 0)),
        answers => if times.is_empty() { Vec::new() } else { bars(answers) },
        unanswered => pair.unanswered_share.map(|share| say!("asked-unanswered", count = pair.asked, share = percent(share))),
        median => pair.median_response_days.map(|median| say!("median-answer", count = pair.response_times, days = days(median))),
        waits => waits(app, contacts),
    }
}

/// Rows of a table, each with a bar beside its number: what is counted, its class or channel, how many.
fn bars<'a>(rows: impl IntoIterator<Item = (String, &'a str, usize)>) -> Vec<View> {
    let rows: Vec<_> = rows.into_iter().collect();
    let most = rows.iter().map(|(_, _, count)| *count).max().unwrap_or(1);
    let row = |(name, class, count): (String, &str, usize)| {
        let channel = Channel::parse(class).map(|channel| channel.name());
        let bar = plots::bar(if channel.is_some() { "happened" } else { class }, count, most);
        view! { name, channel, count, bar => View::from_safe_string(bar) }
    };
    rows.into_iter().map(row).collect()
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
                "from": store::date(wait.from).map(|date| crate::serve::words::date(&date.to_string())),
                "status": contact.status.name(), "channel": contact.channel.name(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::guard::Doors;

    #[test]
    fn of_very_many_people_one_is_chosen_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("memcon.db");
        let doors = Doors::new("127.0.0.1:7650".parse().unwrap(), None).unwrap();
        let app = App::new(Store::open(&path).unwrap(), path, None, &doors, false).ok().unwrap();
        let anna = Person { name: "Anna <b> Archer".to_owned(), contacts: 6_000, statements: 0 };
        let page = people(&app, &Ask::default(), &[anna]).unwrap();
        let page = String::from_utf8(page.body().to_vec()).unwrap();
        assert!(page.contains("href=\"&#x2f;pairs?name=Anna+%3Cb%3E+Archer\">Anna &lt;b&gt; Archer</a>"), "{page}");
        assert!(page.contains("6\u{202F}000 contacts") || page.contains("6000 contacts"), "{page}");
    }
}
