//! The date of publication: what head and scripts tell, held against what the page itself prints beside its headline.

use super::comments::text_of;
use super::meta::{is_apart, tag};
use super::render::{self, APART, Piece};
use super::tree::Node;
use crate::page::phrases;
use crate::when::document_date;
use jiff::civil::Date;

/// What is known of a page before its dates are looked for.
pub(super) struct Known<'a> {
    /// The date of publication in JSON-LD, as it is written there.
    pub linked: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// The address under which the page was found.
    pub url: Option<&'a str>,
}

/// Names of meta elements that tell the date of publication, the plainest first.
const NAMES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "published-date",
    "published_date",
    "published_time",
    "publish_time",
    "publication_date",
    "publication-date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "citation_date",
    "citation_publication_date",
    "citation_online_date",
    "prism.publicationdate",
    "article:published",
    "article:published_date",
    "article:publicationdate",
    "cxenseparse:recs:publishtime",
    "og:published_time",
    "og:publish_date",
    "og:pubdate",
    "dcterms.issued",
    "dc.date.publication",
    "dc.created",
    "dc:date",
    "dc:created",
    "article.published",
    "article_date_original",
    "shareaholic:article_published_time",
    "originalpublicationdate",
    "created",
    "date.created",
    "datecreated",
    "date_created",
    "dateposted",
    "date_published",
    "rnews:datepublished",
    "bt:pubdate",
    "ptime",
    "pdate",
    "sort_date",
    "timestamp",
    "article.created",
    "creation_date",
    "pub_date",
    "release_date",
    "displaydate",
    "doc_date",
    "search.date",
    "video:release_date",
    "analyticsattributes.articledate",
];

/// Class names of elements that print the date of publication.
const CLASSES: &[&str] = &[
    " date ",
    " published ",
    " pubdate ",
    " datum ",
    " timestamp ",
    " byline ",
    " dateline ",
    " post meta ",
    " entry meta ",
    " meta ",
    " time ",
    " posted ",
    " fecha ",
    " article info ",
    " submitted ",
    " info ",
    " datetime ",
    " entry date ",
    " postdate ",
    " article date ",
    " publish ",
    " kicker ",
    " postinfo ",
    " postmeta ",
    " articledate ",
];

/// The date of publication: JSON-LD, meta elements, `time` elements, marked text, the address, then any line's date.
pub(super) fn published(nodes: &[Node], pieces: &[Piece], known: &Known) -> Option<String> {
    let order = order(nodes);
    let read = |text: &str| document_date(&spelled_out(text, order)).and_then(whole);
    let printed = printed(pieces, known.title, &read);
    let stamp = known.linked.and_then(|text| Some((read(text)?, is_universal(text)))).or_else(|| {
        NAMES.iter().find_map(|name| {
            let text = tag(nodes, &[name])?;
            Some((read(&text)?, is_universal(&text)))
        })
    });
    if let Some((date, universal)) = stamp {
        return Some(as_printed(date, universal, &printed, known.url));
    }
    let stamp = |at: usize, node: &Node| {
        node.attribute("datetime").or_else(|| node.attribute("content")).and_then(read).or_else(|| {
            let title = node.attribute("title").filter(|_| matches!(node.name.as_str(), "abbr" | "time"));
            title.and_then(read).or_else(|| {
                let text = text_of(nodes, at);
                (text.len() <= 200).then(|| read(&text)).flatten()
            })
        })
    };
    let marked = |test: &dyn Fn(&Node) -> bool| {
        nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| !node.is_text() && test(node))
            .find_map(|(at, node)| if is_apart(nodes, at) { None } else { stamp(at, node) })
    };
    let classed = |node: &Node, test: &dyn Fn(&str) -> bool| {
        ["class", "id"].iter().any(|key| node.attribute(key).is_some_and(&test))
    };
    let found =
        marked(&|node| node.attribute("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("datePublished")))
            .or_else(|| marked(&|node| node.attribute("pubdate").is_some()))
            .or_else(|| marked(&|node| node.name == "abbr" && classed(node, &|class| class.contains("published"))))
            .or_else(|| {
                marked(&|node| {
                    node.name == "time"
                        && !classed(node, &|class| class.contains("updated") && !class.contains("published"))
                })
            })
            .or_else(|| known.url.and_then(read))
            .or_else(|| {
                marked(&|node| {
                    classed(node, &|class| {
                        let words = format!(" {} ", render::words(class));
                        CLASSES.iter().any(|name| words.contains(name))
                    })
                })
            });
    if found.is_some() {
        return found;
    }
    let canonical = nodes
        .iter()
        .find(|node| node.name == "link" && node.attribute("rel") == Some("canonical"))
        .and_then(|node| node.attribute("href").map(str::to_string))
        .or_else(|| tag(nodes, &["og:url"]));
    if let Some(date) = canonical.and_then(|url| read(&url)) {
        return Some(date);
    }
    if let Some(first) = printed.iter().find(|printed| !printed.revised).or(printed.first()) {
        return Some(first.date.clone());
    }
    // A short line of the page with a whole date.
    let mut short = pieces.iter().filter(|piece| piece.place & (APART & !render::TAGS) == 0 && piece.text.len() <= 160);
    if let Some(date) = short.find_map(|piece| read(&piece.text)) {
        return Some(date);
    }
    if let Some(date) = scripted(nodes) {
        return Some(date);
    }
    // Wikis tell their last change at the foot.
    let mut changed = pieces.iter().filter(|piece| piece.text.len() <= 200 && is_revision(&piece.text));
    if let Some(date) = changed.find_map(|piece| read(&piece.text)) {
        return Some(date);
    }
    tag(nodes, &["article:modified_time", "og:updated_time", "last-modified", "datemodified", "lastmod"])
        .and_then(|text| read(&text))
}

/// A date to the day, or nothing.
fn whole(date: String) -> Option<String> {
    (date.len() >= 10 && !date.starts_with('X')).then_some(date)
}

/// Whether a stamp tells universal time, in which the day may be another than at the house.
fn is_universal(stamp: &str) -> bool {
    let stamp = stamp.trim();
    ["Z", "+00:00", "+0000", "GMT", "UTC"].iter().any(|end| stamp.ends_with(end)) && stamp.contains(':')
}

/// The date of a stamp as the house itself tells it. A stamp in universal time may be of the day before or after the one
/// that the page prints or its address names; and a page that prints nothing but the day of its revision is the text of
/// that day.
fn as_printed(stamp: String, universal: bool, printed: &[Printed], url: Option<&str>) -> String {
    let day = |date: &str| date.get(..10).and_then(|day| day.parse::<Date>().ok());
    let Some(stamped) = day(&stamp) else { return stamp };
    let away = |date: &str| day(date).and_then(|day| stamped.until(day).ok()).map_or(i32::MAX, |span| span.get_days());
    if printed.iter().any(|printed| away(&printed.date) == 0) {
        return stamp;
    }
    if universal {
        if let Some(near) = printed.iter().find(|printed| !printed.revised && away(&printed.date).abs() == 1) {
            return near.date.clone();
        }
        if let Some(named) = url.and_then(document_date).and_then(whole).filter(|date| away(date).abs() == 1) {
            return named;
        }
    }
    let revision = printed.iter().find(|printed| printed.revised && away(&printed.date) > 0);
    match revision {
        Some(revision) if printed.iter().all(|printed| printed.revised) => revision.date.clone(),
        _ => stamp,
    }
}

/// A date that the page prints beside its headline.
struct Printed {
    /// `2013-02-16`, or with the time of day.
    date: String,
    /// Whether it is told as the day of a change.
    revised: bool,
}

/// How many lines before and behind the headline may tell the date.
const BEFORE: usize = 4;
const BEHIND: usize = 14;

/// The dates that stand beside the headline in lines of their own, those behind it first.
fn printed(pieces: &[Piece], title: Option<&str>, read: &dyn Fn(&str) -> Option<String>) -> Vec<Printed> {
    let mut folded = String::new();
    let wanted = title.map(|title| {
        phrases::fold(title, &mut folded);
        folded.clone()
    });
    let mut own = String::new();
    let mut repeats = |piece: &Piece| {
        phrases::fold(&piece.text, &mut own);
        !own.is_empty() && Some(&own) == wanted.as_ref()
    };
    let headline = pieces
        .iter()
        .position(|piece| piece.level > 0 && repeats(piece))
        .or_else(|| pieces.iter().position(|piece| piece.level == 1 && piece.place & APART == 0));
    let Some(headline) = headline else { return Vec::new() };
    let mut found = Vec::new();
    let mut paragraphs = 0;
    let behind = headline + 1..pieces.len().min(headline + 1 + BEHIND);
    for at in behind.chain(headline.saturating_sub(BEFORE)..headline) {
        let Some(piece) = pieces.get(at) else { break };
        let words = piece.text.split_whitespace().count();
        paragraphs += usize::from(at > headline && words >= 25);
        if paragraphs > 1 && at > headline {
            continue;
        }
        // The first lines under the headline are the article's own, whatever their classes say.
        let near = at > headline && at <= headline + 4;
        let elsewhere = render::FORM | render::FOOTER | render::ADVERT | render::HIDDEN;
        let apart = if near { elsewhere } else { elsewhere | (APART & !(render::TAGS | render::BIOGRAPHY)) };
        if words > 16 || piece.text.len() > 140 || piece.place & apart != 0 {
            continue;
        }
        let Some(date) = read(&piece.text) else { continue };
        let label = at.checked_sub(1).and_then(|above| pieces.get(above)).map_or("", |above| above.text.as_str());
        let labelled = label.split_whitespace().count() <= 3 && is_revision(label);
        found.push(Printed { date, revised: labelled || is_revision(&piece.text) });
    }
    found
}

/// Whether a line tells of a change and not of a first publication.
fn is_revision(line: &str) -> bool {
    const CHANGED: &[&str] = &[
        "updated",
        "modified",
        "revised",
        "last edited",
        "last changed",
        "aktualisiert",
        "zuletzt",
        "letzte änderung",
        "stand:",
        "mis à jour",
        "modifié",
        "actualizado",
        "aggiornato",
        "atualizado",
        "bijgewerkt",
        "uppdaterad",
        "opdateret",
        "oppdatert",
        "zaktualizowano",
        "обновлено",
        "güncelle",
        "diperbarui",
    ];
    const FIRST: &[&str] = &["publi", "posted", "veröffentlicht", "pubblicat", "опубликован", "yayın"];
    let lower = line.to_lowercase();
    CHANGED.iter().any(|word| lower.contains(word)) && !FIRST.iter().any(|word| lower.contains(word))
}

/// Which of two numbers before the year is the day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Unknown: "3/4/2020" is not read.
    Either,
    DayFirst,
    MonthFirst,
}

/// The order in which the page's country writes day and month, by the language it declares.
fn order(nodes: &[Node]) -> Order {
    let declared = nodes.iter().find(|node| node.name == "html").and_then(|html| html.attribute("lang"));
    let declared = declared.unwrap_or("").trim().to_lowercase().replace('_', "-");
    match declared.split_once('-') {
        Some(("en", "us")) => Order::MonthFirst,
        Some(("en", "gb" | "uk" | "au" | "nz" | "ie" | "in" | "ke" | "ng")) => Order::DayFirst,
        _ => match declared.split('-').next() {
            // The Americas write Spanish as Spain does.
            Some("de" | "fr" | "es" | "it" | "pt" | "nl" | "el" | "tr" | "pl" | "ru" | "id" | "vi" | "ar" | "he") => {
                Order::DayFirst
            }
            _ => Order::Either,
        },
    }
}

/// "23.09.22" as "23.09.2022", and "3/4/2020" with its month named where the page's country tells which it is.
fn spelled_out(text: &str, order: Order) -> String {
    let spell = |word: &str| {
        let trimmed = word.trim_end_matches([',', ';', '|']);
        for mark in ['.', '/'] {
            let parts: Vec<&str> = trimmed.split(mark).collect();
            let [first, second, year] = parts[..] else { continue };
            let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            let long = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
            if !short(first) || !short(second) || !(short(year) && year.len() == 2 || long) {
                continue;
            }
            let century = if long { "" } else { "20" };
            if mark == '.' {
                return format!("{first}.{second}.{century}{year}");
            }
            let over = |part: &str| part.parse::<u8>().is_ok_and(|value| value > 12);
            return match order {
                Order::DayFirst if !over(second) => format!("{first}.{second}.{century}{year}"),
                Order::MonthFirst if !over(first) => format!("{second}.{first}.{century}{year}"),
                _ => word.to_string(),
            };
        }
        word.to_string()
    };
    if !text.contains(['.', '/']) {
        return text.to_string();
    }
    let mut words = text.split([' ', '\n']).map(spell);
    let first = words.next().unwrap_or_default();
    words.fold(first, |all, word| all + " " + &word)
}

/// A date in the data that a page's scripts carry.
fn scripted(nodes: &[Node]) -> Option<String> {
    const KEYS: &[&str] = &[
        "\"datePublished\"",
        "\"published_at\"",
        "\"publishedDate\"",
        "\"publish_date\"",
        "\"publishDate\"",
        "\"publishedAt\"",
        "\"pubDate\"",
        "\"firstPublished\"",
        "\"datePosted\"",
    ];
    nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.name == "script")
        .filter_map(|(at, _)| nodes.get(at + 1).filter(|child| child.is_text()))
        .find_map(|script| {
            KEYS.iter().find_map(|key| {
                let (_, rest) = script.text.split_once(key)?;
                let value = rest.trim_start_matches([' ', ':', '"', '\n', '\t']);
                let value: String = value.chars().take(30).take_while(|ch| *ch != '"').collect();
                document_date(&value).and_then(whole)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::html::read;

    fn date(head: &str, body: &str, url: Option<&str>) -> Option<String> {
        let paragraph = "The ministers of the two countries met on a ferry and talked for an hour about fish, about ice \
            and about the price of the crossing, an official of one of them said afterwards.";
        let html = format!(
            "<html lang=\"en-GB\"><head><title>Ministers meet on the ferry</title>{head}</head><body>{body}<p>{paragraph}</p></body></html>"
        );
        read(&html, url).published
    }

    const STAMP: &str = "<meta property=article:published_time content=2011-03-04T02:05:00+00:00>";

    #[test]
    fn the_houses_own_day_goes_before_that_of_universal_time() {
        let headline = "<h1>Ministers meet on the ferry</h1>";
        let printed = format!("{headline}<div>3 March 2011, 9:05 pm</div>");
        assert_eq!(date(STAMP, &printed, None).as_deref(), Some("2011-03-03T21:05"));
        let address = "https://news.example/2011/03/03/ministers-meet";
        assert_eq!(date(STAMP, headline, Some(address)).as_deref(), Some("2011-03-03"));
        // A date that is further off is another story's.
        let other = format!("{headline}<div>7 January 2009</div>");
        assert_eq!(date(STAMP, &other, None).as_deref(), Some("2011-03-04T02:05"));
        assert_eq!(date(&STAMP.replace("+00:00", "+01:00"), &printed, None).as_deref(), Some("2011-03-04T02:05"));
    }

    #[test]
    fn a_text_that_prints_only_its_revision_is_of_that_day() {
        let headline = "<h1>Ministers meet on the ferry</h1>";
        let revised = format!("{headline}<div>Updated 9 May 2012</div>");
        assert_eq!(date(STAMP, &revised, None).as_deref(), Some("2012-05-09"));
        let both = format!("{headline}<div>Published 4 March 2011</div><div>Updated 9 May 2012</div>");
        assert_eq!(date(STAMP, &both, None).as_deref(), Some("2011-03-04T02:05"));
    }

    #[test]
    fn a_line_under_the_headline_dates_a_page_without_stamp() {
        let body = "<h1>Ministers meet on the ferry</h1><div class=teaser-meta>By Ann Lee, 5 May 2011</div>";
        assert_eq!(date("", body, None).as_deref(), Some("2011-05-05"));
    }

    #[test]
    fn day_and_month_in_the_order_of_the_pages_country() {
        assert_eq!(spelled_out("on 3/4/2020 in Oslo", Order::DayFirst), "on 3.4.2020 in Oslo");
        assert_eq!(spelled_out("3/4/2020", Order::MonthFirst), "4.3.2020");
        assert_eq!(spelled_out("3/4/2020", Order::Either), "3/4/2020");
        assert_eq!(spelled_out("23.09.22, 14:00", Order::Either), "23.09.2022 14:00");
        assert_eq!(spelled_out("2.5 million", Order::DayFirst), "2.5 million");
    }
}
