//! Dictionary forms of words: a table of what goes by no rule, then rules of spelling.

use super::Upos;
use std::sync::LazyLock;

/// Forms that the rules would get wrong: `form,class,lemma`, sorted. Written by the training program from the treebank.
const EXCEPTIONS: &str = include_str!("../../data/model-lemmas.csv");

/// Their lines, cut up once: form, class, lemma.
static LINES: LazyLock<Vec<(&str, &str, &str)>> = LazyLock::new(|| {
    let cut = |line: &'static str| {
        let mut fields = line.split(',');
        Some((fields.next()?, fields.next()?, fields.next().unwrap_or("")))
    };
    EXCEPTIONS.lines().filter_map(cut).collect()
});

/// The dictionary form of a word, lower case: "called" is "call", "met" is "meet", "talks" is "talk". Names are only put in
/// lower case.
pub fn lemma(form: &str, upos: Upos) -> String {
    let mut out = String::with_capacity(form.len());
    lemma_into(form, upos, &mut out);
    out
}

/// As [`lemma`], into a buffer whose content is replaced.
pub fn lemma_into(form: &str, upos: Upos, out: &mut String) {
    out.clear();
    for c in form.chars() {
        match c {
            c if super::tokens::is_apostrophe(c) => out.push('\''),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    let Some(class) = class(upos) else { return };
    match exception(out, class) {
        Some(lemma) => {
            out.clear();
            out.push_str(lemma);
        }
        None => regular(out, class),
    }
}

/// The class of words that inflect alike: verbs, nouns, adjectives with adverbs.
fn class(upos: Upos) -> Option<u8> {
    match upos {
        Upos::Verb | Upos::Aux => Some(b'v'),
        Upos::Noun => Some(b'n'),
        Upos::Adj | Upos::Adv => Some(b'a'),
        _ => None,
    }
}

/// Looks a form up in the table.
fn exception(form: &str, class: u8) -> Option<&'static str> {
    let found = LINES.binary_search_by(|(word, kind, _)| (*word, kind.as_bytes()).cmp(&(form, &[class][..]))).ok()?;
    LINES.get(found).map(|(.., lemma)| *lemma)
}

/// Turns a form into its dictionary form by the rules of spelling alone. `class`: `v`, `n` or `a`, for verbs, nouns, adjectives
/// and adverbs.
pub fn regular(word: &mut String, class: u8) {
    if !word.is_ascii() || word.len() < 4 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    match class {
        b'v' => {
            if let Some(stem) = word.strip_suffix("ied") {
                replace(word, stem.len(), "y");
            } else if let Some(stem) =
                word.strip_suffix("ing").or_else(|| word.strip_suffix("ed").filter(|s| !s.ends_with('e')))
            {
                let length = stem.len();
                if has_vowel(stem) {
                    let with = ending(stem);
                    replace(word, with.0.min(length), with.1);
                }
            } else if word.ends_with("eed") && word.len() > 6 {
                replace(word, word.len() - 1, "");
            } else {
                plural(word);
            }
        }
        b'n' => {
            if word.len() > 4 && word.ends_with("men") {
                replace(word, word.len() - 2, "an");
            } else {
                plural(word);
            }
        }
        _ => {}
    }
}

fn replace(word: &mut String, length: usize, end: &str) {
    word.truncate(length);
    word.push_str(end);
}

/// Takes the "s" off a plural or a third person.
fn plural(word: &mut String) {
    let length = word.len();
    if !word.ends_with('s') || ["ss", "us", "is", "'s"].iter().any(|end| word.ends_with(end)) {
        return;
    }
    if word.ends_with("ies") && length > 4 {
        replace(word, length - 3, "y");
    } else if ["ches", "shes", "sses", "xes", "zzes", "oes"].iter().any(|end| word.ends_with(end)) {
        word.truncate(length - 2);
    } else {
        word.truncate(length - 1);
    }
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|b| is_vowel(b) || b == b'y')
}

/// How the dictionary form of a verb ends whose "-ing" or "-ed" was taken off: the length of the stem to keep, and what to add.
fn ending(stem: &str) -> (usize, &'static str) {
    let bytes = stem.as_bytes();
    let length = bytes.len();
    let from_end = |n: usize| length.checked_sub(n).map_or(b' ', |i| bytes[i]);
    let (last, second, third) = (from_end(1), from_end(2), from_end(3));
    // A doubled consonant: "stopp", but "call", "pass", "add".
    if last == second && !matches!(last, b'l' | b's' | b'z' | b'f' | b'e' | b'o') && length > 3 {
        return (length - 1, "");
    }
    // One vowel before one consonant.
    let single = is_vowel(second) && !is_vowel(third) || third == b'u' && from_end(4) == b'q';
    let silent = match last {
        b'c' | b'v' | b'u' => true,
        b's' => second != b's',
        b'z' => second != b'z',
        b'g' => {
            second != b'n' && single && length > 3
                || matches!(second, b'd' | b'r' | b'l')
                || ["ang", "eng", "ung"].iter().any(|e| stem.ends_with(e))
        }
        b'l' => {
            !is_vowel(second) && !matches!(second, b'l' | b'r' | b'w' | b'y')
                || matches!(second, b'i' | b'o' | b'u') && single
        }
        b'r' => matches!(second, b'a' | b'i' | b'u') && single || second == b'o' && single && length < 5,
        b't' => {
            matches!(second, b'a') && (single || third == b'i' || third == b'u' || stem.ends_with("creat"))
                || second == b'u' && single
        }
        b'd' | b'k' | b'm' => second != b'e' && single,
        b'n' => second == b'i' && single,
        b'p' => second != b'e' && single && length < 5,
        _ => false,
    };
    (length, if silent { "e" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_go_to_the_dictionary() {
        for (form, upos, expected) in [
            ("called", Upos::Verb, "call"),
            ("met", Upos::Verb, "meet"),
            ("Discussed", Upos::Verb, "discuss"),
            ("phoned", Upos::Verb, "phone"),
            ("negotiating", Upos::Verb, "negotiate"),
            ("said", Upos::Verb, "say"),
            ("denies", Upos::Verb, "deny"),
            ("stopped", Upos::Verb, "stop"),
            ("agreed", Upos::Verb, "agree"),
            ("was", Upos::Aux, "be"),
            ("talks", Upos::Noun, "talk"),
            ("ministries", Upos::Noun, "ministry"),
            ("spokesmen", Upos::Noun, "spokesman"),
            ("children", Upos::Noun, "child"),
            ("Bus", Upos::Noun, "bus"),
            ("Lavrov", Upos::Propn, "lavrov"),
            ("CRISES", Upos::Noun, "crisis"),
            ("É", Upos::Verb, "é"),
        ] {
            assert_eq!(lemma(form, upos), expected, "{form}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_each_row_is_found() {
        let rows: Vec<Vec<&str>> = EXCEPTIONS.lines().map(|l| l.split(',').collect()).collect();
        assert!(rows.is_sorted_by(|a, b| (a[0], a[1]) < (b[0], b[1])));
        for row in rows {
            assert_eq!(exception(row[0], row[1].as_bytes()[0]), Some(row[2]));
        }
    }
}
