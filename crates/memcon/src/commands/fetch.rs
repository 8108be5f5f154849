//! `memcon fetch`: gets pages from the web into a web archive, which `memcon read` reads.

use crate::failure::{Failure, Outcome};
use crate::fetch::archive::Archive;
use crate::fetch::{Fetcher, Got, Manners};
use crate::intake::problem::Problem;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Get pages from the web into a web archive, politely.
///
/// One request at a time, with a delay for each host; robots.txt is heeded; pages that were got before are asked for only
/// if they have changed; private addresses are never reached. What was got is added to the archive, which `memcon read`
/// reads like any other file.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon fetch https://example.org/a https://example.org/b
  memcon fetch --feed https://example.org/news.rss --out news.warc.gz
  memcon fetch --list addresses.txt && memcon read fetched.warc.gz")]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
pub struct Args {
    /// Addresses of pages.
    #[arg(group = "what", value_name = "URL")]
    urls: Vec<String>,
    /// Address of a feed; the pages of its entries are got.
    #[arg(long, group = "what", value_name = "URL")]
    feed: Vec<String>,
    /// File of addresses, one a line; lines that begin with # are left out.
    #[arg(long, group = "what", value_name = "FILE")]
    list: Vec<PathBuf>,
    /// The archive that is added to.
    #[arg(long, value_name = "FILE", default_value = "fetched.warc.gz")]
    out: PathBuf,
    /// Seconds between two requests to one host; a robots.txt can ask for more.
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, value_parser = seconds)]
    delay: f64,
    /// Seconds that one request may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    timeout: f64,
    /// Print one JSON object a line for each address.
    #[arg(long)]
    json: bool,
    /// Reach addresses in private networks too; for tests.
    #[arg(long, hide = true)]
    allow_private: bool,
}

fn seconds(given: &str) -> Result<f64, String> {
    let number: f64 = given.parse().map_err(|_| "not a number".to_string())?;
    if (0.0..=3600.0).contains(&number) { Ok(number) } else { Err("not between 0 and 3600".to_string()) }
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let mut urls = args.urls.clone();
    for list in &args.list {
        let name = list.display().to_string();
        let text = std::fs::read_to_string(list).map_err(|e| Failure::Usage(Problem::io(&name, &e).to_string()))?;
        urls.extend(
            text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_string),
        );
    }
    let manners = Manners {
        delay: Duration::from_secs_f64(args.delay),
        timeout: Duration::from_secs_f64(args.timeout),
        bytes: crate::intake::DOCUMENT_BYTES as u64,
        private: args.allow_private,
    };
    let mut archive = open(&args.out)?;
    let mut fetcher = Fetcher::new(manners);
    let mut failed = 0usize;
    let mut out = std::io::stdout().lock();
    for feed in &args.feed {
        let found = match fetcher.get(feed, &mut archive) {
            Ok(Got::Answer { content, url, .. }) => entries(&content, &url),
            Ok(Got::NotChanged) => Ok(Vec::new()),
            Err(what) => Err(what),
        };
        match found {
            Ok(found) => urls.extend(found),
            Err(what) => {
                failed += 1;
                eprintln!("{}", Problem::skipped(feed, what));
            }
        }
    }
    let mut done = std::collections::HashSet::new();
    for url in urls.iter().filter(|url| done.insert((*url).clone())) {
        let (told, bytes) = match fetcher.get(url, &mut archive) {
            Ok(Got::Answer { status, bytes, .. }) => (status.to_string(), Some(bytes)),
            Ok(Got::NotChanged) => ("not changed".to_string(), None),
            Err(what) => {
                failed += 1;
                eprintln!("{}", Problem::skipped(url, what));
                continue;
            }
        };
        if args.json {
            serde_json::to_writer(&mut out, &serde_json::json!({"url": url, "status": told, "bytes": bytes}))?;
            writeln!(out)?;
        } else {
            let size = bytes.map_or(String::new(), |bytes| format!(", {} kB", bytes.div_ceil(1000)));
            writeln!(out, "{url}: {told}{size}")?;
        }
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn open(path: &Path) -> Result<Archive, Failure> {
    let name = path.display().to_string();
    Archive::open(path).map_err(|e| Failure::Usage(Problem::io(&name, &e).to_string()))
}

/// The pages that a feed's entries point to.
fn entries(feed: &[u8], base: &str) -> Result<Vec<String>, String> {
    crate::intake::guarded(|| {
        let parser = feed_rs::parser::Builder::new().base_uri(Some(base)).build();
        let feed = parser.parse(feed).map_err(|e| format!("is no whole RSS, Atom or JSON feed: {e}"))?;
        Ok(feed.entries.into_iter().filter_map(|entry| Some(entry.links.into_iter().next()?.href)).collect())
    })
}
