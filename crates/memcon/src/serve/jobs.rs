//! Work that takes longer than a request should: it goes on by itself, and whoever began it looks on.

use super::answer::Wrong;
use super::app::App;
use super::words::say;
use crate::failure::Failure;
use crate::passwords;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How it stands.
#[derive(Clone, Debug, Default, PartialEq)]
struct Stand {
    /// What is being done.
    stage: &'static str,
    /// How much of that is done, of how much.
    done: usize,
    total: usize,
    /// What it came to, or why it came to nothing.
    end: Option<Result<Value, String>>,
}

/// One piece of work.
#[derive(Debug)]
pub struct Job {
    /// What names it in its address; nobody can guess it.
    pub id: String,
    stand: Mutex<Stand>,
}

/// The work of late, the latest last.
#[derive(Default)]
pub struct Jobs(Mutex<VecDeque<Arc<Job>>>);

/// Jobs that are remembered, and that may go on at once.
const REMEMBERED: usize = 64;
const AT_ONCE: usize = 4;

impl Job {
    fn lock(&self) -> std::sync::MutexGuard<'_, Stand> {
        self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says how far it is.
    pub fn tell(&self, stage: &'static str, done: usize, total: usize) {
        let mut stand = self.lock();
        (stand.stage, stand.done, stand.total) = (stage, done, total);
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        self.lock().end.is_some()
    }

    /// As JSON: `stage`, `words` (what the page says of it), `done`, `total`, `over`, `result`, `wrong`.
    pub fn json(&self) -> Value {
        let stand = self.lock().clone();
        let (result, wrong) = match &stand.end {
            Some(Ok(result)) => (Some(result), None),
            Some(Err(wrong)) => (None, Some(wrong)),
            None => (None, None),
        };
        json!({
            "id": self.id, "stage": stand.stage, "done": stand.done, "total": stand.total, "over": stand.end.is_some(),
            "words": say!(&format!("stage-{}", stand.stage.split(' ').next().unwrap_or_default())),
            "result": result, "wrong": wrong,
        })
    }
}

impl Jobs {
    /// The job of that id.
    pub fn find(&self, id: &str) -> Option<Arc<Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|job| job.id == id).cloned()
    }

    /// Begins work on a thread of its own; returns it at once.
    ///
    /// # Errors
    /// Where too much is going on already.
    pub fn begin(
        &self,
        app: Arc<App>,
        work: impl FnOnce(&App, &Job) -> Result<Value, Wrong> + Send + 'static,
    ) -> Result<Arc<Job>, Wrong> {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if jobs.iter().filter(|job| !job.is_over()).count() >= AT_ONCE {
            return Err(Wrong::new(503, "others are being read just now").hint("send it again in a while"));
        }
        let job = Arc::new(Job { id: passwords::secret()?, stand: Mutex::default() });
        job.tell("beginning", 0, 0);
        let own = job.clone();
        let begun = std::thread::Builder::new().name("job".to_owned()).spawn(move || {
            let end = crate::intake::guarded(|| Ok(work(&app, &own)));
            let failed = "the program failed on this; it is an error of ours, please report it";
            own.lock().end = Some(match end {
                Ok(Ok(result)) => Ok(result),
                Ok(Err(wrong)) => Err(wrong.what),
                Err(_) => Err(failed.to_owned()),
            });
        });
        begun.map_err(|error| Failure::Stopped(error.to_string()))?;
        jobs.push_back(job.clone());
        if jobs.len() > REMEMBERED
            && let Some(at) = jobs.iter().position(|job| job.is_over())
        {
            jobs.remove(at);
        }
        Ok(job)
    }
}
