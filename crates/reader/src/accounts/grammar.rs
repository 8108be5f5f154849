//! Who does what to whom in one parsed sentence, after passives, relative clauses, control and coordination are undone.
//!
//! The rules speak of `subject`, `object`, `with`; this module finds what stands there. Names of functions are those of
//! the rule files. The normalisations follow the usual ones of enhanced dependencies (Schuster and Manning 2016).

use crate::language::{Deprel, Sentence, Upos, Xpos, is_apostrophe, lemma};
use crate::who::Cast;
use std::borrow::Cow;

/// One argument of a word: the function it stands in, and the token.
pub type Argument<'a> = (Cow<'a, str>, usize);

/// One parsed sentence with what the rules ask of it.
pub struct Scene<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Its number.
    pub index: usize,
    /// For each token its dictionary form, lower case.
    pub lemmas: Vec<String>,
    /// For each token its form, lower case.
    pub lower: Vec<String>,
    /// For each token its dependents, in order.
    children: Vec<Vec<usize>>,
    /// For each token the mentions that cover it, innermost last, as indices into [`Cast::mentions`].
    mentions: Vec<Vec<usize>>,
}

/// Verbs whose object controls the infinitive: "asked Putin to call".
const OBJECT_CONTROL: &[&str] = &[
    "ask",
    "tell",
    "invite",
    "urge",
    "allow",
    "order",
    "persuade",
    "encourage",
    "instruct",
    "want",
    "expect",
    "send",
    "dispatch",
];

/// Verbs that a report can be the object of: "the report that he wrote".
const TELLS: &[&str] = &[
    "carry", "cite", "confirm", "deny", "dismiss", "file", "hear", "issue", "make", "publish", "quote", "read",
    "receive", "refute", "reject", "release", "repeat", "send", "spread", "tell", "write",
];

/// Nouns for what is told, before the clause that tells it.
const TOLD: &[&str] = &[
    "report",
    "claim",
    "allegation",
    "assertion",
    "suggestion",
    "rumor",
    "rumour",
    "news",
    "story",
    "statement",
    "fact",
    "speculation",
    "accusation",
];

impl<'a> Scene<'a> {
    /// Prepares one sentence.
    pub fn new(text: &'a str, sentence: &'a Sentence, index: usize, cast: &Cast) -> Scene<'a> {
        let n = sentence.tokens.len();
        let mut children = vec![Vec::new(); n];
        let mut lemmas = Vec::with_capacity(n);
        let mut lower = Vec::with_capacity(n);
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = sentence.head(i).filter(|h| *h < n) {
                children[head].push(i);
            }
            let form = token.span.of(text);
            lemmas.push(lemma(form, token.upos).to_string());
            // "Didn’t" is "didn't", however its apostrophe is written.
            let clitic = form.chars().any(char::is_alphabetic) && form.contains(is_apostrophe);
            lower.push(if clitic { form.to_lowercase().replace(is_apostrophe, "'") } else { form.to_lowercase() });
        }
        let mut mentions = vec![Vec::new(); n];
        for (m, mention) in cast.mentions.iter().enumerate().filter(|(_, m)| m.sentence == index) {
            for covering in mentions.iter_mut().take(mention.end.min(n)).skip(mention.first) {
                covering.push(m);
            }
        }
        Scene { text, sentence, index, lemmas, lower, children, mentions }
    }

    /// The dependents of a token.
    pub fn children(&self, token: usize) -> &[usize] {
        &self.children[token]
    }

    /// How a token depends on its head.
    pub fn deprel(&self, token: usize) -> Deprel {
        self.sentence.tokens[token].deprel
    }

    /// The mentions that cover a token.
    pub fn mentions_at(&self, token: usize) -> &[usize] {
        &self.mentions[token]
    }

    /// The outermost mention that begins at a token, if there is such a token.
    pub fn mentions_at_or_none(&self, token: usize) -> Option<usize> {
        self.mentions.get(token)?.first().copied()
    }

    /// Whether a token is a verb (or an auxiliary used as one).
    pub fn is_verb(&self, token: usize) -> bool {
        matches!(self.sentence.tokens[token].upos, Upos::Verb | Upos::Aux)
    }

    /// Whether a token is a noun or a name.
    pub fn is_noun(&self, token: usize) -> bool {
        matches!(self.sentence.tokens[token].upos, Upos::Noun | Upos::Propn)
    }

    /// The first dependent with one of these relations.
    pub fn child(&self, token: usize, relations: &[Deprel]) -> Option<usize> {
        self.children[token].iter().copied().find(|c| relations.contains(&self.deprel(*c)))
    }

    /// The prepositions of a noun ("with", "to"); several for "from Moscow to".
    fn case(&self, token: usize) -> Option<usize> {
        self.child(token, &[Deprel::Case])
    }

    /// The token and what is coordinated with it.
    pub fn coordinated(&self, token: usize) -> Vec<usize> {
        let mut all = vec![token];
        let mut at = 0;
        while at < all.len() {
            let next: Vec<usize> = self.children[all[at]]
                .iter()
                .copied()
                .filter(|c| self.deprel(*c) == Deprel::Conj || self.repeats(all[at], *c))
                .filter(|c| !all.contains(c))
                .collect();
            all.extend(next);
            at += 1;
        }
        all
    }

    /// Whether a noun under another is coordinated with it in truth: "with the emir, with the prince and with the king".
    fn repeats(&self, head: usize, below: usize) -> bool {
        self.deprel(below) == Deprel::Nmod
            && head < below
            && self.child(below, &[Deprel::Punct, Deprel::Cc]).is_some_and(|mark| mark < below)
            && self.preposition(below).is_some_and(|word| self.preposition(head) == Some(word))
    }

    /// The tokens of a subtree, in order.
    pub fn subtree(&self, token: usize) -> Vec<usize> {
        let mut all = vec![token];
        let mut at = 0;
        while at < all.len() {
            all.extend(self.children[all[at]].iter().copied());
            at += 1;
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether a token stands in a relative clause of another: "the minister, who was visiting Oman".
    pub fn is_relative_below(&self, token: usize, noun: usize) -> bool {
        let mut at = token;
        for above in self.ancestors(token) {
            if above == noun {
                return matches!(self.deprel(at), Deprel::AclRelcl | Deprel::Acl);
            }
            at = above;
        }
        false
    }

    /// The chain of heads above a token, nearest first.
    pub fn ancestors(&self, token: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut at = token;
        while let Some(head) = self.sentence.head(at) {
            if chain.contains(&head) {
                break;
            }
            chain.push(head);
            at = head;
        }
        chain
    }

    /// Whether a verb is passive: "was called", "a meeting planned for".
    pub fn is_passive(&self, verb: usize) -> bool {
        self.children[verb]
            .iter()
            .any(|c| matches!(self.deprel(*c), Deprel::NsubjPass | Deprel::AuxPass | Deprel::CsubjPass))
            || (self.sentence.tokens[verb].xpos == Xpos::VBN
                && matches!(self.deprel(verb), Deprel::Acl)
                && self.child(verb, &[Deprel::Obj, Deprel::Ccomp]).is_none())
    }

    /// The arguments of a verb, noun or predicate adjective.
    pub fn arguments(&self, token: usize) -> Vec<Argument<'a>> {
        let mut found: Vec<Argument<'a>> = Vec::new();
        if self.sentence.tokens[token].upos == Upos::Noun || self.sentence.tokens[token].upos == Upos::Propn {
            self.noun_arguments(token, &mut found);
        } else {
            self.verb_arguments(token, &mut found, 0);
        }
        found
    }

    fn push(&self, found: &mut Vec<Argument<'a>>, function: impl Into<Cow<'a, str>>, token: usize) {
        let argument = (function.into(), token);
        if !found.contains(&argument) {
            found.push(argument);
        }
    }

    /// The preposition that a noun stands under, lower case.
    pub fn preposition(&self, noun: usize) -> Option<String> {
        // The preposition of "between Russian President Vladimir Putin and" may hang on the title.
        let inner = self.children[noun].iter().copied().filter(|c| {
            *c < noun
                && matches!(self.deprel(*c), Deprel::NmodDesc | Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)
        });
        // "Approached them about a call": the tagger may take the word for an adverb.
        let about = |c: &usize| self.deprel(*c) == Deprel::Advmod && self.lower[*c] == "about" && *c < noun;
        let adverb = || {
            let article = self.child(noun, &[Deprel::Det])?;
            self.children[noun].iter().copied().find(about).filter(|c| c + 1 == article)
        };
        let mut case = self.case(noun).or_else(|| inner.filter_map(|c| self.case(c)).next()).or_else(adverb)?;
        // "Out of a meeting", "from behind": the last of a run of prepositions counts.
        while self.children[noun].contains(&(case + 1)) && self.deprel(case + 1) == Deprel::Case {
            case += 1;
        }
        let mut word = self.lower[case].clone();
        if word == "according" {
            return Some("according to".to_string());
        }
        // "together with", "on behalf of": a fixed phrase counts as its last word.
        if let Some(last) = self.children[case].iter().rev().find(|c| self.deprel(**c) == Deprel::Fixed) {
            // A reason is neither's part: "called it off because of her visit".
            if word == "because" || word == "due" {
                return Some(format!("{word} {}", self.lower[*last]));
            }
            word = self.lower[*last].clone();
        }
        Some(word)
    }

    fn verb_arguments(&self, verb: usize, found: &mut Vec<Argument<'a>>, depth: usize) {
        let passive = self.is_passive(verb);
        for &child in &self.children[verb] {
            match self.deprel(child) {
                Deprel::Nsubj | Deprel::Csubj | Deprel::NsubjOuter => self.push(found, "subject", child),
                Deprel::NsubjPass | Deprel::CsubjPass => self.push(found, "object", child),
                Deprel::Obj | Deprel::Iobj => self.push(found, "object", child),
                // An agent without "by", or of a verb that is not passive, is a parser's slip for an object.
                Deprel::OblAgent if passive || self.preposition(child).as_deref() == Some("by") => {
                    self.push(found, "subject", child);
                }
                Deprel::OblAgent => self.push(found, "object", child),
                Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod => {
                    if let Some(preposition) = self.preposition(child) {
                        if preposition == "by" && passive {
                            self.push(found, "subject", child);
                        } else {
                            self.push(found, preposition, child);
                        }
                    }
                }
                // "Asked for it, because the two could not meet": a reason or a time is not what was asked.
                Deprel::Advcl if self.is_circumstance(child) => {}
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => self.push(found, "clause", child),
                Deprel::Conj if self.preposition(child).is_some() && !self.is_verb(child) => {
                    if let Some(preposition) = self.preposition(child) {
                        self.push(found, preposition, child);
                    }
                }
                _ => {}
            }
        }
        if depth > 4 {
            return;
        }
        let has = |found: &[Argument], function: &str| found.iter().any(|(f, _)| f == function);
        // "Zelensky, who had flown in, asked": the parser often makes the relative clause an adverbial one, with both the
        // name and its pronoun for subjects.
        if !has(found, "subject") && !passive {
            let clause = self.children[verb].iter().copied().find(|c| *c < verb && self.deprel(*c) == Deprel::Advcl);
            if let Some(clause) = clause {
                let subjects: Vec<usize> =
                    self.children[clause].iter().copied().filter(|c| self.deprel(*c) == Deprel::Nsubj).collect();
                if let [name, pronoun] = subjects[..]
                    && self.is_relative_pronoun(pronoun)
                {
                    self.push(found, "subject", name);
                }
            }
        }
        let Some(head) = self.sentence.head(verb) else { return };
        match self.deprel(verb) {
            Deprel::Acl | Deprel::AclRelcl | Deprel::AdvclRelcl if self.is_noun(head) => {
                let head = self.antecedent(head);
                // "A report that he had telephoned her", "that he spoke with her" say what is reported; the report takes no place
                // in it, but in "a report that he wrote" it does.
                let object = |f: &Argument| f.0 == "object";
                let objects = found.iter().filter(|f| object(f)).count();
                let told = TOLD.contains(&self.lemmas[head].as_str())
                    && (objects > 1 || objects == 1 && !TELLS.contains(&self.lemmas[verb].as_str()))
                    && has(found, "subject");
                found.retain(|f| !(told && object(f) && self.is_relative_pronoun(f.1)));
                if told {
                    return;
                }
                // The relative pronoun says which place the antecedent takes; a participle says it by its form.
                let pronoun = found.iter().position(|(_, t)| self.is_relative_pronoun(*t));
                if let Some(at) = pronoun {
                    found[at].1 = head;
                } else if passive && !has(found, "object") {
                    self.push(found, "object", head);
                } else if self.sentence.tokens[verb].xpos == Xpos::VBG && !has(found, "subject") {
                    self.push(found, "subject", head);
                } else if self.deprel(verb) == Deprel::AclRelcl && has(found, "subject") && !has(found, "object") {
                    self.push(found, "object", head);
                } else if self.deprel(verb) == Deprel::Acl && !has(found, "subject") {
                    // "plans to meet", "a request to speak": the noun's holder is the one who would.
                    let mut holder = Vec::new();
                    self.noun_arguments(head, &mut holder);
                    for (function, token) in holder {
                        if function == "possessive" || function == "subject" || function == "by" {
                            self.push(found, "subject", token);
                        }
                    }
                }
            }
            Deprel::Xcomp | Deprel::Advcl | Deprel::Conj | Deprel::Ccomp | Deprel::Parataxis
                if !has(found, "subject") && !passive =>
            {
                let joined = matches!(self.deprel(verb), Deprel::Ccomp | Deprel::Parataxis);
                if !joined || self.child(verb, &[Deprel::Mark]).is_none() && self.deprel(verb) == Deprel::Ccomp {
                    let mut above = Vec::new();
                    if self.is_noun(head) {
                        self.noun_arguments(head, &mut above);
                    } else {
                        self.verb_arguments(head, &mut above, depth + 1);
                    }
                    // "Was summoned and handed a note": to whom the one was done the other was given.
                    if self.deprel(verb) == Deprel::Conj
                        && self.is_passive(head)
                        && matches!(
                            self.lemmas[verb].as_str(),
                            "give" | "grant" | "hand" | "issue" | "present" | "serve"
                        )
                        && has(found, "object")
                    {
                        for (function, token) in above {
                            match function.as_ref() {
                                "object" => self.push(found, "to", token),
                                "subject" => self.push(found, "subject", token),
                                _ => {}
                            }
                        }
                        return;
                    }
                    let controlled = self.deprel(verb) == Deprel::Xcomp
                        && OBJECT_CONTROL.contains(&self.lemmas[head].as_str())
                        && above.iter().any(|(f, _)| f == "object");
                    // "They were scheduled to discuss it".
                    let told_to = self.is_passive(head)
                        && (self.is_infinitive(verb) || self.deprel(verb) == Deprel::Conj && self.is_verb(head));
                    let source = if controlled || told_to {
                        "object"
                    } else if self.is_noun(head) {
                        "possessive"
                    } else {
                        "subject"
                    };
                    for (_, token) in above.into_iter().filter(|(f, _)| f == source) {
                        self.push(found, "subject", token);
                    }
                }
            }
            // "Mediated by Pou, the talks began": in front of the verb, a participle tells of its subject.
            Deprel::Conj | Deprel::Xcomp | Deprel::Advcl
                if passive && !has(found, "object") && (self.deprel(verb) != Deprel::Advcl || verb < head) =>
            {
                let mut above = Vec::new();
                self.verb_arguments(head, &mut above, depth + 1);
                let source = if self.is_passive(head) { "object" } else { "subject" };
                for (_, token) in above.into_iter().filter(|(f, _)| f == source) {
                    self.push(found, "object", token);
                }
            }
            _ => {}
        }
    }

    /// Whom a relative clause is about: in "Putin, not Biden, who visited" it is Putin.
    fn antecedent(&self, noun: usize) -> usize {
        let set_aside = matches!(self.deprel(noun), Deprel::Appos | Deprel::Conj) && self.is_negated(noun);
        self.sentence.head(noun).filter(|_| set_aside).unwrap_or(noun)
    }

    /// Whether a clause says who did what another is said to have done: "it was Moscow that called".
    pub fn is_cleft(&self, verb: usize) -> bool {
        matches!(self.deprel(verb), Deprel::AclRelcl | Deprel::AdvclRelcl)
            && self.sentence.head(verb).is_some_and(|head| {
                let is_it =
                    |c: &usize| matches!(self.deprel(*c), Deprel::Nsubj | Deprel::Expl) && self.lower[*c] == "it";
                let head = self.antecedent(head);
                self.child(head, &[Deprel::Cop]).is_some() && self.children[head].iter().any(is_it)
            })
    }

    fn is_relative_pronoun(&self, token: usize) -> bool {
        matches!(self.sentence.tokens[token].xpos, Xpos::WDT | Xpos::WP)
            || (self.lower[token] == "that" && self.sentence.tokens[token].upos == Upos::Pron)
    }

    fn noun_arguments(&self, noun: usize, found: &mut Vec<Argument<'a>>) {
        for &child in &self.children[noun] {
            match self.deprel(child) {
                Deprel::NmodPoss => self.push(found, "possessive", child),
                Deprel::Compound | Deprel::Amod | Deprel::NmodUnmarked | Deprel::NmodDesc => {
                    self.push(found, "modifier", child)
                }
                Deprel::Nmod | Deprel::Obl => {
                    if let Some(preposition) = self.preposition(child) {
                        self.push(found, preposition, child);
                    }
                }
                // "a call made by X to Y", "talks held with Z"; but not "reports that he had called".
                Deprel::Acl
                    if self.sentence.tokens[child].xpos == Xpos::VBN
                        && self.child(child, &[Deprel::Aux, Deprel::Mark]).is_none() =>
                {
                    for &below in &self.children[child] {
                        if let (Deprel::Obl | Deprel::OblAgent, Some(preposition)) =
                            (self.deprel(below), self.preposition(below))
                        {
                            self.push(found, preposition, below);
                        }
                    }
                }
                Deprel::Acl => self.push(found, "clause", child),
                // "They were in contact": the noun is the predicate.
                Deprel::Nsubj => self.push(found, "subject", child),
                _ => {}
            }
        }
    }

    /// Whether it was to be done and was not: "failed to take place".
    pub fn is_failed(&self, token: usize) -> bool {
        self.is_infinitive(token)
            && self.sentence.head(token).is_some_and(|h| self.lemmas[h] == "fail" && !self.is_negated(h))
    }

    /// Whether it is still to be done: "has yet to speak".
    pub fn is_yet_to(&self, token: usize) -> bool {
        self.is_infinitive(token)
            && self
                .sentence
                .head(token)
                .is_some_and(|h| self.lemmas[h] == "have" && self.children[h].iter().any(|c| self.lower[*c] == "yet"))
    }

    /// Whether a verb, or the predicate that a noun or adjective is, is negated: "did not", "never", "no call came".
    pub fn is_negated(&self, token: usize) -> bool {
        const NEGATIVES: &[&str] =
            &["not", "n't", "never", "no", "neither", "nor", "nobody", "nothing", "hardly", "without"];
        // "No call from the president, the ministry said, has reached him": the first verb, whatever was made its subject.
        let opens = |word: &str| matches!(word, "no" | "neither" | "nobody");
        if self.sentence.tokens[token].upos == Upos::Verb
            && self.lower.first().is_some_and(|w| opens(w))
            && !(0..token).any(|t| self.sentence.tokens[t].upos == Upos::Verb)
        {
            return true;
        }
        self.is_yet_to(token)
            || self.children[token].iter().any(|c| {
                matches!(
                    self.deprel(*c),
                    Deprel::Advmod | Deprel::Det | Deprel::CcPreconj | Deprel::Cc | Deprel::Aux | Deprel::Mark
                ) && NEGATIVES.contains(&self.lower[*c].as_str())
            })
            || self.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj]).is_some_and(|argument| {
                NEGATIVES.contains(&self.lower[argument].as_str())
                    || self.is_verb(token)
                        && self.children[argument].iter().any(|c| {
                            let negative = matches!(self.lower[*c].as_str(), "no" | "neither");
                            matches!(self.deprel(*c), Deprel::Det | Deprel::CcPreconj) && negative
                        })
            })
    }

    /// Whether an adverbial clause tells when, why or although: "because they could not meet", "when he is travelling".
    pub(super) fn is_circumstance(&self, verb: usize) -> bool {
        self.children[verb].iter().any(|c| {
            matches!(self.deprel(*c), Deprel::Mark | Deprel::Advmod)
                && matches!(
                    self.lower[*c].as_str(),
                    "because"
                        | "as"
                        | "since"
                        | "when"
                        | "while"
                        | "after"
                        | "before"
                        | "although"
                        | "though"
                        | "until"
                )
        })
    }

    /// The tense and mood in which a verb stands.
    pub fn mood(&self, verb: usize) -> Mood {
        let mut mood = Mood::Fact;
        let mut perfect = false;
        for &child in &self.children[verb] {
            let word = self.lower[child].as_str();
            match self.deprel(child) {
                Deprel::Aux | Deprel::Cop | Deprel::AuxPass => match word {
                    "will" | "'ll" | "wo" | "shall" | "'d" => mood = Mood::Future,
                    "would" | "should" => mood = Mood::Would,
                    "may" | "might" | "could" | "can" => mood = Mood::Possible,
                    "must" => mood = Mood::Would,
                    "have" | "has" | "had" | "'ve" => perfect = true,
                    _ => {}
                },
                Deprel::Mark if matches!(word, "if" | "unless" | "whether") => return Mood::Condition,
                _ => {}
            }
        }
        // "Is to meet", "was to take place".
        let be = |c: &usize| {
            matches!(self.deprel(*c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
                && matches!(self.lower[*c].as_str(), "is" | "are" | "was" | "were" | "be")
        };
        if mood == Mood::Fact && self.is_infinitive(verb) && self.children[verb].iter().any(be) {
            mood = Mood::Future;
        }
        // "Should keep their composure and communicate": a coordinated verb stands in the mood of the first.
        let own = self.children[verb]
            .iter()
            .any(|c| matches!(self.deprel(*c), Deprel::Aux | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Cop));
        if self.deprel(verb) == Deprel::Conj
            && !own
            && let Some(first) = self.sentence.head(verb).filter(|h| *h < verb && self.is_verb(*h))
        {
            return self.mood(first);
        }
        if perfect && mood == Mood::Would {
            // "would have met": it did not come to it.
            return Mood::Condition;
        }
        mood
    }

    /// Whether the token is an infinitive ("to meet").
    pub fn is_infinitive(&self, verb: usize) -> bool {
        self.children[verb].iter().any(|c| self.deprel(*c) == Deprel::Mark && self.lower[*c] == "to")
    }
}

/// How real an event is told to be by the verb form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mood {
    /// "met", "has met", "meets".
    Fact,
    /// "will meet".
    Future,
    /// "would meet", "should meet": future in the past, or depending on something.
    Would,
    /// "may meet", "could meet".
    Possible,
    /// "if they meet", "would have met".
    Condition,
}
