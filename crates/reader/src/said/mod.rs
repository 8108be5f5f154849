//! Who says what: quotations and reported speech, with source, cue, content and addressee.
//!
//! [`quotations`] marks what stands between quotation marks, [`reports`] finds in each sentence who is said to say
//! something and which words they say, [`speakers`] tells who that is. [`find`] puts them together: a quotation belongs
//! to the innermost report whose content it stands in, or goes on from the one before it.

mod cues;
mod dialogues;
mod passage;
mod quotations;
mod reports;
mod speakers;

use crate::codes::{BlockKind, Stance, StatementKind, VoiceKind};
use crate::language::Sentence;
use crate::page::Page;
use crate::span::Span;
use crate::who::Cast;
use passage::{Class, Passage};
use quotations::Quotation;
use reports::{Report, Role};
use speakers::{Memory, Speaker};
use std::collections::BTreeMap;
use std::ops::Range;

/// One statement: a quotation or reported speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Quoted or reported.
    pub kind: StatementKind,
    /// Where the speaker stands, where the text names one.
    pub source: Option<Span>,
    /// The speaker, as an index into [`Cast::entities`].
    pub speaker: Option<usize>,
    /// The speaker as the text calls it ("Nuland", "a senior State Department official"), where it is no entity too.
    pub speaker_name: Option<String>,
    /// The speaker's government, where it is known: ISO 3166-1 alpha-3, or the organization's code.
    pub speaker_government: Option<String>,
    /// What kind of voice it is.
    pub voice: VoiceKind,
    /// The words that report it ("told", "according to").
    pub cue: Option<Span>,
    /// Whom it was said to ("reporters").
    pub addressee: Option<Span>,
    /// The words: between the marks for a quotation, the clause for reported speech. Several where the cue interrupts it
    /// or the text tells it twice.
    pub content: Vec<Span>,
    /// Index of the statement in which this one stands ("Interfax quoted Ryabkov as saying").
    pub within: Option<usize>,
    /// Whether what is reported is a phrase rather than a clause ("urged restraint", "promised to call"): it tells what
    /// was said, and answers for nothing in it.
    pub phrase: bool,
    /// Whether the cue denies ("denied that") or doubts ("is thought to have").
    pub stance: Stance,
}

/// Whether a sentence can hold a statement: it has a quotation mark or a word that reports. Needs tokens only.
pub fn may_report(text: &str, sentence: &Sentence) -> bool {
    sentence.tokens.iter().any(|token| {
        let form = text.get(token.span.range()).unwrap_or_default();
        form.starts_with(['"', '“', '”', '„', '«', '»', '‘', '`'])
            || !cues::readings(form).is_empty()
            || form.eq_ignore_ascii_case("according")
    })
}

/// The statement in which a stretch of text stands, the innermost if there are several, as an index into `statements`.
/// Phrases do not count: who "rejected the proposal" does not tell of it.
pub fn innermost(statements: &[Statement], span: Span) -> Option<usize> {
    let holds =
        |statement: &Statement| !statement.phrase && statement.content.iter().any(|content| content.contains(span));
    let size = |statement: &Statement| statement.content.iter().map(|content| content.len()).sum::<usize>();
    (0..statements.len()).filter(|&index| holds(&statements[index])).min_by_key(|&index| size(&statements[index]))
}

/// Finds the statements of an article: clauses and quotations in the order in which they end, so that a statement goes
/// before the one that it stands in; then phrases.
pub fn find(page: &Page, sentences: &[Sentence], cast: &Cast) -> Vec<Statement> {
    let quotations = quotations::find(&page.text, &page.blocks);
    let turns = dialogues::find(&page.text, &page.blocks);
    let mut finder = Finder { statements: Vec::new(), memory: Memory::default(), open: None, dialogue: None };
    let (mut first, mut quotation) = (0, 0);
    for (index, block) in page.blocks.iter().enumerate() {
        let end = first + sentences[first..].iter().take_while(|sentence| sentence.block <= index).count();
        let range = first..end;
        first = end;
        let base = quotation;
        quotation += quotations[base..].iter().take_while(|q| q.block <= index).count();
        let own = &quotations[base..quotation];
        if let Ok(turn) = turns.binary_search_by_key(&index, |turn| turn.block) {
            let passage = Passage::new(&page.text, sentences, range, cast, own, base);
            finder.turn(&passage, &turns[turn]);
            continue;
        }
        if block.kind == BlockKind::Heading
            || own.is_empty() && !sentences[range.clone()].iter().any(|s| may_report(&page.text, s))
        {
            finder.open = None;
            continue;
        }
        let passage = Passage::new(&page.text, sentences, range, cast, own, base);
        finder.block(&passage, own, base);
    }
    finder.finish(&page.text)
}

/// A statement in the making.
struct Draft {
    statement: Statement,
    speaker: Speaker,
}

struct Finder {
    statements: Vec<Draft>,
    memory: Memory,
    /// The quotation that the next block may go on with: it ended the block before, or its cue did.
    open: Option<Open>,
    /// Who asks and who answers in a dialogue whose turns do not say.
    dialogue: Option<(Speaker, Speaker)>,
}

/// What the end of a block leaves open.
struct Open {
    speaker: Speaker,
    /// The statement that a quotation without its closing mark belongs to.
    statement: Option<usize>,
}

impl Finder {
    fn block(&mut self, passage: &Passage, quotations: &[Quotation], base: usize) {
        let before = self.open.take();
        let mut by_quotation: Vec<Option<usize>> = vec![None; quotations.len()];
        let mut start = 0;
        let mut last_spoke: Option<(usize, usize)> = None;
        let mut subject: Option<Speaker> = None;
        while start < passage.words.len() {
            let mut sentence = passage.sentence_of(start);
            while passage.tag_follows(sentence.end) {
                sentence.end = passage.sentence_of(sentence.end).end;
            }
            let reports = reports::find(passage, sentence.clone());
            let speakers: Vec<Speaker> = reports
                .iter()
                .map(|report| {
                    let speaker = match report.source.clone() {
                        Some(source) => speakers::resolve(passage, source, &self.memory, report.role != Role::Tag),
                        None if report.verb.is_none() => self.memory.last().cloned().unwrap_or_else(nobody),
                        None => nobody(),
                    };
                    if report.source.is_some() && (report.role != Role::Object || speaker.entity.is_some()) {
                        self.memory.add(&speaker);
                    }
                    speaker
                })
                .collect();
            let mut quoted_by: Vec<Option<usize>> = vec![None; reports.len()];
            for (number, quotation) in quotations.iter().enumerate() {
                let Some(words) = words_of(passage, &sentence, base + number) else { continue };
                if by_quotation[number].is_some() {
                    // It began in an earlier sentence, which had no report for it; a tag here decides.
                    continue;
                }
                if is_name(passage, quotation, words.end) || is_naming(passage, &sentence, &words) {
                    continue;
                }
                let owner = owner(passage, &reports, &words);
                if owner.is_some_and(|report| is_one_word_of(passage, &reports[report], quotation)) {
                    continue;
                }
                let ends_here = passage.words.get(words.end).is_none_or(|word| word.quoted != Some(base + number));
                if let Some(report) = owner {
                    let statement = match quoted_by[report] {
                        Some(statement) => {
                            self.statements[statement].statement.content.push(quotation.inner);
                            statement
                        }
                        None => self.quote(passage, &reports[report], &speakers[report], quotation.inner),
                    };
                    quoted_by[report] = Some(statement);
                    by_quotation[number] = Some(statement);
                    last_spoke = Some((statement, sentence.end));
                    if quotation.continues
                        && let Some(open) = &before
                        && let Some(earlier) = open.statement
                    {
                        self.join(earlier, statement);
                    }
                    continue;
                }
                if !ends_here {
                    continue;
                }
                // No report in its own sentences: it goes on from what was said before, or its tag stands alone after it.
                let whole = is_sentence(passage, quotation);
                let speaker = if !whole {
                    self.of_phrase(passage, quotation, &sentence, &words)
                } else if let Some((statement, at)) = last_spoke
                    && words_between(passage, at, words.start, base + number) == 0
                {
                    self.statements[statement].statement.content.push(quotation.inner);
                    by_quotation[number] = Some(statement);
                    last_spoke = Some((statement, sentence.end));
                    continue;
                } else if let Some((statement, _)) = last_spoke {
                    Some(self.statements[statement].speaker.clone())
                } else if let Some(speaker) = subject.clone() {
                    Some(speaker)
                } else if let Some(open) = before.as_ref().filter(|_| starts_block(passage, quotation)) {
                    if quotation.continues
                        && let Some(statement) = open.statement
                    {
                        self.statements[statement].statement.content.push(quotation.inner);
                        by_quotation[number] = Some(statement);
                        last_spoke = Some((statement, sentence.end));
                        continue;
                    }
                    Some(open.speaker.clone())
                } else {
                    starts_block(passage, quotation).then(|| self.memory.last().cloned()).flatten()
                };
                if let Some(speaker) = speaker {
                    let statement = self.carried(speaker, quotation.inner);
                    by_quotation[number] = Some(statement);
                    last_spoke = Some((statement, sentence.end));
                }
            }
            for (number, report) in reports.iter().enumerate() {
                self.reported(passage, report, &speakers[number]);
            }
            if let Some(number) = reports.iter().position(|r| r.role != Role::Object && r.source.is_some()) {
                subject = Some(speakers[number].clone());
            }
            start = sentence.end.max(start + 1);
        }
        self.leave(passage, quotations, &by_quotation, last_spoke, subject);
    }

    /// One turn of a dialogue. Without labels, the last official named before it began answers, and the last person
    /// of no government asks.
    fn turn(&mut self, passage: &Passage, turn: &dialogues::Turn) {
        let start = turn.content.start;
        let (asks, answers) = self.dialogue.get_or_insert_with(|| {
            let asks = speakers::last_named(passage, start, false);
            let answers = speakers::last_named(passage, start, true).or_else(|| self.memory.last().cloned());
            (asks.unwrap_or(Speaker { voice: VoiceKind::Media, ..nobody() }), answers.unwrap_or_else(nobody))
        });
        let speaker = match turn.label {
            _ if turn.asks => asks.clone(),
            Some(label) => speakers::labelled(passage, label),
            None => answers.clone(),
        };
        self.carried(speaker, turn.content);
        let mut start = 0;
        while start < passage.words.len() {
            let sentence = passage.sentence_of(start);
            for report in reports::find(passage, sentence.clone()) {
                if let Some(source) = report.source.clone() {
                    let speaker = speakers::resolve(passage, source, &self.memory, report.role != Role::Tag);
                    self.reported(passage, &report, &speaker);
                }
            }
            start = sentence.end.max(start + 1);
        }
    }

    /// Who says a quoted phrase that no verb gives to anybody: where a sentence was cut before it, who spoke there; else
    /// whom its sentence is about. A single word is a catchword, and nobody's.
    fn of_phrase(
        &self,
        passage: &Passage,
        quotation: &Quotation,
        sentence: &Range<usize>,
        words: &Range<usize>,
    ) -> Option<Speaker> {
        if quotation.inner.of(passage.text).split_whitespace().count() < 2 {
            return None;
        }
        if words.start == sentence.start {
            return (sentence.start > 0).then(|| self.memory.last().cloned()).flatten();
        }
        let before = sentence.start..words.start;
        let pronoun = before.clone().next().filter(|&i| passage.class(i) == Class::Pronoun);
        match pronoun {
            Some(at) => Some(speakers::resolve(passage, at..at + 1, &self.memory, false)),
            None => speakers::subject(passage, before),
        }
    }

    /// Remembers what the next block may go on with.
    fn leave(
        &mut self,
        passage: &Passage,
        quotations: &[Quotation],
        by_quotation: &[Option<usize>],
        last_spoke: Option<(usize, usize)>,
        subject: Option<Speaker>,
    ) {
        let end = passage.words.len();
        if let Some(quotation) = quotations.last().filter(|q| !q.closed && q.parent.is_none()) {
            let statement = by_quotation.last().copied().flatten();
            let speaker = statement.map(|s| self.statements[s].speaker.clone()).or(self.memory.last().cloned());
            let _ = quotation;
            if let Some(speaker) = speaker {
                self.open = Some(Open { speaker, statement });
            }
        } else if end > 0
            && passage.class(end - 1) == Class::Colon
            && let Some(speaker) = subject.clone().or(self.memory.last().cloned())
        {
            self.open = Some(Open { speaker, statement: None });
        } else if let Some((statement, _)) = last_spoke {
            self.open = Some(Open { speaker: self.statements[statement].speaker.clone(), statement: None });
        } else if let Some(speaker) = subject {
            self.open = Some(Open { speaker, statement: None });
        }
    }

    /// A new quotation under a report.
    fn quote(&mut self, passage: &Passage, report: &Report, speaker: &Speaker, content: Span) -> usize {
        let statement = Statement {
            kind: StatementKind::Quote,
            phrase: false,
            ..statement(passage, report, speaker, vec![content])
        };
        self.statements.push(Draft { statement, speaker: speaker.clone() });
        self.statements.len() - 1
    }

    /// A new quotation whose speaker was named before.
    fn carried(&mut self, speaker: Speaker, content: Span) -> usize {
        let statement = Statement {
            kind: StatementKind::Quote,
            source: None,
            speaker: speaker.entity,
            speaker_name: speaker.name.clone(),
            speaker_government: speaker.government.clone(),
            voice: speaker.voice,
            cue: None,
            addressee: None,
            content: vec![content],
            within: None,
            phrase: false,
            stance: Stance::Asserted,
        };
        self.statements.push(Draft { statement, speaker });
        self.statements.len() - 1
    }

    /// The earlier part of a quotation over several blocks has its speaker named only now.
    fn join(&mut self, earlier: usize, later: usize) {
        let mut content = std::mem::take(&mut self.statements[earlier].statement.content);
        content.append(&mut self.statements[later].statement.content);
        self.statements[later].statement.content = content;
    }

    /// Reported speech under a report, if it has words of its own outside quotation marks.
    fn reported(&mut self, passage: &Passage, report: &Report, speaker: &Speaker) {
        let phrase =
            report.role == Role::Object && report.verb.is_some_and(|verb| verb.takes('o') || verb.lemma == "call");
        let clause = phrase || report.verb.is_none_or(|verb| "cto".contains(|letter| verb.takes(letter)));
        if report.role == Role::Object && !phrase || !clause {
            return;
        }
        let unquoted = |range: &Range<usize>| {
            passage.words[range.clone()]
                .iter()
                .filter(|w| w.quoted.is_none() && !matches!(w.class, Class::Comma | Class::Mark | Class::Stop))
                .count()
        };
        let content: Vec<Span> =
            report.content.iter().filter(|r| unquoted(r) >= 2).filter_map(|r| passage.span(r.clone())).collect();
        if content.is_empty() {
            return;
        }
        let statement = Statement { kind: StatementKind::Reported, ..statement(passage, report, speaker, content) };
        self.statements.push(Draft { statement, speaker: speaker.clone() });
    }

    /// The statements in their order, each told in which other it stands.
    fn finish(self, text: &str) -> Vec<Statement> {
        let mut statements: Vec<Statement> =
            self.statements.into_iter().map(|d| d.statement).filter(|s| !s.content.is_empty()).collect();
        for statement in &mut statements {
            statement.content.sort();
        }
        repeated(text, &mut statements);
        let extent = |s: &Statement| (s.content.first().map_or(0, |c| c.start), s.content.last().map_or(0, |c| c.end));
        statements.sort_by_key(|s| {
            let (start, end) = extent(s);
            // Of two with the same words, the one who is quoted is named after the one who quotes.
            (s.phrase, end, std::cmp::Reverse(start), std::cmp::Reverse(s.source))
        });
        for index in 0..statements.len() {
            let inner = &statements[index];
            let outer = (index + 1..statements.len()).find(|&outer| {
                let outer = &statements[outer];
                let other = outer.speaker_name != inner.speaker_name || outer.source != inner.source;
                other && inner.content.iter().all(|c| outer.content.iter().any(|o| o.contains(*c)))
            });
            statements[index].within = outer;
        }
        statements
    }
}

/// Puts a quotation that is told twice, as a lead or a caption repeats the text below it, into one statement with both
/// places. Words so few that they may be said twice stay two.
fn repeated(text: &str, statements: &mut Vec<Statement>) {
    const FEWEST: usize = 4;
    let mut first = BTreeMap::new();
    for index in 0..statements.len() {
        let statement = &statements[index];
        let [content] = statement.content[..] else { continue };
        let words = content.of(text).trim_end_matches(|c: char| c.is_ascii_punctuation());
        if statement.kind != StatementKind::Quote || words.split_whitespace().count() < FEWEST {
            continue;
        }
        let earlier = *first.entry((words, statement.speaker, statement.speaker_name.clone())).or_insert(index);
        if earlier != index {
            statements[index].content.clear();
            statements[earlier].content.push(content);
        }
    }
    statements.retain(|statement| !statement.content.is_empty());
}

fn statement(passage: &Passage, report: &Report, speaker: &Speaker, content: Vec<Span>) -> Statement {
    Statement {
        kind: StatementKind::Reported,
        source: speaker.span.map(|span| described(passage, report, span)),
        speaker: speaker.entity,
        speaker_name: speaker.name.clone(),
        speaker_government: speaker.government.clone(),
        voice: speaker.voice,
        cue: passage.span(report.cue.clone()),
        addressee: report.addressee.clone().and_then(|range| passage.span(range)),
        content,
        within: None,
        phrase: report.role == Role::Object,
        stance: report.stance,
    }
}

/// A source with what describes it: "Ama Boateng, the chief delegate," "Lee (D-Ohio)", "…, said Cha, who led the office".
fn described(passage: &Passage, report: &Report, span: Span) -> Span {
    let words = &passage.words;
    let end = words.partition_point(|word| word.span.start < span.end);
    let sentence = passage.sentence_of(end.saturating_sub(1));
    let plain = |range: Range<usize>| range.len() < 30 && range.clone().all(|i| words[i].quoted.is_none());
    let to = |last: usize| words.get(last.wrapping_sub(1)).map_or(span, |word| span.cover(word.span));
    if end >= sentence.end {
        return span;
    }
    if passage.is(end, ")") && span.of(passage.text).contains('(') {
        return to(end + 1);
    }
    // Between the source and its verb, set off by commas or brackets.
    if end < report.cue.start && report.cue.start <= sentence.end {
        let opened = passage.class(end) == Class::Comma || passage.is(end, "(");
        let last = report.cue.start - usize::from(passage.class(report.cue.start - 1) == Class::Comma);
        let closed = last < report.cue.start || passage.is(last - 1, ")");
        return if opened && closed && last > end && plain(end..last) { to(last) } else { span };
    }
    if end <= report.cue.start {
        return span;
    }
    let mut last = end;
    if passage.is(last, "(") {
        let close = (last..sentence.end.min(last + 9)).find(|&i| passage.is(i, ")"));
        last = close.map_or(last, |close| close + 1);
    }
    if passage.class(last) == Class::Comma && last + 1 < sentence.end {
        let from = last + 1;
        let stop = |i: &usize| matches!(passage.class(*i), Class::Comma | Class::Stop | Class::Mark | Class::Colon);
        let clause = ["who", "whose"].iter().any(|word| passage.is(from, word));
        let noun = ["a", "an", "the"].iter().any(|word| passage.is(from, word));
        if clause || noun {
            let next = (from..sentence.end).find(stop).unwrap_or(sentence.end);
            let said = report.content.iter().any(|content| content.start < next && from < content.end);
            if !said && plain(from..next) {
                last = next;
            }
        }
    }
    if last > end { to(last) } else { span }
}

/// The speaker where none is named: "it is said that".
fn nobody() -> Speaker {
    Speaker { span: None, entity: None, name: None, government: None, voice: VoiceKind::Reporter }
}

/// The words of a sentence that stand in quotation `number`.
fn words_of(passage: &Passage, sentence: &Range<usize>, number: usize) -> Option<Range<usize>> {
    let inside = |i: &usize| passage.words[*i].quoted == Some(number);
    let first = sentence.clone().find(inside)?;
    let last = sentence.clone().rev().find(inside)?;
    Some(first..last + 1)
}

/// The report that a quotation belongs to: the one whose content holds it and is shortest, tags last. What somebody is
/// said to have condemned or suspected is quoted from the one who says so ("She said they condemned “idle talk”").
fn owner(passage: &Passage, reports: &[Report], words: &Range<usize>) -> Option<usize> {
    let held = |report: &Report, words: &Range<usize>| {
        let holds = |content: &&Range<usize>| content.start < words.end && words.start < content.end;
        report.content.iter().filter(holds).min_by_key(|content| content.len()).cloned()
    };
    let (_, _, inner) = (0..reports.len())
        .filter_map(|index| Some((reports[index].role == Role::Tag, held(&reports[index], words)?.len(), index)))
        .min()?;
    let quotes = |report: &Report| report.verb.is_none_or(|verb| verb.takes('c') || verb.takes('q'));
    if quotes(&reports[inner]) && reports[inner].role != Role::Object {
        return Some(inner);
    }
    let cue = reports[inner].cue.clone();
    let outer = (0..reports.len()).find(|&index| {
        let content = held(&reports[index], words).filter(|content| content.contains(&cue.start));
        index != inner
            && quotes(&reports[index])
            && reports[index].role != Role::Object
            && content.is_some_and(|content| {
                (content.start..cue.start)
                    .all(|i| passage.class(i) != Class::Comma || passage.words[i].quoted.is_some())
            })
    });
    outer.or(Some(inner))
}

/// Whether a quotation is a sentence of its own rather than a phrase: it begins like one, or is long.
fn is_sentence(passage: &Passage, quotation: &Quotation) -> bool {
    let text = quotation.inner.of(passage.text);
    let capital = text.trim_start().starts_with(|c: char| c.is_uppercase() || c == '…');
    let words = text.split_whitespace().count();
    let stops = text.trim_end().ends_with(['.', '!', '?', ',', '…']);
    capital && (stops && words >= 2 || words >= 6)
}

/// Whether what stands between marks is a title or a catchword rather than somebody's words: every word of it is
/// capitalized ("Morning News"), or it stands before the noun that it names (the 'open skies' treaty).
fn is_name(passage: &Passage, quotation: &Quotation, next: usize) -> bool {
    let text = quotation.inner.of(passage.text);
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()).collect();
    if text.ends_with(['.', '!', '?']) {
        return false;
    }
    let minor = |word: &&str| passage::class(word) != Class::Other;
    let title = |word: &&str| word.starts_with(char::is_uppercase);
    if words.len() >= 2 && words.iter().all(|w| title(w) || minor(w)) && words.first().is_some_and(title) {
        return words.iter().filter(|w| title(w)).count() >= 2;
    }
    let noun = passage.class(next) == Class::Other && passage.form(next).starts_with(char::is_lowercase);
    noun && (2..=3).contains(&words.len()) && !text.ends_with(',')
}

/// Whether the words around a quotation say that it is what something is called: "entitled “a long road”", "the slogan
/// “not one step”", "with “the two envoys,” as she calls them", "“the quiet room,” as it is known".
fn is_naming(passage: &Passage, sentence: &Range<usize>, words: &Range<usize>) -> bool {
    const BEFORE: [&str; 14] = [
        "entitled",
        "titled",
        "nicknamed",
        "dubbed",
        "codenamed",
        "code-named",
        "christened",
        "headlined",
        "slogan",
        "motto",
        "hashtag",
        "inscription",
        "catchword",
        "subtitled",
    ];
    const CALLS: [&str; 8] = ["call", "calls", "called", "known", "knows", "dubbed", "dubs", "nicknamed"];
    let mark = |i: &usize| matches!(passage.class(*i), Class::Mark | Class::Comma | Class::Colon);
    let before = (sentence.start..words.start).rev().find(|i| !mark(i));
    if before.is_some_and(|at| BEFORE.iter().any(|word| passage.is(at, word))) {
        return true;
    }
    let Some(after) = (words.end..sentence.end).find(|i| !mark(i)) else { return false };
    let quoted = |i: usize| passage.words.get(i).is_some_and(|word| word.quoted.is_some());
    let clause = || (after + 2..sentence.end.min(after + 5)).take_while(|&i| !quoted(i) && !mark(&i));
    passage.is(after, "as")
        && matches!(passage.class(after + 1), Class::Pronoun | Class::Other | Class::Determiner)
        && clause().any(|at| CALLS.iter().any(|word| passage.is(at, word)))
}

/// Whether a quotation is one word in a clause that is reported anyway ("said that they could “probably” meet"): a part of
/// that statement, and none of its own.
fn is_one_word_of(passage: &Passage, report: &Report, quotation: &Quotation) -> bool {
    let clause = |content: &Range<usize>| {
        let own = |i: &usize| passage.words[*i].quoted.is_none() && passage.class(*i) == Class::Other;
        passage.span(content.clone()).is_some_and(|span| span.contains(quotation.inner))
            && content.clone().filter(own).count() >= 2
    };
    quotation.inner.of(passage.text).split_whitespace().count() == 1
        && report.role != Role::Object
        && report.content.iter().any(clause)
}

/// Whether a quotation opens its block.
fn starts_block(passage: &Passage, quotation: &Quotation) -> bool {
    passage.words.first().is_some_and(|word| word.span.end > quotation.outer.start)
}

/// The number of words between word `from` and word `to` that are not punctuation, leaving out quotation `number`.
fn words_between(passage: &Passage, from: usize, to: usize, number: usize) -> usize {
    passage
        .words
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .filter(|w| w.quoted != Some(number) && !matches!(w.class, Class::Stop | Class::Comma | Class::Mark))
        .count()
}

#[cfg(test)]
mod tests;
