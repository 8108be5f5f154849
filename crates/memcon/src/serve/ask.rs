//! A request as the pages see it: which page, in which form, with which values.

use super::answer::Wrong;
use super::session::{Asker, Claim};
use hyper::Request;
use hyper::body::Bytes;
use std::net::IpAddr;

/// In what form an answer is wanted: the ending of the page's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A page to read.
    #[default]
    Html,
    /// `.json`.
    Json,
    /// `.csv`.
    Csv,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Whether it is a form that was sent.
    pub posted: bool,
    /// The parts of the path, decoded, without the ending of the form.
    pub path: Vec<String>,
    /// The form.
    pub form: Form,
    /// The values after `?`, in order; empty ones, which a form sends for every field left blank, are left out.
    pub params: Vec<(String, String)>,
    /// What a form sent.
    pub sent: Sent,
    /// Who made the last correction in this browser.
    pub editor: Option<String>,
    /// What it says of who makes it.
    pub claim: Claim,
    /// Whether somebody has to be signed in for most pages.
    pub guarded: bool,
    /// Whether it was found to pass.
    pub admitted: bool,
    /// Who makes it, where that is known.
    pub asker: Option<Asker>,
}

/// What a form sent: its fields, and its files with their names.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Fields in order.
    pub fields: Vec<(String, String)>,
    /// Names and bytes of files.
    pub files: Vec<(String, Bytes)>,
}

/// Fields and files that a form may have.
const PARTS: usize = 10_000;

impl Ask {
    /// Reads path, form and values; the body comes later.
    pub fn of<B>(request: &Request<B>, peer: IpAddr) -> Ask {
        let uri = request.uri();
        let mut path: Vec<String> = uri.path().split('/').filter(|part| !part.is_empty()).map(decoded).collect();
        let mut form = Form::Html;
        if let Some(last) = path.last_mut() {
            for (ending, named) in [(".json", Form::Json), (".csv", Form::Csv)] {
                if let Some(stem) = last.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
                    (form, *last) = (named, stem.to_owned());
                    break;
                }
            }
        }
        let params = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let cookies = request.headers().get_all("cookie").iter().filter_map(|value| value.to_str().ok());
        let editor = cookies
            .flat_map(|line| line.split(';'))
            .find_map(|cookie| cookie.trim().strip_prefix("memcon_editor="))
            .map(decoded)
            .filter(|name| !name.is_empty());
        let posted = request.method() == hyper::Method::POST;
        let claim = Claim::of(request, peer);
        Ask { posted, path, form, params, editor, claim, ..Ask::default() }
    }

    /// All that an answer depends on besides the record.
    pub fn key(&self) -> String {
        let asker = self.asker.as_ref().map(|asker| (&asker.user.name, asker.user.role, &asker.session));
        format!("{:?}", (&self.path, self.form, &self.params, &self.editor, self.guarded, asker))
    }

    /// The first value of that name.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim())
    }

    /// Every value of that name; one value may hold several with commas between them.
    pub fn all(&self, name: &str) -> Vec<String> {
        let own = self.params.iter().filter(|(own, _)| own == name);
        let parts = own.flat_map(|(_, value)| value.split(','));
        parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The query with other values: a name is taken out, and put in where there is a value.
    pub fn query_with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.params.iter().filter(|(name, _)| changes.iter().all(|(own, _)| own != name)) {
            query.append_pair(name, value);
        }
        for (name, value) in changes {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

/// Percent-decoded, what is no UTF-8 replaced.
fn decoded(part: &str) -> String {
    // A form's decoder takes a plus for a space, and in a path it is a plus.
    let part = part.replace('+', "%2B");
    form_urlencoded::parse(part.replace('&', "%26").replace('=', "%3D").as_bytes())
        .map(|(name, _)| name.into_owned())
        .next()
        .unwrap_or_default()
}

impl Sent {
    /// Reads a form's body of that content type.
    pub async fn of(kind: &str, body: Bytes) -> Result<Sent, Wrong> {
        let mut sent = Sent::default();
        let broken = |error: multer::Error| Wrong::new(400, format!("the form cannot be read: {error}"));
        if kind
            .split(';')
            .next()
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
        {
            let pairs = form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), value.into_owned()));
            sent.fields = pairs.take(PARTS).collect();
            return Ok(sent);
        }
        let boundary = multer::parse_boundary(kind).map_err(|_| {
            Wrong::new(415, "forms are sent as application/x-www-form-urlencoded or multipart/form-data")
        })?;
        let whole = http_body_util::BodyDataStream::new(http_body_util::Full::new(body));
        let mut parts = multer::Multipart::new(whole, boundary);
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            if sent.fields.len() + sent.files.len() >= PARTS {
                return Err(Wrong::new(413, format!("a form has at most {PARTS} fields and files")));
            }
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                // A field for files that was left blank sends one without a name.
                Some(file) => {
                    let bytes = part.bytes().await.map_err(broken)?;
                    if !(file.is_empty() && bytes.is_empty()) {
                        sent.files.push((file, bytes));
                    }
                }
                None => sent.fields.push((name, part.text().await.map_err(broken)?)),
            }
        }
        Ok(sent)
    }

    /// The first field of that name, without spaces around it.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim())
    }

    /// The first field of that name that is not blank.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.field(name).filter(|value| !value.is_empty())
    }

    /// Every field of that name that is not blank.
    pub fn all(&self, name: &str) -> Vec<String> {
        let own = self.fields.iter().filter(|(own, value)| own == name && !value.trim().is_empty());
        own.map(|(_, value)| value.trim().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(address: &str) -> Ask {
        Ask::of(&Request::builder().uri(address).body(()).unwrap(), IpAddr::from([127, 0, 0, 1]))
    }

    #[test]
    fn an_address_says_page_form_and_values() {
        let asked = ask("/contacts/5rqwsa9f.json?x=1&y=&x=a%2Cb+c");
        assert_eq!((asked.path, asked.form), (vec!["contacts".to_owned(), "5rqwsa9f".to_owned()], Form::Json));
        assert_eq!(asked.params, [("x".to_owned(), "1".to_owned()), ("x".to_owned(), "a,b c".to_owned())]);
        let asked = ask("/timeline?party=usa,%20russia&party=iran&from=2013");
        assert_eq!(asked.all("party"), ["usa", "russia", "iran"]);
        assert_eq!(asked.query_with(&[("party", None), ("from", Some("2014"))]), "from=2014");
        assert_eq!(ask("/a%2Fb/%FF+%26.csv").path, ["a/b", "\u{FFFD}+&"]);
        assert!(ask("/").path.is_empty());
        assert_eq!(ask("/.json").form, Form::Html);
    }
}
