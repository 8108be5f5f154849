//! The timeline: the life of each contact, each side's account of it, and where they disagree.

use super::{count, dates, sides, status_mark, voice};
use crate::term::{Ink, Terminal, fit, pad, plain, width, wrap};
use reader::codes::{Stance, StepKind};
use reader::record::{Account, Dispute, MergedContact, Step};
use std::io::{self, Write};

/// Prints merged contacts, one after the other, in the order given.
pub fn timeline(out: &mut dyn Write, term: &Terminal, contacts: &[MergedContact]) -> io::Result<()> {
    let dates: Vec<String> = contacts.iter().map(when).collect();
    let column = dates.iter().map(|date| width(date)).max().unwrap_or(0).clamp(6, term.width / 4);
    for (merged, date) in contacts.iter().zip(&dates) {
        entry(out, term, merged, date, column)?;
        writeln!(out)?;
    }
    Ok(())
}

fn when(merged: &MergedContact) -> String {
    merged.contact.when.as_ref().map_or("undated".to_string(), |when| dates::words(&when.edtf))
}

fn entry(out: &mut dyn Write, term: &Terminal, merged: &MergedContact, date: &str, column: usize) -> io::Result<()> {
    let contact = &merged.contact;
    let (mark, ink) = status_mark(contact.status);
    let margin = " ".repeat(column + 2);
    let room = term.width - column - 2;

    let state = format!("{} {}", contact.channel, contact.status);
    let place = contact.place.as_ref().map(|place| format!(" · {}", plain(&place.name))).unwrap_or_default();
    let head = wrap(&format!("{state}  {}{place}", sides(contact)).replace("  ", " · "), room - 2);
    for (at, line) in head.iter().enumerate() {
        match (at, line.strip_prefix(&state)) {
            (0, Some(rest)) => {
                let date = term.paint(Ink::Strong, &pad(&fit(date, column), column));
                writeln!(out, "{date}  {} {}{rest}", term.paint(ink, mark), term.paint(ink, &state))?;
            }
            _ => writeln!(out, "{margin}  {line}")?,
        }
    }
    for line in wrap(&life(&contact.steps), room - 2) {
        writeln!(out, "{margin}  {}", line.replace(GLUE, " "))?;
    }
    let facts = facts(merged);
    for line in wrap(&facts, room - 2) {
        writeln!(out, "{margin}  {}", term.paint(Ink::Faint, &line))?;
    }
    accounts(out, term, merged, &margin, room)?;
    for dispute in &merged.disputes {
        for (at, line) in wrap(&disputed(dispute, &contact.accounts), room - 2).iter().enumerate() {
            let mark = if at == 0 { "≠" } else { " " };
            writeln!(out, "{margin}{} {}", term.paint(Ink::Contested, mark), term.paint(Ink::Contested, line))?;
        }
    }
    let documents = format!("{}: {}", count(merged.documents.len(), "document"), names(&merged.documents));
    writeln!(out, "{margin}  {}", term.paint(Ink::Faint, &fit(&documents, room - 2)))
}

/// The steps in order: `requested 12 Feb by USA → unanswered 14 Feb (2 days) → held 17 Feb (5 days)`. Days count from the
/// first request or attempt.
fn life(steps: &[Step]) -> String {
    let asked = steps.iter().find(|step| matches!(step.step, StepKind::Requested | StepKind::Attempted));
    let since = asked.and_then(|step| step.when.as_deref());
    let told: Vec<String> = steps
        .iter()
        .map(|step| {
            let mut words = step.step.name().replace('_', " ");
            if let Some(when) = &step.when {
                words.push_str(&format!(" {}", dates::short(when)));
            }
            if let Some(by) = &step.by {
                words.push_str(&format!(" by {}", plain(by)));
            }
            let days = since.zip(step.when.as_deref()).and_then(|(from, to)| dates::days_between(from, to));
            if let Some(days) = days.filter(|days| *days > 0) {
                words.push_str(&format!(" ({})", count(days as usize, "day")));
            }
            if step.inferred { format!("[{words}]") } else { words }.replace(' ', GLUE)
        })
        .collect();
    told.join(&format!(" →{GLUE}"))
}

/// A space at which no line is broken: a step stays on one line.
const GLUE: &str = "\u{A0}";

/// What is told of the contact beside its life.
fn facts(merged: &MergedContact) -> String {
    let contact = &merged.contact;
    let join = |words: &[String]| words.iter().map(|word| plain(word)).collect::<Vec<_>>().join("; ");
    let facts = [
        contact.duration_minutes.map(|minutes| format!("{minutes} minutes")),
        contact.attempts.map(|attempts| format!("tried {attempts} times")),
        Some(&contact.topics).filter(|topics| !topics.is_empty()).map(|topics| format!("about {}", join(topics))),
        Some(&contact.reason).filter(|reason| !reason.is_empty()).map(|reason| format!("because of {}", join(reason))),
        contact.outcome.as_deref().map(|outcome| format!("outcome: {}", plain(outcome))),
        contact.tone.as_deref().map(|tone| format!("tone: {}", plain(tone))),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// One line a side: its fullest account. Sides come in the order in which they are first heard, governments before others.
fn accounts(out: &mut dyn Write, term: &Terminal, merged: &MergedContact, margin: &str, room: usize) -> io::Result<()> {
    let mut heard: Vec<(String, &Account)> = Vec::new();
    for account in &merged.contact.accounts {
        let (side, _) = voice(&account.voice);
        match heard.iter_mut().find(|(known, _)| *known == side) {
            // Of several accounts of one side, the one that speaks of the step that counts, else the first.
            Some((_, best)) if fullness(account, merged) > fullness(best, merged) => *best = account,
            Some(_) => {}
            None => heard.push((side, account)),
        }
    }
    heard.sort_by_key(|(_, account)| account.voice.government.is_none());
    let column = heard.iter().map(|(side, _)| width(side)).max().unwrap_or(0).min(12);
    for (side, account) in heard {
        let (_, name) = voice(&account.voice);
        let Some(evidence) = account.evidence.first() else { continue };
        let stance = match account.stance {
            Stance::Asserted => "",
            Stance::Denied => "denies: ",
            Stance::Hedged => "with doubt: ",
        };
        let who = if name.is_empty() || name == side { String::new() } else { format!("{name}: ") };
        let told = fit(&format!("{who}{stance}“{}", plain(&evidence.quote)), room.saturating_sub(column + 5));
        let side = pad(&fit(&side, column), column);
        writeln!(out, "{margin}  {}  {told}”", term.paint(Ink::Strong, &side))?;
    }
    Ok(())
}

fn fullness(account: &Account, merged: &MergedContact) -> (bool, bool, usize, usize) {
    let claim = &account.claim;
    let told = [claim.when.is_some(), claim.reason.is_some(), claim.place.is_some(), claim.outcome.is_some()];
    (
        claim.status == Some(merged.contact.status),
        account.stance == Stance::Asserted,
        told.into_iter().filter(|told| *told).count(),
        account.evidence.first().map_or(0, |evidence| evidence.quote.len()),
    )
}

/// `disputed response: USA (Victoria Nuland) against RUS (Sergei Ryabkov)`.
fn disputed(dispute: &Dispute, accounts: &[Account]) -> String {
    let side = |ids: &Vec<String>| {
        let mut names: Vec<String> = Vec::new();
        for account in accounts.iter().filter(|account| ids.contains(&account.id)) {
            let (side, name) = voice(&account.voice);
            let shown = if name.is_empty() || name == side { side } else { format!("{side} ({name})") };
            if !names.contains(&shown) {
                names.push(shown);
            }
        }
        names.join(", ")
    };
    let sides: Vec<String> = dispute.sides.iter().map(side).filter(|side| !side.is_empty()).collect();
    let about = format!("disputed {}, {}", dispute.about, dispute.kind);
    if sides.is_empty() { about } else { format!("{about}: {}", sides.join(" against ")) }
}

/// The last parts of paths, which is what tells documents apart for a reader.
fn names(paths: &[String]) -> String {
    let last = |path: &String| plain(path.rsplit('/').next().unwrap_or(path));
    paths.iter().map(last).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call() -> MergedContact {
        let account = |id: &str, government: &str, person: &str, status: &str, quote: &str| {
            json!({"id": id, "contact": "m1", "voice": {"kind": "official", "government": government, "person": person},
                   "stance": "asserted", "claim": {"status": status}, "document": "news/a.txt",
                   "evidence": [{"start": 0, "end": 1, "quote": quote}]})
        };
        let merged = json!({
            "id": "m1", "channel": "call", "status": "held", "initiator": "USA",
            "parties": [{"government": "USA", "person": "John Kerry", "office": null, "role": "initiator"},
                        {"government": "RUS", "person": "Sergei Lavrov", "office": null, "role": "recipient"}],
            "when": {"edtf": "2013-02-17", "basis": "stated"}, "where": null, "duration_minutes": 30.0, "topics": ["the test"],
            "steps": [{"step": "requested", "when": "2013-02-12", "by": "USA", "accounts": ["a1"]},
                      {"step": "unanswered", "when": "2013-02-14", "by": null, "accounts": ["a1"]},
                      {"step": "held", "when": "2013-02-17", "by": null, "accounts": ["a2"], "inferred": true}],
            "accounts": ["a1", "a2"],
            "account_details": [account("a1", "USA", "A. Spokeswoman", "unanswered", "has tried to reach him and has not heard back"),
                         account("a2", "RUS", "A. Spokesman", "held", "the two spoke as soon as the schedule\nallowed it")],
            "disputes": [{"contact": "m1", "about": "response", "kind": "explicit", "sides": [["a1"], ["a2"]]}],
            "documents": ["news/a.txt", "news/b.txt"],
        });
        serde_json::from_value(merged).unwrap()
    }

    fn shown(width: usize) -> String {
        let mut out = Vec::new();
        timeline(&mut out, &Terminal { width, colour: false }, &[call()]).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_life_of_a_contact_is_told() {
        let expected = "\
17 Feb 2013  ● call held · John Kerry (USA) → Sergei Lavrov (RUS)
               requested 12 Feb by USA → unanswered 14 Feb (2 days)
               → [held 17 Feb (5 days)]
               30 minutes · about the test
               USA  A. Spokeswoman: “has tried to reach him and has not heard…”
               RUS  A. Spokesman: “the two spoke as soon as the schedule…”
             ≠ disputed response, explicit: USA (A. Spokeswoman) against RUS (A.
               Spokesman)
               2 documents: a.txt, b.txt

";
        assert_eq!(shown(80), expected);
    }

    #[test]
    fn it_fits_every_width() {
        for columns in [40, 80, 120, 200] {
            assert!(shown(columns).lines().all(|line| width(line) <= columns), "{}", shown(columns));
        }
    }
}
