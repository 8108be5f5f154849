//! Who published the article and who wrote it: outlet, origin, authors and date, from the lines around the body.

use super::lines::{Ending, Line};
use super::phrases::{self, Furniture};
use crate::when::document_date;
use std::sync::LazyLock;

/// Where things stand on the page, as line indexes.
pub(super) struct Layout<'a> {
    pub text: &'a str,
    pub lines: &'a [Line],
    /// The first line of the body; equal to `end` if there is no body.
    pub body: usize,
    /// One past its last line.
    pub end: usize,
    /// The headline's line.
    pub title: Option<usize>,
    /// Where the readers' comments begin and end.
    pub comments: Option<(usize, usize)>,
    /// Which lines are captions or photo credits.
    pub captions: &'a [bool],
}

/// What the lines tell of the article's making.
#[derive(Debug, Default)]
pub(super) struct Imprint {
    pub outlet: Option<String>,
    pub origin: Option<String>,
    pub byline: Vec<String>,
    pub published: Option<String>,
}

impl Layout<'_> {
    fn text_of(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| line.span.of(self.text))
    }

    /// Lines before the body, nearest first.
    fn before(&self) -> impl Iterator<Item = usize> {
        (0..self.body.min(self.lines.len())).rev().take(60)
    }

    /// Lines after the body that are no comments, nearest first.
    fn after(&self) -> impl Iterator<Item = usize> + '_ {
        let inside = move |at: &usize| self.comments.is_some_and(|(first, end)| (first..end).contains(at));
        (self.end..self.lines.len()).filter(move |at| !inside(at)).take(60)
    }
}

/// Reads the imprint.
pub(super) fn read(page: &Layout) -> Imprint {
    let mut byline = Byline::read(page);
    let head = page.text_of(page.body);
    let copyright = copyright(page);
    let mut origin = dateline_house(head)
        .or_else(|| (page.body + 1..page.end.min(page.body + 4)).find_map(|at| dateline_house(page.text_of(at))))
        .or_else(|| byline.house.take())
        .or_else(|| signed_house(page))
        .or_else(|| copyright.near.clone());
    let mut outlet = copyright.far.clone().or_else(|| named_outlet(page)).or_else(|| self_reference(page));
    if outlet.is_none() && copyright.near.is_some() && origin != copyright.near {
        outlet = copyright.near.clone();
    }
    // A page that names one house only is that house's.
    if outlet.is_none() && !is_pointer(page, origin.as_deref()) {
        outlet = origin.clone();
    }
    origin = origin.or_else(|| outlet.clone());
    byline.names.retain(|name| house(name).is_none() && Some(name) != outlet.as_ref() && Some(name) != origin.as_ref());
    Imprint { outlet, origin, byline: byline.names, published: published(page) }
}

/// The house's name as it is commonly written, if `name` is one of the table's forms.
pub(super) fn house(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_end_matches(['.', ',']);
    HOUSES.iter().find(|(form, _)| form.eq_ignore_ascii_case(name) && same_case(form, name)).map(|(_, house)| *house)
}

/// The forms of the table, each with the name that it stands for.
static HOUSES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/page/houses.csv").lines().skip(1).filter_map(|row| row.split_once(','));
    rows.flat_map(|(name, forms)| forms.split('|').map(move |form| (form, name))).collect()
});

/// "Ap" is no house; "REUTERS" is.
fn same_case(form: &str, name: &str) -> bool {
    form == name || name.chars().all(|ch| !ch.is_lowercase())
}

/// The name as a house, tidied: a known one in its common form, another as it stands.
fn tidy(name: &str) -> String {
    house(name).map_or_else(|| name.trim().to_string(), str::to_string)
}

/// The agency of a dateline: "PARIS (Reuters) -", "MOSCOW, November 11. /TASS/", "(EFE).-".
fn dateline_house(body: &str) -> Option<String> {
    let mut cut = body.len().min(110);
    while !body.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = &body[..cut];
    for (open, _) in head.match_indices('(') {
        let Some(close) = head[open..].find(')').map(|close| open + close) else { break };
        let (inside, after) = (&head[open + 1..close], head[close + 1..].trim_start_matches(['.', ':']).trim_start());
        if is_house_like(inside) && after.starts_with(['-', '–', '—', '―']) {
            return Some(tidy(
                inside.split([',', '/', '-']).next().filter(|first| house(first).is_some()).unwrap_or(inside),
            ));
        }
    }
    let mut slashes = head.match_indices('/').map(|(at, _)| at);
    while let (Some(open), Some(close)) = (slashes.next(), slashes.clone().next()) {
        let inside = &head[open + 1..close];
        let stands = head[..open].ends_with(' ') && head[close + 1..].starts_with(['.', ' ', '-']);
        if stands && inside.len() >= 3 && is_house_like(inside) && inside.chars().all(|ch| !ch.is_lowercase()) {
            return Some(tidy(inside));
        }
    }
    // "PARIS, May 3, AP - The" and "AP - The".
    let dash = head.find(" - ").or_else(|| head.find(" – ")).or_else(|| head.find(" — "))?;
    let last = head[..dash].rsplit([',', ' ']).next()?;
    house(head[..dash].trim()).or_else(|| house(last)).map(str::to_string)
}

fn is_house_like(name: &str) -> bool {
    let words = name.split(' ').count();
    (1..=4).contains(&words)
        && (2..=40).contains(&name.len())
        && name.chars().next().is_some_and(char::is_uppercase)
        && !name.bytes().any(|byte| byte.is_ascii_digit())
        && name.split(' ').filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count() * 2 > words
}

/// "Orbita - On Wednesday …" with "By Orbita" below; "Credit: Reuters"; "May 3, 2010|Reuters"; "more at example.com".
fn signed_house(page: &Layout) -> Option<String> {
    let head = page.text_of(page.body);
    if let Some((name, _)) = head.split_once(" - ").or_else(|| head.split_once(" – "))
        && name.len() <= 40
        && is_house_like(name)
    {
        let signed = format!("By {name}");
        if page.after().take(6).any(|at| page.text_of(at).trim_end_matches('.') == signed) {
            return Some(name.to_string());
        }
    }
    let near = page.before().take(12).chain(page.after().take(8));
    near.filter(|&at| page.lines.get(at).is_some_and(|line| line.words <= 12)).find_map(|at| {
        let line = page.text_of(at);
        for label in ["Credit:", "Source:", "Source :", "Quelle:", "Fuente:"] {
            if let Some(name) = line.strip_prefix(label).map(str::trim)
                && is_house_like(name)
            {
                return Some(tidy(name));
            }
        }
        if let Some(domain) = line.strip_prefix("more at ").or_else(|| line.strip_prefix("More at ")) {
            return domain_house(domain, page.text);
        }
        let (date, name) = line.rsplit_once(['|', '•', '·'])?;
        (document_date(date).is_some()).then(|| house(name)).flatten().map(str::to_string)
    })
}

/// A domain as a house's name: as the text writes it, else in capitals if it is short.
fn domain_house(domain: &str, text: &str) -> Option<String> {
    let host = domain.trim().trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let name = host.split(['.', '/']).next().filter(|name| name.len() >= 2 && name.is_ascii())?;
    let upper = name.to_ascii_uppercase();
    let _ = text;
    Some(house(&upper).map_or_else(
        || if name.len() <= 5 { upper.clone() } else { host.split('/').next().unwrap_or(host).to_string() },
        str::to_string,
    ))
}

/// Whether the page only points to the house ("more at example.com") and so is not its own.
fn is_pointer(page: &Layout, origin: Option<&str>) -> bool {
    let Some(origin) = origin else { return false };
    let pointed = |at| {
        let line = page.text_of(at);
        line.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("more at "))
            && domain_house(&line[8..], page.text).as_deref() == Some(origin)
    };
    page.after().take(8).any(pointed)
}

/// The holders of the copyright: the one named right under the body, and the one named elsewhere on the page.
#[derive(Default)]
struct Copyright {
    near: Option<String>,
    far: Option<String>,
}

fn copyright(page: &Layout) -> Copyright {
    let mut found = Copyright::default();
    for at in page.after().chain(page.before()) {
        let Some(line) = page.lines.get(at).filter(|line| line.furniture == Some(Furniture::Copyright)) else {
            continue;
        };
        let Some(name) = copyright_holder(line.span.of(page.text)) else { continue };
        let near = at >= page.end && at - page.end <= 4;
        let place = if near { &mut found.near } else { &mut found.far };
        place.get_or_insert(name);
    }
    if found.far == found.near {
        found.near = None;
    }
    found
}

/// "Copyright 2021 NPR. To see more …", "© 2024 Connecticut Public", "™ & © 2022 Cable News Network, Inc.", "The-CNN-Wire".
fn copyright_holder(line: &str) -> Option<String> {
    if let Some(name) = line.strip_prefix("The-").and_then(|rest| rest.strip_suffix("-Wire")) {
        return Some(tidy(name));
    }
    let lower = line.to_ascii_lowercase();
    let at = lower
        .find('©')
        .map(|at| at + '©'.len_utf8())
        .or_else(|| lower.find("copyright").map(|at| at + 9))
        .or_else(|| lower.find("(c)").map(|at| at + 3))?;
    let mut rest = line.get(at..)?;
    loop {
        let shorter = rest
            .trim_start_matches([' ', ',', '.', ':', '-', '–', '©', '|', '\u{a0}'])
            .trim_start_matches(|ch: char| ch.is_ascii_digit())
            .trim_start_matches("(c)")
            .trim_start_matches("by ")
            .trim_start_matches("Copyright")
            .trim_start_matches("copyright");
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    let stop = [". ", ", ", " All ", " all ", " | ", " - ", " – ", ";", " (", " Inc", " Ltd", " LLC", " GmbH", " 20"];
    let end = stop.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
    let name = rest[..end].trim().trim_end_matches(['.', ',', ':']);
    if name.starts_with("All ") || name.starts_with("Rights") {
        return None;
    }
    let words = name.split_whitespace().count();
    ((1..=6).contains(&words) && name.chars().next().is_some_and(char::is_uppercase) && name.len() > 1)
        .then(|| tidy(name))
}

/// The outlet where the page names itself: a plea ("Support The Post!"), a title line ("The Post | Ministers meet"), a
/// masthead, a station's call sign.
fn named_outlet(page: &Layout) -> Option<String> {
    let mut furniture = (0..page.body.min(60)).chain(page.body..page.end).chain(page.after());
    let plea = furniture.find_map(|at| {
        let line = page.lines.get(at).filter(|line| line.furniture == Some(Furniture::Plea) && line.words <= 8)?;
        let line = line.span.of(page.text);
        let name = line
            .strip_prefix("Support ")
            .or_else(|| line.strip_prefix("SUPPORT "))
            .or_else(|| line.strip_prefix("Subscribe to "))?;
        let name = name.trim_end_matches(['!', '.']).trim();
        is_house_like(name).then(|| name.to_string())
    });
    let headline = page.title.map(|at| page.text_of(at));
    let titled = || {
        let headline = headline?;
        (0..page.body.min(12)).find_map(|at| beside(page.text_of(at), headline))
    };
    let masthead = || {
        let line = page.lines.first().filter(|_| page.title.is_some_and(|title| title > 0) && page.body > 0)?;
        let text = line.span.of(page.text);
        let name = text.split(['>', '|', '»']).next()?.trim();
        let letters = name.chars().filter(|ch| ch.is_alphabetic()).count();
        let words = name.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count();
        let apart =
            page.title != Some(0) && line.hash != page.title.and_then(|at| page.lines.get(at)).map_or(0, |l| l.hash);
        let named = line.furniture.is_none() && line.digits == 0 && line.ending == Ending::Open && apart;
        (named && letters >= 4 && words <= 4 && is_titled(name) && !page.captions.first().copied().unwrap_or(false))
            .then(|| name.to_string())
    };
    let station = || {
        page.after().find_map(|at| {
            let line = page.lines.get(at).filter(|line| line.furniture.is_some())?;
            let mut words = line.span.of(page.text).split_whitespace().filter(|word| is_call_sign(word));
            match (words.next(), words.next()) {
                (Some(only), None) => Some(only.to_string()),
                _ => None,
            }
        })
    };
    let issuer = || {
        let lines = (0..page.body.min(12)).chain(page.after().take(12));
        lines.filter_map(|at| issuer(page.text_of(at))).next().map(str::to_string)
    };
    plea.or_else(issuer).or_else(titled).or_else(masthead).or_else(station)
}

/// The government office that a release names in a line of its own above its text.
fn issuer(line: &str) -> Option<&'static str> {
    const ISSUERS: &[(&str, &str)] = &[
        ("office of the press secretary", "The White House"),
        ("office of the vice president", "The White House"),
        ("office of the spokesperson", "U.S. Department of State"),
        ("office of the spokesman", "U.S. Department of State"),
        ("department press briefing", "U.S. Department of State"),
        ("daily press briefing", "U.S. Department of State"),
    ];
    let line = line.trim().to_lowercase();
    // "Department Press Briefing - August 23, 2018".
    let named = |office: &str| {
        line == office
            || line.strip_prefix(office).is_some_and(|rest| rest.starts_with([' ', '-', '–', ':']) && rest.len() < 30)
    };
    ISSUERS.iter().find(|(office, _)| named(office)).map(|(_, issuer)| *issuer)
}

/// Broadcasting stations of the United States are called K or W and two or three letters more.
fn is_call_sign(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['K', 'W']) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What stands beside the headline in a line that repeats it: "The Post | Ministers meet", "Ministers meet - The Post".
fn beside(line: &str, headline: &str) -> Option<String> {
    for joint in [" | ", " — ", " – ", " - ", " » ", " :: ", " • "] {
        let other = if let Some(rest) = line.strip_suffix(headline) {
            rest.strip_suffix(joint)
        } else {
            line.strip_prefix(headline).and_then(|rest| rest.strip_prefix(joint))
        };
        if let Some(name) = other.map(str::trim).filter(|name| is_house_like(name)) {
            return Some(name.to_string());
        }
    }
    None
}

fn is_titled(name: &str) -> bool {
    let small = ["of", "the", "and", "for", "de", "la", "le", "der", "die", "das", "&", "on", "in"];
    let mut words = name.split(' ');
    words.all(|word| {
        small.contains(&word) || word.chars().next().is_some_and(|ch| ch.is_uppercase() || !ch.is_alphabetic())
    })
}

/// The outlet where its own text speaks of it: a speaker "told the Harbour Post" on a page whose pictures are credited
/// to "HP"; an editor's note on "the Courier journalist who wrote this".
fn self_reference(page: &Layout) -> Option<String> {
    let credits = (0..page.body.min(page.lines.len())).filter(|at| page.captions.get(*at).copied().unwrap_or(false));
    let initials: Vec<&str> = credits
        .flat_map(|at| page.text_of(at).rsplit([' ', '/', ':', '(']).take(1))
        .map(|word| word.trim_end_matches(')'))
        .filter(|word| (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()))
        .collect();
    let body = page.lines.get(page.body..page.end)?;
    for line in body.iter().take(40) {
        let text = line.span.of(page.text);
        for (at, cue) in text.match_indices("told the ").chain(text.match_indices("told ")) {
            let name: Vec<&str> = text[at + cue.len()..]
                .split(' ')
                .take_while(|w| w.chars().next().is_some_and(char::is_uppercase))
                .take(4)
                .collect();
            let name: Vec<&str> = name.iter().map(|word| word.trim_end_matches([',', '.', '"', '”'])).collect();
            let short: String = name.iter().filter_map(|word| word.chars().next()).collect();
            if name.len() >= 2 && initials.contains(&short.as_str()) {
                return Some(name.join(" "));
            }
        }
    }
    // An editor's note signs itself.
    let last = body.last().map(|line| line.span.of(page.text))?;
    let note =
        last.strip_suffix("Editor").or_else(|| last.strip_suffix("Ed.")).or_else(|| last.strip_suffix("Editor."))?;
    if !note.trim_end().ends_with(['-', '–', '—']) {
        return None;
    }
    let words: Vec<&str> = note.split(' ').collect();
    words.windows(2).find_map(|pair| match pair {
        [name, role] if matches!(*role, "journalist" | "reporter" | "correspondent" | "newspaper") => {
            is_house_like(name).then(|| name.to_string())
        }
        _ => None,
    })
}

/// The authors, and the house that stands among them.
#[derive(Default)]
pub(super) struct Byline {
    pub names: Vec<String>,
    pub house: Option<String>,
}

impl Byline {
    fn read(page: &Layout) -> Byline {
        let around = page.before().take(30).chain(page.after().take(6)).chain(page.body..page.end.min(page.body + 2));
        for at in around {
            let Some(line) = page.lines.get(at).filter(|line| line.words <= 40) else { continue };
            if let Some(found) = by_line(line.span.of(page.text)) {
                return found;
            }
        }
        Byline { names: name_above(page).or_else(|| name_below(page)).into_iter().collect(), house: None }
    }
}

/// "By Ann Lee, Bob Day and Cy Fox, CNN", "by CNN's Ann Lee", "By IANS,", "Von Ann Lee".
pub(super) fn by_line(line: &str) -> Option<Byline> {
    let line = line.trim();
    let rest = [
        "By ",
        "by ",
        "BY ",
        "By: ",
        "Von ",
        "Par ",
        "Por ",
        "Written by ",
        "Posted by ",
        "Author: ",
        "Autor: ",
        "Автор: ",
    ]
    .iter()
    .find_map(|label| line.strip_prefix(label))?;
    // A date or a place may follow on the same line.
    let rest = rest.split(['|', '•', '·', '/', '(', '–', '—']).next().unwrap_or(rest);
    let rest = rest.split(" - ").next().unwrap_or(rest);
    let rest = rest.split(" on ").next().unwrap_or(rest);
    let mut found = Byline::default();
    for part in rest
        .replace(" and ", ", ")
        .replace(" und ", ", ")
        .replace(" & ", ", ")
        .replace(" et ", ", ")
        .replace(" y ", ", ")
        .split(',')
    {
        let mut part = part.trim().trim_end_matches(['.', ':', ';']);
        part = part.strip_prefix("and ").unwrap_or(part);
        for mark in ["'s ", "’s "] {
            if let Some((owner, name)) = part.split_once(mark) {
                found.house.get_or_insert(tidy(owner));
                part = name;
            }
        }
        if part.is_empty() {
            continue;
        }
        if let Some(house) = house(part) {
            found.house.get_or_insert(house.to_string());
        } else if is_person(part) {
            found.names.push(without_title(part).to_string());
        } else if found.names.is_empty() && found.house.is_none() {
            return is_house_like(part).then(|| Byline { names: Vec::new(), house: Some(part.to_string()) });
        } else {
            break;
        }
    }
    (found.house.is_some() || !found.names.is_empty()).then_some(found)
}

/// Two to five words that begin with capitals, small particles aside.
fn is_person(name: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "van", "der", "von", "den", "la", "al", "bin", "da", "di", "del", "el", "le", "du", "dos", "ben", "ter",
        "zu",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            let first = word.chars().next().unwrap_or(' ');
            first.is_uppercase() && word.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '.' | '-' | '\'' | '’'))
                || PARTICLES.contains(word)
        })
        && words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count() >= 2
}

fn without_title(name: &str) -> &str {
    const TITLES: &[&str] = &[
        "Professor",
        "Prof.",
        "Prof",
        "Dr",
        "Dr.",
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Sir",
        "Amb.",
        "Ambassador",
    ];
    match name.split_once(' ') {
        Some((title, rest)) if TITLES.contains(&title) && rest.contains(' ') => rest,
        _ => name,
    }
}

/// A name on a line of its own between headline and body.
fn name_above(page: &Layout) -> Option<String> {
    let from = page.title? + 1;
    (from..page.body).rev().take(8).find_map(|at| {
        let line = page
            .lines
            .get(at)
            .filter(|line| line.furniture.is_none() && !page.captions.get(at).copied().unwrap_or(false))?;
        let text = line.span.of(page.text);
        let handle = page.text_of(at + 1).starts_with('@');
        let repeated = page.lines.get(from - 1).is_some_and(|title| title.hash == line.hash);
        (!handle && !repeated && line.ending != Ending::Colon && is_person(text) && house(text).is_none())
            .then(|| without_title(text).to_string())
    })
}

/// A name under the body with a few words about its bearer: "Ann Lee covers …", or the name alone and then the words.
fn name_below(page: &Layout) -> Option<String> {
    let mut folded = String::new();
    page.after().take(8).find_map(|at| {
        let line = page.lines.get(at)?;
        let text = line.span.of(page.text);
        if is_person(text) && line.furniture.is_none() && is_biography(text, page.text_of(at + 1)) {
            return Some(without_title(text).to_string());
        }
        let words: Vec<&str> = text.split(' ').collect();
        let verb = words.iter().take(5).position(|word| {
            matches!(*word, "is" | "has" | "covers" | "reports" | "writes" | "was" | "joined" | "works")
        })?;
        let name = words.get(..verb)?.join(" ");
        phrases::fold(text, &mut folded);
        const TRADE: &[&str] = &[
            "reporter",
            "correspondent",
            "reporting",
            "reports",
            "covers",
            "covering",
            "editor",
            "writer",
            "journalist",
            "columnist",
            "freelance",
            "bureau",
            "contributor",
            "author",
            "fellow",
            "professor",
            "analyst",
        ];
        (line.words >= 6 && is_person(&name) && folded.split(' ').any(|word| TRADE.contains(&word)))
            .then(|| without_title(&name).to_string())
    })
}

/// Whether `below` tells about the person whom the line above it names.
pub(super) fn is_biography(name: &str, below: &str) -> bool {
    let Some(family) = name.split_whitespace().next_back().filter(|family| family.len() > 1) else { return false };
    let head: Vec<&str> = below.split(' ').take(9).collect();
    let named = head.iter().take(6).any(|word| word.trim_end_matches([',', '.']).eq_ignore_ascii_case(family));
    named
        && head
            .iter()
            .any(|word| matches!(*word, "is" | "was" | "has" | "covers" | "writes" | "reports" | "works" | "joined"))
}

/// The date of publication: labelled so, else beside the headline, else from the dateline, else from an update.
fn published(page: &Layout) -> Option<String> {
    let mut best: Option<(u8, String)> = None;
    let mut offer = |rank: u8, date: Option<String>| {
        if let Some(date) = date {
            // A partial date goes behind every full one.
            let rank = rank
                + if date.starts_with('X') {
                    20
                } else if date.len() < 10 {
                    10
                } else {
                    0
                };
            if best.as_ref().is_none_or(|(other, _)| rank < *other) {
                best = Some((rank, date));
            }
        }
    };
    for at in page.before().chain(page.body..page.end.min(page.body + 2)) {
        let Some(line) = page.lines.get(at).filter(|line| line.digits > 0) else { continue };
        let text = line.span.of(page.text);
        if at >= page.body || line.words > 25 {
            // Only what stands at the very start of a paragraph dates it.
            offer(5, dateline_date(text));
            continue;
        }
        let lower = text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if line.furniture == Some(Furniture::Copyright) || page.captions.get(at).copied().unwrap_or(false) {
            continue;
        }
        let rank = match (has(&["publi", "posted", "first"]), has(&["updat", "modif", "aktualis"])) {
            (true, _) => 0,
            (false, false) => 2,
            (false, true) => 4,
        };
        // The headline's own dates are what it is about.
        if page.title == Some(at) || line.words > 14 && rank == 2 {
            continue;
        }
        let next = page.text_of(at + 1);
        let clock = next.len() <= 20 && next.contains(':') && document_date(next).is_none();
        let date = document_date(text);
        let timed = if clock && date.is_some() { document_date(&format!("{text} {next}")) } else { None };
        offer(rank, timed.or(date));
    }
    for at in page.after().take(30) {
        let Some(line) = page.lines.get(at).filter(|line| line.digits > 0 && line.words <= 16) else { continue };
        let text = line.span.of(page.text);
        let lower = text.to_lowercase();
        if lower.starts_with("publish") || lower.starts_with("posted") || lower.starts_with("first published") {
            offer(1, document_date(text));
        } else if lower.starts_with("last update") || lower.starts_with("updated") || lower.starts_with("last modified")
        {
            offer(6, document_date(text));
        }
    }
    best.map(|(_, date)| date)
}

/// "ISLAMABAD, Dec 6:", "4th February 2023 - (Beijing)", "date 2023-02-17 Another".
fn dateline_date(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("date ") {
        return rest.split(' ').next().and_then(document_date);
    }
    let mut cut = text.len().min(80);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = &text[..cut];
    let stop = [" - ", " – ", " — ", ": ", ") ", "/."]
        .iter()
        .filter_map(|stop| head.find(stop).map(|at| at + stop.len()))
        .min();
    let opens = head.trim_start().starts_with("date ") || head.trim_start().starts_with(|ch: char| ch.is_ascii_digit());
    let head = match stop {
        Some(stop) => &head[..stop],
        None if opens => head.get(..head.len().min(24)).unwrap_or(""),
        None => return None,
    };
    // A sentence that happens to name a date is no dateline.
    let small = head.split(' ').filter(|w| w.len() > 3 && w.chars().next().is_some_and(char::is_lowercase)).count();
    if small > 1 {
        return None;
    }
    document_date(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn houses_of_datelines() {
        for (text, expected) in [
            ("OSLO (Reuters) - The minister", Some("Reuters")),
            ("OSLO, May 3 (Fjord Press) – The minister", Some("Fjord Press")),
            ("OSLO, May 3. /NORDA/. The minister", Some("NORDA")),
            ("(EFE).- The minister", Some("EFE")),
            ("OSLO, AP — The minister", Some("AP")),
            ("OSLO (on Monday) - The minister", None),
            ("The minister (left) and his wife", None),
            ("3 May 2011 - (Oslo) The minister", None),
        ] {
            assert_eq!(dateline_house(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn authors_and_their_house() {
        let read = |line: &str| by_line(line).map(|found| (found.names, found.house));
        let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        assert_eq!(
            read("By Ann Lee, Bob Day and Cy Fox, CNN"),
            Some((names(&["Ann Lee", "Bob Day", "Cy Fox"]), Some("CNN".into())))
        );
        assert_eq!(read("By CNN's Ann Lee"), Some((names(&["Ann Lee"]), Some("CNN".into()))));
        assert_eq!(read("by Ann van der Lee | May 3, 2010"), Some((names(&["Ann van der Lee"]), None)));
        assert_eq!(read("By IANS,"), Some((vec![], Some("IANS".into()))));
        assert_eq!(read("By the time he called, nobody was there."), None);
    }

    #[test]
    fn holders_of_copyright() {
        for (line, expected) in [
            ("Copyright 2011 NPR. To see more, visit our site.", Some("NPR")),
            ("© 2011-2014 Fjord Public Radio", Some("Fjord Public Radio")),
            ("™ & © 2011 Cable News Network, Inc., a company. All rights reserved.", Some("CNN")),
            ("© All rights reserved.", None),
            ("The-CNN-Wire", Some("CNN")),
        ] {
            assert_eq!(copyright_holder(line).as_deref(), expected, "{line}");
        }
    }
}
