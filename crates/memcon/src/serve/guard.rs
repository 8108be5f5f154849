//! What a request must pass before anything is done for it.
//!
//! Even where the page listens on this machine only, any web page that the user visits can make the browser send requests here.
//! Three things keep those out: the name under which we were called must be ours (a foreign name that points here is *DNS
//! rebinding*), what browsers say of where a request comes from must be this page, and a form must carry a secret that only
//! our own pages know.

use super::answer::Wrong;
use super::ask::Ask;
use crate::passwords;
use hyper::Request;
use hyper::header::HeaderMap;
use std::net::SocketAddr;

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("(not ASCII)"))
}

/// By which names the page is reached.
#[derive(Clone, Debug)]
pub struct Doors {
    /// Hosts with their ports, as a request names them.
    hosts: Vec<String>,
    /// The same as browsers name where a form comes from.
    origins: Vec<String>,
    /// Where one who came by a wrong name should go.
    home: String,
    /// Whether others than this machine come in.
    pub closed: bool,
    /// Whether browsers come over TLS.
    pub secure: bool,
}

impl Doors {
    /// Those of a program that listens there; `origin` is how browsers reach it where a server stands before it.
    ///
    /// # Errors
    /// In words, where the origin is none, or is needed and missing.
    pub fn new(address: SocketAddr, origin: Option<&str>) -> Result<Doors, String> {
        let mut doors =
            Doors { hosts: Vec::new(), origins: Vec::new(), home: String::new(), closed: false, secure: false };
        if address.ip().is_loopback() {
            doors.add("http", &format!("localhost:{}", address.port()));
            doors.add("http", &address.to_string());
        } else {
            doors.closed = true;
        }
        let Some(origin) = origin else {
            return match doors.hosts.is_empty() {
                false => Ok(doors),
                true => Err(format!(
                    "{} is an address that other machines reach: say with --origin by which address browsers know it\n  \
                     hint: it is safer to stay on 127.0.0.1 and let a server with TLS stand before it",
                    address.ip()
                )),
            };
        };
        let wrong = || format!("{origin} is no origin: write https://memcon.example.org, with a port where it has one");
        let (scheme, host) = origin.trim_end_matches('/').split_once("://").ok_or_else(wrong)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if !matches!(scheme, "http" | "https") || host.is_empty() || !host.chars().all(plain) {
            return Err(wrong());
        }
        doors.secure = scheme == "https";
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
        let local = name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        doors.closed |= !local;
        doors.add(scheme, host);
        Ok(doors)
    }

    fn add(&mut self, scheme: &str, host: &str) {
        let host = host.to_ascii_lowercase();
        // A browser leaves out the port that it takes for granted.
        let port = if scheme == "https" { ":443" } else { ":80" };
        let short = host.strip_suffix(port).unwrap_or(&host).to_owned();
        self.home = format!("{scheme}://{short}/");
        for host in [short, host] {
            self.origins.push(format!("{scheme}://{host}"));
            self.hosts.push(host);
        }
    }
}

/// Whether we were called by a name of ours.
pub fn host<B>(request: &Request<B>, doors: &Doors) -> Result<(), Wrong> {
    let called = [request.uri().authority().map(|authority| authority.as_str()), header(request.headers(), "host")];
    let own = |name: &&str| doors.hosts.iter().any(|own| own.eq_ignore_ascii_case(name));
    let named: Vec<&str> = called.into_iter().flatten().collect();
    if !named.is_empty() && named.iter().all(own) && request.headers().get_all("host").iter().count() <= 1 {
        return Ok(());
    }
    Err(Wrong::new(421, "this program is not known under that name").hint(format!("open {}", doors.home)))
}

/// Whether a request was made by our own page, as far as the browser says.
pub fn origin<B>(request: &Request<B>, doors: &Doors) -> Result<(), Wrong> {
    let foreign = || Wrong::new(403, "another web page made this request; only this page may");
    let headers = request.headers();
    let changes = !request.method().is_safe();
    match header(headers, "sec-fetch-site") {
        None | Some("same-origin") => {}
        // A link from elsewhere, an address typed in or a bookmark may open a page, and do no more than that.
        Some(_) if !changes && header(headers, "sec-fetch-mode") == Some("navigate") => {}
        Some("none") if !changes => {}
        Some(_) => return Err(foreign()),
    }
    if let Some(origin) = header(headers, "origin")
        && !doors.origins.iter().any(|own| own == origin)
    {
        return Err(foreign());
    }
    Ok(())
}

/// Whether a form carries the secret of our own pages.
pub fn token(ask: &Ask, token: &str) -> Result<(), Wrong> {
    if ask.sent.field("token").is_some_and(|own| passwords::same(own.as_bytes(), token.as_bytes())) {
        return Ok(());
    }
    Err(Wrong::new(403, "this form is not one of this page, or is older than the program that runs now")
        .hint("open the page again and send the form from there"))
}

/// Whether the answer may be compressed.
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    header(headers, "accept-encoding").is_some_and(|all| all.split(',').any(|one| one.trim() == "gzip"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, headers: &[(&str, &str)]) -> Request<()> {
        let mut request = Request::builder().method(method).uri("/timeline");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap()
    }

    fn doors(address: &str, origin: Option<&str>) -> Doors {
        Doors::new(address.parse().unwrap(), origin).unwrap()
    }

    #[test]
    fn beyond_this_machine_the_page_has_one_name() {
        let away: SocketAddr = "0.0.0.0:7650".parse().unwrap();
        assert!(Doors::new(away, None).is_err());
        for wrong in ["memcon.example", "ftp://memcon.example", "https://", "https://a/b", "https://a b", "https://u@a"]
        {
            assert!(Doors::new(away, Some(wrong)).is_err(), "{wrong}");
        }
        let open = doors("0.0.0.0:7650", Some("https://Memcon.example/"));
        assert!(open.closed && open.secure);
        let passes = |name: &str| host(&request("GET", &[("host", name)]), &open).is_ok();
        assert!(passes("memcon.example") && passes("MEMCON.example"));
        assert!(!passes("127.0.0.1:7650") && !passes("0.0.0.0:7650") && !passes("memcon.example:7650"));
        let from = |name: &str| origin(&request("POST", &[("origin", name)]), &open).is_ok();
        assert!(from("https://memcon.example") && !from("http://memcon.example") && !from("https://evil.example"));
        let behind = doors("127.0.0.1:7650", Some("https://memcon.example:8443"));
        assert!(behind.closed && host(&request("GET", &[("host", "127.0.0.1:7650")]), &behind).is_ok());
        assert!(host(&request("GET", &[("host", "memcon.example:8443")]), &behind).is_ok());
        assert!(!doors("127.0.0.1:7650", None).closed && !doors("[::1]:7650", Some("http://localhost:80")).closed);
    }

    #[test]
    fn only_our_own_name_is_answered() {
        let address = &doors("127.0.0.1:7650", None);
        let passes = |name: &str| host(&request("GET", &[("host", name)]), address).is_ok();
        assert!(passes("127.0.0.1:7650") && passes("localhost:7650"));
        for name in
            ["evil.example", "evil.example:7650", "127.0.0.1", "127.0.0.1:7651", "localhost.evil.example:7650", ""]
        {
            assert!(!passes(name), "{name}");
        }
        assert!(host(&request("GET", &[]), address).is_err());
        assert!(host(&request("GET", &[("host", "localhost:7650"), ("host", "evil.example")]), address).is_err());
        let usual = doors("127.0.0.1:80", None);
        assert!(host(&request("GET", &[("host", "127.0.0.1")]), &usual).is_ok());
    }

    #[test]
    fn other_pages_may_link_here_and_no_more() {
        let address = &doors("127.0.0.1:7650", None);
        let passes = |method: &str, headers: &[(&str, &str)]| origin(&request(method, headers), address).is_ok();
        assert!(passes("GET", &[]) && passes("POST", &[]));
        assert!(passes("POST", &[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:7650")]));
        assert!(passes("GET", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]));
        assert!(passes("GET", &[("sec-fetch-site", "none")]));
        assert!(!passes("GET", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]));
        assert!(!passes("POST", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]));
        assert!(!passes("POST", &[("sec-fetch-site", "same-site")]));
        assert!(!passes("POST", &[("origin", "http://evil.example")]));
        assert!(!passes("POST", &[("origin", "null")]));
    }
}
