//! How a record came about: sentences, trees, mentions, dates, and the rule and words behind each account.

use crate::Reading;
use crate::accounts::{self, Subject};
use crate::codes::{BlockKind, Channel, DateBasis, Role, Stance, StatementKind, Status, StepKind};
use crate::language::{Sentence, lemma};
use crate::span::{CharSpan, CodePoints, Span};
use serde::Serialize;

/// Some characters of the document's text, in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Where they stand.
    #[serde(flatten)]
    pub at: CharSpan,
    /// The characters.
    pub text: String,
}

/// All that the stages made of one sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// Its number in the article, from 1.
    pub sentence: usize,
    /// Its characters.
    #[serde(flatten)]
    pub words: Words,
    /// What kind of block it stands in.
    pub block: Option<BlockKind>,
    /// Whether it was given tags and a tree; one that cannot carry a contact needs none.
    pub parsed: bool,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Who is referred to in it.
    pub mentions: Vec<Mention>,
    /// Its time expressions.
    pub times: Vec<Time>,
    /// Statements that begin in it.
    pub statements: Vec<Statement>,
    /// What it says of contacts.
    pub accounts: Vec<Account>,
}

/// One word with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    /// As it stands in the text.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// Number of the word that it depends on, from 1 in the sentence; 0 for the root; `None` without a tree.
    pub head: Option<usize>,
    /// How it depends on it.
    pub deprel: String,
}

/// A reference to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// The words.
    #[serde(flatten)]
    pub words: Words,
    /// Number of its first token in the sentence, from 1.
    pub token: usize,
    /// How the words refer: by name, office, pronoun.
    pub kind: String,
    /// To whom, as the record calls them.
    pub entity: String,
    /// Full name, for a person.
    pub person: Option<String>,
    /// ISO 3166-1 alpha-3, or the organization's code.
    pub government: Option<String>,
    /// The office held on the day of the document.
    pub office: Option<String>,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Time {
    /// The words.
    #[serde(flatten)]
    pub words: Words,
    /// Number of its first token in the sentence, from 1.
    pub token: usize,
    /// Its TIMEX3 value.
    pub value: String,
    /// Its EDTF value.
    pub edtf: Option<String>,
    /// Whether it stands in full in the text or was counted from the date of the document.
    pub basis: DateBasis,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Its id in the record.
    pub id: String,
    /// Quoted or reported.
    pub kind: StatementKind,
    /// Who makes it.
    pub speaker: Option<String>,
    /// The words that report it.
    pub cue: Option<Words>,
    /// What was said.
    pub content: Vec<Words>,
}

/// What one voice says about a contact, with the rules that found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The rules: that of the contact, then those of what became of it, from the innermost out.
    pub rules: Vec<String>,
    /// The words that they matched.
    pub matched: Vec<Words>,
    /// What it is about: a contact it names, the turn of one told before, another's account.
    pub about: &'static str,
    /// Through what it went.
    pub channel: Channel,
    /// Who took part, as far as the words say: government, person, role.
    pub parties: Vec<(String, Option<String>, Option<Role>)>,
    /// Where it leaves the contact.
    pub status: Status,
    /// The step that it tells.
    pub step: Option<StepKind>,
    /// Who took the step.
    pub by: Option<String>,
    /// How its voice stands to it.
    pub stance: Stance,
    /// The statement that it stands in; `None` for the reporter's own voice.
    pub statement: Option<String>,
    /// EDTF date of the contact, and where it comes from.
    pub when: Option<(String, DateBasis)>,
    /// The characters that carry it.
    pub evidence: Words,
}

/// What the stages made of each sentence of a document, in the order of the text.
pub fn sentences(reading: &Reading) -> Vec<Explained> {
    let points = CodePoints::new(&reading.page.text);
    let explain = Explain { reading, points };
    reading.sentences.iter().enumerate().map(|(at, sentence)| explain.sentence(at, sentence)).collect()
}

struct Explain<'a> {
    reading: &'a Reading,
    points: CodePoints<'a>,
}

impl Explain<'_> {
    fn words(&self, span: Span) -> Words {
        Words { at: self.points.span(span), text: span.of(&self.reading.page.text).to_string() }
    }

    fn sentence(&self, at: usize, sentence: &Sentence) -> Explained {
        let reading = self.reading;
        let begins = |statement: &crate::said::Statement| {
            let first = statement.content.iter().chain(&statement.cue).map(|span| span.start).min();
            first.is_some_and(|start| sentence.span.start <= start && start < sentence.span.end)
        };
        let statements = reading.statements.iter().enumerate().filter(|(_, statement)| begins(statement));
        Explained {
            sentence: at + 1,
            words: self.words(sentence.span),
            block: reading.page.blocks.get(sentence.block).map(|block| block.kind),
            parsed: sentence.parsed,
            tokens: self.tokens(sentence),
            mentions: reading.cast.mentions.iter().filter(|m| m.sentence == at).map(|m| self.mention(m)).collect(),
            times: reading.times.iter().filter(|time| time.sentence == at).map(|time| self.time(time)).collect(),
            statements: statements.map(|(number, statement)| self.statement(number, statement)).collect(),
            accounts: reading.accounts.iter().filter(|a| a.sentence == at).map(|a| self.account(a)).collect(),
        }
    }

    fn tokens(&self, sentence: &Sentence) -> Vec<Token> {
        let told = |word: String| if sentence.parsed { word } else { String::new() };
        let token = |token: &crate::language::Token| {
            let form = token.span.of(&self.reading.page.text);
            Token {
                form: form.to_string(),
                lemma: told(lemma(form, token.upos)),
                upos: told(token.upos.name().to_string()),
                xpos: told(token.xpos.name().to_string()),
                head: sentence.parsed.then(|| usize::from(token.head.wrapping_add(1))),
                deprel: told(token.deprel.name().to_string()),
            }
        };
        sentence.tokens.iter().map(token).collect()
    }

    fn mention(&self, mention: &crate::who::Mention) -> Mention {
        let entity = self.reading.cast.entities.get(mention.entity);
        Mention {
            words: self.words(mention.span),
            token: mention.first + 1,
            kind: format!("{:?}", mention.kind).to_lowercase(),
            entity: entity.map(|entity| entity.name.clone()).unwrap_or_default(),
            person: entity.and_then(|entity| entity.person.clone()),
            government: entity.and_then(|entity| entity.government.clone()),
            office: entity.and_then(|entity| entity.office.clone()),
        }
    }

    fn time(&self, time: &crate::when::TimeExpression) -> Time {
        Time {
            words: self.words(time.span),
            token: time.first + 1,
            value: time.value.clone(),
            edtf: time.edtf.clone(),
            basis: time.basis,
        }
    }

    fn statement(&self, number: usize, statement: &crate::said::Statement) -> Statement {
        let entity = statement.speaker.and_then(|at| self.reading.cast.entities.get(at));
        Statement {
            id: format!("s{}", number + 1),
            kind: statement.kind,
            speaker: statement.speaker_name.clone().or_else(|| entity.map(|entity| entity.name.clone())),
            cue: statement.cue.map(|span| self.words(span)),
            content: statement.content.iter().map(|span| self.words(*span)).collect(),
        }
    }

    fn account(&self, account: &accounts::Account) -> Account {
        Account {
            rules: account.rules.clone(),
            matched: account.words.iter().map(|span| self.words(*span)).collect(),
            about: match account.subject {
                Subject::Contact => "contact",
                Subject::Turn => "turn",
                Subject::Dispute(_) => "dispute",
            },
            channel: account.channel,
            parties: account.parties.iter().map(|p| (p.government.clone(), p.person.clone(), p.role)).collect(),
            status: account.status,
            step: account.step,
            by: account.by.clone(),
            stance: account.stance,
            statement: account.statement.map(|number| format!("s{}", number + 1)),
            when: account.when.as_ref().map(|when| (when.edtf.clone(), when.basis)),
            evidence: self.words(account.evidence),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Known, Media, Reader, Source};

    #[test]
    fn every_sentence_is_explained_with_offsets_in_code_points() {
        let text = "Zürich, wo man spricht. The ministers spoke on Tuesday.";
        let reading = Reader::shipped().read(&Source { text, media: Media::Text, known: Known::default() });
        let explained = super::sentences(&reading);
        assert_eq!(explained.len(), reading.sentences.len());
        for sentence in &explained {
            let at = sentence.words.at;
            let quoted: String = text.chars().skip(at.start).take(at.end - at.start).collect();
            assert_eq!(quoted, sentence.words.text);
        }
    }
}
