//! The words of one block, with what the finding of speakers needs to know of each: its class, whether it is quoted,
//! and whether it is a cue.

use super::cues::{self, Cue, Form};
use super::quotations::Quotation;
use crate::language::{Deprel, Sentence, Upos, Xpos};
use crate::span::Span;
use crate::who::{Cast, Mention, QuickMap};
use std::ops::Range;
use std::sync::LazyLock;

/// What a word is, as far as its form alone tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Ends a sentence: `.`, `!`, `?`, `…`.
    Stop,
    /// `,`.
    Comma,
    /// `:`.
    Colon,
    /// Any other punctuation: dashes, semicolons, brackets, marks.
    Mark,
    /// "has", "was", "would", "not".
    Auxiliary,
    /// "also", "later", and what ends in "ly".
    Adverb,
    /// "Friday", "yesterday", "March".
    Time,
    /// "in", "on", "at".
    Preposition,
    /// "of", "for": they go on with a noun phrase.
    Linking,
    /// "that".
    That,
    /// "who", "which".
    Relative,
    /// "when", "while", "if", "because".
    Subordinator,
    /// "and", "or", "but".
    Conjunction,
    /// "the", "his".
    Determiner,
    /// "he", "it".
    Pronoun,
    /// Anything else.
    Other,
}

/// One word of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it stands.
    pub span: Span,
    /// Index of its sentence.
    pub sentence: usize,
    /// Index of its token in that sentence.
    pub token: usize,
    /// What it is.
    pub class: Class,
    /// The outermost quotation that it stands in, marks included, as an index into the page's quotations.
    pub quoted: Option<usize>,
    /// Its reading as a cue, unless it is quoted.
    pub cue: Option<Cue>,
}

/// The words of one block and what surrounds them.
pub(super) struct Passage<'a> {
    /// The page's text.
    pub text: &'a str,
    /// The article's sentences.
    pub sentences: &'a [Sentence],
    /// Who is in it.
    pub cast: &'a Cast,
    /// The words, in order.
    pub words: Vec<Word>,
}

impl<'a> Passage<'a> {
    /// The words of the sentences `range`; `quotations` are those of their block, numbered from `base`.
    pub fn new(
        text: &'a str,
        sentences: &'a [Sentence],
        range: Range<usize>,
        cast: &'a Cast,
        quotations: &[Quotation],
        base: usize,
    ) -> Passage<'a> {
        let mut words = Vec::new();
        let mut quotation = 0;
        for (sentence, found) in sentences.iter().enumerate().take(range.end).skip(range.start) {
            for (token, at) in found.tokens.iter().enumerate() {
                let outermost = |q: &&Quotation| q.parent.is_none();
                while quotations.get(quotation).is_some_and(|q| q.outer.end <= at.span.start || q.parent.is_some()) {
                    quotation += 1;
                }
                let quoted = quotations.get(quotation).filter(outermost).filter(|q| q.outer.overlaps(at.span));
                words.push(Word {
                    span: at.span,
                    sentence,
                    token,
                    class: class(text.get(at.span.range()).unwrap_or_default()),
                    quoted: quoted.map(|_| base + quotation),
                    cue: None,
                });
            }
        }
        let mut passage = Passage { text, sentences, cast, words };
        for index in 1..passage.words.len() {
            let clitic =
                matches!(passage.form(index), "'s" | "’s" | "'re" | "’re" | "'m" | "’m" | "'ve" | "’ve" | "'d" | "’d");
            if clitic && passage.class(index - 1) == Class::Pronoun {
                passage.words[index].class = Class::Auxiliary;
            }
        }
        for index in 0..passage.words.len() {
            let cue = passage.read_cue(index);
            passage.words[index].cue = cue;
        }
        passage
    }

    /// The characters of word `index`; nothing past the end.
    pub fn form(&self, index: usize) -> &'a str {
        self.words.get(index).and_then(|word| self.text.get(word.span.range())).unwrap_or_default()
    }

    /// The class of word `index`; a stop past the end.
    pub fn class(&self, index: usize) -> Class {
        self.words.get(index).map_or(Class::Stop, |word| word.class)
    }

    /// Whether word `index` is `form`, in any letter case.
    pub fn is(&self, index: usize, form: &str) -> bool {
        self.form(index).eq_ignore_ascii_case(form)
    }

    /// The characters from the first to the last word of a range.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let words = self.words.get(range)?;
        Some(words.first()?.span.cover(words.last()?.span))
    }

    /// The words of the sentence that word `index` stands in.
    pub fn sentence_of(&self, index: usize) -> Range<usize> {
        let Some(sentence) = self.words.get(index).map(|word| word.sentence) else { return index..index };
        let start = self.words.partition_point(|word| word.sentence < sentence);
        let end = self.words.partition_point(|word| word.sentence <= sentence);
        start..end
    }

    /// Whether the sentence that begins at word `at` only tells who said the quotation before it: splitters take
    /// "“Why?” he asked." and "“Never.” — Lavrov" for two.
    pub fn tag_follows(&self, at: usize) -> bool {
        let quoted = |i: usize| self.words.get(i).is_some_and(|word| word.quoted.is_some());
        let small = self.form(at).starts_with(|c: char| c.is_lowercase() || matches!(c, '—' | '–' | '―'));
        at > 0 && small && quoted(at - 1) && !quoted(at)
    }

    /// The mentions that lie wholly inside a span, in order.
    pub fn mentions(&self, span: Span) -> impl Iterator<Item = &'a Mention> + use<'a> {
        let mentions = &self.cast.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < span.start);
        mentions[first..].iter().take_while(move |m| m.span.start < span.end).filter(move |m| m.span.end <= span.end)
    }

    /// The tagger's part of speech, where the sentence has been parsed.
    fn upos(&self, index: usize) -> Option<Upos> {
        let word = self.words.get(index)?;
        let sentence = self.sentences.get(word.sentence)?;
        let tagged = sentence.parsed && sentence.root().is_some();
        tagged.then(|| sentence.tokens.get(word.token).map(|token| token.upos)).flatten()
    }

    fn read_cue(&self, index: usize) -> Option<Cue> {
        let word = self.words.get(index)?;
        if word.quoted.is_some() || word.class != Class::Other {
            return None;
        }
        let readings = cues::readings(self.form(index));
        let (_, cue) = readings
            .iter()
            .rev()
            .find(|(_, cue)| cue.verb.followed_by.is_empty() || self.is(index + 1, cue.verb.followed_by))?;
        if cue.form == Form::Third && self.is_press_noun(index) {
            return None;
        }
        match self.upos(index) {
            // "the plan promoted by the envoy" tells of no statement of anybody's.
            Some(Upos::Verb) => (!self.is_reduced(index)).then_some(*cue),
            // Taggers stumble over "said" in odd places; it is nothing but a verb.
            Some(_) if cue.verb.takes('c') && cue.form == Form::Past => {
                self.reads_as_verb(index, cue.form).then_some(*cue)
            }
            Some(_) => None,
            None => self.reads_as_verb(index, cue.form).then_some(*cue),
        }
    }

    /// Whether word `index` is a noun after "media" and the object of a verb that reports: "dismissed media reports that".
    fn is_press_noun(&self, index: usize) -> bool {
        const PRESS: [&str; 5] = ["media", "press", "news", "newspaper", "television"];
        if !index.checked_sub(1).is_some_and(|before| PRESS.iter().any(|press| self.is(before, press))) {
            return false;
        }
        let sentence = self.words[index].sentence;
        let mut before = self.words[..index].iter().rev().take(6).take_while(|word| word.sentence == sentence);
        before
            .find(|word| word.cue.is_some() || !matches!(word.class, Class::Other | Class::Determiner))
            .is_some_and(|word| word.cue.is_some())
    }

    /// Whether a word without tags reads as a verb: not a name, and not after what a noun follows.
    fn reads_as_verb(&self, index: usize, form: Form) -> bool {
        let first = index == 0 || self.words[index - 1].sentence != self.words[index].sentence;
        if first {
            return form == Form::Gerund;
        }
        if self.form(index).starts_with(char::is_uppercase) {
            return false;
        }
        let before = self.form(index - 1);
        let class = self.class(index - 1);
        if matches!(before, "'s" | "’s" | "'" | "’" | "-") {
            return false;
        }
        let next = self.class(index + 1);
        let opens_clause = matches!(next, Class::That | Class::Pronoun | Class::Determiner | Class::Colon)
            || self.words.get(index + 1).is_some_and(|word| word.quoted.is_some() || word.class == Class::Time)
            || self.form(index + 1).starts_with(char::is_uppercase);
        match form {
            // "the hearing", "a confirmation hearing", but "a statement saying that"
            Form::Gerund => {
                let noun = class == Class::Other && before.starts_with(char::is_lowercase);
                !matches!(class, Class::Determiner | Class::Linking) && (!noun || opens_clause)
            }
            // A bare form needs a plural, a pronoun or an auxiliary before it: "officials say", "did not say".
            Form::Base => {
                matches!(class, Class::Pronoun | Class::Auxiliary | Class::Adverb | Class::Relative)
                    || before.eq_ignore_ascii_case("to")
                    || class == Class::Other && (before.ends_with('s') || opens_clause)
            }
            Form::Third => {
                !matches!(class, Class::Determiner | Class::Preposition | Class::Linking | Class::Auxiliary)
                    && !matches!(next, Class::Preposition | Class::Linking | Class::Auxiliary)
                    && (opens_clause || !before.starts_with(char::is_lowercase))
            }
            // "as opposed to", "promoted by": no verb of their own.
            _ => {
                !matches!(class, Class::Determiner | Class::Preposition | Class::Linking)
                    && !(class == Class::Subordinator && self.is(index - 1, "as"))
                    && (!self.is(index + 1, "by") || self.follows_auxiliary(index))
            }
        }
    }

    /// Whether the tree has word `index` as a participle that describes a noun.
    fn is_reduced(&self, index: usize) -> bool {
        let word = self.words.get(index);
        let token = word.and_then(|word| self.sentences.get(word.sentence)?.tokens.get(word.token));
        token.is_some_and(|token| {
            token.xpos == Xpos::VBN && matches!(token.deprel, Deprel::Acl | Deprel::Amod) && !self.is(index + 1, "as")
        })
    }

    /// Whether only adverbs stand between word `index` and an auxiliary before it.
    fn follows_auxiliary(&self, index: usize) -> bool {
        let before = (0..index).rev().find(|&i| self.class(i) != Class::Adverb);
        before.is_some_and(|i| self.class(i) == Class::Auxiliary)
    }

    /// The subject of the verb at word `index`, from the tree; nothing where the sentence has none.
    pub fn subject(&self, index: usize) -> Option<Range<usize>> {
        let word = self.words.get(index)?;
        let sentence = self.sentences.get(word.sentence).filter(|s| s.parsed && s.root().is_some())?;
        let first = index.checked_sub(word.token)?;
        let mut verb = word.token;
        // A verb without a subject has that of the verb it is joined to or hangs from.
        for _ in 0..6 {
            let own = sentence
                .children(verb)
                .find(|&child| matches!(sentence.tokens[child].deprel, Deprel::Nsubj | Deprel::NsubjPass));
            let token = sentence.tokens.get(verb)?;
            let Some(subject) = own else {
                match token.deprel {
                    Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis => {
                        verb = sentence.head(verb)?;
                        continue;
                    }
                    // "a statement saying"
                    Deprel::Acl => {
                        let noun = sentence.head(verb)?;
                        return Some(first + self.subtree(sentence, noun)?.start..first + noun + 1);
                    }
                    _ => return None,
                }
            };
            // "the official who said": who it is stands outside.
            let relative = matches!(self.class(first + subject), Class::Relative | Class::That);
            if relative {
                let mut clause = verb;
                for _ in 0..4 {
                    let deprel = sentence.tokens.get(clause)?.deprel;
                    clause = sentence.head(clause)?;
                    if deprel == Deprel::AclRelcl {
                        let start = self.subtree(sentence, clause)?.start;
                        return Some(first + start..first + clause + 1);
                    }
                }
                return None;
            }
            let range = self.subtree(sentence, subject)?;
            return Some(first + range.start..first + range.end);
        }
        None
    }

    /// The stretch of tokens that hang from `head`, itself among them, as far as they are one piece around it.
    fn subtree(&self, sentence: &Sentence, head: usize) -> Option<Range<usize>> {
        let under = |mut token: usize| {
            for _ in 0..sentence.tokens.len() {
                if token == head {
                    return true;
                }
                match sentence.head(token) {
                    Some(next) => token = next,
                    None => return false,
                }
            }
            false
        };
        let mut range = head..head + 1;
        while range.start > 0 && under(range.start - 1) {
            range.start -= 1;
        }
        while range.end < sentence.tokens.len() && under(range.end) {
            range.end += 1;
        }
        // A closing comma belongs to the sentence.
        while range.end > head + 1 && self.is_punctuation(sentence, range.end - 1) {
            range.end -= 1;
        }
        Some(range)
    }

    fn is_punctuation(&self, sentence: &Sentence, token: usize) -> bool {
        let form = sentence.tokens.get(token).and_then(|t| self.text.get(t.span.range())).unwrap_or_default();
        matches!(class(form), Class::Comma | Class::Stop | Class::Colon | Class::Mark)
    }
}

/// Words by their classes.
#[rustfmt::skip]
const WORDS: &[(Class, &str)] = &[
    (Class::Stop, ". ! ?"),
    (Class::Comma, ","),
    (Class::Colon, ":"),
    (Class::Auxiliary, "has have had is was are were be been being will would could may might must can did does do should shall \
        not n't n’t 've 'd 'll 're reportedly having never"),
    (Class::Adverb, "also later then again once still just even only already earlier now first however meanwhile instead therefore \
        further too often so there apparently almost ever"),
    // They end as adverbs do.
    (Class::Other, "family ally italy assembly reply supply rally early daily weekly monthly only-child"),
    (Class::Time, "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight january february \
        march april june july august september october november december ago"),
    (Class::Preposition, "in on at by with from to during through after before amid into under over about against between ahead \
        following via upon without within since despite until regarding alongside toward towards"),
    (Class::Linking, "of for"),
    (Class::That, "that"),
    (Class::Relative, "who which whom whose"),
    (Class::Subordinator, "when while if because although though whether where as how why what unless whereas than"),
    (Class::Conjunction, "and or but nor yet"),
    (Class::Determiner, "the a an this these those his her its their our my your no any some each every another several many both"),
    (Class::Pronoun, "he she it they we i you him them us me"),
];

/// The class of each of [`WORDS`].
static CLASSES: LazyLock<QuickMap<&str, Class>> = LazyLock::new(|| {
    WORDS.iter().flat_map(|(class, words)| words.split_whitespace().map(|word| (word, *class))).collect()
});

/// The class of a word, from its form.
pub(super) fn class(form: &str) -> Class {
    // The country, not the pronoun.
    if form == "US" {
        return Class::Other;
    }
    let mut buffer = [0; cues::LONGEST];
    let lower = cues::lower_case(form, &mut buffer).unwrap_or_default();
    if let Some(class) = CLASSES.get(lower) {
        return *class;
    }
    match lower {
        _ if lower.len() > 4 && lower.ends_with("ly") && form.starts_with(char::is_lowercase) => Class::Adverb,
        _ if form.starts_with(char::is_alphanumeric) => Class::Other,
        _ if form.starts_with('…') => Class::Stop,
        // The possessive belongs to the noun phrase that it stands in.
        _ if form.strip_prefix(['\'', '’']).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) => {
            Class::Other
        }
        _ => Class::Mark,
    }
}
