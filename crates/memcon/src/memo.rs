//! The memorandum of one contact: who, when, what happened step by step, what each side says of it in its own words, where
//! they disagree, and what is not known. Pure: a contact and its sources in, Markdown or HTML out.

use crate::parties::Governments;
use crate::term::steers;
use reader::codes::{DateBasis, Status, VoiceKind};
use reader::record::{Account, Dispute, Party};
use std::collections::BTreeMap;
use std::fmt::Write;
use store::Shown;

/// A document that a memorandum cites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its path.
    pub path: String,
    /// Headline.
    pub title: Option<String>,
    /// Where it stood.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub origin: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Where it was got.
    pub url: Option<String>,
    /// The path of the document of which it is a copy.
    pub copy_of: Option<String>,
}

/// Where a memorandum stands: alone, or as a part of something longer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// How many levels of headings stand above its own.
    pub level: usize,
    /// What stands before the number of each footnote, so that two memoranda do not share one.
    pub label: String,
}

/// A part of the memorandum.
enum Part {
    /// A heading, 1 or 2.
    Heading(usize, String),
    /// A paragraph.
    Text(String),
    /// Names with what stands beside them.
    Facts(Vec<(&'static str, String)>),
    /// A list, numbered where its order counts.
    List(bool, Vec<Item>),
    /// The footnotes, in order.
    Notes(Vec<String>),
}

/// One entry of a list: words, somebody's own words, and the footnotes that carry them.
#[derive(Default)]
struct Item {
    text: String,
    quote: Option<String>,
    notes: Vec<usize>,
}

/// The memorandum as Markdown with footnotes.
pub fn markdown(shown: &Shown, sources: &[Source], governments: &Governments, within: &Within) -> String {
    let label = &within.label;
    let mut out = String::new();
    for part in parts(shown, sources, governments) {
        // Writing into a string cannot fail.
        let _ = match part {
            Part::Heading(level, text) => writeln!(out, "{} {}\n", "#".repeat(level + within.level), marked(&text)),
            Part::Text(text) => writeln!(out, "{}\n", marked(&text)),
            Part::Facts(facts) => {
                for (name, value) in facts {
                    let _ = writeln!(out, "- **{name}**: {}", marked(&value));
                }
                writeln!(out)
            }
            Part::List(numbered, items) => {
                for (at, item) in items.iter().enumerate() {
                    let mark = if numbered { format!("{}.", at + 1) } else { "-".to_owned() };
                    let notes: String = item.notes.iter().map(|note| format!("[^{label}{note}]")).collect();
                    let quote = item.quote.as_ref().map_or(String::new(), |quote| format!(" “{}”", marked(quote)));
                    let _ = writeln!(out, "{mark} {}{quote}{notes}", marked(&item.text));
                }
                writeln!(out)
            }
            Part::Notes(notes) => {
                for (at, note) in notes.iter().enumerate() {
                    let _ = writeln!(out, "[^{label}{}]: {}", at + 1, marked(note));
                }
                Ok(())
            }
        };
    }
    out
}

/// The memorandum as HTML: an `<article>` without styles or scripts, for a page to hold.
pub fn html(shown: &Shown, sources: &[Source], governments: &Governments, within: &Within) -> String {
    let label = &within.label;
    let mut out = String::from("<article class=\"memo\">\n");
    for part in parts(shown, sources, governments) {
        let _ = match part {
            Part::Heading(level, text) => {
                let level = level + within.level;
                writeln!(out, "<h{level}>{}</h{level}>", escaped(&text))
            }
            Part::Text(text) => writeln!(out, "<p>{}</p>", escaped(&text)),
            Part::Facts(facts) => {
                out.push_str("<dl>\n");
                for (name, value) in facts {
                    let _ = writeln!(out, "<dt>{name}</dt><dd>{}</dd>", escaped(&value));
                }
                writeln!(out, "</dl>")
            }
            Part::List(numbered, items) => {
                let tag = if numbered { "ol" } else { "ul" };
                let _ = writeln!(out, "<{tag}>");
                for item in items {
                    let notes: String = item
                        .notes
                        .iter()
                        .map(|note| format!("<sup><a href=\"#{label}note-{note}\">{note}</a></sup>"))
                        .collect();
                    let quote = item.quote.map_or(String::new(), |quote| format!(" <q>{}</q>", escaped(&quote)));
                    let _ = writeln!(out, "<li>{}{quote}{notes}</li>", escaped(&item.text));
                }
                writeln!(out, "</{tag}>")
            }
            Part::Notes(notes) => {
                out.push_str("<ol class=\"notes\">\n");
                for (at, note) in notes.iter().enumerate() {
                    let _ = writeln!(out, "<li id=\"{label}note-{}\">{}</li>", at + 1, escaped(note));
                }
                writeln!(out, "</ol>")
            }
        };
    }
    out.push_str("</article>\n");
    out
}

/// What the memorandum says, in order.
fn parts(shown: &Shown, sources: &[Source], governments: &Governments) -> Vec<Part> {
    let contact = &shown.contact.contact;
    let notes: BTreeMap<&str, usize> =
        sources.iter().enumerate().map(|(at, source)| (source.path.as_str(), at + 1)).collect();
    let cites = |ids: &[String]| -> Vec<usize> {
        let mut all: Vec<usize> = ids
            .iter()
            .filter_map(|id| contact.accounts.iter().find(|account| account.id == *id))
            .filter_map(|account| notes.get(account.document.as_deref()?).copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    };

    let mut codes: Vec<&str> = Vec::new();
    for party in &contact.parties {
        if !codes.contains(&party.government.as_str()) {
            codes.push(&party.government);
        }
    }
    let between: Vec<&str> = codes.iter().map(|code| governments.name(code)).collect();
    let mut parts = vec![
        Part::Heading(1, format!("Memorandum of contact: {}", between.join(" – "))),
        Part::Facts(facts(shown, governments)),
        Part::Heading(2, "What happened".to_owned()),
    ];

    let steps: Vec<Item> = contact
        .steps
        .iter()
        .map(|step| {
            let when = step.when.as_deref().unwrap_or("undated");
            let by = step.by.as_deref().map_or(String::new(), |code| format!(" by {}", governments.name(code)));
            let inferred = if step.inferred { " (inferred)" } else { "" };
            let text = format!("{when}: {}{by}{inferred}", step.step.name().replace('_', " "));
            Item { text, quote: None, notes: cites(&step.accounts) }
        })
        .collect();
    if steps.is_empty() {
        parts.push(Part::Text("No step of it is told.".to_owned()));
    } else {
        parts.push(Part::List(true, steps));
    }

    parts.push(Part::Heading(2, "What each side says".to_owned()));
    for code in &codes {
        let own: Vec<Item> = contact
            .accounts
            .iter()
            .filter(|account| speaks_for(account) == Some(code))
            .map(|account| account_item(account, &notes, governments))
            .collect();
        parts.push(Part::Text(format!("{}:", governments.name(code))));
        match own.is_empty() {
            true => parts.push(Part::Text(format!("No account by {} is recorded.", governments.name(code)))),
            false => parts.push(Part::List(false, own)),
        }
    }
    let others: Vec<Item> = contact
        .accounts
        .iter()
        .filter(|account| speaks_for(account).is_none_or(|code| !codes.contains(&code)))
        .map(|account| account_item(account, &notes, governments))
        .collect();
    if !others.is_empty() {
        parts.push(Part::Text("Others:".to_owned()));
        parts.push(Part::List(false, others));
    }

    parts.push(Part::Heading(2, "Where the accounts disagree".to_owned()));
    if shown.contact.disputes.is_empty() {
        parts.push(Part::Text("Nowhere, as far as is recorded.".to_owned()));
    } else {
        let items = shown.contact.disputes.iter().map(|dispute| {
            let ids: Vec<String> = dispute.sides.iter().flatten().cloned().collect();
            Item { text: dispute_line(dispute, &contact.accounts, governments), quote: None, notes: cites(&ids) }
        });
        parts.push(Part::List(false, items.collect()));
    }

    let unknown = unknown(shown, &codes, governments);
    parts.push(Part::Heading(2, "What is not known".to_owned()));
    if unknown.is_empty() {
        parts.push(Part::Text("Nothing that this record asks for.".to_owned()));
    } else {
        let items = unknown.into_iter().map(|text| Item { text, ..Item::default() });
        parts.push(Part::List(false, items.collect()));
    }

    parts.push(Part::Heading(2, "Sources".to_owned()));
    let texts = if shown.sources == 1 { "independent text" } else { "independent texts" };
    let documents = if sources.len() == 1 { "document" } else { "documents" };
    parts.push(Part::Text(format!("{} {documents}, {} {texts}.", sources.len(), shown.sources)));
    parts.push(Part::Notes(sources.iter().map(citation).collect()));
    parts
}

fn facts(shown: &Shown, governments: &Governments) -> Vec<(&'static str, String)> {
    let contact = &shown.contact.contact;
    let mut facts = vec![("Status", contact.status.name().to_owned()), ("Channel", contact.channel.name().to_owned())];
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    add(
        "When",
        contact.when.as_ref().map(|when| match when.basis {
            DateBasis::Stated => when.edtf.clone(),
            DateBasis::Resolved => format!("{} (counted from the date of the article)", when.edtf),
            DateBasis::Inherited => format!("{} (from another account)", when.edtf),
        }),
    );
    add(
        "Parties",
        Some(contact.parties.iter().map(|party| party_line(party, governments)).collect::<Vec<_>>().join("; ")),
    );
    add("Asked for by", contact.initiator.as_deref().map(|code| governments.name(code).to_owned()));
    add("Where", contact.place.as_ref().map(|place| place.name.clone()));
    add("Length", contact.duration_minutes.map(|minutes| format!("{minutes} minutes")));
    add("Attempts", contact.attempts.map(|attempts| attempts.to_string()));
    add("Response time", contact.response_days.map(|days| format!("{days} days")));
    add("About", Some(contact.topics.join("; ")).filter(|all| !all.is_empty()));
    add("Reason", Some(contact.reason.join("; ")).filter(|all| !all.is_empty()));
    add("Outcome", contact.outcome.clone());
    add("Tone", contact.tone.clone());
    add("Record", Some(format!("{} ({})", contact.id, shown.state.name())));
    facts
}

fn party_line(party: &Party, governments: &Governments) -> String {
    let mut line = governments.name(&party.government).to_owned();
    let who: Vec<&str> = [party.person.as_deref(), party.office.as_deref()].into_iter().flatten().collect();
    if !who.is_empty() {
        let _ = write!(line, ", {}", who.join(", "));
    }
    if let Some(role) = party.role {
        let _ = write!(line, " ({role})");
    }
    line
}

/// The government for which an account's voice speaks.
pub fn speaks_for(account: &Account) -> Option<&str> {
    match account.voice.kind {
        VoiceKind::Official | VoiceKind::AnonymousOfficial => account.voice.government.as_deref(),
        VoiceKind::Reporter | VoiceKind::Media | VoiceKind::Expert | VoiceKind::Reader => None,
    }
}

/// Who speaks in an account, with office and government.
pub fn voice_name(account: &Account, governments: &Governments) -> String {
    let voice = &account.voice;
    let mut name = voice.person.clone().or_else(|| voice.name.clone()).unwrap_or_else(|| match voice.kind {
        VoiceKind::Reporter => "the reporter".to_owned(),
        VoiceKind::Official => "an official".to_owned(),
        VoiceKind::AnonymousOfficial => "an unnamed official".to_owned(),
        VoiceKind::Media => "another outlet".to_owned(),
        VoiceKind::Expert => "an expert".to_owned(),
        VoiceKind::Reader => "a reader".to_owned(),
    });
    if let Some(office) = voice.office.as_deref().filter(|office| !name.contains(office)) {
        let _ = write!(name, ", {office}");
    }
    if let Some(code) = voice.government.as_deref() {
        let _ = write!(name, " ({})", governments.name(code));
    }
    name
}

fn account_item(account: &Account, notes: &BTreeMap<&str, usize>, governments: &Governments) -> Item {
    let mut says: Vec<String> = [
        account.claim.status.map(|status| status.name().to_owned()),
        account.claim.step.map(|step| step.name().replace('_', " ")),
        account.claim.when.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    // "Held" is both a status and a step.
    says.dedup();
    let says = if says.is_empty() { String::new() } else { format!(" [{}]", says.join(", ")) };
    let quotes: Vec<&str> = account.evidence.iter().map(|part| part.quote.as_str()).collect();
    Item {
        text: format!("{}, {}{says}:", voice_name(account, governments), account.stance.name()),
        quote: Some(quotes.join(" … ")),
        notes: account.document.as_deref().and_then(|path| notes.get(path)).copied().into_iter().collect(),
    }
}

/// One dispute in a line: what it is about, and who stands on which side.
pub fn dispute_line(dispute: &Dispute, accounts: &[Account], governments: &Governments) -> String {
    let sides: Vec<String> = dispute
        .sides
        .iter()
        .map(|side| {
            let mut names: Vec<String> = side
                .iter()
                .filter_map(|id| accounts.iter().find(|account| account.id == *id))
                .map(|account| voice_name(account, governments))
                .collect();
            // One voice with several accounts is named once, however its name is capitalised.
            let mut seen = std::collections::BTreeSet::new();
            names.retain(|name| seen.insert(name.to_lowercase()));
            names.join(", ")
        })
        .filter(|names| !names.is_empty())
        .collect();
    let step = dispute.step.map_or(String::new(), |step| format!(" of the step {step}"));
    format!("{}{step} ({}): {}", dispute.about.name(), dispute.kind.name(), sides.join(" against "))
}

/// What the record asks of every contact and this one does not tell.
pub fn unknown(shown: &Shown, codes: &[&str], governments: &Governments) -> Vec<String> {
    let contact = &shown.contact.contact;
    let took_place = contact.status == Status::Held;
    let mut unknown = Vec::new();
    let mut ask = |missing: bool, text: &str| {
        if missing {
            unknown.push(text.to_owned());
        }
    };
    ask(contact.when.is_none(), "when it was");
    ask(contact.initiator.is_none(), "who asked for it");
    ask(contact.parties.iter().any(|party| party.person.is_none()), "who took part for every side");
    ask(contact.topics.is_empty(), "what it was about");
    ask(took_place && contact.duration_minutes.is_none(), "how long it lasted");
    ask(took_place && contact.outcome.is_none(), "what came of it");
    ask(contact.status == Status::Unanswered && contact.reason.is_empty(), "why it was not answered");
    ask(contact.status == Status::Requested, "whether it was answered");
    for code in codes {
        if !contact.accounts.iter().any(|account| speaks_for(account) == Some(code)) {
            unknown.push(format!("what {} says of it", governments.name(code)));
        }
    }
    unknown
}

/// A source as a footnote.
pub fn citation(source: &Source) -> String {
    let mut parts: Vec<String> = Vec::new();
    match (&source.origin, &source.outlet) {
        (Some(origin), Some(outlet)) if origin != outlet => parts.push(format!("{origin}, in {outlet}")),
        (Some(name), _) | (None, Some(name)) => parts.push(name.clone()),
        (None, None) => {}
    }
    parts.extend(source.title.as_ref().map(|title| format!("“{title}”")));
    parts.extend(source.published.clone());
    parts.push(source.url.clone().unwrap_or_else(|| source.path.clone()));
    parts.extend(source.copy_of.as_ref().map(|origin| format!("copy of {origin}")));
    parts.join(", ")
}

/// The text with everything that Markdown would take for its own made plain, on one line.
pub fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c if steers(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The text with everything that HTML would take for its own made plain.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push(' '),
            c if steers(c) => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call() -> Shown {
        let account = |id: &str, voice, stance: &str, quote: &str| {
            json!({"id": id, "contact": "k", "voice": voice, "stance": stance, "claim": {"status": "unanswered"},
                   "evidence": [{"start": 0, "end": 5, "quote": quote}], "document": "a.txt"})
        };
        let contact = json!({
            "id": "7k3fq2m0", "channel": "call", "status": "unanswered", "initiator": "USA",
            "parties": [{"government": "USA", "person": "John Kerry", "office": null, "role": "initiator"},
                        {"government": "RUS", "person": null, "office": "Foreign Minister", "role": "recipient"}],
            "when": {"edtf": "2013-02-12", "basis": "resolved"}, "where": null, "duration_minutes": null, "topics": [],
            "steps": [{"step": "attempted", "when": "2013-02-12", "by": "USA", "accounts": ["a1"]}],
            "accounts": ["a1", "a2"],
            "account_details": [
                account("a1", json!({"kind": "official", "person": "Jane Roe", "government": "USA"}), "asserted", "he [has] not\u{202E} <b>called</b> back"),
                account("a2", json!({"kind": "media", "name": "The Courier"}), "denied", "no such call"),
            ],
            "disputes": [{"contact": "k", "about": "response", "kind": "explicit", "sides": [["a1"], ["a2"]]}],
            "documents": ["a.txt"], "state": "machine", "sources": 1});
        serde_json::from_value(contact).expect("a contact")
    }

    #[test]
    fn a_memorandum_has_its_parts_and_nothing_breaks_out_of_it() {
        let sources =
            [Source { path: "a.txt".to_owned(), outlet: Some("The Courier".to_owned()), ..Source::default() }];
        let text = markdown(&call(), &sources, &Governments::shipped(), &Within::default());
        for expected in [
            "# Memorandum of contact: United States – Russia",
            "1. 2013-02-12: attempted by United States[^1]",
            "- Jane Roe (United States), asserted \\[unanswered\\]: “he \\[has\\] not \\<b\\>called\\</b\\> back”[^1]",
            "No account by Russia is recorded.",
            "response (explicit): Jane Roe (United States) against The Courier",
            "- why it was not answered",
            "- what Russia says of it",
            "[^1]: The Courier, a.txt",
        ] {
            assert!(text.contains(expected), "{expected}\n---\n{text}");
        }
        let page = html(&call(), &sources, &Governments::shipped(), &Within::default());
        assert!(
            page.contains("<q>he [has] not &lt;b&gt;called&lt;/b&gt; back</q><sup><a href=\"#note-1\">1</a></sup>"),
            "{page}"
        );
        assert!(!page.contains("<b>"));

        let within = Within { level: 1, label: "c7-".to_owned() };
        let text = markdown(&call(), &sources, &Governments::shipped(), &within);
        for expected in ["## Memorandum of contact", "\n### What happened\n", "States[^c7-1]", "[^c7-1]: The Courier"] {
            assert!(text.contains(expected), "{expected}\n---\n{text}");
        }
        let page = html(&call(), &sources, &Governments::shipped(), &within);
        assert!(
            page.contains("<h2>Memo") && page.contains("#c7-note-1") && page.contains("id=\"c7-note-1\""),
            "{page}"
        );
    }
}
