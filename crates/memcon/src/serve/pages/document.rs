//! One document: its text as it was read, the words that carry an account marked, who said what, comments apart, and why each
//! account was made. Also the list of documents.

use super::correcting::passed;
use super::dossiers;
use super::filters::{self, needed, optional};
use crate::intake::manifest::Manifest;
use crate::intake::{Form as Media, Raw, guarded};
use crate::parties::Governments;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words;
use minijinja::Value as View;
use reader::codes::BlockKind;
use reader::explain::Explained;
use reader::record::{Comment, DocumentRecord};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Characters, HAND, ItemKind, Kept, Store};

const PATH: Param = needed("path", "Its path, as the record names it.");
const REVISION: Param = optional("revision", "Which revision of it, from 1; otherwise the current one.");

/// What may be asked for.
pub const PARAMS: &[Param] = &[
    PATH,
    REVISION,
    optional("start", "First code point of words to mark, from 0."),
    optional("end", "One past the last code point of them."),
];

/// What may be asked for of the original.
pub const ORIGINAL: &[Param] = &[PATH, REVISION];

/// What may be asked for of the list.
pub const LIST: &[Param] = &[
    optional("words", "Only documents whose path, title, outlet or origin has this in it."),
    filters::LIMIT,
    optional("after", "How many documents to pass over: the `next` of the page before."),
];

/// Columns of the list as a table.
const COLUMNS: &[&str] = &[
    "path",
    "url",
    "sha256",
    "revision",
    "current",
    "recorded",
    "reader",
    "title",
    "outlet",
    "origin",
    "published",
    "language",
    "copy_of",
    "copy_kind",
];

fn kept(store: &Store, ask: &Ask) -> Result<Kept, Wrong> {
    let path = ask.params.iter().find(|(name, _)| name == "path").map(|(_, value)| value.as_str());
    let path = path.ok_or_else(|| Wrong::new(400, "the address does not say which document: ?path=…"))?;
    let revision = match ask.param("revision") {
        Some(text) => {
            Some(text.parse().map_err(|_| Wrong::new(400, format!("{text} is no revision: they go from 1")))?)
        }
        None => None,
    };
    store.document(path, revision).map_err(|error| Wrong::from(error).missing())
}

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let kept = kept(store, ask)?;
    if ask.form == Form::Json {
        return Answer::json(&json!({"row": kept.row, "record": kept.record, "text": kept.text}));
    }
    let record = &kept.record;
    let here = span(ask)?;
    let explained = explained(app, &kept);
    let text = Text::new(&kept.text, record, here, &explained);
    let accounts: Vec<Value> = record
        .accounts
        .iter()
        .map(|account| {
            let mut own = account.clone();
            own.document = Some(kept.row.path.clone());
            let mut view = look::account(&own, &app.governments);
            view["why"] = Value::from(why(&own.evidence, &account.rules, &explained));
            view
        })
        .collect();
    let contacts: Vec<Value> = contacts(store, &kept, &app.governments)?
        .into_iter()
        .map(|(id, words)| json!({"id": id, "words": words}))
        .collect();
    let statements: Vec<Value> = record
        .statements
        .iter()
        .map(|statement| {
            json!({
                "speaker": statement.speaker.name, "government": statement.speaker.government,
                "office": statement.speaker.office, "kind": statement.kind.name(),
                "content": statement.content.iter().map(|part| {
                    json!({"quote": part.quote, "href": look::passage(&kept.row.path, part.start, part.end)})
                }).collect::<Vec<_>>(),
            })
        })
        .collect();
    app.page(
        "document.html",
        ask,
        view! {
            title => kept.row.title, path => kept.row.path, outlet => kept.row.outlet, origin => kept.row.origin,
            byline => record.article.byline,
            published => kept.row.published.as_deref().map(words::date),
            url => kept.row.url, copy_of => kept.row.copy_of, copy_kind => kept.row.copy_kind,
            revision => kept.row.revision, current => kept.row.current, recorded => kept.row.recorded.get(..10),
            by_hand => record.document.media_type == HAND,
            blocks => text.blocks(), outside => text.outside(),
            comments => comments(&kept.text, record),
            accounts, statements, contacts,
            keep => dossiers::form(store, ask, ItemKind::Document, &kept.row.path)?,
        },
    )
}

/// The words that are to be shown.
fn span(ask: &Ask) -> Result<Option<(usize, usize)>, Wrong> {
    let number = |name: &str| match ask.param(name) {
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| Wrong::new(400, format!("{name} is a number of code points, not {text}"))),
        None => Ok(None),
    };
    Ok(number("start")?.zip(number("end")?).filter(|(start, end)| start < end))
}

/// The text with what is marked in it.
struct Text<'a> {
    characters: Characters<'a>,
    record: &'a DocumentRecord,
    here: Option<(usize, usize)>,
    evidence: Vec<(usize, usize)>,
    said: Vec<(usize, usize)>,
    /// Where somebody is named, and who that is.
    mentions: Vec<((usize, usize), &'a str)>,
}

impl<'a> Text<'a> {
    fn new(
        text: &'a str,
        record: &'a DocumentRecord,
        here: Option<(usize, usize)>,
        explained: &'a [Explained],
    ) -> Text<'a> {
        let evidence = record.accounts.iter().flat_map(|account| &account.evidence);
        let said = record.statements.iter().flat_map(|statement| &statement.content);
        Text {
            characters: Characters::new(text),
            record,
            here,
            evidence: evidence.map(|part| (part.start, part.end)).collect(),
            said: said.map(|part| (part.start, part.end)).collect(),
            mentions: explained
                .iter()
                .flat_map(|sentence| &sentence.mentions)
                .filter(|mention| mention.kind != "pronoun")
                .map(|mention| {
                    let at = mention.words.at;
                    ((at.start, at.end), mention.person.as_deref().unwrap_or(&mention.entity))
                })
                .collect(),
        }
    }

    fn blocks(&self) -> Vec<View> {
        let mut first_here = true;
        let block = |block: &reader::record::Block| {
            view! {
                kind => match block.kind {
                    BlockKind::Heading => "heading",
                    BlockKind::Quote => "quote",
                    BlockKind::Caption => "caption",
                    BlockKind::List => "list",
                    BlockKind::Paragraph => "paragraph",
                },
                pieces => self.pieces(block.start, block.end, &mut first_here),
            }
        };
        self.record.article.body.iter().map(block).collect()
    }

    /// Words that are to be shown and stand outside the article's body: in a caption or comment.
    fn outside(&self) -> Option<String> {
        let (start, end) = self.here?;
        let inside = self.record.article.body.iter().any(|block| block.start < end && start < block.end);
        (!inside).then(|| self.characters.slice(start, end).to_owned()).filter(|words| !words.is_empty())
    }

    /// A stretch of the text cut wherever something marked begins or ends, each piece with its marks.
    fn pieces(&self, start: usize, end: usize, first_here: &mut bool) -> Vec<Value> {
        let mentions = self.mentions.iter().map(|(at, _)| at);
        let marks = self.evidence.iter().chain(&self.said).chain(mentions).copied().chain(self.here);
        let mut cuts: Vec<usize> = marks.flat_map(|(start, end)| [start, end]).collect();
        cuts.retain(|cut| start < *cut && *cut < end);
        cuts.extend([start, end]);
        cuts.sort_unstable();
        cuts.dedup();
        let within =
            |spans: &[(usize, usize)], from: usize| spans.iter().any(|(start, end)| *start <= from && from < *end);
        let here: Vec<(usize, usize)> = self.here.into_iter().collect();
        cuts.iter()
            .zip(cuts.iter().skip(1))
            .map(|(from, to)| {
                let mut classes = Vec::new();
                for (class, spans) in [("evidence", &self.evidence), ("said", &self.said), ("here", &here)] {
                    if within(spans, *from) {
                        classes.push(class);
                    }
                }
                let named = self.mentions.iter().find(|((start, end), _)| start <= from && from < end);
                classes.extend(named.map(|_| "mention"));
                let anchor = classes.contains(&"here") && std::mem::take(first_here);
                json!({"text": self.characters.slice(*from, *to), "class": classes.join(" "), "anchor": anchor, "who": named.map(|(_, who)| *who)})
            })
            .collect()
    }
}

/// Comments with how deep they answer one another, in the order of the page.
fn comments(text: &str, record: &DocumentRecord) -> Vec<Value> {
    let characters = Characters::new(text);
    let parents: BTreeMap<usize, Option<usize>> =
        record.article.comments.iter().map(|comment| (comment.number, comment.parent)).collect();
    let depth = |comment: &Comment| {
        // A page can say of two comments that each answers the other: the bound ends that.
        std::iter::successors(comment.parent, |parent| parents.get(parent).copied().flatten()).take(6).count()
    };
    let view = |comment: &Comment| {
        json!({
            "author": comment.author, "posted": comment.posted.as_deref().map(words::date), "depth": depth(comment),
            "text": characters.slice(comment.start, comment.end), "spam": comment.spam, "number": comment.number,
        })
    };
    record.article.comments.iter().map(view).collect()
}

/// Bytes of a document that is read again to explain it; nobody waits until a longer one is.
const EXPLAINED: usize = 1 << 20;

/// How the reader understands the document now, sentence by sentence.
fn explained(app: &App, kept: &Kept) -> Vec<Explained> {
    let document = &kept.record.document;
    if document.media_type == HAND || kept.bytes.len() > EXPLAINED {
        return Vec::new();
    }
    let form = Media::of_media_type(&document.media_type).unwrap_or(Media::Text);
    let mut raw = Raw::new(document.path.clone(), form, kept.bytes.clone());
    raw.url.clone_from(&document.url);
    let mut problems = Vec::new();
    let Ok(mut input) = raw.open(&Manifest::default(), &mut problems) else { return Vec::new() };
    input.known = kept.known.clone();
    guarded(|| Ok(reader::explain::sentences(&app.reader().read(&input.source())))).unwrap_or_default()
}

/// Why an account was made: what the reader saw in the words that it rests on.
fn why(evidence: &[reader::record::Evidence], rules: &[String], explained: &[Explained]) -> Vec<String> {
    let Some(first) = evidence.first() else { return Vec::new() };
    let mut why = Vec::new();
    for sentence in explained {
        let own = |account: &&reader::explain::Account| {
            account.rules == rules && account.evidence.at.start == first.start && account.evidence.at.end == first.end
        };
        let Some(account) = sentence.accounts.iter().find(own) else { continue };
        let words: Vec<String> = account.matched.iter().map(|words| format!("“{}”", words.text)).collect();
        why.push(format!("{} matched {}", account.rules.join(", then "), words.join(" ")));
        for (government, person, role) in &account.parties {
            let role = role.map(|role| format!(" as {role}")).unwrap_or_default();
            why.push(match person {
                Some(person) => format!("party: {person} ({government}){role}"),
                None => format!("party: {government}{role}"),
            });
        }
        let within =
            |at: reader::span::CharSpan| at.start >= sentence.words.at.start && at.end <= sentence.words.at.end;
        for time in sentence.times.iter().filter(|time| within(time.words.at)) {
            let value = time.edtf.as_deref().unwrap_or(&time.value);
            why.push(format!("“{}” is {value} ({})", time.words.text, time.basis));
        }
        for mention in sentence.mentions.iter().filter(|mention| mention.kind != "name") {
            let name = mention.person.as_deref().unwrap_or(&mention.entity);
            why.push(format!("“{}” is {name} (by {})", mention.words.text, mention.kind));
        }
        break;
    }
    why
}

/// The contacts of the record that rest on this document.
fn contacts(store: &Store, kept: &Kept, governments: &Governments) -> Result<Vec<(String, String)>, Wrong> {
    let shown = store.contacts_of(&kept.row.path)?;
    Ok(shown
        .into_iter()
        .map(|shown| {
            let contact = &shown.contact.contact;
            (contact.id.clone(), look::in_words(&shown, governments))
        })
        .collect())
}

/// The bytes as they came, shown as letters.
pub fn original(_: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    Ok(Answer::plain(kept(store, ask)?.bytes))
}

/// Answers with the list of documents.
pub fn list(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    if ask.form == Form::Csv {
        let (rows, _) = store.documents_with(ask.param("words"), usize::MAX, 0)?;
        let rows = rows.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
        return Answer::table("documents", COLUMNS, &rows);
    }
    let passed = passed(ask)?;
    let (rows, total) = store.documents_with(ask.param("words"), filters::limit(ask)?, passed)?;
    let next = (passed + rows.len() < total).then(|| (passed + rows.len()).to_string());
    if ask.form == Form::Json {
        return Answer::json(&json!({"items": rows, "next": next}));
    }
    let items: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "path": row.path, "title": row.title, "outlet": row.outlet, "origin": row.origin,
                "published": row.published.as_deref().map(words::date), "copy_of": row.copy_of, "copy_kind": row.copy_kind,
                "revision": row.revision,
            })
        })
        .collect();
    app.page(
        "documents.html",
        ask,
        view! {
            items, total, words => ask.param("words").unwrap_or_default(),
            next => next.map(|next| ask.query_with(&[("after", Some(&next))])),
        },
    )
}
