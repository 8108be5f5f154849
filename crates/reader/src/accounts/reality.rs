//! Whether a contact is told as having been, where no turn stands over it: from the verbs and nouns above it, from what
//! describes it, and from how often it is said to be.

use super::finder::Finder;
use super::grammar::Mood;
use super::rules::Effect;
use super::words::Occurrence;
use crate::codes::Status;
use crate::language::{Deprel, Xpos};

/// What stands around a contact makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reality {
    /// Spoken of, and not told to have been or to be about to: wanted, tried for, a habit.
    Unreal,
    /// To be, as it is told.
    ToCome,
    /// That may be.
    Possible,
}

/// Nouns for what aims at a contact: "efforts to organise a meeting".
const AIMS: &[&str] = &[
    "aim",
    "appeal",
    "attempt",
    "basis",
    "bid",
    "call",
    "chance",
    "desire",
    "effort",
    "goal",
    "hope",
    "idea",
    "initiative",
    "measure",
    "need",
    "opportunity",
    "possibility",
    "pressure",
    "push",
    "readiness",
    "step",
    "way",
    "willingness",
    "wish",
    "work",
];

/// Nouns for what has been settled and is still to be done: "an agreement to resume talks".
const PLANS: &[&str] =
    &["agreement", "commitment", "deal", "decision", "intention", "pledge", "promise", "undertaking"];

/// Verbs whose infinitive need not come true.
const TRIES: &[&str] = &[
    "aim",
    "attempt",
    "call",
    "encourage",
    "hope",
    "love",
    "need",
    "persuade",
    "press",
    "push",
    "seek",
    "strive",
    "struggle",
    "try",
    "urge",
    "want",
    "wish",
    "work",
];

/// Verbs for making a contact possible, which is not to have it.
const ARRANGES: &[&str] = &[
    "arrange",
    "bring",
    "broker",
    "convene",
    "ensure",
    "facilitate",
    "organise",
    "organize",
    "prepare",
    "schedule",
    "secure",
];

/// Verbs whose object is not there yet: "promote dialogue", "floated a meeting".
const PROMOTES: &[&str] = &[
    "advocate",
    "await",
    "demand",
    "encourage",
    "facilitate",
    "favor",
    "favour",
    "float",
    "foster",
    "oppose",
    "promote",
    "recommend",
    "require",
    "support",
    "urge",
];

/// What a contact was not, where it was less: "no formal talks", "did not have a substantive exchange".
const MORE: &[&str] = &[
    "deep",
    "detailed",
    "extensive",
    "formal",
    "full",
    "in-depth",
    "lengthy",
    "long",
    "meaningful",
    "official",
    "productive",
    "serious",
    "substantial",
    "substantive",
];

/// Verbs of waiting and depending, with the prepositions of what they wait for.
const DEPENDS: &[(&str, &[&str])] = &[
    ("aim", &["at", "for"]),
    ("ask", &["about"]),
    ("call", &["for"]),
    ("depend", &["on", "upon"]),
    ("hinge", &["on", "upon"]),
    ("hope", &["for"]),
    ("insist", &["on", "upon"]),
    ("look", &["to"]),
    ("press", &["for"]),
    ("push", &["for"]),
    ("rely", &["on", "upon"]),
    ("wait", &["for"]),
    ("work", &["toward", "towards", "on", "for"]),
];

impl Finder<'_, '_> {
    /// What stands around a contact makes of it; `None` where a turn speaks or nothing does.
    pub(super) fn reality(&self, contact: &Occurrence, turns: &[usize]) -> Option<Reality> {
        let scene = &self.scene;
        // "Efforts to organise a meeting continue", whatever becomes of the efforts.
        let arranged = scene.sentence.head(contact.token).filter(|verb| {
            scene.is_noun(contact.token)
                && scene.deprel(contact.token) == Deprel::Obj
                && scene.is_infinitive(*verb)
                && ARRANGES.contains(&scene.lemmas[*verb].as_str())
        });
        let aims = |noun: usize| scene.is_noun(noun) && AIMS.contains(&scene.lemmas[noun].as_str());
        if arranged.and_then(|verb| scene.sentence.head(verb)).is_some_and(aims) {
            return Some(Reality::Unreal);
        }
        if turns.last().is_some_and(|t| self.is_of_anybody(self.occurrences[*t].token))
            || self.is_of_anybody(contact.token)
        {
            return Some(Reality::Unreal);
        }
        let held = |turn: &Occurrence| turn.rule.effect == Effect::Turn(Status::Held);
        if !turns.iter().all(|t| held(&self.occurrences[*t]) && scene.is_verb(self.occurrences[*t].token)) {
            return None;
        }
        let lesser = |c: &usize| scene.deprel(*c) == Deprel::Amod && MORE.contains(&scene.lower[*c].as_str());
        let negated = |t: usize| scene.is_negated(t);
        if scene.is_noun(contact.token)
            && scene.children(contact.token).iter().any(lesser)
            && (negated(contact.token) || turns.iter().any(|t| negated(self.occurrences[*t].token)))
        {
            return Some(Reality::Unreal);
        }
        let event = turns.last().map_or(contact.token, |t| self.occurrences[*t].token);
        if let Some(awaited) = self.looked_forward_to(event) {
            return Some(awaited);
        }
        if self.is_habit(event) {
            return Some(Reality::Unreal);
        }
        let verb = if scene.is_verb(event) {
            // "They have met before": when is not told.
            let before = |c: &usize| {
                scene.deprel(*c) == Deprel::Advmod
                    && matches!(scene.lower[*c].as_str(), "before" | "previously")
                    && scene.children(*c).is_empty()
            };
            let has = |c: &usize| matches!(scene.lower[*c].as_str(), "have" | "has");
            let around = scene.children(event);
            if around.iter().any(before) && around.iter().any(has) {
                return Some(Reality::Unreal);
            }
            event
        } else {
            if let Some(described) = self.described_as_to_come(event) {
                return Some(described);
            }
            // "There should be talks".
            let ought = |c: &usize| matches!(scene.lower[*c].as_str(), "should" | "must" | "ought" | "needs");
            let there = scene.sentence.head(event).filter(|_| scene.deprel(event) == Deprel::Nsubj).unwrap_or(event);
            if scene.children(there).iter().any(ought) {
                return Some(Reality::Unreal);
            }
            let head = scene.sentence.head(event)?;
            // "Would welcome any visit".
            if scene.is_verb(head) && scene.lemmas[head] == "welcome" && scene.mood(head) == Mood::Would {
                return Some(Reality::Unreal);
            }
            // "Will ask for it at the talks in Berlin", "is to be settled during her meeting with him".
            let in_it = scene.deprel(event) == Deprel::Obl
                && self.preposition(event).is_some_and(|p| matches!(p.as_str(), "at" | "during"));
            let should = |c: &usize| scene.lower[*c] == "should";
            let ahead = scene.mood(head) == Mood::Future || scene.children(head).iter().any(should);
            if in_it && scene.is_verb(head) && ahead {
                return Some(Reality::ToCome);
            }
            let object = scene.deprel(event) == Deprel::Obj
                || scene.deprel(event) == Deprel::NsubjPass && scene.is_passive(head);
            let lemma = scene.lemmas[head].as_str();
            if object && PROMOTES.contains(&lemma) {
                return Some(Reality::Unreal);
            }
            let waits = self.preposition(event).is_some_and(|preposition| {
                DEPENDS.iter().any(|(verb, after)| *verb == lemma && after.contains(&preposition.as_str()))
            });
            if waits && scene.is_verb(head) {
                return Some(Reality::Unreal);
            }
            object.then_some(head).filter(|head| scene.is_verb(*head))?
        };
        self.clause_above(verb, scene.is_noun(contact.token))
    }

    /// "Those who reject dialogue": whoever does, and nobody who did.
    fn is_of_anybody(&self, event: usize) -> bool {
        const ANYBODY: &[&str] =
            &["actor", "anybody", "anyone", "everyone", "individual", "one", "party", "person", "those"];
        let scene = &self.scene;
        let present = matches!(scene.sentence.tokens[event].xpos, Xpos::VBP | Xpos::VBZ);
        let generic = |head: usize| {
            matches!(scene.lower[head].as_str(), "those" | "anyone" | "anybody" | "everyone")
                || scene.sentence.tokens[head].xpos == Xpos::NNS && ANYBODY.contains(&scene.lemmas[head].as_str())
        };
        scene.is_verb(event)
            && present
            && scene.deprel(event) == Deprel::AclRelcl
            && scene.sentence.head(event).is_some_and(generic)
    }

    /// "Looks forward to hosting her on May 10": to be, where a day is told; else a wish.
    fn looked_forward_to(&self, event: usize) -> Option<Reality> {
        let scene = &self.scene;
        let forward = |c: &usize| scene.lower[*c] == "forward";
        let looks = |a: &usize| scene.lemmas[*a] == "look" && scene.children(*a).iter().any(forward);
        let look = scene.ancestors(event).into_iter().take(3).find(looks)?;
        let to_come = self.material.times.iter().any(|time| {
            time.sentence == scene.index
                && time.first > look
                && time.edtf.as_ref().is_some_and(|edtf| !self.is_past(edtf))
        });
        Some(if to_come { Reality::ToCome } else { Reality::Unreal })
    }

    /// "Agreed to continue regular contacts", "keep up the dialogue": what goes on without a day is no one contact.
    pub(super) fn is_kept_up(&self, token: usize) -> bool {
        const KEEPS: &[&str] = &["continue", "develop", "expand", "intensify", "keep", "maintain", "strengthen"];
        let scene = &self.scene;
        let dated = || self.material.times.iter().any(|t| t.sentence == scene.index && t.first > token);
        let keeps = |t: usize| scene.is_verb(t) && KEEPS.contains(&scene.lemmas[t].as_str()) && scene.is_infinitive(t);
        (keeps(token) || scene.sentence.head(token).is_some_and(keeps)) && !dated()
    }

    /// "The upcoming visit", "a possible meeting".
    fn described_as_to_come(&self, noun: usize) -> Option<Reality> {
        let scene = &self.scene;
        let word = |c: &usize| matches!(scene.deprel(*c), Deprel::Amod | Deprel::Compound);
        scene.children(noun).iter().filter(|c| word(c)).find_map(|c| match scene.lower[*c].as_str() {
            "upcoming" | "forthcoming" | "coming" | "impending" | "approaching" => Some(Reality::ToCome),
            "possible" | "potential" | "prospective" | "eventual" | "hypothetical" => Some(Reality::Possible),
            _ => None,
        })
    }

    /// What the clause above makes of a verb: "trying to arrange", "will fly in, holding talks", "before they meet".
    fn clause_above(&self, verb: usize, noun: bool) -> Option<Reality> {
        let scene = &self.scene;
        let form = scene.sentence.tokens[verb].xpos;
        let marked = |words: &[&str]| {
            scene.children(verb).iter().any(|c| {
                *c < verb
                    && matches!(scene.deprel(*c), Deprel::Mark | Deprel::Advmod)
                    && words.contains(&scene.lower[*c].as_str())
            })
        };
        let present = matches!(form, Xpos::VBZ | Xpos::VBP);
        let as_soon = scene.lower[..verb].windows(3).any(|w| w == ["as", "soon", "as"]);
        if present && (as_soon || marked(&["before", "until", "till", "once", "unless", "when", "whenever"])) {
            return Some(Reality::Unreal);
        }
        let head = scene.sentence.head(verb)?;
        let lemma = scene.lemmas[head].as_str();
        let link = scene.deprel(verb);
        // "We do not know when the two may be able to connect".
        let open = |t: usize| {
            matches!(scene.lemmas[t].as_str(), "know" | "say" | "tell" | "decide" | "clear" | "sure" | "certain")
                && scene.is_negated(t)
                || matches!(scene.lower[t].as_str(), "unclear" | "unknown" | "uncertain")
        };
        let asks = |t: usize| {
            scene
                .children(t)
                .iter()
                .any(|c| matches!(scene.lower[*c].as_str(), "when" | "where" | "whether" | "if" | "how"))
        };
        let above: Vec<usize> = [verb].into_iter().chain(scene.ancestors(verb)).take(4).collect();
        if above.windows(2).any(|pair| asks(pair[0]) && open(pair[1])) {
            return Some(Reality::Unreal);
        }
        if scene.is_infinitive(verb) {
            // "Won an agreement to resume talks".
            if noun && scene.is_noun(head) && PLANS.contains(&lemma) && matches!(link, Deprel::Acl | Deprel::Xcomp) {
                return Some(Reality::ToCome);
            }
            let aims = scene.is_noun(head) && AIMS.contains(&lemma) && matches!(link, Deprel::Acl | Deprel::Xcomp);
            let tries = scene.is_verb(head) && TRIES.contains(&lemma) && matches!(link, Deprel::Xcomp | Deprel::Ccomp);
            // "Unable to fit a meeting in"; "managed to arrange" one, which came about.
            let unable = lemma == "unable";
            let arranges =
                ARRANGES.contains(&scene.lemmas[verb].as_str()) && !matches!(lemma, "manage" | "able" | "help");
            // "A proposal to meet to resume talks".
            let nested = scene.is_verb(head) && scene.is_infinitive(head) && scene.mood(head) == Mood::Fact;
            // For verbs that mean a contact themselves the mood of the infinitive has said so.
            if noun && (aims || tries || unable || arranges || nested) {
                return Some(Reality::Unreal);
            }
            let purpose = matches!(link, Deprel::Advcl | Deprel::Xcomp) && scene.is_verb(head);
            return (noun && purpose && scene.mood(head) == Mood::Future).then_some(Reality::ToCome);
        }
        if form == Xpos::VBG && !scene.children(verb).iter().any(|c| scene.deprel(*c) == Deprel::Aux) {
            let proposed =
                matches!(lemma, "decline" | "propose" | "suggest" | "consider" | "discuss" | "recommend" | "oppose");
            if proposed && matches!(link, Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj) {
                return Some(Reality::Unreal);
            }
            let beside = matches!(link, Deprel::Advcl | Deprel::Conj) && scene.is_verb(head) && head < verb;
            return (beside
                && scene.mood(head) == Mood::Future
                && scene
                    .children(verb)
                    .iter()
                    .all(|c| !matches!(scene.lower[*c].as_str(), "after" | "since" | "having")))
            .then_some(Reality::ToCome);
        }
        None
    }

    /// "They speak twice a day", "daily calls": a habit, and no one contact.
    fn is_habit(&self, event: usize) -> bool {
        let scene = &self.scene;
        if !scene.is_verb(event) || !matches!(scene.sentence.tokens[event].xpos, Xpos::VBZ | Xpos::VBP | Xpos::VB) {
            return false;
        }
        const OFTEN: &[&str] =
            &["daily", "frequently", "monthly", "normally", "often", "regularly", "routinely", "usually", "weekly"];
        const PERIODS: &[&str] = &["day", "week", "month", "year", "morning", "evening", "daily"];
        const TIMES: &[&str] = &["each", "every", "once", "thrice", "times", "twice"];
        scene.children(event).iter().any(|c| {
            let below: Vec<&str> = scene.subtree(*c).into_iter().map(|t| scene.lower[t].as_str()).collect();
            let any = |words: &[&str]| below.iter().any(|w| words.contains(w));
            OFTEN.contains(&scene.lower[*c].as_str()) || any(PERIODS) && any(TIMES)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::codes::Status;
    use crate::{Known, Media, Reader, Source};

    #[test]
    fn what_is_not_told_as_having_been_is_not_held() {
        let reader = Reader::shipped();
        let told = |text: &str| {
            let known = Known { published: Some("2024-12-16".to_string()), ..Known::default() };
            let reading = reader.read(&Source { text, media: Media::Text, known });
            let record = reading.record(Default::default());
            record.contacts.iter().map(|contact| contact.status).collect::<Vec<_>>()
        };
        let none = |text: &str| assert_eq!(told(text), [], "{text}");
        none(
            "Efforts to organise a meeting between Chilean President Gabriel Boric and Peruvian President Dina Boluarte continue.",
        );
        none("The Vatican is trying to bring about direct talks between Chile and Bolivia.");
        none("Venezuela thanked Norway for its efforts to promote dialogue between Colombia and Venezuela.");
        none("Santiago insisted that any deal depended on direct talks between Bolivia and Peru.");
        none("Nothing will be decided before Chilean President Gabriel Boric meets Peruvian President Dina Boluarte.");
        none("Jordan and Syria speak through hotlines twice a day, once in the morning and once in the evening.");
        none("The Spanish king and Argentine President Javier Milei have met before.");
        none("A summit between Chile and Bolivia would help, Peruvian Foreign Minister Elmer Schialer said.");
        for text in [
            "The agenda of the upcoming meeting between the Chilean and Peruvian presidents is being drawn up, Santiago said.",
            "Peru's foreign minister is due to travel to Chile later this week.",
            "The foreign ministers of Peru and Chile were due to hold a special meeting yesterday.",
        ] {
            assert_eq!(told(text), [Status::Planned], "{text}");
        }
        let floated = "Peruvian officials had floated a possible meeting between President Dina Boluarte and Chilean President \
            Gabriel Boric.";
        assert_eq!(told(floated), [Status::Possible]);
        let will = "Chilean President Gabriel Boric will visit Bolivia, holding talks with President Luis Arce.";
        assert!(told(will).iter().all(|status| *status == Status::Planned));
    }
}
