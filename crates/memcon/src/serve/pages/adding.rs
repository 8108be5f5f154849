//! Adding: text that is pasted in and files that are dropped are read and recorded as `memcon read` does it.

use super::correcting::maker;
use super::filters::{channels, optional, several, statuses};
use crate::intake::manifest::Manifest;
use crate::intake::problem::{Gravity, Problem};
use crate::intake::walk::{Found, Limits, Walk};
use crate::intake::{Form as Media, Raw, guarded, sha256};
use crate::keep::Keeper;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::jobs::Job;
use crate::serve::routes::Param;
use crate::serve::words::{self, say};
use hyper::body::Bytes;
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
        view! { done, roles, channels => channels(), statuses => statuses(), named => maker(app, ask).is_ok(), fetches => cfg!(feature = "fetch") },
    )
}

/// What the form sends.
pub const FORM: &[Param] = &[
    optional("text", "An article, as text or HTML."),
    several("files", "Files with documents, of any form that `memcon read` takes."),
    optional("addresses", "Addresses of pages, separated by white space."),
    optional("published", "When it was published, where it does not say so itself: 2013-02-16."),
    optional("outlet", "Where it stood."),
    optional("title", "Its headline."),
    optional("url", "Its address."),
];

/// Files, and bytes of them, that are read before the answer; more go on by themselves.
const FEW: usize = 8;
const SMALL: usize = 1 << 20;

/// Addresses in one form.
const ADDRESSES: usize = 50;

/// What is to be read.
struct Wanted {
    text: Option<String>,
    files: Vec<(String, Bytes)>,
    addresses: Vec<String>,
    known: reader::Known,
}

/// Takes in what was pasted, dropped or named.
pub fn take(app: &App, _: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let sent = &ask.sent;
    let addresses: Vec<String> =
        sent.given("addresses").map(|text| text.split_whitespace().map(str::to_owned).collect()).unwrap_or_default();
    if addresses.len() > ADDRESSES {
        return Err(Wrong::new(400, format!("at most {ADDRESSES} pages are got at once")));
    }
    let given = |name: &str| sent.given(name).map(str::to_owned);
    let published = sent.given("published").map(|given| {
        crate::intake::dates::published(given).ok_or_else(|| {
            Wrong::new(400, format!("the date of publication {given:?} is not understood; write it 2013-02-16"))
        })
    });
    let known = reader::Known {
        published: published.transpose()?,
        outlet: given("outlet"),
        title: given("title"),
        url: given("url"),
        ..Default::default()
    };
    let wanted = Wanted { text: given("text"), files: sent.files.clone(), addresses, known };
    if wanted.text.is_none() && wanted.files.is_empty() && wanted.addresses.is_empty() {
        return Err(Wrong::new(400, "there is nothing to read: paste a text, choose files or give addresses"));
    }
    let bytes =
        wanted.files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() + wanted.text.as_ref().map_or(0, String::len);
    let long = !wanted.addresses.is_empty() || wanted.files.len() > FEW || bytes > SMALL;
    match ask.form {
        Form::Json => Answer::json(&read(app, wanted, &|_, _, _| {})?),
        _ if long => {
            let job = app.jobs.begin(app.shared()?, move |app, job| {
                read(app, wanted, &|stage, done, total| job.tell(stage, done, total))
            })?;
            Ok(Answer::redirect(format!("/jobs/{}", job.id)))
        }
        _ => {
            let done = read(app, wanted, &|_, _, _| {})?;
            page(app, ask, Some(done))
        }
    }
}

/// How far it is: the stage, how much is done, of how much.
type Tell<'a> = &'a dyn Fn(&'static str, usize, usize);

/// Gets, opens, reads and records; returns what came of it.
fn read(app: &App, wanted: Wanted, tell: Tell) -> Result<Value, Wrong> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut found: Vec<Raw> = Vec::new();
    if let Some(text) = &wanted.text {
        let markup = text.trim_start().starts_with("<!") || text.trim_start().to_ascii_lowercase().starts_with("<html");
        let form = if markup { Media::Html } else { Media::Text };
        // The same text pasted again is the same document.
        let name: String = sha256(text.as_bytes()).chars().take(12).collect();
        found.push(Raw::new(format!("pasted/{name}"), form, text.as_bytes().to_vec()));
    }
    let mut files: Vec<(String, Vec<u8>)> =
        wanted.files.iter().map(|(name, bytes)| (format!("dropped/{}", file_name(name)), bytes.to_vec())).collect();
    if !wanted.addresses.is_empty() {
        files.extend(get(app, &wanted.addresses, &mut problems, tell)?);
    }
    let many = files.len();
    for (at, (name, bytes)) in files.into_iter().enumerate() {
        tell("opening files", at, many);
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
        walk.bytes(&name, bytes);
    }
    let (read, contacts) = record(app, found, &wanted.known, &mut problems, tell)?;
    let counted: usize = read.iter().filter(|one| one["known"] == false).count();
    let told = problems.iter().filter(|problem| problem.gravity != Gravity::PassedOver).map(|p| p.to_string());
    Ok(json!({
        "read": read, "new": say!("new-documents", count = counted), "contacts": contacts, "problems": told.collect::<Vec<_>>(),
    }))
}

/// Gets pages as `memcon fetch` does: one after another, asking robots.txt, never from a private network. They come as one
/// web archive.
#[cfg(feature = "fetch")]
fn get(
    app: &App,
    addresses: &[String],
    problems: &mut Vec<Problem>,
    tell: Tell,
) -> Result<Option<(String, Vec<u8>)>, Wrong> {
    use crate::fetch::archive::Archive;
    use crate::fetch::{Fetcher, Manners};
    use std::time::Duration;
    let manners = Manners {
        delay: Duration::from_secs(2),
        timeout: Duration::from_secs(30),
        bytes: crate::intake::DOCUMENT_BYTES as u64,
        private: app.private,
    };
    let name = format!("{}.warc", crate::passwords::secret()?);
    let place = Temporary(std::env::temp_dir().join(format!("memcon-{name}")));
    let failed = |error: std::io::Error| Wrong::ours(format!("a temporary file cannot be written: {error}"));
    let mut archive = Archive::open(&place.0).map_err(failed)?;
    let mut fetcher = Fetcher::new(manners);
    for (at, address) in addresses.iter().enumerate() {
        tell("getting pages", at, addresses.len());
        if let Err(what) = fetcher.get(address, &mut archive) {
            problems.push(Problem::skipped(address, what));
        }
    }
    drop(archive);
    let bytes = std::fs::read(&place.0).map_err(failed)?;
    Ok(Some((format!("fetched/{name}"), bytes)))
}

/// A file that goes when it is no longer needed.
#[cfg(feature = "fetch")]
struct Temporary(std::path::PathBuf);

#[cfg(feature = "fetch")]
impl Drop for Temporary {
    fn drop(&mut self) {
        // That it cannot be removed is nobody's trouble: the system clears its folder of such files.
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(not(feature = "fetch"))]
fn get(_: &App, _: &[String], _: &mut Vec<Problem>, _: Tell) -> Result<Option<(String, Vec<u8>)>, Wrong> {
    Err(Wrong::new(400, "this program was built without the code that could get pages"))
}

/// Reads and records; returns what was read, and how many contacts were joined anew.
fn record(
    app: &App,
    found: Vec<Raw>,
    known: &reader::Known,
    problems: &mut Vec<Problem>,
    tell: Tell,
) -> Result<(Vec<Value>, usize), Wrong> {
    let mut keeper = Keeper::open(app.path())?;
    let seen = keeper.seen()?;
    let mut read = Vec::new();
    let many = found.len();
    for (at, mut raw) in found.into_iter().enumerate() {
        tell("reading", at, many);
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
        input.known.published = known.published.clone().or(input.known.published);
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
            "contacts": say!("contacts-counted", count = record.contacts.len()),
            "published": record.article.published.as_deref().map(words::date),
        }));
        keeper.keep(input, text, record)?;
    }
    tell("joining contacts", many, many);
    let merged = keeper.finish()?;
    Ok((read, merged.contacts))
}

fn job(app: &App, ask: &Ask) -> Result<Arc<Job>, Wrong> {
    let id = ask.path.get(1).map(String::as_str).unwrap_or_default();
    app.jobs.find(id).ok_or_else(|| Wrong::new(404, "this work is not known any more"))
}

/// How far some work is, and what came of it.
pub fn progress(app: &App, _: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let job = job(app, ask)?.json();
    match ask.form {
        Form::Json => Ok(Answer::json(&job)?.with("cache-control", "no-store".to_owned())),
        // How far it is changes while the record does not.
        _ => Ok(app.page("job.html", ask, view! { job })?.with("cache-control", "no-store".to_owned())),
    }
}

/// The same as it goes on: server-sent events, each with what the page's JSON is, until it is over.
pub fn events(app: &App, _: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    Ok(Answer::events(job(app, ask)?))
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
