//! What all requests share: the record, the tables of who is who, the pages' templates.

use super::answer::{Answer, Wrong};
use super::ask::Ask;
use super::guard::Doors;
use super::jobs::Jobs;
use super::look;
use super::pages::filters::PAGE;
use super::session::{self, Failures, Pace};
use crate::failure::Failure;
use crate::parties::Governments;
use crate::passwords;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value, context};
use reader::codes::Status;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, SystemTime};
use store::{Day, Filter, Person, Role, Store};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests that ask the record at the same time: each has a connection with its own cache.
const SEATS: usize = 4;

/// Counts over the whole record, which take reading most of it and change only with it.
pub struct Overview {
    /// Governments with the number of their contacts, the busiest first.
    pub governments: Vec<(String, usize)>,
    /// Pairs with contacts, held, unanswered, disputed, the busiest first.
    pub pairs: Vec<([String; 2], [usize; 4])>,
    /// Day and status of every contact.
    pub days: Vec<(Option<Day>, Status)>,
    /// The people of the most contacts, and how many there are in all.
    pub people: (Vec<Person>, usize),
    /// What the record holds.
    pub counts: Vec<(&'static str, usize)>,
}

/// Pairs that are counted.
const PAIRS: usize = 200;

/// Length and time of the record's file and of its log: whatever is written changes them.
pub type Stamp = [Option<(u64, Option<SystemTime>)>; 2];

/// Answers that were given since the record was last changed, by what was asked.
#[derive(Default)]
struct Given {
    stamp: Stamp,
    bytes: usize,
    answers: HashMap<String, Answer>,
}

/// Bytes of answers that are kept, and of one of them.
const GIVEN: usize = 32 << 20;
const LARGEST: usize = 2 << 20;

/// How long nothing was written before answers are kept: two changes within one tick of the file system's clock look alike.
const QUIET: Duration = Duration::from_secs(1);

/// What all requests share.
pub struct App {
    /// The secret that our own forms carry. It is another one each time the program starts.
    pub token: String,
    /// Whether others than this machine may come in, so that nothing is shown to who is not signed in.
    pub closed: bool,
    /// Whether browsers reach the page over TLS.
    pub secure: bool,
    /// Whether pages may be got from private networks.
    pub private: bool,
    /// Work that goes on by itself.
    pub jobs: Jobs,
    /// Who failed to sign in.
    pub failures: Failures,
    /// How much of late was asked for, where people sign in.
    pub pace: Pace,
    /// Who is who.
    pub governments: Governments,
    /// Who makes corrections where a form says nothing else.
    pub editor: Option<String>,
    /// Changes when the stylesheet or the script does.
    pub stamp: String,
    own: Weak<App>,
    templates: Environment<'static>,
    reader: OnceLock<reader::Reader>,
    path: PathBuf,
    overview: Mutex<Option<(Stamp, Arc<Overview>)>>,
    given: Mutex<Given>,
    idle: Mutex<Vec<Store>>,
    seats: Arc<Semaphore>,
}

/// The stylesheet.
pub const STYLE: &str = include_str!("assets/memcon.css");
/// The script. Every page can be read without it.
pub const SCRIPT: &str = include_str!("assets/memcon.js");

macro_rules! templates {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("templates/", $name)))),+] };
}

/// Every template with its name.
pub const TEMPLATES: &[(&str, &str)] = templates![
    "base.html",
    "error.html",
    "macros.html",
    "correct.html",
    "timeline.html",
    "contact.html",
    "document.html",
    "documents.html",
    "disputes.html",
    "dossiers.html",
    "dossier.html",
    "shared.html",
    "keep.html",
    "statements.html",
    "search.html",
    "pairs.html",
    "people.html",
    "person.html",
    "overview.html",
    "coverage.html",
    "review.html",
    "add.html",
    "job.html",
    "added.html",
    "corrections.html",
    "sign-in.html",
    "account.html",
    "trail.html"
];

impl App {
    /// With a record that is open already.
    pub fn new(
        store: Store,
        path: PathBuf,
        editor: Option<String>,
        doors: &Doors,
        private: bool,
    ) -> Result<Arc<App>, Failure> {
        let mut templates = Environment::new();
        // A misspelt name is an error of ours and not an empty place on the page.
        templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        templates.set_syntax(syntax.map_err(|error| Failure::Stopped(format!("{error:#}")))?);
        look::add_to(&mut templates);
        for (name, source) in TEMPLATES {
            templates.add_template(name, source).map_err(|error| Failure::Stopped(format!("{error:#}")))?;
        }
        let stamp = crate::intake::sha256(format!("{STYLE}{SCRIPT}").as_bytes()).chars().take(12).collect();
        let token = passwords::secret()?;
        Ok(Arc::new_cyclic(|own| App {
            own: own.clone(),
            private,
            jobs: Jobs::default(),
            token,
            closed: doors.closed,
            secure: doors.secure,
            failures: Failures::default(),
            pace: Pace::default(),
            governments: Governments::shipped(),
            editor,
            stamp,
            templates,
            reader: OnceLock::new(),
            path,
            overview: Mutex::new(None),
            given: Mutex::default(),
            idle: Mutex::new(vec![store]),
            seats: Arc::new(Semaphore::new(SEATS)),
        }))
    }

    /// Waits until the record may be asked.
    pub async fn seat(&self) -> Option<OwnedSemaphorePermit> {
        self.seats.clone().acquire_owned().await.ok()
    }

    /// Asks the record.
    pub fn with_store<T>(&self, ask: impl FnOnce(&mut Store) -> Result<T, Wrong>) -> Result<T, Wrong> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut store = match idle {
            Some(store) => store,
            None => Store::open_existing(&self.path)?,
        };
        let answer = ask(&mut store);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        answer
    }

    /// What tells one state of the record from another.
    pub fn record_stamp(&self) -> Stamp {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        [self.path.as_path(), Path::new(&log)]
            .map(|path| std::fs::metadata(path).ok().map(|found| (found.len(), found.modified().ok())))
    }

    /// What was answered to this before, where the record has not changed since.
    pub fn given(&self, stamp: &Stamp, asked: &str) -> Option<Answer> {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.answers.get(asked).filter(|_| given.stamp == *stamp).cloned()
    }

    /// Keeps an answer to what was asked when the record had that stamp.
    pub fn give_again(&self, stamp: Stamp, asked: String, answer: &Answer) {
        let Some(bytes) = answer.lasts().filter(|bytes| *bytes <= LARGEST) else { return };
        let quiet = |time: &SystemTime| time.elapsed().is_ok_and(|since| since > QUIET);
        if !stamp.iter().flatten().all(|(_, time)| time.as_ref().is_some_and(quiet)) {
            return;
        }
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if given.stamp != stamp || given.bytes + bytes > GIVEN {
            *given = Given { stamp, ..Given::default() };
        }
        given.bytes += bytes;
        given.answers.insert(asked, answer.clone());
    }

    /// Counts over the whole record, as it stands now.
    pub fn overview(&self, store: &Store) -> Result<Arc<Overview>, Wrong> {
        let stamp = self.record_stamp();
        let known = self.overview.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, overview)) = known.filter(|(own, _)| *own == stamp) {
            return Ok(overview);
        }
        let overview = Arc::new(Overview {
            governments: store.governments()?,
            pairs: store.busiest_pairs(PAIRS)?,
            days: store.days(&Filter::default())?.unwrap_or_default(),
            people: store.people(None, PAGE, 0)?,
            counts: store.counts()?,
        });
        *self.overview.lock().unwrap_or_else(PoisonError::into_inner) = Some((stamp, overview.clone()));
        Ok(overview)
    }

    /// The same, for work that goes on after the request.
    pub fn shared(&self) -> Result<Arc<App>, Wrong> {
        self.own.upgrade().ok_or_else(|| Wrong::new(503, "the program is ending"))
    }

    /// What reads documents; made when it is first needed.
    pub fn reader(&self) -> &reader::Reader {
        self.reader.get_or_init(reader::Reader::shipped)
    }

    /// The file of the record.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A page: the template with its own values, and with what every page has.
    pub fn page(&self, name: &str, ask: &Ask, own: Value) -> Result<Answer, Wrong> {
        let user = ask.asker.as_ref().map(|asker| &asker.user);
        let editor = user.map(|user| user.name.as_str()).or(ask.editor.as_deref()).or(self.editor.as_deref());
        let may = |role: Role| !ask.guarded || user.is_some_and(|user| user.role >= role);
        let (editing, admin) = (may(Role::Editor), may(Role::Admin));
        let token = session::form_secret(self, ask).unwrap_or_default();
        // Where the file lies is nobody's business who may not see who did what.
        let record = admin.then(|| self.path.display().to_string());
        let here = ask.path.first().map_or("timeline", String::as_str);
        let twin = if ask.path.is_empty() { "timeline".to_owned() } else { ask.path.join("/") };
        let query = ask.query_with(&[]);
        let common = view! { here, twin, query, editor, token, record, user, editing, admin, guarded => ask.guarded };
        let page = context! { ..own, ..common };
        Ok(Answer::html(self.bare(name, page)?))
    }

    /// A page of which nothing is known but its template's own values.
    pub fn bare(&self, name: &str, own: Value) -> Result<String, Wrong> {
        let template = self.templates.get_template(name)?;
        let common = view! { stamp => self.stamp, version => env!("CARGO_PKG_VERSION") };
        Ok(template.render(context! { ..own, ..common })?)
    }
}
