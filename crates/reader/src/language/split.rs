//! Where sentences end.
//!
//! Words are cut first ([`super::tokens`]); a sentence may end only between two of them, after a mark that ends sentences and
//! the quotation marks and brackets that close behind it.

use super::tokens::{is_apostrophe, is_space, tokenize};
use super::{Sentence, Token};
use crate::page::Block;
use crate::span::Span;

/// Words that seldom follow an abbreviation within a sentence when they have a capital, lower case, sorted: after "U.S.",
/// "a.m.", "Inc." they tell that a new sentence begins.
const STARTERS: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "all",
    "along",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "despite",
    "during",
    "each",
    "earlier",
    "even",
    "every",
    "few",
    "for",
    "four",
    "from",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "it",
    "its",
    "last",
    "later",
    "many",
    "meanwhile",
    "more",
    "most",
    "mr.",
    "mrs.",
    "ms.",
    "my",
    "neither",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "officials",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "perhaps",
    "please",
    "several",
    "she",
    "since",
    "so",
    "some",
    "sources",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "three",
    "thus",
    "to",
    "today",
    "two",
    "under",
    "until",
    "we",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "with",
    "without",
    "yet",
    "you",
    "your",
];

/// Abbreviations that stand before a name or number and so never end a sentence, lower case, sorted.
const TITLES: &[&str] = &[
    "adm.", "art.", "asst.", "brig.", "c.", "ca.", "capt.", "cf.", "cmdr.", "col.", "comdr.", "cpl.", "dr.", "e.g.",
    "eg.", "ft.", "gen.", "gov.", "govs.", "h.e.", "hon.", "i.e.", "ie.", "insp.", "lt.", "maj.", "messrs.", "mr.",
    "mrs.", "ms.", "msgr.", "mt.", "mx.", "no.", "nos.", "p.", "pp.", "pres.", "prof.", "pvt.", "rep.", "reps.",
    "rev.", "sen.", "sens.", "sgt.", "st.", "supt.", "univ.", "v.", "viz.", "vs.",
];

/// Verbs of speech that follow a quotation which ended with "?" or "!", sorted: "“Why?” Kerry asked".
const SPEECH: &[&str] = &[
    "added",
    "adds",
    "asked",
    "asks",
    "cried",
    "declared",
    "exclaimed",
    "joked",
    "replied",
    "said",
    "says",
    "shouted",
    "told",
    "tweeted",
    "wondered",
    "wrote",
];

/// No sentence has more tokens; what runs on (a table, a list of names) is cut.
const LONGEST: usize = 1000;

fn listed(word: &str, list: &[&str]) -> bool {
    if word.len() > 16 || !word.is_ascii() {
        return false;
    }
    let mut buffer = [0; 16];
    for (to, from) in buffer.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    std::str::from_utf8(&buffer[..word.len()]).is_ok_and(|w| list.binary_search(&w).is_ok())
}

/// Splits the blocks of an article into sentences and tokens. Sentences never cross a block; a newline inside a block is
/// white space like any other. Blocks whose span does not lie in `text` give nothing.
pub fn split(text: &str, blocks: &[Block]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut words = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        words.clear();
        tokenize(text, block.span, &mut words);
        let mut first = 0;
        let mut open = false;
        for at in 0..words.len() {
            open ^= words[at].of(text) == "\"";
            let ended = at + 1 == words.len()
                || at - first + 1 == LONGEST
                || ends(text, &words[first..], at - first, open)
                || first == 0 && ends_dateline(text, &words, at);
            if ended {
                let tokens: Vec<Token> = words[first..=at].iter().map(|span| Token::bare(*span)).collect();
                let span = words[first].cover(words[at]);
                sentences.push(Sentence { span, block: index, tokens, parsed: false });
                first = at + 1;
            }
        }
    }
    sentences
}

/// Whether the sentence that begins with `words[0]` ends after `words[at]`. `open`: whether an odd number of straight
/// quotation marks stand before the gap. At least one word follows.
fn ends(text: &str, words: &[Span], at: usize, open: bool) -> bool {
    let Some(next) = words.get(at + 1) else { return true };
    let gap = words[at].end < next.start;
    // Back over what closes behind the mark.
    let mut mark = at;
    while mark > 0
        && closes(words[mark].of(text))
        && (words[mark - 1].end == words[mark].start || words[mark].of(text) == "\"")
    {
        mark -= 1;
    }
    let word = words[mark].of(text);
    let last = word.as_bytes()[word.len() - 1];
    if !matches!(last, b'.' | b'!' | b'?') && word != "…" {
        return false;
    }
    let closed = mark < at;
    // What closes behind belongs to this sentence still.
    let after = next.of(text);
    if closes(after) && (!gap || (after == "\"" && open && text_gap_after(text, words, at + 1))) {
        return false;
    }
    if after.starts_with(['.', '!', '?', ',', ';', ':', '…']) && !gap {
        return false;
    }
    // A footnote's number stays with what it explains: "in 1805. [6]".
    let note = |from: usize| {
        matches!(words.get(from..from + 3), Some([open, number, close])
        if open.of(text) == "[" && close.of(text) == "]" && number.of(text).bytes().all(|b| b.is_ascii_digit()))
    };
    if note(at + 1) && words.len() <= at + 4 {
        return false;
    }
    let follow = Follow::of(text, words, at + 1);
    // "the end.The next": the space was forgotten.
    let forgotten = follow.upper && follow.at == at + 1 && word == ".";
    if !gap && !closed && !forgotten {
        return false;
    }
    match word {
        "." => {
            let list_number = mark == 1 && words[0].of(text).bytes().all(|b| b.is_ascii_digit());
            if list_number || after.starts_with('/') {
                return false;
            }
            !follow.lower || (!closed && mark > 0 && words[mark - 1].len() > 3 && gap)
        }
        "…" => follow.upper,
        _ if last == b'.' && word.bytes().all(|b| b == b'.') => follow.upper || (follow.quote && !follow.lower),
        _ if last != b'.' => {
            if follow.lower {
                return !closed;
            }
            !(closed && says(text, words, at + 1))
        }
        // An abbreviation. It ends the sentence if a word follows that begins one.
        _ => {
            if listed(word, TITLES) || !follow.upper && !follow.quote {
                return closed && follow.upper && !listed(word, TITLES);
            }
            let single = word.len() == 2;
            let starter = words.get(follow.at).is_some_and(|w| listed(w.of(text), STARTERS));
            if single { starter && mark > 0 && follow.at == at + 1 && word != "J." } else { starter || closed }
        }
    }
}

/// Whether the first words of a block, up to the dash at `at`, are a dateline, which is no part of its first sentence:
/// "ISLAMABAD (Reuters) -", "WASHINGTON, Feb. 13 —", "London, 3 May (AFP) –".
fn ends_dateline(text: &str, words: &[Span], at: usize) -> bool {
    const MOST: usize = 14;
    if at == 0 || at > MOST || !matches!(words[at].of(text), "-" | "–" | "—" | "--") {
        return false;
    }
    let apart = words[at - 1].end < words[at].start || words[at].of(text) != "-";
    if !apart || !Follow::of(text, words, at + 1).upper {
        return false;
    }
    let place = words[0].of(text);
    let capitals = place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && place.chars().count() > 2;
    let agency = words[at - 1].of(text) == ")";
    let name = |word: &str| {
        let first = word.chars().next().unwrap_or(' ');
        first.is_uppercase()
            || first.is_ascii_digit()
            || matches!(word, "(" | ")" | "," | "/" | "." | ";" | "and" | "de" | "al")
    };
    (capitals || agency && place.starts_with(char::is_uppercase)) && words[..at].iter().all(|w| name(w.of(text)))
}

fn text_gap_after(text: &str, words: &[Span], at: usize) -> bool {
    match words.get(at + 1) {
        Some(next) => words[at].end < next.start,
        None => text[words[at].end as usize..].chars().next().is_none_or(is_space),
    }
}

/// What stands after a possible end.
struct Follow {
    /// The first word that is no opening mark.
    at: usize,
    /// It begins with a capital or a digit, or is no word at all.
    upper: bool,
    /// It begins with a small letter.
    lower: bool,
    /// An opening quotation mark stands before it.
    quote: bool,
}

impl Follow {
    fn of(text: &str, words: &[Span], mut at: usize) -> Follow {
        let mut quote = false;
        while let Some(word) = words.get(at).filter(|w| opens(w.of(text))) {
            quote |= !matches!(word.of(text), "(" | "[");
            at += 1;
        }
        let first = words.get(at).and_then(|w| w.of(text).chars().next());
        let lower = first.is_some_and(char::is_lowercase);
        let upper = first.is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !lower));
        Follow { at, upper, lower, quote }
    }
}

/// Whether the few words from `at` are a speaker and a verb of speech.
fn says(text: &str, words: &[Span], at: usize) -> bool {
    words.iter().skip(at).take(4).any(|w| listed(w.of(text), SPEECH))
}

fn closes(word: &str) -> bool {
    matches!(word, "\"" | "”" | "’’" | "''" | "»" | ")" | "]" | "“") && word != "“" || word.chars().all(is_apostrophe)
}

fn opens(word: &str) -> bool {
    matches!(word, "\"" | "“" | "‘" | "'" | "``" | "«" | "(" | "[" | "„" | "`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::BlockKind;

    fn sentences(text: &str) -> Vec<&str> {
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        split(text, &[block]).iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn news_is_split_into_sentences() {
        // One sentence a line.
        for expected in [
            "Mr. Lavrov met Sen. Smith on Feb. 12 in Washington, D.C., aides said.\nThe talks were brief.",
            "The U.S.-Russian talks began at 10 a.m. Friday.\nBrig. Gen. Pat Ryder spoke.",
            "He spoke for the U.S.\nThe call lasted an hour.\nJ. Kerry did not answer.",
            "MOSCOW, November 11. /TASS/.\nThe minister called.",
            "MOSCOW (Reuters) -\nThe minister called.\nNobody answered.",
            "WASHINGTON, Feb. 13 —\nThe secretary flew to Rome.",
            "London, 3 May (AFP) –\n“We called,” he said.",
            "Kerry - The man who called - was away.",
            "“We called.\nNobody answered.”\nShe left.",
            "\"Why did you call?\" Kerry asked.\n\"To talk!\" said the envoy.",
            "“Will they meet?” he asked.\n“Yes,” she said.",
            "Talks ended... and then resumed.\nWhat now?",
            "They paid $5.2 million.\n“No.”\n(He laughed.)\nThen he left.",
            "1. Call the embassy.\n2. Wait.",
        ] {
            let lines: Vec<&str> = expected.split('\n').collect();
            assert_eq!(sentences(&lines.join(" ")), lines);
        }
    }

    #[test]
    fn a_newline_is_white_space_and_sentences_keep_to_their_block() {
        assert_eq!(sentences("The minister\ncalled. He\nspoke."), ["The minister\ncalled.", "He\nspoke."]);
        let text = "no end\nnor here";
        let block = |from, to| Block { kind: BlockKind::Paragraph, span: Span::new(from, to) };
        assert_eq!(split(text, &[block(0, 6), block(7, 15)]).len(), 2);
        assert!(split(text, &[block(3, 99)]).is_empty());
    }
}
