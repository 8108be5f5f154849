//! What was read, so that "none found" is not taken for "not looked".

use super::filters::*;
use crate::asked;
use crate::commands::coverage as command;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::draw::plots;
use crate::serve::routes::Param;
use crate::serve::words::{self, say};
use minijinja::Value as View;
use serde_json::json;
use std::collections::BTreeMap;
use store::{Filter, Store};

/// What may be asked for.
pub const PARAMS: &[Param] = &[PARTY, FROM, TO, AS_OF];

/// Answers.
pub fn answer(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let filter = Filter {
        parties: parties(app, ask)?,
        from: read(ask, "from", asked::first_day)?,
        to: read(ask, "to", asked::last_day)?,
        as_of: read(ask, "as_of", asked::last_day)?,
        ..Filter::default()
    };
    let coverage = store.coverage(&filter, &command::names(&app.governments, &filter.parties))?;
    if ask.form == Form::Json {
        return Answer::json(&coverage);
    }
    if ask.form == Form::Csv {
        let row = |part: &'static str, (name, [read, naming, telling]): (&String, &[usize; 3])| json!({"part": part, "name": name, "documents": read, "naming": naming, "telling": telling});
        let months = coverage.months.iter().map(|one| row("month", one));
        let rows: Vec<_> = months.chain(coverage.outlets.iter().map(|one| row("outlet", one))).collect();
        return Answer::table("coverage", &["part", "name", "documents", "naming", "telling"], &rows);
    }
    // Each part without what is counted in the next: a bar's height is what was read.
    let apart =
        |[read, naming, telling]: [usize; 3]| [telling, naming.saturating_sub(telling), read.saturating_sub(naming)];
    let months: BTreeMap<String, [usize; 3]> =
        coverage.months.iter().map(|(month, counts)| (month.clone(), apart(*counts))).collect();
    let plot = plots::months(&months, ["happened", "pending", "unknown"], &say!("documents-a-month"));
    let table = |counts: &BTreeMap<String, [usize; 3]>| -> Vec<_> {
        counts.iter().map(|(name, counts)| json!({"name": name, "counts": counts})).collect()
    };
    let months: Vec<_> =
        coverage.months.iter().map(|(month, counts)| json!({"name": words::date(month), "counts": counts})).collect();
    let mut outlets = table(&coverage.outlets);
    outlets.sort_by_key(|row| std::cmp::Reverse(row["counts"][0].as_u64()));
    app.page(
        "coverage.html",
        ask,
        view! {
            filter => super::filters::shown(app, ask), known => super::timeline::known(app, store)?,
            documents => coverage.documents, naming => coverage.naming, telling => coverage.telling,
            undated => coverage.undated, months, outlets, plot => View::from_safe_string(plot),
        },
    )
}
