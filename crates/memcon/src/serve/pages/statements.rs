//! Who said what.

use super::filters::*;
use crate::asked::{self, TableFormat};
use crate::commands::statements as command;
use crate::export::sheets::Sheet;
use crate::export::tables;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words;
use reader::codes::StatementKind;
use serde_json::{Value, json};
use store::{StatementFilter, StatementHit, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[
    several("party", "A government or organization, any of which the speaker belongs to."),
    FROM,
    TO,
    PERSON,
    optional("words", "Only with these words."),
    one_of("kind", "Only quoted, or only reported speech.", kinds),
    AS_OF,
    LIMIT,
    AFTER,
];

fn kinds() -> Vec<&'static str> {
    StatementKind::ALL.iter().map(|value| value.name()).collect()
}

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let filter = StatementFilter {
        governments: parties(app, ask)?,
        person: ask.param("person").map(str::to_owned),
        kind: read(ask, "kind", command::kind)?,
        words: ask.param("words").map(str::to_owned),
        from: read(ask, "from", asked::first_day)?,
        to: read(ask, "to", asked::last_day)?,
        as_of: read(ask, "as_of", asked::last_day)?,
        limit: if ask.form == Form::Csv { None } else { Some(limit(ask)?) },
        after: after(ask)?,
    };
    let page = store.statements(&filter)?;
    let next = page.next.map(|next| next.to_string());
    match ask.form {
        Form::Json => Answer::json(&json!({"items": page.items, "next": next})),
        Form::Csv => {
            let mut out = Vec::new();
            if let Some(table) = tables::table("statements") {
                let mut sheet = Sheet::new(TableFormat::Csv, table, &mut out)?;
                for hit in &page.items {
                    sheet.row(tables::statement_row(&app.governments, hit))?;
                }
                sheet.finish()?;
            }
            Ok(Answer::csv("statements", out))
        }
        Form::Html => {
            let kinds =
                kinds().into_iter().map(|name| json!({"name": name, "chosen": ask.param("kind") == Some(name)}));
            app.page(
                "statements.html",
                ask,
                view! {
                    filter => super::filters::shown(app, ask), known => super::timeline::known(app, store)?,
                    kinds => kinds.collect::<Vec<_>>(),
                    items => page.items.iter().map(|hit| entry(app, hit)).collect::<Vec<_>>(),
                    next => next.map(|next| ask.query_with(&[("after", Some(&next))])),
                },
            )
        }
    }
}

/// What a list shows of a statement.
pub fn entry(app: &App, hit: &StatementHit) -> Value {
    let statement = &hit.statement;
    let speaker = &statement.speaker;
    json!({
        "person": speaker.person, "speaker": speaker.person.clone().or_else(|| speaker.name.clone()), "office": speaker.office,
        "government": speaker.government.as_deref().map(|code| app.governments.name(code).to_owned()),
        "kind": statement.kind.name(), "addressee": statement.addressee,
        "when": statement.when.as_deref().or(hit.published.as_deref()).map(words::date),
        "document": hit.document, "outlet": hit.outlet,
        "content": statement.content.iter().map(|part| {
            json!({"quote": part.quote, "href": look::passage(&hit.document, part.start, part.end)})
        }).collect::<Vec<_>>(),
    })
}
