//! Words found in evidence, statements and articles.

use super::correcting::passed;
use super::filters::*;
use crate::asked;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::look;
use crate::serve::routes::Param;
use crate::serve::words;
use serde_json::{Value, json};
use store::{Hit, Place, SearchFilter, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[
    needed(
        "words",
        "The words: all must occur; \"in quotation marks\" together; OR between alternatives, NOT before what must be absent, word* for beginnings.",
    ),
    Param { many: true, ..one_of("in", "Only there.", || vec!["evidence", "statements", "articles"]) },
    FROM,
    TO,
    AS_OF,
    LIMIT,
    optional("after", "How many of each to pass over: the `next` of the page before."),
];

const PLACES: &[(&str, Place)] =
    &[("evidence", Place::Evidence), ("statements", Place::Statement), ("articles", Place::Article)];

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let asked_places = ask.all("in");
    if let Some(wrong) = asked_places.iter().find(|place| PLACES.iter().all(|(name, _)| name != place)) {
        return Err(Wrong::new(
            400,
            format!("there is no place {wrong} to search; there are evidence, statements, articles"),
        ));
    }
    let places: Vec<_> = PLACES
        .iter()
        .filter(|(name, _)| asked_places.is_empty() || asked_places.iter().any(|own| own == name))
        .collect();
    let words = ask.param("words").unwrap_or_default().to_owned();
    if ask.form == Form::Html && words.is_empty() {
        return app.page(
            "search.html",
            ask,
            view! { groups => Vec::<Value>::new(), asked => words, next => (), found => 0 },
        );
    }
    let filter = SearchFilter {
        words: words.clone(),
        places: places.iter().map(|(_, place)| *place).collect(),
        from: read(ask, "from", asked::first_day)?,
        to: read(ask, "to", asked::last_day)?,
        as_of: read(ask, "as_of", asked::last_day)?,
        limit: limit(ask)?.min(100),
        after: passed(ask)?,
    };
    let hits = store.search(&filter)?;
    let of = |place: Place| hits.iter().filter(move |hit| hit.place == place);
    let more = places.iter().any(|(_, place)| of(*place).count() == filter.limit);
    let next = more.then(|| (filter.after + filter.limit).to_string());
    if ask.form == Form::Json {
        return Answer::json(&json!({"items": hits, "next": next}));
    }
    let groups: Vec<Value> = places
        .iter()
        .map(|(name, place)| {
            let common = of(*place).any(|hit| !hit.ranked).then_some(store::RANKED);
            json!({"name": name, "common": common, "hits": of(*place).map(entry).collect::<Vec<_>>()})
        })
        .collect();
    app.page(
        "search.html",
        ask,
        view! { groups, asked => words, found => hits.len(), next => next.map(|next| ask.query_with(&[("after", Some(&next))])) },
    )
}

fn entry(hit: &Hit) -> Value {
    let length = hit.snippet.chars().count();
    let href = match (hit.place, hit.start) {
        // An article's snippet has its white space folded, so that only its beginning is sure.
        (Place::Article, Some(start)) => look::passage(&hit.document, start, start + length.min(60)),
        (_, Some(start)) => look::passage(&hit.document, start, start + length),
        (_, None) => look::passage(&hit.document, 0, 0),
    };
    json!({
        "title": hit.title, "outlet": hit.outlet, "published": hit.published.as_deref().map(words::date),
        "contact": hit.contact, "speaker": hit.speaker, "snippet": hit.snippet, "href": href, "document": hit.document,
    })
}
