//! Pages saved as text: the body between menus, pleas and lists of other stories.
//!
//! Each line gets a weight, positive for running text and negative for furniture, and the body is the run of lines with
//! the greatest sum, so that a link among paragraphs stays inside the body's run and a paragraph among links outside it.
//! The idea is that of Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features" (2010),
//! with the smoothing done by the sum.

use super::imprint::{self, Layout};
use super::lines::{self, Bullet, Ending, Line};
use super::phrases::{Furniture, Phrases};
use super::{Block, Page, comments};
use crate::codes::BlockKind;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads a page saved as text.
pub(super) fn read(text: &str) -> Page {
    let phrases = Phrases::shipped();
    let lines = lines::read(text, phrases);
    let thread = comments::find(text, &lines);
    let comments = thread.as_ref().map(|thread| (thread.first, thread.end));
    let captions = captions(text, &lines);
    let apart = apart(text, &lines);
    let (body, end) = body(text, &lines, &captions, &apart, comments);
    let title = title(text, &lines, &captions, body, end);
    let body = body.max(title.map_or(0, |title| (title + 1).min(end)));
    let layout = Layout { text, lines: &lines, body, end, title, comments, captions: &captions };
    let imprint = imprint::read(&layout);
    let heading = title.and_then(|at| lines.get(at)).map(|line| without_marks(text, line.span));
    let mut page = Page {
        title: heading.map(|span| span.of(text).to_string()),
        title_span: heading,
        outlet: imprint.outlet,
        origin: imprint.origin,
        byline: imprint.byline,
        published: imprint.published,
        comments: thread.map(|thread| thread.comments).unwrap_or_default(),
        ..Page::default()
    };
    page.blocks = blocks(text, &lines, &captions, &apart, title, body..end, &page.byline);
    page
}

/// Which lines stand among the article's and are not of it: headlines of other stories under their label, a portrait of the
/// author, form fields and the names of pictures.
fn apart(text: &str, lines: &[Line]) -> Vec<bool> {
    let mut apart: Vec<bool> = lines.iter().map(|line| is_widget(line.span.of(text))).collect();
    // Some articles have such lists too, but no long ones.
    let summaries = summaries(lines);
    if summaries.iter().filter(|summary| **summary).count() >= 6 {
        apart.iter_mut().zip(summaries).for_each(|(apart, summary)| *apart |= summary);
    }
    for (at, line) in lines.iter().enumerate() {
        let label = line.span.of(text);
        if line.furniture == Some(Furniture::Related) && line.words <= 4 && line.ending != Ending::Sentence {
            // Headlines, until the text goes on.
            for (below, line) in lines.iter().enumerate().skip(at + 1).take(8) {
                let blank = apart.get(below).copied().unwrap_or(false) || line.furniture.is_some();
                if !blank && (line.is_prose() || line.words < 4) {
                    break;
                }
                apart[below] = true;
            }
        }
        // The name of the author, then who that is.
        let below = (at + 1..lines.len().min(at + 9)).find(|&below| {
            let furniture = lines.get(below).is_some_and(|line| line.furniture.is_some() || line.words <= 1);
            !furniture && !apart.get(below).copied().unwrap_or(false)
        });
        let Some((below, told)) = below.and_then(|below| Some((below, lines.get(below)?))) else { continue };
        if line.words <= 5 && told.is_prose() && is_portrait(label, told.span.of(text)) {
            apart[below] = true;
        }
    }
    apart
}

/// A field of a form or the name of a picture, as text browsers print them: "[       ] [Subscribe]", "[portrait_02]".
fn is_widget(line: &str) -> bool {
    let mut inside = false;
    let mut brackets = 0;
    let outside = line.chars().filter(|ch| {
        match ch {
            '[' => (inside, brackets) = (true, brackets + 1),
            ']' => inside = false,
            _ => {}
        }
        !inside && *ch != ']' && ch.is_alphanumeric()
    });
    let outside = outside.count();
    let choice =
        ["( ) ", "(*) ", "[ ] ", "[x] ", "[*] "].iter().any(|mark| line.starts_with(mark)) && line.len() <= 120;
    line.contains("_____")
        || choice
        || is_picture_name(line)
        || is_markup(line)
        || brackets > 0
            && (line.starts_with('[') && outside == 0
                || (line.contains("[   ") || line.contains("   ]")) && outside <= 30)
}

/// The file name of a picture, which stands for a picture that has no words: "ferry-harbour_02.jpg".
fn is_picture_name(line: &str) -> bool {
    const TYPES: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "svg"];
    let name = line.rsplit_once('.').filter(|(name, _)| !name.contains(' ') || name.len() <= 60);
    name.is_some_and(|(_, kind)| TYPES.iter().any(|known| kind.eq_ignore_ascii_case(known)))
}

/// Markup that was never drawn: what a page keeps for browsers that run no scripts.
fn is_markup(line: &str) -> bool {
    const TAGS: &[&str] = &["<img ", "<a href", "</a>", "<iframe", "<p>", "</p>", " style="];
    let inside = line.split('<').skip(1).map(|rest| rest.find('>').unwrap_or(rest.len()) + 2).sum::<usize>();
    inside * 3 >= line.len() && TAGS.iter().any(|tag| line.contains(tag))
}

/// Whether a line tells who the author is that the line above names or announces.
fn is_portrait(above: &str, line: &str) -> bool {
    const LABELS: &[&str] = &[
        "author",
        "about the author",
        "autor",
        "autorin",
        "über den autor",
        "über die autorin",
        "autoreninfo",
        "zur person",
        "l'auteur",
        "à propos de l'auteur",
        "sobre el autor",
        "l'autore",
        "sobre o autor",
        "full bio",
    ];
    const TRADES: &[&str] = &[
        "reporter",
        "correspondent",
        "journalist",
        "columnist",
        "editor",
        "writer",
        "writes",
        "covers",
        "freelance",
        "co-founder",
        "founder",
        "author",
        "expert",
        "engineer",
        "redakteur",
        "redakteurin",
        "journalistin",
        "ressort",
        "korrespondent",
        "korrespondentin",
        "schreibt",
        "journaliste",
        "rédacteur",
        "rédactrice",
        "periodista",
        "giornalista",
        "jornalista",
        "leitet",
        "berichtet",
        "beschäftigt",
    ];
    let label = above.trim_end_matches(':').to_lowercase();
    let lower = line.to_lowercase();
    let words: Vec<&str> =
        lower.split(|ch: char| !(ch.is_alphanumeric() || ch == '-')).filter(|w| !w.is_empty()).collect();
    let traded = words.iter().take(30).any(|word| TRADES.contains(word));
    if LABELS.contains(&label.as_str()) {
        return traded || words.len() <= 80;
    }
    let capitals = above.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let named =
        label.split(' ').count() >= 2 && label.split(' ').any(|name| words.iter().take(2).any(|word| *word == name));
    traded && capitals && named
}

/// Which lines are captions of pictures or credit their makers.
fn captions(text: &str, lines: &[Line]) -> Vec<bool> {
    let mut captions = vec![false; lines.len()];
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { break };
        if line.words > 70 {
            continue;
        }
        let body = line.span.of(text);
        if line.furniture == Some(Furniture::Caption) || is_credit(body) {
            captions[at] = true;
            // What stands right above a credit is the caption.
            let mut above = at;
            while let (Some(upper), Some(lower)) = (above.checked_sub(1), lines.get(above)) {
                let Some(line) = lines.get(upper) else { break };
                if lower.gap > 0 || line.words > 70 || line.furniture.is_some_and(|f| f != Furniture::Caption) {
                    break;
                }
                // A credit may be broken over lines; the caption itself ends the search.
                let whole = line.words > 4;
                captions[upper] = true;
                above = upper;
                if whole {
                    break;
                }
            }
        } else if credited(body)
            || (4..=30).contains(&line.words) && line.ending == Ending::Open && line.bullet == Bullet::None && {
                let lower = body.to_lowercase();
                PICTURE_HOUSES.iter().any(|house| lower.ends_with(house))
            }
        {
            captions[at] = true;
        } else if (5..=45).contains(&line.words) && line.ending == Ending::Sentence && !line.foreign {
            // The same sentence twice within a few lines: once as the picture's text, once as its caption.
            let again =
                (at + 1..(at + 8).min(lines.len())).find(|&next| lines.get(next).is_some_and(|l| l.hash == line.hash));
            if let Some(again) = again {
                captions[at] = true;
                captions[again] = true;
                captions[at..again].fill(true);
            }
        }
    }
    captions
}

/// A line that is nothing but a credit: "AP", "Jane Doe / AP", "REUTERS/Jane Doe", "Illustration: HP".
fn is_credit(line: &str) -> bool {
    if line.len() > 80 {
        return false;
    }
    if imprint::house(line).is_some() && line.len() <= 12 {
        return true;
    }
    let parts: Vec<&str> = line.split(['/', '|', ',', ':']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let labels =
        ["photo", "image", "illustration", "picture", "credit", "graphic", "video", "file", "foto", "pool", "via"];
    let label = |part: &str| labels.iter().any(|label| part.eq_ignore_ascii_case(label));
    let short = parts.iter().all(|part| part.split(' ').count() <= 4);
    if line == "/" {
        return true;
    }
    parts.len() >= 2
        && short
        && parts.iter().any(|part| imprint::house(part).is_some() || label(part))
        && (line.contains('/') || label(parts.first().copied().unwrap_or("")))
}

/// A caption that ends with its credit: "… on Friday. REUTERS", "… (photo: dpa)", "… (File)", "… | FILE".
fn credited(line: &str) -> bool {
    let line = line.trim_end();
    let last = |text: &str| text.rsplit([' ', '/']).next().unwrap_or("").trim_end_matches('.').to_string();
    if let Some(inside) = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')).map(|(_, inside)| inside) {
        let lower = inside.to_lowercase();
        let named = ["photo", "foto", "file", "picture", "image", "getty", "credit", "archive", "illustration"];
        return inside.len() <= 60
            && (named.iter().any(|name| lower.contains(name)) || imprint::house(inside).is_some());
    }
    let word = last(line);
    let before = line.strip_suffix(word.as_str()).unwrap_or("").trim_end();
    let closed = before.ends_with(['.', '/', '|', ':', '—']);
    closed
        && word.len() >= 2
        && (word == "FILE" || word.chars().all(char::is_uppercase) && imprint::house(&word).is_some())
}

/// The most that one line can add to the body, in words.
const MOST: f32 = 70.0;

/// How many words of running text beside the body's run are body too, if only some furniture parts them from it.
const SECOND: f32 = 90.0;

/// How many are enough before it, where the article begins more often than something else ends.
const BEFORE: f32 = 60.0;

/// How many lines of furniture may part them.
const PARTING: usize = 15;

/// How many words are enough where none of the few lines between is furniture, and how many lines are few.
const THIRD: f32 = 15.0;
const NEAR: usize = 8;

/// Whether a line tells who somebody is: "Ann Lee is a writer in Oslo.", as authors are introduced under their articles.
fn introduces_person(line: &str) -> bool {
    const VERBS: &[&str] =
        &["is", "was", "has", "covers", "writes", "works", "reports", "joined", "ist", "schreibt", "est"];
    let words: Vec<&str> = line.split(' ').take(6).collect();
    let verb = words.iter().position(|word| VERBS.contains(word)).unwrap_or(0);
    verb >= 2 && words.iter().take(verb).all(|word| word.starts_with(char::is_uppercase))
}

/// Whether furniture of this kind stands behind an article more often than inside.
fn ends_body(furniture: Furniture) -> bool {
    matches!(
        furniture,
        Furniture::End | Furniture::Copyright | Furniture::Comments | Furniture::Related | Furniture::Plea
    )
}

/// The first line of the body and one past its last.
fn body(
    text: &str,
    lines: &[Line],
    captions: &[bool],
    apart: &[bool],
    comments: Option<(usize, usize)>,
) -> (usize, usize) {
    let summaries = summaries(lines);
    let weights: Vec<f32> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let next = lines.get(at + 1).map_or("", |line| line.span.of(text));
            let outside = comments.is_some_and(|(first, end)| (first..end).contains(&at));
            let caption = captions.get(at).copied().unwrap_or(false);
            if outside {
                -MOST
            } else if caption || summaries.get(at).copied().unwrap_or(false) {
                -2.0
            } else if apart.get(at).copied().unwrap_or(false) {
                // A form stands at the article's edge, a picture inside.
                if line.span.of(text).contains("[   ") { -8.0 } else { -2.0 }
            } else {
                weight(text, line, next)
            }
        })
        .collect();
    let (mut first, mut end, mut best) = greatest(&weights, 0, weights.len());
    // A short article may have less text than what surrounds it.
    if let Some(opening) = opening(text, lines).filter(|opening| !(first..end).contains(opening)) {
        let mut sum = 0.0;
        let mut run = (opening, 0.0f32);
        for (at, weight) in weights.iter().enumerate().skip(opening) {
            sum += weight;
            if sum <= 0.0 {
                break;
            }
            if sum > run.1 {
                run = (at + 1, sum);
            }
        }
        if run.1 + OPENING > best {
            (first, end, best) = (opening, run.0, run.1);
        }
    }
    if best <= 0.0 {
        return (0, 0);
    }
    let inside = |first: usize, end: usize| comments.is_none_or(|(from, to)| end <= from || to <= first);
    for _ in 0..4 {
        let (from, to, sum) = greatest(&weights, end, (end + 4 * PARTING).min(weights.len()));
        // What was cut off at the window's edge is measured whole.
        let to = if sum > 0.0 { greatest(&weights, from, weights.len()).1.max(to) } else { to };
        // What only pictures, headings and lists part from the body goes on with it; what stands behind the marks of an
        // article's end has to be of the body's own size.
        let parted = lines.get(end..from).unwrap_or(&[]);
        let ended = parted.iter().any(|line| line.furniture.is_some_and(ends_body));
        let plain =
            parted.iter().all(|line| matches!(line.furniture, None | Some(Furniture::Caption | Furniture::Advert)));
        let opens = lines.get(from).is_some_and(|line| line.is_prose() && !introduces_person(line.span.of(text)));
        let enough = match (ended, plain && opens && from - end <= NEAR) {
            (true, _) => SECOND.max(best * 0.5),
            (false, true) => THIRD,
            (false, false) => SECOND,
        };
        if sum < enough || distance(lines, apart, end..from) > PARTING || !inside(end, to) {
            break;
        }
        end = to;
    }
    for _ in 0..4 {
        let (from, to, sum) = greatest(&weights, first.saturating_sub(4 * PARTING), first);
        if sum < BEFORE || distance(lines, apart, to..first) > PARTING || !inside(from, first) {
            break;
        }
        first = from;
    }
    (first, end)
}

/// What the first paragraph under a date adds to the body, in words.
const OPENING: f32 = 50.0;

/// The first paragraph that stands right under a line with a date, as the article does under its byline.
fn opening(text: &str, lines: &[Line]) -> Option<usize> {
    let dated = |line: &Line| {
        line.digits > 0
            && line.words <= 16
            && !line.is_prose()
            && crate::when::document_date(line.span.of(text)).is_some()
    };
    (1..lines.len()).find(|&at| {
        lines.get(at).is_some_and(|line| line.is_prose() && line.words >= 12 && line.furniture.is_none())
            && lines.get(at.saturating_sub(4)..at).unwrap_or(&[]).iter().any(dated)
    })
}

/// How far apart two parts are, in lines; the numbers of a chart and the buttons of a player hardly part them.
fn distance(lines: &[Line], apart: &[bool], between: Range<usize>) -> usize {
    let between = || between.clone().filter_map(|at| Some((at, lines.get(at)?)));
    let numbers = between().filter(|(_, line)| line.words <= 2 && line.digits > 0 && line.furniture.is_none()).count();
    let buttons = between().filter(|(at, line)| {
        apart.get(*at).copied().unwrap_or(false)
            || matches!(
                line.furniture,
                Some(Furniture::Share | Furniture::Menu | Furniture::Advert | Furniture::Caption)
            )
    });
    let buttons = buttons.count();
    let all = between().count();
    all - buttons.min(all) - if numbers * 2 > all { numbers.min(all - buttons.min(all)) } else { 0 }
}

/// Which paragraphs stand inside the items of a list, deeper than the page's text: the first words of other stories under
/// their headlines.
fn summaries(lines: &[Line]) -> Vec<bool> {
    let mut by_indent: BTreeMap<u32, u32> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.is_prose()) {
        *by_indent.entry(line.indent).or_default() += line.words;
    }
    let usual =
        by_indent.iter().find(|(_, words)| **words >= 120).or(by_indent.iter().next()).map_or(0, |(indent, _)| *indent);
    // The item that the lines at hand stand in, and how many lines of it were read.
    let mut item: Option<(u32, u32)> = None;
    lines
        .iter()
        .map(|line| {
            if line.bullet == Bullet::Mark {
                item = ((line.words >= 3 || line.digits >= 3) && !line.is_prose()).then_some((line.indent, 0));
                return false;
            }
            item = item
                .filter(|(indent, read)| line.indent > *indent && *read < 3)
                .map(|(indent, read)| (indent, read + 1));
            let summary =
                item.is_some() && line.indent > usual && line.is_prose() && line.words >= 15 && !line.unspaced;
            item = item.filter(|_| !summary);
            summary
        })
        .collect()
}

/// The run of lines between two bounds whose weights have the greatest sum, and the sum.
fn greatest(weights: &[f32], from: usize, to: usize) -> (usize, usize, f32) {
    let mut best = (from, from, 0.0f32);
    let (mut sum, mut start) = (0.0f32, from);
    for (at, weight) in weights.iter().enumerate().take(to).skip(from) {
        if sum <= 0.0 {
            sum = 0.0;
            start = at;
        }
        sum += weight;
        if sum > best.2 {
            best = (start, at + 1, sum);
        }
    }
    best
}

/// How much a line speaks for the body, in words.
fn weight(text: &str, line: &Line, next: &str) -> f32 {
    let words = (line.words as f32).min(MOST);
    if let Some(furniture) = line.furniture {
        return match furniture {
            Furniture::End | Furniture::Copyright | Furniture::Comments => -60.0,
            Furniture::Related if line.words <= 4 => -40.0,
            Furniture::Related => -12.0,
            // A label among paragraphs; a plea of some length stands at the end.
            Furniture::Plea if line.words <= 8 => -12.0,
            Furniture::Plea => -25.0,
            Furniture::Editor => -10.0,
            Furniture::Share => -10.0,
            Furniture::Menu => -6.0,
            Furniture::Advert | Furniture::Caption => -2.0,
        };
    }
    let body = line.span.of(text);
    if line.words <= 5 && imprint::is_biography(body, next) && line.ending == Ending::Open {
        return -60.0;
    }
    if line.is_prose() {
        return words;
    }
    if is_code(body, line) {
        return 0.0;
    }
    match line.ending {
        // A teaser that breaks off.
        Ending::Ellipsis => -6.0,
        _ if line.words > 25 && line.separators == 0 => words * 0.3,
        _ if line.digits > 0 && line.words <= 5 => -8.0,
        // A list's item, a heading, a headline.
        _ if line.words >= 5 && (line.function_words > 0 || line.foreign) => -1.5,
        _ => -2.0 - (words * 0.5).min(3.0),
    }
}

/// Whether a short line is a date, a time, a count or a price rather than words with a number among them.
fn is_stamp(body: &str, line: &Line) -> bool {
    let letters = body.chars().filter(|ch| ch.is_alphabetic()).count();
    line.digits > 0 && (line.digits as usize * 2 >= letters || crate::when::document_date(body).is_some())
}

/// Whether a line is of a program rather than of a language that people speak.
fn is_code(body: &str, line: &Line) -> bool {
    let signs = body.bytes().filter(|byte| b"{}();=<>$\\#&+".contains(byte)).count();
    signs >= 2 && signs * 12 >= body.len() && line.function_words * 6 <= line.words && !body.starts_with('[')
}

/// A heading without the marks that Markdown puts before it.
fn without_marks(text: &str, span: Span) -> Span {
    let line = span.of(text);
    let words = line.trim_start_matches('#');
    let marks = line.len() - words.trim_start().len();
    if words.len() < line.len() && words.starts_with(' ') {
        Span { start: span.start + marks as u32, ..span }
    } else {
        span
    }
}

/// The headline: before the body, a few words that do not end as a sentence, and much of them found in the body.
fn title(text: &str, lines: &[Line], captions: &[bool], body: usize, end: usize) -> Option<usize> {
    let opening: Vec<String> =
        lines.get(body..end.min(body + 6))?.iter().map(|line| line.span.of(text).to_lowercase()).collect();
    let mut best: Option<(f32, usize)> = None;
    for at in (0..=body.min(lines.len().saturating_sub(1))).rev().take(50) {
        let Some(line) = lines.get(at) else { continue };
        let within = at == body;
        let caption = captions.get(at).copied().unwrap_or(false);
        let wrapped = line.words > 24 && line.span.of(text).contains('\n');
        if wrapped || caption || line.furniture.is_some() || !(2..=30).contains(&line.words) || line.separators > 1 {
            continue;
        }
        if within && (line.is_prose() && line.ending == Ending::Sentence || end <= body + 1) {
            continue;
        }
        let span = line.span.of(text);
        // "The Post | Ministers meet" above "Ministers meet".
        let rest = lines.get(at + 1..body.min(at + 40)).unwrap_or(&[]);
        if line.separators > 0
            && rest.iter().map(|line| line.span.of(text)).any(|other| {
                other.len() > 12 && other.len() < span.len() && (span.ends_with(other) || span.starts_with(other))
            })
        {
            continue;
        }
        if line.ending == Ending::Sentence && span.ends_with('.') && line.words > 9 {
            continue;
        }
        let content: Vec<String> = span
            .split(|ch: char| !ch.is_alphanumeric())
            .filter(|word| word.chars().count() >= 4)
            .map(str::to_lowercase)
            .collect();
        let shared = content.iter().filter(|word| opening.iter().any(|line| line.contains(word.as_str()))).count();
        let share = shared as f32 / content.len().max(2) as f32;
        let repeated = (0..body.min(lines.len()))
            .any(|other| other != at && lines.get(other).is_some_and(|l| l.hash == line.hash));
        let dated = line.words <= 8
            && line.digits > 0
            && crate::when::document_date(span).is_some()
            && (line.words <= 6 || line.digits >= 3);
        let alone = line.gap > 0 || at == 0;
        let mut score = 3.0 * share + if line.words >= 4 { 1.5 } else { 0.0 } + if repeated { 1.5 } else { 0.0 };
        score += if alone { 0.4 } else { 0.0 } + if at == 0 { 0.5 } else { 0.0 };
        score -= 0.05 * (body - at) as f32 + if dated { 4.0 } else { 0.0 };
        score -= if line.ending == Ending::Sentence && span.ends_with('.') { 2.0 } else { 0.0 };
        score -= if line.bullet != Bullet::None { 2.0 } else { 0.0 };
        score -= if span.starts_with("By ") || span.starts_with("by ") || span.starts_with('@') { 4.0 } else { 0.0 };
        // Of two candidates together the upper is the headline and the lower its deck.
        if score >= 2.0 && best.is_none_or(|(other, _)| score >= other - 0.6) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Whether a line inside the body that breaks off is a sentence left open and no teaser.
fn answers(line: &Line) -> bool {
    line.ending == Ending::Ellipsis && line.bullet == Bullet::None && line.words <= 12 && line.function_words > 0
}

/// How many lines may stand between the lead and the body.
const LEAD: usize = 14;

/// The blocks from headline to the end of the body.
fn blocks(
    text: &str,
    lines: &[Line],
    captions: &[bool],
    apart: &[bool],
    title: Option<usize>,
    body: Range<usize>,
    byline: &[String],
) -> Vec<Block> {
    let Range { start: body, end } = body;
    let mut blocks = Vec::new();
    let from = title.map_or(body.saturating_sub(1), |title| title + 1).min(body);
    let title_hash = title.and_then(|title| lines.get(title)).map(|line| line.hash);
    let bars = bars(lines, apart, body..end);
    // A picture's text stands above its caption, which begins with the same words.
    let said_again = |at: usize| {
        let words = lines
            .get(at)
            .filter(|line| (4..=25).contains(&line.words))
            .map_or("", |line| line.span.of(text))
            .trim_end_matches('.');
        !words.is_empty()
            && lines
                .get(at + 1..lines.len().min(at + 4))
                .unwrap_or(&[])
                .iter()
                .any(|line| line.span.of(text).starts_with(words))
    };
    for at in from..end {
        let Some(line) = lines.get(at) else { break };
        let body_text = line.span.of(text);
        let caption = captions.get(at).copied().unwrap_or(false);
        if said_again(at) {
            continue;
        }
        if caption {
            if line.words >= 4 && !is_credit(body_text) {
                blocks.push(Block { kind: BlockKind::Caption, span: without_credit(text, line.span) });
            }
            continue;
        }
        let apart = apart.get(at).copied().unwrap_or(false);
        if at < body {
            // The lead, parted from the text by bylines and buttons.
            // "Prime Minister Ann Lee spoke with President Bob Day." right above it is a sentence, with few words but names.
            let named =
                at + 1 == body && line.ending == Ending::Sentence && line.words >= 8 && line.function_words >= 1;
            let lead = (named || line.words >= 12 && line.function_words * 8 >= line.words)
                && line.separators == 0
                && line.furniture.is_none()
                && line.bullet == Bullet::None
                && !apart
                && matches!(line.ending, Ending::Sentence | Ending::Open)
                && Some(line.hash) != title_hash
                && body - at <= LEAD;
            if lead
                && !is_portrait(
                    at.checked_sub(1).and_then(|up| lines.get(up)).map_or("", |l| l.span.of(text)),
                    body_text,
                )
            {
                blocks.push(Block { kind: BlockKind::Paragraph, span: without_date(text, line.span) });
            }
            continue;
        }
        let skip = line.furniture.is_some()
            || apart
            || is_lone_link(lines, at)
            || bars.iter().any(|bar| bar.contains(&at))
            || Some(line.hash) == title_hash
            || line.words == 0
            || weight(text, line, "") <= -6.0 && !answers(line) && (line.words > 5 || is_stamp(body_text, line))
            || line.words <= 6 && line.digits > 0 && crate::when::document_date(body_text).is_some()
            || line.words <= 14
                && line.ending == Ending::Open
                && byline.iter().any(|name| body_text.contains(name.as_str()))
                && crate::when::document_date(body_text).is_some()
            || line.words <= 30
                && byline.iter().any(|name| body_text.starts_with("By ") && body_text.contains(name.as_str()))
            || byline.iter().any(|name| name == body_text)
            || line.words <= 40
                && introduces_person(body_text)
                && byline.iter().any(|name| body_text.starts_with(name.as_str()))
            || at <= body + 3
                && line.words <= 14
                && line.ending == Ending::Open
                && has_clock(body_text)
                && crate::when::document_date(body_text).is_some();
        if skip {
            continue;
        }
        let kind = match line.bullet {
            Bullet::Mark | Bullet::Number => BlockKind::List,
            _ if line.is_prose() || line.words > 20 || line.bullet == Bullet::Dash => BlockKind::Paragraph,
            _ => BlockKind::Heading,
        };
        let span = without_date(text, line.span);
        let span = if line.bullet == Bullet::Number && line.words <= 12 && !line.is_prose() {
            with_number(text, span)
        } else {
            span
        };
        blocks.push(Block { kind, span });
    }
    // A heading at the end heads nothing.
    while blocks.last().is_some_and(|block| block.kind == BlockKind::Heading) {
        blocks.pop();
    }
    blocks
}

/// Whether a line tells a time of the day in digits: "16:14".
fn has_clock(line: &str) -> bool {
    line.as_bytes()
        .windows(4)
        .any(|four| matches!(four, [a, b':', c, d] if [a, c, d].iter().all(|byte| byte.is_ascii_digit())))
}

/// Houses that sell pictures and no news.
const PICTURE_HOUSES: &[&str] =
    &["getty images", "getty", "shutterstock", "shutterstock.com", "istock", "alamy", "unsplash", "pexels", "pixabay"];

/// A caption without the name of the house that it ends with: "The harbour in March Getty Images".
fn without_credit(text: &str, span: Span) -> Span {
    let line = span.of(text);
    for (at, sign) in line.rmatch_indices([' ', '/', '|', '(']).take(4) {
        let credit = line[at + 1..].trim_matches([' ', '(', ')', '.']);
        // "He told the BBC" has no credit.
        let is_house =
            PICTURE_HOUSES.contains(&credit.to_lowercase().as_str()) || sign != " " && imprint::house(credit).is_some();
        if is_house {
            let rest = line[..at].trim_end_matches([' ', '/', '|', '(', '-', '–', '—', ',', ':']);
            let credited = ["photo", "image", "credit", "bild", "foto", "via", "photograph"];
            let last = rest.rsplit(' ').next().unwrap_or("");
            let rest = if credited.iter().any(|word| last.eq_ignore_ascii_case(word)) {
                rest[..rest.len() - last.len()].trim_end_matches([' ', '/', '|', '('])
            } else {
                rest
            };
            return if rest.is_empty() {
                span
            } else {
                Span::new(span.start as usize, span.start as usize + rest.len())
            };
        }
    }
    span
}

/// Where buttons, links and players stand inside the body: runs of short lines of which a good part says that it is furniture.
fn bars(lines: &[Line], apart: &[bool], body: Range<usize>) -> Vec<Range<usize>> {
    let mut bars = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let start = at;
        let (mut furniture, mut words) = (0, 0);
        while let Some(line) = lines.get(at).filter(|line| at < body.end && !line.is_prose() && line.words <= 12) {
            if line.furniture.is_some() || apart.get(at).copied().unwrap_or(false) {
                furniture += 1;
            }
            words = line.words;
            at += 1;
        }
        // The last line may head the text below.
        let heads =
            words >= 3 && lines.get(at - usize::from(at > start)).is_some_and(|line| line.bullet == Bullet::None);
        let stop = if heads { at - 1 } else { at };
        if furniture >= 2 && furniture * 4 >= at - start && stop > start {
            bars.push(start..stop);
        }
        at += 1;
    }
    bars
}

/// Whether a line is the only one of its list, with nothing that announces it: a link to another story.
fn is_lone_link(lines: &[Line], at: usize) -> bool {
    let item = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| line.bullet == Bullet::Mark);
    let announced =
        at.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(|line| line.ending == Ending::Colon);
    item(Some(at))
        && !item(at.checked_sub(1))
        && !item(Some(at + 1))
        && !announced
        && lines.get(at).is_some_and(|line| line.ending == Ending::Open && line.words <= 16)
}

/// The span with the number before it: "2. A second meeting" is a heading that has its number.
fn with_number(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or("").trim_end();
    let digits = before.strip_suffix(['.', ')']).map(|rest| rest.trim_end_matches(|ch: char| ch.is_ascii_digit()));
    digits.map_or(span, |rest| Span { start: rest.len() as u32, ..span })
}

/// The span without the "date 2013-02-16" that some scrapers leave before the first words.
fn without_date(text: &str, span: Span) -> Span {
    let body = span.of(text);
    let Some(rest) = body.strip_prefix("date ") else { return span };
    let date = rest.split(' ').next().unwrap_or("");
    let is_date = date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let skip = body.len() - rest.len() + date.len();
    let tail = body.get(skip..).unwrap_or("").trim_start();
    if is_date && !tail.is_empty() { Span { start: span.end - tail.len() as u32, end: span.end } } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "The Fjord Post | Ministers of two countries meet on the ferry\n\nMenu\n  \u{2022} Home\n  \u{2022} World\n\
        Subscribe now\n\nMinisters of two countries meet on the ferry\n\nBy Ann Lee and Bob Day, AP\nMarch 3, 2011 4:05 PM\n\n\
        The ministers shake hands on the ferry on Monday.\nJane Roe\n/\nAP\n\n\
        The ministers of the two countries met on a ferry on Monday and talked for an hour about fish, an official said.\n\n\
        Support The Fjord Post!\n\n\u{201c}It was short,\u{201d} she said.\n\nA second meeting\n\n\
        They will meet again in April, when the ice has gone and the ferry runs every day of the week.\n\n\
        Related articles:\nStorm closes the harbour for a week\nA price for the oldest boat\n\n\
        Please support us monthly, if you can, for the price of a coffee.\n\n\u{a9} 2024 The Fjord Post\n";

    #[test]
    fn the_body_stands_between_menu_and_pleas() {
        let page = read(PAGE);
        assert_eq!(page.title.as_deref(), Some("Ministers of two countries meet on the ferry"));
        assert_eq!(page.outlet.as_deref(), Some("The Fjord Post"));
        assert_eq!(page.origin.as_deref(), Some("AP"));
        assert_eq!(page.byline, ["Ann Lee", "Bob Day"]);
        assert_eq!(page.published.as_deref(), Some("2011-03-03T16:05"));
        let shown: Vec<(BlockKind, &str)> = page.blocks.iter().map(|b| (b.kind, &b.span.of(PAGE)[..11])).collect();
        assert_eq!(
            shown,
            [
                (BlockKind::Caption, "The ministe"),
                (BlockKind::Paragraph, "The ministe"),
                (BlockKind::Paragraph, "\u{201c}It was s"),
                (BlockKind::Heading, "A second me"),
                (BlockKind::Paragraph, "They will m"),
            ]
        );
    }

    fn shown(text: &str) -> Vec<String> {
        read(text)
            .blocks
            .iter()
            .map(|block| block.span.of(text).split(' ').take(3).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn a_first_sentence_of_names_is_no_byline() {
        let told =
            ["Today, Prime Minister Ann Marie Lee spoke with Chilean President Bob Jonas Day.", "They spoke of trade."];
        assert_eq!(shown(&told.join("\n\n")).len(), 2);
        assert_eq!(shown(&format!("Two leaders speak of trade\n\n{}", told.join("\n\n"))).len(), 2);
    }

    const FIRST: &str = "The ministers of the two countries met on a ferry on Monday and talked for an hour about fish, about \
        ice and about the price of the crossing, an official said.";
    const LAST: &str = "They will meet again in April, when the ice has gone and the ferry runs every day of the week, and \
        the talks may then be longer, the official said.";

    const OTHER: &str = "A storm that nobody had foreseen closed the harbour for the whole of the week, and boats from three \
        islands lay behind the wall until the wind fell at last.";
    const PRICE: &str = "The oldest boat of the coast was sold to a museum in the south, which paid more for it than the \
        owner had asked and will show it from May.";

    #[test]
    fn headlines_of_other_stories_forms_and_portraits_are_not_of_the_article() {
        let text = format!(
            "Ministers meet on the ferry\n\n{FIRST}\n\nRelated\n\nStorm closes the harbour for a whole week\n\n\
             [ferry_02]\n\n{LAST}\n\n{OTHER}\n\n{PRICE}\n\n{OTHER} {PRICE}\n\n[                    ] [Subscribe]\n\nAnn Lee\n\n\
             Ann Lee is a reporter who has covered the north for ten years.\n"
        );
        let expected = ["The ministers of", "They will meet", "A storm that", "The oldest boat", "A storm that"];
        assert_eq!(shown(&text), expected);
    }

    #[test]
    fn a_person_whom_the_article_is_about_is_no_author() {
        let text = format!(
            "Ministers meet on the ferry\n\n{FIRST}\n\nBob Day\n\nDay was born on an island and \
            has run the ferry for all of his life.\n\n{LAST}\n"
        );
        assert!(shown(&text).contains(&"Day was born".to_string()));
    }

    #[test]
    fn the_lead_stands_apart_from_the_text() {
        let text = format!(
            "Ministers meet on the ferry\n\nThe ministers of the two countries are to meet again before the end of the month\n\n\
             By Ann Lee\n3 March 2011\n\nFacebook\n\nTwitter\n\n{FIRST}\n\n{LAST}\n"
        );
        let page = read(&text);
        assert_eq!(page.title.as_deref(), Some("Ministers meet on the ferry"));
        assert_eq!(shown(&text), ["The ministers of", "The ministers of", "They will meet"]);
    }

    #[test]
    fn summaries_in_a_list_of_stories_are_not_the_body() {
        let text = format!(
            "Ministers meet on the ferry\n\n{FIRST}\n\n{LAST}\n\nMore stories\n\n  • Storm closes the harbour\n\n    {OTHER}\n\n\
             \u{20}\u{20}• Price of the oldest boat\n\n    {PRICE}\n"
        );
        assert_eq!(shown(&text), ["The ministers of", "They will meet"]);
    }

    #[test]
    fn a_short_article_under_its_date_goes_before_a_longer_note_about_the_site() {
        let text = format!(
            "Ferry talks\n\nPosted on 3 March 2011 by Ann Lee\n\nThe ministers met on a ferry on Monday, an official \
             said, and will meet again when the ice has gone.\n\nMenu\n\nHome\n\nLog in\n\nRelated\n\nSearch\n\n\
             {OTHER}\n"
        );
        assert_eq!(shown(&text), ["The ministers met"]);
    }

    #[test]
    fn the_numbers_of_a_chart_do_not_end_the_article() {
        let numbers: String = (0..40).map(|number| format!("{number}\n\n")).collect();
        let text =
            format!("Ministers meet\n\n{FIRST}\n\n{LAST}\n\n{FIRST}\n\n{LAST}\n\n{numbers}{OTHER} {PRICE}\n\n{LAST}\n");
        assert_eq!(shown(&text).last().map(String::as_str), Some("They will meet"));
        assert!(shown(&text).contains(&"A storm that".to_string()));
    }

    #[test]
    fn a_numbered_heading_keeps_its_number() {
        let text = format!("Ministers meet\n\n{FIRST}\n\n2. The next meeting\n\n{LAST}\n");
        assert!(shown(&text).contains(&"2. The next".to_string()), "{:?}", shown(&text));
    }

    #[test]
    fn a_lone_link_and_markup_are_not_of_the_article_and_lines_of_a_program_are() {
        let text = format!(
            "Ministers meet\n\n{FIRST}\n\n  \u{2022} Storm closes the harbour for a week\n\n\
             <a href=\"https://example.org/\">ferry</a>\n\nferry_count = len(ferries);\n\n{LAST}\n"
        );
        assert_eq!(shown(&text), ["The ministers of", "ferry_count = len(ferries);", "They will meet"]);
    }

    #[test]
    fn players_buttons_and_texts_of_pictures_are_not_of_the_article() {
        let text = format!(
            "Ministers meet\n\n{FIRST}\n\nPlay video\n\nMute\n\nHarbour in the north\n\nFullscreen\n\n\
             The old harbour in the north.\nThe old harbour in the north. (Photo: Ann Lee)\n\nferry-harbour_02.jpg\n\n\
             ( ) Light\n\n{LAST}\n"
        );
        let expected = ["The ministers of", "The old harbour", "They will meet"];
        assert_eq!(shown(&text), expected);
        assert_eq!(read(&text).blocks[1].kind, BlockKind::Caption);
    }

    #[test]
    fn captions_go_without_credits_and_the_author_without_portrait() {
        let text = format!(
            "Ministers meet on the ferry\n\nBy Ann Lee\n\n3 March 2011 16:05 Oslo\n\nThe old harbour in March Getty Images\n\n\
             {FIRST}\n\nThe minister told the BBC\n\n{LAST}\n\n\
             Ann Lee is a reporter who has covered the north for ten years.\n\n{OTHER}\n\n{PRICE} {OTHER}\n"
        );
        let page = read(&text);
        assert_eq!(page.byline, ["Ann Lee"]);
        let shown: Vec<&str> = page.blocks.iter().map(|block| block.span.of(&text)).collect();
        assert!(shown.contains(&"The old harbour in March"), "{shown:?}");
        assert!(shown.contains(&"The minister told the BBC"));
        assert!(!shown.iter().any(|block| block.starts_with("Ann Lee") || block.starts_with("3 March")));
    }

    #[test]
    fn labels_of_other_languages_are_furniture() {
        for label in ["\u{130}lgili haberler", "Читайте также:", "यह भी पढ़ें", "اقرأ أيضا", "相关新闻", "Baca juga:"]
        {
            let text = format!(
                "Ministers meet\n\n{FIRST}\n\n{label}\n\nStorm closes the harbour for a week\n\n{LAST}\n\n\
                 {OTHER}\n\n{PRICE}\n\n{OTHER} {PRICE}\n"
            );
            let shown = shown(&text);
            assert!(shown.contains(&"They will meet".to_string()), "{label}");
            assert!(!shown.contains(&"Storm closes the".to_string()), "{label}");
        }
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        for text in ["", "\n\n", "Menu\nHome\n", "\u{0}", "1.", "\u{2022}"] {
            assert!(read(text).blocks.is_empty(), "{text:?}");
        }
        assert_eq!(read("He called her.").blocks.len(), 1);
    }

    #[test]
    fn a_scrapers_date_is_no_part_of_the_first_sentence() {
        let text = " date 2011-03-03 The ministers met on Monday and talked for an hour about fish.";
        let page = read(text);
        assert_eq!(page.published.as_deref(), Some("2011-03-03"));
        assert!(page.blocks[0].span.of(text).starts_with("The ministers"));
    }

    #[test]
    fn long_texts_take_no_more_than_their_length() {
        // Time is not asserted; a quadratic reader would not come to the end of these.
        assert_eq!(read(&"word ".repeat(100_000)).comments.len(), 0);
        read(&"Ann • 3 years ago\n".repeat(5_000));
        read(&"3 comments\n".repeat(5_000));
        read(&"A short line.\n".repeat(10_000));
        read(&"(AP) / ".repeat(10_000));
    }
}
