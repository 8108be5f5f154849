//! Who is said to say something in a sentence, and which of its words are what they say.
//!
//! Everything here goes by the order and form of words, so that it works on sentences without a tree and is not led
//! astray by one that is wrong: a source stands before its verb ("Kerry said") or after it ("said Kerry"), what is said
//! follows ("said that …"), goes before (…, Kerry said) or around it (…, Kerry said, …).

use super::cues::{Form, Verb};
use super::passage::{Class, Passage};
use super::speakers::is_voice;
use crate::codes::Stance;
use crate::who::MentionKind;
use std::ops::Range;

/// How the words that report stand to what they report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// "She said that …".
    Governing,
    /// "…, she said" and "…, according to her".
    Tag,
    /// "She called it …", "she urged him to …": what is reported is a phrase, not a clause.
    Object,
}

/// One place in a sentence where somebody is said to say something. Ranges are words of the passage.
#[derive(Clone, Debug)]
pub(super) struct Report {
    /// How it stands to its content.
    pub role: Role,
    /// The verb; none for "according to" and a bare colon.
    pub verb: Option<Verb>,
    /// The words that report.
    pub cue: Range<usize>,
    /// Who says it.
    pub source: Option<Range<usize>>,
    /// Whom it is said to.
    pub addressee: Option<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
    /// How the source stands to it.
    pub stance: Stance,
}

/// A quoted phrase that begins this many words after "called", "praised" or the like is no longer its object.
const OBJECT_REACH: usize = 16;

/// The reports of one sentence, in order of their cues.
pub(super) fn find(passage: &Passage, sentence: Range<usize>) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let end = content_end(passage, sentence.clone());
    for at in sentence.clone() {
        let Some(word) = passage.words.get(at) else { break };
        if word.quoted.is_some() {
            continue;
        }
        if passage.is(at, "according") && passage.is(at + 1, "to") {
            reports.extend(according_to(passage, sentence.start, at, end));
        } else if passage.is(at, "as") && word.class == Class::Subordinator && as_told(passage, at, end).is_some() {
            reports.extend(as_told(passage, at, end).map(|(cue, source)| Report {
                cue,
                source: Some(source),
                content: vec![sentence.start..trim_end(passage, sentence.start, at)],
                ..tag()
            }));
        } else if let Some(answer) = answer(passage, sentence.start, at, end) {
            reports.push(answer);
        } else if let Some(cue) = word.cue {
            let before = reports.last().cloned();
            reports.extend(verb(passage, sentence.start, at, cue.verb, cue.form, end, before.as_ref()));
        } else if word.class == Class::Mark && at > sentence.start && reports.is_empty() {
            reports.extend(dash(passage, sentence.clone(), at));
        } else if word.class == Class::Colon && reports.is_empty() {
            reports.extend(colon(passage, sentence.start, at, end));
        }
    }
    bound_by_tags(&mut reports);
    reports
}

/// The end of what can be content: before the final stop.
fn content_end(passage: &Passage, sentence: Range<usize>) -> usize {
    let mut end = sentence.end;
    while end > sentence.start && passage.words[end - 1].quoted.is_none() && passage.class(end - 1) == Class::Stop {
        end -= 1;
    }
    end
}

/// What a governing verb reports ends where a tag begins ("he said that …, she added").
fn bound_by_tags(reports: &mut [Report]) {
    let tags: Vec<(usize, usize)> = reports
        .iter()
        .filter(|r| r.role == Role::Tag)
        .map(|r| {
            let start = r.source.as_ref().map_or(r.cue.start, |source| source.start.min(r.cue.start));
            (start, r.cue.end)
        })
        .collect();
    for report in reports.iter_mut().filter(|r| r.role != Role::Tag) {
        for content in &mut report.content {
            if let Some((start, _)) = tags.iter().find(|(start, _)| *start > content.start && *start < content.end) {
                content.end = start.saturating_sub(1).max(content.start);
            }
        }
        report.content.retain(|content| !content.is_empty());
    }
}

/// An empty tag, to fill in.
fn tag() -> Report {
    Report {
        role: Role::Tag,
        verb: None,
        cue: 0..0,
        source: None,
        addressee: None,
        content: Vec::new(),
        stance: Stance::Asserted,
    }
}

/// "…, as quoted by X", "…, as X put it": the words that report and the source.
fn as_told(passage: &Passage, at: usize, end: usize) -> Option<(Range<usize>, Range<usize>)> {
    if matches!(passage.form(at + 1), "quoted" | "reported" | "cited" | "told" | "summarized" | "carried")
        && matches!(passage.form(at + 2), "by" | "to")
    {
        return Some((at..at + 3, noun_phrase_after(passage, at + 3, end)?));
    }
    None
}

/// "According to X, …" and "…, according to X".
fn according_to(passage: &Passage, start: usize, at: usize, end: usize) -> Option<Report> {
    let source = noun_phrase_after(passage, at + 2, end)?;
    let mut content = Vec::new();
    let before = trim_end(passage, start, at);
    if before > start {
        content.push(start..before);
    }
    let mut after = source.end;
    if passage.class(after) == Class::Comma {
        after += 1;
    }
    if after < end && (before <= start || passage.class(source.end) == Class::Comma) {
        content.push(after..end);
    }
    Some(Report { cue: at..at + 2, source: Some(source), content, ..tag() })
}

/// "“…” was the minister's answer": the words that report and whose they are, if anybody's.
fn answer(passage: &Passage, start: usize, at: usize, end: usize) -> Option<Report> {
    const WORDS: [&str; 8] = ["answer", "reply", "response", "verdict", "message", "comment", "assessment", "words"];
    let quoted = passage.words.get(at.checked_sub(1)?)?.quoted.is_some();
    if at <= start || !quoted || !is_be(passage, at, at + 1) {
        return None;
    }
    let noun = (at + 2..end.min(at + 8)).find(|&i| WORDS.iter().any(|word| passage.is(i, word)))?;
    let owned = matches!(passage.form(noun - 1), "'s" | "’s");
    let source = (owned && noun - 1 > at + 1).then_some(at + 1..noun - 1);
    Some(Report { cue: at..noun + 1, source, content: vec![start..at], ..tag() })
}

/// "“…” — Sergei Lavrov": a quotation, a dash and a name that ends the block.
fn dash(passage: &Passage, sentence: Range<usize>, at: usize) -> Option<Report> {
    let dash = matches!(passage.form(at), "—" | "–" | "―" | "-" | "--");
    let quoted = passage.words.get(at.checked_sub(1)?)?.quoted.is_some();
    let last = sentence.end == passage.words.len();
    let name = at + 1..sentence.end;
    let named = passage.form(at + 1).starts_with(char::is_uppercase) && (1..=8).contains(&name.len());
    (dash && quoted && last && named).then(|| Report {
        cue: at..at + 1,
        source: Some(name),
        content: vec![sentence.start..at],
        ..tag()
    })
}

/// "Lavrov: …", with a name of a person, a body or an outlet and a quotation.
fn colon(passage: &Passage, start: usize, at: usize, end: usize) -> Option<Report> {
    let quoted = passage.words.get(at + 1)?.quoted.is_some();
    let source = passage.span(start..at)?;
    let named = passage.mentions(source).any(|m| m.kind == MentionKind::Name);
    (quoted && named && at - start <= 8).then(|| Report {
        role: Role::Governing,
        cue: at..at + 1,
        source: Some(start..at),
        content: vec![at + 1..end],
        ..tag()
    })
}

fn verb(
    passage: &Passage,
    start: usize,
    at: usize,
    verb: Verb,
    form: Form,
    end: usize,
    before: Option<&Report>,
) -> Option<Report> {
    let after = at + 1 + usize::from(!verb.followed_by.is_empty());
    let auxiliaries = skip_back(passage, start, at, |class| matches!(class, Class::Auxiliary | Class::Adverb));
    let passive = matches!(form, Form::Past | Form::Participle)
        && (auxiliaries..at)
            .any(|i| ["is", "was", "are", "were", "been", "be", "being"].iter().any(|be| passage.is(i, be)));
    // "is demanding" is as finite as "demands".
    let progressive = form == Form::Gerund && auxiliaries < at && is_be(passage, auxiliaries, at);
    let form = if progressive { Form::Third } else { form };
    // "declined to say": nothing is said.
    let infinitive = form == Form::Base && auxiliaries > start && passage.is(auxiliaries - 1, "to");
    if infinitive && auxiliaries >= start + 2 && WITHHOLDS.iter().any(|word| passage.is(auxiliaries - 2, word)) {
        return None;
    }
    let negated = (auxiliaries..at).any(|i| ["not", "n't", "n’t", "never"].iter().any(|no| passage.is(i, no)));
    let stance = match (verb.stance, negated) {
        (Stance::Asserted, true) => Stance::Denied,
        // "Did not deny that they had talked".
        (Stance::Denied, true) => Stance::Asserted,
        (stance, _) => stance,
    };
    let report = |role, source, addressee, content| Report {
        role,
        verb: Some(verb),
        cue: auxiliaries..after,
        source,
        addressee,
        content,
        stance,
    };
    // "Dawn quoted an official as saying that …": the saying is the official's, and Dawn's the whole.
    if form == Form::Gerund && at > start && passage.is(at - 1, "as") {
        let quoting = before.filter(|report| report.verb.is_some_and(|verb| verb.takes('r')))?;
        let object = quoting.cue.end..at - 1;
        let source = if object.is_empty() || quoting.role == Role::Tag { quoting.source.clone()? } else { object };
        let (addressee, next) = addressee(passage, after, end, verb);
        let content = complement(passage, next, end, verb)?;
        return Some(Report { cue: at - 1..after, ..report(Role::Governing, Some(source), addressee, vec![content]) });
    }
    if verb.takes('r')
        && let Some(saying) = (after..end.min(after + 24)).find(|&i| {
            passage.is(i, "as")
                && passage.words.get(i + 1).is_some_and(|w| w.cue.is_some_and(|cue| cue.form == Form::Gerund))
        })
        && saying + 2 < end
    {
        let that = usize::from(passage.class(saying + 2) == Class::That);
        // "was quoted by Interfax as saying": the subject says it, the agent quotes it.
        let (source, quoted) = if passive {
            let by = passage.is(after, "by").then(|| noun_phrase_after(passage, after + 1, saying)).flatten();
            (by, noun_phrase_before(passage, start, auxiliaries))
        } else {
            (noun_phrase_before(passage, start, auxiliaries), None)
        };
        let role = if passive { Role::Tag } else { Role::Governing };
        let content = vec![saying + 2 + that..end];
        return Some(Report {
            source: if passive { quoted.or(source) } else { source },
            ..report(role, None, None, content)
        });
    }
    if passive {
        return is_said(passage, start, auxiliaries, after, end, verb).map(|(source, content)| Report {
            stance: if verb.stance == Stance::Asserted && passage.is(after, "to") { Stance::Hedged } else { stance },
            ..report(Role::Governing, source, None, content)
        });
    }
    let speech = verb.takes('c') || verb.takes('q') || verb.takes('t');
    // "…," said Kerry
    let quoted_before = start < at && passage.words[at - 1].quoted.is_some();
    let preceded = quoted_before || start < at && passage.class(at - 1) == Class::Comma;
    if preceded
        && speech
        && matches!(form, Form::Past | Form::Third)
        && verb.takes('q')
        && !verb.takes('a')
        && let Some(source) = noun_phrase_after(passage, at + 1, end)
        // "Araqchi, who was in Oman, denied reports": the subject of its own says who; the reports are what is denied.
        && (quoted_before
            || is_somebody(passage, &source)
            || !verb.takes('o')
            || passage.subject(at).is_none_or(|subject| subject.end > auxiliaries))
        && (quoted_before && passage.class(source.end) != Class::Auxiliary || ends_tag(passage, source.end, end))
    {
        let mut content = vec![start..trim_end(passage, start, at)];
        let tail = source.end + 1;
        if passage.class(source.end) == Class::Comma && tail < end && goes_on(passage, at, tail) {
            content.push(tail..end);
        }
        return Some(report(Role::Tag, Some(source), None, content));
    }
    let in_tree = passage.subject(at).filter(|subject| subject.end <= auxiliaries);
    let source = match form {
        // "prompted Kerry to say" and "used the visit to say"
        _ if infinitive => {
            let to = auxiliaries - 1;
            let object = passage.class(to.saturating_sub(1)) == Class::Comma || ends_name(passage, to);
            let near = if object { noun_phrase_before(passage, start, to) } else { None };
            near.or_else(|| before.and_then(|report| report.source.clone()))
                .or_else(|| first_subject(passage, start, auxiliaries))
        }
        // "Calling it a first step, the president said …"
        Form::Gerund if at == start => {
            let comma = (at..end).find(|&i| passage.class(i) == Class::Comma && passage.words[i].quoted.is_none())?;
            noun_phrase_after(passage, comma + 1, end)
        }
        Form::Gerund if in_tree.as_ref().is_some_and(|subject| is_somebody(passage, subject)) => in_tree,
        Form::Gerund => before.and_then(|report| report.source.clone()).or_else(|| first_subject(passage, start, at)),
        // The order of words is surer than the tree where a name or a pronoun stands right before the verb.
        _ => noun_phrase_before(passage, start, auxiliaries)
            .filter(|phrase| {
                let words = passage.words.get(phrase.clone()).unwrap_or_default();
                let text = words.first().zip(words.last()).map(|(a, z)| a.span.cover(z.span).of(passage.text));
                // "Spoke with A, B and C, diplomatic sources said".
                is_somebody(passage, phrase) || in_tree.is_none() || text.is_some_and(is_voice)
            })
            .or(in_tree)
            .or_else(|| before.and_then(|report| report.source.clone()))
            .or_else(|| first_subject(passage, start, auxiliaries)),
    };
    let (addressee, next) = addressee(passage, after, end, verb);
    // "…, Kerry told reporters on Friday."
    if let Some(subject) = source.as_ref().filter(|subject| subject.end <= at && form != Form::Gerund)
        && speech
        && subject.start > start
        && let Some(tail) = tag_tail(passage, next, end)
    {
        let before = trim_end(passage, start, subject.start);
        let opened = passage.words[subject.start - 1].quoted.is_some()
            || matches!(passage.class(subject.start - 1), Class::Comma | Class::Mark);
        let adverbial = matches!(passage.class(start), Class::Preposition | Class::Time | Class::Subordinator)
            && passage.words[start].quoted.is_none()
            && before - start < 8
            && (start..before).all(|i| passage.words[i].quoted.is_none() && passage.class(i) != Class::Comma);
        if opened && before > start && !adverbial {
            let mut content = vec![start..before];
            if tail < end && goes_on(passage, before, tail) {
                content.push(tail..end);
            }
            return Some(report(Role::Tag, source, addressee, content));
        }
    }
    // "Kerry said that …"
    let content = complement(passage, next, end, verb);
    if speech && let Some(content) = content {
        return Some(report(Role::Governing, source, addressee, vec![content]));
    }
    if (verb.takes('o') || verb.takes('p')) && after < end {
        // "expressed her hope that …"
        let reach = end.min(after + 9);
        let that = (after..reach).find(|&i| passage.class(i) == Class::That);
        if passage.is(after, "to") && passage.words[after].quoted.is_none() && !verb.takes('p') {
            // "opposed to"
            return None;
        }
        if let Some(that) = that.filter(|&that| that + 1 < end && !(after..that).any(|i| breaks_phrase(passage, i))) {
            return Some(report(Role::Governing, source, addressee, vec![that + 1..end]));
        }
        let stop = (after + 1..end).find(|&i| breaks_phrase(passage, i)).unwrap_or(end);
        let quoted = (after..stop).find(|&i| passage.words[i].quoted.is_some());
        let near = quoted.is_some_and(|i| i < after + OBJECT_REACH);
        if !near && !verb.takes('o') && !names(passage, after, verb) {
            return None;
        }
        let content = vec![after..stop];
        return Some(report(Role::Object, source, addressee, content));
    }
    None
}

/// "called the report propaganda", "called that unfortunate", and not "called the president".
fn names(passage: &Passage, after: usize, verb: Verb) -> bool {
    let Some(first) = passage.words.get(after) else { return false };
    let mentions = &passage.cast.mentions;
    let at = mentions.partition_point(|mention| mention.span.start < first.span.start);
    let somebody = mentions.get(at).is_some_and(|m| m.span.start == first.span.start);
    verb.lemma == "call"
        && !somebody
        && ["the", "that", "this", "it", "its", "those"].iter().any(|w| passage.is(after, w))
}

/// Whether a phrase that is somebody's object ends before word `at`.
fn breaks_phrase(passage: &Passage, at: usize) -> bool {
    let word = &passage.words[at];
    word.quoted.is_none()
        && (matches!(word.class, Class::Comma | Class::Mark | Class::Stop | Class::Colon) && !is_hyphen(passage, at)
            || word.class == Class::Subordinator && !passage.is(at, "as")
            || word.class == Class::Auxiliary
            || word.class == Class::Conjunction
                && (passage.is(at, "but") || passage.words.get(at + 1).is_some_and(|next| next.cue.is_some())))
}

/// Words before "to say" that mean that nothing was said, or nothing yet.
const WITHHOLDS: [&str; 24] = [
    "decline",
    "declines",
    "declined",
    "declining",
    "refuse",
    "refuses",
    "refused",
    "refusing",
    "fail",
    "fails",
    "failed",
    "failing",
    "want",
    "wants",
    "wanted",
    "unable",
    "unwilling",
    "able",
    "reluctant",
    "need",
    "wish",
    "wishes",
    "plan",
    "plans",
];

/// Whether a form of "be" stands in `from..to`.
fn is_be(passage: &Passage, from: usize, to: usize) -> bool {
    const BE: [&str; 12] = ["is", "was", "are", "were", "been", "be", "being", "am", "'s", "’s", "'re", "’re"];
    (from..to).any(|i| BE.iter().any(|be| passage.is(i, be)))
}

/// "is said to have …", "was announced that …", "was told by X that …": the source, if any, and the content.
fn is_said(
    passage: &Passage,
    start: usize,
    auxiliaries: usize,
    after: usize,
    end: usize,
    verb: Verb,
) -> Option<(Option<Range<usize>>, Vec<Range<usize>>)> {
    if passage.is(after, "to") && !verb.takes('a') && (verb.takes('c') || verb.takes('t')) {
        let subject = noun_phrase_before(passage, start, auxiliaries)?;
        return Some((None, vec![subject, after..end]));
    }
    let source = passage.is(after, "by").then(|| noun_phrase_after(passage, after + 1, end)).flatten();
    let next = source.as_ref().map_or(after, |source| source.end);
    if source.is_some() && auxiliaries > start {
        let from = start + usize::from(passage.class(start) == Class::That);
        let clause = passage.class(start) == Class::That;
        let subject = noun_phrase_before(passage, start, auxiliaries);
        let content = if clause { Some(from..auxiliaries) } else { subject };
        return content.map(|content| (source, vec![content]));
    }
    if passage.class(next) == Class::That && next + 1 < end {
        return Some((source, vec![next + 1..end]));
    }
    None
}

/// Whether what was said goes on at word `tail`, after a tag that began at word `tag`: not with a participle, a relative
/// clause or another tag, and after a quotation only with another or with "that".
fn goes_on(passage: &Passage, tag: usize, tail: usize) -> bool {
    let quoted = |i: usize| passage.words.get(i).is_some_and(|word| word.quoted.is_some());
    let that = passage.class(tail) == Class::That || passage.class(tail + 1) == Class::That;
    if tag > 0 && quoted(tag - 1) {
        return quoted(tail) || that || quoted(tail + 1);
    }
    let participle = passage.words.get(tail).is_some_and(|w| w.cue.is_some_and(|cue| cue.form == Form::Gerund))
        || passage.form(tail).ends_with("ing") && passage.form(tail).starts_with(char::is_lowercase);
    let other = matches!(passage.class(tail), Class::Relative | Class::Subordinator) || passage.is(tail, "according");
    !participle && !other
}

/// Whether word `at` can stand after "…, said Kerry": no verb does.
fn ends_tag(passage: &Passage, at: usize, end: usize) -> bool {
    at >= end
        || matches!(
            passage.class(at),
            Class::Comma
                | Class::Stop
                | Class::Mark
                | Class::Preposition
                | Class::Time
                | Class::Relative
                | Class::Subordinator
        )
}

/// Where what follows a tag goes on, if the words from `from` can end one: nothing more, or an adverbial up to the next
/// comma. `end` where nothing goes on.
fn tag_tail(passage: &Passage, from: usize, end: usize) -> Option<usize> {
    match passage.class(from) {
        _ if from >= end => return Some(end),
        Class::Comma | Class::Mark => return Some(from + 1),
        Class::Time | Class::Preposition | Class::Linking | Class::Subordinator | Class::Adverb => {}
        _ => return None,
    }
    let mut at = from;
    while at < end && passage.class(at) != Class::Comma {
        let quoted = passage.words.get(at).is_some_and(|word| word.quoted.is_some());
        if passage.class(at) == Class::That || passage.class(at) == Class::Colon || quoted {
            return None;
        }
        at += 1;
    }
    // Past an adverbial the sentence seldom goes back to what was said.
    Some(if at < end && at - from <= 6 { at + 1 } else { end })
}

/// The words that a governing verb reports, from `from` on.
fn complement(passage: &Passage, from: usize, end: usize, verb: Verb) -> Option<Range<usize>> {
    let mut at = from;
    // "Said there was no apology".
    let exists = |at: usize| passage.is(at, "there") && passage.class(at + 1) == Class::Auxiliary;
    while at < end && matches!(passage.class(at), Class::Adverb | Class::Time) && !exists(at) {
        at += 1;
    }
    let is_quoted = |i: usize| passage.words.get(i).is_some_and(|word| word.quoted.is_some());
    if at >= end {
        return None;
    }
    if is_quoted(at) {
        return Some(at..end);
    }
    // "said last week that", "said again that"
    let dated = ["last", "next", "late", "early", "again", "this", "two", "three", "several", "there"];
    if dated.iter().any(|word| passage.is(at, word))
        && let Some(that) = (at + 1..end.min(at + 5)).find(|&i| passage.class(i) == Class::That)
        && that + 1 < end
    {
        return Some(that + 1..end);
    }
    match passage.class(at) {
        Class::That => {
            let past_mark = at + 1 + usize::from(matches!(passage.class(at + 1), Class::Colon | Class::Comma));
            return (past_mark < end).then_some(past_mark..end);
        }
        Class::Colon => return (at + 1 < end).then_some(at + 1..end),
        // "what it was claiming was …": the clause is not this verb's.
        Class::Auxiliary | Class::Conjunction => return None,
        Class::Comma if is_quoted(at + 1) => return Some(at + 1..end),
        // "said on Friday in Moscow that …", "said, however, that …", "wrote in the letter: …"
        Class::Preposition | Class::Linking | Class::Comma | Class::Subordinator => {
            let reach = end.min(at + if verb.takes('c') { 24 } else { 12 });
            let opens = (at + 1..reach)
                .find(|&i| matches!(passage.class(i), Class::That | Class::Colon | Class::Stop) || is_quoted(i))?;
            if is_quoted(opens) {
                return Some(opens..end);
            }
            if passage.class(opens) != Class::Stop && opens + 1 < end {
                return Some(opens + 1..end);
            }
            return (matches!(passage.class(at), Class::Subordinator) && (verb.takes('c') || verb.takes('t')))
                .then_some(at..end);
        }
        _ => {}
    }
    (verb.takes('c')).then_some(at..end)
}

/// Whom a verb's words go to, and the word after: "told *reporters* that", "said *to Reuters* that".
fn addressee(passage: &Passage, from: usize, end: usize, verb: Verb) -> (Option<Range<usize>>, usize) {
    if !verb.takes('a') {
        return (None, from);
    }
    let Some(first) = passage.words.get(from).filter(|word| word.quoted.is_none()) else { return (None, from) };
    let mentioned = passage.cast.mentions.partition_point(|m| m.span.start < first.span.start);
    let mut next = from;
    if let Some(mention) = passage.cast.mentions.get(mentioned).filter(|m| m.span.start == first.span.start) {
        while next < end && passage.words[next].span.start < mention.span.end {
            next += 1;
        }
    } else {
        match passage.class(from) {
            Class::Pronoun => next += 1,
            Class::Determiner | Class::Other => {
                let reach = end.min(from + 10);
                let that = (from..reach).find(|&i| passage.class(i) == Class::That);
                let plain = |i: usize| matches!(passage.class(i), Class::Determiner | Class::Other | Class::Linking);
                next = match that {
                    Some(that) if (from..that).all(plain) => that,
                    _ => {
                        let mut i = from + usize::from(passage.class(from) == Class::Determiner);
                        i += 1;
                        while i < end && passage.form(i).starts_with(char::is_uppercase) {
                            i += 1;
                        }
                        i.min(end)
                    }
                };
            }
            _ => return (None, from),
        }
    }
    // "CNN's Fareed Zakaria"
    if matches!(passage.form(next), "'s" | "’s") {
        next += 1;
        while next < end && passage.form(next).starts_with(char::is_uppercase) {
            next += 1;
        }
    }
    (Some(from..next), next)
}

/// The noun phrase that ends before word `end`: the subject of a verb that stands there.
fn noun_phrase_before(passage: &Passage, start: usize, end: usize) -> Option<Range<usize>> {
    // "the ministry on Friday said", "Kerry later said"
    let mut end = skip_back(passage, start, end, |class| matches!(class, Class::Time | Class::Adverb));
    if end > start && passage.is(end - 1, "on") {
        end -= 1;
    }
    if end <= start || passage.words[end - 1].quoted.is_some() {
        return None;
    }
    match passage.class(end - 1) {
        // "Pushkov, head of the committee, said"
        Class::Comma | Class::Mark => {
            let mark = match passage.form(end - 1) {
                ")" => "(",
                "]" => "[",
                mark => mark,
            };
            let opening = (start..end - 1).rev().find(|&i| passage.form(i) == mark)?;
            let apposition = opening + 1..end - 1;
            let tagged = apposition.clone().any(|i| passage.words[i].quoted.is_some());
            if tagged || apposition.is_empty() {
                return None;
            }
            // "Rubio, on the phone with Lammy, the British minister, said": the one before is in brackets too.
            let outer = (start..opening).rev().find(|&i| passage.class(i) == Class::Comma);
            if let Some(outer) = outer
                && outer > start
                && matches!(passage.class(outer + 1), Class::Preposition | Class::Relative | Class::Subordinator)
                && let Some(name) = noun_phrase_before(passage, start, outer)
            {
                return Some(name);
            }
            let name = noun_phrase_before(passage, start, opening)?;
            Some(name.start..end - 1)
        }
        Class::Relative => {
            let comma = usize::from(end >= start + 2 && passage.class(end - 2) == Class::Comma);
            noun_phrase_before(passage, start, end.checked_sub(1 + comma)?.max(start))
        }
        Class::Conjunction | Class::Subordinator | Class::That | Class::Preposition | Class::Linking => None,
        _ => {
            let mut first = end;
            while first > start {
                let word = &passage.words[first - 1];
                let boundary = word.quoted.is_some()
                    || word.cue.is_some_and(|cue| !matches!(cue.form, Form::Participle | Form::Past) || first < end)
                    || matches!(
                        word.class,
                        Class::Stop
                            | Class::Comma
                            | Class::Colon
                            | Class::Mark
                            | Class::Auxiliary
                            | Class::That
                            | Class::Relative
                            | Class::Subordinator
                    )
                    || word.class == Class::Conjunction && !joins_names(passage, first - 1);
                if boundary && !is_hyphen(passage, first - 1) {
                    break;
                }
                first -= 1;
            }
            // "In his statement Mukherjee said": what a preposition opens is not the subject, but its last name may be.
            if matches!(passage.class(first), Class::Preposition | Class::Time | Class::Adverb) {
                let span = passage.span(first..end)?;
                first = match passage.mentions(span).filter(|m| m.span.end == span.end).last() {
                    Some(last) => (first..end).find(|&i| passage.words[i].span.start >= last.span.start)?,
                    None if passage.class(end - 1) == Class::Pronoun => end - 1,
                    None => {
                        let named = |i: &usize| {
                            passage.class(*i) == Class::Other && passage.form(*i).starts_with(char::is_uppercase)
                        };
                        (first..end).rev().take_while(named).last()?
                    }
                };
            }
            (first < end).then_some(first..end)
        }
    }
}

/// Whether a noun phrase holds a name or a description of somebody, or is a pronoun.
fn is_somebody(passage: &Passage, phrase: &Range<usize>) -> bool {
    let named = |span| passage.mentions(span).any(|m| m.kind != MentionKind::Adjective);
    phrase.len() == 1 && passage.class(phrase.start) == Class::Pronoun
        || passage.span(phrase.clone()).is_some_and(named)
}

/// Whether a name of somebody ends before word `at`.
fn ends_name(passage: &Passage, at: usize) -> bool {
    let Some(span) = at.checked_sub(1).and_then(|last| passage.span(last..at)) else { return false };
    let mentions = &passage.cast.mentions;
    let next = mentions.partition_point(|mention| mention.span.start <= span.start);
    next.checked_sub(1)
        .and_then(|before| mentions.get(before))
        .is_some_and(|m| m.span.end == span.end && m.kind == MentionKind::Name)
}

/// Whether a conjunction joins two names ("Kerry and Lavrov") rather than two clauses.
fn joins_names(passage: &Passage, at: usize) -> bool {
    let named = |word: Option<&super::passage::Word>, ends: bool| {
        word.is_some_and(|word| {
            passage
                .cast
                .mentions
                .iter()
                .any(|m| if ends { m.span.end == word.span.end } else { m.span.start == word.span.start })
        })
    };
    at > 0 && named(passage.words.get(at - 1), true) && named(passage.words.get(at + 1), false)
}

/// Whether word `at` is a hyphen or a full stop inside a longer word or an abbreviation.
fn is_hyphen(passage: &Passage, at: usize) -> bool {
    let touches = |a: usize, b: usize| match (passage.words.get(a), passage.words.get(b)) {
        (Some(a), Some(b)) => a.span.end == b.span.start,
        _ => false,
    };
    matches!(passage.form(at), "-" | "'" | "’") && at > 0 && touches(at - 1, at) && touches(at, at + 1)
}

/// The noun phrase that begins with word `from`.
fn noun_phrase_after(passage: &Passage, from: usize, end: usize) -> Option<Range<usize>> {
    let first = passage.words.get(from)?;
    let opens = matches!(first.class, Class::Other | Class::Determiner | Class::Pronoun | Class::Adverb);
    if from >= end || first.quoted.is_some() || !opens {
        return None;
    }
    if first.class == Class::Pronoun {
        return Some(from..from + 1);
    }
    let mut at = from;
    while at < end {
        let word = &passage.words[at];
        let inside =
            passage.cast.mentions.iter().any(|m| m.span.start < word.span.start && word.span.start < m.span.end);
        let boundary = word.quoted.is_some()
            || !matches!(word.class, Class::Other | Class::Determiner | Class::Linking | Class::Adverb)
                && !is_hyphen(passage, at)
                && !(word.class == Class::Conjunction && joins_names(passage, at))
                && !(word.class == Class::Preposition && belongs_to_noun(passage, at))
            || word.class == Class::Adverb && at > from;
        if boundary && !inside {
            break;
        }
        at += 1;
    }
    (at > from).then_some(from..at)
}

/// "familiar with", "close to", "issued by": prepositions that go on with the noun phrase before them.
fn belongs_to_noun(passage: &Passage, at: usize) -> bool {
    at > 0
        && [
            "familiar",
            "close",
            "issued",
            "published",
            "released",
            "seen",
            "obtained",
            "official",
            "officials",
            "sources",
            "source",
        ]
        .iter()
        .any(|word| passage.is(at - 1, word))
}

/// Whom a sentence is about before word `end`: its first name or description, past an introduction that a preposition
/// or a conjunction opens ("At his hearing, Kerry …").
fn first_subject(passage: &Passage, start: usize, end: usize) -> Option<Range<usize>> {
    let introduced = matches!(passage.class(start), Class::Preposition | Class::Subordinator | Class::Time)
        || passage.form(start).ends_with("ing");
    let comma = (start..end).find(|&i| passage.class(i) == Class::Comma && passage.words[i].quoted.is_none());
    let from = comma.filter(|_| introduced).map_or(start, |comma| comma + 1);
    let possessive = |i: usize| matches!(passage.form(i), "'s" | "’s" | "'" | "’");
    let subject = |from: usize| {
        let span = passage.span(from..end)?;
        passage.mentions(span).find_map(|mention| {
            let first = passage.words.partition_point(|word| word.span.start < mention.span.start);
            let last = passage.words.partition_point(|word| word.span.start < mention.span.end);
            let head = mention.kind != MentionKind::Adjective && !possessive(last);
            let owner = last == first + 1 && passage.class(first) == Class::Determiner;
            (head && !owner && last <= end).then_some(first..last)
        })
    };
    let bare = |from: usize| {
        let pronoun = passage.class(from) == Class::Pronoun || passage.form(from).starts_with(char::is_uppercase);
        (pronoun && from < end && passage.class(from) != Class::Preposition).then_some(from..from + 1)
    };
    subject(from).or_else(|| subject(start)).or_else(|| bare(from))
}

/// The first word after which everything up to `end` is of the classes that `skips` accepts.
fn skip_back(passage: &Passage, start: usize, end: usize, skips: impl Fn(Class) -> bool) -> usize {
    let mut at = end;
    while at > start && passage.words[at - 1].quoted.is_none() && skips(passage.class(at - 1)) {
        at -= 1;
    }
    at
}

/// The end of `start..end` without trailing commas, dashes and conjunctions outside quotation marks.
fn trim_end(passage: &Passage, start: usize, end: usize) -> usize {
    skip_back(passage, start, end, |class| matches!(class, Class::Comma | Class::Mark | Class::Colon))
}
