//! All points on which accounts disagree, with both sides' words face to face.

use super::contact::{about, kind};
use super::filters::{self, *};
use crate::commands::disputes as command;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words;
use reader::codes::{DisputeAbout, DisputeKind};
use reader::record::Account;
use serde_json::{Value, json};
use store::{Filter, Shown, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[
    PARTY,
    FROM,
    TO,
    CHANNEL,
    STATUS,
    PERSON,
    TOPIC,
    WORDS,
    AS_OF,
    one_of("about", "Only about this point.", abouts),
    one_of("kind", "Only of this kind.", kinds),
    LIMIT,
    AFTER,
];

fn abouts() -> Vec<&'static str> {
    DisputeAbout::ALL.iter().map(|value| value.name()).collect()
}

fn kinds() -> Vec<&'static str> {
    DisputeKind::ALL.iter().map(|value| value.name()).collect()
}

/// Answers. A page holds so many contacts, each with all its disputes.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let wanted_about = read(ask, "about", command::about)?;
    let wanted_kind = read(ask, "kind", command::kind)?;
    let filter =
        Filter { disputed: true, limit: Some(limit(ask)?), after: after(ask)?, ..filters::contacts(app, ask)? };
    if ask.form == Form::Csv {
        return super::timeline::rows(app, store, &filter, "disputes", &mut |shown| {
            command::keep(shown, wanted_about, wanted_kind);
            true
        });
    }
    let mut page = store.contacts(&filter)?;
    for shown in &mut page.items {
        command::keep(shown, wanted_about, wanted_kind);
    }
    page.items.retain(|shown| !shown.contact.disputes.is_empty());
    let next = page.next.map(|next| next.to_string());
    match ask.form {
        Form::Json => {
            let mut items = Vec::new();
            for shown in &page.items {
                items.extend(command::lines(shown)?);
            }
            Answer::json(&json!({"items": items, "next": next}))
        }
        _ => {
            let items: Vec<Value> = page.items.iter().map(|shown| entry(app, shown)).collect();
            let option = |name: &str, words: String, own: Option<&str>| json!({"name": name, "words": words, "chosen": own == Some(name)});
            let all_about =
                DisputeAbout::ALL.iter().map(|value| option(value.name(), about(*value), ask.param("about")));
            let all_kinds = DisputeKind::ALL.iter().map(|value| option(value.name(), String::new(), ask.param("kind")));
            app.page(
                "disputes.html",
                ask,
                view! {
                    filter => filters::shown(app, ask), known => super::timeline::known(app, store)?, items,
                    abouts => all_about.collect::<Vec<_>>(), kinds => all_kinds.collect::<Vec<_>>(),
                    next => next.map(|next| ask.query_with(&[("after", Some(&next))])),
                },
            )
        }
    }
}

fn entry(app: &App, shown: &Shown) -> Value {
    let contact = &shown.contact.contact;
    let account = |account: &Account| look::account(account, &app.governments);
    let disputes = shown.contact.disputes.iter().map(|dispute| {
        let side = |ids: &Vec<String>| -> Vec<_> {
            contact.accounts.iter().filter(|own| ids.contains(&own.id)).map(account).collect()
        };
        json!({
            "about": about(dispute.about), "kind": kind(dispute.kind),
            "sides": dispute.sides.iter().map(side).filter(|side| !side.is_empty()).collect::<Vec<_>>(),
        })
    });
    json!({
        "id": contact.id, "between": look::between(contact, &app.governments),
        "when": contact.when.as_ref().map(|when| words::date(&when.edtf)),
        "channel": contact.channel.name(), "status": contact.status.name(),
        "disputes": disputes.collect::<Vec<_>>(),
    })
}
