//! The rules, as they stand in `rules/*.md`: one file a rule, with its explanation, its pattern and its examples.
//!
//! A pattern is a fenced block named `rule` of `key: value` lines. Lists are separated by `|`. There are three kinds:
//!
//! - `contact: CHANNEL` says which words mean a contact, and which grammatical places its parties stand in.
//! - `turn: STATUS` says which words about a contact (a request, a refusal, a delay) give it another status.
//! - `dispute: ABOUT` says which words reject what somebody else has said about a contact.
//!
//! Places are grammatical functions after passives, relative clauses, control verbs and coordination have been undone:
//! `subject`, `object`, `possessive` ("Kerry's call"), `modifier` ("the Obama-Rouhani call", "Russian-American talks"),
//! `clause` (an infinitive or that-clause), or a preposition (`with`, `to`, `between`).

use super::triggers::Triggers;
use crate::codes::{Channel, DisputeAbout, Role, Status, StepKind};
use std::collections::HashMap;

/// What a word must be for a rule to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordClass {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective or participle that stands as predicate ("unavailable", "untrue").
    Adjective,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Its words mean a contact of this channel.
    Contact(Channel),
    /// Its words give a contact this status.
    Turn(Status),
    /// Its words reject another's account on this point; `None` leaves the point to what the contact is.
    Dispute(Option<DisputeAbout>),
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its file's name without extension.
    pub id: String,
    /// The first heading: what it finds, in words.
    pub title: String,
    /// What it does.
    pub effect: Effect,
    /// The words that it is about, as lemmas; more than one for "turn down", "reach out".
    pub words: Vec<(WordClass, Vec<String>)>,
    /// For each role, the places where its holder stands.
    pub roles: Vec<(Role, Vec<String>)>,
    /// For a turn or dispute: the places where the contact stands.
    pub about: Vec<String>,
    /// For a turn: the places of the side that takes the step.
    pub by: Vec<String>,
    /// For a turn: whether `by` (or else the other side) asked for the contact.
    pub initiator: Option<Asker>,
    /// For a turn: the step that it is.
    pub step: Option<StepKind>,
    /// For a turn: the status when it is negated ("did not return the call"); without one a negated turn says nothing.
    pub negated: Option<Status>,
    /// For a contact: the words can mean a mere attempt ("called").
    pub attempt: bool,
    /// For a contact: it needs two parties in the sentence and never refers back to one told before.
    pub strict: bool,
    /// For a turn: it may stand without a contact in its sentence and then speaks of the one told last.
    pub alone: bool,
    /// Whether it may stand without its contact where it is negated: "this did not happen".
    pub alone_negated: bool,
    /// For a turn: it counts only beside a length of time ("lasted half an hour").
    pub needs_duration: bool,
    /// For a contact: it counts only under a turn ("sent a reply").
    pub needs_turn: bool,
    /// For a contact: it counts only between persons, or under a turn ("saw Kiir").
    pub needs_persons: bool,
    /// For a contact: two who stand on the same side of the verb ("they reached") are none.
    pub needs_recipient: bool,
    /// For a dispute: it counts only negated ("does not reflect what happened").
    pub needs_negation: bool,
    /// For a contact: the status that its words give by themselves ("invited"), where that is not that it was held.
    pub status: Option<Status>,
    /// For a contact: it needs a person, or a channel told by other words.
    pub vague: bool,
    /// For a contact: the prepositions one of which it must stand under ("on the phone"); none where any will do.
    pub under: Vec<String>,
    /// For a contact: what it must be for ("asked for a truce"), as lemmas; empty where that says nothing.
    pub asks_for: Vec<String>,
    /// For a contact: who is called in is an envoy, whom only a government that he is accredited to calls.
    pub summons: bool,
    /// For a contact: what follows is no clause ("called on them to stop" is an appeal).
    pub without_clause: bool,
    /// For a contact: where its "to" must lead ("called to the ministry"), as lemmas; empty where anywhere will do.
    pub toward: Vec<String>,
    /// For a contact: what its object must be ("led a delegation"), as lemmas; empty where any will do.
    pub objects: Vec<String>,
}

/// Who asked, according to a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The side that takes the step.
    By,
    /// The other side.
    Other,
}

/// A rule file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rule {rule}, line {line}: {what}")]
pub struct RuleError {
    /// The rule's id.
    pub rule: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong, and the way out.
    pub what: String,
}

/// One example of a rule file: a row of a table under `## Found` or `## Not found`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text's publication date.
    pub published: String,
    /// The text.
    pub text: String,
    /// The contacts that it must give, `call USA>RUS held 2013-02-12` each, `;` between; `None` for a near-miss.
    pub expected: Option<String>,
    /// Line in the file, from 1.
    pub line: usize,
}

/// All rules, and an index of their words.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// First lemma of each word entry, with the rule and the entry.
    by_lemma: HashMap<String, Vec<(usize, usize)>>,
    /// Which sentences are worth a tree.
    pub triggers: Triggers,
}

impl Rules {
    /// The rules that ship with the program.
    pub fn shipped() -> Rules {
        let files: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));
        match Rules::parse(files.iter().copied()) {
            Ok(rules) => rules,
            // The shipped rules are parsed by a test; a program whose own rules do not parse is never released.
            Err(error) => unreachable!("{error}"),
        }
    }

    /// Reads rule files, given as (id, text).
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Rules, RuleError> {
        let mut rules = Rules::default();
        for (id, text) in files {
            rules.add(parse_rule(id, text)?);
        }
        Ok(rules)
    }

    /// Adds one rule.
    pub fn add(&mut self, rule: Rule) {
        let index = self.rules.len();
        for (entry, (_, words)) in rule.words.iter().enumerate() {
            self.by_lemma.entry(words[0].clone()).or_default().push((index, entry));
        }
        self.triggers.add(&rule);
        self.rules.push(rule);
    }

    /// Every rule, in order of id.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that have an entry beginning with this lemma, with the number of the entry.
    pub fn starting_with(&self, lemma: &str) -> impl Iterator<Item = (usize, &Rule, usize)> {
        self.by_lemma.get(lemma).into_iter().flatten().map(|(rule, entry)| (*rule, &self.rules[*rule], *entry))
    }
}

/// Irregular forms of the words that rules use.
const IRREGULAR: &[(&str, &[&str])] = &[
    ("meet", &["met"]),
    ("speak", &["spoke", "spoken"]),
    ("tell", &["told"]),
    ("write", &["wrote", "written"]),
    ("send", &["sent"]),
    ("seek", &["sought"]),
    ("ring", &["rang", "rung"]),
    ("fly", &["flew", "flown"]),
    ("go", &["went", "gone"]),
    ("say", &["said"]),
    ("see", &["saw", "seen"]),
    ("hold", &["held"]),
    ("take", &["took", "taken"]),
    ("get", &["got", "gotten"]),
    ("give", &["gave", "given"]),
    ("come", &["came"]),
    ("sit", &["sat"]),
    ("hear", &["heard"]),
    ("leave", &["left"]),
    ("lie", &["lying"]),
    ("shake", &["shook", "shaken"]),
    ("withdraw", &["withdrew", "withdrawn"]),
    ("begin", &["began", "begun"]),
    ("bring", &["brought"]),
    ("fall", &["fell", "fallen"]),
    ("lead", &["led"]),
    ("pay", &["paid"]),
    ("break", &["broke", "broken"]),
    ("hang", &["hung"]),
    ("have", &["had", "has"]),
    ("make", &["made"]),
    ("run", &["ran"]),
    ("think", &["thought"]),
];

/// The forms that a word may take, lower case; more than exist, never fewer.
pub(super) fn inflections(lemma: &str) -> Vec<String> {
    let mut forms =
        vec![lemma.to_string(), format!("{lemma}s"), format!("{lemma}es"), format!("{lemma}ed"), format!("{lemma}ing")];
    if let Some(stem) = lemma.strip_suffix('e') {
        forms.extend([format!("{lemma}d"), format!("{stem}ing")]);
    }
    if let Some(stem) = lemma.strip_suffix('y') {
        forms.extend([format!("{stem}ies"), format!("{stem}ied")]);
    }
    if let Some(last) = lemma.chars().last() {
        forms.extend([format!("{lemma}{last}ed"), format!("{lemma}{last}ing")]);
    }
    if let Some((_, irregular)) = IRREGULAR.iter().find(|(l, _)| *l == lemma) {
        forms.extend(irregular.iter().map(|f| (*f).to_string()));
    }
    forms
}

/// Reads one rule file.
pub fn parse_rule(id: &str, text: &str) -> Result<Rule, RuleError> {
    let fail = |line: usize, what: String| RuleError { rule: id.to_string(), line, what };
    let mut title = String::new();
    let mut inside = false;
    let mut seen = false;
    let mut rule = Rule {
        id: id.to_string(),
        title: String::new(),
        effect: Effect::Dispute(None),
        words: Vec::new(),
        roles: Vec::new(),
        about: Vec::new(),
        by: Vec::new(),
        initiator: None,
        step: None,
        negated: None,
        attempt: false,
        strict: false,
        alone: false,
        alone_negated: false,
        needs_duration: false,
        needs_turn: false,
        needs_negation: false,
        needs_recipient: false,
        needs_persons: false,
        status: None,
        vague: false,
        under: Vec::new(),
        asks_for: Vec::new(),
        objects: Vec::new(),
        summons: false,
        without_clause: false,
        toward: Vec::new(),
    };
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        if let Some(heading) = line.strip_prefix("# ") {
            title = heading.trim().to_string();
        }
        if line.trim() == "```rule" {
            inside = true;
            continue;
        }
        if line.trim() == "```" {
            inside = false;
            continue;
        }
        if !inside || line.trim().is_empty() {
            continue;
        }
        let (key, value) =
            line.split_once(':').ok_or_else(|| fail(number, format!("expected `key: value`, found `{line}`")))?;
        let (key, value) = (key.trim(), value.trim());
        let list = || value.split('|').map(|v| v.trim().to_string()).filter(|v| !v.is_empty()).collect::<Vec<_>>();
        let unknown = |what: &str| fail(number, format!("`{value}` is no {what} of the codebook"));
        match key {
            "contact" => {
                rule.effect = Effect::Contact(Channel::parse(value).ok_or_else(|| unknown("channel"))?);
                seen = true;
            }
            "turn" => {
                rule.effect = Effect::Turn(Status::parse(value).ok_or_else(|| unknown("status"))?);
                seen = true;
            }
            "dispute" => {
                let about = match value {
                    "any" => None,
                    _ => Some(DisputeAbout::parse(value).ok_or_else(|| unknown("point of dispute"))?),
                };
                rule.effect = Effect::Dispute(about);
                seen = true;
            }
            "verb" | "noun" | "adjective" => {
                let class = match key {
                    "verb" => WordClass::Verb,
                    "noun" => WordClass::Noun,
                    _ => WordClass::Adjective,
                };
                for entry in list() {
                    rule.words.push((class, entry.split_whitespace().map(str::to_lowercase).collect()));
                }
            }
            "about" => rule.about = list(),
            "by" => rule.by = list(),
            "asked by" => {
                rule.initiator = Some(match value {
                    "by" => Asker::By,
                    "other" => Asker::Other,
                    _ => return Err(fail(number, format!("`asked by` is `by` or `other`, not `{value}`"))),
                });
            }
            "step" => rule.step = Some(StepKind::parse(value).ok_or_else(|| unknown("step"))?),
            "negated" => rule.negated = Some(Status::parse(value).ok_or_else(|| unknown("status"))?),
            "attempt" => rule.attempt = value == "yes",
            "strict" => rule.strict = value == "yes",
            "alone" => (rule.alone, rule.alone_negated) = (value == "yes", value == "negated"),
            "under" => rule.under = list(),
            "for" => rule.asks_for = list(),
            "object" => rule.objects = list(),
            "summons" => rule.summons = value == "yes",
            "without" if value == "clause" => rule.without_clause = true,
            "toward" => rule.toward = list(),
            "vague" => rule.vague = value == "yes",
            "status" => rule.status = Some(Status::parse(value).ok_or_else(|| unknown("status"))?),
            "needs" if value == "turn" => rule.needs_turn = true,
            "needs" if value == "persons" => rule.needs_persons = true,
            "needs" if value == "recipient" => rule.needs_recipient = true,
            "needs" if value == "negation" => rule.needs_negation = true,
            "needs" if value == "duration" => rule.needs_duration = true,
            _ => match Role::parse(key) {
                Some(role) => rule.roles.push((role, list())),
                None => return Err(fail(number, format!("unknown key `{key}`"))),
            },
        }
    }
    if !seen {
        return Err(fail(1, "no ```rule block with `contact:`, `turn:` or `dispute:`".to_string()));
    }
    if rule.words.is_empty() {
        return Err(fail(1, "the rule names no `verb:`, `noun:` or `adjective:`".to_string()));
    }
    rule.title = title;
    Ok(rule)
}

/// The examples of a rule file.
pub fn examples(text: &str) -> Vec<Example> {
    let mut found = None;
    let mut examples = Vec::new();
    for (number, line) in text.lines().enumerate() {
        match line.trim() {
            "## Found" => found = Some(true),
            "## Not found" => found = Some(false),
            heading if heading.starts_with('#') => found = None,
            row if row.starts_with('|') && !row.starts_with("| ---") && !row.starts_with("| published") => {
                let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
                let (Some(found), [published, text, rest @ ..]) = (found, cells.as_slice()) else { continue };
                examples.push(Example {
                    published: published.to_string(),
                    text: text.to_string(),
                    expected: found.then(|| rest.first().copied().unwrap_or_default().to_string()),
                    line: number + 1,
                });
            }
            _ => {}
        }
    }
    examples
}
