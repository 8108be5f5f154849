//! Figures of `who`.
//!
//! - `names`: exact spans of people, organizations and places against the annotated names, micro F1 over the three. (Not on
//!   `uner`, from which the model of names learns.)
//! - `titled`: of each titled name whose country the words beside it tell ("Russian Foreign Minister Sergei Lavrov",
//!   "President Emmanuel Macron of France"), and of each later title with that family name alone ("President Macron"),
//!   whether the entity of the mention has that person's full name and that country. What is expected is found here by a
//!   pattern of its own, over the plain text and the country names alone.
//! - `pronouns`: of each personal pronoun that the annotators link to a person named before, whether ours has a mention of
//!   that person's name in common with it. A rough guide, not coreference scoring.

use super::{Bench, Figure, f1};
use reader::language::Sentence;
use reader::page::{Block, Page};
use reader::span::Span;
use reader::who::EntityKind;
use std::collections::{BTreeMap, BTreeSet};

/// Scores the stage.
pub fn score(bench: &Bench) -> std::io::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    names(
        bench,
        "newswire-ner",
        &bench.lines("data/worldwide-newswire-ner/wwn.dev.jsonl.gz")?,
        "label",
        &["Person", "Organization", "Location"],
        &mut figures,
    );
    let readouts = bench.lines("data/wh-readouts/readouts.dev.jsonl.gz")?;
    let re3d = bench.lines("data/re3d/re3d.dev.jsonl")?;
    let countries = countries();
    for (name, lines) in [("wh-readouts", &readouts), ("re3d", &re3d)] {
        titled(bench, name, lines, &countries, &mut figures);
    }
    pronouns(bench, &mut figures)?;
    speed(bench, &readouts, &mut figures);
    Ok(figures)
}

/// A text as an article whose paragraphs are its lines, with its sentences.
fn article(text: &str, date: Option<&str>) -> (Page, Vec<Sentence>) {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            blocks
                .push(Block { kind: reader::codes::BlockKind::Paragraph, span: Span::new(start, start + body.len()) });
        }
        at += line.len();
    }
    let page = Page { text: text.to_string(), blocks, published: date.map(str::to_string), ..Page::default() };
    let sentences = reader::language::split(&page.text, &page.blocks);
    (page, sentences)
}

/// The byte offset of each code point, and the end.
fn offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn names(
    bench: &Bench,
    data: &str,
    lines: &[serde_json::Value],
    key: &str,
    labels: &[&str; 3],
    figures: &mut Vec<Figure>,
) {
    const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];
    let mut right = [0usize; 3];
    let mut gold_count = [0usize; 3];
    let mut found_count = [0usize; 3];
    for line in lines {
        let Some(text) = line["text"].as_str() else { continue };
        let at = offsets(text);
        let mut gold: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        for entity in line["entities"].as_array().into_iter().flatten() {
            let label = entity[key].as_str().or_else(|| entity["type"].as_str()).unwrap_or("");
            let Some(class) = labels.iter().position(|l| *l == label) else { continue };
            let (Some(start), Some(end)) = (entity["start"].as_u64(), entity["end"].as_u64()) else { continue };
            if let (Some(&start), Some(&end)) = (at.get(start as usize), at.get(end as usize)) {
                gold.insert((start, end, class));
            }
        }
        let (page, sentences) = article(text, None);
        let found: BTreeSet<(usize, usize, usize)> = reader::who::names(&bench.reader.world, &page.text, &sentences)
            .into_iter()
            .filter_map(|(span, kind)| {
                Some((span.start as usize, span.end as usize, KINDS.iter().position(|k| *k == kind)?))
            })
            .collect();
        for &(.., class) in &gold {
            gold_count[class] += 1;
        }
        for &(.., class) in &found {
            found_count[class] += 1;
        }
        for &(.., class) in gold.intersection(&found) {
            right[class] += 1;
        }
        if bench.details {
            for &(start, end, class) in gold.difference(&found) {
                println!("  {data} missed {} [{}]", labels[class], &text[start..end]);
            }
            for &(start, end, class) in found.difference(&gold) {
                println!("  {data} spurious {} [{}]", labels[class], &text[start..end]);
            }
        }
    }
    let figure = |what: &str, right: usize, gold: usize, found: usize| {
        let rate = |of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
        Figure {
            name: format!("who/{data}/{what}"),
            value: f1(rate(found), rate(gold)),
            note: format!("{right} of {gold}, {found} found"),
        }
    };
    figures.push(figure("names_f1", right.iter().sum(), gold_count.iter().sum(), found_count.iter().sum()));
    for (class, what) in ["person_f1", "organization_f1", "place_f1"].into_iter().enumerate() {
        figures.push(figure(what, right[class], gold_count[class], found_count[class]));
    }
}

/// Country names and adjectives with their codes, the longest first.
fn countries() -> Vec<(String, String)> {
    let table = include_str!("../../../reader/data/world/countries.csv");
    let mut forms: Vec<(String, String)> = Vec::new();
    for line in table.lines().skip(1) {
        let mut fields: Vec<String> = vec![String::new()];
        let mut quoted = false;
        for ch in line.chars() {
            match (ch, fields.last_mut()) {
                ('"', _) => quoted = !quoted,
                (',', _) if !quoted => fields.push(String::new()),
                (ch, Some(field)) => field.push(ch),
                _ => {}
            }
        }
        let field = |index: usize| fields.get(index).map(String::as_str).unwrap_or("");
        for form in [field(5), field(6)].into_iter().chain(field(7).split('|')).chain(field(11).split('|')) {
            if form.len() > 1 {
                forms.push((form.to_string(), field(0).to_string()));
            }
        }
    }
    forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    forms
}

const TITLES: &[&str] = &[
    "Prime Minister",
    "Foreign Minister",
    "Vice President",
    "Defense Minister",
    "Defence Minister",
    "President",
    "Chancellor",
    "Secretary of State",
    "Foreign Secretary",
    "National Security Advisor",
    "Interior Minister",
    "Ambassador",
    "Crown Prince",
    "Minister",
];

/// A titled name that a pattern finds.
struct Expected {
    /// First byte of the name.
    name: usize,
    /// Its words.
    words: Vec<String>,
    country: String,
}

fn plain(word: &str) -> String {
    word.chars()
        .map(|c| match c.to_lowercase().next().unwrap_or(c) {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' | 'č' | 'ć' => 'c',
            'ñ' => 'n',
            'ğ' => 'g',
            'ş' | 'š' => 's',
            'ž' => 'z',
            'y' => 'i',
            c => c,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The words of the name that begins at `at`: capitalised, or particles before a capitalised one.
fn name_words(text: &str, at: usize) -> (Vec<String>, usize) {
    const PARTICLES: &[&str] = &["al", "bin", "von", "van", "der", "de", "da", "dos", "del", "el", "la"];
    let mut words = Vec::new();
    let mut end = at;
    let mut rest = &text[at..];
    loop {
        let trimmed = rest.trim_start_matches(' ');
        let length = trimmed
            .find(|c: char| !(c.is_alphabetic() || matches!(c, '-' | '.' | '\u{2019}' | '\'')))
            .unwrap_or(trimmed.len());
        let mut word = &trimmed[..length];
        let mut last = false;
        for ending in ["'s", "\u{2019}s"] {
            if let Some(stem) = word.strip_suffix(ending) {
                word = stem;
                last = true;
            }
        }
        // A full stop belongs to an initial or ends the sentence.
        if word.ends_with('.') && word.trim_end_matches('.').chars().count() > 2 {
            word = word.trim_end_matches('.');
            last = true;
        }
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if word.is_empty() || !capital && !PARTICLES.contains(&word) {
            break;
        }
        if ["Jr.", "Jr"].contains(&word)
            || ["Friday", "Monday", "Tuesday", "Wednesday", "Thursday", "Saturday", "Sunday"].contains(&word)
        {
            break;
        }
        words.push(word.to_string());
        end = text.len() - trimmed.len() + word.len();
        if last || words.len() == 6 {
            break;
        }
        rest = &text[end..];
        if !rest.starts_with(' ') {
            break;
        }
    }
    while words.last().is_some_and(|w| PARTICLES.contains(&w.as_str())) {
        words.pop();
    }
    (words, end)
}

fn expected(text: &str, countries: &[(String, String)]) -> Vec<Expected> {
    let mut found: Vec<Expected> = Vec::new();
    let mut bare: Vec<(usize, Vec<String>)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let boundary = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let title =
            TITLES.iter().find(|t| boundary && text[at..].starts_with(**t) && text[at + t.len()..].starts_with(' '));
        let Some(title) = title else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let name = at + title.len() + 1;
        let (words, end) = name_words(text, name);
        if words.is_empty() || TITLES.iter().any(|t| t.starts_with(words[0].as_str())) || words[0].len() < 2 {
            at = name;
            continue;
        }
        let before = text[..at].trim_end_matches(' ');
        let before = before.strip_suffix("'s").or_else(|| before.strip_suffix("\u{2019}s")).unwrap_or(before);
        let country = countries
            .iter()
            .find(|(form, _)| {
                before.ends_with(form.as_str())
                    && before[..before.len() - form.len()]
                        .chars()
                        .next_back()
                        .is_none_or(|c| !c.is_alphanumeric() && c != '-')
            })
            .or_else(|| {
                let after = text[end..].strip_prefix(" of ")?;
                let after = after.strip_prefix("the ").unwrap_or(after);
                countries.iter().find(|(form, _)| {
                    after.starts_with(form.as_str()) && !after[form.len()..].starts_with(|c: char| c.is_alphanumeric())
                })
            });
        match country {
            Some((_, code)) => found.push(Expected { name, words, country: code.clone() }),
            None => bare.push((name, words)),
        }
        at = end.max(name);
    }
    // "President Macron" later on, where one person of that family name was told in full.
    let full: Vec<(Vec<String>, String)> =
        found.iter().filter(|e| e.words.len() > 1).map(|e| (e.words.clone(), e.country.clone())).collect();
    for (name, words) in bare {
        let mut fitting: BTreeMap<String, (Vec<String>, String)> = BTreeMap::new();
        for (known, country) in &full {
            if words.len() == 1 && known.last().map(|w| plain(w)) == words.last().map(|w| plain(w)) {
                fitting.insert(country.clone(), (known.clone(), country.clone()));
            }
        }
        if let (1, Some((known, country))) = (fitting.len(), fitting.into_values().next()) {
            found.push(Expected { name, words: known, country });
        }
    }
    found
}

fn titled(
    bench: &Bench,
    data: &str,
    lines: &[serde_json::Value],
    countries: &[(String, String)],
    figures: &mut Vec<Figure>,
) {
    let (mut total, mut persons, mut governments, mut both) = (0, 0, 0, 0);
    for line in lines {
        let Some(text) = line["text"].as_str() else { continue };
        let text = text.replace('\n', " ");
        let date = line["date"].as_str();
        let wanted = expected(&text, countries);
        if wanted.is_empty() {
            continue;
        }
        let (page, sentences) = article(&text, date);
        let cast = reader::who::find(&bench.reader.world, &page, &sentences, date);
        for want in wanted {
            let mention =
                cast.mentions.iter().find(|m| (m.span.start as usize..m.span.end as usize).contains(&want.name));
            let entity = mention.and_then(|m| cast.entities.get(m.entity));
            let full = entity.and_then(|e| e.person.as_deref()).unwrap_or("");
            let have: Vec<String> = full.split([' ', '-']).map(plain).collect();
            let person = want.words.iter().flat_map(|w| w.split('-')).map(plain).filter(|w| w.len() > 2).any(|w| {
                let stem = |word: &str| word.chars().take(3).collect::<String>();
                have.iter().any(|h| {
                    *h == w || h.len() > 3 && w.len() > 3 && stem(h) == stem(&w) && h.len().abs_diff(w.len()) < 3
                })
            }) && have.len() > 1;
            let government = entity.and_then(|e| e.government.as_deref()) == Some(want.country.as_str());
            total += 1;
            persons += usize::from(person || want.words.len() == 1 && government);
            governments += usize::from(government);
            both += usize::from(government && (person || want.words.len() == 1));
            if bench.details && !(person && government) {
                println!(
                    "  {data} titled: wanted {} {}, found {:?}",
                    want.words.join(" "),
                    want.country,
                    entity.map(|e| (&e.name, &e.government))
                );
            }
        }
    }
    figures.push(Figure::rate(&format!("who/{data}/titled_person"), persons, total));
    figures.push(Figure::rate(&format!("who/{data}/titled_country"), governments, total));
    figures.push(Figure::rate(&format!("who/{data}/titled_both"), both, total));
}

fn pronouns(bench: &Bench, figures: &mut Vec<Figure>) -> std::io::Result<()> {
    let (mut total, mut right) = (0, 0);
    for line in bench.lines("data/gum-entities-dates/gum.dev.jsonl.gz")? {
        if line["genre"] != "news" && line["genre"] != "bio" && line["genre"] != "interview" {
            continue;
        }
        let Some(text) = line["text"].as_str() else { continue };
        let at = offsets(text);
        let (page, mut sentences) = article(text, line["dct"].as_str());
        let mut cast = reader::who::find(&bench.reader.world, &page, &sentences, line["dct"].as_str());
        for sentence in &mut sentences {
            bench.reader.model.parse(&page.text, sentence);
        }
        reader::who::resolve(&bench.reader.world, &page, &sentences, &mut cast);
        let entities: Vec<(usize, usize, &str)> = line["entities"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|e| {
                let group = e["group"].as_str()?;
                Some((*at.get(e["start"].as_u64()? as usize)?, *at.get(e["end"].as_u64()? as usize)?, group))
            })
            .collect();
        for &(start, end, group) in &entities {
            let word = text.get(start..end).unwrap_or("").to_lowercase();
            if !["he", "she", "his", "her", "him"].contains(&word.as_str()) {
                continue;
            }
            // Only those whom our own mentions can reach: named before, where we found the name.
            let named: BTreeSet<usize> = entities
                .iter()
                .filter(|(s, _, g)| *g == group && *s < start)
                .filter_map(|&(s, e, _)| {
                    cast.mentions
                        .iter()
                        .find(|m| {
                            m.kind == reader::who::MentionKind::Name
                                && m.span.start as usize >= s
                                && m.span.end as usize <= e
                        })
                        .map(|m| m.entity)
                })
                .collect();
            if named.is_empty() {
                continue;
            }
            total += 1;
            let ours = cast.mentions.iter().find(|m| m.span.start as usize == start && m.span.end as usize == end);
            right += usize::from(ours.is_some_and(|m| named.contains(&m.entity)));
        }
    }
    figures.push(Figure::rate("who/gum/pronouns", right, total));
    Ok(())
}

fn speed(bench: &Bench, lines: &[serde_json::Value], figures: &mut Vec<Figure>) {
    let articles: Vec<(Page, Vec<Sentence>)> =
        lines.iter().filter_map(|line| Some(article(line["text"].as_str()?, line["date"].as_str()))).collect();
    let started = std::time::Instant::now();
    let mut sentences = 0;
    for (page, split) in &articles {
        sentences += split.len();
        std::hint::black_box(reader::who::find(&bench.reader.world, page, split, page.published.as_deref()));
    }
    let seconds = started.elapsed().as_secs_f64();
    figures.push(Figure {
        name: "who/wh-readouts/sentences_a_second".to_string(),
        value: sentences as f64 / seconds,
        note: format!("{sentences} in {seconds:.2} s"),
    });
}
