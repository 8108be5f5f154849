//! Links pronouns to whom they stand for: by gender and number, by nearness, and by the subject's privilege, in the
//! manner of Lappin and Leass (1994). Trees are used where a sentence has them; word order does elsewhere.

use super::words::{Classes, FEMALE, HOLDERS, MALE};
use super::{Cast, Entity, EntityKind, Mention, MentionKind, World};
use crate::language::{Deprel, Sentence};
use crate::page::Page;
use crate::span::Span;

/// What a pronoun asks of whom it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Man,
    Woman,
    Several,
    Thing,
    Country,
}

/// The pronouns, with what they ask.
const PRONOUNS: &[(&str, Asks)] = &[
    ("he", Asks::Man),
    ("him", Asks::Man),
    ("his", Asks::Man),
    ("himself", Asks::Man),
    ("she", Asks::Woman),
    ("her", Asks::Woman),
    ("hers", Asks::Woman),
    ("herself", Asks::Woman),
    ("they", Asks::Several),
    ("them", Asks::Several),
    ("their", Asks::Several),
    ("theirs", Asks::Several),
    ("themselves", Asks::Several),
    ("it", Asks::Thing),
    ("its", Asks::Thing),
    ("itself", Asks::Thing),
    ("country", Asks::Country),
    ("nation", Asks::Country),
];

/// Verbs of speaking, whose subject "he said" goes on with.
const SPEAKING: &[&str] = &[
    "said",
    "says",
    "say",
    "told",
    "tells",
    "added",
    "adds",
    "stressed",
    "noted",
    "stated",
    "insisted",
    "explained",
    "replied",
    "answered",
    "asked",
    "warned",
    "declared",
    "announced",
    "claimed",
    "denied",
    "wrote",
    "remarked",
    "continued",
    "responded",
    "emphasized",
    "confirmed",
];

/// How many sentences back a pronoun reaches.
const REACH: usize = 3;

/// Links pronouns in the sentences.
pub(super) fn resolve(world: &World, page: &Page, sentences: &[Sentence], cast: &mut Cast) {
    let text = page.text.as_str();
    let mut genders: Vec<u8> = cast.entities.iter().map(|e| given_gender(world, e)).collect();
    for mention in &cast.mentions {
        let Some(words) = text.get(mention.span.range()) else { continue };
        if let Some(gender) = genders.get_mut(mention.entity) {
            *gender |= addressed_gender(world, words);
        }
    }
    let mut found: Vec<Mention> = Vec::new();
    let quotes = quotes(text, sentences);
    for (index, sentence) in sentences.iter().enumerate() {
        for token in 0..sentence.tokens.len() {
            let Some(word) = text.get(sentence.tokens[token].span.range()) else { continue };
            if word.len() > 10 || word.len() < 2 {
                continue;
            }
            let Some((_, asks)) = PRONOUNS.iter().find(|(p, _)| p.eq_ignore_ascii_case(word)) else { continue };
            if cast.at(index, token).is_some_and(|m| m.kind != MentionKind::Group) {
                continue;
            }
            // "The country's ambassador"; "a country of that size" is any.
            let beside = |at: Option<usize>| {
                let token = at.and_then(|at| sentence.tokens.get(at));
                token.and_then(|t| text.get(t.span.range())).unwrap_or("")
            };
            if *asks == Asks::Country
                && (!beside(token.checked_sub(1)).eq_ignore_ascii_case("the")
                    || matches!(beside(Some(token + 1)), "of" | "that" | "which" | "where" | "with"))
            {
                continue;
            }
            // "His Highness" is he who was called so before.
            let styled = sentence
                .tokens
                .get(token + 1)
                .and_then(|t| text.get(t.span.range()))
                .filter(|next| matches!(*next, "Highness" | "Majesty" | "Excellency" | "Holiness" | "Royal"));
            if let Some(style) = styled {
                let called = |m: &&Mention| {
                    let from = m.span.start.saturating_sub(24) as usize;
                    let lead = text.get(from..m.span.end as usize).unwrap_or_else(|| m.span.of(text));
                    m.kind == MentionKind::Name
                        && m.span.end <= sentence.tokens[token].span.start
                        && lead.contains(style)
                };
                let first = cast.mentions.iter().find(called).map(|m| m.entity);
                found.extend(first.map(|entity| Mention {
                    span: sentence.tokens[token].span.cover(sentence.tokens[token + 1].span),
                    sentence: index,
                    first: token,
                    end: token + 2,
                    kind: MentionKind::Nominal,
                    entity,
                }));
                continue;
            }
            // "HE Minister of Foreign Affairs": His Excellency, before whoever it is.
            if word == "HE" && cast.at(index, token + 1).is_some() {
                continue;
            }
            let place = Place {
                world,
                text,
                sentences,
                sentence: index,
                token,
                quotes: &quotes,
                quoted: is_quoted(&quotes, sentence.tokens[token].span),
            };
            let entity = match asks {
                Asks::Several => several(&place, cast, &found, &mut genders),
                Asks::Thing if word.eq_ignore_ascii_case("it") && place.expletive() => None,
                _ => one(&place, cast, &found, &genders, *asks),
            };
            let Some(entity) = entity else { continue };
            // Whom "she" stands for is a woman from then on.
            if let (Some(gender), Asks::Man | Asks::Woman) = (genders.get_mut(entity), asks)
                && *gender == 0
            {
                *gender = if *asks == Asks::Man { 1 } else { 2 };
            }
            found.push(Mention {
                span: sentence.tokens[token].span,
                sentence: index,
                first: token,
                end: token + 1,
                kind: MentionKind::Pronoun,
                entity,
            });
        }
    }
    serve(text, sentences, cast, &found);
    cast.mentions.extend(found);
    cast.mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
}

/// "Its foreign minister, Rosa Quispe", "the country's ambassador": whoever is told of without a government serves that of
/// the pronoun.
fn serve(text: &str, sentences: &[Sentence], cast: &mut Cast, pronouns: &[Mention]) {
    for pronoun in pronouns {
        let Some(sentence) = sentences.get(pronoun.sentence) else { continue };
        let word = |token: usize| sentence.tokens.get(token).and_then(|t| text.get(t.span.range())).unwrap_or("");
        let genitive = matches!(word(pronoun.end), "'s" | "\u{2019}s");
        if !genitive && !word(pronoun.first).eq_ignore_ascii_case("its") {
            continue;
        }
        let Some(government) = cast.entities.get(pronoun.entity).and_then(|e| e.government.clone()) else { continue };
        let Some(owned) = cast.at(pronoun.sentence, pronoun.end + usize::from(genitive)).map(|m| m.entity) else {
            continue;
        };
        let Some(entity) = cast.entities.get_mut(owned) else { continue };
        if entity.kind == EntityKind::Person && entity.government.is_none() {
            entity.government = Some(government);
        }
    }
}

/// Where a pronoun stands.
struct Place<'a> {
    world: &'a World,
    text: &'a str,
    sentences: &'a [Sentence],
    sentence: usize,
    token: usize,
    quoted: bool,
    /// The stretches between quotation marks, in order.
    quotes: &'a [Span],
}

impl Place<'_> {
    fn word(&self, sentence: usize, token: usize) -> &str {
        let span = self.sentences.get(sentence).and_then(|s| s.tokens.get(token)).map(|t| t.span);
        span.and_then(|s| self.text.get(s.range())).unwrap_or("")
    }

    /// "it is", "it seems": nobody.
    fn expletive(&self) -> bool {
        const AFTER: &[&str] = &[
            "is",
            "was",
            "'s",
            "\u{2019}s",
            "will",
            "would",
            "seems",
            "seemed",
            "appears",
            "appeared",
            "takes",
            "took",
            "rains",
            "has",
            "may",
        ];
        let next = self.word(self.sentence, self.token + 1);
        AFTER.contains(&next) && !(next == "has" || next == "will" || next == "would" || next == "may") || {
            let after = self.word(self.sentence, self.token + 2);
            matches!(next, "has" | "will" | "would" | "may") && matches!(after, "be" | "been")
        }
    }

    /// The subject of the verb whose object the pronoun is, who is another: "Faisal called him".
    fn bound(&self) -> Option<usize> {
        let sentence = self.sentences.get(self.sentence).filter(|s| s.parsed)?;
        let pronoun = &sentence.tokens[self.token];
        if !matches!(pronoun.deprel, Deprel::Obj | Deprel::Iobj | Deprel::Obl)
            || self.word(self.sentence, self.token).len() > 4
        {
            return None;
        }
        let mut verb = sentence.head(self.token)?;
        for _ in 0..3 {
            let subject = (0..sentence.tokens.len()).find(|t| {
                sentence.head(*t) == Some(verb)
                    && matches!(sentence.tokens[*t].deprel, Deprel::Nsubj | Deprel::NsubjPass)
            });
            match subject {
                Some(subject) => return Some(subject),
                // "Rubio telephoned Dar and told him", "to tell him": the subject is that of the first verb.
                None if matches!(sentence.tokens[verb].deprel, Deprel::Conj | Deprel::Advcl) => {
                    verb = sentence.head(verb)?;
                }
                None => return None,
            }
        }
        None
    }

    /// Whether a verb of speaking follows.
    fn speaks(&self) -> bool {
        (1..=2).any(|n| SPEAKING.contains(&self.word(self.sentence, self.token + n)))
    }

    /// The subject of the sentence where the pronoun is that of a clause before it: "After he met Abiy, Pompeo said".
    fn told_first(&self, cast: &Cast) -> Option<usize> {
        let sentence = self.sentences.get(self.sentence).filter(|s| s.parsed)?;
        let verb = sentence.head(self.token).filter(|_| sentence.tokens[self.token].deprel == Deprel::Nsubj)?;
        let main = sentence.head(verb).filter(|main| *main > verb && sentence.tokens[verb].deprel == Deprel::Advcl)?;
        let subject = (verb + 1..main).find(|t| {
            sentence.head(*t) == Some(main) && matches!(sentence.tokens[*t].deprel, Deprel::Nsubj | Deprel::NsubjPass)
        })?;
        let mention = cast.at(self.sentence, subject)?;
        // Whom the sentence before tells of by name is not named anew.
        let named_again = mention.end - mention.first > 1;
        (mention.kind == MentionKind::Name && named_again).then_some(mention.entity)
    }

    /// The subject of the sentence where the pronoun is that of a clause of time after it: "Trump said as he received Khan".
    fn told_already(&self, cast: &Cast) -> Option<usize> {
        let sentence = self.sentences.get(self.sentence).filter(|s| s.parsed)?;
        let verb = sentence.head(self.token).filter(|_| sentence.tokens[self.token].deprel == Deprel::Nsubj)?;
        let main = sentence.head(verb).filter(|main| *main < verb && sentence.tokens[verb].deprel == Deprel::Advcl)?;
        let child = |of: usize, t: usize| sentence.head(t) == Some(of);
        (0..verb).find(|t| {
            child(verb, *t) && matches!(self.word(self.sentence, *t), "as" | "when" | "while" | "after" | "before")
        })?;
        let speaks = SPEAKING.contains(&self.word(self.sentence, main));
        let subject =
            (0..verb).find(|t| child(main, *t) && sentence.tokens[*t].deprel == Deprel::Nsubj).filter(|_| speaks)?;
        cast.at(self.sentence, subject).filter(|m| m.kind == MentionKind::Name).map(|m| m.entity)
    }

    /// The quotation that the pronoun is said to speak: "“We await Kerry,” he said". Only marks stand between.
    fn own_words(&self) -> Option<Span> {
        let start = self.sentences.get(self.sentence)?.tokens.get(self.token)?.span.start;
        let before = self.quotes.partition_point(|quote| quote.end <= start).checked_sub(1)?;
        let close = |quote: &Span| start - quote.end <= 3;
        self.quotes.get(before).copied().filter(close).filter(|_| !self.quoted && self.speaks())
    }

    /// Whether the pronoun is the object of a verb.
    fn is_object(&self) -> bool {
        let sentence = self.sentences.get(self.sentence).filter(|s| s.parsed);
        sentence.is_some_and(|s| matches!(s.tokens[self.token].deprel, Deprel::Obj | Deprel::Iobj))
    }

    /// Whether a mention is the object of a verb.
    fn object(&self, mention: &Mention) -> bool {
        let sentence = self.sentences.get(mention.sentence).filter(|s| s.parsed);
        let tokens = sentence.and_then(|s| s.tokens.get(mention.first..mention.end));
        tokens.is_some_and(|t| t.iter().any(|t| matches!(t.deprel, Deprel::Obj | Deprel::Iobj)))
    }

    /// Whether a mention is the subject of its clause.
    fn subject(&self, mention: &Mention) -> bool {
        let Some(sentence) = self.sentences.get(mention.sentence) else { return false };
        if !sentence.parsed {
            return false;
        }
        let Some(tokens) = sentence.tokens.get(mention.first..mention.end) else { return false };
        tokens.iter().any(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
    }

    /// Whether a mention is named as the one who speaks.
    fn speaker(&self, mention: &Mention) -> bool {
        let before = |n: usize| mention.first.checked_sub(n).map_or("", |t| self.word(mention.sentence, t));
        before(1).eq_ignore_ascii_case("to") && before(2).eq_ignore_ascii_case("according")
            || SPEAKING.contains(&self.word(mention.sentence, mention.end))
            || SPEAKING.contains(&before(1))
    }
}

/// Scores a mention before a pronoun: nearer is better, subjects are better than what follows them.
fn weight(place: &Place, cast: &Cast, mention: &Mention, rank: usize) -> i32 {
    let back = place.sentence - mention.sentence;
    let mut score = 60 - 18 * back as i32 - rank.min(8) as i32;
    if place.subject(mention) {
        score += 12;
    }
    // "Rubio called Dar. Later Faisal called him": the place of the one that went before.
    if place.is_object() && place.object(mention) {
        score += 15;
    }
    let first = cast
        .of_sentence(mention.sentence)
        .iter()
        .find(|m| matches!(cast.entities.get(m.entity).map(|e| e.kind), Some(EntityKind::Person)));
    if first.is_some_and(|m| m.span == mention.span) {
        score += 7;
    }
    // "He said" goes on with whoever spoke, the more so after words that are quoted.
    if place.speaks() && place.speaker(mention) && !place.quoted {
        score += if place.own_words().is_some() { 30 } else { 18 };
    }
    // In a quotation, the pronoun is hardly the speaker.
    if place.quoted && place.speaker(mention) && back <= 1 {
        score -= 30;
    }
    if mention.kind == MentionKind::Pronoun {
        score += 4;
    }
    score
}

/// The entity that a pronoun of one stands for.
fn one(place: &Place, cast: &Cast, found: &[Mention], genders: &[u8], asks: Asks) -> Option<usize> {
    let mut best: Option<(i32, usize)> = None;
    let mut seen: Vec<usize> = Vec::new();
    let told = place.told_first(cast).or_else(|| place.told_already(cast));
    if let Some(entity) = told.filter(|_| matches!(asks, Asks::Man | Asks::Woman)) {
        let gender = genders.get(entity).copied().unwrap_or(0);
        let fits = gender != if asks == Asks::Man { 2 } else { 1 };
        if fits && cast.entities.get(entity).is_some_and(|e| e.kind == EntityKind::Person) {
            return Some(entity);
        }
    }
    let candidates = before(place, cast, found);
    let own_words = place.own_words();
    let bound = place.bound().filter(|_| matches!(asks, Asks::Man | Asks::Woman)).and_then(|subject| {
        let covers = |m: &&Mention| m.sentence == place.sentence && (m.first..m.end).contains(&subject);
        candidates.iter().find(covers).map(|m| m.entity)
    });
    for mention in candidates {
        let Some(entity) = cast.entities.get(mention.entity) else { continue };
        let gender = genders.get(mention.entity).copied().unwrap_or(0);
        let fits = match asks {
            Asks::Man => entity.kind == EntityKind::Person && gender != 2 && !is_several(place.world, entity),
            Asks::Woman => entity.kind == EntityKind::Person && gender != 1 && !is_several(place.world, entity),
            Asks::Country => {
                entity.government.is_some()
                    && matches!(entity.kind, EntityKind::Government | EntityKind::Body | EntityKind::Place)
                    && mention.kind != MentionKind::Adjective
            }
            _ => {
                matches!(
                    entity.kind,
                    EntityKind::Government | EntityKind::Body | EntityKind::Organization | EntityKind::Outlet
                ) && mention.kind != MentionKind::Adjective
            }
        };
        if !fits || bound == Some(mention.entity) || own_words.is_some_and(|quote| quote.contains(mention.span)) {
            continue;
        }
        if !seen.contains(&mention.entity) {
            seen.push(mention.entity);
        }
        let mut score = weight(place, cast, &mention, seen.len());
        // "An aide said, he and Uribe had chatted": who is told of by somebody without a name is rather another.
        if entity.person.is_none() && mention.kind == MentionKind::Nominal && place.speaker(&mention) && !place.speaks()
        {
            score -= 25;
        }
        if matches!(asks, Asks::Man | Asks::Woman) {
            let told = if asks == Asks::Man { 1 } else { 2 };
            // Most officials in the news are men: a name that tells nothing is rather "he" than "she".
            score += match (gender == told, gender == 0 && asks == Asks::Woman) {
                (true, _) => 10,
                (false, true) => -10,
                (false, false) => 0,
            };
        } else if asks == Asks::Thing && !place.subject(&mention) && mention.sentence + 1 < place.sentence {
            continue;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, mention.entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// The entity that "they" stands for: a group spoken of, two persons named together, or some officials.
fn several(place: &Place, cast: &mut Cast, found: &[Mention], genders: &mut Vec<u8>) -> Option<usize> {
    let mentions = before(place, cast, found);
    for back in 0..=1 {
        let Some(sentence) = place.sentence.checked_sub(back) else { break };
        let here: Vec<&Mention> = mentions.iter().filter(|m| m.sentence == sentence).collect();
        // The nearest group or plural of the sentence.
        let plural = here.iter().find(|m| {
            cast.entities.get(m.entity).is_some_and(|e| e.kind == EntityKind::Group || is_several(place.world, e))
        });
        if let Some(mention) = plural {
            return Some(mention.entity);
        }
        let mut persons: Vec<usize> = Vec::new();
        for mention in here.iter().rev() {
            let person = cast.entities.get(mention.entity).is_some_and(|e| e.kind == EntityKind::Person && !e.former);
            if person && !persons.contains(&mention.entity) {
                persons.push(mention.entity);
            }
        }
        let codes: Vec<Option<String>> =
            persons.iter().map(|p| cast.entities.get(*p).and_then(|e| e.government.clone())).collect();
        if persons.len() == 2 && codes[0] != codes[1] {
            persons.sort_unstable();
            let known = cast.entities.iter().position(|e| e.kind == EntityKind::Group && e.members == persons);
            return Some(known.unwrap_or_else(|| {
                let name = persons
                    .iter()
                    .filter_map(|p| cast.entities.get(*p))
                    .map(|e| e.name.as_str())
                    .collect::<Vec<_>>()
                    .join(" and ");
                cast.entities.push(Entity {
                    kind: EntityKind::Group,
                    name,
                    person: None,
                    government: None,
                    office: None,
                    office_kind: None,
                    former: false,
                    members: persons.clone(),
                });
                genders.push(0);
                cast.entities.len() - 1
            }));
        }
        if persons.len() > 2 {
            return None;
        }
        // "Russia … they": a government or body as its people.
        let collective = here.iter().find(|m| {
            m.kind != MentionKind::Adjective
                && cast
                    .entities
                    .get(m.entity)
                    .is_some_and(|e| matches!(e.kind, EntityKind::Government | EntityKind::Body))
        });
        if let (Some(mention), true) = (collective, persons.is_empty()) {
            return Some(mention.entity);
        }
    }
    None
}

/// The mentions before a pronoun, the nearest first, pronouns linked already among them.
fn before(place: &Place, cast: &Cast, found: &[Mention]) -> Vec<Mention> {
    let from = place.sentence.saturating_sub(REACH);
    let start = place.sentences[place.sentence].tokens[place.token].span.start;
    let first = cast.mentions.partition_point(|m| m.sentence < from);
    let mut mentions: Vec<Mention> =
        cast.mentions[first..].iter().take_while(|m| m.span.start < start).copied().collect();
    mentions.extend(found.iter().rev().take_while(|m| m.sentence >= from).copied());
    mentions.sort_by_key(|m| std::cmp::Reverse(m.span.start));
    mentions
}

/// Whether an entity is several people without names ("U.S. officials").
fn is_several(world: &World, entity: &Entity) -> bool {
    entity.person.is_none()
        && entity.kind == EntityKind::Person
        && entity.name.split_whitespace().any(|word| classes(world, word) & HOLDERS != 0)
}

/// The classes of a word, whatever its case.
fn classes(world: &World, word: &str) -> Classes {
    let id = world.words.get(&word.to_lowercase());
    world.classes.get(id as usize).copied().unwrap_or(0)
}

/// Men (1) or women (2), by the given name.
fn given_gender(world: &World, entity: &Entity) -> u8 {
    if entity.kind != EntityKind::Person {
        return 0;
    }
    let Some(name) = entity.person.as_deref() else { return 0 };
    let genders = name.split_whitespace().map(|word| {
        let id = world.words.get(&super::lexicon::fold(word));
        world.given.get(id as usize).copied().unwrap_or(0) & 3
    });
    genders.into_iter().find(|gender| *gender != 0).unwrap_or(0)
}

/// Men (1) or women (2), by the form of address or the noun.
fn addressed_gender(world: &World, words: &str) -> u8 {
    words.split(|c: char| !c.is_alphabetic()).take(8).filter(|word| !word.is_empty()).fold(0, |gender, word| {
        let classes = classes(world, word);
        gender | u8::from(classes & MALE != 0) | u8::from(classes & FEMALE != 0) << 1
    })
}

/// What stands between quotation marks, across the sentences of a block. Words that open a block or a pair of curly marks
/// and are not closed go to its end.
fn quotes(text: &str, sentences: &[Sentence]) -> Vec<Span> {
    let mut quotes = Vec::new();
    let mut open: Option<(u32, bool)> = None;
    let (mut block, mut end) = (usize::MAX, 0);
    for sentence in sentences {
        let first = sentence.block != block;
        if first {
            quotes.extend(open.take().filter(|(_, sure)| *sure).map(|(start, _)| Span { start, end }));
            block = sentence.block;
        }
        for (index, token) in sentence.tokens.iter().enumerate() {
            match (text.get(token.span.range()).unwrap_or(""), open) {
                ("\u{201c}" | "``", _) => open = Some((token.span.start, true)),
                ("\"", None) => open = Some((token.span.start, first && index == 0)),
                ("\u{201d}" | "''" | "\"", Some((start, _))) => {
                    quotes.push(Span { start, end: token.span.end });
                    open = None;
                }
                _ => {}
            }
            end = token.span.end;
        }
    }
    quotes.extend(open.filter(|(_, sure)| *sure).map(|(start, _)| Span { start, end }));
    quotes
}

/// Whether a span stands in one of the quotations.
fn is_quoted(quotes: &[Span], span: Span) -> bool {
    let next = quotes.partition_point(|quote| quote.end < span.end);
    quotes.get(next).is_some_and(|quote| quote.contains(span))
}
