//! The timeline: contacts as lives on the lanes of their sides, and the same as a list.

use super::filters::{self, *};
use crate::asked::TableFormat;
use crate::export::sheets::Sheet;
use crate::export::tables;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::draw::{lives, plots};
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words::{self, say};
use minijinja::Value;
use reader::codes::{Channel, Status};
use serde_json::json;
use store::{Day, Filter, Shown, State, Store};

/// What may be asked for.
pub const PARAMS: &[Param] =
    &[PARTY, FROM, TO, CHANNEL, STATUS, PERSON, TOPIC, OUTLET, WORDS, DISPUTED, AS_OF, LIMIT, AFTER, NAME];

/// Contacts that are drawn as lives at once; more are drawn as bars that lead to their time.
const DRAWN: usize = 250;

/// Sides that have a lane of their own.
const LANES: usize = 6;

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let filter = Filter { after: after(ask)?, ..filters::contacts(app, ask)? };
    match ask.form {
        Form::Json => {
            let page = store.contacts(&Filter { limit: Some(limit(ask)?), ..filter })?;
            Answer::json(&json!({"items": page.items, "next": page.next.map(|next| next.to_string())}))
        }
        Form::Csv => table(app, store, ask, filter),
        Form::Html => page(app, store, ask, filter),
    }
}

/// The whole table: a page of it would be no use to whoever loads it.
fn table(app: &App, store: &Store, ask: &Ask, filter: Filter) -> Result<Answer, Wrong> {
    let mut left = if ask.param("limit").is_some() { limit(ask)? } else { usize::MAX };
    rows(app, store, &filter, "contacts", &mut |_| {
        left = left.saturating_sub(1);
        left > 0
    })
}

/// Every row that these contacts have in a table; one contact after another, each as `look` leaves it, for as long as that
/// says to go on.
pub fn rows(
    app: &App,
    store: &Store,
    filter: &Filter,
    name: &str,
    look: &mut dyn FnMut(&mut Shown) -> bool,
) -> Result<Answer, Wrong> {
    let table = tables::table(name).ok_or_else(Wrong::nowhere)?;
    let mut out = Vec::new();
    let mut sheet = Sheet::new(TableFormat::Csv, table, &mut out)?;
    let mut written = Ok(());
    store.each_contact(filter, &mut |mut shown| {
        let on = look(&mut shown);
        let mut rows = tables::contact_rows(&app.governments, name, &shown).into_iter();
        written = rows.try_for_each(|row| sheet.row(row));
        on && written.is_ok()
    })?;
    written?;
    sheet.finish()?;
    Ok(Answer::csv(name, out))
}

fn page(app: &App, store: &Store, ask: &Ask, filter: Filter) -> Result<Answer, Wrong> {
    let whole = Filter { after: None, limit: Some(DRAWN), ..filter.clone() };
    let overview = app.overview(store)?;
    let days = match whole == (Filter { limit: whole.limit, ..Filter::default() }) {
        true => Some(overview.days.clone()),
        false => store.days(&whole)?,
    };
    let few = days.as_ref().is_none_or(|days| days.len() <= DRAWN);
    let all = if few { Some(store.contacts(&whole)?).filter(|page| page.next.is_none()) } else { None };
    let size = limit(ask)?;
    // Of many, with no time asked for, the latest are shown first: the oldest are mostly remarks on history.
    let latest = match &days {
        Some(days) if !few && filter.after.is_none() && filter.from.is_none() && filter.to.is_none() => {
            since(days, size)
        }
        _ => None,
    };
    let filter = Filter { from: latest.or(filter.from), ..filter };
    let listed = match (&all, &filter.after) {
        // What is drawn is there already.
        (Some(all), None) => {
            let items: Vec<Shown> = all.items.iter().take(size).cloned().collect();
            let next = items.last().filter(|_| items.len() < all.items.len()).map(Shown::cursor);
            store::Page { items, next }
        }
        _ => store.contacts(&Filter { limit: Some(size), ..filter.clone() })?,
    };
    let total = all.as_ref().map(|all| all.items.len()).or(days.as_ref().map(Vec::len));

    let rhythm = match (&days, few) {
        (Some(days), false) => plots::rhythm(days, &say!("contacts-over-time"), |bucket| {
            let query = ask.query_with(&[("from", Some(bucket)), ("to", Some(bucket)), ("after", None)]);
            format!("/timeline?{query}")
        }),
        _ => String::new(),
    };
    let drawn: &[Shown] = all.as_ref().map_or(&listed.items, |all| &all.items);
    let stretch = stretch(drawn, &filter);
    // Whoever asks for two sides wants to see those two; all others share a lane.
    let lanes = if filter.parties.len() > 1 { filter.parties.len() } else { LANES };
    let sides = lives::sides(drawn, &filter.parties, lanes);
    let drawing = lives::draw(drawn, &sides, stretch.days, &app.governments, &say!("contacts-as-lives"));
    let items: Vec<serde_json::Value> = listed.items.iter().map(|shown| entry(app, shown)).collect();
    let first = ask.params.is_empty();
    let busiest: Vec<_> = overview
        .pairs
        .iter()
        .take(if first { 10 } else { 0 })
        .map(|([one, other], [contacts, ..])| {
            json!({"one": one, "other": other, "names": [app.governments.name(one), app.governments.name(other)], "contacts": contacts})
        })
        .collect();
    let counted = |name: &str| overview.counts.iter().find(|(own, _)| *own == name).map_or(0, |(_, count)| *count);
    app.page(
        "timeline.html",
        ask,
        view! {
            filter => filters::shown(app, ask),
            known => known(app, store)?,
            items, total, first,
            rhythm => Value::from_safe_string(rhythm),
            lives => Value::from_safe_string(drawing.svg),
            drawn => drawing.drawn - stretch.outside.min(drawing.drawn),
            undated => drawing.undated,
            outside => stretch.outside,
            partly => all.is_none(), latest => latest.is_some(), busiest,
            next => listed.next.map(|next| ask.query_with(&[("after", Some(&next.to_string()))])),
            restart => filter.after.is_some().then(|| ask.query_with(&[("after", None)])),
            zoom => zoom(ask, stretch.days, drawn),
            legend => legend(),
            documents => counted("documents"), statements => counted("statements"),
        },
    )
}

/// The day since which so many contacts lie.
fn since(days: &[(Option<Day>, Status)], size: usize) -> Option<jiff::civil::Date> {
    let mut dated: Vec<Day> = days.iter().filter_map(|(day, _)| *day).collect();
    dated.sort_unstable();
    dated.len().checked_sub(size).and_then(|at| dated.get(at)).and_then(|day| store::date(*day))
}

/// The time that is drawn, and how many contacts lie outside it.
struct Stretch {
    days: (Option<Day>, Option<Day>),
    outside: usize,
}

/// The time asked for. Where none is, and a few contacts lie far from all others (a year misread, a remark on history), the
/// time in which nearly all of them lie.
fn stretch(contacts: &[Shown], filter: &Filter) -> Stretch {
    let asked = (filter.from.map(store::number), filter.to.map(store::number));
    let mut days: Vec<Day> =
        contacts.iter().filter_map(|shown| Some(store::span(&shown.contact.contact.when.as_ref()?.edtf)?.0)).collect();
    days.sort_unstable();
    let at = |share: usize| days.get(days.len() * share / 100).or(days.last()).copied();
    let (Some(first), Some(last), Some(low), Some(high)) = (days.first(), days.last(), at(5), at(95)) else {
        return Stretch { days: asked, outside: 0 };
    };
    let wide = high - low + 14;
    if asked != (None, None) || days.len() < 12 || last - first < 6 * wide {
        return Stretch { days: asked, outside: 0 };
    }
    let (from, to) = (low - wide / 2, high + wide / 2);
    let outside = days.iter().filter(|day| **day < from || **day > to).count();
    Stretch { days: (Some(from.max(*first)), Some(to.min(*last))), outside }
}

/// Links to more or less time, and to the time before and after.
fn zoom(ask: &Ask, stretch: (Option<Day>, Option<Day>), contacts: &[Shown]) -> Vec<serde_json::Value> {
    let days: Vec<(Day, Day)> =
        contacts.iter().filter_map(|shown| store::span(&shown.contact.contact.when.as_ref()?.edtf)).collect();
    let from = stretch.0.or(days.iter().map(|(first, _)| *first).min());
    let to = stretch.1.or(days.iter().map(|(_, last)| *last).max());
    let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
    let long = (to - from + 1).max(1);
    let links = [
        ("earlier", from - long, from - 1),
        ("later", to + 1, to + long),
        ("closer", from + long / 4, to - long / 4),
        ("wider", from - long / 2, to + long / 2),
    ];
    links
        .into_iter()
        .filter(|(name, from, to)| from <= to && !(*name == "closer" && long < 3))
        .filter_map(|(name, from, to)| {
            let (from, to) = (store::date(from)?.to_string(), store::date(to)?.to_string());
            let query = ask.query_with(&[("from", Some(&from)), ("to", Some(&to)), ("after", None)]);
            Some(json!({"name": name, "href": format!("/timeline?{query}")}))
        })
        .collect()
}

/// The governments of the record by name, for a field to suggest.
pub fn known(app: &App, store: &Store) -> Result<Vec<String>, Wrong> {
    let overview = app.overview(store)?;
    Ok(overview.governments.iter().take(250).map(|(code, _)| app.governments.name(code).to_owned()).collect())
}

/// What a list shows of a contact.
pub fn entry(app: &App, shown: &Shown) -> serde_json::Value {
    let contact = &shown.contact.contact;
    let governments = &app.governments;
    let disputes: Vec<String> = shown.contact.disputes.iter().map(|dispute| dispute.about.name().to_owned()).collect();
    let wait = look::silence(contact);
    json!({
        "id": contact.id,
        "when": contact.when.as_ref().map(|when| words::date(&when.edtf)),
        "edtf": contact.when.as_ref().map(|when| when.edtf.clone()),
        "between": look::between(contact, governments),
        "channel": contact.channel.name(),
        "status": contact.status.name(),
        "class": look::class(contact.status),
        "topics": contact.topics,
        "where": contact.place.as_ref().map(|place| place.name.clone()),
        "life": lives::steps_in_words(contact, governments),
        "wait": wait.map(|wait| wait.words()),
        "disputes": disputes,
        "sources": shown.sources,
        "documents": shown.contact.documents.len(),
        "state": shown.state.name(),
        "touched": shown.state != State::Machine,
    })
}

/// The marks with their meanings.
fn legend() -> serde_json::Value {
    let channels: Vec<&str> = Channel::ALL.iter().map(|channel| channel.name()).collect();
    use Status::{Declined, Denied, Held, Planned, Possible, Unanswered};
    let statuses: Vec<_> = [Held, Planned, Possible, Unanswered, Declined, Denied]
        .iter()
        .map(|status| json!({"status": status.name()}))
        .collect();
    json!({"channels": channels, "statuses": statuses})
}
