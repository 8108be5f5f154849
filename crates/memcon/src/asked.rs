//! What the commands that ask the record have in common: where it lies, which contacts are asked for, how they are printed.

use crate::failure::Failure;
use crate::parties::Governments;
use jiff::civil::Date;
use reader::codes::{Channel, Status};
use std::path::PathBuf;
use store::{Filter, Store};

/// Where the record lies.
#[derive(clap::Args)]
pub struct Record {
    /// The file of the record.
    #[arg(long, value_name = "FILE", env = "MEMCON_DB", default_value = "memcon.db", global = true)]
    pub db: PathBuf,
}

impl Record {
    /// Opens a record that is there, with everything in it joined.
    pub fn open(&self) -> Result<Store, Failure> {
        let mut store = Store::open_existing(&self.db)?;
        if store.waiting()? > 0
            && let Err(error) = store.merge(&mut |_, _| {})
        {
            // Somebody else is writing, or the file may only be read: what was joined before can still be told.
            eprintln!("memcon: some documents are not yet joined with the others ({error})");
        }
        Ok(store)
    }
}

/// Which contacts are asked for.
#[derive(clap::Args)]
pub struct Contacts {
    /// Governments and organizations that all take part: `usa russia`, `Czechia`, `EU`, `kremlin`.
    #[arg(value_name = "PARTY")]
    pub parties: Vec<String>,
    /// From this day, month or year on (`2013`, `2013-02`, `2013-02-12`).
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub from: Option<Date>,
    /// Up to the end of this day, month or year.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub to: Option<Date>,
    /// Only through these channels: call, video, meeting, visit, talks, message, unspecified.
    #[arg(long, value_name = "CHANNEL", value_delimiter = ',', value_parser = channel)]
    pub channel: Vec<Channel>,
    /// Only with these statuses: requested, unanswered, proposed, planned, possible, held, declined, lapsed, postponed,
    /// cancelled, denied, disputed.
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub status: Vec<Status>,
    /// Only with somebody whose name has this in it.
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Only about something that has this in it.
    #[arg(long, value_name = "WORDS")]
    pub topic: Option<String>,
    /// Only what stood in an outlet, or was written by somebody, whose name has this in it.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only with a dispute.
    #[arg(long)]
    pub disputed: bool,
    /// As the record stood at the end of that day: from the documents published by then.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub as_of: Option<Date>,
}

impl Contacts {
    /// The filter of the store.
    pub fn filter(&self, governments: &Governments) -> Result<Filter, Failure> {
        let parties = self.parties.iter().map(|name| governments.resolve(name).map_err(Failure::Usage));
        Ok(Filter {
            parties: parties.collect::<Result<_, _>>()?,
            from: self.from,
            to: self.to,
            channels: self.channel.clone(),
            statuses: self.status.clone(),
            person: self.person.clone(),
            topic: self.topic.clone(),
            outlet: self.outlet.clone(),
            disputed: self.disputed,
            as_of: self.as_of,
            ..Filter::default()
        })
    }
}

/// How much is printed at once.
#[derive(clap::Args)]
pub struct Paging {
    /// At most that many.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Go on where the page before ended: what it printed after "more:".
    #[arg(long, value_name = "PLACE")]
    pub after: Option<store::Cursor>,
}

/// In what form it is printed.
#[derive(clap::Args)]
pub struct Form {
    /// Print JSON, one object a line, as the codebook says.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Print a table for programs: csv, tsv, jsonl or parquet.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}

/// Forms of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum TableFormat {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// Tab-separated values.
    Tsv,
    /// JSON lines.
    Jsonl,
    /// Parquet.
    Parquet,
}

/// The first day of an EDTF date.
pub fn first_day(text: &str) -> Result<Date, String> {
    day(text, |(first, _)| first)
}

/// The last day of an EDTF date.
pub fn last_day(text: &str) -> Result<Date, String> {
    day(text, |(_, last)| last)
}

fn day(text: &str, edge: fn((store::Day, store::Day)) -> store::Day) -> Result<Date, String> {
    store::span(text)
        .map(edge)
        .and_then(store::date)
        .ok_or_else(|| format!("{text} is no date: write 2013, 2013-02 or 2013-02-12"))
}

/// The channel of that name.
pub fn channel(name: &str) -> Result<Channel, String> {
    Channel::parse(name).ok_or_else(|| names("channel", Channel::ALL.iter().map(|value| value.name())))
}

/// The status of that name.
pub fn status(name: &str) -> Result<Status, String> {
    Status::parse(name).ok_or_else(|| names("status", Status::ALL.iter().map(|value| value.name())))
}

fn names(what: &str, all: impl Iterator<Item = &'static str>) -> String {
    format!("there is no such {what}; there are {}", all.collect::<Vec<_>>().join(", "))
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Failure {
        match error.kind {
            store::ErrorKind::Request => Failure::Usage(error.to_string()),
            _ => Failure::Stopped(error.to_string()),
        }
    }
}
