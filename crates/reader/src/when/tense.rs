//! Whether the clause around a time expression looks back or ahead: "met on Friday", "will meet on Friday".

use super::words::{Atom, Kind};
use crate::language::{Sentence, Token, Upos, Xpos};

/// Where a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// Back.
    Past,
    /// Ahead.
    Future,
    /// Neither can be told.
    Unknown,
}

/// Auxiliaries that look ahead.
const MODALS: &[&str] = &["will", "would", "shall", "ll", "may", "might", "can", "could", "should", "must", "wo"];

/// Words that look ahead whatever their form: "was scheduled for Friday", "expected on Friday".
#[rustfmt::skip]
const AHEAD: &[&str] = &[
    "scheduled", "expected", "planned", "slated", "due", "payable", "effective", "planning", "upcoming", "forthcoming", "expects",
    "intends", "hopes", "tentatively", "deadline", "going", "postponed", "rescheduled", "ahead",
];

/// Words of [`AHEAD`] that are done on one day for another: "postponed on Monday to Friday".
const PUT_OFF: &[&str] = &["postponed", "rescheduled"];

/// Past forms that do not end in -ed.
#[rustfmt::skip]
const PAST: &[&str] = &[
    "was", "were", "had", "did", "said", "met", "told", "held", "went", "came", "took", "spoke", "made", "began", "left", "gave", "saw",
    "got", "sent", "flew", "won", "lost", "wrote", "rang", "became", "fell", "rose", "knew", "brought", "thought", "broke", "drew", "led",
    "paid", "put", "sat", "sought", "shot", "struck", "understood", "withdrew", "kept", "heard", "ran", "grew", "been", "fought", "found",
    "built", "bought", "sold", "caught", "taught", "felt", "bore", "chose", "drove", "rode", "arose", "hit", "swore", "blew", "hung",
    "stood", "meant", "shook", "stole", "slept", "laid", "threw", "sank", "sang", "bound",
];

/// Words in -ed that are no past of their own.
const NOT_PAST: &[&str] = &[
    "need",
    "proceed",
    "united",
    "indeed",
    "succeed",
    "exceed",
    "speed",
    "hundred",
    "postponed",
    "scheduled",
    "expected",
    "planned",
    "slated",
    "rescheduled",
];

/// Verbs whose infinitive tells what was done or left undone then: "tried to reach", "refused to meet".
#[rustfmt::skip]
const DONE: &[&str] = &[
    "tried", "failed", "managed", "refused", "declined", "attempted", "continued", "began", "started", "helped", "used", "came", "went",
    "traveled", "travelled", "flew", "arrived", "met", "gathered", "sought", "forced", "able", "unable", "called", "returned", "meeting", "trying", "rushed",
    "struggled", "struggling", "attempting", "sought", "endeavoured",
];

/// The tense of the clause in which atoms `first..end` stand. `sentence`'s tree is used if it has one; words if not.
pub fn tense(text: &str, sentence: &Sentence, atoms: &[Atom], first: usize, end: usize) -> Tense {
    if sentence.parsed
        && let Some(atom) = atoms.get(first)
        && let Some(token) = sentence.tokens.iter().position(|t| t.span.end > atom.span.start)
    {
        let found = by_tree(text, sentence, token);
        if found != Tense::Unknown {
            return found;
        }
    }
    by_words(text, atoms, first, end)
}

fn is_one_of(text: &str, token: Token, words: &[&str]) -> bool {
    let form = text.get(token.span.range()).unwrap_or("").trim_start_matches(['\'', '’']);
    words.iter().any(|word| word.eq_ignore_ascii_case(form))
}

fn by_tree(text: &str, sentence: &Sentence, token: usize) -> Tense {
    let mut at = token;
    for _ in 0..12 {
        let Some(word) = sentence.tokens.get(at).copied() else { return Tense::Unknown };
        let had = |of: usize| {
            sentence.children(of).filter_map(|child| sentence.tokens.get(child)).any(|t| is_one_of(text, *t, &["had"]))
        };
        if at != token && is_one_of(text, word, AHEAD) {
            // "Was postponed on Monday", not "to Monday"; "had been due on Monday".
            let goal = sentence.children(token).filter_map(|child| sentence.tokens.get(child));
            let done = is_one_of(text, word, PUT_OFF) && goal.into_iter().any(|t| is_one_of(text, *t, &["on"]));
            return if done || had(at) { Tense::Past } else { Tense::Future };
        }
        // "Ahead of talks on Wednesday".
        let ahead = |child: usize| {
            let is = |t: usize, form: &str| sentence.tokens.get(t).is_some_and(|word| is_one_of(text, *word, &[form]));
            is(child, "of") && child.checked_sub(1).is_some_and(|t| is(t, "ahead"))
        };
        if at != token && word.upos == Upos::Noun && sentence.children(at).any(ahead) {
            return Tense::Future;
        }
        let aux =
            || sentence.children(at).filter_map(|child| sentence.tokens.get(child)).filter(|t| t.upos == Upos::Aux);
        let verbal = matches!(word.upos, Upos::Verb | Upos::Aux) || aux().next().is_some();
        if verbal && at != token {
            if aux().any(|t| is_one_of(text, *t, MODALS)) {
                return Tense::Future;
            }
            let past_aux = aux()
                .any(|t| t.xpos == Xpos::VBD || is_one_of(text, *t, &["was", "were", "had", "did", "has", "have"]));
            let infinitive =
                sentence.children(at).filter_map(|child| sentence.tokens.get(child)).any(|t| t.xpos == Xpos::TO);
            match word.xpos {
                _ if past_aux => return Tense::Past,
                Xpos::VBD => return Tense::Past,
                Xpos::VB if infinitive => {
                    // What an infinitive hangs on says where it looks; by itself, ahead.
                    let head = sentence.head(at).and_then(|head| sentence.tokens.get(head).copied());
                    // "Had been scheduled to meet on Tuesday".
                    let failed = head.is_some_and(|h| {
                        is_one_of(text, h, DONE) || is_one_of(text, h, AHEAD) && sentence.head(at).is_some_and(had)
                    });
                    return if failed { Tense::Past } else { Tense::Future };
                }
                Xpos::VBG if aux().next().is_some() => return Tense::Future,
                Xpos::VBZ | Xpos::VBP if !is_one_of(text, word, &["says", "say", "is", "are", "reports"]) => {
                    return Tense::Future;
                }
                Xpos::VBN if aux().next().is_none() => return Tense::Past,
                _ => {}
            }
        }
        match sentence.head(at) {
            Some(head) if head != at => at = head,
            _ => return Tense::Unknown,
        }
    }
    Tense::Unknown
}

fn by_words(text: &str, atoms: &[Atom], first: usize, end: usize) -> Tense {
    let form = |at: usize| atoms.get(at).and_then(|atom| text.get(atom.span.range())).unwrap_or("");
    let cue = |at: usize| {
        let word = form(at);
        let any = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(word));
        if !matches!(atoms.get(at).map(|a| a.kind), Some(Kind::Word(_))) {
            return Tense::Unknown;
        }
        // "to meet" looks ahead; "to Moscow", "to the" do not.
        let infinitive = word == "to"
            && form(at + 1).starts_with(|ch: char| ch.is_ascii_lowercase())
            && (form(at + 1).len() > 2 || form(at + 1) == "be")
            && !form(at + 1).ends_with("ing")
            && ![
                "the", "his", "her", "its", "their", "this", "that", "these", "date", "end", "early", "late", "mid",
                "about",
            ]
            .contains(&form(at + 1));
        // "tried repeatedly to reach", "tried three times to reach".
        let between = |word: &str| {
            word.ends_with("ly") || ["again", "twice", "once", "hard", "times", "several", "vain", "in"].contains(&word)
        };
        let before = (1..5).map(|back| form(at.wrapping_sub(back))).find(|word| !between(word)).unwrap_or("");
        let done = DONE.iter().any(|w| w.eq_ignore_ascii_case(before));
        if any(PUT_OFF) && form(first.wrapping_sub(1)) == "on" {
            return Tense::Past;
        }
        if any(MODALS) && !(word == "May" || word == "Can")
            || any(AHEAD)
            || word == "set" && matches!(form(at + 1), "to" | "for")
            || infinitive && !done && at < first
        {
            Tense::Future
        } else if form(at.wrapping_sub(1)) == "be" {
            // "will be paid", "to be held": what stands before tells.
            Tense::Unknown
        } else if any(PAST) || word.len() > 4 && word.ends_with("ed") && !any(NOT_PAST) {
            Tense::Past
        } else {
            Tense::Unknown
        }
    };
    let stops = |at: usize| {
        matches!(
            atoms.get(at).map(|a| a.kind),
            Some(Kind::Mark(';' | ':' | '"' | '\u{201c}' | '\u{201d}' | '(' | ')' | '\u{2014}'))
        )
    };
    if form(first.wrapping_sub(1)).eq_ignore_ascii_case("since") {
        return Tense::Past;
    }
    for at in (first.saturating_sub(14)..first).rev() {
        if stops(at) {
            break;
        }
        match cue(at) {
            Tense::Unknown => {}
            // "agreed to meet", "was due to meet": the nearest wins, and an infinitive hangs on what is before it only if that failed.
            found => return found,
        }
    }
    for at in end..(end + 12).min(atoms.len()) {
        if stops(at) {
            break;
        }
        match cue(at) {
            Tense::Unknown => {}
            found => return found,
        }
    }
    // Nothing else tells: "by Friday", "until Friday".
    if matches!(form(first.wrapping_sub(1)), "by" | "until") { Tense::Future } else { Tense::Unknown }
}
