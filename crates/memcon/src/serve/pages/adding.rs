//! Adding: text that is pasted in and files that are dropped are read and recorded as `memcon read` does it.

use super::correcting::maker;
use super::filters::{channels, statuses};
use crate::intake::manifest::Manifest;
use crate::intake::problem::{Gravity, Problem};
use crate::intake::walk::{Found, Limits, Walk};
use crate::intake::{Form as Media, Raw, guarded, sha256};
use crate::keep::Keeper;
use crate::print::{count, dates};
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use reader::codes::Role;
use serde_json::{Value, json};
use std::sync::Arc;
use store::Store;

/// Answers with the forms.
pub fn answer(app: &App, _: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    page(app, ask, None)
}

fn page(app: &App, ask: &Ask, done: Option<Value>) -> Result<Answer, Wrong> {
    let roles: Vec<Value> = Role::ALL.iter().map(|role| json!({"name": role.name(), "chosen": false})).collect();
    app.page(
        "add.html",
        ask,
        view! { done, roles, channels => channels(), statuses => statuses(), named => maker(app, ask).is_ok() },
    )
}

/// Takes in what was pasted or dropped.
pub fn take(app: &App, _: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let sent = &ask.sent;
    let mut problems: Vec<Problem> = Vec::new();
    let mut found: Vec<Raw> = Vec::new();
    if let Some(text) = sent.given("text") {
        let markup = text.trim_start().starts_with("<!") || text.trim_start().to_ascii_lowercase().starts_with("<html");
        let form = if markup { Media::Html } else { Media::Text };
        // The same text pasted again is the same document.
        let name: String = sha256(text.as_bytes()).chars().take(12).collect();
        found.push(Raw::new(format!("pasted/{name}"), form, text.as_bytes().to_vec()));
    }
    for (name, bytes) in &sent.files {
        let mut emit = |one: Found| {
            match one {
                Ok(raw) => found.push(raw),
                Err(problem) => problems.push(problem),
            }
            true
        };
        let mut walk = Walk {
            limits: Limits::default(),
            progress: Arc::default(),
            leave_out: None,
            emit: &mut emit,
            stopped: false,
        };
        walk.bytes(&format!("dropped/{}", file_name(name)), bytes.to_vec());
    }
    if found.is_empty() && problems.is_empty() {
        return Err(Wrong::new(400, "there is nothing to read: paste a text or choose files"));
    }
    let known = reader::Known {
        published: sent.given("published").map(str::to_owned),
        outlet: sent.given("outlet").map(str::to_owned),
        title: sent.given("title").map(str::to_owned),
        url: sent.given("url").map(str::to_owned),
        ..Default::default()
    };
    let (read, contacts) = record(app, found, &known, &mut problems)?;
    let counted: usize = read.iter().filter(|one| one["known"] == false).count();
    let done = json!({
        "read": read, "new": count(counted, "new document"), "contacts": contacts,
        "problems": problems.iter().filter(|problem| problem.gravity != Gravity::PassedOver).map(|p| p.to_string())
            .collect::<Vec<_>>(),
    });
    match ask.form {
        Form::Json => Answer::json(&done),
        _ => page(app, ask, Some(done)),
    }
}

/// Reads and records; returns what was read, and how many contacts were joined anew.
fn record(
    app: &App,
    found: Vec<Raw>,
    known: &reader::Known,
    problems: &mut Vec<Problem>,
) -> Result<(Vec<Value>, usize), Wrong> {
    let mut keeper = Keeper::open(app.path())?;
    let seen = keeper.seen()?;
    let mut read = Vec::new();
    for mut raw in found {
        if raw.url.is_none() {
            raw.url.clone_from(&known.url);
        }
        let mut input = match raw.open(&Manifest::default(), problems) {
            Ok(input) => input,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        // What a person says of the page goes before what the page says of itself.
        if let Some(given) = &known.published {
            let day = crate::intake::dates::published(given).ok_or_else(|| {
                Wrong::new(400, format!("the date of publication {given:?} is not understood; write it 2013-02-16"))
            })?;
            input.known.published = Some(day);
        }
        input.known.outlet = known.outlet.clone().or(input.known.outlet);
        input.known.title = known.title.clone().or(input.known.title);
        let path = input.document.path.clone();
        if seen.has(&input.document, &input.known) {
            read.push(json!({"path": path, "title": null, "known": true, "contacts": null, "published": null}));
            continue;
        }
        let reading = guarded(|| {
            let reading = app.reader().read(&input.source());
            let record = reading.record(input.document.clone());
            Ok((reading.page.text, record))
        });
        let Ok((text, record)) = reading else {
            problems
                .push(Problem::skipped(&path, "the program fails on it; this is an error of ours, please report it"));
            continue;
        };
        read.push(json!({
            "path": path, "title": record.article.title, "known": false,
            "contacts": count(record.contacts.len(), "contact"),
            "published": record.article.published.as_deref().map(dates::words),
        }));
        keeper.keep(input, text, record)?;
    }
    let merged = keeper.finish()?;
    Ok((read, merged.contacts))
}

/// The name of a file without any folders, whatever the browser sent.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    let clean = clean.trim_matches(['.', ' ']).to_owned();
    if clean.is_empty() { "unnamed.txt".to_owned() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_lead_nowhere() {
        for (sent, kept) in [
            ("page.html", "page.html"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\page.txt", "page.txt"),
            ("..", "unnamed.txt"),
            ("a\0b\n.txt", "ab.txt"),
            ("", "unnamed.txt"),
        ] {
            assert_eq!(file_name(sent), kept);
        }
    }
}
