//! `memcon fetch` against a server of our own on the loopback address.

use crate::Folder;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A server that gives each request to `answer` and writes down its first line and headers.
pub struct Server {
    /// Its address, without a slash at the end.
    pub at: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn new(answer: impl Fn(&str, &str) -> String + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = format!("http://{}", listener.local_addr().expect("an address"));
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let written = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { break };
                let lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
                let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                let Some(path) = request.first().and_then(|line| line.split(' ').nth(1)) else { continue };
                let reply = answer(path, &request.join("\n").to_lowercase());
                written.lock().expect("a lock").push(path.to_string());
                let _ = stream.write_all(reply.as_bytes());
            }
        });
        Server { at, asked }
    }

    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("a lock"))
    }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

fn page(body: &str) -> String {
    answer("200 OK", "Content-Type: text/html; charset=utf-8\r\nETag: \"1\"\r\n", body)
}

const PAGE: &str = "<html><head><title>Ministers speak</title></head><body><article><p>The two ministers spoke by telephone \
    on Tuesday, a spokesman for one of them said in the capital.</p></article></body></html>";

pub fn desk(path: &str, request: &str) -> String {
    match path {
        "/robots.txt" => answer("200 OK", "Content-Type: text/plain\r\n", "User-agent: *\nDisallow: /private/\n"),
        "/a" if request.contains("if-none-match: \"1\"") => answer("304 Not Modified", "", ""),
        "/a" => page(PAGE),
        "/old" => answer("301 Moved Permanently", "Location: /a\r\n", ""),
        "/circle" => answer("302 Found", "Location: /circle\r\n", ""),
        "/out" => answer("302 Found", "Location: file:///etc/passwd\r\n", ""),
        "/feed" => answer(
            "200 OK",
            "Content-Type: application/rss+xml\r\n",
            "<rss version=\"2.0\"><channel><title>Desk</title><link>/</link><item><title>A</title><link>/a</link></item></channel></rss>",
        ),
        _ => answer("404 Not Found", "", "gone"),
    }
}

#[test]
fn pages_are_got_kept_and_read() {
    let (folder, server) = (Folder::temporary(), Server::new(desk));
    let a = format!("{}/a", server.at);
    let fetch = |url: &str| folder.memcon(&["fetch", "--allow-private", "--delay", "0", "--out", "got.warc.gz", url]);
    assert_eq!(fetch(&a).ends(0).out, format!("{a}: 200, 1 kB\n"));
    assert_eq!(server.asked(), ["/robots.txt", "/a"]);
    // Asked for again, it has not changed, and the archive keeps one copy.
    assert_eq!(fetch(&a).ends(0).out, format!("{a}: not changed\n"));
    let record = &folder.memcon(&["read", "--json", "got.warc.gz"]).ends(0).json()[0];
    assert_eq!(record["document"]["url"], a.as_str());
    assert_eq!(record["document"]["media_type"], "text/html");
    assert_eq!(folder.memcon(&["read", "--json", "got.warc.gz"]).ends(0).json().len(), 1);
}

#[test]
fn feeds_and_lists_name_pages() {
    let (folder, server) = (Folder::temporary(), Server::new(desk));
    let feed = format!("{}/feed", server.at);
    let run = ["fetch", "--allow-private", "--delay", "0", "--json", "--feed", &feed];
    let got = folder.memcon(&run).ends(0).json();
    assert_eq!((got.len(), got[0]["status"].as_str()), (1, Some("200")));
    folder.write("list.txt", format!("# pages\n{0}/a\n\n{0}/gone\n", server.at));
    let ran =
        folder.memcon(&["fetch", "--allow-private", "--delay", "0", "--list", "list.txt", "--out", "l.warc"]).ends(1);
    assert_eq!(ran.err, format!("{}/gone: the server answers 404\n", server.at));
}

#[test]
fn what_must_not_be_got_is_not() {
    let (folder, server) = (Folder::temporary(), Server::new(desk));
    let told = |path: &str| {
        let url = format!("{}{path}", server.at);
        let ran = folder.memcon(&["fetch", "--allow-private", "--delay", "0", &url]).ends(1);
        ran.err.trim_end().replace(&url, "URL")
    };
    assert_eq!(told("/private/x"), "URL: its robots.txt forbids it");
    assert_eq!(server.asked(), ["/robots.txt"]);
    assert_eq!(told("/circle"), "URL: redirects more than 5 times");
    assert_eq!(told("/out"), "URL: only http and https are got, not file");
    let url = format!("{}/a", server.at);
    server.asked();
    let ran = folder.memcon(&["fetch", &url]).ends(1);
    assert_eq!(ran.err, format!("{url}: no such host, or only a private address\n"));
    assert_eq!(server.asked(), Vec::<String>::new(), "a private address is not even asked for robots.txt");
}

#[test]
fn a_host_is_given_time() {
    let (folder, server) = (Folder::temporary(), Server::new(desk));
    let (a, old) = (format!("{}/a", server.at), format!("{}/old", server.at));
    let started = std::time::Instant::now();
    folder.memcon(&["fetch", "--allow-private", "--delay", "0.3", &a, &old]).ends(0);
    // robots.txt, then /a, /old and where it leads: three waits.
    assert!(started.elapsed().as_secs_f64() >= 0.9);
}
