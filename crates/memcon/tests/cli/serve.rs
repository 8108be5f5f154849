//! The web page, asked as a browser and as a program would ask it, and as somebody would who means harm.

use crate::Folder;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A program that serves a record, stopped when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")))?;
        line.split_once(':').map(|(_, value)| value.trim())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.body);
        self
    }
}

impl Server {
    fn over(folder: &Folder) -> Server {
        Server::called(folder, &[])
    }

    fn called(folder: &Folder, more: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_memcon"))
            .args(["serve", "--port", "0", "--db", "memcon.db"])
            .args(more)
            .current_dir(folder.path())
            .env_remove("MEMCON_DB")
            .env_remove("MEMCON_EDITOR")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("an address");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let address = address.replace("0.0.0.0:", "127.0.0.1:");
        assert!(address.starts_with("127.0.0.1:"), "{line}");
        Server { child, address }
    }

    /// Sends bytes as they are and reads until the other side closes.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut socket = TcpStream::connect(&self.address).expect("a connection");
        socket.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
        // The other side may answer and close before it has read everything.
        let _ = socket.write_all(request);
        let mut bytes = Vec::new();
        let _ = socket.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if method == "POST" {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        self.raw(&[request.as_bytes(), body].concat())
    }

    fn get(&self, path: &str) -> Answer {
        self.with("GET", path, &[], b"")
    }

    /// The secret that the forms of a page carry.
    fn token(&self) -> String {
        let page = self.get("/add").is(200).body;
        let rest = page.split("name=\"token\" value=\"").nth(1).expect("a form");
        rest.split('"').next().expect("a token").to_owned()
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let kind = ("Content-Type", "application/x-www-form-urlencoded");
        self.with("POST", path, &[kind], encoded(fields).as_bytes())
    }

    /// The id of the contact that rests on the most documents.
    fn busiest(&self) -> String {
        let all = self.get("/timeline.json").is(200).json();
        let items = all["items"].as_array().expect("contacts");
        let most = items.iter().max_by_key(|item| item["documents"].as_array().map_or(0, Vec::len)).expect("a contact");
        most["id"].as_str().expect("an id").to_owned()
    }
}

impl Server {
    /// Makes a dossier with a contact in it; returns its id.
    fn make_dossier(&self, name: &str, contact: &str) -> String {
        let token = self.token();
        let made = self.post("/dossiers", &[("token", &token), ("name", name), ("about", "Who rang whom.")]).is(303);
        let id = made.header("location").and_then(|place| place.rsplit('/').next()).expect("a place").to_owned();
        let fields = [("token", token.as_str()), ("kind", "contact"), ("subject", contact), ("dossier", &id)];
        self.post("/keep", &fields).is(303);
        id
    }

    /// Begins work that takes long; returns its id.
    fn job(&self, fields: &[(&str, &str)]) -> String {
        let token = self.token();
        let begun = self.post("/add", &[&[("token", token.as_str())], fields].concat()).is(303);
        let place = begun.header("location").expect("a place");
        place.strip_prefix("/jobs/").unwrap_or_else(|| panic!("{place}")).to_owned()
    }

    /// What some work came to.
    fn end(&self, job: &str) -> Value {
        for _ in 0..300 {
            let now = self.get(&format!("/jobs/{job}.json")).is(200).json();
            if now["over"] == true {
                return now;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("it does not end");
    }

    /// Gives a dossier a link for others; returns its secret.
    fn share(&self, id: &str) -> String {
        self.post(&format!("/dossiers/{id}"), &[("token", &self.token()), ("action", "share")]).is(303);
        let dossier = self.get(&format!("/dossiers/{id}.json")).is(200).json();
        dossier["dossier"]["link"].as_str().expect("a link").to_owned()
    }

    /// The bytes of an answer's body, for what is no text.
    fn bytes(&self, path: &str) -> Vec<u8> {
        let mut socket = TcpStream::connect(&self.address).expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        socket.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        socket.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        bytes.split_off(end + 4)
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let plain = |text: &str| -> String {
        text.bytes()
            .map(|byte| if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") })
            .collect()
    };
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", plain(name), plain(value))).collect();
    pairs.join("&")
}

fn recorded() -> Folder {
    let folder = Folder::temporary();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
    folder.write(
        "denial.txt",
        "A call denied\n\nANKARA, March 6, 2024 - Antony Blinken called Hakan Fidan on Tuesday, the State Department said.\n\n\
         The Turkish Foreign Ministry denied that Antony Blinken called Hakan Fidan on Tuesday.\n",
    );
    assert!(folder.memcon(&["read", samples, "denial.txt"]).err.contains("recorded in memcon.db"));
    folder
}

const PAGES: &[&str] = &[
    "/",
    "/timeline",
    "/timeline?party=usa&party=russia&from=2013-02&to=2013-02&channel=call&status=held&person=kerry&words=spoke",
    "/timeline?as_of=2013-02-16",
    "/disputes",
    "/disputes?about=response&kind=explicit",
    "/statements",
    "/statements?party=russia&kind=quote&words=call",
    "/search",
    "/search?words=call",
    "/pairs",
    "/pairs?party=usa&party=russia",
    "/pairs?of=people",
    "/pairs?name=John%20Kerry",
    "/pairs?name=kerry&name=lavrov",
    "/documents",
    "/documents?words=potomac",
    "/coverage",
    "/coverage?party=usa&party=russia",
    "/review",
    "/add",
    "/corrections",
    "/dossiers",
    "/people",
    "/people?name=kerry&limit=1",
    "/person?name=John%20Kerry",
    "/timeline?outlet=courier",
];

#[test]
fn every_page_is_whole_and_safe() {
    let folder = recorded();
    let server = Server::over(&folder);
    let contact = format!("/contacts/{}", server.busiest());
    let documents = server.get("/documents.json").is(200).json();
    let path = documents["items"][0]["path"].as_str().expect("a path").to_owned();
    let document = format!("/document?{}&start=10&end=60", encoded(&[("path", &path)]));
    let original = format!("/document/original?{}", encoded(&[("path", &path)]));
    for page in PAGES.iter().copied().chain([contact.as_str(), &document, &original]) {
        let answer = server.get(page).is(200);
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY")] {
            assert_eq!(answer.header(name), Some(value), "{page}");
        }
        if page == original {
            assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")));
            continue;
        }
        let html = &answer.body;
        assert!(html.contains("<h1>") && html.ends_with("</html>"), "{page}: {html}");
        for inline in [" style=", " onclick=", " onload=", "<style", "javascript:", "http://", "https://"] {
            let ours = html.replace("http://www.w3.org/2000/svg", "");
            assert!(!ours.contains(inline), "{page} holds {inline}");
        }
        assert_eq!(html.matches("<script").count(), 1, "{page}: one script, of our own");
    }
    for asset in ["/assets/memcon.css", "/assets/memcon.js", "/assets/memcon.svg"] {
        assert!(!server.get(asset).is(200).body.is_empty());
    }
    let page = server.get("/document?path=x&start=5&end=1");
    assert_eq!(page.status, 404);
}

#[test]
fn a_value_leads_to_its_words_in_the_article() {
    let folder = recorded();
    let server = Server::over(&folder);
    let page = server.get(&format!("/contacts/{}", server.busiest())).is(200).body;
    // Every value that is recorded, the parties too, is one click from its words.
    let facts = page.split("<dl class=\"values\">").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("values");
    for value in facts.split("<dd>").skip(1) {
        assert!(value.contains("class=\"cite\""), "{value}");
    }
    let href = page.split("<blockquote><a href=\"").nth(1).expect("evidence").split('"').next().expect("a link");
    let quote = page.split("<blockquote><a href=\"").nth(1).and_then(|rest| rest.split('>').nth(1)).expect("words");
    let quote = quote.split('<').next().expect("words");
    let href = href.replace("&amp;", "&").replace("&#x2f;", "/").replace("&#x27;", "'");
    let article = server.get(href.split('#').next().expect("an address")).is(200).body;
    let marked: String = article
        .split("<mark class=\"")
        .skip(1)
        .filter(|rest| rest.split('"').next().is_some_and(|class| class.contains("here")))
        .filter_map(|rest| rest.split_once('>')?.1.split("</mark>").next())
        .collect();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(&marked), words(quote), "{href}");
    assert!(article.contains("id=\"here\"") && article.contains(" mention\" title=\""), "{article}");
}

#[test]
fn programs_get_what_the_commands_print() {
    let folder = recorded();
    let server = Server::over(&folder);
    let lines = |args: &[&str]| -> Vec<Value> { folder.memcon(args).ends(0).json() };
    let items = |path: &str| server.get(path).is(200).json()["items"].as_array().expect("items").clone();
    assert_eq!(items("/timeline.json?limit=1000"), lines(&["timeline", "--json"]));
    assert_eq!(items("/timeline.json?party=usa&party=russia"), lines(&["timeline", "usa", "russia", "--json"]));
    let courier = items("/timeline.json?outlet=courier");
    assert!(!courier.is_empty() && courier.len() < items("/timeline.json?limit=1000").len());
    assert_eq!(courier, lines(&["timeline", "--outlet", "courier", "--json"]));
    assert_eq!(items("/timeline.json?person=kerry"), lines(&["timeline", "--person", "kerry", "--json"]));
    let people = items("/people.json?limit=1000");
    let kerry = people.iter().find(|person| person["name"] == "John Kerry").expect("a person");
    let page = server.get("/person.json?name=John%20Kerry").is(200).json();
    assert_eq!(kerry["contacts"], json!(items("/timeline.json?limit=1000&person=John%20Kerry").len()));
    assert_eq!(page["contacts"]["items"], json!(items("/timeline.json?person=John%20Kerry")));
    assert_eq!(page["offices"][0]["government"], "USA");
    server.get("/person.json?name=Nobody%20Atall").is(404);
    assert_eq!(items("/timeline.json?as_of=2013-02-16"), lines(&["timeline", "--as-of", "2013-02-16", "--json"]));
    assert_eq!(items("/disputes.json"), lines(&["disputes", "--json"]));
    assert_eq!(items("/statements.json?limit=1000"), lines(&["statements", "--json"]));
    assert_eq!(items("/pairs.json"), lines(&["pairs", "--json"]));
    // Pairs of people: those who stood on two sides of the same contacts.
    let (kerry, lavrov) = ("name=John%20Kerry", "name=Sergey%20Lavrov");
    let pairs = items("/pairs.json?of=people");
    let both = pairs.iter().find(|pair| pair["people"] == json!(["John Kerry", "Sergey Lavrov"])).expect("a pair");
    let theirs = items(&format!("/timeline.json?{kerry}&{lavrov}"));
    assert_eq!((&both["contacts"], &both["governments"]), (&json!(theirs.len()), &json!(["USA", "RUS"])));
    assert!(theirs.len() > 1 && pairs.iter().all(|pair| pair["people"][0] != pair["people"][1]));
    assert_eq!(items(&format!("/pairs.json?{kerry}&{lavrov}")), std::slice::from_ref(both));
    assert_eq!(items("/pairs.json?name=lavrov&name=kerry"), std::slice::from_ref(both));
    assert!(items(&format!("/pairs.json?{kerry}")).len() > 2);
    assert!(server.get("/pairs.csv?of=people").is(200).body.contains("John Kerry–Sergey Lavrov"));
    assert!(server.get(&format!("/pairs?{kerry}&{lavrov}")).is(200).body.contains("id=\"answers\""));
    server.get("/pairs?of=ships").is(400);
    assert_eq!(items("/search.json?words=call"), lines(&["search", "call", "--json", "--limit", "50"]));
    assert_eq!(server.get("/coverage.json").json(), lines(&["coverage", "--json"])[0]);
    let id = server.busiest();
    assert_eq!(server.get(&format!("/contacts/{id}.json")).json(), lines(&["contact", &id, "--json"])[0]);
    assert_eq!(server.get("/timeline.csv").is(200).body, folder.memcon(&["timeline", "--format", "csv"]).ends(0).out);
    assert_eq!(server.get("/pairs.csv").is(200).body, folder.memcon(&["pairs", "--csv"]).ends(0).out);
    // Every list that is a table: as many rows as the JSON has items, and nothing in it that a spreadsheet would run.
    for page in ["/documents", "/people", "/documents?words=denial"] {
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let table = server.get(&format!("{path}.csv?{query}")).is(200);
        assert!(table.header("content-type").is_some_and(|kind| kind.starts_with("text/csv")), "{page}");
        assert_eq!(table.body.lines().count() - 1, items(&format!("{path}.json?{query}&limit=1000")).len(), "{page}");
    }
    assert!(server.get("/coverage.csv").is(200).body.starts_with("part,name,documents,naming,telling\nmonth,2013-02,"));
    // Page after page, the same contacts, and the same doubts.
    let doubts = items("/review.json");
    let (mut paged, mut path) = (Vec::new(), "/review.json?limit=2".to_owned());
    loop {
        let page = server.get(&path).is(200).json();
        paged.extend(page["items"].as_array().expect("items").clone());
        match page["next"].as_str() {
            Some(next) => path = format!("/review.json?limit=2&{}", encoded(&[("after", next)])),
            None => break,
        }
    }
    assert!(doubts.len() > 2 && paged == doubts, "{} {}", doubts.len(), paged.len());
    let whole = items("/timeline.json");
    let (mut paged, mut path) = (Vec::new(), "/timeline.json?limit=2".to_owned());
    loop {
        let page = server.get(&path).is(200).json();
        paged.extend(page["items"].as_array().expect("items").clone());
        match page["next"].as_str() {
            Some(next) => path = format!("/timeline.json?limit=2&{}", encoded(&[("after", next)])),
            None => break,
        }
    }
    assert_eq!(paged, whole);
}

/// Whether `value` is what `schema` says; fields that no schema names are refused.
fn fits(schema: &Value, value: &Value, all: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().expect("a name");
        let own = &all["components"]["schemas"][name];
        assert!(own.is_object(), "{at}: no schema {name}");
        return fits(own, value, all, &format!("{at}({name})"));
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let own = choices.iter().find(|choice| (choice["type"] == "null") == value.is_null());
        return fits(own.unwrap_or_else(|| panic!("{at}: {value}")), value, all, at);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let named = match &schema["type"] {
        Value::Array(names) => names.clone(),
        Value::Null => return,
        name => vec![name.clone()],
    };
    let right = named.iter().any(|name| name == kind || (name == "number" && kind == "integer"));
    assert!(right, "{at}: {value} is no {}", schema["type"]);
    if let Some(names) = schema["enum"].as_array() {
        assert!(names.contains(value), "{at}: {value} is none of {names:?}");
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        fits(&schema["items"], item, all, &format!("{at}[{number}]"));
    }
    let Some(fields) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(fields.contains_key(name.as_str().expect("a name")), "{at}: {name} is missing in {value}");
    }
    for (name, field) in fields {
        let at = format!("{at}.{name}");
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Null) => panic!("{at}: no schema names this field"),
            (Value::Null, Value::Bool(true)) => {}
            (Value::Null, others) => fits(others, field, all, &at),
            (own, _) => fits(own, field, all, &at),
        }
    }
}

#[test]
fn the_description_is_true() {
    let folder = recorded();
    let server = Server::over(&folder);
    let all = server.get("/openapi.json").is(200).json();
    assert_eq!(all["openapi"], "3.1.0");
    let id = server.busiest();
    let made = [("token", server.token()), ("editor", "Anna".to_owned()), ("action", "accept".to_owned())];
    let made: Vec<(&str, &str)> = made.iter().map(|(name, value)| (*name, value.as_str())).collect();
    server.post(&format!("/contacts/{id}/correct"), &made).is(303);
    let documents = server.get("/documents.json").json();
    let path = documents["items"][0]["path"].as_str().expect("a path").to_owned();
    // Somebody is added and removed again: the trail has something to tell, and the page is open as before.
    folder.memcon(&["users", "add", "Anna"]).ends(0);
    folder.memcon(&["users", "remove", "Anna"]).ends(0);
    let dossier = server.make_dossier("The dam", &id);
    let shared = server.share(&dossier);
    let job = server.job(&[("addresses", "http://127.0.0.1:9/")]);
    let mut checked = 0;
    for (page, operations) in all["paths"].as_object().expect("paths") {
        let Some(get) = operations.get("get") else { continue };
        let query = match page.split('.').next() {
            Some("/search") => "?words=call".to_owned(),
            Some("/person") => "?name=John%20Kerry".to_owned(),
            Some("/document" | "/document/original") => format!("?{}", encoded(&[("path", &path)])),
            _ => String::new(),
        };
        let own = if page.starts_with("/dossiers") { &dossier } else { &id };
        let page = page.replace("{id}", own).replace("{link}", &shared).replace("{job}", &job);
        let answer = server.get(&format!("{page}{query}")).is(200);
        let content = get["responses"]["200"]["content"].as_object().expect("a kind");
        let (kind, described) = content.iter().next().expect("a kind");
        assert!(answer.header("content-type").is_some_and(|own| own.starts_with(kind.as_str())), "{page}");
        if kind == "application/json" {
            let answer = answer.json();
            fits(&described["schema"], &answer, &all, &page);
            checked += 1;
            if let Some(items) = answer["items"].as_array() {
                assert!(!items.is_empty(), "{page} answers with nothing, so that nothing was checked");
            }
        }
        for parameter in get["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query") {
            assert!(parameter["description"].as_str().is_some_and(|about| !about.is_empty()), "{page}: {parameter}");
        }
    }
    assert!(checked >= 10, "{checked}");
    for wrong in ["/nowhere.json", "/contacts/zzzzzzzz.json", "/timeline.json?from=soon", "/search.json"] {
        let answer = server.get(wrong);
        assert!((400..500).contains(&answer.status), "{wrong}: {}", answer.status);
        fits(&json!({"$ref": "#/components/schemas/Error"}), &answer.json(), &all, wrong);
    }
}

/// Where the forms of a page are sent, with the names of their fields.
fn forms(page: &str) -> Vec<(String, Vec<String>)> {
    let value = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        rest.split('"').next().map(|value| value.replace("&#x2f;", "/"))
    };
    let own = page.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next());
    own.filter(|form| form.contains("method=\"post\""))
        .map(|form| {
            let tags = form.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
            let fields = tags.filter_map(|tag| value(tag, "name"));
            (value(form, "action").expect("an action"), fields.collect())
        })
        .collect()
}

#[test]
fn what_the_forms_send_is_described() {
    let folder = recorded();
    let server = Server::over(&folder);
    let all = server.get("/openapi.json").is(200).json();
    let id = server.busiest();
    let dossier = server.make_dossier("The dam", &id);
    let token = server.token();
    let accept = [("token", token.as_str()), ("editor", "Anna"), ("action", "accept")];
    server.post(&format!("/contacts/{id}/correct"), &accept).is(303);
    let pages = ["/add", "/review", "/dossiers", "/corrections"].map(str::to_owned);
    let path = server.get("/documents.json").json()["items"][0]["path"].as_str().expect("a path").to_owned();
    let document = format!("/document?{}", encoded(&[("path", &path)]));
    let pages = pages.into_iter().chain([format!("/contacts/{id}"), format!("/dossiers/{dossier}"), document]);
    let mut sent: Vec<(String, Vec<String>)> = pages.flat_map(|page| forms(&server.get(&page).is(200).body)).collect();
    let password = user(&folder, "Anna", "admin");
    let anna = Visitor::signs_in(&server, "Anna", &password).expect("signed in");
    let label = [("token", anna.token()), ("action", "token".to_owned()), ("label", "x".to_owned())];
    let label: Vec<(&str, &str)> = label.iter().map(|(name, value)| (*name, value.as_str())).collect();
    anna.post("/account", &label).is(200);
    sent.extend(forms(&server.get("/sign-in?next=%2Ftimeline").is(200).body));
    sent.extend(forms(&anna.get("/account").is(200).body));
    let fits = |path: &str, place: &str| {
        let (path, place): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), place.split('/').collect());
        path.len() == place.len() && path.iter().zip(&place).all(|(part, own)| part.starts_with('{') || part == own)
    };
    let mut described = 0;
    for (path, operations) in all["paths"].as_object().expect("paths") {
        let Some(post) = operations.get("post").filter(|_| !path.ends_with(".json")) else { continue };
        let content = post["requestBody"]["content"].as_object().expect("a body");
        let schema = &content.values().next().expect("a kind")["schema"];
        let properties = schema["properties"].as_object().expect("fields");
        let mut names: Vec<&str> = properties.keys().map(String::as_str).collect();
        let own = sent.iter().filter(|(place, _)| fits(path, place));
        let mut fields: Vec<&str> = own.flat_map(|(_, fields)| fields).map(String::as_str).collect();
        for list in [&mut names, &mut fields] {
            list.sort_unstable();
            list.dedup();
        }
        assert_eq!(names, fields, "{path}");
        assert!(
            properties.values().all(|one| one["description"].as_str().is_some_and(|about| about.len() > 2)),
            "{path}"
        );
        // What is required is: nothing is done without it.
        if schema["required"].as_array().is_some_and(|required| !required.is_empty()) {
            let path = path.replace("{id}", if path.contains("dossiers") { &dossier } else { &id });
            let answer = anna.post(&path, &[("token", &anna.token())]).status;
            assert!((400..500).contains(&answer), "{path}: {answer}");
        }
        described += 1;
    }
    assert!(described >= 9, "{described}");
}

#[test]
fn what_was_answered_once_is_not_told_when_the_record_has_changed() {
    let folder = recorded();
    let server = Server::over(&folder);
    let count = || server.get("/timeline.json").is(200).json()["items"].as_array().map_or(0, Vec::len);
    let before = count();
    // Answers are kept only after a while without changes.
    std::thread::sleep(Duration::from_millis(1_200));
    assert_eq!((count(), count()), (before, before));
    folder.write(
        "more.txt",
        "OSLO, May 7, 2011 - Antony Blinken called Hakan Fidan on May 7, 2011, the State Department said.\n",
    );
    folder.memcon(&["read", "more.txt"]).ends(0);
    assert_eq!(count(), before + 1);
    std::thread::sleep(Duration::from_millis(1_200));
    assert_eq!((count(), count()), (before + 1, before + 1));
    let id = server.busiest();
    let page = format!("/contacts/{id}");
    assert!(!server.get(&page).is(200).body.contains("accepted by hand"));
    let fields = [("token", server.token()), ("editor", "Anna".to_owned()), ("action", "accept".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    server.post(&format!("{page}/correct"), &fields).is(303);
    assert!(server.get(&page).is(200).body.contains("accepted by hand"));
    // What one browser is told is told to no other.
    let other = server.with("GET", &page, &[("Cookie", "memcon_editor=Bert")], b"").is(200).body;
    assert!(other.contains("value=\"Bert\"") && !server.get(&page).body.contains("value=\"Bert\""));
}

#[test]
fn a_person_corrects_and_takes_it_back() {
    let folder = recorded();
    let server = Server::over(&folder);
    let token = server.token();
    let id = server.busiest();
    let page = format!("/contacts/{id}/correct");
    let before = server.get(&format!("/contacts/{id}.json")).json();
    let send = |fields: &[(&str, &str)]| {
        let own = [("token", token.as_str()), ("editor", "Anna <b>"), ("why", "heard it")];
        server.post(&page, &[&own[..], fields].concat())
    };
    let now = || server.get(&format!("/contacts/{id}.json")).is(200).json();

    let answer = send(&[("action", "edit"), ("tone", "curt"), ("topics", "the test; the talks")]).is(303);
    assert!(
        answer
            .header("set-cookie")
            .is_some_and(|cookie| cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    );
    assert_eq!((&now()["tone"], &now()["topics"]), (&json!("curt"), &json!(["the test", "the talks"])));
    assert_eq!(now()["reason"], before["reason"], "why somebody corrects is no value of the contact");
    send(&[("action", "edit")]).is(400);
    send(&[("action", "edit"), ("when", "soon")]).is(400);
    send(&[("action", "step"), ("step", "followed_up"), ("when", "2013-02-20"), ("by", "USA")]).is(303);
    assert!(now()["steps"].as_array().expect("steps").iter().any(|step| step["step"] == "followed_up"));
    let account = before["accounts"][0].as_str().expect("an account").to_owned();
    send(&[("action", "split"), ("account", &account)]).is(303);
    assert!(!now()["accounts"].as_array().expect("accounts").contains(&json!(account)));
    let other = server.get("/timeline.json").json();
    let other = other["items"].as_array().expect("items").iter().find(|item| item["id"] != json!(id)).expect("another");
    send(&[("action", "merge"), ("with", other["id"].as_str().expect("an id"))]).is(303);
    send(&[("action", "merge"), ("with", &id)]).is(400);
    send(&[("action", "reject")]).is(303);
    assert_eq!(now()["state"], "rejected");
    send(&[("action", "nonsense")]).is(400);

    // Taken back one by one, the record is as it was.
    let log = server.get("/corrections.json").json();
    for entry in log["items"].as_array().expect("entries") {
        let of = entry["id"].as_str().expect("an id");
        assert_eq!(entry["reason"], "heard it");
        let back =
            server.post("/corrections/undo", &[("token", &token), ("of", of), ("editor", "Anna"), ("back", "review")]);
        assert_eq!(back.is(303).header("location"), Some("/review"));
    }
    assert_eq!(now(), before);
    let history = server.get("/corrections").is(200).body;
    assert!(history.contains("Anna &lt;b&gt;") && !history.contains("Anna <b>"), "{history}");

    let added = [
        ("token", token.as_str()),
        ("editor", "Anna"),
        ("channel", "call"),
        ("status", "held"),
        ("when", "2013-02-20"),
        ("note", "He rang about the dam."),
        ("party_government", "czechia"),
        ("party_person", "Jan Novak"),
        ("party_office", ""),
        ("party_role", "initiator"),
        ("party_government", "slovakia"),
        ("party_person", ""),
        ("party_office", ""),
        ("party_role", ""),
    ];
    let made = server.post("/corrections/add", &added).is(303);
    let place = made.header("location").expect("a place").to_owned();
    let page = server.get(&place).is(200).body;
    assert!(page.contains("Jan Novak") && page.contains("He rang about the dam."), "{page}");
}

#[test]
fn a_dossier_is_made_read_by_others_and_taken_along() {
    let folder = recorded();
    let server = Server::over(&folder);
    let token = server.token();
    let contact = server.busiest();
    let id = server.make_dossier("The <b>dam</b> & co", &contact);
    let path = server.get("/documents.json").json()["items"][0]["path"].as_str().expect("a path").to_owned();
    let keep =
        [("token", token.as_str()), ("kind", "document"), ("subject", &path), ("dossier", &id), ("note", "<i>see")];
    let back = server.post("/keep", &keep).is(303).header("location").expect("a place").to_owned();
    assert!(back.starts_with("/document?path=") && back.ends_with("#dossiers"), "{back}");
    assert!(server.get(back.trim_end_matches("#dossiers")).is(200).body.contains("It is in "));
    let address = format!("/dossiers/{id}");
    let change = |fields: &[(&str, &str)]| server.post(&address, &[&[("token", token.as_str())], fields].concat());
    let items = || server.get(&format!("{address}.json")).is(200).json()["items"].as_array().expect("items").clone();
    change(&[("action", "write"), ("note", "So far.\n\n*This* <b>")]).is(303);
    let number = items()[2]["number"].to_string();
    change(&[("action", "up"), ("number", &number)]).is(303);
    change(&[("action", "note"), ("number", &items()[0]["number"].to_string()), ("note", "The first try.")]).is(303);
    let kinds: Vec<Value> = items().iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, ["contact", "note", "document"]);
    assert_eq!(items()[0]["contact"]["id"], json!(contact));
    // The same thing twice is in it once.
    server.post("/keep", &keep).is(303);
    assert_eq!(items().len(), 3);
    for wrong in [
        &[("action", "up")][..],
        &[("action", "up"), ("number", "99999")],
        &[("action", "write"), ("note", " ")],
        &[("action", "rename"), ("name", "")],
        &[("action", "delete")],
        &[("action", "burn")],
    ] {
        change(wrong).is(400);
    }
    server.post("/keep", &[("token", &token), ("kind", "contact"), ("subject", "zzzzzzzz"), ("name", "x")]).is(404);
    server.post("/keep", &[("token", &token), ("kind", "contact"), ("subject", &contact)]).is(400);
    server.post(&address, &[("action", "share")]).is(403);
    server.get("/dossiers/zzzzzzzz").is(404);

    // As others read it, and only under its link.
    server.get("/shared/").is(404);
    server.get(&format!("/shared/{id}")).is(404);
    let link = server.share(&id);
    assert_eq!(link.len(), 64);
    let shared = format!("/shared/{link}");
    let answer = server.get(&shared).is(200);
    assert_eq!(answer.header("x-robots-tag"), Some("noindex, nofollow"));
    let page = &answer.body;
    for held in ["The first try.", "Memorandum of contact", "&lt;b&gt;dam", "So far.", "&lt;i&gt;see"] {
        assert!(page.contains(held), "{held}: {page}");
    }
    for hidden in ["<b>", "<i>", "<form", "href=\"/timeline", "href=\"/contacts", "/dossiers"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    let told = server.get(&format!("{shared}.json")).is(200).json();
    assert!(told["dossier"].get("link").is_none() && told["dossier"].get("id").is_none(), "{told}");

    // Taken along: one file that needs nothing else, a memorandum, a data package.
    for from in [&address, &shared] {
        let file = server.get(&format!("{from}/file")).is(200);
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"the-b-dam-b-co.html\""));
        for held in ["<style>", "default-src 'none'", "The first try.", "</html>"] {
            assert!(file.body.contains(held), "{held}");
        }
        for outside in ["<script", "<link", "src=", "/assets/", &link] {
            assert!(!file.body.contains(outside), "{outside}");
        }
        let memo = server.get(&format!("{from}/memo")).is(200);
        assert!(memo.header("content-type").is_some_and(|kind| kind.starts_with("text/markdown")));
        for held in
            ["# The \\<b\\>dam", "## Memorandum of contact", "> The first try.", "[^1-1]: ", "So far.", "[^3-1]: "]
        {
            assert!(memo.body.contains(held), "{held}\n{}", memo.body);
        }
        assert!(server.bytes(&format!("{from}/package")).starts_with(b"PK"));
    }
    let tables = |name: &str| {
        let args = ["export", "--format", "csv", "--table", name, "--dossier", &id];
        folder.memcon(&args).ends(0).out.lines().count() - 1
    };
    assert_eq!(tables("contacts"), 1);
    assert!(tables("documents") >= 2 && tables("accounts") >= 2);
    let all = folder.memcon(&["export", "--format", "csv", "--table", "documents"]).ends(0).out.lines().count() - 1;
    assert!(tables("documents") < all);
    folder.memcon(&["export", "--format", "package", "--dossier", &id, "--out", "dam.zip"]).ends(0);
    let wrong = folder.memcon(&["export", "--format", "csv", "--table", "contacts", "--dossier", "x"]).ends(2);
    assert!(wrong.err.contains(&id), "{}", wrong.err);
    folder.memcon(&["export", "usa", "--format", "csv", "--table", "contacts", "--dossier", &id]).ends(2);

    // The link is taken back, another one is another; what is deleted is gone.
    let other = server.share(&id);
    assert_ne!(other, link);
    server.get(&shared).is(404);
    change(&[("action", "unshare")]).is(303);
    server.get(&format!("/shared/{other}")).is(404);
    server.get(&format!("/shared/{other}/package")).is(404);
    change(&[("action", "delete"), ("sure", "1")]).is(303);
    server.get(&address).is(404);
    server.get(&format!("/contacts/{contact}")).is(200);
}

/// Somebody at a browser.
struct Visitor<'a> {
    server: &'a Server,
    cookie: String,
}

impl<'a> Visitor<'a> {
    /// Signs in; the answer to that is given back where it fails.
    fn signs_in(server: &'a Server, name: &str, password: &str) -> Result<Visitor<'a>, Answer> {
        let page = server.get("/sign-in").is(200);
        let token = token_of(&page.body);
        let answer = server.post("/sign-in", &[("token", &token), ("name", name), ("password", password)]);
        if answer.status != 303 {
            return Err(answer);
        }
        let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
            assert!(cookie.contains(part), "{cookie}");
        }
        Ok(Visitor { server, cookie: cookie.split(';').next().expect("a value").to_owned() })
    }

    fn get(&self, path: &str) -> Answer {
        self.server.with("GET", path, &[("Cookie", &self.cookie)], b"")
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", &self.cookie)];
        self.server.with("POST", path, &headers, encoded(fields).as_bytes())
    }

    /// The secret of this visitor's forms.
    fn token(&self) -> String {
        token_of(&self.get("/account").is(200).body)
    }
}

fn token_of(page: &str) -> String {
    let rest = page.split("name=\"token\" value=\"").nth(1).expect("a form");
    rest.split('"').next().expect("a token").to_owned()
}

/// Adds a user; returns the password.
fn user(folder: &Folder, name: &str, role: &str) -> String {
    let added = folder.memcon(&["users", "add", name, "--role", role]).ends(0);
    added.out.trim().to_owned()
}

#[test]
fn a_record_with_users_is_theirs_alone() {
    let folder = recorded();
    let id = Server::over(&folder).busiest();
    let (anna, bert, cara) =
        (user(&folder, "Anna", "editor"), user(&folder, "Bert", "reader"), user(&folder, "Cara", "admin"));
    let server = Server::over(&folder);
    let page = format!("/contacts/{id}");
    let correct = format!("{page}/correct");

    // Nobody sees anything without a name, and nobody learns what there is.
    for path in ["/", "/timeline", &page, "/nowhere", "/contacts/zzzzzzzz", "/trail", "/account"] {
        let answer = server.get(path).is(303);
        let to = answer.header("location").expect("a place");
        assert!(to.starts_with("/sign-in?next=%2F"), "{to}");
    }
    for path in ["/timeline.json", "/timeline.csv", "/openapi.json", "/corrections.json", "/nowhere.json"] {
        let answer = server.get(path).is(401);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        assert_eq!(answer.json()["error"]["status"], 401);
    }
    server.get("/assets/memcon.css").is(200);
    let open = token_of(&server.get("/sign-in").is(200).body);
    server.post(&correct, &[("token", &open), ("editor", "Mallory"), ("action", "reject")]).is(401);
    server.post("/add", &[("token", &open), ("text", "x")]).is(401);
    for cookie in ["memcon_session=", "memcon_session=0", &format!("memcon_session={}", "0".repeat(64))] {
        server.with("GET", "/timeline.json", &[("Cookie", cookie)], b"").is(401);
        server
            .with("GET", "/timeline.json", &[("Authorization", &cookie.replace("memcon_session=", "Bearer "))], b"")
            .is(401);
    }

    // A wrong name and a wrong password look the same.
    let wrong = |name: &str, password: &str| match Visitor::signs_in(&server, name, password) {
        Err(answer) => answer.is(401).body.replace(&token_of(&server.get("/sign-in").body), ""),
        Ok(_) => panic!("{name} came in"),
    };
    assert_eq!(wrong("Anna", &bert), wrong("Nobody", &bert));
    wrong("Anna", "");
    wrong("", "");

    // Each may do what the role allows.
    let at = |name: &str, password: &str| Visitor::signs_in(&server, name, password).expect("signed in");
    let (anna_here, bert_here, cara_here) = (at("anna", &anna), at("Bert", &bert), at("Cara", &cara));
    for visitor in [&anna_here, &bert_here, &cara_here] {
        visitor.get("/").is(200);
        assert!(visitor.get(&page).is(200).body.contains("Signed in as"));
    }
    assert!(!bert_here.get(&page).body.contains("/correct\"") && !bert_here.get("/").body.contains(">Review<"));
    assert!(anna_here.get(&page).body.contains("/correct\"") && !anna_here.get(&page).body.contains("memcon.db"));
    for path in ["/add", "/review", "/trail", "/trail.json"] {
        bert_here.get(path).is(403);
    }
    anna_here.get("/trail").is(403);
    let reject = |visitor: &Visitor, token: &str| {
        visitor.post(&correct, &[("token", token), ("editor", "Mallory"), ("action", "reject")])
    };
    reject(&bert_here, &bert_here.token()).is(403);
    // A form is its own session's: neither the open page's secret nor another's will do.
    for token in ["", &open, &bert_here.token(), &cara_here.token(), &at("Anna", &anna).token()] {
        reject(&anna_here, token).is(403);
    }
    let foreign = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Cookie", &anna_here.cookie),
        ("Origin", "http://evil.example"),
    ];
    let form = encoded(&[("token", &anna_here.token()), ("action", "reject")]);
    server.with("POST", &correct, &foreign, form.as_bytes()).is(403);
    reject(&anna_here, &anna_here.token()).is(303);
    // Under no other name than one's own.
    assert_eq!(anna_here.get("/corrections.json").json()["items"][0]["editor"], "Anna");

    // A dossier is its owner's, until it is shared.
    let made = anna_here.post("/dossiers", &[("token", &anna_here.token()), ("name", "The dam")]).is(303);
    let dossier = made.header("location").expect("a place").to_owned();
    assert_eq!(bert_here.get("/dossiers.json").json()["items"], json!([]));
    bert_here.get(&dossier).is(404);
    bert_here.get(&format!("{dossier}/package")).is(404);
    cara_here.get(&dossier).is(200);
    anna_here.post(&dossier, &[("token", &anna_here.token()), ("action", "share")]).is(303);
    let link = anna_here.get(&format!("{dossier}.json")).json()["dossier"]["link"].as_str().expect("a link").to_owned();
    assert!(server.get(&format!("/shared/{link}")).is(200).body.contains("The dam"));
    server.get("/shared/x").is(404);

    // Programs come with a token of their own, shown once.
    let label = [("token", anna_here.token()), ("action", "token".to_owned()), ("label", "<b>nightly".to_owned())];
    let label: Vec<(&str, &str)> = label.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let shown = anna_here.post("/account", &label).is(200);
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    let secret = shown.body.split("shown this once:</p><p><code>").nth(1).expect("a token");
    let secret = format!("Bearer {}", secret.split('<').next().expect("a token"));
    assert!(!anna_here.get("/account").body.contains(&secret[7..]));
    let program = |method: &str, path: &str, body: &[(&str, &str)]| {
        let headers = [("Authorization", secret.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        server.with(method, path, &headers, encoded(body).as_bytes())
    };
    program("GET", "/timeline.json", &[]).is(200);
    program("POST", &correct, &[("action", "accept")]).is(303);
    program("POST", "/account", &[("action", "token"), ("label", "another")]).is(403);
    program("GET", "/trail.json", &[]).is(403);
    folder.memcon(&["users", "revoke", "Anna", "1"]).ends(0);
    program("GET", "/timeline.json", &[]).is(401);

    // Who did what.
    let deeds = cara_here.get("/trail.json?limit=1000").is(200).json();
    let told: Vec<String> = deeds["items"]
        .as_array()
        .expect("deeds")
        .iter()
        .map(|deed| format!("{} {}", deed["user"], deed["action"]))
        .collect();
    for deed in [
        "\"Anna\" \"signed in\"",
        "\"Anna\" \"failed to sign in\"",
        "\"Anna\" \"correct reject\"",
        "\"Anna\" \"account token\"",
        "\"(command line)\" \"took a token back\"",
    ] {
        assert!(told.iter().any(|own| own == deed), "{deed}: {told:?}");
    }
    assert!(!deeds.to_string().contains("Nobody"), "a name that is nobody's may be a password");
    assert!(!deeds.to_string().contains(&anna) && !deeds.to_string().contains(&anna_here.cookie[15..]));

    // Sessions end: by signing out, by another password, with the user.
    let second = at("Anna", &anna);
    second.post("/sign-out", &[("token", &second.token())]).is(303);
    second.get("/timeline.json").is(401);
    anna_here.get("/timeline.json").is(200);
    let new = "four words on a roof";
    for (old, fresh) in [(bert.as_str(), new), (anna.as_str(), "short")] {
        let fields = [
            ("token", anna_here.token()),
            ("action", "password".to_owned()),
            ("old", old.to_owned()),
            ("new", fresh.to_owned()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        anna_here.post("/account", &fields).is(400);
    }
    let third = at("Anna", &anna);
    let fields = [
        ("token", anna_here.token()),
        ("action", "password".to_owned()),
        ("old", anna.clone()),
        ("new", new.to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    anna_here.post("/account", &fields).is(303);
    anna_here.get("/timeline.json").is(401);
    third.get("/timeline.json").is(401);
    wrong("Anna", &anna);
    at("Anna", new);
    folder.memcon(&["users", "role", "Cara", "reader"]).ends(0);
    cara_here.get("/trail").is(303);
    folder.memcon(&["users", "remove", "Bert"]).ends(0);
    bert_here.get("/timeline.json").is(401);

    // Whoever fails too often waits, with the right password too; others do not.
    let mut last = 0;
    for _ in 0..11 {
        last = Visitor::signs_in(&server, "Cara", "not this one at all").err().map_or(0, |answer| answer.status);
    }
    assert_eq!(last, 429);
    let waits = Visitor::signs_in(&server, "Cara", &cara).err().expect("no session");
    assert!(waits.header("retry-after").is_some_and(|wait| wait.parse::<u32>().is_ok_and(|wait| wait <= 901)));
    at("Anna", new);
}

#[test]
fn beyond_this_machine_there_is_one_name_and_no_way_around_it() {
    let folder = recorded();
    let password = user(&folder, "Anna", "admin");
    let server = Server::called(&folder, &["--address", "0.0.0.0", "--origin", "https://memcon.example"]);
    server.get("/").is(421);
    let named = |method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]| {
        let host = [("Host", "memcon.example"), ("Content-Type", "application/x-www-form-urlencoded")];
        server.with(method, path, &[&host[..], headers].concat(), body)
    };
    named("GET", "/timeline.json", &[], b"").is(401);
    let page = named("GET", "/sign-in", &[], b"").is(200);
    assert_eq!(page.header("strict-transport-security"), Some("max-age=31536000"));
    let token = token_of(&page.body);
    let form = encoded(&[("token", &token), ("name", "Anna"), ("password", &password), ("next", "//evil.example")]);
    named("POST", "/sign-in", &[("Origin", "http://memcon.example")], form.as_bytes()).is(403);
    let entered = named("POST", "/sign-in", &[("Origin", "https://memcon.example")], form.as_bytes()).is(303);
    assert_eq!(entered.header("location"), Some("/"));
    let cookie = entered.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-memcon_session=") && cookie.ends_with("; Secure"), "{cookie}");
    let own = cookie.split(';').next().expect("a value");
    named("GET", "/timeline.json", &[("Cookie", own)], b"").is(200);
    // When the last user goes, nobody comes in any more.
    folder.memcon(&["users", "remove", "Anna"]).ends(0);
    named("GET", "/timeline.json", &[("Cookie", own)], b"").is(401);
}

#[test]
fn users_are_kept_by_the_command() {
    let folder = recorded();
    assert_eq!(user(&folder, "Anna", "editor").len(), 23);
    folder.memcon(&["users", "add", "anna"]).ends(2);
    folder.memcon(&["users", "add", "Bert", "--role", "king"]).ends(2);
    folder.memcon(&["users", "password", "Bert"]).ends(2);
    folder.memcon(&["users", "role", "Anna", "admin"]).ends(0);
    let token = folder.memcon(&["users", "token", "Anna", "nightly script"]).ends(0).out;
    assert_eq!(token.trim().len(), 64);
    let listed = folder.memcon(&["users"]).ends(0).out;
    assert_eq!(listed, "Anna  admin\n    token 1  nightly script\n");
    let told = folder.memcon(&["accounts", "list", "--json"]).ends(0).json();
    assert_eq!((&told[0]["name"], &told[0]["role"]), (&json!("Anna"), &json!("admin")));
    assert!(!told[0].to_string().contains("argon2"));
    folder.memcon(&["users", "revoke", "Anna", "7"]).ends(2);
    folder.memcon(&["users", "remove", "Anna"]).ends(0);
    assert_eq!(folder.memcon(&["users"]).ends(0).out, "");
}

#[test]
fn what_is_pasted_and_dropped_is_read() {
    let folder = recorded();
    let server = Server::over(&folder);
    let token = server.token();
    let story = "Blinken calls Baerbock\n\nWASHINGTON, March 5, 2024 - Secretary of State Antony Blinken spoke by telephone with \
        German Foreign Minister Annalena Baerbock on Tuesday, the State Department said.\n";
    let boundary = "b0undary";
    let mut body = Vec::new();
    for (name, value) in
        [("token", token.as_str()), ("text", story), ("published", "2024-03-06"), ("outlet", "The Ledger")]
    {
        body.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    for (file, text) in [("../../../../etc/evil.txt", "Nothing between governments."), ("x.png", "\u{0}\u{1}\u{2}")] {
        let head = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{file}\"");
        body.extend(format!("--{boundary}\r\n{head}\r\nContent-Type: text/plain\r\n\r\n{text}\r\n").bytes());
    }
    body.extend(format!("--{boundary}--\r\n").bytes());
    let kind = format!("multipart/form-data; boundary={boundary}");
    let answer = server.with("POST", "/add", &[("Content-Type", &kind)], &body).is(200);
    assert!(answer.body.contains("2 new documents"), "{}", answer.body);
    let documents = server.get("/documents.json?words=evil").json();
    assert_eq!(documents["items"][0]["path"], "dropped/evil.txt");
    let contacts = server.get("/timeline.json?party=germany&party=usa").json();
    assert_eq!(contacts["items"][0]["channel"], "call", "{contacts}");
    let again = server.with("POST", "/add.json", &[("Content-Type", &kind)], &body).is(200).json();
    assert_eq!(again["new"], "0 new documents");
    let all = server.get("/openapi.json").json();
    fits(&json!({"$ref": "#/components/schemas/Added"}), &again, &all, "/add.json");
    server.post("/add", &[("token", &token)]).is(400);
}

#[test]
fn long_work_goes_on_by_itself_and_tells_how_far_it_is() {
    let folder = recorded();
    let server = Server::over(&folder);
    let token = server.token();
    let mut body = format!("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n");
    for number in 1..=30 {
        body.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{number}.txt\"\r\n\r\nPRAGUE, May {number}, 2014 - \
             Antony Blinken called Hakan Fidan on May {number}, 2014, the State Department said.\n\r\n"
        ));
    }
    body.push_str("--b--\r\n");
    let kind = ("Content-Type", "multipart/form-data; boundary=b");
    let begun = server.with("POST", "/add", &[kind], body.as_bytes()).is(303);
    let place = begun.header("location").expect("a place").to_owned();
    assert!(server.get(&place).is(200).body.contains("<h1>"));
    // The stream of events ends with the work; others are answered meanwhile.
    let told = server.get(&format!("{place}/events")).is(200);
    assert!(told.header("content-type").is_some_and(|kind| kind == "text/event-stream"));
    let events: Vec<&str> = told.body.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    let last: Value = serde_json::from_str(events.last().expect("an event")).expect("JSON");
    assert_eq!((&last["over"], &last["result"]["new"]), (&json!(true), &json!("30 new documents")));
    let page = server.get(&place).is(200).body;
    assert!(page.contains("30 new documents recorded") && page.contains(">30.txt</a>"), "{page}");
    server.get("/jobs/0").is(404);
    server.get("/jobs/0/events").is(404);
    assert!(
        server.get("/timeline.json?party=usa&party=turkey&from=2014-05&to=2014-05").json()["items"]
            .as_array()
            .is_some_and(|all| all.len() > 5)
    );
}

#[test]
fn one_paragraph_of_megabytes_holds_nobody_up() {
    let folder = recorded();
    let server = Server::over(&folder);
    let text = "Nothing was said on that day of anything at all. ".repeat(44_000);
    let token = server.token();
    let mut body = format!("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n");
    body.push_str(&format!("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--b--\r\n"));
    let begun =
        server.with("POST", "/add", &[("Content-Type", "multipart/form-data; boundary=b")], body.as_bytes()).is(303);
    let job = begun.header("location").and_then(|place| place.strip_prefix("/jobs/")).expect("a job").to_owned();
    let end = server.end(&job);
    assert_eq!(end["result"]["new"], "1 new document", "{end}");
    let path = end["result"]["read"][0]["path"].as_str().expect("a path");
    let began = std::time::Instant::now();
    let page = server.get(&format!("/document?{}&start=0&end=7", encoded(&[("path", path)]))).is(200);
    assert!(page.body.len() > text.len() && began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[cfg(feature = "fetch")]
#[test]
fn pages_are_got_by_address_and_never_from_inside() {
    let folder = recorded();
    let web = crate::fetch::Server::new(crate::fetch::desk);
    let server = Server::over(&folder);
    let inside = format!("{}/a http://localhost:1/ file:///etc/passwd http://[::1]/ http://169.254.169.254/x", web.at);
    let end = server.end(&server.job(&[("addresses", &inside)]));
    let problems = end["result"]["problems"].as_array().expect("problems");
    assert_eq!(problems.len(), 5, "{end}");
    assert!(web.asked().is_empty(), "the page was used to reach its own network");
    assert_eq!(end["result"]["new"], "0 new documents");
    server.post("/add", &[("token", &server.token()), ("addresses", &"http://a.example/ ".repeat(51))]).is(400);

    let server = Server::called(&folder, &["--allow-private"]);
    let end = server.end(&server.job(&[("addresses", &format!("{}/a {}/private/x", web.at, web.at))]));
    assert_eq!(end["result"]["new"], "1 new document", "{end}");
    assert_eq!(end["result"]["read"][0]["title"], "Ministers speak");
    assert!(end["result"]["problems"][0].as_str().is_some_and(|problem| problem.contains("robots.txt")), "{end}");
    let row = &server.get("/documents.json?words=fetched").json()["items"][0];
    assert_eq!(row["url"], json!(format!("{}/a", web.at)));
}

#[test]
fn nothing_in_a_page_runs() {
    let folder = Folder::temporary();
    let script = "<script>alert(1)</script><img src=x onerror=alert(2)>\u{202E}\"'`--><svg/onload=alert(3)>";
    let article = json!({
        "title": format!("Kerry called Lavrov {script}"), "outlet": script, "origin": script, "byline": [script],
        "url": "javascript:alert(4)", "published": "2013-02-18",
        "text": format!("John Kerry called Sergei Lavrov on Sunday, the State Department said. \"{script} we talked,\" \
            Victoria Nuland told {script} reporters. The Russian Foreign Ministry denied that John Kerry called Sergei \
            Lavrov on Sunday about {script}."),
    });
    let name = "<b onmouseover=alert(5)>.jsonl";
    folder.write(name, format!("{article}\n"));
    folder.memcon(&["read", name]).ends(0);
    let server = Server::over(&folder);
    let documents = server.get("/documents.json").json();
    let path = documents["items"][0]["path"].as_str().expect("a path").to_owned();
    let document = format!("/document?{}", encoded(&[("path", &path)]));
    let contacts = server.get("/timeline.json").json();
    let ids = contacts["items"].as_array().expect("items").iter();
    let mut pages: Vec<String> = ids.map(|item| format!("/contacts/{}", item["id"].as_str().expect("an id"))).collect();
    assert!(!pages.is_empty(), "the article tells of no contact, so that nothing was checked");
    pages.push(document);
    pages.extend(PAGES.iter().map(|page| (*page).to_owned()));
    for name in ["words", "person", "topic", "party", "from", "after", "limit", "about"] {
        for page in
            ["/timeline", "/search", "/statements", "/disputes", "/documents", "/review", "/coverage", "/nowhere"]
        {
            pages.push(format!("{page}?{}", encoded(&[(name, script)])));
        }
    }
    pages.push(format!("/contacts/{}", encoded(&[(script, "")])));
    pages.push(format!("/{}", encoded(&[(script, "")])));
    for page in pages {
        let answer = server.get(&page);
        assert!(answer.status < 500, "{page}: {}", answer.body);
        let html = answer.body.to_lowercase();
        assert_eq!(html.matches("<script").count(), 1, "{page}: {html}");
        for harm in ["<img", "<svg/", "onerror=alert(2)>", "<b onmouseover", "href=\"javascript", "href='javascript"] {
            assert!(!html.contains(harm), "{page} holds {harm}");
        }
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
        assert!(!title.contains('\u{202E}'), "{page}: {title}");
    }
}

#[test]
fn other_pages_and_other_names_are_refused() {
    let folder = recorded();
    let server = Server::over(&folder);
    let port = server.address.rsplit(':').next().expect("a port").to_owned();
    let named = |host: &str| server.with("GET", "/timeline.json", &[("Host", host)], b"").status;
    assert_eq!(named(&format!("localhost:{port}")), 200);
    for host in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1", &format!("[::1]:{port}")] {
        assert_eq!(named(host), 421, "{host}");
    }
    assert_eq!(server.with("GET", "http://evil.example/timeline", &[], b"").status, 421);
    let foreign = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")];
    server.with("GET", "/timeline.json", &foreign, b"").is(403);
    server.with("GET", "/", &[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")], b"").is(200);

    let id = server.busiest();
    let token = server.token();
    let page = format!("/contacts/{id}/correct");
    let good = encoded(&[("token", &token), ("editor", "Mallory"), ("action", "reject")]);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    for headers in [
        &[("Origin", "http://evil.example")][..],
        &[("Origin", "null")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Host", "evil.example")],
    ] {
        let answer = server.with("POST", &page, &[&[kind], headers].concat(), good.as_bytes());
        assert!(matches!(answer.status, 403 | 421), "{headers:?}: {}", answer.status);
    }
    for token in ["", "0", &token[..63], &token.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A")] {
        server.post(&page, &[("token", token), ("editor", "Mallory"), ("action", "reject")]).is(403);
    }
    server.post(&page, &[("editor", "Mallory"), ("action", "reject")]).is(403);
    server.post("/corrections/undo", &[("of", "x")]).is(403);
    server.with("POST", "/add", &[("Content-Type", "application/json")], b"{}").is(415);
    server.with("DELETE", &page, &[], b"").is(405);
    server.with("PUT", "/timeline", &[], b"").is(405);
    server.get(&page).is(405);
    assert_eq!(server.get("/corrections.json").json()["items"], json!([]));

    for (call, told) in [
        (&["serve", "--address", "0.0.0.0"][..], "--origin"),
        (&["serve", "--address", "0.0.0.0", "--origin", "https://memcon.example"], "nobody may sign in"),
        (&["serve", "--origin", "https://memcon.example"], "nobody may sign in"),
        (&["serve", "--origin", "memcon.example"], "no origin"),
    ] {
        let refused = folder.memcon(call).ends(2);
        assert!(refused.err.contains(told), "{}", refused.err);
    }
    let taken = folder.memcon(&["serve", "--port", &port]).ends(1);
    assert!(taken.err.contains("hint: name another port"), "{}", taken.err);
    folder.memcon(&["serve", "--db", "nowhere.db"]).ends(1);
}

#[test]
fn no_path_leads_to_a_file() {
    let folder = recorded();
    folder.write("secret.txt", "SECRET");
    let server = Server::over(&folder);
    for path in [
        "/assets/../secret.txt",
        "/assets/%2e%2e/secret.txt",
        "/assets/..%2fsecret.txt",
        "/../../etc/passwd",
        "/secret.txt",
        "/document?path=secret.txt",
        "/document?path=../secret.txt",
        "/document/original?path=%2Fetc%2Fpasswd",
        "/document?path=secret.txt%00",
        "/%00",
        "/%ff%fe",
        "//secret.txt",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        assert!(!answer.body.contains("SECRET") && !answer.body.contains("root:"), "{path}");
    }
}

#[test]
fn too_much_and_too_slow_hold_nobody_up() {
    let folder = recorded();
    let server = Server::over(&folder);
    // Heads that never end, bodies that never come: many of them, and others are still answered.
    let mut slow = Vec::new();
    for number in 0..40 {
        let mut socket = TcpStream::connect(&server.address).expect("a connection");
        let _ = match number % 2 {
            0 => socket.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: "),
            _ => socket.write_all(
                format!("POST /add HTTP/1.1\r\nHost: {}\r\nContent-Length: 1000000\r\n\r\n", server.address).as_bytes(),
            ),
        };
        slow.push(socket);
    }
    server.get("/").is(200);
    let long = format!("/timeline?words={}", "a".repeat(100_000));
    assert!(matches!(server.get(&long).status, 400..=499));
    let headers: Vec<String> = (0..500).map(|number| format!("X-{number}")).collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|name| (name.as_str(), "x")).collect();
    assert!(matches!(server.with("GET", "/", &headers, b"").status, 400..=499));
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let large = vec![b'a'; 2 << 20];
    let answer = server.with("POST", "/corrections/undo", &[kind], &large);
    assert!(matches!(answer.status, 413 | 0), "{answer:?}");
    let fields: String = (0..20_000).map(|number| format!("party_government=x{number}&")).collect();
    assert!(matches!(server.with("POST", "/corrections/add", &[kind], fields.as_bytes()).status, 400..=499));
    for garbage in [&b"\0\0\0\0\r\n\r\n"[..], b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n"] {
        assert!(matches!(server.raw(garbage).status, 0 | 400..=599));
    }
    server.get("/").is(200);
    // A head that does not arrive is given up after a while.
    let mut first = slow.swap_remove(0);
    first.set_read_timeout(Some(Duration::from_secs(25))).expect("a time limit");
    let mut rest = Vec::new();
    assert!(first.read_to_end(&mut rest).is_ok(), "the connection was held open");
}

#[test]
fn whatever_is_asked_the_program_does_not_fail() {
    let folder = recorded();
    let server = Server::over(&folder);
    let all = server.get("/openapi.json").is(200).json();
    let id = server.busiest();
    let path = server.get("/documents.json").json()["items"][0]["path"].as_str().expect("a path").to_owned();
    let values = [
        "0",
        "-1",
        "99999999999999999999",
        "1.5",
        "NaN",
        "2013-02-12/..",
        "9999-12-31",
        "-9999-01-01",
        "XXXX-02-11",
        "2013-99",
        "\u{0}",
        "%",
        "'; DROP TABLE contacts; --",
        "\"",
        "*",
        "NOT",
        "(a OR",
        "NEAR(a b)",
        "\u{202E}",
        "é\u{301}",
        "usa,usa,usa",
        "x.y",
        "-5.7k3fq2m0",
    ];
    let mut asked = Vec::new();
    for (page, operations) in all["paths"].as_object().expect("paths") {
        let page = page.replace("{id}", &id);
        for parameter in operations["get"]["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().expect("a name");
            for value in values.iter().copied().chain([&"long ".repeat(800)[..]]) {
                let needed = match name {
                    "words" | "path" => vec![(name, value)],
                    _ => vec![("words", "call"), ("path", path.as_str()), (name, value)],
                };
                asked.push(format!("{page}?{}", encoded(&needed)));
            }
        }
    }
    assert!(asked.len() > 1_000, "{}", asked.len());
    std::thread::scope(|scope| {
        for part in asked.chunks(asked.len() / 4 + 1) {
            let server = &server;
            scope.spawn(move || {
                for address in part {
                    let answer = server.get(address);
                    assert!((200..500).contains(&answer.status), "{address}: {}\n{}", answer.status, answer.body);
                }
            });
        }
    });
}

#[test]
fn many_at_once_are_all_answered() {
    let folder = recorded();
    let server = Server::over(&folder);
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                for page in ["/", "/timeline.json", "/pairs", "/search?words=call"] {
                    server.get(page).is(200);
                }
            });
        }
    });
}
