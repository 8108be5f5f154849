//! What one voice says about one contact: rules over the tree and the mentions.
//!
//! A *contact rule* finds the words that mean a contact and the parties around them; *turn rules* above it say what became
//! of it (asked for, refused, put off); mood, negation and the statement it stands in say how real it is and who answers
//! for it. The rules are data (`rules/*.md`); this module is the machine that runs them.

pub(crate) mod contradictions;
mod finder;
pub mod grammar;
mod parties;
mod reality;
pub mod rules;
mod seats;
mod sense;
mod status;
pub mod triggers;
mod values;
mod words;

use crate::codes::{Channel, DateBasis, DisputeAbout, Role, Stance, Status, StepKind};
use crate::language::Sentence;
use crate::page::Page;
use crate::said::Statement;
use crate::span::Span;
use crate::when::TimeExpression;
use crate::who::Cast;
use finder::Finder;
use grammar::{Mood, Scene};
use rules::Rules;
use words::occurrences;

/// One side of a contact, as one account tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// ISO 3166-1 alpha-3, or the organization's code.
    pub government: String,
    /// Full name, where a person is meant.
    pub person: Option<String>,
    /// Office.
    pub office: Option<String>,
    /// What it did.
    pub role: Option<Role>,
}

/// A date with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// EDTF.
    pub edtf: String,
    /// Stated or resolved.
    pub basis: DateBasis,
}

/// What an account is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A contact that its own words name.
    Contact,
    /// What became of a contact that was told before ("China declined it").
    Turn,
    /// Somebody's rejection of what was told before, on this point.
    Dispute(Option<DisputeAbout>),
}

/// What one voice says about one contact, before it is known which contact that is.
#[derive(Clone, Debug)]
pub struct Account {
    /// The rules that made it: the contact rule, then the turns from the innermost out.
    pub rules: Vec<String>,
    /// The words that the rules matched.
    pub words: Vec<Span>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The word that names the contact, or the turn.
    pub anchor: Span,
    /// The characters that carry it.
    pub evidence: Span,
    /// What it is about.
    pub subject: Subject,
    /// Through what it went, where the words say.
    pub channel: Channel,
    /// The parties that the words name.
    pub parties: Vec<Party>,
    /// Where this account leaves the contact.
    pub status: Status,
    /// The step that it tells.
    pub step: Option<StepKind>,
    /// The government that takes the step.
    pub by: Option<String>,
    /// The government that asked for the contact.
    pub initiator: Option<String>,
    /// Asserted, denied, hedged.
    pub stance: Stance,
    /// The statement that it stands in, as an index; `None` for the reporter's own voice.
    pub statement: Option<usize>,
    /// Who says so, where the sentence itself tells it without a statement ("Kyiv denies it"), as an index of the cast.
    pub voice: Option<usize>,
    /// When the contact was or is to be.
    pub when: Option<Dated>,
    /// When the step was taken, where that is another date.
    pub step_when: Option<Dated>,
    /// Where it took place.
    pub place: Option<Span>,
    /// Country of that place.
    pub place_country: Option<String>,
    /// How long it lasted.
    pub minutes: Option<f64>,
    /// What it was about.
    pub topics: Vec<Span>,
    /// Why it did not happen.
    pub reason: Option<Span>,
    /// What came of it.
    pub outcome: Option<Span>,
    /// How somebody described it.
    pub tone: Option<Span>,
    /// How often it was tried.
    pub attempts: Option<u32>,
    /// Whether its parties are only pointed at ("the two", "both"): those of the contact told last are meant.
    pub pointed: bool,
    /// Whether the words refer back ("the call", "their meeting").
    pub definite: bool,
    /// Whether the clause goes on from the one before ("then", "later that day").
    pub sequel: bool,
    /// Whether the words set it apart from one told before ("again", "another", "last met").
    pub fresh: bool,
    /// Whether its words can mean a mere attempt ("called").
    pub attempt: bool,
    /// Whether it is only thought of ("if they meet"): it may support a contact and never makes one.
    pub hypothetical: bool,
    /// How real the verb form tells it.
    pub mood: Mood,
    /// Whether it only tells at whose wish the contact came about ("at Qatar's request").
    pub at_wish: bool,
    /// An envoy is called in: one side alone does that.
    pub summons: bool,
    /// What somebody travelled for ("flew to Paris for talks"): planned then, held once the day has passed.
    pub purpose: bool,
}

impl Account {
    /// What one rule says of some words, as a fact, before anything else is known of it.
    fn of(rule: &str, sentence: usize, anchor: Span, subject: Subject) -> Account {
        Account {
            rules: vec![rule.to_string()],
            words: Vec::new(),
            sentence,
            anchor,
            evidence: anchor,
            subject,
            channel: Channel::Unspecified,
            parties: Vec::new(),
            status: Status::Held,
            step: None,
            by: None,
            initiator: None,
            stance: Stance::Asserted,
            statement: None,
            voice: None,
            when: None,
            step_when: None,
            place: None,
            place_country: None,
            minutes: None,
            topics: Vec::new(),
            reason: None,
            outcome: None,
            tone: None,
            attempts: None,
            pointed: false,
            definite: false,
            sequel: false,
            fresh: false,
            attempt: false,
            hypothetical: false,
            mood: Mood::Fact,
            at_wish: false,
            summons: false,
            purpose: false,
        }
    }
}

/// What the stage reads.
pub struct Material<'a> {
    /// The article.
    pub page: &'a Page,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Who is in it.
    pub cast: &'a Cast,
    /// Its time expressions.
    pub times: &'a [TimeExpression],
    /// Who says what.
    pub statements: &'a [Statement],
}

/// Finds the accounts of an article, in order of their place.
pub fn find(rules: &Rules, material: &Material) -> Vec<Account> {
    let mut accounts = Vec::new();
    // Nobody in a satire has rung anybody.
    if material.page.is_made_up() {
        return accounts;
    }
    for (index, sentence) in material.sentences.iter().enumerate() {
        if !sentence.parsed || sentence.tokens.len() > 400 {
            continue;
        }
        let scene = Scene::new(&material.page.text, sentence, index, material.cast);
        let occurrences = occurrences(&scene, rules);
        if !occurrences.is_empty() {
            let before = accounts.len();
            Finder { scene, occurrences, material }.find(&mut accounts);
            accounts[before..].sort_by_key(|a| a.anchor.start);
        }
    }
    let known: Vec<usize> =
        accounts.iter().filter(|a| matches!(a.subject, Subject::Dispute(_))).map(|a| a.sentence).collect();
    // What is told of nothing contradicts nobody.
    if let Some(first) = accounts.iter().filter(|a| a.subject == Subject::Contact).map(|a| a.sentence).min() {
        let between = contradictions::find(material, first);
        accounts.extend(between.into_iter().filter(|a| !known.contains(&a.sentence)));
    }
    accounts.sort_by_key(|a| a.sentence);
    accounts
}

/// The step that brings a contact to a status.
pub fn step_of(status: Status) -> Option<StepKind> {
    Some(match status {
        Status::Requested => StepKind::Requested,
        Status::Unanswered => StepKind::Unanswered,
        Status::Proposed => StepKind::Proposed,
        Status::Planned => StepKind::Scheduled,
        Status::Held => StepKind::Held,
        Status::Declined => StepKind::Declined,
        Status::Lapsed => StepKind::Lapsed,
        Status::Postponed => StepKind::Postponed,
        Status::Cancelled => StepKind::Cancelled,
        Status::Possible | Status::Denied | Status::Disputed => return None,
    })
}
