//! Dossiers: the list of them, one to work on, and one as others read it: under a link, as one file, as a memorandum, as a
//! data package.

use super::filters::{needed, one_of, optional};
use super::timeline::entry;
use crate::dossier::{self, Content, Entry, What};
use crate::export::sheets;
use crate::export::tables::Tables;
use crate::memo::{self, Within};
use crate::passwords;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::{self, App};
use crate::serve::ask::{Ask, Form};
use crate::serve::draw::lives;
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words::say;
use minijinja::Value as View;
use serde_json::{Value, json};
use std::io::Cursor;
use store::{Dossier, DossierChange, Filter, ItemKind, Role, Store};

/// Whether who asks may see it: where people sign in, a dossier is its owner's, and an admin's.
fn is_seen(dossier: &Dossier, ask: &Ask) -> bool {
    let Some(asker) = &ask.asker else { return !ask.guarded };
    let owned = dossier.owner.as_ref().is_none_or(|owner| owner.eq_ignore_ascii_case(&asker.user.name));
    owned || asker.user.role == Role::Admin
}

/// The dossier of that id; another's is not there.
fn by_id(store: &Store, ask: &Ask, id: &str) -> Result<Dossier, Wrong> {
    let dossier = store.dossier(id).map_err(|error| Wrong::from(error).missing())?;
    match is_seen(&dossier, ask) {
        true => Ok(dossier),
        false => Err(Wrong::new(404, "there is no such dossier")),
    }
}

/// The dossier that the address names: by its id, or by the secret of its link.
fn named(store: &Store, ask: &Ask) -> Result<Dossier, Wrong> {
    match ask.path.as_slice() {
        [place, link, ..] if place == "shared" => store.dossier_by_link(link).map_err(|error| {
            Wrong::from(error).missing().hint("whoever shared it may have taken the link back, or cut it short")
        }),
        [_, id, ..] => by_id(store, ask, id),
        _ => Err(Wrong::nowhere()),
    }
}

fn owner(ask: &Ask) -> Option<&str> {
    ask.asker.as_ref().map(|asker| asker.user.name.as_str())
}

/// Answers with the list.
pub fn list(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let mut items = store.dossiers()?;
    items.retain(|dossier| is_seen(dossier, ask));
    match ask.form {
        Form::Json => Answer::json(&json!({"items": items, "next": null})),
        _ => app.page("dossiers.html", ask, view! { items }),
    }
}

/// Answers with one dossier.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let content = Content::of(store, named(store, ask)?)?;
    if ask.form == Form::Json {
        return Answer::json(&json!({"dossier": content.dossier, "items": json_items(&content)}));
    }
    let last = content.entries.len();
    let items: Vec<Value> = content
        .entries
        .iter()
        .enumerate()
        .map(|(at, own)| {
            let mut view = working(app, own);
            view["first"] = json!(at == 0);
            view["last"] = json!(at + 1 == last);
            view
        })
        .collect();
    app.page("dossier.html", ask, view! { dossier => content.dossier, items })
}

/// An entry as its owner works on it.
fn working(app: &App, own: &Entry) -> Value {
    let item = &own.item;
    let (contact, document) = match &own.what {
        What::Contact(shown, _) => (Some(entry(app, shown)), None),
        What::Document(cited) => {
            let row = &cited.row;
            let words = cited
                .contacts
                .iter()
                .map(|shown| json!({"id": shown.contact.contact.id, "words": look::in_words(shown, &app.governments)}));
            let contacts: Vec<Value> = words.collect();
            let source = memo::citation(&dossier::source(row));
            (
                None,
                Some(json!({"path": row.path, "title": dossier::title(row), "source": source, "contacts": contacts})),
            )
        }
        What::Note | What::Gone => (None, None),
    };
    json!({
        "number": item.number, "kind": item.kind.name(), "title": item.title, "note": item.note,
        "gone": matches!(own.what, What::Gone), "contact": contact, "document": document,
    })
}

fn json_items(content: &Content) -> Vec<Value> {
    let item = |own: &Entry| {
        let (contact, document) = match &own.what {
            What::Contact(shown, _) => (Some(shown), None),
            What::Document(cited) => (None, Some(&cited.row)),
            What::Note | What::Gone => (None, None),
        };
        json!({
            "number": own.item.number, "kind": own.item.kind, "subject": own.item.subject, "title": own.item.title,
            "note": own.item.note, "contact": contact, "document": document,
        })
    };
    content.entries.iter().map(item).collect()
}

/// Answers with a dossier as those read it who have its link.
pub fn shared(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let content = Content::of(store, named(store, ask)?)?;
    let answer = match ask.form {
        Form::Json => {
            let dossier = json!({"name": content.dossier.name, "about": content.dossier.about});
            Answer::json(&json!({"dossier": dossier, "items": json_items(&content)}))?
        }
        _ => Answer::html(reading(app, &content, content.dossier.link.as_deref())?),
    };
    // The address is a secret, and no business of search engines.
    Ok(answer.with("x-robots-tag", "noindex, nofollow".to_owned()))
}

/// The dossier as a page to read; with its stylesheet in it where it is a file of its own and has no link.
fn reading(app: &App, content: &Content, link: Option<&str>) -> Result<String, Wrong> {
    let entries: Vec<View> = content.entries.iter().enumerate().map(|(at, own)| read_only(app, at, own)).collect();
    let style = link.is_none().then(|| View::from_safe_string(app::STYLE.to_owned()));
    let (name, about) = (&content.dossier.name, &content.dossier.about);
    app.bare("shared.html", minijinja::context! { style, entries, ..view! { name, about, link } })
}

/// An entry as others read it: a contact with its whole memorandum, a document with its citation and its accounts.
fn read_only(app: &App, at: usize, own: &Entry) -> View {
    let governments = &app.governments;
    let item = &own.item;
    let anchor = format!("entry-{}", at + 1);
    match &own.what {
        What::Contact(shown, sources) => {
            let within = Within { level: 1, label: format!("{}-", at + 1) };
            let sides: Vec<String> = look::codes(&shown.contact.contact).into_iter().map(str::to_owned).collect();
            let alone = std::slice::from_ref(shown.as_ref());
            let drawing = lives::draw(alone, &sides, (None, None), governments, &say!("the-life-of-this-contact"));
            // Its mark leads to where it stands here: who reads this may see nothing else of the record.
            let svg = drawing.svg.replace(&format!("/contacts/{}", shown.contact.contact.id), &format!("#{anchor}"));
            minijinja::context! {
                memo => View::from_safe_string(memo::html(shown, sources, governments, &within)),
                lives => View::from_safe_string(svg),
                ..view! { anchor, kind => item.kind.name(), note => item.note, title => look::in_words(shown, governments) }
            }
        }
        What::Document(cited) => {
            let said = cited.said(governments).into_iter();
            let accounts: Vec<Value> =
                said.map(|(voice, stance, quote)| json!({"voice": voice, "stance": stance, "quote": quote})).collect();
            let contacts: Vec<String> = cited.contacts.iter().map(|shown| look::in_words(shown, governments)).collect();
            view! {
                anchor, kind => item.kind.name(), note => item.note, title => dossier::title(&cited.row), accounts, contacts,
                source => memo::citation(&dossier::source(&cited.row)), url => cited.row.url,
            }
        }
        What::Note => view! { anchor, kind => item.kind.name(), note => item.note, title => "" },
        What::Gone => view! { anchor, kind => "gone", note => item.note, title => item.title },
    }
}

/// The dossier as one HTML file.
pub fn file(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let content = Content::of(store, named(store, ask)?)?;
    let page = reading(app, &content, None)?;
    Ok(saved(Answer::html(page), &content, "html"))
}

/// The dossier as a memorandum in Markdown.
pub fn memo(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let content = Content::of(store, named(store, ask)?)?;
    let text = dossier::markdown(&content, &app.governments);
    Ok(saved(Answer::of("text/markdown; charset=utf-8", text), &content, "md"))
}

/// The dossier as a data package.
pub fn package(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let content = Content::of(store, named(store, ask)?)?;
    let filter = Filter::default();
    let tables = Tables { store, governments: &app.governments, filter: &filter, dossier: Some(&content) };
    let mut zip = Cursor::new(Vec::new());
    sheets::package(&tables, &mut zip)?;
    Ok(saved(Answer::of("application/zip", zip.into_inner()), &content, "zip"))
}

/// To be kept as a file that is called after the dossier, in letters that every system takes.
fn saved(answer: Answer, content: &Content, ending: &str) -> Answer {
    let plain: String = content
        .dossier
        .name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let name: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).take(8).collect();
    let name = if name.is_empty() { "dossier".to_owned() } else { name.join("-") };
    answer.with("content-disposition", format!("attachment; filename=\"{name}.{ending}\""))
}

/// What the form sends that makes a dossier.
pub const MAKE: &[Param] = &[needed("name", "Its name."), optional("about", "What it is about.")];

/// What the form sends that puts something into a dossier.
pub const KEEP: &[Param] = &[
    Param { needed: true, ..one_of("kind", "What is put in.", || vec!["contact", "document"]) },
    needed("subject", "Id of the contact, or path of the document."),
    optional("dossier", "Id of the dossier."),
    optional("name", "Or the name of a new one."),
    optional("note", "What there is to say of it."),
];

fn changes() -> Vec<&'static str> {
    vec!["rename", "share", "unshare", "write", "note", "up", "down", "remove", "delete"]
}

/// What the forms of a dossier send.
pub const CHANGE: &[Param] = &[
    Param { needed: true, ..one_of("action", "What is done.", changes) },
    optional("name", "Rename: its name."),
    optional("about", "Rename: what it is about."),
    optional("number", "Which entry is moved, annotated or taken out."),
    optional("note", "The note that is written."),
    one_of("sure", "Delete: that it is meant.", || vec!["1"]),
];

/// Takes in a new dossier, with something in it where the form says what.
pub fn make(_: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let text = |name: &str| ask.sent.field(name).unwrap_or_default();
    let id = store.make_dossier(text("name"), text("about"), owner(ask))?;
    Ok(Answer::redirect(format!("/dossiers/{id}")))
}

/// Puts a contact or a document into a dossier that is there, or into a new one, and goes back to its page.
pub fn keep(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let sent = &ask.sent;
    let subject = sent.given("subject").ok_or_else(|| Wrong::new(400, "the form does not say what is to be kept"))?;
    let kind = sent.field("kind").and_then(ItemKind::parse);
    let (subject, title, back) = match kind {
        Some(ItemKind::Contact) => {
            let shown = store.contact(subject).map_err(|error| Wrong::from(error).missing())?;
            let key = shown.contact.contact.id.clone();
            let back = format!("/contacts/{key}#dossiers");
            (key, look::in_words(&shown, &app.governments), back)
        }
        Some(ItemKind::Document) => {
            let row = store.document_row(subject, None).map_err(|error| Wrong::from(error).missing())?;
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("path", &row.path).finish();
            let title = dossier::title(&row);
            (row.path, title, format!("/document?{query}#dossiers"))
        }
        _ => return Err(Wrong::new(400, "a contact or a document can be kept")),
    };
    let id = match (sent.given("dossier"), sent.given("name")) {
        (_, Some(name)) => store.make_dossier(name, "", owner(ask))?,
        (Some(id), None) => by_id(store, ask, id)?.id,
        (None, None) => return Err(Wrong::new(400, "choose a dossier, or give a new one a name")),
    };
    let change = DossierChange::Add {
        kind: kind.unwrap_or(ItemKind::Note),
        subject: Some(subject),
        title,
        note: sent.field("note").unwrap_or_default().to_owned(),
    };
    store.change_dossier(&id, &change)?;
    Ok(Answer::redirect(back))
}

/// Changes a dossier and goes back to it.
pub fn change(_: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let id = named(store, ask)?.id;
    let sent = &ask.sent;
    let text = |name: &str| sent.field(name).unwrap_or_default().to_owned();
    let number = || -> Result<i64, Wrong> {
        let number = sent.given("number").and_then(|text| text.parse().ok());
        number.ok_or_else(|| Wrong::new(400, "the form does not say which entry"))
    };
    let back = format!("/dossiers/{id}");
    let (change, place) = match sent.field("action").unwrap_or_default() {
        "rename" => (DossierChange::Rename { name: text("name"), about: text("about") }, String::new()),
        "share" => (DossierChange::Link(Some(passwords::secret()?)), "#share".to_owned()),
        "unshare" => (DossierChange::Link(None), "#share".to_owned()),
        "write" => {
            let note = sent.given("note").ok_or_else(|| Wrong::new(400, "the note is empty"))?.to_owned();
            (
                DossierChange::Add { kind: ItemKind::Note, subject: None, title: String::new(), note },
                "#write".to_owned(),
            )
        }
        "note" => (DossierChange::Note { number: number()?, note: text("note") }, format!("#item-{}", number()?)),
        "up" => (DossierChange::Move { number: number()?, down: false }, format!("#item-{}", number()?)),
        "down" => (DossierChange::Move { number: number()?, down: true }, format!("#item-{}", number()?)),
        "remove" => (DossierChange::Remove { number: number()? }, "#items".to_owned()),
        "delete" => {
            if sent.field("sure") != Some("1") {
                return Err(Wrong::new(400, "say that you mean it: a dossier that is deleted is gone"));
            }
            store.remove_dossier(&id)?;
            return Ok(Answer::redirect("/dossiers"));
        }
        other => return Err(Wrong::new(400, format!("there is no action {other:?}"))),
    };
    store.change_dossier(&id, &change)?;
    Ok(Answer::redirect(format!("{back}{place}")))
}

/// What the form shows with which something is put into a dossier.
pub fn form(store: &Store, ask: &Ask, kind: ItemKind, subject: &str) -> Result<Value, Wrong> {
    let mut inside = store.dossiers_with(kind, subject)?;
    inside.retain(|dossier| is_seen(dossier, ask));
    let others: Vec<Dossier> =
        store.dossiers()?.into_iter().filter(|one| is_seen(one, ask) && !inside.contains(one)).collect();
    Ok(json!({"kind": kind.name(), "subject": subject, "inside": inside, "others": others}))
}
