//! The record as TimelineJS, iCalendar, CSL-JSON, Web Annotations and GraphML.

use super::tables::Tables;
use crate::failure::Failure;
use crate::memo::escaped;
use crate::parties::Governments;
use jiff::civil::Date;
use reader::codes::Status;
use reader::record::{Contact, MergedContact};
use serde_json::{Value, json};
use std::io::Write;

/// "United States – Russia".
fn between<A>(contact: &Contact<A>, governments: &Governments) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for party in &contact.parties {
        if !codes.contains(&party.government.as_str()) {
            codes.push(&party.government);
        }
    }
    codes.iter().map(|code| governments.name(code)).collect::<Vec<_>>().join(" – ")
}

/// "Call, unanswered: United States – Russia".
fn headline<A>(contact: &Contact<A>, governments: &Governments) -> String {
    format!("{}, {}: {}", contact.channel.name(), contact.status.name(), between(contact, governments))
}

/// The first and last day of a contact's date.
fn days<A>(contact: &Contact<A>) -> Option<(Date, Date)> {
    let (first, last) = store::span(&contact.when.as_ref()?.edtf)?;
    store::date(first).zip(store::date(last))
}

/// TimelineJS 3 JSON: one event a dated contact. Quotations are escaped, since TimelineJS takes text for HTML.
///
/// # Errors
/// Where the record cannot be read or the output not written.
pub fn timelinejs(tables: &Tables, mut out: impl Write) -> Result<(), Failure> {
    let mut events = Vec::new();
    tables.contacts(&mut |shown| {
        let contact = &shown.contact.contact;
        let Some((first, last)) = days(contact) else { return Ok(()) };
        let quotes: Vec<String> = contact
            .accounts
            .iter()
            .take(3)
            .filter_map(|account| account.evidence.first())
            .map(|evidence| format!("<blockquote>{}</blockquote>", escaped(&evidence.quote)))
            .collect();
        // A month or a year is told as one, not as its first day.
        let precision =
            contact.when.as_ref().map_or(3, |when| when.edtf.split('/').next().unwrap_or("").split('-').count());
        let told = |date: Date| {
            let mut parts = json!({"year": date.year()});
            if precision > 1 {
                parts["month"] = date.month().into();
            }
            if precision > 2 {
                parts["day"] = date.day().into();
            }
            parts
        };
        let mut event = json!({
            "unique_id": contact.id,
            "start_date": told(first),
            "text": {"headline": escaped(&headline(contact, tables.governments)), "text": quotes.concat()},
            "group": escaped(&between(contact, tables.governments)),
        });
        if first != last {
            event["end_date"] = told(last);
        }
        events.push(event);
        Ok(())
    })?;
    serde_json::to_writer(&mut out, &json!({"events": events}))?;
    Ok(out.write_all(b"\n")?)
}

/// iCalendar (RFC 5545): an all-day event for each contact dated to days. What is planned or possible is tentative, what was
/// called off is cancelled.
///
/// # Errors
/// Where the record cannot be read or the output not written.
pub fn icalendar(tables: &Tables, mut out: impl Write) -> Result<(), Failure> {
    use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("PRODID", "-//memcon//EN"));
    tables.contacts(&mut |shown| {
        let contact = &shown.contact.contact;
        // A contact known only to its month or year would fill the calendar: what spans more than two weeks is left out.
        let Some((first, last)) = days(contact).filter(|(first, last)| days_between(*first, *last) <= 14) else {
            return Ok(());
        };
        let basic = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
        let mut event = Event::new();
        event.uid(&format!("{}@memcon", contact.id));
        event.summary(&headline(contact, tables.governments));
        event.append_property(Property::new("DTSTART", basic(first)).add_parameter("VALUE", "DATE").done());
        // The end of an all-day event is the day after its last.
        let end = last.tomorrow().unwrap_or(last);
        event.append_property(Property::new("DTEND", basic(end)).add_parameter("VALUE", "DATE").done());
        // The time stamp is that of the contact, not of the export, so that the same record gives the same bytes.
        event.append_property(Property::new("DTSTAMP", format!("{}T000000Z", basic(first))));
        event.status(match contact.status {
            Status::Declined | Status::Lapsed | Status::Postponed | Status::Cancelled | Status::Denied => {
                EventStatus::Cancelled
            }
            Status::Held => EventStatus::Confirmed,
            _ => EventStatus::Tentative,
        });
        let quotes: Vec<&str> = contact
            .accounts
            .iter()
            .filter_map(|account| Some(account.evidence.first()?.quote.as_str()))
            .take(3)
            .collect();
        event.description(&quotes.join("\n"));
        if let Some(place) = &contact.place {
            event.location(&place.name);
        }
        event.append_property(Property::new("CATEGORIES", contact.channel.name()));
        calendar.push(event.done());
        Ok(())
    })?;
    Ok(out.write_all(calendar.to_string().as_bytes())?)
}

fn days_between(first: Date, last: Date) -> i64 {
    store::number(last) - store::number(first)
}

/// CSL-JSON, which Zotero and citation processors read: one item a document.
///
/// # Errors
/// Where the record cannot be read or the output not written.
pub fn csl(tables: &Tables, mut out: impl Write) -> Result<(), Failure> {
    let mut items = Vec::new();
    for row in tables.document_rows()? {
        let mut item =
            json!({"id": row.path, "type": "article-newspaper", "title": row.title.as_deref().unwrap_or(&row.path)});
        let mut set = |name: &str, value: Option<Value>| {
            if let (Some(fields), Some(value)) = (item.as_object_mut(), value) {
                fields.insert(name.to_owned(), value);
            }
        };
        let byline = tables.store.record(&row)?.article.byline;
        let authors: Vec<Value> = byline.iter().map(|name| json!({"literal": name})).collect();
        set("author", Some(authors.into()).filter(|_| !byline.is_empty()));
        set("container-title", row.outlet.clone().map(Value::from));
        set("source", row.origin.clone().map(Value::from));
        set("URL", row.url.clone().map(Value::from));
        set("language", row.language.clone().map(Value::from));
        set("issued", row.published.as_deref().and_then(issued));
        items.push(item);
    }
    serde_json::to_writer(&mut out, &items)?;
    Ok(out.write_all(b"\n")?)
}

/// A date as CSL has it: a list of its parts, as many as are known.
fn issued(edtf: &str) -> Option<Value> {
    store::bounds(edtf)?;
    let day = edtf.split(['T', '/']).next()?;
    let parts: Vec<i64> = day.split('-').map_while(|part| part.trim_matches(['~', '?', '%']).parse().ok()).collect();
    (!parts.is_empty()).then(|| json!({"date-parts": [parts]}))
}

/// W3C Web Annotations (JSON-LD): one annotation a stretch of evidence, its target given by position in code points and by
/// quotation, its body the contact and the claim.
///
/// # Errors
/// Where the record cannot be read or the output not written.
pub fn annotations(tables: &Tables, mut out: impl Write) -> Result<(), Failure> {
    let urls: std::collections::BTreeMap<String, Option<String>> =
        tables.document_rows()?.into_iter().map(|row| (row.path, row.url)).collect();
    let mut items = Vec::new();
    tables.contacts(&mut |shown| {
        let contact = &shown.contact.contact;
        for account in &contact.accounts {
            let Some(path) = account.document.as_deref() else { continue };
            let source =
                urls.get(path).cloned().flatten().unwrap_or_else(|| format!("urn:memcon:document:{}", percent(path)));
            for (at, evidence) in account.evidence.iter().enumerate() {
                items.push(json!({
                    "id": format!("urn:memcon:evidence:{}:{}:{}", contact.id, percent(&account.id), at + 1),
                    "type": "Annotation",
                    "motivation": "describing",
                    "body": {
                        "type": "TextualBody",
                        "format": "text/plain",
                        "language": "en",
                        "value": format!("{} ({})", headline(contact, tables.governments), account.stance.name()),
                        "purpose": "describing"
                    },
                    "target": {
                        "source": source,
                        "selector": [
                            {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end},
                            {"type": "TextQuoteSelector", "exact": evidence.quote}
                        ]
                    }
                }));
            }
        }
        Ok(())
    })?;
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:memcon:annotations", "type": "AnnotationPage", "items": items
    });
    serde_json::to_writer(&mut out, &page)?;
    Ok(out.write_all(b"\n")?)
}

/// The characters that may stand in a URN as they are; the others as percent signs and hexadecimal bytes (RFC 3986).
fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// GraphML: governments as nodes, pairs with their rhythm as edges, for Gephi, igraph or NetworkX.
///
/// # Errors
/// Where the record cannot be read or the output not written.
pub fn graphml(tables: &Tables, mut out: impl Write) -> Result<(), Failure> {
    let pairs = match tables.dossier {
        Some(dossier) => store::pairs_among(&dossier.contacts().into_iter().cloned().collect::<Vec<_>>()),
        None => tables.store.pairs(tables.filter)?,
    };
    let mut codes: Vec<&str> = pairs.iter().flat_map(|pair| pair.governments.iter().map(String::as_str)).collect();
    codes.sort_unstable();
    codes.dedup();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (id, kind) in [("name", "string"), ("cow", "string")] {
        writeln!(out, "  <key id=\"{id}\" for=\"node\" attr.name=\"{id}\" attr.type=\"{kind}\"/>")?;
    }
    const EDGE: &[(&str, &str)] = &[
        ("contacts", "int"),
        ("held", "int"),
        ("asked", "int"),
        ("disputed", "int"),
        ("per_month", "double"),
        ("unanswered_share", "double"),
        ("median_response_days", "double"),
        ("initiator_balance", "double"),
    ];
    for (id, kind) in EDGE {
        writeln!(out, "  <key id=\"{id}\" for=\"edge\" attr.name=\"{id}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"contacts\" edgedefault=\"undirected\">")?;
    for code in codes {
        write!(
            out,
            "    <node id=\"{}\"><data key=\"name\">{}</data>",
            escaped(code),
            escaped(tables.governments.name(code))
        )?;
        if let Some(cow) = tables.governments.get(code).and_then(|known| known.cow.as_deref()) {
            write!(out, "<data key=\"cow\">{}</data>", escaped(cow))?;
        }
        writeln!(out, "</node>")?;
    }
    for pair in &pairs {
        let [source, target] = &pair.governments;
        write!(out, "    <edge source=\"{}\" target=\"{}\">", escaped(source), escaped(target))?;
        let values = serde_json::to_value(pair)?;
        for (id, _) in EDGE {
            if let Some(value) = values.get(id).filter(|value| !value.is_null()) {
                write!(out, "<data key=\"{id}\">{value}</data>")?;
            }
        }
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    Ok(out.flush()?)
}

/// The records of all documents, as `read --json` prints them, one a line.
///
/// # Errors
/// Where the record cannot be read or the output not written.
pub fn document_lines(tables: &Tables, mut out: impl Write) -> Result<(), Failure> {
    for row in tables.document_rows()? {
        serde_json::to_writer(&mut out, &tables.store.record(&row)?)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// The merged contacts, as `timeline --json` prints them, one a line.
///
/// # Errors
/// Where the record cannot be read or the output not written.
pub fn contact_lines(tables: &Tables, mut out: impl Write) -> Result<(), Failure> {
    tables.contacts(&mut |shown| {
        serde_json::to_writer(&mut out, &shown)?;
        Ok(out.write_all(b"\n")?)
    })?;
    Ok(out.flush()?)
}

/// Who a merged contact is between, for a line of text.
pub fn sides(contact: &MergedContact) -> String {
    let contact = &contact.contact;
    let mut codes: Vec<&str> = Vec::new();
    for code in
        contact.initiator.as_deref().into_iter().chain(contact.parties.iter().map(|party| party.government.as_str()))
    {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    // An arrow says who asked; where nobody is known to have, a dash says that.
    codes.join(if contact.initiator.is_some() && codes.len() == 2 { " → " } else { " – " })
}
