//! What else is read off an account: its evidence, dates, place, length, topics, outcome, tone, attempts and reason.

use super::Dated;
use super::finder::{Finder, Found};
use super::rules::Effect;
use super::status::CHANNEL_WORDS;
use crate::codes::{DateBasis, Status};
use crate::language::{Deprel, Xpos};
use crate::span::Span;
use crate::when::TimeKind;
use crate::who::EntityKind;

/// What a contact happens on without being about it: "reached him on a journey", "spoke on the eve of the summit".
const OCCASIONS: &[&str] =
    &["behalf", "eve", "flight", "journey", "night", "occasion", "plane", "tour", "train", "trip", "visit", "way"];

/// Words for how a conversation was.
pub(super) const TONES: &[&str] = &[
    "angry",
    "businesslike",
    "candid",
    "constructive",
    "cordial",
    "courteous",
    "frank",
    "friendly",
    "fruitful",
    "heated",
    "positive",
    "productive",
    "professional",
    "substantive",
    "tense",
    "testy",
    "thorough",
    "useful",
    "warm",
];

#[derive(Default)]
pub(super) struct Dates {
    /// The words of the dates that were taken.
    pub(super) words: Vec<usize>,
    pub(super) contact: Option<Dated>,
    pub(super) step: Option<Dated>,
}

/// Numbers of days as news writes them in words, from two.
const COUNTS: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

impl Finder<'_, '_> {
    /// The characters that carry an account: from its first word to its last, with the parties, with the date, and with who
    /// says so, if that stands in the same sentence.
    pub(super) fn evidence(&self, chain: &[usize], parties: &[Found], statement: Option<usize>, dates: &Dates) -> Span {
        let tokens = &self.scene.sentence.tokens;
        let mut span: Option<Span> = None;
        for token in chain.iter().copied().chain(parties.iter().map(|p| p.token)).chain(dates.words.iter().copied()) {
            let mut at = tokens[token].span;
            for mention in self.scene.mentions_at(token) {
                at = at.cover(self.material.cast.mentions[*mention].span);
            }
            span = Some(span.map_or(at, |s| s.cover(at)));
        }
        let told = statement.map(|s| &self.material.statements[s]);
        for at in told.into_iter().flat_map(|s| [s.source, s.cue]).flatten() {
            if self.scene.sentence.span.contains(at) {
                span = Some(span.map_or(at, |s| s.cover(at)));
            }
        }
        span.unwrap_or(self.scene.sentence.span)
    }

    /// The second date of "on Tuesday and again last night".
    pub(super) fn once_again(&self, chain: &[usize]) -> Option<Dated> {
        let scene = &self.scene;
        let last = chain.iter().copied().max()?;
        let again = |at: usize| {
            let said = (at.saturating_sub(4)..at).rev().find(|t| scene.lower[*t] == "again")?;
            (said > last && scene.lower[said.checked_sub(1)?] == "and").then_some(said)
        };
        let times = self.material.times.iter().filter(|t| {
            t.sentence == scene.index && matches!(t.kind, TimeKind::Date | TimeKind::Time) && t.edtf.is_some()
        });
        times.filter(|t| t.first > last && !(last + 1..t.first).any(|at| scene.is_verb(at))).find_map(|t| {
            again(t.first)?;
            Some(Dated { edtf: t.edtf.clone()?, basis: t.basis })
        })
    }

    /// The dates that hang on the words of an account.
    pub(super) fn dates(&self, chain: &[usize], turns: &[usize]) -> Dates {
        let scene = &self.scene;
        let mut dates = Dates::default();
        let mut spare: Option<Dated> = None;
        let last_turn = turns.last().map(|t| &self.occurrences[*t]);
        let dates_here = self.material.times.iter().filter(|t| {
            t.sentence == scene.index && matches!(t.kind, TimeKind::Date | TimeKind::Time) && t.edtf.is_some()
        });
        for time in dates_here {
            let Some(edtf) = time.edtf.clone() else { continue };
            let dated = Dated { edtf, basis: time.basis };
            let end = time.end.min(scene.sentence.tokens.len());
            let Some(head) =
                (time.first..end).find(|t| scene.sentence.head(*t).is_none_or(|h| h < time.first || h >= end))
            else {
                continue;
            };
            // "The second since the beginning of the year": it was not held then.
            let since = (1..=2).any(|back| {
                time.first.checked_sub(back).and_then(|t| scene.lower.get(t)).is_some_and(|w| w == "since")
            });
            // "The first between the rivals since 1996": nor then.
            let counted = (time.first.saturating_sub(10)..time.first).any(|t| {
                matches!(scene.lower[t].as_str(), "first" | "second" | "third" | "any" | "ever")
                    || scene.sentence.tokens[t].xpos == Xpos::JJS
            });
            let whole = scene.lower.get(time.first).is_some_and(|w| w == "the" || w == "beginning" || w == "start");
            if since && (counted || whole) || self.in_dateline(time.first, end) {
                continue;
            }
            if self.is_of_the_matter(chain, time.first, &dated.edtf) {
                continue;
            }
            // The word that the date hangs on: the first verb or contact word above it.
            let above = scene.ancestors(head);
            // "Under the 1994 memorandum": the year is the paper's.
            let describes =
                matches!(scene.deprel(head), Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::NmodUnmarked);
            if describes
                && above
                    .first()
                    .is_some_and(|noun| scene.is_noun(*noun) && !chain.contains(noun) && !self.is_event(*noun))
            {
                continue;
            }
            let governor = above.iter().copied().find(|a| chain.contains(a) || self.is_event(*a));
            // "Met Duque, whose government has been at odds with others since May": what a clause tells of somebody else.
            let aside = |a: &usize| {
                let relative =
                    scene.deprel(*a) == Deprel::AclRelcl && scene.sentence.head(*a).is_none_or(|h| !chain.contains(&h));
                // Wherever the tree hangs it.
                relative || scene.subtree(*a).into_iter().any(|t| t < time.first && scene.lower[t] == "whose")
            };
            // "The first since Washington broke off relations in 1979".
            let since_then = |a: &usize| {
                scene.is_verb(*a)
                    && scene.children(*a).iter().any(|c| scene.deprel(*c) == Deprel::Mark && scene.lower[*c] == "since")
            };
            if above.iter().take_while(|a| !chain.contains(a)).any(since_then) {
                continue;
            }
            if above.iter().take_while(|a| !chain.contains(a)).any(aside) && governor.is_none_or(|g| chain.contains(&g))
            {
                continue;
            }
            let before = (dates.contact.is_some(), dates.step.is_some(), spare.is_some());
            // "By telephone on February 5": the day hangs on the means.
            let means = |governor: usize| chain.iter().any(|c| scene.is_verb(*c) && self.means(*c).contains(&governor));
            match governor {
                Some(governor) if means(governor) => {
                    dates.contact.get_or_insert(dated);
                }
                Some(governor) if chain.contains(&governor) => {
                    let turn = turns.iter().map(|t| &self.occurrences[*t]).find(|t| t.words.contains(&governor));
                    let on_turn = turn.is_some();
                    let takes_step = turn.is_some_and(|t| {
                        !matches!(
                            t.rule.effect,
                            Effect::Turn(Status::Held | Status::Planned | Status::Possible | Status::Proposed)
                        )
                    });
                    let goal =
                        self.preposition(head).is_some_and(|p| matches!(p.as_str(), "for" | "until" | "till" | "to"));
                    // "Proposed talks in March", told in May: it was proposed then.
                    let proposed =
                        turn.is_some_and(|t| t.rule.effect == Effect::Turn(Status::Proposed) && t.token == governor);
                    let proposed_then = proposed && self.is_past(&dated.edtf);
                    if on_turn && (takes_step || proposed_then) && !goal {
                        dates.step.get_or_insert(dated);
                    } else {
                        dates.contact.get_or_insert(dated);
                    }
                }
                None => {
                    spare.get_or_insert(dated);
                }
                // "The latest conversation of the two was in July 2020".
                Some(governor) if self.is_said_to_be(governor, chain) => {
                    dates.contact.get_or_insert(dated);
                }
                // "Talks that were due to begin on Wednesday were called off".
                Some(governor) if self.describes(governor, chain) => {
                    dates.contact.get_or_insert(dated);
                }
                // "On Wednesday urged Putin in a phone call to stop": what was said in it was said that day.
                Some(governor) if self.said_in_it(governor, chain) => {
                    spare.get_or_insert(dated);
                }
                // A slip of the parser: no verb stands between the date and the words, so that it is theirs all the same.
                Some(_) if self.beside(time.first, end, chain) => {
                    spare.get_or_insert(dated);
                }
                _ => {}
            }
            if before != (dates.contact.is_some(), dates.step.is_some(), spare.is_some()) {
                dates.words.extend([time.first, end - 1]);
            }
        }
        if dates.contact.is_none() && dates.step.is_none() {
            let takes_step = last_turn.is_some_and(|t| {
                !matches!(
                    t.rule.effect,
                    Effect::Turn(Status::Held | Status::Planned | Status::Possible | Status::Proposed)
                )
            });
            // "'I met him two weeks ago,' he said on Monday as he received Khan": of the time that the clause goes with.
            let nearer = self.circumstance(chain);
            if takes_step { dates.step = spare } else { dates.contact = nearer.or(spare) }
        }
        dates
    }

    /// Whether a date ends before the day of publication.
    /// "Discussed her presidency of the G7 in 2024", "discussed the summit on July 11", which is to come: what is discussed is
    /// then, not the talk.
    fn is_of_the_matter(&self, chain: &[usize], first: usize, edtf: &str) -> bool {
        const DISCUSS: &[&str] = &["debate", "discuss", "explore", "review"];
        let scene = &self.scene;
        let Some(verb) = chain.first().copied().filter(|t| DISCUSS.contains(&scene.lemmas[*t].as_str())) else {
            return false;
        };
        let vague = edtf.len() <= "2024-01".len();
        let to_come = scene.sentence.tokens[verb].xpos == Xpos::VBD && !self.is_past(edtf) && !self.is_today(edtf);
        scene.child(verb, &[Deprel::Obj]).is_some_and(|matter| matter > verb && matter < first) && (vague || to_come)
    }

    /// Whether a date is the day of publication.
    fn is_today(&self, edtf: &str) -> bool {
        self.material.page.published.as_deref().is_some_and(|p| p.starts_with(edtf))
    }

    pub(super) fn is_past(&self, edtf: &str) -> bool {
        let published = self.material.page.published.as_deref().map(|p| p.split('T').next().unwrap_or(p));
        let last = crate::when::edtf::interval(edtf).map(|(_, last)| last);
        let day = published.and_then(crate::when::edtf::interval).map(|(first, _)| first);
        matches!((last, day), (Some(last), Some(day)) if last < day)
    }

    /// The day of what a clause tells beside the day of the sentence: "they met on Saturday, two days after the two had
    /// spoken", "said on Monday after he met her".
    fn circumstance(&self, chain: &[usize]) -> Option<Dated> {
        let scene = &self.scene;
        let first = chain.iter().copied().min()?;
        let clause =
            [first].into_iter().chain(scene.ancestors(first)).take(4).find(|t| scene.deprel(*t) == Deprel::Advcl)?;
        let says = |main: &usize| scene.is_verb(*main) || scene.child(*main, &[Deprel::Cop]).is_some();
        let main = scene.sentence.head(clause).filter(|main| !chain.contains(main) && says(main))?;
        let mark = scene
            .children(clause)
            .iter()
            .copied()
            .find(|c| matches!(scene.lower[*c].as_str(), "after" | "before" | "when" | "as" | "while"))?;
        let own = scene.subtree(clause);
        // "Three days after they spoke it is not clear": counted from the day on which it is written.
        let today = scene.sentence.tokens[main].xpos == Xpos::VBZ
            || scene.children(main).iter().any(|c| {
                matches!(scene.deprel(*c), Deprel::Cop | Deprel::Aux)
                    && matches!(scene.lower[*c].as_str(), "is" | "are" | "has" | "have")
            });
        let written =
            self.material.page.published.as_deref().map(|p| p.split('T').next().unwrap_or(p)).filter(|_| today);
        let time = self.material.times.iter().find(|t| {
            let end = t.end.min(scene.sentence.tokens.len());
            let head = (t.first..end).find(|at| scene.sentence.head(*at).is_none_or(|h| h < t.first || h >= end));
            let governor = head.and_then(|head| scene.ancestors(head).into_iter().find(|a| scene.is_verb(*a)));
            t.sentence == scene.index
                && matches!(t.kind, TimeKind::Date | TimeKind::Time)
                && t.edtf.is_some()
                && governor == Some(main)
                && !(t.first..end).any(|at| own.contains(&at))
        });
        let unit = mark.checked_sub(1).map(|t| scene.lower[t].as_str());
        let days_each = match unit {
            Some("day" | "days") => 1,
            Some("week" | "weeks") => 7,
            Some("month" | "months" | "year" | "years") => return None,
            _ => 0,
        };
        let count = mark.checked_sub(2).map_or("", |t| scene.lower[t].as_str());
        let count = match count {
            _ if days_each == 0 => 0,
            "a" | "one" => 1,
            word => word.parse().ok().or_else(|| COUNTS.iter().position(|c| *c == word).map(|at| at as i32 + 2))?,
        };
        let before = scene.lower[mark] == "before";
        if before && days_each == 0 {
            return None;
        }
        let shift = count * days_each * if before { 1 } else { -1 };
        let (day, basis) = match time {
            Some(time) => (time.edtf.as_deref()?, time.basis),
            None => (written.filter(|_| shift != 0)?, DateBasis::Resolved),
        };
        Some(Dated { edtf: crate::when::edtf::shifted(day, shift)?, basis })
    }

    /// Whether a verb stands in what is said of when a contact was to be: "talks that were due to begin".
    fn describes(&self, verb: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        let mut at = verb;
        for _ in 0..3 {
            let Some(head) = scene.sentence.head(at) else { return false };
            match scene.deprel(at) {
                Deprel::AclRelcl | Deprel::Acl => {
                    let begins = matches!(
                        scene.lemmas[verb].as_str(),
                        "begin"
                            | "start"
                            | "open"
                            | "take"
                            | "be"
                            | "hold"
                            | "schedule"
                            | "plan"
                            | "set"
                            | "due"
                            | "expect"
                            | "happen"
                            | "date"
                    );
                    return begins && chain.contains(&head);
                }
                Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp => at = head,
                _ => return false,
            }
        }
        false
    }

    /// Whether a contact is where or how a verb's doing was: "urged him in a call", "warned her during the meeting".
    fn said_in_it(&self, verb: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        chain.iter().any(|word| {
            let mut at = *word;
            // The tree may hang it on the object.
            if scene.sentence.head(at) != Some(verb)
                && let Some(object) = scene.sentence.head(at)
                && matches!(scene.deprel(object), Deprel::Obj | Deprel::Iobj)
                && scene.deprel(at) == Deprel::Nmod
            {
                at = object;
            }
            scene.is_noun(*word)
                && scene.sentence.head(at) == Some(verb)
                && self.preposition(*word).is_some_and(|p| matches!(p.as_str(), "in" | "during" | "by" | "over"))
        })
    }

    /// Whether a date belongs to the line that tells where and when a report was written: "LIMA, Dec 2 (AP) -".
    fn in_dateline(&self, first: usize, end: usize) -> bool {
        let scene = &self.scene;
        let form = |t: usize| scene.sentence.tokens.get(t).map_or("", |token| token.span.of(scene.text));
        let capital = |t: usize| form(t).chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
        let marked = matches!(form(end), "(" | "-" | "--" | "\u{2013}" | "\u{2014}" | "_" | ":" | "/");
        (1..=5).contains(&first) && marked && (0..first).all(capital) && form(0).len() > 2
    }

    /// Whether a verb only says of the words of an account when they were: "was", "came", "dates from".
    pub(super) fn is_said_to_be(&self, verb: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        // "A meeting of the two, held on Saturday, ended": the tree takes the participle for the verb.
        matches!(
            scene.lemmas[verb].as_str(),
            "be" | "break" | "collapse" | "come" | "date" | "fail" | "falter" | "follow" | "hold" | "stall"
        ) && scene.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|s| chain.contains(&s))
    }

    /// Whether a stretch of tokens stands near some of the words of an account with no verb or clause between.
    pub(super) fn beside(&self, first: usize, end: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        chain.iter().any(|word| {
            let between = if *word < first { *word + 1..first } else { end..*word };
            between.len() <= 10
                && between.clone().all(|t| {
                    !self.is_event(t)
                        && !matches!(
                            scene.lower[t].as_str(),
                            "," | ";" | ":" | "that" | "which" | "who" | "but" | "when"
                        )
                })
        })
    }

    /// Whether a word is an event of its own, so that a date below it is that event's.
    pub(super) fn is_event(&self, token: usize) -> bool {
        self.scene.is_verb(token) || self.names_contact(token)
    }

    pub(super) fn place(&self, chain: &[usize]) -> (Option<Span>, Option<String>) {
        let scene = &self.scene;
        for link in chain {
            for &child in scene.children(*link) {
                let at = matches!(scene.deprel(child), Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked);
                if at
                    && self.preposition(child).is_some_and(|p| matches!(p.as_str(), "in" | "at"))
                    && let Some(&mention) = scene.mentions_at(child).first()
                {
                    let mention = &self.material.cast.mentions[mention];
                    let entity = &self.material.cast.entities[mention.entity];
                    if matches!(entity.kind, EntityKind::Place | EntityKind::Government) {
                        // A seat of unions lies in a country all the same.
                        let seat = (mention.span.of(scene.text) == "Brussels").then(|| "BEL".to_string());
                        return (Some(mention.span), seat.or_else(|| entity.government.clone()));
                    }
                }
            }
        }
        (None, None)
    }

    pub(super) fn minutes(&self, chain: &[usize]) -> Option<f64> {
        let scene = &self.scene;
        self.material
            .times
            .iter()
            .filter(|t| t.sentence == scene.index && t.kind == TimeKind::Duration)
            // "One day after the session" says when, not how long.
            .filter(|t| {
                let next = scene.lower.get(t.end).map_or("", String::as_str);
                !matches!(next, "after" | "before" | "later" | "earlier" | "ago" | "since" | "from")
            })
            .filter(|t| {
                (t.first..t.end.min(scene.sentence.tokens.len())).any(|token| {
                    scene.ancestors(token).iter().take(3).any(|a| {
                        chain.contains(a)
                            || matches!(scene.lemmas[*a].as_str(), "last" | "take" | "go" | "run" | "continue")
                    })
                })
            })
            .find_map(|t| t.minutes)
            .filter(|m| *m > 0.0 && *m <= 24.0 * 60.0)
    }

    pub(super) fn topics(&self, chain: &[usize]) -> Vec<Span> {
        let scene = &self.scene;
        let mut topics = Vec::new();
        for link in chain {
            for &child in scene.children(*link) {
                let about = self
                    .preposition(child)
                    .is_some_and(|p| matches!(p.as_str(), "about" | "on" | "over" | "regarding" | "concerning"));
                let dated =
                    self.material.times.iter().any(|t| t.sentence == scene.index && t.first <= child && child < t.end);
                let occasion = OCCASIONS.contains(&scene.lemmas[child].as_str());
                if about && !dated && !occasion && matches!(scene.deprel(child), Deprel::Obl | Deprel::Nmod) {
                    let tokens = scene.subtree(child);
                    let words: Vec<usize> =
                        tokens.into_iter().filter(|t| scene.deprel(*t) != Deprel::Case || *t > child).collect();
                    let phone = words.iter().any(|t| {
                        CHANNEL_WORDS.iter().any(|(w, _)| scene.lower[*t] == *w)
                            || scene.lemmas[*t] == "sideline"
                            || scene.lemmas[*t] == "margin"
                    });
                    if let (Some(first), Some(last), false) = (words.first(), words.last(), phone) {
                        topics.push(scene.sentence.tokens[*first].span.cover(scene.sentence.tokens[*last].span));
                    }
                }
            }
        }
        topics
    }

    /// "… and agreed to speak again": what both sides undertook, in the words of the text.
    pub(super) fn outcome(&self, chain: &[usize]) -> Option<Span> {
        let scene = &self.scene;
        let undertaken = |token: usize| {
            matches!(scene.lemmas[token].as_str(), "agree" | "pledge" | "promise" | "undertake")
                && scene.deprel(token) == Deprel::Conj
                && scene.is_verb(token)
        };
        let verb = chain.iter().flat_map(|link| scene.children(*link)).copied().find(|c| undertaken(*c))?;
        self.words_from(verb, &scene.subtree(verb))
    }

    /// How the contact is described: "a frank exchange", "the call was cordial and constructive".
    pub(super) fn tone(&self, contact: usize) -> Option<Span> {
        let scene = &self.scene;
        if !scene.is_noun(contact) {
            return None;
        }
        let describes = |t: usize| TONES.contains(&scene.lower[t].as_str());
        let before =
            scene.children(contact).iter().copied().find(|c| scene.deprel(*c) == Deprel::Amod && describes(*c));
        let after = scene.sentence.head(contact).filter(|h| {
            matches!(scene.deprel(contact), Deprel::Nsubj) && scene.coordinated(*h).into_iter().any(describes)
        });
        let tone = before.or(after)?;
        let words: Vec<usize> = scene.coordinated(tone);
        self.words_from(words.iter().copied().min()?, &words)
    }

    /// The characters from a token to the last of some others.
    pub(super) fn words_from(&self, first: usize, words: &[usize]) -> Option<Span> {
        let tokens = &self.scene.sentence.tokens;
        let last = words.iter().copied().filter(|t| *t >= first && self.scene.deprel(*t) != Deprel::Punct).max()?;
        Some(tokens[first].span.cover(tokens[last].span))
    }

    /// "Twice", "three times": how often.
    pub(super) fn attempts(&self, chain: &[usize]) -> Option<u32> {
        const NUMBERS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let scene = &self.scene;
        chain.iter().flat_map(|link| scene.children(*link)).find_map(|&child| match scene.lower[child].as_str() {
            "twice" => Some(2),
            "times" => {
                let number = scene.child(child, &[Deprel::Nummod])?;
                let word = scene.lower[number].as_str();
                let spelt = NUMBERS.iter().position(|n| *n == word).map(|n| n as u32 + 1);
                spelt.or_else(|| word.parse().ok())
            }
            _ => None,
        })
    }

    pub(super) fn reason(&self, chain: &[usize]) -> Option<Span> {
        let scene = &self.scene;
        let whole = |token: usize| {
            let tokens = scene.subtree(token);
            let first = tokens.first().map(|t| scene.sentence.tokens[*t].span);
            let last = tokens.last().map(|t| scene.sentence.tokens[*t].span);
            first.zip(last).map(|(a, b)| a.cover(b))
        };
        // "The time was too short", "it was too complicated for them": so it was for that.
        let tokens = &scene.sentence.tokens;
        let too = chain.iter().copied().find(|t| scene.lower[*t] == "too" && *t + 1 < tokens.len());
        if let Some(too) = too.filter(|too| chain.contains(&(too + 1))) {
            return Some(tokens[too].span.cover(tokens[too + 1].span));
        }
        chain.iter().flat_map(|link| scene.children(*link)).find_map(|&child| {
            let mark = scene.child(child, &[Deprel::Mark, Deprel::Case]).map(|m| scene.lower[m].as_str());
            // "Since North Korea's test" says when, "since he was ill" why.
            let because = mark == Some("because") || mark == Some("since") && scene.is_verb(child);
            let citing = scene.lemmas[child] == "cite" && scene.deprel(child) == Deprel::Advcl;
            (because || citing).then(|| whole(child)).flatten()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Known, Media, Reader, Source};

    /// The dates of the accounts of a text; `-` where one has none.
    fn dates(reader: &Reader, published: &str, text: &str) -> Vec<String> {
        let known = Known { published: Some(published.to_string()), ..Known::default() };
        let reading = reader.read(&Source { text, media: Media::Text, known });
        reading.accounts.iter().map(|a| a.when.as_ref().map_or("-".to_string(), |w| w.edtf.clone())).collect()
    }

    #[test]
    fn a_date_is_of_what_it_hangs_on() {
        let reader = Reader::shipped();
        for (published, text, expected) in [
            (
                "2024-03-15",
                "Kenyan Foreign Minister Musalia Mudavadi met Somali President Hassan Sheikh Mohamud, whose government has \
                 been at odds with Addis Ababa since May last year.",
                "-",
            ),
            (
                "2024-03-15",
                "NAIROBI, Jan 2 (XYZ) - Kenyan President William Ruto met Somali President Hassan Sheikh Mohamud.",
                "-",
            ),
            (
                "2024-03-15",
                "Kenyan President William Ruto on Tuesday urged Somali President Hassan Sheikh Mohamud in a phone call to wait.",
                "2024-03-12",
            ),
            (
                "2024-03-15",
                "Kenyan President William Ruto had been scheduled to meet Somali President Hassan Sheikh Mohamud on Tuesday.",
                "2024-03-12",
            ),
            (
                "2024-03-15",
                "The call came ahead of talks between senior Mexican and Canadian officials on Wednesday and Thursday on trade.",
                "2024-03-20",
            ),
        ] {
            assert!(
                dates(&reader, published, text).iter().any(|d| d == expected),
                "{text} {:?}",
                dates(&reader, published, text)
            );
        }
    }
}
