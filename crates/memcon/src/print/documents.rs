//! The block that tells what one document says.

use super::{count, dates, sides, status_mark, voice};
use crate::term::{Ink, Terminal, fit, plain, wrap};
use reader::record::{Account, Contact, DocumentRecord};
use std::io::{self, Write};

/// Prints the title of a document, where it comes from, and each contact with who says so in which words.
pub fn document(out: &mut dyn Write, term: &Terminal, record: &DocumentRecord) -> io::Result<()> {
    let article = &record.article;
    let path = plain(&record.document.path);
    let title = article.title.as_deref().map(plain).filter(|title| !title.is_empty()).unwrap_or_else(|| path.clone());
    for line in wrap(&title, term.width) {
        writeln!(out, "{}", term.paint(Ink::Strong, &line))?;
    }
    let source = match (article.origin.as_deref().map(plain), article.outlet.as_deref().map(plain)) {
        (Some(origin), Some(outlet)) if origin != outlet => Some(format!("{origin}, in {outlet}")),
        (origin, outlet) => outlet.or(origin),
    };
    let published = article.published.as_deref().map(dates::words);
    let from = [source, published, (title != path).then_some(path)];
    let from: Vec<String> = from.into_iter().flatten().collect();
    for line in wrap(&from.join(" · "), term.width) {
        writeln!(out, "{}", term.paint(Ink::Faint, &line))?;
    }
    if record.contacts.is_empty() {
        writeln!(out, "{}", term.paint(Ink::Faint, "  no contact between governments found"))?;
    }
    for contact in &record.contacts {
        one(out, term, record, contact)?;
    }
    writeln!(out)
}

fn one(out: &mut dyn Write, term: &Terminal, record: &DocumentRecord, contact: &Contact) -> io::Result<()> {
    let (mark, ink) = status_mark(contact.status);
    let when = contact.when.as_ref().map(|when| dates::words(&when.edtf));
    let told = [Some(sides(contact)), when, contact.place.as_ref().map(|place| plain(&place.name))];
    let told: Vec<String> = told.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let state = format!("{} {}", contact.channel, contact.status);
    // The state takes its place at the beginning of the first line; it is painted after the lines are broken.
    let lines = wrap(&format!("{state}: {}", told.join(" · ")), term.width - 4);
    for (at, line) in lines.iter().enumerate() {
        let line = match line.strip_prefix(&state) {
            Some(rest) if at == 0 => format!("{} {}{rest}", term.paint(ink, mark), term.paint(ink, &state)),
            _ => format!("  {line}"),
        };
        writeln!(out, "  {line}")?;
    }
    let accounts: Vec<&Account> = record.accounts.iter().filter(|account| account.contact == contact.id).collect();
    let Some((account, evidence)) = accounts.iter().find_map(|account| Some((account, account.evidence.first()?)))
    else {
        return Ok(());
    };
    let (side, name) = voice(&account.voice);
    let who = if name.is_empty() || name == side { side } else { format!("{side}, {name}") };
    let who = if who == "reporter" { String::new() } else { format!("{who}: ") };
    let quote = fit(&format!("{who}“{}”", plain(&evidence.quote)), 2 * (term.width - 6));
    for line in wrap(&quote, term.width - 6) {
        writeln!(out, "      {line}")?;
    }
    if accounts.len() > 1 {
        let disputes = record.disputes.iter().filter(|dispute| dispute.contact == contact.id).count();
        let more = count(accounts.len() - 1, "more account");
        let more =
            if disputes > 0 { format!("and {more}, {}", count(disputes, "dispute")) } else { format!("and {more}") };
        writeln!(out, "      {}", term.paint(Ink::Faint, &more))?;
    }
    Ok(())
}
