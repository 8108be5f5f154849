//! What a reader asks for: the same conditions as on the command line, as values after `?`.

use crate::asked::{self, Contacts};
use crate::serve::answer::Wrong;
use crate::serve::app::App;
use crate::serve::ask::Ask;
use crate::serve::routes::Param;
use reader::codes::{Channel, Status};
use serde_json::{Value, json};
use store::{Cursor, Filter};

/// A value that may be left out.
pub const fn optional(name: &'static str, about: &'static str) -> Param {
    Param { name, about, many: false, needed: false, values: None }
}

/// One that may be given several times.
pub const fn several(name: &'static str, about: &'static str) -> Param {
    Param { many: true, ..optional(name, about) }
}

/// One of which only some values are known.
pub const fn one_of(name: &'static str, about: &'static str, values: fn() -> Vec<&'static str>) -> Param {
    Param { values: Some(values), ..optional(name, about) }
}

/// One that the page needs.
pub const fn needed(name: &'static str, about: &'static str) -> Param {
    Param { needed: true, ..optional(name, about) }
}

/// Names of channels.
pub fn channels() -> Vec<&'static str> {
    Channel::ALL.iter().map(|value| value.name()).collect()
}

/// Names of statuses.
pub fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|value| value.name()).collect()
}

pub const PARTY: Param =
    several("party", "A government or organization that takes part, as people call it; all of several do.");
pub const FROM: Param = optional("from", "From this day, month or year on: 2013, 2013-02, 2013-02-12.");
pub const TO: Param = optional("to", "Up to the end of this day, month or year.");
pub const CHANNEL: Param = Param { many: true, ..one_of("channel", "Only through one of these channels.", channels) };
pub const STATUS: Param = Param { many: true, ..one_of("status", "Only with one of these statuses.", statuses) };
pub const PERSON: Param = optional("person", "Only with somebody whose name has this in it.");
pub const NAME: Param = several("name", "The full name of somebody who takes part or speaks of it; all of several do.");
pub const TOPIC: Param = optional("topic", "Only about something that has this in it.");
pub const OUTLET: Param =
    optional("outlet", "Only what stood in an outlet, or was written by somebody, with this in the name.");
pub const WORDS: Param = optional("words", "Only where the evidence has these words.");
pub const DISPUTED: Param = one_of("disputed", "Only where the accounts disagree.", || vec!["1"]);
pub const AS_OF: Param =
    optional("as_of", "As the record stood at the end of that day: from the documents published by then.");
pub const LIMIT: Param = optional("limit", "At most that many on one page.");
pub const AFTER: Param = optional("after", "Where the page before ended: its `next`.");

/// Entries on one page, unless more or fewer are asked for.
pub const PAGE: usize = 50;
/// Entries on one page at most.
const LARGEST: usize = 1_000;

/// How many entries one page has.
pub fn limit(ask: &Ask) -> Result<usize, Wrong> {
    match ask.param("limit") {
        None => Ok(PAGE),
        Some(text) => match text.parse::<usize>() {
            Ok(limit @ 1..=LARGEST) => Ok(limit),
            _ => Err(Wrong::new(400, format!("limit is a number from 1 to {LARGEST}, not {text}"))),
        },
    }
}

/// Where the page before ended.
pub fn after(ask: &Ask) -> Result<Option<Cursor>, Wrong> {
    ask.param("after").map(|text| text.parse().map_err(Wrong::from)).transpose()
}

/// A value read by one of the command line's own functions.
pub fn read<T>(ask: &Ask, name: &str, parse: fn(&str) -> Result<T, String>) -> Result<Option<T>, Wrong> {
    ask.param(name).map(|text| parse(text).map_err(|what| Wrong::new(400, what))).transpose()
}

/// The codes of the parties that are named.
pub fn parties(app: &App, ask: &Ask) -> Result<Vec<String>, Wrong> {
    ask.all("party").iter().map(|name| app.governments.resolve(name).map_err(|what| Wrong::new(400, what))).collect()
}

/// The full names of people that are asked for.
pub fn names(ask: &Ask) -> Vec<String> {
    let own = ask.params.iter().filter(|(name, _)| name == "name");
    own.map(|(_, value)| value.trim().to_owned()).collect()
}

/// Which contacts are asked for.
pub fn contacts(app: &App, ask: &Ask) -> Result<Filter, Wrong> {
    let many = |what: String| Wrong::new(400, what);
    let asked = Contacts {
        parties: ask.all("party"),
        from: read(ask, "from", asked::first_day)?,
        to: read(ask, "to", asked::last_day)?,
        channel: ask.all("channel").iter().map(|name| asked::channel(name).map_err(many)).collect::<Result<_, _>>()?,
        status: ask.all("status").iter().map(|name| asked::status(name).map_err(many)).collect::<Result<_, _>>()?,
        person: ask.param("person").map(str::to_owned),
        topic: ask.param("topic").map(str::to_owned),
        outlet: ask.param("outlet").map(str::to_owned),
        disputed: ask.param("disputed").is_some(),
        as_of: read(ask, "as_of", asked::last_day)?,
    };
    Ok(Filter { people: names(ask), words: ask.param("words").map(str::to_owned), ..asked.filter(&app.governments)? })
}

/// What a filter form shows: what was asked for, and what may be.
pub fn shown(app: &App, ask: &Ask) -> Value {
    let parties = ask.all("party");
    let chosen = |name: &str, all: Vec<&'static str>| -> Vec<Value> {
        let own = ask.all(name);
        all.into_iter().map(|value| json!({"name": value, "chosen": own.iter().any(|own| own == value)})).collect()
    };
    let people = names(ask);
    let governments = parties.iter().filter_map(|name| app.governments.resolve(name).ok());
    let text = |name: &str| ask.param(name).unwrap_or_default().to_owned();
    let more = ["person", "topic", "outlet", "words", "as_of", "disputed", "status", "channel"];
    json!({
        "first": parties.first().cloned().unwrap_or_default(),
        "second": parties.get(1..).map(|rest| rest.join(", ")).unwrap_or_default(),
        "from": text("from"), "to": text("to"), "person": text("person"), "topic": text("topic"), "outlet": text("outlet"), "words": text("words"),
        "as_of": text("as_of"), "disputed": ask.param("disputed").is_some(),
        "channels": chosen("channel", channels()), "statuses": chosen("status", statuses()),
        "more": more.iter().any(|name| ask.param(name).is_some()),
        "any": !ask.params.is_empty(),
        "names": governments.map(|code| app.governments.name(&code).to_owned()).chain(people.clone()).collect::<Vec<_>>(),
        "name": people.first(), "other_name": people.get(1), "people": people,
    })
}
