//! What a request must pass before anything is done for it.
//!
//! The page listens on this machine only, but any web page that the user visits can make the browser send requests here.
//! Three things keep those out: the name under which we were called must be ours (a foreign name that points here is *DNS
//! rebinding*), what browsers say of where a request comes from must be this page, and a form must carry a secret that only
//! our own pages know.

use super::answer::Wrong;
use super::ask::Ask;
use hyper::Request;
use hyper::header::HeaderMap;
use std::net::SocketAddr;

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("(not ASCII)"))
}

/// The names under which this program answers.
fn names(address: SocketAddr) -> [String; 2] {
    [address.to_string(), format!("localhost:{}", address.port())]
}

/// Whether we were called by a name of ours.
pub fn host<B>(request: &Request<B>, address: SocketAddr) -> Result<(), Wrong> {
    let called = [request.uri().authority().map(|authority| authority.as_str()), header(request.headers(), "host")];
    let ours = names(address);
    // A browser leaves out the port that it takes for granted.
    let own = |name: &&str| ours.iter().any(|own| own == name || own.strip_suffix(":80") == Some(name));
    let named: Vec<&str> = called.into_iter().flatten().collect();
    if !named.is_empty() && named.iter().all(own) && request.headers().get_all("host").iter().count() <= 1 {
        return Ok(());
    }
    Err(Wrong::new(421, "this program is not known under that name").hint(format!("open http://{address}/")))
}

/// Whether a request was made by our own page, as far as the browser says.
pub fn origin<B>(request: &Request<B>, address: SocketAddr) -> Result<(), Wrong> {
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
        && !names(address).iter().any(|name| origin.strip_prefix("http://") == Some(name))
    {
        return Err(foreign());
    }
    Ok(())
}

/// Whether a form carries the secret of our own pages.
pub fn token(ask: &Ask, token: &str) -> Result<(), Wrong> {
    if ask.sent.field("token") == Some(token) {
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

    #[test]
    fn only_our_own_name_is_answered() {
        let address: SocketAddr = "127.0.0.1:7650".parse().unwrap();
        let passes = |name: &str| host(&request("GET", &[("host", name)]), address).is_ok();
        assert!(passes("127.0.0.1:7650") && passes("localhost:7650"));
        for name in
            ["evil.example", "evil.example:7650", "127.0.0.1", "127.0.0.1:7651", "localhost.evil.example:7650", ""]
        {
            assert!(!passes(name), "{name}");
        }
        assert!(host(&request("GET", &[]), address).is_err());
        assert!(host(&request("GET", &[("host", "localhost:7650"), ("host", "evil.example")]), address).is_err());
        let usual: SocketAddr = "127.0.0.1:80".parse().unwrap();
        assert!(host(&request("GET", &[("host", "127.0.0.1")]), usual).is_ok());
    }

    #[test]
    fn other_pages_may_link_here_and_no_more() {
        let address: SocketAddr = "127.0.0.1:7650".parse().unwrap();
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
