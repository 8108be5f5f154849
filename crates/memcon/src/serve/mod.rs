//! `memcon serve`: the record as pages for a browser, and as JSON and CSV for programs.
//!
//! One table ([`routes::ROUTES`]) says which pages there are; it finds the handler of a request and describes the same pages
//! in `/openapi.json`. A handler asks the store and gives back an [`answer::Answer`]; it knows nothing of sockets. What every
//! request must pass stands in [`guard`], what every answer carries in [`answer`].

/// The values of a template: `view! { name, other => expression }`. Whatever can be serialized can stand there.
macro_rules! view {
    (@ $key:ident) => { minijinja::Value::from(minijinja::value::Serde(&$key)) };
    (@ $key:ident => $value:expr) => { minijinja::Value::from(minijinja::value::Serde(&$value)) };
    ($($key:ident $(=> $value:expr)?),* $(,)?) => {
        minijinja::Value::from(std::collections::BTreeMap::from([$((stringify!($key), view!(@ $key $(=> $value)?))),*]))
    };
}

mod answer;
mod app;
mod ask;
mod draw;
mod guard;
mod jobs;
mod look;
mod openapi;
mod pages;
mod routes;
mod server;
mod session;
mod words;

use crate::asked::Record;
use crate::failure::{Failure, Outcome};
use guard::Doors;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;

/// Serve the record to a browser on this machine.
///
/// Timeline, memoranda, documents with their evidence marked, disputes, statements, pairs, search and coverage; corrections
/// with undo; pages to read and drop in. Every page has a twin for programs (`.json`, tables also `.csv`), described in
/// `/openapi.json`. Nothing is fetched from elsewhere. Only this machine is answered, unless the record has users
/// (memcon users): then they alone are, after they have signed in.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  memcon serve                            http://127.0.0.1:7650/ until Ctrl-C
  memcon serve --db north.db --port 0     a free port; the address is printed
  memcon serve --editor 'A. Archivist'    whose name corrections carry

For others than this machine, behind a server that speaks TLS (Caddy, nginx) and passes the name on:
  memcon users add Anna --role admin
  memcon serve --origin https://memcon.example.org")]
pub struct Args {
    #[command(flatten)]
    record: Record,
    /// On which port; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 7650)]
    port: u16,
    /// On which address of this machine. Others than its loopback addresses need users and --origin.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// By which address browsers reach it, where that is another: `https://memcon.example.org`. Needs users.
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Get pages from private networks too; for tests.
    #[arg(long, hide = true)]
    allow_private: bool,
    /// Who makes corrections, where a form says nothing else.
    #[arg(long, value_name = "NAME", env = "MEMCON_EDITOR")]
    editor: Option<String>,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let asked = SocketAddr::new(args.address, args.port);
    let origin = args.origin.as_deref();
    // Once before anything is opened, so that a wrong name is told first.
    let doors = Doors::new(asked, origin).map_err(Failure::Usage)?;
    // A record that cannot be opened is told now, and not to the browser.
    let store = args.record.open()?;
    if doors.closed && !store.has_users()? {
        return Err(Failure::Usage(
            "others than this machine would reach the record, and nobody may sign in to it yet\n  hint: add somebody with \
             memcon users add NAME --role admin"
                .to_owned(),
        ));
    }
    if doors.closed && !doors.secure {
        eprintln!(
            "memcon: without TLS whoever carries the traffic reads the passwords: put a server with TLS before this one"
        );
    }
    let app = app::App::new(store, args.record.db, args.editor, &doors, args.allow_private)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(asked).await.map_err(|error| {
            Failure::Stopped(format!("{asked}: {error}\n  hint: name another port with --port, or 0 for a free one"))
        })?;
        let address = listener.local_addr()?;
        println!("http://{address}/");
        std::io::stdout().flush()?;
        // The port is known only now, where any free one was asked for.
        let doors = Doors::new(address, origin).map_err(Failure::Usage)?;
        server::serve(listener, doors, app).await;
        Ok(ExitCode::SUCCESS)
    })
}
