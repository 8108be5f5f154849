//! Gets pages from the web, politely, and keeps what it got in a web archive.
//!
//! One request at a time; `robots.txt` is heeded; a host is not asked again before its delay has passed; sizes and times
//! have limits; no address inside a private network is reached, whatever a name resolves to or a redirect says.

pub mod address;
pub mod archive;

use archive::{Archive, Seen};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use texting_robots::Robot;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::{Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

/// The name under which the program asks, and which a `robots.txt` may forbid.
pub const AGENT: &str = concat!("memcon/", env!("CARGO_PKG_VERSION"));

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// The largest `robots.txt` that is read, in bytes; the standard (RFC 9309) asks for 500 kilobytes at least.
const ROBOTS_BYTES: u64 = 512 << 10;

/// The longest delay that a `robots.txt` can ask for.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// How the program behaves towards servers.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// Time between two requests to one host.
    pub delay: Duration,
    /// Time that one request may take in all.
    pub timeout: Duration,
    /// Largest answer, in bytes.
    pub bytes: u64,
    /// Whether addresses in private networks may be reached; for tests only.
    pub private: bool,
}

/// What became of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// An answer, kept in the archive; its status and the length of its content.
    Answer {
        /// HTTP status.
        status: u16,
        /// Bytes of content.
        bytes: usize,
        /// The address that gave it, after redirects.
        url: String,
        /// What it holds, for a feed.
        content: Vec<u8>,
    },
    /// The server says that it has not changed since it was last got.
    NotChanged,
}

/// Asks servers, one request at a time.
pub struct Fetcher {
    agent: Agent,
    manners: Manners,
    hosts: HashMap<String, Host>,
}

/// What is known of one host.
struct Host {
    robots: Robots,
    delay: Duration,
    last: Instant,
}

enum Robots {
    Rules(Robot),
    /// There are none.
    Free,
    /// The server cannot say, so that nothing is allowed.
    Closed,
}

impl Fetcher {
    /// A fetcher that has asked nothing yet.
    pub fn new(manners: Manners) -> Fetcher {
        let config = Config::builder()
            .user_agent(AGENT)
            .accept_encoding("identity")
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // An address check would be void behind a proxy, which resolves names itself.
            .proxy(None)
            .timeout_global(Some(manners.timeout))
            .build();
        let resolver = Public { private: manners.private, inner: DefaultResolver::default() };
        Fetcher {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            manners,
            hosts: HashMap::new(),
        }
    }

    /// Gets one page and keeps it in the archive. What was got before is asked for on the condition that it has changed.
    ///
    /// # Errors
    /// Why the page could not be got, in words.
    pub fn get(&mut self, address: &str, archive: &mut Archive) -> Result<Got, String> {
        let mut url = parse(address)?;
        for _ in 0..=REDIRECTS {
            self.allowed(&url)?;
            let seen = archive.seen(url.as_str()).cloned();
            let mut answer = self.ask(&url, seen.as_ref())?;
            let status = answer.status().as_u16();
            if status == 304 {
                return Ok(Got::NotChanged);
            }
            let target = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_string);
            if let (300..400, Some(target)) = (status, target) {
                let next = url.join(&target).map_err(|e| format!("redirects to {target:?}: {e}"))?;
                url = parse(next.as_str())?;
                continue;
            }
            let limit = self.manners.bytes;
            let content = answer.body_mut().with_config().limit(limit).read_to_vec();
            let content = content.map_err(|error| match error {
                ureq::Error::BodyExceedsLimit(_) => format!("larger than {} MB; not kept", limit >> 20),
                other => in_words(&other),
            })?;
            archive.add(url.as_str(), &answer, &content).map_err(|e| format!("the archive cannot be written: {e}"))?;
            return match status {
                200..300 => Ok(Got::Answer { status, bytes: content.len(), url: url.to_string(), content }),
                status => Err(format!("the server answers {status}")),
            };
        }
        Err(format!("redirects more than {REDIRECTS} times"))
    }

    fn ask(&mut self, url: &Url, seen: Option<&Seen>) -> Result<Response<ureq::Body>, String> {
        self.wait(url);
        let mut request = self.agent.get(url.as_str());
        if let Some(tag) = seen.and_then(|seen| seen.etag.as_deref()) {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        if let Some(date) = seen.and_then(|seen| seen.last_modified.as_deref()) {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        let answer = request.call().map_err(|error| in_words(&error));
        if let Some(host) = self.hosts.get_mut(&origin(url)) {
            host.last = Instant::now();
        }
        answer
    }

    /// Waits until the host may be asked again.
    fn wait(&self, url: &Url) {
        if let Some(host) = self.hosts.get(&origin(url)) {
            std::thread::sleep(host.delay.saturating_sub(host.last.elapsed()));
        }
    }

    /// Whether the host's `robots.txt` lets the page be got; it is asked for once a run.
    fn allowed(&mut self, url: &Url) -> Result<(), String> {
        let origin = origin(url);
        if !self.hosts.contains_key(&origin) {
            let robots = self.robots(url)?;
            let asked = match &robots {
                Robots::Rules(rules) => rules.delay.map(|seconds| Duration::from_secs_f32(seconds.clamp(0.0, 1e6))),
                _ => None,
            };
            let delay = asked.unwrap_or_default().min(LONGEST_DELAY).max(self.manners.delay);
            self.hosts.insert(origin.clone(), Host { robots, delay, last: Instant::now() });
        }
        match self.hosts.get(&origin).map(|host| &host.robots) {
            Some(Robots::Rules(rules)) if !rules.allowed(url.as_str()) => Err("its robots.txt forbids it".to_string()),
            Some(Robots::Closed) => Err("its robots.txt cannot be had now; try later".to_string()),
            _ => Ok(()),
        }
    }

    /// As RFC 9309 says: without a `robots.txt` all is allowed, with one that cannot be had nothing is.
    fn robots(&mut self, url: &Url) -> Result<Robots, String> {
        let Ok(mut place) = url.join("/robots.txt") else { return Ok(Robots::Free) };
        for _ in 0..=REDIRECTS {
            let mut answer = self.agent.get(place.as_str()).call().map_err(|error| in_words(&error))?;
            let target = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_string);
            match (answer.status().as_u16(), target) {
                (300..400, Some(target)) => match place.join(&target).ok().and_then(|next| parse(next.as_str()).ok()) {
                    Some(next) => place = next,
                    None => return Ok(Robots::Free),
                },
                (200..300, _) => {
                    use std::io::Read;
                    let mut text = Vec::new();
                    let read = answer.body_mut().as_reader().take(ROBOTS_BYTES).read_to_end(&mut text);
                    return Ok(match read.map(|_| Robot::new("memcon", &text)) {
                        Ok(Ok(rules)) => Robots::Rules(rules),
                        Ok(Err(_)) => Robots::Free,
                        Err(_) => Robots::Closed,
                    });
                }
                (500.., _) => return Ok(Robots::Closed),
                _ => return Ok(Robots::Free),
            }
        }
        Ok(Robots::Free)
    }
}

/// An address that may be got: HTTP or HTTPS, with a host, without a name and password.
fn parse(address: &str) -> Result<Url, String> {
    let mut url = Url::parse(address.trim()).map_err(|e| format!("is no address: {e}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("only http and https are got, not {}", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("addresses with a name and password are not got".to_string());
    }
    url.set_fragment(None);
    Ok(url)
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn in_words(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "no such host, or only a private address".to_string(),
        ureq::Error::Timeout(_) => "took too long".to_string(),
        other => other.to_string(),
    }
}

/// Resolves names to public addresses only, so that neither a name nor a redirect leads into the user's own network.
#[derive(Debug)]
struct Public {
    private: bool,
    inner: DefaultResolver,
}

impl Resolver for Public {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for at in found.iter().filter(|at| self.private || address::is_public(at.ip())) {
            kept.push(*at);
        }
        if kept.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(kept) }
    }
}
