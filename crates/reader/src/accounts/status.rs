//! What a contact has come to by mood, negation and turns; through what it went; whether it was told of before.

use super::finder::Finder;
use super::grammar::Mood;
use super::reality::Reality;
use super::rules::Effect;
use super::step_of;
use super::words::Occurrence;
use crate::codes::{Channel, Status, StepKind};
use crate::language::{Deprel, Upos, Xpos, is_unit};

/// Words of a clause that tell through what "they spoke" or "a conversation" went.
pub(super) const CHANNEL_WORDS: &[(&str, Channel)] = &[
    ("phone", Channel::Call),
    ("telephone", Channel::Call),
    ("hotline", Channel::Call),
    ("telephonic", Channel::Call),
    ("video", Channel::Video),
    ("videoconference", Channel::Video),
    ("virtual", Channel::Video),
    ("virtually", Channel::Video),
    ("teleconference", Channel::Video),
    // "Talked on the margins of a conference".
    ("fringes", Channel::Meeting),
    ("margins", Channel::Meeting),
    ("sidelines", Channel::Meeting),
];

/// Words for what is sent, after "in" or "by": "told him in a letter".
pub(super) const SENT_WORDS: &[&str] = &["letter", "message", "telegram", "note", "cable"];

/// Words for what there is not yet: "the resumption of talks".
const PROSPECTS: &[&str] = &[
    "resumption",
    "possibility",
    "prospect",
    "idea",
    "need",
    "hope",
    "chance",
    "lack",
    "absence",
    "desire",
    "willingness",
    "readiness",
    "demand",
    "condition",
    "precondition",
    "appetite",
    "support",
    "preparation",
    "importance",
    "path",
    "organisation",
    "organization",
    "convening",
    "date",
    "venue",
    "timeline",
    "timetable",
    "timing",
];

/// Words that set a contact apart from one told before.
pub(super) const FRESH: &[&str] = &[
    "again",
    "another",
    "separate",
    "separately",
    "earlier",
    "previous",
    "previously",
    "second",
    "third",
    "last",
    "latest",
    "later",
    "next",
    "more",
];

pub(super) struct Told {
    pub(super) status: Status,
    pub(super) step: Option<StepKind>,
    pub(super) negated: bool,
    pub(super) hypothetical: bool,
    pub(super) mood: Mood,
}

impl Finder<'_, '_> {
    /// What mood, negation and turns together make of a contact.
    pub(super) fn status(&self, contact: &Occurrence, turns: &[usize]) -> Told {
        let scene = &self.scene;
        let verbal = scene.sentence.tokens[contact.token].upos == Upos::Verb;
        let mut mood = if verbal { scene.mood(contact.token) } else { Mood::Fact };
        // "Had not been in touch by phone".
        let carried = (!contact.rule.under.is_empty()).then(|| scene.sentence.head(contact.token)).flatten();
        let mut negated = scene.is_negated(contact.token)
            || verbal && turns.is_empty() && self.is_not_chosen(contact.token)
            || carried.is_some_and(|head| scene.is_negated(head));
        // "Flies to Washington tonight", "receives him this afternoon": told before it was.
        let today = |c: &usize| matches!(scene.lower[*c].as_str(), "today" | "tonight" | "afternoon" | "evening");
        if verbal
            && mood == Mood::Fact
            && matches!(scene.sentence.tokens[contact.token].xpos, Xpos::VBZ | Xpos::VBP)
            && scene.children(contact.token).iter().any(|c| scene.deprel(*c) == Deprel::OblUnmarked && today(c))
        {
            mood = Mood::Future;
        }
        let mut hypothetical = mood == Mood::Condition;
        // "QUESTION: Has the Secretary talked to him since?": what a reporter asks nobody has told.
        let opens = scene.lower.first().map_or("", String::as_str);
        hypothetical |= matches!(opens, "question" | "q" | "reporter" | "journalist")
            && scene.lower.get(1).is_some_and(|w| matches!(w.as_str(), ":" | "."))
            && scene.lower.last().is_some_and(|w| w == "?");
        // "Was not aware of any such call": neither told nor denied.
        let unaware = |t: usize| matches!(scene.lemmas[t].as_str(), "aware" | "unaware" | "informed" | "knowledge");
        hypothetical |= scene.sentence.head(contact.token).is_some_and(|h| {
            unaware(h)
                && (scene.lemmas[h] == "unaware"
                    || scene.is_negated(h)
                    || scene.ancestors(h).iter().any(|a| scene.is_negated(*a)))
        });
        // "Suppose that he wanted to meet her".
        hypothetical |= scene
            .ancestors(contact.token)
            .iter()
            .any(|a| matches!(scene.lower[*a].as_str(), "suppose" | "supposing" | "imagine"));
        // "Have yet to speak".
        let yet = scene.is_yet_to(contact.token);
        negated |= yet;
        if !yet && verbal && turns.is_empty() && scene.is_infinitive(contact.token) {
            // "is to meet", "going to talk" are plans; "hope to meet" without a rule for it is only a thought.
            let verb = scene.sentence.head(contact.token);
            let above = verb.map(|h| scene.lemmas[h].as_str());
            if verb.is_some_and(|verb| self.went_to_see(contact.token, verb)) {
                mood = Mood::Fact;
            } else if mood == Mood::Future
                || matches!(
                    above,
                    Some(
                        "be" | "go"
                            | "have"
                            | "fly"
                            | "travel"
                            | "arrive"
                            | "come"
                            | "visit"
                            | "stop"
                            | "make"
                            | "head"
                            | "land"
                            | "send"
                            | "dispatch"
                    )
                )
                || scene.deprel(contact.token) == Deprel::Root
            {
                mood = Mood::Future;
                // "Isn't going to meet him".
                negated |= verb.is_some_and(|verb| scene.lemmas[verb] == "go" && scene.is_negated(verb));
            } else {
                hypothetical = true;
            }
        }
        let base = |mood: Mood| match mood {
            Mood::Fact | Mood::Condition => Status::Held,
            Mood::Future | Mood::Would => Status::Planned,
            Mood::Possible => Status::Possible,
        };
        let mut status = base(mood);
        let mut step = match mood {
            Mood::Fact => Some(StepKind::Held),
            Mood::Future | Mood::Would => Some(StepKind::Scheduled),
            _ => None,
        };
        if turns.is_empty() && !verbal {
            // A noun takes its time from where it stands: "ahead of talks", "before the meeting".
            let before =
                self.preposition(contact.token).is_some_and(|p| matches!(p.as_str(), "before" | "ahead" | "for"));
            // "Two days before the call his envoy had written": how long before says that it came.
            let case = scene.child(contact.token, &[Deprel::Case]).and_then(|case| case.checked_sub(1));
            let measured = case.is_some_and(|t| is_unit(&scene.lower[t]));
            if before && measured {
                step = None;
            } else if before {
                status = Status::Planned;
                step = Some(StepKind::Scheduled);
            }
            // "The resumption of talks", "a chance for dialogue": what there may be.
            let prospect = |head: usize| PROSPECTS.contains(&scene.lemmas[head].as_str());
            hypothetical |= scene.deprel(contact.token) == Deprel::Nmod
                && scene.sentence.head(contact.token).is_some_and(prospect)
                && self
                    .preposition(contact.token)
                    .is_some_and(|p| matches!(p.as_str(), "of" | "for" | "about" | "on" | "to"));
            // "A new demand by Kigali for talks": near by, whatever it was hung on.
            let near = (0..contact.token).rev().take(8).take_while(|t| !scene.is_verb(*t));
            hypothetical |= self.preposition(contact.token).as_deref() == Some("for")
                && near.into_iter().any(|t| scene.is_noun(t) && prospect(t));
            if let Some(head) = scene.sentence.head(contact.token)
                && matches!(scene.deprel(contact.token), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
            {
                mood = scene.mood(head);
                hypothetical |= mood == Mood::Condition;
                // "No summit took place"; but "the call did not change her mind" was made.
                let occurs = matches!(
                    scene.lemmas[head].as_str(),
                    "be" | "take"
                        | "happen"
                        | "occur"
                        | "come"
                        | "materialize"
                        | "materialise"
                        | "go"
                        | "reach"
                        | "follow"
                ) || scene.is_passive(head);
                if scene.is_negated(head) && occurs {
                    negated = true;
                }
                // "A summit would help".
                hypothetical |= mood == Mood::Would && !occurs;
                if mood != Mood::Fact {
                    status = base(mood);
                    step = None;
                }
            }
        }
        // "Was not connected to him": it was tried.
        if let Some(failed) = contact.rule.negated.filter(|_| negated && turns.is_empty() && !hypothetical) {
            (status, step, negated) = (failed, Some(StepKind::Attempted), false);
        }
        // "Will not go to Japan": one that was thought of and will not be.
        let would = |c: &usize| scene.lower[*c] == "would";
        let refused = mood == Mood::Would
            && contact.rule.effect != Effect::Contact(Channel::Visit)
            && scene.children(contact.token).iter().any(would);
        if verbal && turns.is_empty() && negated && (mood == Mood::Future || refused) && !hypothetical {
            (status, step, negated) = (Status::Declined, Some(StepKind::Declined), false);
        }
        // "Decided not to travel", "decided against visiting".
        let against =
            |c: &usize| matches!(scene.deprel(*c), Deprel::Mark | Deprel::Case) && scene.lower[*c] == "against";
        let decided = scene.sentence.head(contact.token).is_some_and(|h| {
            matches!(scene.lemmas[h].as_str(), "choose" | "decide" | "elect" | "opt" | "prefer") && !scene.is_negated(h)
        });
        let infinitive = scene.is_infinitive(contact.token) && scene.is_negated(contact.token);
        if verbal && turns.is_empty() && decided && (infinitive || scene.children(contact.token).iter().any(against)) {
            (status, step, negated, hypothetical) = (Status::Declined, Some(StepKind::Declined), false, false);
        }
        // "The two could not meet, as they had planned".
        let could = |c: &usize| matches!(scene.lower[*c].as_str(), "could" | "can");
        if verbal
            && turns.is_empty()
            && negated
            && mood == Mood::Possible
            && !hypothetical
            && scene.children(contact.token).iter().any(could)
        {
            (status, step, negated) = (Status::Cancelled, Some(StepKind::Cancelled), false);
        }
        for &number in turns {
            let turn = &self.occurrences[number];
            let Effect::Turn(said) = turn.rule.effect else { continue };
            // "The prospects of resuming talks".
            hypothetical |= said == Status::Held
                && matches!(scene.deprel(turn.token), Deprel::Acl | Deprel::Nmod)
                && scene.sentence.head(turn.token).is_some_and(|h| PROSPECTS.contains(&scene.lemmas[h].as_str()));
            let turn_mood = if scene.is_verb(turn.token) { scene.mood(turn.token) } else { Mood::Fact };
            hypothetical |= turn_mood == Mood::Condition;
            // The "no" of "no call came" is the call's, and counts once.
            let shared = scene.is_negated(contact.token)
                && scene.sentence.head(contact.token) == Some(turn.token)
                && !scene
                    .children(turn.token)
                    .iter()
                    .any(|c| matches!(scene.lower[*c].as_str(), "not" | "n't" | "never"));
            // "Stopped answering calls".
            let stopped = scene.deprel(turn.token) == Deprel::Xcomp
                && scene
                    .sentence
                    .head(turn.token)
                    .is_some_and(|h| matches!(scene.lemmas[h].as_str(), "stop" | "cease") && !scene.is_negated(h));
            let turn_negated = (scene.is_negated(turn.token)
                || stopped
                || scene.is_failed(turn.token)
                || self.is_not_chosen(turn.token))
                && !shared;
            let next = match (turn_negated, turn.rule.negated) {
                // "Never received an invitation": it denies that it was asked.
                // "Santiago had not received any letter".
                (true, Some(_))
                    if said == Status::Held
                        && (contact.rule.status.is_some() || self.is_not_received(contact, turn)) =>
                {
                    negated = !negated;
                    said
                }
                (true, Some(other)) => other,
                // "Did not show up" is what the rule is about.
                (true, None) if turn.rule.needs_negation => said,
                (true, None) => {
                    negated = !negated;
                    said
                }
                (false, _) => said,
            };
            // "Will not hold a meeting".
            let object = scene.deprel(contact.token) == Deprel::Obj;
            if object && turn_negated && next == Status::Held && turn_mood == Mood::Future && negated && !hypothetical {
                (status, step, negated, mood) = (Status::Declined, Some(StepKind::Declined), false, turn_mood);
                continue;
            }
            let failed =
                matches!(status, Status::Postponed | Status::Cancelled | Status::Declined | Status::Unanswered);
            let pending = matches!(next, Status::Planned | Status::Possible | Status::Requested | Status::Proposed);
            if failed && pending {
                continue;
            }
            // "Will hold talks", "may place a call": the mood of a verb that only carries the contact is the contact's.
            if next == Status::Held && turn_mood != Mood::Fact && failed {
                continue;
            }
            // "Could be scheduled for March".
            if next == Status::Planned && turn_mood == Mood::Possible && !turn_negated {
                (status, step, mood) = (Status::Possible, None, turn_mood);
                continue;
            }
            if next == Status::Held && turn_mood != Mood::Fact {
                status = base(turn_mood);
                step = None;
                mood = turn_mood;
                continue;
            }
            // "Made several attempts to reach him": making them is not reaching him.
            let light = next == Status::Held
                && turns.iter().any(|t| {
                    let inner = &self.occurrences[*t];
                    scene.is_noun(inner.token) && scene.sentence.head(inner.token) == Some(turn.token)
                });
            if next == Status::Held && status != Status::Held && (!verbal || light) {
                // "hold" over "planned talks" says nothing more.
                continue;
            }
            // A call that was responded to was held; a request is only acknowledged.
            if turn.rule.step == Some(StepKind::Acknowledged) && !turn_negated && contact.rule.attempt {
                continue;
            }
            status = next;
            mood = turn_mood;
            step = if turn_negated && turn.rule.negated.is_some() {
                step_of(next)
            } else {
                turn.rule.step.or(step_of(next))
            };
        }
        if !verbal && negated && self.was_to_be(contact, turns, status, mood) {
            (status, step, negated) = (Status::Cancelled, Some(StepKind::Cancelled), false);
        }
        // "Invited" is an offer, unless more is told.
        if status == Status::Held
            && let Some(own) = contact.rule.status
        {
            (status, step) = (own, step_of(own));
        }
        // "Had a meeting on his schedule": the calendar makes it a plan.
        let on_calendar = turns.iter().map(|t| self.occurrences[*t].token).chain([contact.token]).any(|t| {
            scene.children(t).iter().any(|c| {
                matches!(scene.lemmas[*c].as_str(), "schedule" | "calendar" | "agenda" | "programme" | "program")
                    // "Talks over the nuclear program" are no part of one.
                    && self.preposition(*c).is_some_and(|p| matches!(p.as_str(), "on" | "in" | "for"))
            })
        });
        if status == Status::Held && on_calendar {
            status = Status::Planned;
            step = Some(StepKind::Scheduled);
        }
        if contact.rule.status.is_none() {
            match self.reality(contact, turns) {
                Some(Reality::Unreal) => hypothetical = true,
                Some(Reality::ToCome) if status == Status::Held => {
                    (status, step, mood) = (Status::Planned, Some(StepKind::Scheduled), Mood::Future);
                    hypothetical = false;
                }
                Some(Reality::Possible) if matches!(status, Status::Held | Status::Planned) => {
                    (status, step) = (Status::Possible, None);
                }
                _ => {}
            }
        }
        // "Had earlier said that they had not had occasion to talk yet": not by then.
        let said = |word: &str| scene.lower.iter().any(|w| w == word);
        hypothetical |= negated && said("yet") && said("earlier");
        // "Have not spoken since January".
        let since = |c: &usize| scene.children(*c).iter().any(|m| scene.lower[*m] == "since");
        hypothetical |= verbal
            && negated
            && scene.children(contact.token).iter().any(|c| matches!(scene.lower[*c].as_str(), "have" | "has" | "had"))
            && scene.children(contact.token).iter().any(since);
        Told { status, step, negated, hypothetical, mood }
    }

    /// "Went to see him": he saw him, unless the words say where he went for it.
    pub(super) fn went_to_see(&self, contact: usize, verb: usize) -> bool {
        let scene = &self.scene;
        scene.lemmas[verb] == "go"
            && scene.lower[verb] == "went"
            && scene.is_infinitive(contact)
            && !scene.arguments(verb).iter().any(|(f, _)| f == "to")
    }

    /// Whether a contact is what somebody has travelled for: "flew to Paris for talks with", "came to see".
    pub(super) fn is_purpose(&self, token: usize) -> bool {
        let scene = &self.scene;
        let Some(verb) = scene.sentence.head(token).filter(|h| scene.is_verb(*h)) else { return false };
        let under = if scene.is_noun(token) {
            self.preposition(token).as_deref() == Some("for")
        } else {
            scene.is_infinitive(token) && matches!(scene.deprel(token), Deprel::Advcl | Deprel::Xcomp)
        };
        let travels = matches!(
            scene.lemmas[verb].as_str(),
            "fly" | "travel" | "arrive" | "come" | "go" | "visit" | "land" | "stop" | "return" | "rush" | "drive"
        );
        let past = scene.sentence.tokens[verb].xpos == Xpos::VBD
            || scene.children(verb).iter().any(|c| matches!(scene.lower[*c].as_str(), "has" | "had" | "have"));
        let travels = travels && !(scene.lemmas[verb] == "go" && self.went_to_see(token, verb));
        under && travels && past && scene.mood(verb) == Mood::Fact && !scene.is_negated(verb)
    }

    /// Whether a verb stands under one that is negated: "has not chosen to return the call". "Did not refuse to" says no such
    /// thing.
    pub(super) fn is_not_chosen(&self, verb: usize) -> bool {
        let scene = &self.scene;
        scene.deprel(verb) == Deprel::Xcomp
            && scene.sentence.head(verb).is_some_and(|head| {
                let chooses = matches!(
                    scene.lemmas[head].as_str(),
                    "choose" | "want" | "manage" | "bother" | "care" | "seek" | "deign" | "wish" | "able" | "try"
                );
                chooses && scene.is_negated(head)
            })
    }

    /// Whether the clause says that it goes on from what was told before.
    pub(super) fn is_sequel(&self, chain: &[usize]) -> bool {
        const SEQUEL: &[&str] =
            &["then", "later", "subsequently", "afterwards", "afterward", "also", "too", "meanwhile", "instead"];
        let scene = &self.scene;
        chain.iter().any(|t| scene.children(*t).iter().any(|c| SEQUEL.contains(&scene.lower[*c].as_str())))
    }

    /// Through what the words of a clause tell that it went: "by telephone", "in a video call", "a virtual meeting".
    /// Whether what is told not to take place was to: "the planned meeting", "scheduled for Monday", "will not take place", "did
    /// not take place because they withdrew", as nobody gives the reason of what was never to be.
    fn was_to_be(&self, contact: &Occurrence, turns: &[usize], status: Status, mood: Mood) -> bool {
        let scene = &self.scene;
        let occurs = |t: &usize| self.occurrences[*t].rule.id == "turn-occur";
        let plans = |t: &usize| self.occurrences[*t].rule.effect == Effect::Turn(Status::Planned);
        if !turns.iter().any(occurs) || !turns.iter().all(|t| occurs(t) || plans(t)) {
            return false;
        }
        let planned = |c: &usize| {
            matches!(scene.lower[*c].as_str(), "planned" | "scheduled" | "expected" | "announced" | "proposed")
        };
        let explained = |t: &usize| {
            scene.children(self.occurrences[*t].token).iter().any(|c| {
                scene.deprel(*c) == Deprel::Advcl
                    && scene
                        .child(*c, &[Deprel::Mark])
                        .is_some_and(|m| matches!(scene.lower[m].as_str(), "because" | "since" | "as"))
                    || matches!(self.preposition(*c).as_deref(), Some("because" | "because of" | "due to" | "owing to"))
            })
        };
        let ahead = matches!(mood, Mood::Future | Mood::Would);
        status == Status::Planned && ahead && self.is_definite(contact.token)
            || turns.iter().any(plans)
            || status == Status::Held
                && (scene.children(contact.token).iter().any(planned)
                    || turns.iter().any(|t| scene.is_failed(self.occurrences[*t].token) || explained(t)))
    }

    /// Whether a turn says that what was sent did not come; an answer that did not was not given.
    pub(super) fn is_not_received(&self, contact: &Occurrence, turn: &Occurrence) -> bool {
        contact.rule.effect == Effect::Contact(Channel::Message)
            && matches!(self.scene.lemmas[turn.token].as_str(), "arrive" | "get" | "reach" | "receive")
            && !matches!(self.scene.lemmas[contact.token].as_str(), "acknowledgement" | "answer" | "reply" | "response")
    }

    pub(super) fn channel_told(&self, token: usize, chain: &[usize]) -> Option<Channel> {
        const MEANS: &[&str] = &["by", "on", "over", "via", "through", "in", "during", "at", "per"];
        let scene = &self.scene;
        let mut near: Vec<usize> = Vec::new();
        for &link in chain.iter().chain([&token]) {
            for &child in scene.children(link) {
                match scene.deprel(child) {
                    // "Virtually ruled out" is all but ruled out.
                    Deprel::Advmod if scene.lower[child] == "virtually" && link != token => {}
                    Deprel::Advmod | Deprel::Compound | Deprel::Amod => near.push(child),
                    Deprel::Obl | Deprel::Obj | Deprel::Nmod => {
                        let preposition = self.preposition(child);
                        let object = scene.deprel(child) == Deprel::Obj;
                        // "Had a phone call and a meeting": the call says nothing of the meeting.
                        let other = object && child != token && self.names_contact(child);
                        if other {
                            continue;
                        }
                        if object || preposition.as_deref().is_some_and(|p| MEANS.contains(&p)) {
                            near.push(child);
                            let describes = |c: &usize| matches!(scene.deprel(*c), Deprel::Compound | Deprel::Amod);
                            near.extend(scene.children(child).iter().copied().filter(describes));
                        }
                    }
                    _ => {}
                }
            }
            near.push(link);
        }
        // "Talked by phone before he left": near by, whatever it was hung on.
        let last = chain.iter().copied().max().unwrap_or(token);
        if scene.is_verb(token) {
            let ahead = last + 1..(last + 7).min(scene.lower.len());
            near.extend(ahead.clone().take_while(|t| !scene.is_verb(*t)).filter(|t| {
                let means = (last + 1..*t).rev().take(3).find(|p| scene.deprel(*p) == Deprel::Case);
                means.is_some_and(|p| MEANS.contains(&scene.lower[p].as_str()))
            }));
        }
        near.sort_unstable();
        near.dedup();
        let sent = near.iter().any(|t| {
            let word = scene.lower[*t].as_str();
            SENT_WORDS.contains(&word)
                && self.preposition(*t).is_some_and(|p| matches!(p.as_str(), "in" | "by" | "via" | "through"))
        });
        if sent {
            return Some(Channel::Message);
        }
        near.iter()
            .find_map(|t| CHANNEL_WORDS.iter().find(|(w, _)| scene.lemmas[*t] == *w || scene.lower[*t] == *w))
            .map(|(_, c)| *c)
    }

    pub(super) fn is_definite(&self, token: usize) -> bool {
        self.scene.is_noun(token)
            && self.scene.children(token).iter().any(|c| {
                matches!(
                    self.scene.lower[*c].as_str(),
                    "the" | "this" | "that" | "their" | "his" | "her" | "these" | "its" | "such"
                ) || matches!(self.scene.deprel(*c), Deprel::NmodPoss)
            })
    }

    pub(super) fn has_plural_pronoun_subject(&self, verb: usize) -> bool {
        const PLURAL: &[&str] = &["they", "both", "two", "pair", "we", "sides", "leaders", "presidents", "ministers"];
        let scene = &self.scene;
        // "The two DGMOs spoke": two who were told of, whatever they are.
        let two = |token: usize| {
            scene.is_noun(token)
                && scene.children(token).iter().any(|c| matches!(scene.lower[*c].as_str(), "two" | "both"))
                && scene.child(token, &[Deprel::Nmod, Deprel::Amod, Deprel::Compound]).is_none()
        };
        scene
            .arguments(verb)
            .iter()
            .any(|(function, t)| function == "subject" && (PLURAL.contains(&scene.lower[*t].as_str()) || two(*t)))
    }

    pub(super) fn is_fresh(&self, token: usize, chain: &[usize]) -> bool {
        let scene = &self.scene;
        let before = token.checked_sub(1).is_some_and(|t| matches!(scene.lower[t].as_str(), "last" | "latest"));
        let once_more = scene.lower.windows(2).any(|w| w[0] == "once" && matches!(w[1].as_str(), "more" | "again"));
        // "Had talked yesterday as well".
        let as_well = scene.is_verb(token)
            && (token + 1..scene.lower.len().saturating_sub(1))
                .take(6)
                .take_while(|t| !scene.is_verb(*t))
                .any(|t| scene.lower[t] == "as" && scene.lower[t + 1] == "well");
        // "They had already spoken on Saturday".
        let had = |t: &usize| scene.children(*t).iter().any(|c| scene.lower[*c] == "had");
        let already = |t: &usize| scene.children(*t).iter().any(|c| scene.lower[*c] == "already");
        let earlier = chain.iter().chain([&token]).any(|t| had(t) && already(t));
        before
            || as_well
            || earlier
            || once_more
            || chain.iter().chain([&token]).any(|t| {
                scene.children(*t).iter().any(|c| {
                    matches!(scene.deprel(*c), Deprel::Amod | Deprel::Advmod | Deprel::Det)
                        && FRESH.contains(&scene.lower[*c].as_str())
                        // "Separately discussed energy": in the same talk.
                        && !(scene.lemmas[*t] == "discuss" && scene.lower[*c] == "separately")
                })
            })
    }
}
