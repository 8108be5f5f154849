//! Answers: pages, JSON, tables, files, and the one shape that every error has. All carry the same headers of safety.

use super::app::App;
use super::ask::Form;
use super::jobs::Job;
use super::words::say;
use crate::export::sheets::cell;
use crate::failure::Failure;
use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::Response;
use hyper::body::Bytes;
use serde::Serialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// What goes back.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    kind: &'static str,
    body: Bytes,
    job: Option<Arc<Job>>,
    headers: Vec<(&'static str, String)>,
}

/// Why a request is not met.
#[derive(Debug)]
pub struct Wrong {
    /// HTTP status.
    pub status: u16,
    /// What is wrong.
    pub what: String,
    /// What can be done about it.
    pub hint: Option<String>,
    /// After how many seconds it may be tried again.
    pub retry_after: Option<u64>,
}

/// What every answer carries. The page may load what this program serves and nothing else, runs no script and no style
/// that stands inside it, sends forms only here, stands in no frame, and tells nobody else where the reader came from.
const SAFETY: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Not `no-referrer`: browsers would then send forms with `Origin: null`, and we could not tell ours from others'.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// What a person corrects must be seen at once: a browser asks again before it shows something a second time.
const ASK_AGAIN: &str = "private, no-cache";

/// Bodies shorter than this are not worth compressing.
const WORTH_PACKING: usize = 1_000;

impl Answer {
    fn new(kind: &'static str, body: impl Into<Bytes>) -> Answer {
        Answer {
            status: 200,
            kind,
            body: body.into(),
            job: None,
            headers: vec![("cache-control", ASK_AGAIN.to_owned())],
        }
    }

    /// A page.
    pub fn html(page: String) -> Answer {
        Answer::new("text/html; charset=utf-8", page)
    }

    /// JSON.
    pub fn json(value: &impl Serialize) -> Result<Answer, Wrong> {
        let mut body = serde_json::to_vec(value).map_err(|error| Wrong::ours(error.to_string()))?;
        body.push(b'\n');
        Ok(Answer::new("application/json", body))
    }

    /// A table, under a name for whoever saves it.
    pub fn csv(name: &str, body: Vec<u8>) -> Answer {
        let name = format!("attachment; filename=\"memcon-{name}.csv\"");
        Answer::new("text/csv; charset=utf-8", body).with("content-disposition", name)
    }

    /// The same of rows that have no table among the exports: a column for each of these names, lists and objects as JSON.
    pub fn table(name: &str, columns: &[&str], rows: &[Value]) -> Result<Answer, Wrong> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let wrong = |error: csv::Error| Wrong::ours(error.to_string());
        writer.write_record(columns).map_err(wrong)?;
        for row in rows {
            writer.write_record(columns.iter().map(|column| cell(&row[*column]))).map_err(wrong)?;
        }
        let body = writer.into_inner().map_err(|error| Wrong::ours(error.to_string()))?;
        Ok(Answer::csv(name, body))
    }

    /// A stylesheet or script of ours; `stamp` changes when it does.
    pub fn asset(kind: &'static str, body: &'static str, stamp: &str) -> Answer {
        let mut answer = Answer::new(kind, body);
        answer.headers = vec![("cache-control", "private, max-age=86400".to_owned()), ("etag", format!("\"{stamp}\""))];
        answer
    }

    /// Something else of that media type.
    pub fn of(kind: &'static str, body: impl Into<Bytes>) -> Answer {
        Answer::new(kind, body)
    }

    /// Server-sent events about some work, until it is over.
    pub fn events(job: Arc<Job>) -> Answer {
        let answer = Answer::new("text/event-stream", "");
        // A server that stands before this one must not wait for the end.
        Answer { job: Some(job), ..answer.with("x-accel-buffering", "no".to_owned()) }
    }

    /// Text that came from elsewhere: shown as letters whatever it is.
    pub fn plain(body: Vec<u8>) -> Answer {
        Answer::new("text/plain; charset=utf-8", body)
    }

    /// Go there instead, after a form was taken in.
    pub fn redirect(address: impl Into<String>) -> Answer {
        let mut answer = Answer::new("text/plain; charset=utf-8", "see the other page\n");
        answer.status = 303;
        answer.with("location", address.into())
    }

    /// The same with another status.
    pub fn status(mut self, status: u16) -> Answer {
        self.status = status;
        self
    }

    /// Bytes of an answer that may be given again for as long as the record does not change.
    pub fn lasts(&self) -> Option<usize> {
        let plain = self.headers.iter().all(|(name, value)| match *name {
            "cache-control" => value == ASK_AGAIN,
            other => other != "set-cookie",
        });
        (self.status == 200 && self.job.is_none() && plain).then_some(self.body.len())
    }

    /// Its bytes, before they are packed.
    #[cfg(test)]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether the request was met.
    pub fn is_good(&self) -> bool {
        self.status < 400
    }

    /// The same with one more header, or another value of one that is given once.
    pub fn with(mut self, name: &'static str, value: String) -> Answer {
        self.headers.retain(|(own, _)| *own != name);
        self.headers.push((name, value));
        self
    }

    /// An error in the form that was asked for.
    pub fn wrong(app: &App, form: Form, wrong: Wrong) -> Answer {
        let Wrong { status, what, hint, retry_after } = wrong;
        let known = [400, 401, 403, 404, 405, 408, 413, 421, 429];
        let name = say!(&format!("error-{}", if known.contains(&status) { status } else { 500 }));
        let mut answer = match form {
            Form::Json | Form::Csv => {
                let body = json!({"error": {"status": status, "what": what, "hint": hint}});
                Answer::new("application/json", format!("{body}\n"))
            }
            Form::Html => match app.bare("error.html", view! { name, what, hint, status }) {
                Ok(page) => Answer::html(page),
                Err(_) => Answer::new("text/plain; charset=utf-8", format!("{what}\n")),
            },
        };
        if status == 401 {
            answer = answer.with("www-authenticate", "Bearer".to_owned());
        }
        if let Some(seconds) = retry_after {
            answer = answer.with("retry-after", seconds.to_string());
        }
        answer.status(status)
    }

    /// As HTTP.
    pub fn response(mut self, packed: bool, head_only: bool) -> Response<Body> {
        let mut response = Response::builder().status(self.status).header("content-type", self.kind);
        for (name, value) in SAFETY {
            response = response.header(*name, *value);
        }
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        response = response.header("vary", "accept-encoding");
        if packed
            && self.body.len() >= WORTH_PACKING
            && let Ok(small) = gzip(&self.body)
        {
            self.body = small.into();
            response = response.header("content-encoding", "gzip");
        }
        if head_only {
            response = response.header("content-length", self.body.len());
            self.body = Bytes::new();
        }
        let body = match self.job.take().filter(|_| !head_only) {
            Some(job) => Either::Right(told(job)),
            None => Either::Left(Full::from(self.body)),
        };
        // Only a header with a line break in it could fail, and those are made here.
        response.body(body).unwrap_or_else(|_| Response::new(Either::Left(Full::from("the answer cannot be sent\n"))))
    }
}

/// The body of an answer: whole, or as it comes.
pub type Body = Either<Full<Bytes>, Channel<Bytes, Infallible>>;

/// How often it is looked whether there is something to tell, and after how many looks without news a sign of life is sent.
const LOOK: Duration = Duration::from_millis(250);
const QUIET: u32 = 60;

/// Tells how some work goes on, for as long as somebody listens.
fn told(job: Arc<Job>) -> Channel<Bytes, Infallible> {
    let (mut sender, body) = Channel::new(4);
    tokio::spawn(async move {
        let (mut last, mut quiet) = (String::new(), 0);
        loop {
            // Whether it is over is asked first, so that the end is told as well.
            let over = job.is_over();
            let now = job.json().to_string();
            let event = if now != last { format!("data: {now}\n\n") } else { ":\n\n".to_owned() };
            quiet = if now != last { 0 } else { quiet + 1 };
            if (now != last || quiet % QUIET == 0) && sender.send_data(Bytes::from(event)).await.is_err() {
                return;
            }
            if over {
                return;
            }
            last = now;
            tokio::time::sleep(LOOK).await;
        }
    });
    body
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

impl Wrong {
    /// A request that is not met.
    pub fn new(status: u16, what: impl Into<String>) -> Wrong {
        Wrong { status, what: what.into(), hint: None, retry_after: None }
    }

    /// With what can be done about it.
    pub fn hint(self, hint: impl Into<String>) -> Wrong {
        Wrong { hint: Some(hint.into()), ..self }
    }

    /// To be tried again after so many seconds.
    pub fn retry_after(self, seconds: u64) -> Wrong {
        Wrong { retry_after: Some(seconds), ..self }
    }

    /// An error of this program.
    pub fn ours(what: impl Into<String>) -> Wrong {
        Wrong::new(500, what)
    }

    /// There is no such page.
    pub fn nowhere() -> Wrong {
        Wrong::new(404, "nothing is served under this address").hint("the timeline is the first page")
    }

    /// The same where what is asked for by its name is not there.
    pub fn missing(self) -> Wrong {
        Wrong { status: if self.status == 400 { 404 } else { self.status }, ..self }
    }
}

impl From<store::StoreError> for Wrong {
    fn from(error: store::StoreError) -> Wrong {
        let status = match error.kind {
            store::ErrorKind::Request => 400,
            store::ErrorKind::Busy | store::ErrorKind::Full | store::ErrorKind::ReadOnly => 503,
            _ => 500,
        };
        let told = error.to_string();
        // The hint has a place of its own, and whoever reads this did not name the file.
        let (what, _) = told.split_once("\n  hint: ").unwrap_or((&told, ""));
        let hint = Some(error.hint().to_owned()).filter(|hint| !hint.is_empty());
        Wrong { hint, ..Wrong::new(status, what) }
    }
}

impl From<Failure> for Wrong {
    fn from(failure: Failure) -> Wrong {
        match failure {
            Failure::Usage(what) => Wrong::new(400, what),
            other => Wrong::ours(other.to_string()),
        }
    }
}

impl From<minijinja::Error> for Wrong {
    fn from(error: minijinja::Error) -> Wrong {
        Wrong::ours(format!("the page cannot be made: {error:#}"))
    }
}

impl From<serde_json::Error> for Wrong {
    fn from(error: serde_json::Error) -> Wrong {
        Wrong::ours(error.to_string())
    }
}
