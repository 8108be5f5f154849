//! Who asks: sessions of browsers, tokens of programs, and how often somebody may try to sign in.
//!
//! A session is a random secret in a cookie that no script can read; the record keeps its digest, so that a stolen copy of
//! the file opens no session. Every session has a secret for its forms that follows from its own.

use super::answer::Wrong;
use super::app::App;
use super::ask::Ask;
use crate::passwords;
use hyper::Request;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{Role, Store, User};

/// What a request says of who makes it.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// The secret of a session.
    session: Option<String>,
    /// A program's token.
    token: Option<String>,
    /// The address that it comes from.
    pub peer: Option<IpAddr>,
}

/// Who makes a request.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The user.
    pub user: User,
    /// The secret of the session; a program with a token has none.
    pub session: Option<String>,
}

impl Claim {
    /// Reads cookie and header.
    pub fn of<B>(request: &Request<B>, peer: IpAddr) -> Claim {
        let cookies = request.headers().get_all("cookie").iter().filter_map(|value| value.to_str().ok());
        let mut cookies = cookies.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
        let session = cookies.find(|(name, _)| *name == OPEN || *name == SECURE).map(|(_, value)| value.to_owned());
        let bearer = request.headers().get("authorization").and_then(|value| value.to_str().ok());
        let token = bearer.and_then(|value| value.strip_prefix("Bearer ")).map(|token| token.trim().to_owned());
        Claim { session, token, peer: Some(peer) }
    }
}

/// The cookie, where the page is reached without and with TLS: the prefix makes browsers refuse it from anywhere else.
const OPEN: &str = "memcon_session";
const SECURE: &str = "__Host-memcon_session";

/// Finds out who asks. `None` where nobody is signed in.
pub fn asker(store: &mut Store, claim: &Claim) -> Result<Option<Asker>, Wrong> {
    if let Some(token) = &claim.token {
        return match store.token_user(&passwords::digest(token))? {
            Some(user) => Ok(Some(Asker { user, session: None })),
            None => Err(Wrong::new(401, "this token is not known").hint("it may have been taken back")),
        };
    }
    let Some(secret) = &claim.session else { return Ok(None) };
    let user = store.session(&passwords::digest(secret), now())?;
    Ok(user.map(|user| Asker { user, session: Some(secret.clone()) }))
}

/// Lets a request pass or not: who asks may do what the page needs. `needs` is `None` for pages that are for everybody.
pub fn admit(app: &App, store: &mut Store, ask: &mut Ask, needs: Option<Role>) -> Result<(), Wrong> {
    if !app.closed && !store.has_users()? {
        return Ok(());
    }
    ask.guarded = true;
    ask.asker = asker(store, &ask.claim)?;
    // Everybody who comes through a server before this one comes from this machine, and is known once signed in.
    let peer = ask.claim.peer.filter(|peer| !peer.is_loopback()).map(|peer| peer.to_string());
    let who = ask.asker.as_ref().map(|asker| asker.user.name.clone()).or(peer);
    if let Some(wait) = who.and_then(|who| app.pace.wait(who, Instant::now())) {
        return Err(Wrong::new(429, "more is asked for than is answered").retry_after(wait));
    }
    match (needs, &ask.asker) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(Wrong::new(401, "only those who are signed in see this")),
        (Some(role), Some(asker)) if asker.user.role >= role => Ok(()),
        (Some(role), Some(_)) => Err(Wrong::new(403, format!("this is for users with the role {}", role.name()))),
    }
}

/// The secret that a form must carry which this asker sends; none from a program with a token, which no other page can make
/// send anything.
pub fn form_secret(app: &App, ask: &Ask) -> Option<String> {
    match &ask.asker {
        Some(Asker { session: Some(secret), .. }) => Some(passwords::digest(&format!("form {secret}"))),
        Some(Asker { session: None, .. }) => None,
        None => Some(app.token.clone()),
    }
}

/// Seconds since 1970.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The cookie that opens a session, or ends it where there is no secret.
pub fn cookie(app: &App, secret: Option<&str>) -> String {
    let (name, secure) = if app.secure { (SECURE, "; Secure") } else { (OPEN, "") };
    let (value, age) = secret.map_or(("", 0), |secret| (secret, store::SESSION_LONGEST));
    // Lax: a link from a letter opens the page; forms from elsewhere are refused all the same.
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")
}

/// How much somebody asks for: so many requests at once, and so many more with every second.
#[derive(Default)]
pub struct Pace(Mutex<HashMap<String, (f64, Instant)>>);

const AT_ONCE: f64 = 1_000.0;
const A_SECOND: f64 = 25.0;

impl Pace {
    /// Counts a request; seconds to wait where it is too much (*token bucket*).
    pub fn wait(&self, who: String, now: Instant) -> Option<u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = |then: Instant| now.saturating_duration_since(then).as_secs_f64() * A_SECOND;
        if all.len() > REMEMBERED {
            all.retain(|_, (left, then)| *left + since(*then) < AT_ONCE);
        }
        let own = all.entry(who).or_insert((AT_ONCE, now));
        *own = ((own.0 + since(own.1)).min(AT_ONCE), now);
        if own.0 < 1.0 {
            return Some(1);
        }
        own.0 -= 1.0;
        None
    }
}

/// Counts of failures to sign in.
#[derive(Default)]
pub struct Failures(Mutex<HashMap<String, (u32, Instant)>>);

/// How long a failure counts.
const COUNTED: Duration = Duration::from_secs(15 * 60);

/// How many may fail for one name from one address; for one name; from one address.
const FAILURES: [u32; 3] = [10, 50, 50];

/// Names and addresses that are remembered.
const REMEMBERED: usize = 20_000;

impl Failures {
    fn keys(name: &str, peer: Option<IpAddr>) -> [Option<String>; 3] {
        let name = name.trim().to_lowercase().chars().take(64).collect::<String>();
        let peer_text = peer.map(|peer| peer.to_string()).unwrap_or_default();
        // Everybody who comes through a server before this one comes from this machine.
        let others = peer.filter(|peer| !peer.is_loopback());
        [
            Some(format!("both {name} {peer_text}")),
            Some(format!("name {name}")),
            others.map(|own| format!("peer {own}")),
        ]
    }

    /// Seconds to wait before this name may be tried again from this address.
    pub fn wait(&self, name: &str, peer: Option<IpAddr>) -> Option<u64> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = Failures::keys(name, peer);
        let waits = keys.iter().zip(FAILURES).filter_map(|(key, most)| {
            let (count, since) = counts.get(key.as_ref()?)?;
            let left = COUNTED.checked_sub(since.elapsed())?;
            (*count >= most).then_some(left.as_secs() + 1)
        });
        waits.max()
    }

    /// Counts a failure.
    pub fn count(&self, name: &str, peer: Option<IpAddr>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > REMEMBERED {
            counts.retain(|_, (_, since)| since.elapsed() < COUNTED);
        }
        for key in Failures::keys(name, peer).into_iter().flatten() {
            let own = counts.entry(key).or_insert((0, Instant::now()));
            if own.1.elapsed() >= COUNTED {
                *own = (0, Instant::now());
            }
            own.0 += 1;
        }
    }

    /// Whoever signed in begins anew.
    pub fn forget(&self, name: &str, peer: Option<IpAddr>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [both, name, _] = Failures::keys(name, peer);
        for key in [both, name].into_iter().flatten() {
            counts.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_too_much_waits_a_moment() {
        let (pace, now) = (Pace::default(), Instant::now());
        let asked = |who: &str, at: u64| pace.wait(who.to_owned(), now + Duration::from_secs(at));
        assert!((0..1_000).all(|_| asked("anna", 0).is_none()));
        assert_eq!(asked("anna", 0), Some(1));
        assert_eq!(asked("bert", 0), None);
        assert!((0..25).all(|_| asked("anna", 1).is_none()));
        assert_eq!(asked("anna", 1), Some(1));
    }

    #[test]
    fn after_some_failures_one_waits() {
        let failures = Failures::default();
        let (here, there) = (Some("192.0.2.1".parse().unwrap()), Some("192.0.2.2".parse().unwrap()));
        for _ in 0..FAILURES[0] {
            assert_eq!(failures.wait("Anna", here), None);
            failures.count(" anna ", here);
        }
        assert!(failures.wait("ANNA", here).is_some_and(|wait| wait <= 901));
        assert_eq!((failures.wait("anna", there), failures.wait("bert", here)), (None, None));
        failures.forget("anna", here);
        assert_eq!(failures.wait("anna", here), None);
        // One address that tries many names, many addresses that try one name.
        for number in 0..FAILURES[2] {
            failures.count(&format!("user {number}"), there);
        }
        assert!(failures.wait("anna", there).is_some());
        for number in 0..FAILURES[1] {
            failures.count("bert", Some(IpAddr::from([198, 51, 100, number as u8])));
        }
        assert!(failures.wait("bert", here).is_some());
        // Through a server on this machine nobody is held up by what others try.
        let proxy = Some("127.0.0.1".parse().unwrap());
        for number in 0..100 {
            failures.count(&format!("other {number}"), proxy);
        }
        assert_eq!(failures.wait("anna", proxy), None);
    }
}
