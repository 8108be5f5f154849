//! What a page's head and markup say of the article: headline, house, authors, date.

use super::comments::text_of;
use super::dates;
use super::render::{self, APART, Piece};
use super::tree::Node;
use crate::page::imprint;
use crate::when::document_date;
use serde_json::Value;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Vec<String>,
    pub published: Option<String>,
    pub language: Option<String>,
}

/// What JSON-LD (schema.org) says.
#[derive(Debug, Default)]
struct Linked {
    headline: Option<String>,
    authors: Vec<String>,
    /// As it is written there.
    published: Option<String>,
    publisher: Option<String>,
}

/// Reads a page's metadata.
pub(super) fn read(nodes: &[Node], pieces: &[Piece], url: Option<&str>) -> Meta {
    let linked = linked_data(nodes);
    let outlet = tag(
        nodes,
        &[
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "twitter:app:name:iphone",
            "dc.publisher",
            "publisher",
        ],
    )
    .or_else(|| linked.publisher.clone());
    let title = title(nodes, pieces, &linked, outlet.as_deref());
    let byline = byline(nodes, pieces, &linked, outlet.as_deref());
    let known = dates::Known { linked: linked.published.as_deref(), title: title.as_deref(), url };
    let published = dates::published(nodes, pieces, &known);
    let language = nodes.iter().find(|node| node.name == "html").and_then(|html| html.attribute("lang")).map(str::trim);
    let language = language.filter(|tag| (2..=12).contains(&tag.len())).map(|tag| tag.replace('_', "-"));
    Meta { title, outlet, byline, published, language }
}

/// The content of the first meta element with one of the names, in the order of the names.
pub(super) fn tag(nodes: &[Node], names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let named = |node: &&Node| {
            node.name == "meta"
                && ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .any(|key| node.attribute(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
        };
        nodes.iter().filter(named).find_map(|node| tidy(node.attribute("content")?))
    })
}

/// White space collapsed; `None` for nothing.
fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() <= 500).then_some(text)
}

fn linked_data(nodes: &[Node]) -> Linked {
    let mut found = Linked::default();
    let scripts = nodes.iter().enumerate().filter(|(_, node)| {
        node.name == "script"
            && node.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
    });
    for (at, _) in scripts.take(30) {
        let Some(script) = nodes.get(at + 1).filter(|child| child.is_text()) else { continue };
        // Line breaks inside strings are forbidden and common.
        let text: String = script.text.chars().map(|ch| if ch.is_control() { ' ' } else { ch }).collect();
        let text = text
            .trim()
            .trim_start_matches("//<![CDATA[")
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim_end_matches("//]]>");
        let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) else { continue };
        let mut stack = vec![&value];
        let mut people = Vec::new();
        collect_people(&value, &mut people);
        let mut steps = 0;
        while let Some(value) = stack.pop() {
            steps += 1;
            if steps > 5000 {
                break;
            }
            match value {
                Value::Array(values) => stack.extend(values.iter().rev()),
                Value::Object(map) => {
                    let kinds: Vec<&str> = match map.get("@type") {
                        Some(Value::String(kind)) => vec![kind.as_str()],
                        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
                        _ => Vec::new(),
                    };
                    const ARTICLES: &[&str] = &[
                        "article",
                        "posting",
                        "report",
                        "review",
                        "webpage",
                        "news",
                        "recipe",
                        "creativework",
                        "videoobject",
                        "podcastepisode",
                    ];
                    let is_article = kinds.iter().any(|kind| {
                        let kind = kind.to_ascii_lowercase();
                        ARTICLES.iter().any(|name| kind.contains(name)) && kind != "newsmediaorganization"
                    });
                    let strong = is_article && !kinds.iter().any(|kind| kind.ends_with("WebPage"));
                    if is_article {
                        if strong {
                            let headline = map
                                .get("headline")
                                .or_else(|| map.get("name"))
                                .and_then(Value::as_str)
                                .and_then(|t| tidy(&unescape(t)));
                            found.headline = found.headline.take().or(headline);
                            if found.authors.is_empty() {
                                for key in ["author", "creator"] {
                                    if let Some(author) = map.get(key) {
                                        names(author, &people, &mut found.authors);
                                    }
                                    if !found.authors.is_empty() {
                                        break;
                                    }
                                }
                            }
                        }
                        let date = map.get("datePublished").or_else(|| map.get("dateCreated")).and_then(Value::as_str);
                        let date = date.filter(|date| document_date(date).is_some()).map(str::to_string);
                        if found.published.is_none() || strong {
                            found.published = date.or(found.published.take());
                        }
                        let publisher =
                            map.get("publisher").and_then(|publisher| publisher.get("name")).and_then(Value::as_str);
                        found.publisher = found.publisher.take().or_else(|| publisher.and_then(tidy));
                    }
                    for (key, value) in map {
                        if matches!(
                            key.as_str(),
                            "@graph" | "mainEntity" | "mainEntityOfPage" | "itemListElement" | "hasPart" | "item"
                        ) {
                            stack.push(value);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Named things with an identifier, for authors that are only pointed at.
fn collect_people<'a>(value: &'a Value, people: &mut Vec<(&'a str, &'a str)>) {
    let mut stack = vec![value];
    let mut steps = 0;
    while let Some(value) = stack.pop() {
        steps += 1;
        if steps > 5000 {
            break;
        }
        match value {
            Value::Array(values) => stack.extend(values),
            Value::Object(map) => {
                if let (Some(id), Some(name)) =
                    (map.get("@id").and_then(Value::as_str), map.get("name").and_then(Value::as_str))
                {
                    people.push((id, name));
                }
                if let Some(graph) = map.get("@graph") {
                    stack.push(graph);
                }
            }
            _ => {}
        }
    }
}

fn names(value: &Value, people: &[(&str, &str)], found: &mut Vec<String>) {
    match value {
        Value::String(name) => found.extend(tidy(&unescape(name))),
        Value::Array(values) => values.iter().take(20).for_each(|value| match value {
            Value::Array(_) => {}
            value => names(value, people, found),
        }),
        Value::Object(map) => match map.get("name") {
            Some(Value::String(name)) => found.extend(tidy(&unescape(name))),
            Some(Value::Array(list)) => found.extend(list.iter().filter_map(Value::as_str).filter_map(tidy)),
            _ => {
                let id = map.get("@id").and_then(Value::as_str);
                found.extend(people.iter().find(|(other, _)| Some(*other) == id).and_then(|(_, name)| tidy(name)));
            }
        },
        _ => {}
    }
}

/// Entities left inside JSON strings.
fn unescape(text: &str) -> String {
    text.replace("&amp;", "&")
        .replace("&#039;", "'")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&#8217;", "’")
        .replace("&#8211;", "–")
        .replace("&rsquo;", "’")
        .replace("&nbsp;", " ")
}

/// The headline: the page's own heading where head and heading agree, else what the head says without the house's name.
fn title(nodes: &[Node], pieces: &[Piece], linked: &Linked, outlet: Option<&str>) -> Option<String> {
    let head =
        nodes.iter().position(|node| node.name == "title").map(|at| text_of(nodes, at)).and_then(|title| tidy(&title));
    let shared = tag(nodes, &["og:title", "twitter:title", "dc.title", "dcterms.title", "title"]);
    let headings: Vec<&Piece> = pieces.iter().filter(|piece| piece.level == 1 && piece.text.len() > 1).collect();
    let known: Vec<&str> =
        [shared.as_deref(), linked.headline.as_deref(), head.as_deref()].into_iter().flatten().collect();
    let folded = |text: &str| {
        let mut folded = String::new();
        crate::page::phrases::fold(text, &mut folded);
        folded
    };
    let wanted: Vec<String> = known.iter().map(|text| folded(text)).collect();
    // A heading that the head repeats.
    let agrees = |piece: &&&Piece| {
        let own = folded(&piece.text);
        !own.is_empty() && own.split(' ').count() >= 2 && wanted.iter().any(|other| other.contains(&own))
    };
    if let Some(heading) = headings.iter().filter(agrees).max_by_key(|piece| piece.text.len()) {
        return tidy(&heading.text);
    }
    let lower = pieces.iter().filter(|piece| matches!(piece.level, 2 | 3) && piece.place & APART == 0);
    let lower: Vec<&Piece> = lower.collect();
    if let Some(heading) = lower.iter().filter(|piece| folded(&piece.text).split(' ').count() >= 3).find(agrees) {
        return tidy(&heading.text);
    }
    if let [only] = headings[..]
        && only.place & APART == 0
        && only.text.split_whitespace().count() >= 2
    {
        return tidy(&only.text);
    }
    let best = linked.headline.clone().or(shared).or(head.clone())?;
    Some(without_house(&best, outlet))
}

/// A title without the house's name at its end or start.
fn without_house(title: &str, outlet: Option<&str>) -> String {
    for joint in [" | ", " – ", " — ", " - ", " » ", " « ", " :: ", " • ", " · "] {
        let Some((left, right)) = title.rsplit_once(joint) else { continue };
        let same = |part: &str| outlet.is_some_and(|outlet| part.trim().eq_ignore_ascii_case(outlet));
        if same(right) {
            return left.trim().to_string();
        }
        if let Some((first, rest)) = title.split_once(joint)
            && same(first)
        {
            return rest.trim().to_string();
        }
        // Without a name to compare, the longer side is the headline.
        let (long, short) = (left.split_whitespace().count(), right.split_whitespace().count());
        if long >= 3 && short <= 4 && long > short {
            return left.trim().to_string();
        }
    }
    title.to_string()
}

/// The authors, from JSON-LD, meta elements, markup, and a line that begins with "By".
fn byline(nodes: &[Node], pieces: &[Piece], linked: &Linked, outlet: Option<&str>) -> Vec<String> {
    let plain = |names: Vec<String>| -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for name in names {
            let Some(name) = author(&name) else { continue };
            if Some(name.as_str()) != outlet && !kept.contains(&name) {
                kept.push(name);
            }
        }
        kept
    };
    let from = |names: &[&str]| {
        let all: Vec<String> = names
            .iter()
            .map(|name| {
                let named = |node: &&Node| {
                    node.name == "meta"
                        && ["property", "name", "itemprop"]
                            .iter()
                            .any(|key| node.attribute(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
                };
                nodes.iter().filter(named).filter_map(|node| tidy(node.attribute("content")?)).collect::<Vec<_>>()
            })
            .find(|found| !plain(found.clone()).is_empty())
            .unwrap_or_default();
        plain(all.iter().flat_map(|names| split_names(names)).collect())
    };
    let linked = plain(linked.authors.iter().flat_map(|names| split_names(names)).collect());
    if !linked.is_empty() {
        return linked;
    }
    let tagged = from(&[
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "twitter:data1",
        "cxenseparse:author",
        "og:article:author",
    ]);
    if !tagged.is_empty() {
        return tagged;
    }
    let marked = marked_authors(nodes);
    let marked = plain(marked.iter().flat_map(|names| split_names(names)).collect());
    if !marked.is_empty() {
        return marked;
    }
    let short = pieces
        .iter()
        .filter(|piece| piece.place & APART & !(render::BIOGRAPHY | render::TAGS) == 0 && piece.text.len() <= 120);
    let found = short.clone().find_map(|piece| {
        let found = imprint::by_line(&piece.text)?;
        (!found.names.is_empty()).then_some(found.names)
    });
    // "Posted by ann99 on May 3": a name of one word needs the label.
    found
        .or_else(|| {
            short.clone().find_map(|piece| {
                let rest = ["Posted by ", "Written by ", "Author: ", "Autor: ", "Eingestellt von ", "posted by "]
                    .iter()
                    .find_map(|label| piece.text.strip_prefix(label))?;
                let first = rest.split([' ', ',', '@', '|']).next()?;
                author(first).map(|name| vec![name])
            })
        })
        .unwrap_or_default()
}

/// The text of elements that mark an author: `rel=author`, `itemprop=author`, classes.
fn marked_authors(nodes: &[Node]) -> Vec<String> {
    type Test = fn(&Node, &str) -> bool;
    let tests: [Test; 4] = [
        |node, _| node.attribute("rel").is_some_and(|rel| rel.split(' ').any(|word| word == "author")),
        |node, _| node.attribute("itemprop") == Some("author"),
        |_, words| {
            [
                " author name ",
                " byline name ",
                " article author ",
                " post author ",
                " entry author ",
                " author vcard ",
                " vcard author ",
                " fn ",
                " c author name ",
                " submitted by ",
                " authorname ",
                " full name ",
                " author link ",
                " publisher ",
            ]
            .iter()
            .any(|name| words.contains(name))
        },
        |_, words| {
            [
                " author ",
                " byline ",
                " autor ",
                " authors ",
                " posted by ",
                " writer ",
                " username ",
                " account name ",
                " contributor ",
                " post by ",
                " written by ",
            ]
            .iter()
            .any(|name| words.contains(name))
        },
    ];
    for test in tests {
        let mut found = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            if node.is_text()
                || matches!(
                    node.name.as_str(),
                    "meta" | "link" | "body" | "html" | "script" | "style" | "form" | "input" | "img"
                )
                || node.end - at > 60
            {
                continue;
            }
            let mut words = String::from(" ");
            for key in ["class", "id"] {
                if let Some(value) = node.attribute(key) {
                    words.push_str(&render::words(value));
                    words.push(' ');
                }
            }
            if !test(node, &words) || is_apart(nodes, at) {
                continue;
            }
            // The name may stand deeper, marked as such.
            let named = (at..node.end)
                .find(|&inner| nodes.get(inner).is_some_and(|inner| inner.attribute("itemprop") == Some("name")));
            let named = named.filter(|&inner| nodes.get(inner).is_some_and(|n| n.name != "meta"));
            let text = text_of(nodes, named.unwrap_or(at));
            if (3..=100).contains(&text.len())
                && author(split_names(&text).first().map_or("", |name| name.as_str())).is_some()
            {
                found.push(text);
                if found.len() >= 3 {
                    break;
                }
            }
        }
        if let Some(first) = found.into_iter().next() {
            return vec![first];
        }
    }
    Vec::new()
}

/// Whether a node stands among comments, beside the article or under it, so that its dates and names are not the article's.
pub(super) fn is_apart(nodes: &[Node], at: usize) -> bool {
    const WORDS: &[&str] = &[
        " comment ",
        " comments ",
        " commentlist ",
        " sidebar ",
        " related ",
        " teaser ",
        " teasers ",
        " footer ",
        " recent ",
        " popular ",
        " latest ",
        " recommended ",
        " trending ",
    ];
    let mut current = at;
    for _ in 0..60 {
        let Some(node) = nodes.get(current) else { break };
        // What holds half of the page is not apart from it.
        if (node.end - current) * 2 > nodes.len() {
            break;
        }
        if matches!(node.name.as_str(), "aside" | "footer" | "nav") && current != at {
            return node.name != "footer" || !inside_article(nodes, current);
        }
        let named = ["class", "id"].iter().any(|key| {
            node.attribute(key).is_some_and(|value| {
                let words = format!(" {} ", render::words(value));
                WORDS.iter().any(|word| words.contains(word))
            })
        });
        // What holds the headline is not apart from the article.
        if named && !nodes.get(current..node.end).unwrap_or(&[]).iter().any(|inner| inner.name == "h1") {
            return true;
        }
        if node.parent >= current {
            break;
        }
        current = node.parent;
    }
    false
}

/// An article's own footer often names its author and date.
fn inside_article(nodes: &[Node], at: usize) -> bool {
    let mut current = at;
    while let Some(node) = nodes.get(current).filter(|node| node.parent < current) {
        if node.name == "article" {
            return true;
        }
        current = node.parent;
    }
    false
}

/// "By Ann Lee and Bob Day, Staff" as names.
pub(super) fn split_names(names: &str) -> Vec<String> {
    let mut names = names.trim();
    for lead in [
        "By ",
        "by ",
        "BY ",
        "By: ",
        "by: ",
        "Von ",
        "von ",
        "VON ",
        "Par ",
        "Por ",
        "Posted by ",
        "Written by ",
        "Author: ",
        "Autor: ",
        "Author ",
        "Text: ",
        "About ",
        "VON ",
        "Von: ",
        "von: ",
        "Par\u{a0}",
        "Eingestellt von ",
        "Posted By ",
        "Published by ",
        "Submitted by ",
        "Verfasst von ",
        "Geschrieben von ",
        "with ",
    ] {
        names = names.strip_prefix(lead).unwrap_or(names).trim_start();
    }
    let names = names.split(['|', '•', '·', '\n', '(', '/']).next().unwrap_or(names);
    let names =
        names.replace(" and ", ";").replace(" und ", ";").replace(" & ", ";").replace(" et ", ";").replace(',', ";");
    names.split(';').map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect()
}

/// A name as it is printed, or `None` for what is no name: an address, a number, a sentence.
fn author(name: &str) -> Option<String> {
    let name = name
        .split(" on ")
        .next()
        .unwrap_or(name)
        .split(" am ")
        .next()
        .unwrap_or(name)
        .split(" @")
        .next()
        .unwrap_or(name);
    let mut name = name.trim();
    for lead in [
        "View all posts by ",
        "All posts by ",
        "Posts by ",
        "Artikel von ",
        "Alle Beiträge von ",
        "the Author - ",
        "the author ",
        "Contributed by ",
        "Story by ",
        "Words by ",
    ] {
        name = name.strip_prefix(lead).unwrap_or(name);
    }
    let name = name.trim_matches(|ch: char| matches!(ch, ':' | ',' | '|' | '-' | '–' | '•' | '"' | '*'));
    let name = tidy(name)?;
    let words = name.split(' ').count();
    let lower = name.to_lowercase();
    const NO_NAMES: &[&str] = &[
        "por",
        "von",
        "par",
        "phd",
        "md",
        "mph",
        "rd",
        "jr",
        "wordpressadmin",
        "webmaster",
        "agencies",
        "admin",
        "administrator",
        "author",
        "editor",
        "staff",
        "guest",
        "redaktion",
        "unknown",
        "null",
        "none",
        "by",
        "posted",
        "view all posts",
        "share",
        "follow",
        "contributor",
    ];
    let refused = words > 6
        || name.len() > 70
        || name.contains("http")
        || name.contains("www.")
        || name.contains('@')
        || name.contains('{')
        || name.contains(':')
        || name.starts_with(|ch: char| ch.is_ascii_digit())
        || NO_NAMES.contains(&lower.as_str())
        || document_date(&name).is_some()
        || name.chars().filter(|ch| ch.is_ascii_digit()).count() > 4
        || !name.chars().any(char::is_alphabetic);
    (!refused).then_some(name)
}
