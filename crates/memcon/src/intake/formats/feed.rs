//! Feeds saved as files: RSS, Atom and JSON Feed. Each entry is a document.

use crate::intake::problem::Problem;
use crate::intake::{Form, Raw, guarded};
use serde_json::{Map, Value, json};

/// Takes a feed apart. `emit` returns whether to go on.
pub fn entries(path: &str, bytes: &[u8], emit: &mut dyn FnMut(Result<Raw, Problem>) -> bool) {
    let parsed = guarded(|| {
        // Entries without an id would get one drawn from the clock; nothing here depends on the clock.
        let parser = feed_rs::parser::Builder::new().id_generator(|_, _, _| String::new()).build();
        parser.parse(bytes).map_err(|e| format!("is no whole RSS, Atom or JSON feed: {e}; fetch it again"))
    });
    let feed = match parsed {
        Ok(feed) => feed,
        Err(what) => {
            emit(Err(Problem::skipped(path, what)));
            return;
        }
    };
    let outlet = feed.title.map(|title| title.content);
    for (at, entry) in feed.entries.into_iter().enumerate() {
        let name = format!("{path}#{}", at + 1);
        let summary = entry.summary.map(|text| (text.content, text.content_type.subty().to_string()));
        let content = entry.content.and_then(|content| Some((content.body?, content.content_type.subty().to_string())));
        let Some((text, subtype)) = content.or(summary) else {
            if !emit(Err(Problem::passed_over(&name, "an entry without text"))) {
                return;
            }
            continue;
        };
        // RSS gives no type, and what it holds is HTML as often as not.
        let markup = subtype.contains("html") || text.contains("</") || text.contains("<br");
        let mut fields = Map::new();
        let mut put = |name: &str, value: Option<Value>| fields.extend(value.map(|value| (name.to_string(), value)));
        put("id", Some(entry.id).filter(|id| !id.is_empty()).map(Value::from));
        put("url", entry.links.into_iter().next().map(|link| link.href.into()));
        put("title", entry.title.map(|title| title.content.into()));
        let when = entry.published.or(entry.updated);
        put("published", when.map(|when| when.format("%Y-%m-%dT%H:%M").to_string().into()));
        put("outlet", outlet.clone().map(Value::from));
        put("language", entry.language.or_else(|| feed.language.clone()).map(Value::from));
        let authors: Vec<String> = entry.authors.into_iter().filter_map(|person| person.name).collect();
        put("byline", Some(authors).filter(|names| !names.is_empty()).map(|names| json!(names)));
        put(if markup { "html" } else { "text" }, Some(text.into()));
        let bytes = serde_json::to_vec(&Value::Object(fields)).unwrap_or_default();
        if !emit(Ok(Raw::new(name, Form::Article, bytes))) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_become_articles() {
        let feed = br#"<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title><link>https://example.org</link>
            <item><title>A call</title><link>https://example.org/1</link><pubDate>Sat, 16 Feb 2013 18:47:00 GMT</pubDate>
            <description>&lt;p&gt;They spoke.&lt;/p&gt;</description></item><item><title>Empty</title></item></channel></rss>"#;
        let mut found = Vec::new();
        entries("f.rss", feed, &mut |raw| {
            found.push(raw);
            true
        });
        let first: Value = serde_json::from_slice(&found[0].as_ref().unwrap().bytes).unwrap();
        assert_eq!(
            first,
            json!({"url": "https://example.org/1", "title": "A call", "published": "2013-02-16T18:47", "outlet": "Desk",
                   "html": "<p>They spoke.</p>"})
        );
        assert_eq!(found[1].as_ref().unwrap_err().to_string(), "f.rss#2: an entry without text");
    }
}
