//! `memcon who`: what the program knows of a name.

use crate::failure::Outcome;
use reader::who::{Answer, EntityKind, World};
use std::io::Write;
use std::process::ExitCode;

/// Show what the program knows of a person, an office, a government, an organization or an outlet.
#[derive(clap::Args)]
pub struct Args {
    /// A name as people say it: "Lavrov", "secretary of state", "Russian foreign minister", "Moscow", "NATO".
    #[arg(required = true)]
    name: Vec<String>,
    /// Only what was held on that day, month or year (`2013-02-16`, `2013-02`, `2013`).
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Print JSON, one answer a line.
    #[arg(long)]
    json: bool,
}

/// Runs the command. The exit status is 1 if nothing is known.
pub fn run(args: Args) -> Outcome {
    if let Some(on) = args.on.as_deref().filter(|on| !is_date(on)) {
        return Err(crate::failure::Failure::Usage(format!(
            "--on {on}: not a date; write 2013-02-16, 2013-02 or 2013"
        )));
    }
    let world = World::shipped();
    let name = args.name.join(" ");
    let answers = world.look_up(&name, args.on.as_deref());
    let mut out = std::io::stdout().lock();
    if answers.is_empty() {
        eprintln!("memcon: nobody by the name of {name}");
        return Ok(ExitCode::from(1));
    }
    for answer in &answers {
        if args.json {
            serde_json::to_writer(&mut out, &json(answer))?;
            writeln!(out)?;
        } else {
            print(&mut out, answer)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a text is a day, month or year.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let digits = |part: Option<&str>, length: usize| {
        part.is_none_or(|p| p.len() == length && p.bytes().all(|b| b.is_ascii_digit()))
    };
    !text.is_empty()
        && digits(parts.next(), 4)
        && digits(parts.next(), 2)
        && digits(parts.next(), 2)
        && parts.next().is_none()
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Government => "government",
        EntityKind::Body => "office",
        EntityKind::Organization => "organization",
        EntityKind::Outlet => "outlet",
        EntityKind::Place => "place",
        EntityKind::Group => "group",
    }
}

fn json(answer: &Answer) -> serde_json::Value {
    let held: Vec<_> = answer
        .held
        .iter()
        .map(|h| {
            serde_json::json!({
                "person": h.person, "government": h.government, "title": h.title, "kind": h.kind, "start": h.start, "end": h.end,
            })
        })
        .collect();
    serde_json::json!({"kind": kind(answer.kind), "name": answer.name, "government": answer.government, "held": held})
}

fn print(out: &mut impl Write, answer: &Answer) -> std::io::Result<()> {
    let code = answer.government.as_deref().map_or(String::new(), |code| format!(", {code}"));
    writeln!(out, "{} ({}{code})", answer.name, kind(answer.kind))?;
    for held in &answer.held {
        let from = held.start.as_deref().unwrap_or("?");
        let to = held.end.as_deref().unwrap_or("");
        let whose = if answer.kind == EntityKind::Person { &held.government } else { &held.person };
        writeln!(out, "  {from:10} \u{2013} {to:10}  {}, {whose}", held.title)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_of_three_precisions() {
        assert!(is_date("2013-02-16") && is_date("2013-02") && is_date("2013"));
        assert!(!is_date("") && !is_date("February") && !is_date("2013-2-1") && !is_date("2013-02-16-1"));
    }
}
