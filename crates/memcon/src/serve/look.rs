//! How things are called and shown: words and classes that pages and pictures share, and the templates' own functions.

use super::words::{self, say};
use crate::memo;
use crate::parties::Governments;
use crate::term::plain;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, HtmlEscape, Value};
use reader::codes::{Channel, Role, Status, StepKind};
use reader::record::{Account, Contact, Party};
use serde_json::json;
use store::{Day, Shown};

/// What became of a contact, in four classes: each has a colour.
pub fn class(status: Status) -> &'static str {
    match status {
        Status::Held => "happened",
        Status::Requested | Status::Proposed | Status::Planned | Status::Possible => "pending",
        Status::Unanswered | Status::Lapsed | Status::Postponed | Status::Declined | Status::Cancelled => "failed",
        Status::Denied | Status::Disputed => "contested",
    }
}

/// How long one side waited for the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Who asked.
    pub by: Option<String>,
    /// The day on which it asked first.
    pub from: Day,
    /// The day of the answer, or up to which the silence is told.
    pub to: Day,
    /// Whether an answer came.
    pub answered: bool,
}

impl Wait {
    /// Its length.
    pub fn days(&self) -> Day {
        self.to - self.from
    }

    /// The same in words.
    pub fn words(&self) -> String {
        say!(if self.answered { "answered-after" } else { "silence-of" }, count = self.days())
    }
}

/// The silence between the first request or attempt and the answer. An answer before somebody still remarks on the silence
/// is none.
pub fn silence<A>(contact: &Contact<A>) -> Option<Wait> {
    let day = |when: &Option<String>| {
        let (first, last) = store::span(when.as_deref()?)?;
        (first == last).then_some(first)
    };
    let asked = contact.steps.iter().filter(|step| matches!(step.step, StepKind::Requested | StepKind::Attempted));
    let (from, by) = asked.filter_map(|step| Some((day(&step.when)?, step.by.clone()))).min()?;
    let of = |kinds: &'static [StepKind]| {
        contact.steps.iter().filter(move |step| kinds.contains(&step.step)).filter_map(|step| day(&step.when))
    };
    let silent = of(&[StepKind::Unanswered]).max();
    let answer = of(&[StepKind::Acknowledged, StepKind::Proposed, StepKind::Declined, StepKind::Held])
        .filter(|day| *day >= silent.unwrap_or(from))
        .min();
    let to = answer.or(silent)?;
    (to > from).then_some(Wait { by, from, to, answered: answer.is_some() })
}

/// When it took place or is to, in words.
pub fn when<A>(contact: &Contact<A>) -> String {
    contact.when.as_ref().map_or_else(|| say!("undated"), |when| words::date(&when.edtf))
}

/// A contact in a sentence, for whoever cannot see the picture or points at it.
pub fn in_words(shown: &Shown, governments: &Governments) -> String {
    let contact = &shown.contact.contact;
    let mut told = say!(
        "life-in-words",
        when = when(contact),
        channel = words::code(contact.channel.name()),
        status = words::code(contact.status.name()),
        between = between(contact, governments)
    );
    if let Some(wait) = silence(contact) {
        told.push_str("; ");
        told.push_str(&wait.words());
    }
    if !shown.contact.disputes.is_empty() {
        told.push_str(&say!("accounts-disagree-too"));
    }
    told
}

/// Who was in touch with whom, by names of people and governments; an arrow leads from who asked or came to the others.
pub fn between<A>(contact: &Contact<A>, governments: &Governments) -> String {
    let first = |party: &Party| matches!(party.role, Some(Role::Initiator | Role::Visitor));
    let side = |party: &Party| {
        let name = plain(governments.name(&party.government));
        party.person.as_deref().map_or(name.clone(), |person| format!("{} ({name})", plain(person)))
    };
    let list = |of: &dyn Fn(&&Party) -> bool| {
        let mut sides: Vec<String> = Vec::new();
        for party in contact.parties.iter().filter(of) {
            let side = side(party);
            if !sides.contains(&side) {
                sides.push(side);
            }
        }
        sides
    };
    let (from, to) = (list(&|party| first(party)), list(&|party| !first(party)));
    match (from.is_empty(), to.is_empty()) {
        (false, false) => format!("{} → {}", from.join(", "), to.join(", ")),
        _ => from.into_iter().chain(to).collect::<Vec<_>>().join(" – "),
    }
}

/// The codes of the governments that took part, each once, in the order of the record.
pub fn codes<A>(contact: &Contact<A>) -> Vec<&str> {
    let mut codes: Vec<&str> = Vec::new();
    for party in &contact.parties {
        if !codes.contains(&party.government.as_str()) {
            codes.push(&party.government);
        }
    }
    codes
}

/// Where the words of some evidence stand marked in their article.
pub fn passage(document: &str, start: usize, end: usize) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("path", document)
        .append_pair("start", &start.to_string())
        .append_pair("end", &end.to_string())
        .finish();
    format!("/document?{query}#here")
}

/// What a template shows of an account.
pub fn account(account: &Account, governments: &Governments) -> serde_json::Value {
    let claim = &account.claim;
    let government = |code: &Option<String>| code.as_deref().map(|code| governments.name(code).to_owned());
    let mut says: Vec<(&str, String)> = Vec::new();
    let mut add = |name, value: Option<String>| says.extend(value.map(|value| (name, value)));
    let channel = claim.channel.filter(|channel| *channel != Channel::Unspecified);
    add("channel", channel.map(|channel| words::code(channel.name())));
    add("status", claim.status.map(|status| words::code(status.name())));
    let step = claim.step.filter(|step| Some(step.name()) != claim.status.map(|status| status.name()));
    add("step", step.map(|step| words::code(step.name())));
    add("by", government(&claim.by));
    add("when", claim.when.as_deref().map(words::date));
    add("step-on", claim.step_when.as_deref().filter(|when| Some(*when) != claim.when.as_deref()).map(words::date));
    add("initiator", government(&claim.initiator).filter(|_| claim.initiator != claim.by));
    add("where", claim.place.clone());
    add("length", claim.duration_minutes.map(|minutes| say!("minutes-counted", count = minutes)));
    add("attempts", claim.attempts.map(|attempts| attempts.to_string()));
    add("reason", claim.reason.clone());
    add("about", Some(claim.topics.join("; ")).filter(|topics| !topics.is_empty()));
    add("outcome", claim.outcome.clone());
    add("tone", claim.tone.clone());
    let document = account.document.as_deref().unwrap_or_default();
    let evidence = account
        .evidence
        .iter()
        .map(|part| json!({"quote": part.quote, "href": passage(document, part.start, part.end)}));
    json!({
        "id": account.id,
        "voice": memo::voice_name(account, governments),
        "via": account.voice.via.as_ref().and_then(|via| via.person.clone().or_else(|| via.name.clone())),
        "stance": account.stance.name(),
        "says": says.into_iter().map(|(name, value)| json!({"name": fact(name), "value": value})).collect::<Vec<_>>(),
        "evidence": evidence.collect::<Vec<_>>(),
        "rules": account.rules,
        "document": document,
    })
}

/// What a value of a contact is called.
pub fn fact(name: &str) -> String {
    say!(&format!("fact-{name}"))
}

/// Gives templates what they need.
pub fn add_to(environment: &mut Environment<'static>) {
    let names = std::sync::Arc::new(Governments::shipped());
    environment.add_filter("government", move |code: String| names.name(&code).to_owned());
    environment.add_filter("date", |edtf: String| words::date(&edtf));
    environment.add_filter("plain", |text: String| plain(&text));
    environment.add_filter("cut", |text: String, width: usize| crate::output::cut(&plain(&text), width));
    environment.add_filter("class", |status: String| Status::parse(&status).map_or("pending", class));
    environment.add_filter("filename", |path: String| path.rsplit('/').next().unwrap_or(&path).to_owned());
    environment.add_filter("web", |url: Value| web_address(url.as_str()));
    environment
        .add_function("icon", |channel: String, status: String| Value::from_safe_string(icon(&channel, &status)));
    environment.add_function("link", |path: String, values: Kwargs| -> Result<String, minijinja::Error> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in values.args() {
            let value: Value = values.get(name)?;
            match value.kind() {
                ValueKind::None | ValueKind::Undefined => {}
                ValueKind::Seq => {
                    value.try_iter()?.for_each(|one| {
                        query.append_pair(name, &one.to_string());
                    });
                }
                _ => {
                    query.append_pair(name, &value.to_string());
                }
            }
        }
        let query = query.finish();
        Ok(if query.is_empty() { path } else { format!("{path}?{query}") })
    });
    // What stands inside a sentence of the words, as markup.
    let within = |before: String, words: &Value, end: &str| {
        let words =
            if words.is_safe() { words.to_string() } else { HtmlEscape(&plain(&words.to_string())).to_string() };
        Value::from_safe_string(format!("<{before}>{words}</{end}>"))
    };
    environment.add_function("anchor", move |address: String, words: Value| {
        within(format!("a href=\"{}\"", HtmlEscape(&address)), &words, "a")
    });
    environment.add_function("marked", move |class: String, words: Value| {
        within(format!("mark class=\"{}\"", HtmlEscape(&class)), &words, "mark")
    });
    environment.add_function("code", move |words: Value| within("code".to_owned(), &words, "code"));
    environment.add_function("key", move |words: Value| within("kbd".to_owned(), &words, "kbd"));
    words::add_to(environment);
}

/// The mark of a contact as a small picture beside words that say the same.
fn icon(channel: &str, status: &str) -> String {
    let (Some(channel), Some(status)) = (Channel::parse(channel), Status::parse(status)) else { return String::new() };
    let kind = if status == Status::Held { "met" } else { status.name() };
    let cross = match status {
        Status::Declined | Status::Cancelled | Status::Lapsed | Status::Postponed => {
            "<path class=\"cross\" d=\"M5 5l8 8m0 -8l-8 8\"/>"
        }
        _ => "",
    };
    format!(
        "<svg class=\"icon {}\" viewBox=\"0 0 18 18\" width=\"18\" height=\"18\" aria-hidden=\"true\"><path class=\"mark {kind}\" d=\"{}\"/>{cross}</svg>",
        class(status),
        super::draw::lives::shape(channel, 9.0, 9.0, 6.0)
    )
}

/// The address of a source, where it is one that a link may lead to: a page's own words may say anything, `javascript:` too.
fn web_address(url: Option<&str>) -> Option<String> {
    let url = url?;
    let web = ["http://", "https://"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
    (web && !url.chars().any(|c| c.is_control() || c.is_whitespace())).then(|| url.to_owned())
}

/// With thin spaces between groups of three digits.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(steps: serde_json::Value) -> Contact<String> {
        serde_json::from_value(json!({
            "id": "x", "channel": "call", "parties": [], "initiator": null, "status": "held", "when": null, "where": null,
            "duration_minutes": null, "topics": [], "steps": steps, "accounts": []
        }))
        .unwrap()
    }

    #[test]
    fn silence_lasts_until_the_answer_after_the_last_word_of_it() {
        let step = |name: &str, when: Option<&str>| json!({"step": name, "when": when, "by": null, "accounts": []});
        let days =
            |steps: Vec<serde_json::Value>| silence(&contact(steps.into())).map(|wait| (wait.days(), wait.answered));
        let asked = || step("attempted", Some("2013-02-12"));
        assert_eq!(days(vec![asked(), step("held", Some("2013-02-17"))]), Some((5, true)));
        assert_eq!(
            days(vec![
                asked(),
                step("held", Some("2013-02-12")),
                step("unanswered", Some("2013-02-16")),
                step("held", Some("2013-02-17"))
            ]),
            Some((5, true))
        );
        assert_eq!(days(vec![asked(), step("unanswered", Some("2013-02-15"))]), Some((3, false)));
        assert_eq!(days(vec![asked(), step("unanswered", None)]), None);
        assert_eq!(days(vec![step("held", Some("2013-02-17"))]), None);
        assert_eq!(days(vec![asked(), step("held", Some("2013-02"))]), None);
    }

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert_eq!(web_address(Some("https://example.org/a?b#c")).as_deref(), Some("https://example.org/a?b#c"));
        for url in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " https://x",
            "data:text/html,x",
            "https://",
            "file:///etc",
            "https://a\nb",
        ] {
            assert_eq!(web_address(Some(url)), None, "{url}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            (thousands(999), thousands(1234), thousands(12345)),
            ("999".into(), "1234".into(), "12\u{202F}345".into())
        );
    }
}
