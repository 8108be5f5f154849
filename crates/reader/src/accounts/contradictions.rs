//! Where one side says that what the other tells of a contact was not said there: "They agreed on a truce, the ministry said. …
//! No truce was discussed, the other side's spokesman said." Two statements in two sentences, so that no one tree shows it.

use super::{Account, Material, Party, Subject};
use crate::codes::{DisputeAbout, Stance, VoiceKind};
use crate::said::Statement;
use crate::span::Span;
use std::collections::BTreeSet;

/// The rule that such an account is told by.
pub(crate) const RULE: &str = "dispute-contradict";

/// How many sentences before a denial the words may stand that it denies.
const REACH: usize = 8;

/// Beginnings of words for what one says to another.
const TELLING: &[&str] = &[
    "agree", "apolog", "ask", "bring", "brought", "came", "come", "demand", "discuss", "mention", "offer", "pledge",
    "promis", "raise", "refer", "request", "respon", "said", "say", "speak", "spoke", "talk", "tell", "threat", "told",
    "touch", "urge",
];

/// What one may say to another, in the singular.
const SUCH: &[&str] = &[
    "agreement",
    "apology",
    "assurance",
    "commitment",
    "deal",
    "demand",
    "offer",
    "pledge",
    "promise",
    "remark",
    "request",
    "thing",
    "threat",
    "undertaking",
];

/// Words that deny.
const NEGATORS: &[&str] = &["not", "n't", "no", "never", "nothing", "neither", "nor", "none", "without", "nobody"];

/// Beginnings of words that any two statements of governments share.
const COMMON: &[&str] = &[
    "about", "agree", "ambas", "asked", "bilat", "both", "calle", "chanc", "conta", "conve", "count", "defen", "deleg",
    "diplo", "discu", "durin", "embas", "forei", "gover", "inter", "issue", "leade", "lette", "matte", "meeti",
    "menti", "minis", "natio", "offic", "other", "party", "peopl", "phone", "point", "posit", "prese", "presi",
    "press", "prime", "quest", "relat", "repor", "respo", "secre", "secur", "sides", "spoke", "state", "subje",
    "talks", "telep", "their", "there", "these", "thing", "those", "topic", "visit", "which", "while", "would",
];

/// The accounts of those who contradict what another side tells, and of sentences that say that sides do.
/// `first` is the sentence of the first contact that is told.
pub(super) fn find(material: &Material, first: usize) -> Vec<Account> {
    let mut accounts = initiators(material);
    accounts.extend(versions(material));
    accounts.extend(impostures(material, first));
    let sides: BTreeSet<&String> = material.statements.iter().filter_map(|s| s.speaker_government.as_ref()).collect();
    if sides.len() > 1 {
        let statements = material.statements.iter().enumerate();
        let told: Vec<Told> = statements.filter_map(|(at, s)| Told::new(material, at, s)).collect();
        accounts.extend(contents(&told));
        accounts.extend(reasons(&told));
    }
    accounts
}

/// The accounts of those who say that something told of a contact was not said there.
fn contents(told: &[Told]) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for denial in told.iter().filter(|t| t.denies && !t.phrase) {
        let against = told.iter().rev().find(|other| {
            !other.denies
                && !other.phrase
                && other.government != denial.government
                && other.sentence <= denial.sentence
                && denial.sentence - other.sentence <= REACH
                && other.content.start < denial.content.start
                && (denial.refers_back && !other.asks_for_one
                    || other.stems.intersection(&denial.stems).next().is_some())
        });
        let again = |a: &Account| a.sentence == denial.sentence;
        if let Some(against) = against.filter(|_| !accounts.iter().any(again)) {
            accounts.push(denial.account(against));
        }
    }
    accounts
}

/// Words for why something did not come about.
const REASONS: &[&str] = &["because", "blamed", "blame", "cited", "citing", "reason", "busy", "pretext", "excuse"];

/// Beginnings of words for what did not come about.
const FAILING: &[&str] = &["cancel", "postpon", "scrap", "dropp", "abandon", "declin", "refus", "delay", "boycott"];

/// Verbs of who takes the first step, in the past.
const ASKING: &[&str] = &[
    "asked",
    "called",
    "phoned",
    "telephoned",
    "rang",
    "requested",
    "initiated",
    "sought",
    "proposed",
    "invited",
    "contacted",
    "approached",
    "started",
    "began",
];

/// The accounts of those who give another reason than the other side for what did not come about.
fn reasons(told: &[Told]) -> Vec<Account> {
    let gives = |t: &&Told| {
        // "Due to", "over" are said of much.
        let over = t.words.iter().any(|w| matches!(w.as_str(), "over" | "due" | "owing"))
            && t.words.iter().any(|w| FAILING.iter().any(|f| w.starts_with(f)));
        over || t.words.iter().any(|w| REASONS.contains(&w.as_str()))
    };
    // "Nairobi blamed the weather. Mogadishu said that Kenya had refused to talk of the border": what the other had done is why.
    let tells_why = |t: &Told| {
        t.words.iter().any(|w| w == "had")
            && t.words.iter().any(|w| FAILING.iter().chain(&["fail", "withd", "insist"]).any(|f| w.starts_with(f)))
    };
    let beside = |first: &Told, second: &Told| second.sentence.saturating_sub(first.sentence) <= 1;
    let giving: Vec<&Told> = told.iter().filter(gives).collect();
    let mut pairs: Vec<(&Told, &Told)> = giving.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.extend(told.windows(2).map(|pair| (&pair[0], &pair[1])).filter(|(first, second)| {
        let (one, other) = (gives(first), gives(second));
        one != other && beside(first, second) && (tells_why(first) || tells_why(second))
    }));
    let mut accounts: Vec<Account> = Vec::new();
    for (first, second) in pairs {
        if first.government != second.government && second.sentence.saturating_sub(first.sentence) <= REACH {
            accounts.push(Account { subject: Subject::Dispute(Some(DisputeAbout::Reason)), ..second.account(first) });
        }
    }
    accounts
}

/// Where the text says that who asked is contested: "each side says that the other called", "they disagree over who asked".
fn initiators(material: &Material) -> Vec<Account> {
    let text = material.page.text.as_str();
    let mut accounts = Vec::new();
    for (number, sentence) in material.sentences.iter().enumerate() {
        let line = sentence.span.of(text);
        if !["other", "who", "Who", "which", "Which"].iter().any(|word| line.contains(word)) {
            continue;
        }
        let words: Vec<String> = sentence.tokens.iter().map(|t| t.span.of(text).to_lowercase()).collect();
        let at = |word: &str| words.iter().position(|w| w == word);
        let asks = |from: usize| words.iter().skip(from).take(5).any(|w| ASKING.contains(&w.as_str()));
        let each = at("each").or(at("both")).is_some_and(|each| {
            (each..words.len().saturating_sub(1)).any(|i| words[i] == "the" && words[i + 1] == "other" && asks(i + 2))
        });
        let contested = words.iter().any(|w| {
            matches!(
                w.as_str(),
                "disagree"
                    | "disagreed"
                    | "differ"
                    | "differed"
                    | "disputed"
                    | "dispute"
                    | "contested"
                    | "odds"
                    | "settled"
                    | "argue"
                    | "quarrel"
                    | "quarrelled"
                    | "unclear"
            )
        }) || words.windows(2).any(|w| {
            matches!((w[0].as_str(), w[1].as_str()), ("not", "clear" | "agree" | "agreed") | ("no", "agreement"))
        });
        let whose = words.iter().enumerate().any(|(i, w)| {
            matches!(w.as_str(), "who" | "which") && asks(i + 1)
                // "At odds over how it had come about".
                || w == "how" && words[i + 1..].windows(2).take(6).any(|w| w[0] == "come" && w[1] == "about")
                || w == "whose"
                    && matches!(words.get(i + 1).map(String::as_str), Some("idea" | "initiative" | "request"))
        });
        let reversed =
            words.windows(3).any(|w| w[0] == "other" && w[1] == "way" && matches!(w[2].as_str(), "round" | "around"));
        if each || whose && contested || reversed {
            accounts.push(contests(number, sentence.span, Some(DisputeAbout::Initiator)));
        }
    }
    accounts
}

/// Words with which a text says that it is told in more than one way; of the reason where that is what differs.
const VERSIONS: &[(&str, Option<DisputeAbout>)] = &[
    ("a different account", Some(DisputeAbout::Content)),
    ("a different explanation", Some(DisputeAbout::Reason)),
    ("a different motive", Some(DisputeAbout::Reason)),
    ("a different reason", Some(DisputeAbout::Reason)),
    ("a different version", Some(DisputeAbout::Content)),
    ("another account of", Some(DisputeAbout::Content)),
    ("another explanation", Some(DisputeAbout::Reason)),
    ("another motive", Some(DisputeAbout::Reason)),
    ("another reason", Some(DisputeAbout::Reason)),
    ("another version", Some(DisputeAbout::Content)),
    ("competing accounts", Some(DisputeAbout::Content)),
    ("competing versions", Some(DisputeAbout::Content)),
    ("conflicting explanations", Some(DisputeAbout::Reason)),
    ("conflicting reasons", Some(DisputeAbout::Reason)),
    ("conflicting statements", Some(DisputeAbout::Content)),
    ("contradictory accounts", Some(DisputeAbout::Content)),
    ("contradictory statements", Some(DisputeAbout::Content)),
    ("contradictory versions", Some(DisputeAbout::Content)),
    ("different explanations", Some(DisputeAbout::Reason)),
    ("different reasons", Some(DisputeAbout::Reason)),
    ("different stories", Some(DisputeAbout::Content)),
    ("different versions", Some(DisputeAbout::Content)),
    ("do not see eye to eye on what", Some(DisputeAbout::Content)),
    ("in two ways", Some(DisputeAbout::Content)),
    ("stood by its account", Some(DisputeAbout::Content)),
    ("stood by its version", Some(DisputeAbout::Content)),
    ("two versions", Some(DisputeAbout::Content)),
];

/// Where the text says that a contact, or the reason why it did not come about, is told in more than one way.
fn versions(material: &Material) -> Vec<Account> {
    let text = material.page.text.as_str();
    let mut accounts = Vec::new();
    for (number, sentence) in material.sentences.iter().enumerate() {
        let line = sentence.span.of(text);
        let told = |word: &str| line.contains(word);
        if !["another", "ccount", "conflict", "contradict", "different", "eye", "version", "ways"].into_iter().any(told)
        {
            continue;
        }
        let lower = line.to_lowercase();
        let Some((_, about)) = VERSIONS.iter().find(|(phrase, _)| lower.contains(phrase)) else { continue };
        // "How he came by the appointment is told in two ways": who asked.
        let how = (lower.contains("how ") && lower.contains(" came ")) || lower.contains("whose idea");
        let about = if how { Some(DisputeAbout::Initiator) } else { *about };
        // "In two ways" is said of much; told, or described, is it of a contact.
        if lower.contains("in two ways")
            && !["told", "described", "reported", "remembered"].iter().any(|w| lower.contains(w))
        {
            continue;
        }
        accounts.push(contests(number, sentence.span, about));
    }
    accounts
}

/// Beginnings of words for somebody who is not who he says he is, and for papers that are not what they look like.
const IMPOSTURE: &[&str] = &["comedian", "forger", "hoax", "imperson", "impost", "prank", "spoof"];

/// Where the text says that who called, or what was sent, was not the real one: once, where it says so first after a contact
/// was told, beside the words for a call, a voice, a recording or a paper.
fn impostures(material: &Material, first: usize) -> Vec<Account> {
    const BESIDE: &[&str] = &[
        "call", "rang", "phone", "talk", "spoke", "speak", "voice", "record", "tape", "line", "letter", "message",
        "note",
    ];
    let text = material.page.text.as_str();
    for (number, sentence) in material.sentences.iter().enumerate().skip(first) {
        let line = sentence.span.of(text);
        let poses =
            ["posing as", "posed as", "pretending to be", "pretended to be", "himself off as", "in the guise of"];
        if !IMPOSTURE.iter().any(|word| line.contains(word)) && !poses.iter().any(|words| line.contains(words)) {
            continue;
        }
        let words: Vec<String> = sentence.tokens.iter().map(|t| t.span.of(text).to_lowercase()).collect();
        let is = |list: &[&str]| words.iter().any(|w| list.iter().any(|begin| w.starts_with(begin)));
        if (is(IMPOSTURE) || poses.iter().any(|words| line.contains(words))) && is(BESIDE) {
            return vec![contests(number, sentence.span, Some(DisputeAbout::Authenticity))];
        }
    }
    Vec::new()
}

/// What an official says.
struct Told {
    /// Whether it is a phrase, which tells what was said and is no clause.
    phrase: bool,
    /// Its words and the one that reports them, lower case.
    words: Vec<String>,
    statement: usize,
    government: String,
    sentence: usize,
    /// All its words, the speaker's too.
    span: Span,
    content: Span,
    /// Beginnings of the words that say what it is about.
    stems: BTreeSet<String>,
    /// Whether it says that something was not said.
    denies: bool,
    /// "Nothing of the kind", "not so": what, has been told before.
    refers_back: bool,
    /// Whether it says that a contact was asked for.
    asks_for_one: bool,
}

impl Told {
    fn new(material: &Material, at: usize, statement: &Statement) -> Option<Told> {
        let official = matches!(statement.voice, VoiceKind::Official | VoiceKind::AnonymousOfficial);
        let government = statement.speaker_government.clone().filter(|_| official)?;
        let content = *statement.content.first()?;
        let sentence = material.sentences.iter().position(|s| s.span.end > content.start)?;
        let text = material.page.text.as_str();
        let mut words: Vec<(String, usize, usize)> = Vec::new();
        for (number, s) in material.sentences.iter().enumerate().skip(sentence).take(6) {
            for (token, t) in s.tokens.iter().enumerate() {
                if statement.content.iter().any(|c| c.contains(t.span)) {
                    words.push((t.span.of(text).to_lowercase(), number, token));
                }
            }
        }
        let has = |word: &str| words.iter().any(|(w, ..)| w == word);
        let tells = words.iter().any(|(w, ..)| TELLING.iter().any(|t| w.starts_with(t)));
        // "Asked them not to" and "not only" deny nothing, and who has "no intention of doing so" speaks of what is to come.
        let denies = |at: usize| {
            NEGATORS.contains(&words[at].0.as_str())
                && words.get(at + 1).is_none_or(|(next, ..)| {
                    !matches!(
                        next.as_str(),
                        "to" | "only" | "just" | "intention" | "intentions" | "plan" | "plans" | "wish" | "desire"
                    )
                })
        };
        let negated = statement.stance == Stance::Denied || (0..words.len()).any(denies);
        // "No such promise was made".
        let such = words.windows(3).any(|w| w[0].0 == "no" && w[1].0 == "such" && SUCH.contains(&w[2].0.as_str()));
        // "No consent of the sort was given", "no commitment of any kind".
        let of_the_sort = words.windows(5).any(|w| {
            w[0].0 == "no"
                && SUCH.iter().chain(&["consent", "understanding"]).any(|noun| w[1].0 == *noun)
                && w[2].0 == "of"
                && matches!(w[4].0.as_str(), "kind" | "sort")
        });
        let refers_back = has("nothing") && (has("kind") || has("sort")) || such || of_the_sort;
        // Whose names they are says nothing of what was talked about.
        let names = |number: usize, token: usize| {
            material.cast.at(number, token).is_some_and(|m| {
                material.cast.entities.get(m.entity).is_some_and(|e| e.government.is_some() || e.person.is_some())
            })
        };
        let asks_for_one = words.windows(4).any(|w| {
            matches!(w[0].0.as_str(), "for" | "sought" | "requested" | "seeking" | "requesting")
                && w[1..].iter().any(|(next, ..)| {
                    ["call", "conversation", "meet", "talk", "visit", "summit"]
                        .iter()
                        .any(|noun| next.starts_with(noun))
                })
        });
        let stems = words
            .iter()
            .filter(|(w, number, token)| w.chars().count() >= 5 && !names(*number, *token))
            .map(|(w, ..)| w.chars().take(5).collect::<String>())
            .filter(|stem| !COMMON.contains(&stem.as_str()))
            .collect();
        let span = [statement.source, statement.cue].into_iter().flatten().fold(content, Span::cover);
        // "Ankara blamed the weather": why, by the word that tells it.
        let cue = statement.cue.map(|cue| cue.of(text).to_lowercase());
        let words = words.into_iter().map(|(word, ..)| word).chain(cue).collect();
        Some(Told {
            phrase: statement.phrase,
            words,
            statement: at,
            government,
            sentence,
            span,
            content,
            stems,
            denies: negated && tells,
            refers_back,
            asks_for_one,
        })
    }

    fn account(&self, against: &Told) -> Account {
        let party =
            |government: &String| Party { government: government.clone(), person: None, office: None, role: None };
        Account {
            parties: vec![party(&self.government), party(&against.government)],
            by: Some(self.government.clone()),
            statement: Some(self.statement),
            evidence: self.span,
            ..contests(self.sentence, self.content, Some(DisputeAbout::Content))
        }
    }
}

/// The account of a sentence that contests something told before.
fn contests(sentence: usize, anchor: Span, about: Option<DisputeAbout>) -> Account {
    Account { stance: Stance::Denied, definite: true, ..Account::of(RULE, sentence, anchor, Subject::Dispute(about)) }
}

#[cfg(test)]
mod tests {
    use crate::codes::DisputeAbout;
    use crate::record::Document;
    use crate::{Known, Media, Reader, Source};

    /// What the disputes of a text are about.
    fn disputes(text: &str) -> Vec<DisputeAbout> {
        let known = Known { published: Some("2020-06-24".to_string()), ..Known::default() };
        let reading = Reader::shipped().read(&Source { text, media: Media::Text, known });
        let document = Document { path: "a.txt".to_string(), ..Document::default() };
        reading.record(document).disputes.iter().map(|d| d.about).collect()
    }

    #[test]
    fn what_one_side_says_was_said_and_the_other_was_not() {
        let told = "Putin telephoned Erdogan on Monday. The Kremlin said that they had agreed on a ceasefire.";
        let denied = format!("{told} Ankara denied that a ceasefire had been discussed.");
        assert_eq!(disputes(&denied), [DisputeAbout::Content]);
        let silent = format!("{told} Ankara said that they had talked about trade.");
        assert_eq!(disputes(&silent), []);
    }

    #[test]
    fn who_asked_is_contested() {
        let each = "Putin and Erdogan spoke by telephone on Monday. Each side says that the other called.";
        assert_eq!(disputes(each), [DisputeAbout::Initiator]);
        let plain = "Putin and Erdogan spoke by telephone on Monday. Each side praised the other.";
        assert_eq!(disputes(plain), []);
    }

    #[test]
    fn two_reasons_why_it_was_called_off() {
        let off = "The visit of the Turkish president to Athens was postponed on Monday.";
        assert_eq!(
            disputes(&format!("{off} Ankara blamed the weather; Athens blamed the drilling.")),
            [DisputeAbout::Reason]
        );
        assert_eq!(disputes(&format!("{off} Ankara blamed the weather; Athens regretted it.")), []);
    }

    #[test]
    fn told_in_more_than_one_way() {
        let off = "Turkish President Recep Tayyip Erdogan was to visit Athens on Monday. The visit was cancelled.";
        let other = "The Greek foreign ministry gave another explanation: no aircraft could land.";
        assert_eq!(disputes(&format!("{off} {other}")), [DisputeAbout::Reason]);
        // Of what took place nobody says why it did not.
        let met = "Turkish President Recep Tayyip Erdogan met his Greek counterpart in Athens on Monday.";
        assert_eq!(disputes(&format!("{met} {other}")), []);
    }

    #[test]
    fn an_impostor_called() {
        let call = "Turkish President Recep Tayyip Erdogan spoke by telephone with the Greek president on Monday, Athens said.";
        assert_eq!(
            disputes(&format!("{call} The voice on the line was that of a comedian.")),
            [DisputeAbout::Authenticity]
        );
        assert_eq!(disputes(&format!("{call} A comedian was elected in Ankara.")), []);
    }
}
