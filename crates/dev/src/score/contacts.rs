//! Figures of the contact record as it is printed, and of the whole way through.
//!
//! Everything but the stage timing is measured on the output of the `memcon` binary that was built beside this program, since
//! that is what people get: gold with `score.py` (the codebook's section 7), merging on the two sides' accounts of one event, and
//! the White House readouts with labels taken from their titles.

use super::{Bench, Figure};
use reader::codes::ChannelClass;
use reader::record::{Contact, DocumentRecord, MergedContact};
use reader::{Known, Media, Source};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Error, Result, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Scores the record.
pub fn score(bench: &Bench) -> Result<Vec<Figure>> {
    let memcon = Memcon::beside_this_program()?;
    let parts = [
        gold(bench, &memcon, "seeds"),
        gold(bench, &memcon, "cases"),
        merged_gold(bench, &memcon),
        two_sided(bench, &memcon),
        readouts(bench, &memcon),
        speed(bench),
        start_up(&memcon),
    ];
    let mut figures = Vec::new();
    for part in parts {
        // One part that cannot be measured leaves the others standing; its floors will be missed.
        match part {
            Ok(found) => figures.extend(found),
            Err(error) => println!("contacts: {error}"),
        }
    }
    Ok(figures)
}

// ---------------------------------------------------------------- the binary

/// The `memcon` binary, and a folder for what it prints.
struct Memcon {
    binary: PathBuf,
    folder: PathBuf,
}

impl Memcon {
    fn beside_this_program() -> Result<Memcon> {
        let folder = std::env::current_exe()?.parent().unwrap_or(Path::new(".")).to_path_buf();
        let binary = folder.join(format!("memcon{}", std::env::consts::EXE_SUFFIX));
        if !binary.is_file() {
            let release = if cfg!(debug_assertions) { "" } else { " --release" };
            return Err(Error::other(format!("{} is not there: cargo build{release} -p memcon", binary.display())));
        }
        let folder = std::env::temp_dir().join(format!("memcon-score-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Memcon { binary, folder })
    }

    /// Runs it in folder `at` and returns the file with what it printed. An exit status of 1 means that some document had a
    /// problem, which the figures will show; anything above is an error.
    fn run(&self, at: &Path, args: &[&str], output: &str) -> Result<PathBuf> {
        let path = self.folder.join(output);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let status = Command::new(&self.binary)
            .args(args)
            .current_dir(at)
            .stdin(Stdio::null())
            .stdout(File::create(&path)?)
            .stderr(Stdio::inherit())
            .status()?;
        match status.code() {
            Some(0 | 1) => Ok(path),
            _ => Err(Error::other(format!("memcon {}: {status}", args.join(" ")))),
        }
    }
}

impl Drop for Memcon {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn records<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    BufReader::new(File::open(path)?).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

// ---------------------------------------------------------------- gold

/// Scores the documents of `gold/NAME.jsonl` one by one.
fn gold(bench: &Bench, memcon: &Memcon, name: &str) -> Result<Vec<Figure>> {
    let golds = format!("gold/{name}.jsonl");
    let documents: Vec<String> =
        bench.lines(&golds)?.iter().filter_map(|line| Some(line["doc"].as_str()?.to_string())).collect();
    let mut args = vec!["read", "--json", "--manifest", "gold/manifest.csv"];
    args.extend(documents.iter().map(String::as_str));
    let printed = memcon.run(bench.shared, &args, &format!("{name}.jsonl"))?;
    score_py(bench, &[Path::new(&golds), &printed, Path::new("--root"), Path::new(".")], name)
}

/// Scores what is merged over the documents of each case of `gold/merged.jsonl`.
fn merged_gold(bench: &Bench, memcon: &Memcon) -> Result<Vec<Figure>> {
    for case in bench.lines("gold/merged.jsonl")? {
        let Some(case) = case["case"].as_str() else { continue };
        let folder = format!("gold/cases/{case}");
        let args = ["read", "--merged", "--json", "--manifest", "gold/manifest.csv", &folder];
        let printed = memcon.run(bench.shared, &args, &format!("merged/{case}.jsonl"))?;
        // The scorer looks accounts up by id and stumbles over whole ones; it uses nothing of them here.
        let mut lines: Vec<Value> = records(&printed)?;
        let mut file = File::create(&printed)?;
        for line in &mut lines {
            line["accounts"] = Value::Array(Vec::new());
            writeln!(file, "{line}")?;
        }
    }
    let printed = memcon.folder.join("merged");
    score_py(bench, &[Path::new("--merged"), Path::new("gold/merged.jsonl"), &printed], "merged")
}

/// Calls the codebook's scorer; its figures come as `contacts/DATA/figure`.
fn score_py(bench: &Bench, args: &[&Path], data: &str) -> Result<Vec<Figure>> {
    let mut command = Command::new("python3");
    command.arg("score/score.py").args(args).arg("--json").current_dir(bench.shared).stderr(Stdio::inherit());
    if bench.details {
        command.arg("--details");
    }
    let output = command.output()?;
    if !output.status.success() {
        return Err(Error::other(format!("score.py: {}", output.status)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let (details, json) = text.trim_end().rsplit_once('\n').unwrap_or(("", text.trim_end()));
    if !details.is_empty() {
        println!("--- {data}\n{details}");
    }
    let figures: serde_json::Map<String, Value> = serde_json::from_str(json)?;
    let named = |(name, value): (&String, &Value)| {
        value.as_f64().map(|value| Figure { name: format!("contacts/{data}/{name}"), value, note: String::new() })
    };
    Ok(figures.iter().filter(|(name, _)| !matches!(name.as_str(), "documents" | "cases")).filter_map(named).collect())
}

// ---------------------------------------------------------------- merging two sides' accounts

/// One event that two governments published about.
struct Event {
    name: String,
    date: i64,
    class: ChannelClass,
    countries: BTreeSet<String>,
    documents: BTreeSet<String>,
}

/// Pairwise merging over `two-sided/pairs.dev.jsonl`.
///
/// The pool is every document named in the pairs and every other press release, readout and statement published within three
/// days of one of the events (US date). All are read in one run. A merged contact *is* an event when it has every country of
/// the event, its channel class, and at least one of the documents that the event names. Each pair of documents gathered under
/// such a contact is a predicted pair; it is right when both documents tell of the event: when the event names both, or when
/// the other is on the list `two_sided_also.csv`, made by reading, of pool documents that tell of it too.
///
/// - `pair_precision`: predicted pairs that are right;
/// - `pair_recall`: pairs of documents named by one event that some such contact gathers;
/// - `events_whole`: events with exactly one such contact, which gathers all the documents that they name.
fn two_sided(bench: &Bench, memcon: &Memcon) -> Result<Vec<Figure>> {
    let mut events = Vec::new();
    for line in bench.lines("data/two-sided/pairs.dev.jsonl")? {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let list = |value: &Value, field: &str| -> BTreeSet<String> {
            value.as_array().into_iter().flatten().map(|item| text(&item[field])).collect()
        };
        events.push(Event {
            name: text(&line["event"]),
            date: day_number(&text(&line["date_us_local"])).unwrap_or_default(),
            class: silver_class(&line["channel"]),
            countries: list(&line["parties"], "country"),
            documents: list(&line["docs"], "id"),
        });
    }
    // One file a document, so that paths lead back to ids whatever the numbering of records.
    let folder = memcon.folder.join("two-sided");
    std::fs::create_dir_all(&folder)?;
    let mut pool: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for file in [
        "data/two-sided/press_releases.jsonl.gz",
        "data/wh-readouts/readouts.dev.jsonl.gz",
        "data/wh-statements/statements_foreign.jsonl.gz",
    ] {
        for line in bench.lines(file)? {
            let (Some(id), Some(published)) = (line["id"].as_str(), line["published"].as_str()) else { continue };
            let near = day_number(published).is_some_and(|day| events.iter().any(|e| (day - e.date).abs() <= 3));
            let named = events.iter().any(|e| e.documents.contains(id));
            if !(near || named) || !seen.insert(id.to_string()) {
                continue;
            }
            let mut out = File::create(folder.join(format!("{:04}.jsonl", pool.len())))?;
            writeln!(out, "{}", as_document(&line, true))?;
            pool.push(id.to_string());
        }
    }
    let printed = memcon.run(&memcon.folder, &["read", "--merged", "--json", "two-sided"], "two-sided.jsonl")?;
    let also = also();
    let (mut right, mut predicted, mut gathered, mut named_pairs, mut whole) = (0, 0, 0, 0, 0);
    let contacts: Vec<MergedContact> = records(&printed)?;
    for event in &events {
        let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
        let mut exact = 0;
        let mut many = 0;
        for merged in &contacts {
            let documents: Vec<&str> = merged
                .documents
                .iter()
                .filter_map(|path| Path::new(path.split('#').next()?).file_stem()?.to_str()?.parse::<usize>().ok())
                .filter_map(|number| Some(pool.get(number)?.as_str()))
                .collect();
            let governments = governments(&merged.contact);
            if !event.countries.iter().all(|c| governments.contains(c.as_str()))
                || !same_class(event.class, merged.contact.channel.class())
                || !documents.iter().any(|d| event.documents.contains(*d))
            {
                continue;
            }
            many += 1;
            exact += usize::from(event.documents.iter().all(|d| documents.contains(&d.as_str())));
            for (i, a) in documents.iter().enumerate() {
                for b in documents.iter().skip(i + 1).filter(|b| *b != a) {
                    found.insert((a.min(b), a.max(b)));
                }
            }
        }
        whole += usize::from(many == 1 && exact == 1);
        let tells = |id: &str| {
            event.documents.contains(id) || also.iter().any(|(name, other)| *name == event.name && *other == id)
        };
        for (a, b) in &found {
            predicted += 1;
            right += usize::from(tells(a) && tells(b));
            if bench.details && !(tells(a) && tells(b)) {
                println!("{}: {a} + {b} were joined", event.name);
            }
        }
        let named: Vec<&String> = event.documents.iter().collect();
        for (i, a) in named.iter().enumerate() {
            for b in named.iter().skip(i + 1) {
                named_pairs += 1;
                let hit = found.contains(&(a.as_str(), b.as_str()));
                gathered += usize::from(hit);
                if bench.details && !hit {
                    println!("{}: {a} + {b} were not joined ({many} contacts)", event.name);
                }
            }
        }
    }
    Ok(vec![
        Figure::rate("contacts/two-sided/pair_precision", right, predicted),
        Figure::rate("contacts/two-sided/pair_recall", gathered, named_pairs),
        Figure::rate("contacts/two-sided/events_whole", whole, events.len()),
    ])
}

/// Pool documents that tell of an event though it does not name them, `event,document` a line; judged by reading them.
fn also() -> Vec<(&'static str, &'static str)> {
    include_str!("two_sided_also.csv").lines().skip(1).filter_map(|line| line.split_once(',')).collect()
}

/// A benchmark document as a line that `memcon read` takes. The summary of a press release stands above its text, as on the page.
fn as_document(line: &Value, titled: bool) -> Value {
    let text = line["text"].as_str().unwrap_or_default();
    let text = match line["summary"].as_str() {
        Some(summary) if !summary.is_empty() => format!("{summary}\n\n{text}"),
        _ => text.to_string(),
    };
    let id = line["id"].as_str().unwrap_or_default();
    let outlet = match id.split('|').next() {
        Some("kremlin") => "The Kremlin",
        Some("president.gov.ua") => "President of Ukraine",
        _ => "The White House",
    };
    let title = if titled { line["title"].clone() } else { Value::Null };
    serde_json::json!({"id": id, "title": title, "text": text, "published": line["published"], "outlet": outlet})
}

// ---------------------------------------------------------------- readouts

/// `wh-readouts` with the title hidden. Its labels are read from the titles by pattern, so some are wrong.
///
/// Over the documents about a foreign counterpart whose title names a country:
/// - `countries`: every country of the title stands in some contact together with the United States;
/// - `channel`: the same, counting only contacts of the title's channel class (any class where the title has none);
/// - `date`: the same as `channel`, counting only contacts whose date can be the document's, give or take a day.
///
/// Over the documents about nobody foreign, `false_documents` is the share in which any contact is found.
fn readouts(bench: &Bench, memcon: &Memcon) -> Result<Vec<Figure>> {
    let lines = bench.lines("data/wh-readouts/readouts.dev.jsonl.gz")?;
    let mut input = File::create(memcon.folder.join("readouts.jsonl"))?;
    for line in &lines {
        writeln!(input, "{}", as_document(line, false))?;
    }
    let printed = memcon.run(&memcon.folder, &["read", "--json", "readouts.jsonl"], "readouts.out")?;
    let found: Vec<DocumentRecord> = records(&printed)?;
    if found.len() != lines.len() {
        return Err(Error::other(format!("readouts: {} documents went in, {} came out", lines.len(), found.len())));
    }
    let (mut foreign, mut countries, mut channel, mut date) = (0, 0, 0, 0);
    let (mut domestic, mut spurious) = (0, 0);
    for (line, record) in lines.iter().zip(&found) {
        let (id, silver) = (line["id"].as_str().unwrap_or_default(), &line["silver"]);
        if silver["foreign"] == Value::Bool(false) {
            domestic += 1;
            spurious += usize::from(!record.contacts.is_empty());
            if bench.details {
                for contact in &record.contacts {
                    println!("{id}: false {}", brief(contact, record));
                }
            }
            continue;
        }
        // MNP is the pattern's misreading of "American".
        let wanted: Vec<&str> = silver["countries"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(|c| *c != "MNP")
            .collect();
        if wanted.is_empty() {
            continue;
        }
        let day = line["date"].as_str().and_then(day_number).unwrap_or_default();
        let class = silver_class(&silver["channel"]);
        let covered = |fits: &dyn Fn(&Contact) -> bool| {
            wanted.iter().all(|country| {
                record.contacts.iter().filter(|c| fits(c)).any(|contact| {
                    let governments = governments(contact);
                    governments.contains(country) && (governments.contains("USA") || *country == "USA")
                })
            })
        };
        let in_channel = |contact: &Contact| same_class(class, contact.channel.class());
        let on_day = |contact: &Contact| {
            let span = contact.when.as_ref().and_then(|when| edtf_days(&when.edtf));
            in_channel(contact) && span.is_some_and(|(first, last)| first - 1 <= day && day <= last + 1)
        };
        let hits = [covered(&|_| true), covered(&in_channel), covered(&on_day)];
        foreign += 1;
        countries += usize::from(hits[0]);
        channel += usize::from(hits[1]);
        date += usize::from(hits[2]);
        if bench.details && !hits[2] {
            let what = ["countries", "channel", "date"][hits.iter().filter(|hit| **hit).count()];
            let have: Vec<String> = record.contacts.iter().map(|c| brief(c, record)).collect();
            println!("{id}: {what}: want {wanted:?} {} have [{}]", silver["channel"], have.join("; "));
        }
    }
    Ok(vec![
        Figure::rate("contacts/wh-readouts/countries", countries, foreign),
        Figure::rate("contacts/wh-readouts/channel", channel, foreign),
        Figure::rate("contacts/wh-readouts/date", date, foreign),
        Figure::rate("contacts/wh-readouts/false_documents", spurious, domestic),
    ])
}

fn brief(contact: &Contact, record: &DocumentRecord) -> String {
    let governments: Vec<&str> = governments(contact).into_iter().collect();
    let when = contact.when.as_ref().map_or("-", |when| when.edtf.as_str());
    let first = record.accounts.iter().find(|account| contact.accounts.contains(&account.id));
    let quote = first.and_then(|account| account.evidence.first()).map_or("", |evidence| evidence.quote.as_str());
    let rule = first.and_then(|account| account.rules.first()).map_or("", String::as_str);
    let quote: String = quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(140).collect();
    format!("{} {} {} {when} [{rule}] {quote:?}", contact.channel, governments.join("-"), contact.status)
}

fn governments<A>(contact: &Contact<A>) -> BTreeSet<&str> {
    contact.parties.iter().map(|party| party.government.as_str()).collect()
}

fn silver_class(channel: &Value) -> ChannelClass {
    match channel.as_str() {
        Some("phone" | "call" | "video") => ChannelClass::Remote,
        Some("meeting" | "visit" | "talks") => ChannelClass::InPerson,
        _ => ChannelClass::Any,
    }
}

fn same_class(a: ChannelClass, b: ChannelClass) -> bool {
    a == b || a == ChannelClass::Any || b == ChannelClass::Any
}

/// The day of a date or date-time (`2021-12-07…`), counted from the epoch.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.get(..10)?.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// First and last day that an EDTF value allows.
fn edtf_days(edtf: &str) -> Option<(i64, i64)> {
    let (first, last) = edtf.split_once('/').unwrap_or((edtf, edtf));
    let day = |text: &str, end: bool| {
        let text: String = text.chars().filter(|c| !matches!(c, '~' | '?' | '%')).collect();
        match text.len() {
            4 => day_number(&format!("{text}-{}", if end { "12-31" } else { "01-01" })),
            7 => day_number(&format!("{text}-{}", if end { "28" } else { "01" })).map(|d| if end { d + 3 } else { d }),
            _ => day_number(&text),
        }
    };
    match (day(first, false), day(last, true)) {
        (None, None) => None,
        (first, last) => Some((first.unwrap_or(i64::MIN / 2), last.unwrap_or(i64::MAX / 2))),
    }
}

// ---------------------------------------------------------------- speed

/// Sentences a second on one core, from decoded text to contacts, over `wh-statements` and `two-sided`, and each stage's share
/// of the time.
fn speed(bench: &Bench) -> Result<Vec<Figure>> {
    let mut lines = bench.lines("data/wh-statements/statements_foreign.jsonl.gz")?;
    lines.extend(bench.lines("data/two-sided/press_releases.jsonl.gz")?);
    let mut stages: Vec<(&'static str, Duration)> = Vec::new();
    let (mut sentences, mut parsed, mut contacts) = (0, 0, 0);
    let mut total = Duration::ZERO;
    for line in &lines {
        let document = as_document(line, true);
        let field = |name: &str| document[name].as_str().map(str::to_string);
        let known =
            Known { published: field("published"), outlet: field("outlet"), title: field("title"), ..Known::default() };
        let text = field("text").unwrap_or_default();
        let start = Instant::now();
        let mut last = start;
        let source = Source { text: &text, media: Media::Text, known };
        let reading = bench.reader.read_watched(&source, &mut |stage| {
            let now = Instant::now();
            match stages.iter_mut().find(|(name, _)| *name == stage) {
                Some((_, spent)) => *spent += now - last,
                None => stages.push((stage, now - last)),
            }
            last = now;
        });
        let record = reading.record(reader::record::Document::default());
        contacts += record.contacts.len();
        let now = Instant::now();
        match stages.iter_mut().find(|(name, _)| *name == "contacts") {
            Some((_, spent)) => *spent += now - last,
            None => stages.push(("contacts", now - last)),
        }
        total += now - start;
        sentences += reading.sentences.len();
        parsed += reading.sentences.iter().filter(|sentence| sentence.parsed).count();
    }
    let rate = sentences as f64 / total.as_secs_f64();
    let mut figures = vec![Figure {
        name: "contacts/speed/sentences_per_second".to_string(),
        value: rate,
        note: format!("{sentences}, {parsed} parsed, {contacts} contacts"),
    }];
    for (stage, spent) in stages {
        figures.push(Figure {
            name: format!("contacts/speed/share_{stage}"),
            value: spent.as_secs_f64() / total.as_secs_f64(),
            note: format!("{:.1} s", spent.as_secs_f64()),
        });
    }
    Ok(figures)
}

/// Milliseconds from start to exit, the best of seven: `--version`, and `read` of one short page.
fn start_up(memcon: &Memcon) -> Result<Vec<Figure>> {
    let page = "page.txt";
    let text = "PARIS (Reuters) - The French foreign minister telephoned his German counterpart on Monday, a spokesman said.\n";
    std::fs::write(memcon.folder.join(page), text)?;
    let mut figures = Vec::new();
    for (name, args) in [("version_ms", &["--version"][..]), ("read_ms", &["read", "--json", page][..])] {
        let mut best = Duration::MAX;
        for _ in 0..7 {
            let start = Instant::now();
            memcon.run(&memcon.folder, args, "start_up.out")?;
            best = best.min(start.elapsed());
        }
        let value = best.as_secs_f64() * 1000.0;
        figures.push(Figure { name: format!("contacts/start-up/{name}"), value, note: "best of 7".to_string() });
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_epoch() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-03-01T10:00:00Z"), Some(11_017));
        assert_eq!(day_number("2013-02"), None);
    }

    #[test]
    fn edtf_values_span_days() {
        let day = |text| day_number(text).expect("a date");
        assert_eq!(edtf_days("2013-02-12~"), Some((day("2013-02-12"), day("2013-02-12"))));
        assert_eq!(edtf_days("2013-02-16/..").map(|(first, _)| first), Some(day("2013-02-16")));
        assert_eq!(edtf_days("2013"), Some((day("2013-01-01"), day("2013-12-31"))));
        assert_eq!(edtf_days("XXXX-02-11"), None);
    }
}
