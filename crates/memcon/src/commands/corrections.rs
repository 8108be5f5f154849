//! `memcon corrections`: what people change, kept with who, when and why.

use crate::asked::{Record, channel, status};
use crate::failure::{Failure, Outcome};
use crate::output::{Output, columns, cut};
use crate::parties::Governments;
use jiff::Timestamp;
use reader::codes::{Channel, DateBasis, Role, Status, StepKind};
use reader::record::{Contact, Party, Place, Step, When};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use store::agreement::{Metric, alpha, kappa};
use store::{Action, Anchor, Correction, FIELDS, Store};

/// Accept, reject, edit, merge, split and add contacts by hand; undo; compare coders.
///
/// Nothing that the program found is lost: corrections are a log beside it that only grows. Each keeps its editor, time,
/// reason and the state before, can be undone, and finds its contact again when everything is read anew.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  export MEMCON_EDITOR='A. Archivist'
  memcon corrections edit 7k3f status=declined when=2013-02-13 --reason 'the ministry said so later'
  memcon corrections reject 9qx2 --reason 'a telephone exercise'
  memcon corrections merge 7k3f 81vw
  memcon corrections step 7k3f acknowledged --when 2013-02-14 --by russia
  memcon corrections add --party 'czechia:Jan Novak:initiator' --party slovakia --channel call --status held \\
      --when 2013-02-20 --record czechia --note 'The minister rang his colleague about the dam.'
  memcon corrections list
  memcon corrections undo 0c5k9w1d
  memcon corrections export > log.jsonl
  memcon corrections import log.jsonl

Two coders, blind: each codes in the same record or in one of their own, and the codings change nothing.
  memcon corrections code 7k3f channel=call status=unanswered initiator=USA --editor Anna
  memcon corrections agreement")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    record: Record,
    /// Who makes the correction.
    #[arg(long, value_name = "NAME", env = "MEMCON_EDITOR", global = true)]
    editor: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", global = true)]
    reason: Option<String>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print the log.
    List {
        /// One JSON object a line, as export does.
        #[arg(long)]
        json: bool,
    },
    /// Say that contacts are right as they stand.
    Accept {
        /// Their ids.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Say that contacts are none; they are kept and no longer shown.
    Reject {
        /// Their ids.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Give fields of a contact other values.
    Edit {
        /// Its id.
        id: String,
        /// What to set: channel, parties (JSON), initiator, status, when, where, duration_minutes, attempts, topics, reason,
        /// outcome, tone. Nothing after = empties a field.
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
    },
    /// Say that contacts are one and the same.
    Merge {
        /// The one that stays.
        id: String,
        /// Those that go into it.
        #[arg(required = true, value_name = "ID")]
        with: Vec<String>,
    },
    /// Say that accounts of a contact are about another one.
    Split {
        /// Its id.
        id: String,
        /// The accounts that go, by their ids in the contact (memcon contact ID --json).
        #[arg(required = true, value_name = "ACCOUNT")]
        accounts: Vec<String>,
    },
    /// Add a step to the history of a contact.
    Step {
        /// Its id.
        id: String,
        /// Which step: requested, attempted, acknowledged, unanswered, proposed, confirmed, declined, lapsed, scheduled,
        /// postponed, cancelled, started, held, read_out, followed_up.
        #[arg(value_parser = step)]
        step: StepKind,
        /// When (EDTF).
        #[arg(long, value_name = "DATE", value_parser = edtf)]
        when: Option<String>,
        /// The government that took it.
        #[arg(long, value_name = "PARTY")]
        by: Option<String>,
    },
    /// Add a contact that no document tells of: a call from one's own log.
    Add(Box<Added>),
    /// Write down one's own values of a contact for comparison, changing nothing.
    Code {
        /// Its id.
        id: String,
        /// channel, status, initiator, when, where, duration_minutes … and their values.
        #[arg(required = true, value_name = "VARIABLE=VALUE")]
        values: Vec<String>,
    },
    /// Compare the codings of all coders and of the program, variable by variable.
    Agreement {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Take back a correction.
    Undo {
        /// Its id in the log.
        #[arg(required = true, value_name = "CORRECTION")]
        ids: Vec<String>,
    },
    /// Print the log as JSON lines.
    Export,
    /// Add the entries of a log; those that are there already are passed over.
    Import {
        /// The file; `-` is standard input.
        file: PathBuf,
    },
}

/// A contact by hand.
#[derive(clap::Args)]
pub struct Added {
    /// A party: `government`, `government:person` or `government:person:role`.
    #[arg(long = "party", required = true, value_name = "PARTY")]
    pub parties: Vec<String>,
    /// Through what it went.
    #[arg(long, value_parser = channel)]
    pub channel: Channel,
    /// Where it stands.
    #[arg(long, value_parser = status)]
    pub status: Status,
    /// When it took place or is meant to (EDTF).
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub when: Option<String>,
    /// Where.
    #[arg(long = "where", value_name = "PLACE")]
    pub place: Option<String>,
    /// How long it lasted.
    #[arg(long, value_name = "MINUTES")]
    pub duration: Option<f64>,
    /// What it was about.
    #[arg(long, value_name = "WORDS")]
    pub topic: Vec<String>,
    /// The government whose record this is: its account stands beside the others'.
    #[arg(long = "record", value_name = "PARTY")]
    pub government: Option<String>,
    /// What there is to say of it; this text is its evidence.
    #[arg(long, value_name = "TEXT")]
    pub note: String,
}

/// The step of that name.
pub fn step(name: &str) -> Result<StepKind, String> {
    StepKind::parse(name).ok_or_else(|| "there is no such step; see memcon corrections step --help".to_owned())
}

/// An EDTF date.
pub fn edtf(text: &str) -> Result<String, String> {
    let known = store::bounds(text).is_some() || text.starts_with("XXXX-");
    if known {
        Ok(text.to_owned())
    } else {
        Err("write an EDTF date: 2013-02-12, 2013-02, 2013-02-26/2013-02-28".to_owned())
    }
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let Args { command, record, editor, reason } = args;
    // A record may begin with what a person logs.
    let mut store = match &command {
        Command::Add(_) | Command::Import { .. } => Store::open(&record.db)?,
        _ => record.open()?,
    };
    let maker = Maker { editor, reason };
    let made = match command {
        Command::List { json } => return list(&store, json),
        Command::Export => return list(&store, true),
        Command::Agreement { json } => return agreement(&store, json),
        Command::Import { file } => {
            let entries = read_log(&file)?;
            let (all, new) = (entries.len(), store.correct(entries)?);
            eprintln!("{new} corrections imported, {} were there already", all - new);
            return Ok(ExitCode::SUCCESS);
        }
        Command::Accept { ids } => maker.about_each(&store, &ids, || Action::Accept)?,
        Command::Reject { ids } => maker.about_each(&store, &ids, || Action::Reject)?,
        Command::Edit { id, values } => {
            let governments = Governments::shipped();
            let mut made = Vec::new();
            for (field, value) in pairs(&values)? {
                let value = field_value(&governments, &field, value)?;
                made.push(maker.about(&store, &id, Action::Edit { field, value })?);
            }
            made
        }
        Command::Merge { id, with } => {
            let with = with.iter().map(|id| Ok(store.target(id)?.0)).collect::<Result<_, Failure>>()?;
            vec![maker.about(&store, &id, Action::Merge { with })?]
        }
        Command::Split { id, accounts } => {
            let off = anchors(&store, &id, &accounts)?;
            vec![maker.about(&store, &id, Action::Split { off })?]
        }
        Command::Step { id, step, when, by } => {
            let by = by.map(|name| Governments::shipped().resolve(&name)).transpose().map_err(Failure::Usage)?;
            let step = Step { step, when, by, accounts: Vec::new(), inferred: false };
            vec![maker.about(&store, &id, Action::AddStep { step })?]
        }
        Command::Add(added) => vec![maker.make(added.action()?)?],
        Command::Code { id, values } => {
            let governments = Governments::shipped();
            let mut coded = BTreeMap::new();
            for (variable, value) in pairs(&values)? {
                if !FIELDS.contains(&variable.as_str()) {
                    return Err(Failure::Usage(format!(
                        "no variable is called {variable}; there are {}",
                        FIELDS.join(", ")
                    )));
                }
                let value = match variable.as_str() {
                    "initiator" if !value.is_empty() => governments.resolve(&value).map_err(Failure::Usage)?,
                    _ => value,
                };
                coded.insert(variable, Value::from(value));
            }
            vec![maker.about(&store, &id, Action::Code { values: coded })?]
        }
        Command::Undo { ids } => {
            let log = store.corrections()?;
            let full = |id: &String| {
                let found: Vec<&Correction> = log.iter().filter(|own| own.id.starts_with(id.as_str())).collect();
                match found.as_slice() {
                    [only] => Ok(only.id.clone()),
                    [] => Err(Failure::Usage(format!("no correction has the id {id}"))),
                    _ => Err(Failure::Usage(format!("more than one correction's id begins with {id}"))),
                }
            };
            ids.iter().map(|id| maker.make(Action::Undo { of: full(id)? })).collect::<Result<_, Failure>>()?
        }
    };
    let new = store.correct(made)?;
    for correction in store.corrections()?.iter().rev().take(new).rev() {
        println!("{}", correction.id);
    }
    Ok(ExitCode::SUCCESS)
}

/// The value of a field as the log keeps it.
pub fn field_value(governments: &Governments, field: &str, value: String) -> Result<Value, Failure> {
    Ok(match field {
        "initiator" if !value.is_empty() => governments.resolve(&value).map_err(Failure::Usage)?.into(),
        "parties" => serde_json::from_str(&value).map_err(|error| Failure::Usage(format!("parties: {error}")))?,
        _ => Value::from(value),
    })
}

/// Who makes corrections now, and why.
pub struct Maker {
    /// Who.
    pub editor: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Maker {
    /// A correction that is about no contact in particular.
    pub fn make(&self, action: Action) -> Result<Correction, Failure> {
        let Some(editor) = self.editor.clone().filter(|name| !name.trim().is_empty()) else {
            return Err(Failure::Usage("say who you are with --editor NAME or MEMCON_EDITOR".to_owned()));
        };
        Ok(Correction {
            id: String::new(),
            time: Timestamp::now().to_string(),
            editor,
            reason: self.reason.clone(),
            action,
            target: None,
            before: None,
        })
    }

    /// A correction of a contact.
    pub fn about(&self, store: &Store, id: &str, action: Action) -> Result<Correction, Failure> {
        let (target, before) = store.target(id)?;
        Ok(Correction { target: Some(target), before: Some(Box::new(before)), ..self.make(action)? })
    }

    fn about_each(&self, store: &Store, ids: &[String], action: fn() -> Action) -> Result<Vec<Correction>, Failure> {
        ids.iter().map(|id| self.about(store, id, action())).collect()
    }
}

impl Added {
    /// What the log keeps of it.
    pub fn action(&self) -> Result<Action, Failure> {
        let governments = Governments::shipped();
        let resolve = |name: &str| governments.resolve(name).map_err(Failure::Usage);
        let mut parties = Vec::new();
        for party in &self.parties {
            let mut parts = party.splitn(3, ':').map(str::trim);
            let government = resolve(parts.next().unwrap_or_default())?;
            let person = parts.next().filter(|name| !name.is_empty()).map(str::to_owned);
            let role = match parts.next() {
                Some(name) => Some(Role::parse(name).ok_or_else(|| {
                    let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
                    Failure::Usage(format!("{name} is no role; there are {}", names.join(", ")))
                })?),
                None => None,
            };
            parties.push(Party { government, person, office: None, role });
        }
        let by =
            |role: Role| parties.iter().find(|party| party.role == Some(role)).map(|party| party.government.clone());
        let initiator = by(Role::Initiator);
        let kind = match self.status {
            Status::Held => Some(StepKind::Held),
            Status::Requested => Some(StepKind::Requested),
            Status::Unanswered => Some(StepKind::Attempted),
            Status::Proposed => Some(StepKind::Proposed),
            Status::Planned => Some(StepKind::Scheduled),
            Status::Declined => Some(StepKind::Declined),
            Status::Postponed => Some(StepKind::Postponed),
            Status::Cancelled => Some(StepKind::Cancelled),
            Status::Lapsed => Some(StepKind::Lapsed),
            Status::Possible | Status::Denied | Status::Disputed => None,
        };
        let step = kind.map(|step| Step {
            step,
            when: self.when.clone(),
            by: initiator.clone().filter(|_| matches!(step, StepKind::Requested | StepKind::Attempted)),
            accounts: Vec::new(),
            inferred: false,
        });
        let contact = Contact {
            id: String::new(),
            channel: self.channel,
            parties,
            initiator,
            status: self.status,
            when: self.when.clone().map(|edtf| When { edtf, basis: DateBasis::Stated }),
            place: self.place.clone().map(|name| Place { name, country: None }),
            duration_minutes: self.duration,
            attempts: None,
            topics: self.topic.clone(),
            reason: Vec::new(),
            outcome: None,
            tone: None,
            steps: step.into_iter().collect(),
            response_days: None,
            why: Vec::new(),
            accounts: Vec::new(),
        };
        let government = self.government.as_deref().map(resolve).transpose()?;
        Ok(Action::Add { contact: Box::new(contact), note: self.note.clone(), government })
    }
}

/// `field=value`, each once.
fn pairs(values: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let mut seen = BTreeSet::new();
    let mut pairs = Vec::new();
    for value in values {
        let Some((field, value)) = value.split_once('=') else {
            return Err(Failure::Usage(format!("write FIELD=VALUE, not {value}")));
        };
        if !seen.insert(field.to_owned()) {
            return Err(Failure::Usage(format!("{field} is set twice")));
        }
        pairs.push((field.to_owned(), value.to_owned()));
    }
    Ok(pairs)
}

/// The words that accounts of a contact rest on.
pub fn anchors(store: &Store, id: &str, accounts: &[String]) -> Result<Vec<Anchor>, Failure> {
    let (target, contact) = store.target(id)?;
    let mut off = Vec::new();
    for name in accounts {
        let Some(account) = contact.contact.accounts.iter().find(|account| account.id == *name) else {
            let names: Vec<&str> = contact.contact.accounts.iter().map(|account| account.id.as_str()).collect();
            return Err(Failure::Usage(format!("the contact has no account {name}; it has {}", names.join(", "))));
        };
        let own = target.anchors.iter().filter(|anchor| {
            account.document.as_ref() == Some(&anchor.path)
                && account.evidence.iter().any(|part| (part.start, part.end) == (anchor.start, anchor.end))
        });
        off.extend(own.cloned());
    }
    Ok(off)
}

/// What a correction does, in a few words.
pub fn described(action: &Action) -> String {
    match action {
        Action::Accept => "accept".to_owned(),
        Action::Reject => "reject".to_owned(),
        Action::Edit { field, value } => format!("edit {field} to {value}"),
        Action::Merge { with } => {
            format!("merge with {}", with.iter().map(|target| target.key.as_str()).collect::<Vec<_>>().join(", "))
        }
        Action::Split { off } => format!("split off {} accounts' words", off.len()),
        Action::AddStep { step } => format!("add step {}", step.step),
        Action::Add { note, .. } => format!("add: {note}"),
        Action::Code { values } => format!("code {} variables", values.len()),
        Action::Undo { of } => format!("undo {of}"),
    }
}

/// The ids of the corrections that others take back, and that no third brings back.
pub fn undone(log: &[Correction]) -> BTreeSet<&str> {
    let mut by_time: Vec<&Correction> = log.iter().collect();
    by_time.sort_by_key(|correction| (&correction.time, &correction.id));
    let mut undone = BTreeSet::new();
    for correction in by_time.into_iter().rev() {
        if let Action::Undo { of } = &correction.action
            && !undone.contains(correction.id.as_str())
        {
            undone.insert(of.as_str());
        }
    }
    undone
}

fn list(store: &Store, json: bool) -> Outcome {
    let log = store.corrections()?;
    let mut out = if json { Output::plain() } else { Output::paged() };
    if json {
        for correction in &log {
            serde_json::to_writer(&mut out, correction)?;
            out.write_all(b"\n")?;
        }
    } else {
        let undone = undone(&log);
        let row = |correction: &Correction| {
            let what = described(&correction.action);
            vec![
                correction.id.clone(),
                correction.time.get(..19).unwrap_or(&correction.time).to_owned(),
                cut(&correction.editor, 20),
                correction.target.as_ref().map_or_else(String::new, |target| target.key.clone()),
                format!("{}{}", cut(&what, 60), if undone.contains(correction.id.as_str()) { " (undone)" } else { "" }),
                correction.reason.clone().unwrap_or_default(),
            ]
        };
        let rows: Vec<Vec<String>> = log.iter().map(row).collect();
        columns(&mut out, &["correction", "time", "editor", "contact", "what", "why"], &rows)?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn read_log(file: &PathBuf) -> Result<Vec<Correction>, Failure> {
    let failed = |error: std::io::Error| Failure::Stopped(format!("{}: {error}", file.display()));
    let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(file).map_err(failed)?))
    };
    let mut entries = Vec::new();
    for (number, line) in input.lines().enumerate() {
        let line = line.map_err(failed)?;
        if line.trim().is_empty() {
            continue;
        }
        let entry = serde_json::from_str(&line)
            .map_err(|error| Failure::Usage(format!("{} line {}: {error}", file.display(), number + 1)))?;
        entries.push(entry);
    }
    Ok(entries)
}

/// What the program itself gives for a variable, in the form in which a coder writes it.
fn machine_value(contact: &reader::record::MergedContact, variable: &str) -> Option<String> {
    let json = serde_json::to_value(contact).ok()?;
    let value = match variable {
        "when" => json.get("when")?.get("edtf")?,
        "where" => json.get("where")?.get("name")?,
        other => json.get(other)?,
    };
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        other => Some(other.to_string()),
    }
}

/// The days since 1970 of a date told to the day, for the interval metric.
fn day_number(edtf: &str) -> Option<String> {
    let (first, last) = store::span(edtf)?;
    (first == last).then(|| first.to_string())
}

fn agreement(store: &Store, json: bool) -> Outcome {
    // Of two codings of one contact by one coder, the later one counts.
    let mut coders: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
    let mut units: BTreeSet<String> = BTreeSet::new();
    for correction in store.corrections()? {
        let (Action::Code { values }, Some(target)) = (&correction.action, &correction.target) else { continue };
        // The contact may have gone into another since it was coded.
        let unit = store.contact(&target.key).map_or_else(|_| target.key.clone(), |shown| shown.contact.contact.id);
        units.insert(unit.clone());
        let coded = coders.entry(correction.editor.clone()).or_default().entry(unit).or_default();
        for (variable, value) in values {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            coded.insert(variable.clone(), text);
        }
    }
    if coders.is_empty() {
        return Err(Failure::Usage("nothing is coded yet; see memcon corrections code --help".to_owned()));
    }
    let variables: BTreeSet<String> =
        coders.values().flat_map(|units| units.values()).flat_map(|own| own.keys().cloned()).collect();
    let mut machine = BTreeMap::new();
    for unit in &units {
        if let Some(contact) = store.machine_contact(unit)? {
            let values = variables.iter().filter_map(|name| Some((name.clone(), machine_value(&contact, name)?)));
            machine.insert(unit.clone(), values.collect());
        }
    }
    coders.insert("machine".to_owned(), machine);

    let mut out = Output::plain();
    let mut rows = Vec::new();
    for variable in &variables {
        let values = |coder: &BTreeMap<String, BTreeMap<String, String>>, interval: bool| -> Vec<Option<String>> {
            let value = |unit: &String| coder.get(unit)?.get(variable).cloned().filter(|value| !value.is_empty());
            let number = |value: String| if interval { day_number(&value) } else { Some(value) };
            units.iter().map(|unit| value(unit).and_then(number)).collect()
        };
        let all: Vec<Vec<Option<String>>> = coders.values().map(|coder| values(coder, false)).collect();
        let people: Vec<Vec<Option<String>>> =
            coders.iter().filter(|(name, _)| *name != "machine").map(|(_, coder)| values(coder, false)).collect();
        let mut add = |who: String, measure: &str, found: Option<(f64, usize)>| {
            rows.push((variable.clone(), who, measure.to_owned(), found));
        };
        add("people".to_owned(), "alpha", alpha(&people, Metric::Nominal));
        add("people and machine".to_owned(), "alpha", alpha(&all, Metric::Nominal));
        if variable == "when" {
            let days: Vec<_> = coders.values().map(|coder| values(coder, true)).collect();
            add("people and machine".to_owned(), "alpha (interval, days)", alpha(&days, Metric::Interval));
        }
        let named: Vec<(&String, Vec<Option<String>>)> =
            coders.iter().map(|(name, coder)| (name, values(coder, false))).collect();
        for (at, (one, first)) in named.iter().enumerate() {
            for (other, second) in named.iter().skip(at + 1) {
                add(format!("{one}, {other}"), "kappa", kappa(first, second));
            }
        }
    }
    if json {
        for (variable, coders, measure, found) in &rows {
            let line = serde_json::json!({
                "variable": variable, "coders": coders, "measure": measure,
                "value": found.map(|(value, _)| value), "n": found.map(|(_, n)| n)
            });
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
    } else {
        let row = |(variable, coders, measure, found): &(String, String, String, Option<(f64, usize)>)| {
            let (value, n) =
                found.map_or_else(|| ("–".to_owned(), String::new()), |(v, n)| (format!("{v:.3}"), n.to_string()));
            vec![variable.clone(), coders.clone(), measure.clone(), value, n]
        };
        let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
        columns(&mut out, &["variable", "coders", "measure", "value", "n"], &rows)?;
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
