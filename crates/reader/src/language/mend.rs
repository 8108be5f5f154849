//! Mends slips of the parser that the language itself rules out.

use super::{Deprel, Sentence, Token, Upos, Xpos};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What is held, set for a day, planned or put off, and the words that say so.
const EVENTS: [&str; 14] = [
    "call",
    "calls",
    "conversation",
    "dinner",
    "meeting",
    "meetings",
    "negotiations",
    "session",
    "summit",
    "talks",
    "trip",
    "visit",
    "visits",
    "tour",
];
const HELD: [&str; 9] =
    ["cancelled", "convened", "held", "planned", "postponed", "rescheduled", "scheduled", "set", "take"];

/// Verbs that must say what is said.
const SAID: [&str; 14] = [
    "added",
    "announced",
    "argued",
    "claimed",
    "complained",
    "declared",
    "explained",
    "insisted",
    "noted",
    "said",
    "says",
    "stated",
    "stressed",
    "told",
];

/// Mends the tree of a sentence of `text`. What was one tree stays one.
pub fn mend(text: &str, sentence: &mut Sentence) {
    if !sentence.tokens.is_empty() {
        plural_first(&mut sentence.tokens);
        noun_of_noun(&mut sentence.tokens);
        after_apposition(text, &mut sentence.tokens);
        planned_first(text, &mut sentence.tokens);
        day_after_first(text, &mut sentence.tokens);
        described_subject(text, &mut sentence.tokens);
    }
    for at in 1..sentence.tokens.len() {
        match sentence.tokens.get(at).and_then(|token| text.get(token.span.range())) {
            Some("place") => took_place(text, &mut sentence.tokens, at),
            Some("today" | "yesterday" | "morning" | "afternoon" | "evening") => {
                object_after_time(text, &mut sentence.tokens, at);
            }
            Some(word) if HELD.contains(&word) => {
                held_event(text, &mut sentence.tokens, at);
                between_commas(text, &mut sentence.tokens, at);
            }
            Some("shook" | "spoke" | "wrote" | "flew" | "told" | "took" | "met" | "rang") => {
                past_tense(&mut sentence.tokens, at)
            }
            Some("appointed" | "elected" | "reelected" | "named") => newly_appointed(text, &mut sentence.tokens, at),
            Some("did" | "do" | "does") => did_speak(&mut sentence.tokens, at),
            Some("talks") => return_to_talks(text, &mut sentence.tokens, at),
            Some("that") => content_clause(text, &mut sentence.tokens, at),
            Some("had" | "has" | "have") => {
                parted_perfect(text, &mut sentence.tokens, at);
                perfect_participle(text, &mut sentence.tokens, at);
                perfect_before_object(&mut sentence.tokens, at);
            }
            Some("for") => request_for(text, &mut sentence.tokens, at),
            Some("of") => each_of_one(text, &mut sentence.tokens, at),
            Some("-") => hyphenated_phrase(text, &mut sentence.tokens, at),
            Some("having") => having_done(&mut sentence.tokens, at),
            Some("due") => {
                due_to_do(&mut sentence.tokens, at);
                due_then(&mut sentence.tokens, at);
            }
            Some("and") => second_verb(&mut sentence.tokens, at),
            Some(word) if word.ends_with("-paper") => hyphenated_noun(&mut sentence.tokens, at),
            Some("over") => over_the_phone(text, &mut sentence.tokens, at),
            Some("after" | "before") => {
                a_day_after(text, &mut sentence.tokens, at);
                // "Announced hours after they had met": when, not what.
                let verb = usize::from(sentence.tokens[at].head);
                if sentence.tokens[at].deprel == Deprel::Mark
                    && sentence.tokens.get(verb).is_some_and(|t| t.deprel == Deprel::Ccomp)
                {
                    sentence.tokens[verb].deprel = Deprel::Advcl;
                }
            }
            Some(word) if SAID.contains(&word) => said_last(text, &mut sentence.tokens, at),
            Some("her") => her_own(&mut sentence.tokens, at),
            Some(word) if DAYS.contains(&word) => {
                day_before_name(&mut sentence.tokens, at);
                day_does_nothing(&mut sentence.tokens, at);
            }
            Some(word) if MONTHS.contains(&word) => day_does_nothing(&mut sentence.tokens, at),
            _ => {}
        }
    }
}

/// "Their first face-to-face meeting": what the hyphens join describes the noun after it.
fn hyphenated_phrase(text: &str, tokens: &mut [Token], hyphen: usize) {
    let word = |t: usize| tokens.get(t).and_then(|t| text.get(t.span.range())).unwrap_or_default();
    let noun = hyphen + 4;
    if !matches!(word(hyphen + 1), "to" | "on" | "by" | "plus") || word(hyphen + 2) != "-" || noun >= tokens.len() {
        return;
    }
    let first = hyphen - 1;
    if usize::from(tokens[noun].head) != first || tokens[noun].upos != Upos::Noun {
        return;
    }
    (tokens[noun].head, tokens[noun].deprel) = (tokens[first].head, tokens[first].deprel);
    for token in tokens.iter_mut().filter(|t| usize::from(t.head) == first) {
        token.head = noun as u16;
    }
    (tokens[first].head, tokens[first].deprel) = (noun as u16, Deprel::Compound);
}

/// "Ignored a request for consultations": for what the request was.
fn request_for(text: &str, tokens: &mut [Token], case: usize) {
    const ASKED: [&str; 9] =
        ["appeal", "bid", "call", "demand", "invitation", "offer", "proposal", "request", "requests"];
    let thing = usize::from(tokens[case].head);
    let asked = case - 1;
    let Some(noun) = tokens.get(asked).copied().filter(|t| t.deprel == Deprel::Obj) else { return };
    if tokens[case].deprel == Deprel::Case
        && thing > case
        && tokens.get(thing).is_some_and(|t| t.deprel == Deprel::Obl && t.head == noun.head)
        && text.get(noun.span.range()).is_some_and(|word| ASKED.contains(&word))
    {
        (tokens[thing].head, tokens[thing].deprel) = (asked as u16, Deprel::Nmod);
    }
}

/// "With Maas of Germany and Wallström of Sweden": what is joined is the people, as each is told with a country.
fn each_of_one(text: &str, tokens: &mut [Token], of: usize) {
    let country = usize::from(tokens[of].head);
    let Some(second) = tokens.get(country).map(|t| usize::from(t.head)) else { return };
    let Some(first) = tokens.get(second).map(|t| usize::from(t.head)).filter(|t| *t < second) else { return };
    let named = |t: usize| tokens[t].upos == Upos::Propn;
    let under_of = |t: usize| {
        let case =
            |c: &Token| usize::from(c.head) == t && c.deprel == Deprel::Case && text.get(c.span.range()) == Some("of");
        tokens[t].deprel == Deprel::Nmod && tokens.iter().any(case)
    };
    let person = usize::from(tokens[first].head);
    if tokens[second].deprel == Deprel::Conj
        && under_of(country)
        && under_of(first)
        && person < first
        && [country, second, first, person].into_iter().all(named)
    {
        tokens[second].head = person as u16;
    }
}

/// "To meet her Pakistani counterpart": two objects in a row, of which the first only says whose the second is.
fn her_own(tokens: &mut [Token], her: usize) {
    let pronoun = tokens[her];
    let owned = (her + 1..tokens.len().min(her + 6)).find(|t| tokens[*t].head == pronoun.head);
    let inside =
        |noun: usize| (her + 1..noun).all(|t| usize::from(tokens[t].head) <= noun && usize::from(tokens[t].head) > her);
    if let Some(noun) = owned.filter(|noun| tokens[*noun].deprel == Deprel::Obj && inside(*noun))
        && pronoun.deprel == Deprel::Obj
        && usize::from(pronoun.head) < her
    {
        (tokens[her].head, tokens[her].deprel) = (noun as u16, Deprel::NmodPoss);
    }
}

/// "Telephoned Zardari and threatened war": a past tense after "and" is a second verb, not what describes the noun.
fn second_verb(tokens: &mut [Token], and: usize) {
    let (Some(verb), Some(name)) = (tokens.get(and + 1).copied(), tokens.get(and - 1).copied()) else { return };
    let noun = usize::from(verb.head);
    let Some(object) = tokens.get(noun).copied().filter(|t| t.deprel == Deprel::Obj && noun > and + 1) else { return };
    if verb.xpos != Xpos::VBD
        || verb.deprel != Deprel::Amod
        || usize::from(name.head) != noun
        || name.deprel != Deprel::Compound
        || usize::from(object.head) >= and - 1
    {
        return;
    }
    (tokens[and - 1].head, tokens[and - 1].deprel) = (object.head, Deprel::Obj);
    (tokens[and + 1].head, tokens[and + 1].deprel) = (object.head, Deprel::Conj);
    tokens[and].head = and as u16 + 1;
    tokens[noun].head = and as u16 + 1;
}

/// "Received at the palace this morning the minister": a name beside a time is the object that the verb is without.
fn object_after_time(text: &str, tokens: &mut [Token], time: usize) {
    let verb = usize::from(tokens[time].head);
    let own = |t: &Token| usize::from(t.head) == verb && matches!(t.deprel, Deprel::Obj | Deprel::Ccomp);
    let received = tokens.get(verb).and_then(|verb| text.get(verb.span.range()));
    if tokens[time].deprel != Deprel::OblUnmarked
        || verb > time
        || !matches!(received, Some("received" | "receives" | "welcomed" | "met"))
        || tokens.iter().any(own)
    {
        return;
    }
    let name = (time + 1..tokens.len()).find(|t| {
        usize::from(tokens[*t].head) == time && tokens[*t].deprel == Deprel::Appos && tokens[*t].upos == Upos::Propn
    });
    if let Some(name) = name {
        (tokens[name].head, tokens[name].deprel) = (verb as u16, Deprel::Obj);
    }
}

/// "Took place in Geneva": what follows "place" depends on the verb.
fn took_place(text: &str, tokens: &mut [Token], place: usize) {
    let object = tokens[place];
    let verb = tokens.get(usize::from(object.head)).and_then(|verb| text.get(verb.span.range()));
    if object.deprel != Deprel::Obj || !matches!(verb, Some("take" | "takes" | "took" | "taken" | "taking")) {
        return;
    }
    for below in &mut tokens[place + 1..] {
        if usize::from(below.head) == place && below.deprel == Deprel::Nmod {
            (below.head, below.deprel) = (object.head, Deprel::Obl);
        }
    }
}

/// "Talks of the two countries that were to be held in May": it is talks that are held, not countries.
fn held_event(text: &str, tokens: &mut [Token], verb: usize) {
    let is_event = |token: &Token| text.get(token.span.range()).is_some_and(|word| EVENTS.contains(&word));
    if !matches!(tokens[verb].deprel, Deprel::Acl | Deprel::AclRelcl) {
        return;
    }
    let mut noun = usize::from(tokens[verb].head);
    for _ in 0..4 {
        let Some(token) = tokens.get(noun).filter(|_| noun < verb) else { return };
        if is_event(token) {
            tokens[verb].head = noun as u16;
            return;
        }
        if !matches!(token.deprel, Deprel::Nmod | Deprel::NmodPoss | Deprel::Conj | Deprel::Compound | Deprel::Flat) {
            return;
        }
        noun = usize::from(token.head);
    }
}

/// "The visit, planned for Sunday, was put off": what stands between the commas describes the visit; what is told of it follows.
fn between_commas(text: &str, tokens: &mut [Token], participle: usize) {
    let word = |token: &Token| text.get(token.span.range()).unwrap_or_default();
    let own = |t: usize, relation: Deprel| usize::from(tokens[t].head) == participle && tokens[t].deprel == relation;
    if tokens[participle].xpos != Xpos::VBD || word(&tokens[participle - 1]) != "," {
        return;
    }
    let Some(noun) = (0..participle - 1).find(|t| own(*t, Deprel::Nsubj)) else { return };
    let told = (participle + 2..tokens.len().min(participle + 20)).find(|t| {
        word(&tokens[t - 1]) == ","
            && matches!(word(&tokens[*t]), "was" | "were" | "is" | "are" | "has" | "had" | "will")
    });
    let Some(auxiliary) = told else { return };
    let verb = usize::from(tokens[auxiliary].head);
    let mut above = verb;
    for _ in 0..8 {
        if above == participle || above >= tokens.len() {
            break;
        }
        above = usize::from(tokens[above].head);
    }
    if verb <= auxiliary || above != participle || tokens[verb].upos != Upos::Verb {
        return;
    }
    let passive = tokens.iter().any(|t| usize::from(t.head) == verb && t.deprel == Deprel::AuxPass);
    (tokens[verb].head, tokens[verb].deprel) = (tokens[participle].head, tokens[participle].deprel);
    for (at, token) in tokens.iter_mut().enumerate() {
        if at < participle && usize::from(token.head) == participle {
            token.head = verb as u16;
        } else if (participle..auxiliary).contains(&at) && usize::from(token.head) == verb {
            token.head = participle as u16;
            if matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass) {
                token.deprel = Deprel::Obl;
            }
        }
    }
    tokens[noun].deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
    (tokens[participle].head, tokens[participle].deprel) = (noun as u16, Deprel::Acl);
    tokens[participle].xpos = Xpos::VBN;
}

/// "Planned talks were cancelled": the participle describes the talks.
fn planned_first(text: &str, tokens: &mut [Token]) {
    let planned = tokens[0];
    let word = text.get(planned.span.range()).unwrap_or_default();
    let Some(noun) = tokens.get(1).copied().filter(|t| t.upos == Upos::Noun && t.head == 0) else { return };
    let verb = usize::from(planned.head);
    let subject = |t: &Token| {
        usize::from(t.head) == verb && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
    };
    if !matches!(word, "Planned" | "Proposed" | "Scheduled" | "Expected")
        || noun.deprel != Deprel::Obj
        || !matches!(planned.deprel, Deprel::Csubj | Deprel::CsubjPass | Deprel::Advcl)
        || tokens.iter().any(subject)
    {
        return;
    }
    let passive = tokens.iter().any(|t| usize::from(t.head) == verb && t.deprel == Deprel::AuxPass);
    (tokens[1].head, tokens[1].deprel) = (planned.head, if passive { Deprel::NsubjPass } else { Deprel::Nsubj });
    (tokens[0].head, tokens[0].deprel) = (1, Deprel::Amod);
}

/// "Sent his security adviser to Moscow": two nouns side by side are one thing.
fn noun_of_noun(tokens: &mut [Token]) {
    for second in 1..tokens.len() {
        let (first, noun) = (tokens[second - 1], tokens[second]);
        let described = |t: &Token| usize::from(t.head) == second && matches!(t.deprel, Deprel::Det | Deprel::NmodPoss);
        if first.deprel == Deprel::Obj
            && noun.deprel == Deprel::Xcomp
            && first.head == noun.head
            && first.upos == Upos::Noun
            && noun.upos == Upos::Noun
            && !tokens.iter().any(described)
        {
            tokens[second].deprel = Deprel::Obj;
            for token in tokens.iter_mut().filter(|t| usize::from(t.head) == second - 1) {
                token.head = second as u16;
            }
            (tokens[second - 1].head, tokens[second - 1].deprel) = (second as u16, Deprel::Compound);
        }
    }
}

/// Whether a word counts time: "a day after", "two weeks before".
pub fn is_unit(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    matches!(one, "hour" | "day" | "week" | "month" | "year")
}

/// "They met on Saturday, a day after Beijing dropped": the clause is no second verb.
fn a_day_after(text: &str, tokens: &mut [Token], after: usize) {
    let unit = text.get(tokens[after - 1].span.range()).unwrap_or_default();
    let Some(subject) = tokens.get(usize::from(tokens[after].head)) else { return };
    let clause = usize::from(subject.head);
    let second = |t: &Token| matches!(t.deprel, Deprel::Parataxis | Deprel::Conj) && usize::from(t.head) < after;
    if is_unit(unit)
        && tokens[after].deprel == Deprel::Case
        && matches!(subject.deprel, Deprel::Nsubj | Deprel::NsubjPass)
        && tokens.get(clause).is_some_and(second)
    {
        tokens[clause].deprel = Deprel::Advcl;
        (tokens[after].head, tokens[after].deprel) = (clause as u16, Deprel::Mark);
    }
}

/// "On June 29, a day after the bank was robbed, the minister called": what came before is not what the sentence tells.
fn day_after_first(text: &str, tokens: &mut [Token]) {
    let word = |t: usize| tokens.get(t).and_then(|t| text.get(t.span.range())).unwrap_or_default();
    let under = |t: usize, head: usize| usize::from(tokens[t].head) == head && t != head;
    let subject = |verb: usize| {
        (0..tokens.len()).find(|t| under(*t, verb) && matches!(tokens[*t].deprel, Deprel::Nsubj | Deprel::NsubjPass))
    };
    let Some(root) = tokens.iter().position(|t| t.deprel == Deprel::Root && t.upos == Upos::Verb) else { return };
    let Some(after) =
        (1..root.min(14)).find(|t| matches!(word(*t), "after" | "before" | "since") && is_unit(word(*t - 1)))
    else {
        return;
    };
    if subject(root).is_none_or(|own| own < after) {
        return;
    }
    let main = (root + 1..tokens.len()).find(|t| {
        under(*t, root)
            && matches!(tokens[*t].deprel, Deprel::Parataxis | Deprel::Conj | Deprel::Ccomp)
            && subject(*t).is_some_and(|s| s > root && (root..s).any(|c| word(c) == ","))
            && !(root..*t).any(|c| matches!(word(c), "and" | "but" | "that" | ":" | ";"))
    });
    let Some(main) = main else { return };
    for (t, token) in tokens.iter_mut().enumerate() {
        if usize::from(token.head) == root && t != root && t < after {
            token.head = main as u16;
        }
    }
    (tokens[main].head, tokens[main].deprel) = (Token::ROOT, Deprel::Root);
    (tokens[after - 1].head, tokens[after - 1].deprel) = (main as u16, Deprel::Obl);
    (tokens[root].head, tokens[root].deprel) = (main as u16, Deprel::Advcl);
    (tokens[after].head, tokens[after].deprel) = (root as u16, Deprel::Mark);
}

/// "An official, who asked not to be named, disputed it": the verb after the relative clause is the sentence's.
fn described_subject(text: &str, tokens: &mut [Token]) {
    let word = |t: usize| tokens.get(t).and_then(|t| text.get(t.span.range())).unwrap_or_default();
    let Some(root) = tokens.iter().position(|t| t.head == Token::ROOT) else { return };
    if !matches!(tokens[root].upos, Upos::Noun | Upos::Propn) {
        return;
    }
    let under = |t: usize| usize::from(tokens[t].head) == root && t != root;
    let Some(clause) = (root + 1..tokens.len()).find(|t| under(*t) && tokens[*t].deprel == Deprel::AclRelcl) else {
        return;
    };
    let verb = (clause + 1..tokens.len()).find(|t| {
        under(*t)
            && tokens[*t].deprel == Deprel::Parataxis
            && tokens[*t].xpos == Xpos::VBD
            && word(*t - 1) == ","
            && !tokens
                .iter()
                .any(|c| usize::from(c.head) == *t && matches!(c.deprel, Deprel::Nsubj | Deprel::NsubjPass))
    });
    if let Some(verb) = verb {
        (tokens[verb].head, tokens[verb].deprel) = (Token::ROOT, Deprel::Root);
        (tokens[root].head, tokens[root].deprel) = (verb as u16, Deprel::Nsubj);
    }
}

/// "Aides to the two leaders met": a subject that opens the sentence is no verb.
fn plural_first(tokens: &mut [Token]) {
    if tokens[0].xpos == Xpos::VBZ && matches!(tokens[0].deprel, Deprel::Nsubj | Deprel::NsubjPass) {
        (tokens[0].upos, tokens[0].xpos) = (Upos::Noun, Xpos::NNS);
    }
}

/// "Spoke over the phone with": through what they spoke, not what.
fn over_the_phone(text: &str, tokens: &mut [Token], over: usize) {
    let is_phone = |t: &usize| {
        let word = tokens.get(*t).and_then(|token| text.get(token.span.range())).unwrap_or_default();
        matches!(word, "phone" | "telephone" | "hotline") && tokens[*t].deprel == Deprel::Obj
    };
    if tokens[over].deprel == Deprel::CompoundPrt
        && let Some(phone) = (over + 1..over + 3).find(is_phone)
    {
        (tokens[over].head, tokens[over].deprel) = (phone as u16, Deprel::Case);
        tokens[phone].deprel = Deprel::Obl;
    }
}

/// "Spoke with his counterpart, Xi Jinping, by telephone": what stands after the name tells of the verb.
fn after_apposition(text: &str, tokens: &mut [Token]) {
    for at in 2..tokens.len() {
        let noun = usize::from(tokens[at].head);
        if tokens[at].deprel != Deprel::Nmod || noun >= at {
            continue;
        }
        let Some(case) =
            (noun + 1..at).find(|t| usize::from(tokens[*t].head) == at && tokens[*t].deprel == Deprel::Case)
        else {
            continue;
        };
        let comma = text.get(tokens[case - 1].span.range()) == Some(",");
        let named = (noun + 1..case).any(|t| {
            usize::from(tokens[t].head) == noun && tokens[t].deprel == Deprel::Appos && tokens[t].upos == Upos::Propn
        });
        let verb = usize::from(tokens[noun].head);
        let below = matches!(tokens[noun].deprel, Deprel::Obl | Deprel::Obj)
            && tokens.get(verb).is_some_and(|t| t.upos == Upos::Verb);
        // "Calls by the minister, Deshchytsia, to his counterpart".
        let event = tokens.get(verb).and_then(|t| text.get(t.span.range())).unwrap_or_default().to_lowercase();
        let called = tokens[noun].deprel == Deprel::Nmod
            && EVENTS.contains(&event.as_str())
            && matches!(text.get(tokens[case].span.range()), Some("to" | "with"));
        if comma && named && below {
            (tokens[at].head, tokens[at].deprel) = (verb as u16, Deprel::Obl);
        } else if comma && named && called {
            tokens[at].head = verb as u16;
        }
    }
}

/// "Spoke with newly appointed minister Cho": whom they appointed is whom he spoke with.
fn newly_appointed(text: &str, tokens: &mut [Token], participle: usize) {
    let word = |t: usize| tokens.get(t).and_then(|t| text.get(t.span.range())).unwrap_or_default();
    let Some(with) = participle.checked_sub(2) else { return };
    if !matches!(word(participle - 1), "newly" | "recently" | "just" | "freshly")
        || !matches!(word(with), "with" | "to" | "by" | "between")
        || matches!(tokens[participle].deprel, Deprel::Amod | Deprel::Acl)
    {
        return;
    }
    let own = |t: &Token| usize::from(t.head) == participle && t.deprel == Deprel::Obj;
    let Some(name) = (participle + 1..tokens.len()).find(|t| own(&tokens[*t])) else { return };
    let verb = tokens[participle].head;
    (tokens[name].head, tokens[name].deprel) = (verb, Deprel::Obl);
    (tokens[with].head, tokens[with].deprel) = (name as u16, Deprel::Case);
    for token in tokens[name + 1..].iter_mut().filter(|t| usize::from(t.head) == participle) {
        token.head = verb;
    }
    (tokens[participle].head, tokens[participle].deprel) = (name as u16, Deprel::Amod);
}

/// "Shook hands": no noun is written so.
fn past_tense(tokens: &mut [Token], verb: usize) {
    if matches!(tokens[verb].xpos, Xpos::NN | Xpos::NNP | Xpos::JJ) {
        (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::VBD);
    }
}

/// "Had pleaded for his life": what "had" helps is a verb.
fn perfect_participle(text: &str, tokens: &mut [Token], have: usize) {
    let verb = usize::from(tokens[have].head);
    if tokens[have].deprel == Deprel::Aux
        && verb > have
        && tokens.get(verb).is_some_and(|t| matches!(t.xpos, Xpos::JJ | Xpos::NN))
        && text.get(tokens[verb].span.range()).is_some_and(|word| word.ends_with("ed"))
        && !tokens.iter().any(|t| usize::from(t.head) == verb && matches!(t.deprel, Deprel::Det | Deprel::Cop))
    {
        (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::VBN);
    }
}

/// "Denied having met him": an auxiliary, and no thing that was met, nor a verb of its own.
fn having_done(tokens: &mut [Token], having: usize) {
    let participle = |t: &usize| tokens[*t].xpos == Xpos::VBN;
    let next = (having + 1..tokens.len().min(having + 3)).find(participle);
    let Some(verb) = next.filter(|verb| (having + 1..*verb).all(|t| tokens[t].upos == Upos::Adv)) else { return };
    if usize::from(tokens[having].head) == verb && tokens[having].deprel == Deprel::Nsubj {
        tokens[having].deprel = Deprel::Aux;
    } else if usize::from(tokens[verb].head) == having && tokens[verb].deprel == Deprel::Xcomp {
        let above = tokens[having];
        (tokens[verb].head, tokens[verb].deprel) = (above.head, above.deprel);
        (tokens[having].head, tokens[having].deprel) = (verb as u16, Deprel::Aux);
    } else {
        return;
    }
    (tokens[having].upos, tokens[having].xpos) = (Upos::Aux, Xpos::VBG);
}

/// "A summit was due on Monday": what it was is due, not Monday.
fn due_then(tokens: &mut [Token], due: usize) {
    let day = usize::from(tokens[due].head);
    let is_case = |t: &Token| t.deprel == Deprel::Case && usize::from(t.head) == day;
    let copula = tokens.iter().any(|t| t.deprel == Deprel::Cop && usize::from(t.head) == day);
    if day <= due + 1 || day >= tokens.len() || !copula || !is_case(&tokens[due]) || !is_case(&tokens[due + 1]) {
        return;
    }
    let predicate = tokens[day];
    for (at, token) in tokens.iter_mut().enumerate() {
        let kept = at > due && at < day;
        if usize::from(token.head) == day && at != due && !kept {
            token.head = due as u16;
        }
    }
    (tokens[due].head, tokens[due].deprel) = (predicate.head, predicate.deprel);
    (tokens[due].upos, tokens[due].xpos) = (Upos::Adj, Xpos::JJ);
    (tokens[day].head, tokens[day].deprel) = (due as u16, Deprel::Obl);
}

/// "Were due to hold a meeting": not because of one.
fn due_to_do(tokens: &mut [Token], due: usize) {
    let verb = usize::from(tokens[due].head);
    let Some(to) = tokens.get(due + 1).copied() else { return };
    if tokens[due].deprel == Deprel::Case
        && verb > due + 1
        && tokens.get(verb).is_some_and(|t| t.xpos == Xpos::VB)
        && usize::from(to.head) == due
        && to.deprel == Deprel::Fixed
    {
        tokens[due].deprel = Deprel::Advmod;
        (tokens[due + 1].head, tokens[due + 1].deprel) = (verb as u16, Deprel::Mark);
    }
}

/// "Delivered the non-paper": what has an article and is no other word's description is a noun.
fn hyphenated_noun(tokens: &mut [Token], at: usize) {
    if matches!(tokens[at].xpos, Xpos::JJ | Xpos::JJR)
        && matches!(tokens[at].deprel, Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass)
    {
        (tokens[at].upos, tokens[at].xpos) = (Upos::Noun, Xpos::NN);
    }
}

/// "The officers did speak": what follows "did" is a verb.
fn did_speak(tokens: &mut [Token], did: usize) {
    let next = did + 1;
    let named = |t: &Token| matches!(t.upos, Upos::Propn | Upos::Det | Upos::Pron);
    // "Did phone the president": two things side by side that were done.
    if tokens.get(next).is_some_and(|t| t.xpos == Xpos::NN && usize::from(t.head) == did && t.deprel == Deprel::Obj)
        && tokens.get(next + 1).is_some_and(named)
        && let Some(name) = (next + 1..tokens.len()).find(|t| {
            let head = usize::from(tokens[*t].head);
            matches!(
                tokens[*t].deprel,
                Deprel::Appos | Deprel::Obj | Deprel::Nmod | Deprel::NmodUnmarked | Deprel::OblUnmarked
            ) && (head == next || head == did)
        })
    {
        (tokens[next].head, tokens[next].deprel) = (tokens[did].head, tokens[did].deprel);
        (tokens[next].upos, tokens[next].xpos) = (Upos::Verb, Xpos::VB);
        for token in tokens.iter_mut().filter(|t| usize::from(t.head) == did) {
            token.head = next as u16;
        }
        (tokens[did].head, tokens[did].deprel) = (next as u16, Deprel::Aux);
        (tokens[name].head, tokens[name].deprel) = (next as u16, Deprel::Obj);
        return;
    }
    let verb = usize::from(tokens[did].head);
    if tokens[did].deprel == Deprel::Aux
        && verb > did
        && tokens.get(verb).is_some_and(|t| t.xpos == Xpos::NN)
        && !tokens.iter().any(|t| usize::from(t.head) == verb && matches!(t.deprel, Deprel::Det | Deprel::Cop))
    {
        (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::VB);
    }
}

/// "Return to talks": no infinitive ends so.
fn return_to_talks(text: &str, tokens: &mut [Token], talks: usize) {
    let to = tokens[talks - 1];
    if tokens[talks].xpos == Xpos::NNS && to.deprel == Deprel::Mark && usize::from(to.head) == talks {
        (tokens[talks - 1].deprel, tokens[talks - 1].xpos) = (Deprel::Case, Xpos::IN);
    }
    if tokens[talks].xpos == Xpos::VB && usize::from(to.head) == talks && text.get(to.span.range()) == Some("to") {
        (tokens[talks - 1].deprel, tokens[talks - 1].xpos) = (Deprel::Case, Xpos::IN);
        (tokens[talks].upos, tokens[talks].xpos) = (Upos::Noun, Xpos::NNS);
        if matches!(tokens[talks].deprel, Deprel::Xcomp | Deprel::Advcl) {
            tokens[talks].deprel = Deprel::Obl;
        }
        for below in tokens[talks + 1..].iter_mut().filter(|t| usize::from(t.head) == talks) {
            if below.deprel == Deprel::Obl {
                below.deprel = Deprel::Nmod;
            }
        }
    }
}

/// "They had asked for more time, the ministry said": what is said is no first of two, and what stands before the comma is
/// the clause's.
fn said_last(text: &str, tokens: &mut [Token], said: usize) {
    let clause = usize::from(tokens[said].head);
    let ends = tokens[said + 1..].iter().all(|t| t.upos == Upos::Punct);
    if tokens[said].deprel != Deprel::Conj || clause >= said || !ends {
        return;
    }
    let subject = |t: &usize| usize::from(tokens[*t].head) == said && tokens[*t].deprel == Deprel::Nsubj;
    let Some(subject) = (clause..said).rev().find(subject) else { return };
    let comma = |t: &usize| text.get(tokens[*t].span.range()) == Some(",");
    let Some(comma) = (clause..subject).rev().find(comma) else { return };
    let joined = |t: &Token| usize::from(t.head) == said && t.deprel == Deprel::Cc;
    if subject + 1 < said && tokens[subject + 1..said].iter().any(|t| t.upos != Upos::Propn && t.upos != Upos::Noun)
        || tokens[comma..said].iter().any(joined)
        || tokens[comma + 1..subject].iter().any(|t| t.upos == Upos::Verb)
    {
        return;
    }
    tokens[said].deprel = Deprel::Parataxis;
    for token in &mut tokens[..comma] {
        if usize::from(token.head) == said && token.head != Token::ROOT {
            token.head = clause as u16;
        }
    }
}

/// "Said after talks with Lavrov that he had refused": what was said is no description of the talks.
fn content_clause(text: &str, tokens: &mut [Token], that: usize) {
    let verb = usize::from(tokens[that].head);
    let Some(clause) = tokens.get(verb).copied().filter(|t| t.deprel == Deprel::AclRelcl && verb > that) else {
        return;
    };
    let subject = |t: &Token| usize::from(t.head) == verb && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass);
    if !matches!(tokens[that].deprel, Deprel::Obj | Deprel::Obl | Deprel::Mark)
        || !tokens[that + 1..verb].iter().any(subject)
    {
        return;
    }
    let mut said = usize::from(clause.head);
    for _ in 0..6 {
        let Some(token) = tokens.get(said).copied() else { return };
        if text.get(token.span.range()).is_some_and(|word| SAID.contains(&word)) {
            break;
        }
        said = usize::from(token.head);
    }
    let word = tokens.get(said).and_then(|t| text.get(t.span.range())).unwrap_or_default();
    let content = |t: &Token| {
        usize::from(t.head) == said
            && (matches!(t.deprel, Deprel::Ccomp | Deprel::Parataxis) || t.deprel == Deprel::Obj && word != "told")
    };
    if !SAID.contains(&word) || said > that || tokens.iter().any(content) {
        return;
    }
    (tokens[verb].head, tokens[verb].deprel) = (said as u16, Deprel::Ccomp);
    tokens[that].deprel = Deprel::Mark;
}

/// "Have not conducted negotiations": a perfect with a subject describes no noun, it has the noun for its object.
fn perfect_before_object(tokens: &mut [Token], have: usize) {
    let verb = usize::from(tokens[have].head);
    let Some(participle) = tokens.get(verb).copied() else { return };
    let noun = usize::from(participle.head);
    let Some(object) = tokens.get(noun).copied().filter(|_| noun > verb) else { return };
    let subject = tokens[..verb].iter().any(|t| usize::from(t.head) == verb && t.deprel == Deprel::Nsubj);
    if tokens[have].deprel != Deprel::Aux || participle.deprel != Deprel::Amod || !subject {
        return;
    }
    let relation = if object.deprel == Deprel::Obj { Deprel::Ccomp } else { object.deprel };
    (tokens[verb].head, tokens[verb].deprel) = (object.head, relation);
    (tokens[noun].head, tokens[noun].deprel) = (verb as u16, Deprel::Obj);
    for token in tokens[..have].iter_mut().filter(|t| usize::from(t.head) == noun) {
        token.head = verb as u16;
        if token.deprel == Deprel::Det {
            token.deprel = Deprel::Mark;
        }
    }
}

/// "No visit had in fact been announced": what parts the two does not make "had" the verb.
fn parted_perfect(text: &str, tokens: &mut [Token], had: usize) {
    let of = |head: usize, relations: &[Deprel]| {
        (0..tokens.len()).find(|t| usize::from(tokens[*t].head) == head && relations.contains(&tokens[*t].deprel))
    };
    if matches!(tokens[had].deprel, Deprel::Aux | Deprel::AuxPass) || of(had, &[Deprel::Obj]).is_some() {
        return;
    }
    let Some(verb) = of(had, &[Deprel::Advcl, Deprel::Ccomp, Deprel::Xcomp]).filter(|v| *v > had) else { return };
    let been = of(verb, &[Deprel::Aux, Deprel::AuxPass]);
    let Some(been) = been.filter(|b| *b > had && text.get(tokens[*b].span.range()) == Some("been")) else { return };
    if tokens[verb].xpos != Xpos::VBN || of(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark]).is_some() {
        return;
    }
    let passive = tokens[been].deprel == Deprel::AuxPass;
    (tokens[verb].head, tokens[verb].deprel) = (tokens[had].head, tokens[had].deprel);
    for token in tokens.iter_mut().filter(|t| usize::from(t.head) == had) {
        token.head = verb as u16;
        if passive && token.deprel == Deprel::Nsubj {
            token.deprel = Deprel::NsubjPass;
        }
    }
    (tokens[had].head, tokens[had].deprel) = (verb as u16, Deprel::Aux);
}

/// "Wrote to Somalia in January proposing talks": a month proposes nothing.
fn day_does_nothing(tokens: &mut [Token], day: usize) {
    let verb = usize::from(tokens[day].head);
    let Some(participle) = tokens.get(verb).copied().filter(|t| t.xpos == Xpos::VBG && verb > day) else { return };
    let preposition = tokens[day - 1];
    let above = usize::from(participle.head);
    if tokens[day].deprel == Deprel::Nsubj
        && preposition.deprel == Deprel::Mark
        && usize::from(preposition.head) == verb
        && above < day
    {
        (tokens[day].head, tokens[day].deprel) = (above as u16, Deprel::Obl);
        (tokens[day - 1].head, tokens[day - 1].deprel) = (day as u16, Deprel::Case);
    }
}

/// "On Wednesday Lavrov, the minister, called": a day begins no name; the name is the subject that the verb is without.
fn day_before_name(tokens: &mut [Token], day: usize) {
    let verb = usize::from(tokens[day].head);
    let Some(name) = tokens.get(day + 1).copied() else { return };
    let subject = |t: &Token| {
        usize::from(t.head) == verb && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj)
    };
    let joined = usize::from(name.head) == day && matches!(name.deprel, Deprel::Flat | Deprel::Appos);
    if !joined
        || verb <= day + 1
        || name.upos != Upos::Propn
        || !matches!(tokens[day].deprel, Deprel::Obl | Deprel::OblUnmarked)
        || tokens.iter().any(subject)
    {
        return;
    }
    tokens[day + 1].head = verb as u16;
    tokens[day + 1].deprel = Deprel::Nsubj;
    // What described the name hung on the day.
    for below in &mut tokens[day + 2..] {
        if usize::from(below.head) == day {
            below.head = day as u16 + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// Tokens of the words of `text`, which may say that they are verbs ("called/VBD"), each with its head and relation.
    fn mended(text: &str, tree: &[(u16, Deprel)]) -> Vec<(u16, Deprel)> {
        let mut at = 0;
        let mut tokens = Vec::new();
        for (word, (head, deprel)) in text.split(' ').zip(tree) {
            let (form, tag) = word.split_once('/').unwrap_or((word, ""));
            let span = Span::new(at, at + form.len());
            let (upos, xpos) = match tag {
                "VBD" => (Upos::Verb, Xpos::VBD),
                "VBN" => (Upos::Verb, Xpos::VBN),
                _ => (Upos::Propn, Xpos::NNP),
            };
            tokens.push(Token { span, upos, xpos, head: *head, deprel: *deprel });
            at += word.len() + 1;
        }
        let mut sentence = Sentence { tokens, ..Sentence::default() };
        mend(text, &mut sentence);
        sentence.tokens.iter().map(|t| (t.head, t.deprel)).collect()
    }

    #[test]
    fn what_follows_took_place_depends_on_the_verb() {
        use Deprel::*;
        let tree = [(1, Nsubj), (Token::ROOT, Root), (1, Obj), (4, Case), (2, Nmod)];
        assert_eq!(mended("It took place in Geneva", &tree)[4], (1, Obl));
        assert_eq!(mended("It has place in Geneva", &tree)[4], (2, Nmod));
    }

    #[test]
    fn talks_are_held_not_countries() {
        use Deprel::*;
        let tree = [(Token::ROOT, Root), (2, Case), (0, Nmod), (5, Nsubj), (5, Aux), (2, AclRelcl)];
        assert_eq!(mended("talks with Iran that were held", &tree)[5], (0, AclRelcl));
        assert_eq!(mended("relations with Iran that were held", &tree)[5], (2, AclRelcl));
    }

    #[test]
    fn what_is_told_of_a_visit_follows_what_describes_it() {
        use Deprel::*;
        let tree = [
            (2, Nsubj),
            (2, Punct),
            (Token::ROOT, Root),
            (7, NsubjPass),
            (3, Punct),
            (7, Aux),
            (7, AuxPass),
            (2, Ccomp),
        ];
        let right =
            [(7, NsubjPass), (7, Punct), (0, Acl), (2, Obl), (3, Punct), (7, Aux), (7, AuxPass), (Token::ROOT, Root)];
        assert_eq!(mended("Visits , planned/VBD today , were being postponed/VBN", &tree), right);
        assert_eq!(mended("Visits , planned/VBN today , were being postponed/VBN", &tree), tree);
    }

    #[test]
    fn what_is_said_describes_no_noun_on_the_way() {
        use Deprel::*;
        let tree = [(1, Nsubj), (Token::ROOT, Root), (3, Case), (1, Obl), (6, Obj), (6, Nsubj), (3, AclRelcl)];
        let right = [(1, Nsubj), (Token::ROOT, Root), (3, Case), (1, Obl), (6, Mark), (6, Nsubj), (1, Ccomp)];
        assert_eq!(mended("He said after talks that they refused", &tree), right);
        assert_eq!(mended("He left after talks that they refused", &tree), tree);
    }

    #[test]
    fn what_parts_it_makes_had_no_verb() {
        use Deprel::*;
        let tree = [(1, Nsubj), (Token::ROOT, Root), (1, Obl), (4, AuxPass), (1, Advcl)];
        let right = [(4, NsubjPass), (4, Aux), (4, Obl), (4, AuxPass), (Token::ROOT, Root)];
        assert_eq!(mended("Visits had yesterday been announced/VBN", &tree), right);
        assert_eq!(mended("Visits had yesterday being announced/VBN", &tree), tree);
    }

    #[test]
    fn whose_counterpart_is_met_is_no_object() {
        use Deprel::*;
        let tree = [(1, Mark), (Token::ROOT, Root), (1, Obj), (4, Amod), (1, Obj)];
        assert_eq!(mended("to meet her Iraqi counterpart", &tree)[2], (4, NmodPoss));
        assert_eq!(mended("to give him Iraqi oil", &tree)[2], (1, Obj));
    }

    #[test]
    fn a_past_tense_after_and_is_a_second_verb() {
        use Deprel::*;
        let tree = [(1, Nsubj), (Token::ROOT, Root), (5, Compound), (4, Cc), (5, Amod), (1, Obj)];
        let right = [(1, Nsubj), (Token::ROOT, Root), (1, Obj), (4, Cc), (1, Conj), (4, Obj)];
        assert_eq!(mended("He called Zardari and threatened/VBD war", &tree), right);
        assert_eq!(mended("He called Zardari and threatened war", &tree), tree);
    }

    #[test]
    fn who_is_received_may_stand_after_the_time() {
        use Deprel::*;
        let tree = [(1, Nsubj), (Token::ROOT, Root), (3, Det), (1, OblUnmarked), (3, Appos)];
        assert_eq!(mended("He received this morning Shoukry", &tree)[4], (1, Obj));
        assert_eq!(mended("He slept this morning Shoukry", &tree)[4], (3, Appos));
    }

    #[test]
    fn a_day_is_no_part_of_a_name() {
        use Deprel::*;
        let tree = [(1, Case), (4, Obl), (1, Flat), (1, Appos), (Token::ROOT, Root)];
        let right = [(1, Case), (4, Obl), (4, Nsubj), (2, Appos), (Token::ROOT, Root)];
        assert_eq!(mended("On Monday Lavrov minister called", &tree), right);
        assert_eq!(mended("On Air Lavrov minister called", &tree), tree);
    }
}
