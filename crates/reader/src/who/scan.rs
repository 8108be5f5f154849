//! Finds, sentence by sentence and from words alone, the stretches that speak of somebody: names, titles, descriptions.
//!
//! Nothing is linked here: a [`Chunk`] says what its words tell, and `link.rs` finds out who is meant.

use super::lexicon::{Vocabulary, WordId, fold, pieces};
use super::words::*;
use super::world::{Entry, Form, Gov, WellKnown, World};
use crate::language::Sentence;
use crate::span::Span;

/// A word of a sentence, as the lexicon sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Index of its token in the sentence.
    pub token: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What classes it is in, whatever its case.
    pub classes: Classes,
    /// The full stop, hyphen or apostrophe right before it.
    pub before: Option<char>,
    /// How it is written.
    pub shape: Shape,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// In lower case.
    Lower,
    /// With a capital first.
    Capital,
    /// One capital letter.
    Initial,
    /// All in capitals, two or more.
    Upper,
    /// With a digit first.
    Digit,
    /// A sign.
    Sign,
}

/// Words of one sentence: half open, from the first to one past the last.
pub(super) type Stretch = (usize, usize);

/// What precedes a description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Determiner {
    /// Nothing.
    #[default]
    None,
    /// "the", "that".
    The,
    /// "a", "another", "one".
    Indefinite,
    /// "his", "their".
    Whose,
    /// The chunk before it, with an apostrophe and s ("Putin's").
    Possessor,
}

/// A person by title, by description or by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Titled {
    /// What precedes it.
    pub determiner: Determiner,
    /// The governments that its words name, in order.
    pub governments: Vec<Gov>,
    /// The body that its words name.
    pub body: Option<Stretch>,
    /// The words of the office, without government and standing.
    pub title: Option<Stretch>,
    /// The node of the office in the trie of titles.
    pub office: Option<u32>,
    /// Whether `office` is a node of the trie of names (abbreviations) instead.
    pub abbreviated: bool,
    /// The noun that names the holder.
    pub head: Option<usize>,
    /// Whether that noun is plural.
    pub plural: bool,
    /// Whether the words say that the office is no longer held.
    pub former: bool,
    /// Whether the office is not held yet ("president-elect").
    pub elect: bool,
    /// Whether it is "counterpart".
    pub counterpart: bool,
    /// Whether a form of address or the noun tells a man (`MALE`) or a woman (`FEMALE`).
    pub gender: Classes,
    /// Whether there is a form of address.
    pub addressed: bool,
    /// The name.
    pub name: Option<Stretch>,
    /// The person whose full name the tables hold in that spelling.
    pub person: Option<u32>,
}

/// What a stretch of words tells.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A government; `place` if it only says where.
    Government { government: Gov, form: Form, place: bool },
    /// A part of a government.
    Body { governments: Vec<Gov>, determiner: Determiner, title: Option<u32>, plain: bool },
    /// A newspaper, agency or broadcaster.
    Outlet(u16),
    /// A city or region, and the country that it lies in.
    Place(Option<Gov>),
    /// A named person.
    Person(Titled),
    /// A person by description.
    Nominal(Titled),
    /// Several, by number or plural ("the two leaders").
    Group { count: usize, people: bool, head: usize },
    /// Capitalised words that stand in no table.
    Unknown,
}

/// A stretch of words that speaks of somebody.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// Its words.
    pub words: Stretch,
    /// What they tell.
    pub what: What,
}

/// The words of one sentence, ready to be matched.
pub(super) struct Words<'a> {
    world: &'a World,
    text: &'a str,
    words: Vec<Word>,
    cased: Vec<WordId>,
    lower: Vec<WordId>,
    /// Whether the sentence stands first in its block.
    pub opens_block: bool,
    buffer: String,
    /// Words that stand for the states of a divided country, in a text about both.
    halves: Option<[(WordId, WordId); 2]>,
}

/// The words "North" and "South" with the short names that they stand for in a text about both Koreas.
fn halves(world: &World, text: &str) -> Option<[(WordId, WordId); 2]> {
    let both = text.contains("inter-Korean")
        || text.contains("two Koreas")
        || text.contains("North and South Korea")
        || text.contains("South and North Korea")
        || text.contains("North Korea") && text.contains("South Korea");
    let word = |name: &str| Some(world.words.get(name)).filter(|word| *word != Vocabulary::UNKNOWN);
    both.then_some([(word("North")?, word("DPRK")?), (word("South")?, word("ROK")?)])
}

impl<'a> Words<'a> {
    /// Empty words over a text; [`Words::fill`] takes up a sentence.
    pub fn new(world: &'a World, text: &'a str) -> Words<'a> {
        Words {
            world,
            text,
            words: Vec::new(),
            cased: Vec::new(),
            lower: Vec::new(),
            opens_block: false,
            buffer: String::new(),
            halves: halves(world, text),
        }
    }

    /// Takes up a sentence instead of the one before.
    pub fn fill(&mut self, sentence: &Sentence) {
        self.words.clear();
        self.cased.clear();
        self.lower.clear();
        let mut last_end = u32::MAX;
        for (token, t) in sentence.tokens.iter().enumerate() {
            let Some(form) = self.text.get(t.span.range()) else { continue };
            let mut joiner = None;
            for piece in pieces(form) {
                let start = t.span.start + piece.start as u32;
                let end = start + piece.text.len() as u32;
                // A hyphen or apostrophe that is a token of its own still joins what it touches.
                let before = piece.before.or_else(|| self.joiner(last_end, start));
                joiner.get_or_insert(());
                self.push(piece.text, token as u32, start, end, before);
                last_end = end;
            }
        }
        self.name_halves();
    }

    /// "The North", "the South's defence ministry", "North and South Korea": where a text speaks of the two states, the words
    /// count as their short names.
    fn name_halves(&mut self) {
        let Some(halves) = self.halves else { return };
        for at in 0..self.words.len() {
            let half = halves.into_iter().find(|(half, _)| *half == self.cased[at]);
            let alone = at > 0 && self.has(at - 1, THE) && !self.capital(at + 1);
            let paired = self.is(at + 1, "and")
                && halves.iter().any(|(half, _)| *half == self.cased(at + 2))
                && self.is(at + 3, "korea");
            if let Some((_, name)) = half.filter(|_| alone || paired) {
                self.cased[at] = name;
                self.lower[at] = name;
            }
        }
    }

    fn joiner(&self, from: u32, to: u32) -> Option<char> {
        if from >= to || to - from > 3 {
            return None;
        }
        match self.text.get(from as usize..to as usize)? {
            "-" | "\u{2010}" | "\u{2011}" => Some('-'),
            "'" | "\u{2019}" => Some('\''),
            "." => Some('.'),
            _ => None,
        }
    }

    fn push(&mut self, piece: &str, token: u32, start: u32, end: u32, before: Option<char>) {
        let folded = fold(piece);
        let first = folded.chars().next().unwrap_or(' ');
        let shape = if first.is_uppercase() {
            if folded.chars().nth(1).is_none() {
                Shape::Initial
            } else if folded.chars().all(|c| c.is_uppercase() || c.is_numeric()) {
                Shape::Upper
            } else {
                Shape::Capital
            }
        } else if first.is_numeric() {
            Shape::Digit
        } else if first.is_alphabetic() {
            Shape::Lower
        } else {
            Shape::Sign
        };
        let mut cased = self.world.words.get(&folded);
        let mut lower = cased;
        if matches!(shape, Shape::Capital | Shape::Upper | Shape::Initial) {
            self.buffer.clear();
            self.buffer.extend(folded.chars().flat_map(char::to_lowercase));
            lower = self.world.words.get(&self.buffer);
            // A heading or a dateline in capitals: "MOSCOW" is Moscow.
            if cased == Vocabulary::UNKNOWN
                && shape == Shape::Upper
                && (folded.len() > 2 || self.world.classes.get(lower as usize).is_some_and(|c| c & PARTICLE != 0))
                && let Some(rest) = self.buffer.get(first.len_utf8()..)
            {
                let titled: String = first.to_string() + rest;
                cased = self.world.words.get(&titled);
            }
        }
        // "DGMOs", "FMs".
        if cased == Vocabulary::UNKNOWN
            && folded.len() > 2
            && let Some(stem) = folded.strip_suffix('s').filter(|stem| stem.chars().all(char::is_uppercase))
        {
            cased = self.world.words.get(stem);
        }
        let classes = self.world.classes.get(lower as usize).copied().unwrap_or(0);
        // Titles stand in the tables in the singular.
        if classes & HOLDERS != 0 {
            lower = self.world.singular.get(&lower).copied().unwrap_or(lower);
        }
        self.words.push(Word { token, start, end, classes, before, shape });
        self.cased.push(cased);
        self.lower.push(lower);
    }

    /// The word in that place.
    pub fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    /// The characters of a stretch.
    pub fn text(&self, (from, to): Stretch) -> &'a str {
        match (self.words.get(from), to.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => {
                self.text.get(first.start as usize..last.end as usize).unwrap_or("")
            }
            _ => "",
        }
    }

    /// The characters of one word.
    pub fn word(&self, at: usize) -> &'a str {
        self.text((at, at + 1))
    }

    /// Whether the word there is the given one, in lower case or capitalised.
    pub fn is(&self, at: usize, word: &str) -> bool {
        at < self.words.len() && self.word(at).eq_ignore_ascii_case(word)
    }

    /// Whether the word there is of one of the classes.
    pub fn has(&self, at: usize, classes: Classes) -> bool {
        self.words.get(at).is_some_and(|w| w.classes & classes != 0)
    }

    /// The number of the word there, as it is written.
    pub fn cased(&self, at: usize) -> WordId {
        self.cased.get(at).copied().unwrap_or(Vocabulary::UNKNOWN)
    }

    /// How many words there are.
    pub fn count(&self) -> usize {
        self.words.len()
    }

    /// The characters between the word there and the one before.
    pub fn gap(&self, at: usize) -> &'a str {
        let (Some(before), Some(word)) = (at.checked_sub(1).and_then(|b| self.words.get(b)), self.words.get(at)) else {
            return "";
        };
        self.text.get(before.end as usize..word.start as usize).unwrap_or("")
    }

    /// Where a stretch stands in the document's text.
    pub fn span(&self, (from, to): Stretch) -> Span {
        match (self.words.get(from), to.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => {
                // The full stop of "U.S." is the word's own.
                let stop = self.text.get(last.end as usize..).is_some_and(|rest| rest.starts_with('.'))
                    && last.before == Some('.');
                Span { start: first.start, end: last.end + u32::from(stop) }
            }
            _ => Span::default(),
        }
    }

    /// How the word there is written.
    pub fn shape(&self, at: usize) -> Shape {
        self.words.get(at).map_or(Shape::Sign, |w| w.shape)
    }

    /// Whether the word there has a capital first.
    pub fn capital(&self, at: usize) -> bool {
        matches!(self.shape(at), Shape::Capital | Shape::Initial | Shape::Upper)
    }

    /// Whether the word there is a possessive ending.
    pub fn possessive(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.before == Some('\'')) && self.word(at) == "s"
    }

    fn past_possessive(&self, at: usize) -> usize {
        at + usize::from(self.possessive(at))
    }

    fn hyphen_before(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.before == Some('-'))
    }

    /// The longest name of the tables that begins there: its end and what it stands for.
    pub fn name_at(&self, at: usize) -> Option<(usize, Entry, u32)> {
        let (length, node) = self.world.names.longest(self.cased.get(at..)?)?;
        // Numbers in lower case ("us", "who") are no names, since the words are matched as written.
        let mut entry = self.world.names.at(node).next()?;
        // "The Australian minister" is no newspaper's; "told The Australian" is.
        let article = |at: usize| at > 1 && self.has(at - 1, THE) && self.shape(at - 1) == Shape::Capital;
        if matches!(entry, Entry::Outlet(_)) && !article(at) {
            let state = self.world.names.at(node).find(|e| matches!(e, Entry::Government(..)));
            entry = state.unwrap_or(entry);
        }
        Some((at + length, entry, node))
    }

    /// The longest entry of `well_known.csv` that begins there: its end and what it is.
    pub fn well_known_at(&self, at: usize) -> Option<(usize, WellKnown)> {
        let (length, node) = self.world.well_known.longest(self.cased.get(at..)?)?;
        Some((at + length, self.world.well_known.at(node).next()?))
    }

    fn government_at(&self, at: usize) -> Option<(usize, Gov, Form)> {
        match self.name_at(at)? {
            (end, Entry::Government(government, form), _) => Some((end, government, form)),
            _ => None,
        }
    }

    fn title_at(&self, at: usize) -> Option<(usize, Entry, u32)> {
        let (length, node) = self.world.titles_trie.longest(self.lower.get(at..)?)?;
        let entry = self.world.titles_trie.at(node).next()?;
        Some((at + length, entry, node))
    }

    /// Every chunk of the sentence, in order. They do not overlap.
    pub fn chunks(&self, out: &mut Vec<Chunk>) {
        let mut at = 0;
        while at < self.words.len() {
            let found = if self.interesting(at) { self.chunk(at) } else { None };
            match found {
                Some(chunk) if chunk.words.1 > at => {
                    at = chunk.words.1;
                    out.push(chunk);
                }
                _ => at += 1,
            }
        }
    }

    fn interesting(&self, at: usize) -> bool {
        const START: Classes =
            FORMER | STANDING | FIELD | HOLDER | HOLDERS | ORGAN | HONORIFIC | RANK | NUMBER | PEOPLE | LANDS;
        let shape = self.shape(at);
        matches!(shape, Shape::Capital | Shape::Upper | Shape::Initial)
            || self.has(at, START)
            || (self.lower[at] != Vocabulary::UNKNOWN && shape == Shape::Lower && self.title_at(at).is_some())
    }

    fn chunk(&self, at: usize) -> Option<Chunk> {
        if let Some(group) = self.group(at) {
            return Some(group);
        }
        if let Some(titled) = self.titled(at) {
            return Some(titled);
        }
        if let Some((end, entry, _)) = self.name_at(at) {
            match entry {
                Entry::Government(government, form) => {
                    if let Some(chunk) = self.government(at, end, government, form) {
                        return Some(chunk);
                    }
                }
                Entry::Place(country) if !self.goes_on(end) || self.possessive(end) => {
                    return Some(Chunk { words: (at, end), what: What::Place(country) });
                }
                Entry::Outlet(outlet) if end > at + 1 || self.outlet_alone(at, outlet) => {
                    return Some(Chunk { words: (at, end), what: What::Outlet(outlet) });
                }
                _ => {}
            }
        }
        if self.capital(at) {
            let (end, person) = self.name_run(at)?;
            if let Some(end) = self.place_called_after(at, end) {
                return Some(Chunk { words: (at, end), what: What::Unknown });
            }
            let name = Some((at, end));
            return Some(Chunk {
                words: (at, end),
                what: What::Person(Titled { name, person, determiner: self.determiner(at), ..Titled::default() }),
            });
        }
        None
    }

    /// The end of the name of a building or a street, where it begins with a person's: "Rafic Hariri International Airport".
    fn place_called_after(&self, at: usize, end: usize) -> Option<usize> {
        const PLACES: &[&str] = &[
            "airport",
            "university",
            "street",
            "avenue",
            "boulevard",
            "square",
            "hotel",
            "stadium",
            "bridge",
            "hospital",
            "institute",
            "library",
            "highway",
            "airbase",
            "museum",
            "prize",
            "foundation",
        ];
        let place = |word: usize| self.capital(word) && PLACES.iter().any(|place| self.is(word, place));
        let last = (at + 1..end + 2).find(|&word| place(word))?;
        let whole = (end..last).all(|word| self.is(word, "International") || self.is(word, "Memorial"));
        (end - at > 1 && whole).then_some(last + 1)
    }

    /// Whether one word is an outlet's name here: "the Guardian", but not "Guardian Council".
    fn outlet_alone(&self, at: usize, outlet: u16) -> bool {
        let article = self.world.outlets.get(outlet as usize).is_some_and(|o| o.article);
        !article || at > 0 && self.has(at - 1, THE) && !self.capital(at + 1)
    }

    /// What stands before a description that begins there.
    fn determiner(&self, at: usize) -> Determiner {
        let Some(before) = at.checked_sub(1) else { return Determiner::None };
        if self.possessive(before) {
            Determiner::Possessor
        } else if self.hyphen_before(at) {
            Determiner::None
        } else if self.has(before, THE) {
            Determiner::The
        } else if self.has(before, WHOSE) {
            Determiner::Whose
        } else if self.has(before, INDEFINITE) {
            Determiner::Indefinite
        } else {
            Determiner::None
        }
    }

    /// A government by itself, unless the words are part of another name ("Washington Street", "Jordan Smith").
    fn government(&self, at: usize, end: usize, government: Gov, form: Form) -> Option<Chunk> {
        let joined = self.hyphen_before(end);
        if !joined && matches!(form, Form::Name | Form::Capital) && !self.possessive(end) && self.goes_on(end) {
            return None;
        }
        // "George Washington", "Queen Victoria": a given name before it.
        if let Some(before) = at.checked_sub(1) {
            let given = self.world.given.get(self.cased(before) as usize).copied().unwrap_or(0) & 3 != 0;
            if given && self.capital(before) && end - at == 1 && matches!(form, Form::Name | Form::Capital) {
                return None;
            }
        }
        let place = match form {
            // "A delegation from Hamas": a movement is no place.
            Form::Name if self.world.governments[government as usize].kind == "authority" => false,
            Form::Name | Form::Capital => self.only_where(at, end, form),
            _ => false,
        };
        Some(Chunk { words: (at, end), what: What::Government { government, form, place } })
    }

    /// Whether a capitalised word follows that makes a longer name of what stands before it.
    fn goes_on(&self, end: usize) -> bool {
        self.shape(end) == Shape::Capital
            && !self.has(end, FUNCTION | CALENDAR | HOLDER | HOLDERS | ORGAN | HONORIFIC | FIELD | STANDING | FORMER)
            && self.name_at(end).is_none()
            && self.title_at(end).is_none()
            && !self.whole_is_titled()
    }

    /// Whether nearly every word is capitalised, as in a headline.
    fn whole_is_titled(&self) -> bool {
        let (mut letters, mut capitals) = (0, 0);
        for word in &self.words {
            match word.shape {
                Shape::Lower if word.classes & FUNCTION == 0 => letters += 1,
                Shape::Capital | Shape::Upper => {
                    letters += 1;
                    capitals += 1;
                }
                _ => {}
            }
        }
        letters > 3 && capitals * 10 > letters * 8
    }

    /// Whether the name of a land or city there only tells where something is.
    fn only_where(&self, at: usize, end: usize, form: Form) -> bool {
        if self.possessive(end) {
            return false;
        }
        // "MOSCOW (AP) -": a dateline.
        if at == 0 && self.opens_block && self.dateline(end) {
            return true;
        }
        // "Washington, D.C.", "Paris, France": the outer place follows.
        let mut before = at;
        while before > 0 && (self.has(before - 1, THE) || self.has(before - 1, STANDING) || self.is(before - 1, "war"))
        {
            before -= 1;
        }
        // "in Russia and China", "in Moscow, Kyiv and Minsk": the preposition stands before the whole list.
        for _ in 0..4 {
            if before < 2 || !(self.is(before - 1, "and") || self.is(before - 1, ",") || self.is(before - 1, "or")) {
                break;
            }
            let Some(from) = (1..=3).filter_map(|n| (before - 1).checked_sub(n)).find(|&from| {
                self.government_at(from)
                    .is_some_and(|(e, _, f)| e == before - 1 && matches!(f, Form::Name | Form::Capital))
            }) else {
                break;
            };
            before = from;
        }
        let Some(previous) = before.checked_sub(1) else { return false };
        if self.has(previous, LOCATIVE) && !self.is(previous, "via") {
            // "confidence in Russia", "interest in China" weigh the government, but nobody is met there either.
            return true;
        }
        if self.has(previous, REACH) {
            return form == Form::Capital || self.has(previous, REACH);
        }
        let moved = || (1..=3).filter_map(|n| previous.checked_sub(n)).any(|p| self.has(p, MOTION));
        if self.is(previous, "from") {
            let spoken = (1..=4).filter_map(|n| previous.checked_sub(n)).any(|p| self.has(p, SPOKEN));
            return moved() || form == Form::Capital && !spoken;
        }
        if self.is(previous, "to") || self.is(previous, "towards") || self.is(previous, "toward") {
            return moved();
        }
        if self.is(previous, "for") {
            const LEFT: [&str; 6] = ["left", "leave", "leaves", "leaving", "departed", "bound"];
            return previous.checked_sub(1).is_some_and(|verb| LEFT.iter().any(|left| self.is(verb, left)));
        }
        // "Moscow time", "Kyiv suburb", "Geneva talks": the city as a modifier.
        if form == Form::Capital && self.shape(end) == Shape::Lower && !self.possessive(end) {
            return [
                "time",
                "suburb",
                "suburbs",
                "airport",
                "region",
                "talks",
                "summit",
                "meeting",
                "conference",
                "hotel",
                "street",
                "bureau",
            ]
            .iter()
            .any(|noun| self.is(end, noun))
                && at > 0
                && !self.is(end, "talks");
        }
        false
    }

    fn dateline(&self, end: usize) -> bool {
        if self.is(end, ",") && self.has(end + 1, CALENDAR) {
            return true;
        }
        let mut at = end;
        // Up to "-", within a few words: "(AP)", ", Feb. 12", "(Xinhua)", "/".
        while at < end + 12 {
            let Some(word) = self.words.get(at) else {
                // A dateline is a sentence of its own, and its dash no word.
                let rest = self.words.last().and_then(|last| self.text.get(last.end as usize..)).unwrap_or("");
                return rest.trim_start_matches(['.', ')', ' ']).starts_with(['-', '\u{2013}', '\u{2014}']);
            };
            let sign = self.word(at);
            if matches!(sign, "\u{2014}" | "\u{2013}" | "--" | ":") {
                return true;
            }
            let gap = self.text.get(self.words[at - 1].end as usize..word.start as usize).unwrap_or("");
            if gap.contains("- ") || gap.contains("--") {
                return true;
            }
            if word.shape == Shape::Lower && !self.has(at, CALENDAR) {
                return false;
            }
            at += 1;
        }
        false
    }

    /// A description, a title, or a title with a name, if one begins there.
    fn titled(&self, start: usize) -> Option<Chunk> {
        let mut t = Titled { determiner: self.determiner(start), ..Titled::default() };
        let mut at = start;
        let mut body: Option<(Stretch, Option<u32>)> = None;
        let mut organ: Option<usize> = None;
        let mut field: Option<usize> = None;
        let mut after_government = false;
        let mut found = None;
        while at < self.words.len() && at < start + 14 {
            // A hyphen ends it ("Russian-backed"), unless a government or a standing follows ("U.S.-Russian", "vice-president").
            if at > start
                && self.hyphen_before(at)
                && self.government_at(at).is_none()
                && self.title_at(at).is_none()
                && !self.has(at, STANDING | FIELD | HOLDER | HOLDERS | ORGAN)
            {
                return None;
            }
            let name = self.name_at(at);
            let title = self.title_at(at);
            let title_longer = match (&name, &title) {
                // "U.S. Treasury Secretary": the secretary's country, not the treasury's.
                (Some((name_end, Entry::Government(..), _)), Some((_, Entry::Body(_), _)))
                    if matches!(self.title_at(*name_end), Some((_, Entry::Office(_), _))) =>
                {
                    false
                }
                (Some((name_end, ..)), Some((title_end, ..))) => title_end > name_end,
                (None, Some(_)) => true,
                _ => false,
            };
            if let (Some((end, entry, node)), false) = (name, title_longer) {
                match entry {
                    Entry::Government(_, Form::People) => return None,
                    Entry::Government(government, Form::Metonym) => {
                        if at > start
                            && !after_government
                            && t.governments.is_empty()
                            && body.is_none()
                            && field.is_some()
                        {
                            return None;
                        }
                        body = Some(((at, end), None));
                        organ = None;
                        t.governments = vec![government];
                        at = self.past_possessive(end);
                        after_government = false;
                        continue;
                    }
                    Entry::Government(government, form) => {
                        if body.is_some() || organ.is_some() || field.is_some() {
                            return None;
                        }
                        if form == Form::Capital && !self.possessive(end) && !self.title_follows(end) {
                            return None;
                        }
                        // "Russia's Security Council" is none of the United Nations.
                        if after_government && end > at + 1 && self.has(end - 1, ORGAN) {
                            body = Some(((at, end), None));
                            at = self.past_possessive(end);
                            after_government = false;
                            continue;
                        }
                        t.governments.push(government);
                        after_government = true;
                        at = self.past_possessive(end);
                        // "Turkish and Qatari", "French, German and Italian".
                        if (self.is(at, "and") || self.is(at, ",") || self.is(at, "/"))
                            && self
                                .government_at(at + 1)
                                .is_some_and(|(_, _, f)| matches!(f, Form::Adjective | Form::Name))
                        {
                            at += 1;
                        } else if self.is(at, ",") && self.is(at + 1, "and") && self.government_at(at + 2).is_some() {
                            at += 2;
                        }
                        continue;
                    }
                    Entry::Body(office) => {
                        if let Some(government) = self.world.offices.get(office as usize).and_then(|o| o.government)
                            && t.governments.is_empty()
                        {
                            t.governments.push(government);
                        }
                        body = Some(((at, end), None));
                        at = self.past_possessive(end);
                        continue;
                    }
                    // "06:47 PM ET"
                    Entry::Office(_) if at > 0 && self.shape(at - 1) == Shape::Digit => return None,
                    Entry::Office(_) => {
                        t.office = Some(node);
                        t.abbreviated = true;
                        found = Some((at, end));
                        break;
                    }
                    Entry::Outlet(outlet)
                        if end == at + 1 && !self.outlet_alone(at, outlet) && self.title_follows(at) =>
                    {
                        at = end;
                        continue;
                    }
                    Entry::Person(_) | Entry::Outlet(_) | Entry::Place(_) => return None,
                }
            }
            if let Some((end, entry, node)) = title {
                match entry {
                    Entry::Body(_) => {
                        body = Some(((at, end), Some(node)));
                        organ = None;
                        at = self.past_possessive(end);
                        after_government = false;
                        if at > end && !self.title_follows(at) {
                            break;
                        }
                        continue;
                    }
                    _ => {
                        t.office = Some(node);
                        found = Some((at, end));
                        // "the Vice President and Prime Minister Holness" are two, though one sheikh holds both offices.
                        let and = (at + 1..end).find(|&and| self.is(and, "and") && self.has(and - 1, HOLDER));
                        if let (Some(and), Determiner::The, true) = (and, t.determiner, t.governments.is_empty()) {
                            t.office = self.world.titles_trie.longest(&self.lower[at..and]).map(|(_, node)| node);
                            found = Some((at, and));
                        }
                        break;
                    }
                }
            }
            if self.has(at, HOLDER | HOLDERS) && !self.ends_title(at) {
                found = Some((at, at + 1));
                break;
            }
            if self.has(at, FORMER) {
                t.former = true;
                at += 1;
                continue;
            }
            if self.has(at, ORGAN) {
                organ = Some(at);
                at = self.past_possessive(at + 1);
                if self.possessive(at - 1) && !self.title_follows(at) {
                    break;
                }
                continue;
            }
            if self.has(at, STANDING) {
                at += 1;
                continue;
            }
            if self.has(at, FIELD) || (self.is(at, "and") && field.is_some() && self.has(at + 1, FIELD)) {
                field = field.or(Some(at));
                at += 1;
                continue;
            }
            break;
        }
        if let Some((from, end)) = found {
            t.body = body.map(|(words, _)| words);
            return self.holder(start, t, (field.or(organ).filter(|&f| f < from).unwrap_or(from), from, end));
        }
        // No holder: perhaps a body.
        if let Some((words, node)) = body {
            let end = words.1.max(organ.map_or(0, |o| o + 1));
            return self.body(start, end, t, node);
        }
        if let Some(organ) = organ {
            return self.body(start, organ + 1, t, None);
        }
        if self.has(start, HONORIFIC | RANK) || self.style(start) > start {
            return self.addressed(start);
        }
        None
    }

    /// Whether a word that names a holder is here a rank before a name or part of another phrase.
    fn ends_title(&self, at: usize) -> bool {
        // "general" in "general assembly", "chief" in "chief negotiator", "deputy" in "deputy minister".
        (self.is(at, "general")
            || self.is(at, "chief")
            || self.is(at, "deputy")
            || self.is(at, "head")
            || self.is(at, "source"))
            && self.shape(at) == Shape::Lower
            && (self.has(at + 1, HOLDER | HOLDERS | FIELD | ORGAN) || self.title_at(at + 1).is_some())
            || self.is(at, "deputy")
                && (self.has(at + 1, HOLDER | HOLDERS | FIELD)
                    || self.title_at(at + 1).is_some()
                    || matches!(self.name_at(at + 1), Some((_, Entry::Office(_), _))))
            || self.is(at, "chief") && self.has(at + 1, HOLDER | HOLDERS | FIELD)
    }

    /// Whether a title, a field or a standing stands there.
    fn title_follows(&self, at: usize) -> bool {
        self.has(at, HOLDER | HOLDERS | FIELD | ORGAN | STANDING | FORMER) || self.title_at(at).is_some()
    }

    /// Completes a description from its noun on: what it is of, and the name.
    fn holder(&self, start: usize, mut t: Titled, (from, head_from, mut end): (usize, usize, usize)) -> Option<Chunk> {
        // "director general", "Secretary General", "vice president-elect".
        while self.has(end, HOLDER)
            && !self.possessive(end)
            && self.words[end].before.is_none_or(|c| c != '.')
            && (self.is(end, "general") || self.capital(end) == self.capital(end - 1))
            && !(self.capital(end) && self.has(end, RANK) && !self.is(end, "general"))
        {
            end += 1;
        }
        if let Some((longer, Entry::Office(_), node)) = self.title_at(head_from)
            && longer >= end
            && !self.is(end, "and")
        {
            t.office = Some(node);
            end = longer;
        }
        let mut head = end - 1;
        // The noun is the first of "minister of state", the last of "prime minister".
        for at in head_from..end {
            if self.has(at, HOLDER | HOLDERS) {
                head = at;
                if self.has(at, HOLDERS) || self.has(at + 1, FUNCTION) {
                    break;
                }
            }
        }
        t.head = Some(head);
        t.plural = self.has(head, HOLDERS) || t.abbreviated && self.word(head).ends_with('s');
        let noun = self.word(head).to_ascii_lowercase();
        // "His Iraqi colleague"; a colleague of no country may sit in the same cabinet.
        if noun.starts_with("colleague") && (t.governments.is_empty() || head > from) {
            return None;
        }
        t.counterpart = noun.starts_with("counterpart") || noun.starts_with("colleague");
        t.gender = self.words[head].classes & (MALE | FEMALE);
        if self.hyphen_before(end) && (self.is(end, "elect") || self.is(end, "designate")) {
            t.elect = true;
            end += 1;
        } else if self.hyphen_before(end) {
            return None;
        }
        t.title = Some((from, end));
        // "Deputy Prime Minister and Foreign Minister Ishaq Dar": two offices of one person.
        let one_person = t.determiner != Determiner::The || !t.governments.is_empty();
        let joint = self.joint(end);
        if (joint > end || self.dashed(end))
            && !t.plural
            && one_person
            && (!self.is(end, "and") || !self.is(head, "president"))
            && let Some((second, Entry::Office(_), _)) = self.title_at(joint)
            && self.name_run(second).is_some()
            && self.capital(joint)
            && self.capital(head)
        {
            t.title = Some((from, second));
            end = second;
        }
        if let (None, true, Some((_, Entry::Office(_), node))) = (t.office, self.is(end, "("), self.name_at(end + 1)) {
            t.office = Some(node);
            t.abbreviated = true;
        }
        end = self.parenthesis(end);
        end = self.complements(&mut t, from, end);
        end = self.parenthesis(end);
        end = self.second_title(&t, end);
        // The name, after forms of address and ranks.
        let mut at = end;
        if self.has(at, WHOSE) && self.has(at + 1, HONORIFIC) {
            at += 1;
        }
        while self.has(at, HONORIFIC | RANK) && self.capital(at) && self.name_after_rank(at + 1) {
            t.gender |= self.words[at].classes & (MALE | FEMALE);
            at += 1;
        }
        if self.capital(at)
            && !self.hyphen_before(at)
            && !(t.plural && t.counterpart)
            && let Some((name_end, person)) = self.name_run(at)
        {
            t.name = Some((at, name_end));
            t.person = person;
            let mut last = name_end;
            if t.governments.is_empty() && self.is(last, "of") {
                let land = last + 1 + usize::from(self.is(last + 1, "the"));
                if let Some((land_end, government, Form::Name)) = self.government_at(land) {
                    t.governments.push(government);
                    last = land_end;
                }
            }
            return Some(Chunk { words: (start, last), what: What::Person(t) });
        }
        // Without a name, it needs something that picks it out.
        let apposed = start >= 2 && self.is(start - 1, ",") && self.capital(start - 2);
        let picked = t.determiner != Determiner::None || !t.governments.is_empty() || t.body.is_some() || apposed;
        let weak = t.abbreviated && t.governments.is_empty() && t.determiner == Determiner::None;
        if !picked || weak {
            return None;
        }
        if t.plural && t.governments.is_empty() && t.body.is_none() && matches!(t.determiner, Determiner::The) {
            let first = start - 1;
            return Some(Chunk { words: (first, end), what: What::Group { count: 0, people: true, head } });
        }
        Some(Chunk { words: (start, end), what: What::Nominal(t) })
    }

    /// Whether a dash between blanks stands before the word there.
    fn dashed(&self, at: usize) -> bool {
        matches!(self.gap(at), " - " | " \u{2013} " | " \u{2014} ")
    }

    /// Past what joins two titles of one person: "and", "&", "/" or a dash.
    fn joint(&self, at: usize) -> usize {
        at + usize::from(["and", "&", "/", "\u{2013}", "\u{2014}"].iter().any(|sign| self.is(at, sign)))
    }

    /// Past a second title that a rank and the name follow: "the President of Egypt and Commander-in-Chief, General …".
    fn second_title(&self, t: &Titled, at: usize) -> usize {
        let from = at + 1;
        if t.plural || !self.is(at, "and") || !self.capital(from) {
            return at;
        }
        let mut end = match self.title_at(from) {
            Some((end, Entry::Office(_), _)) => end,
            _ if self.has(from, HOLDER) => from + 1,
            _ => return at,
        };
        while self.hyphen_before(end) {
            end += 1;
        }
        if self.is(end, "of") {
            end = self.portfolio(end + 1 + usize::from(self.is(end + 1, "the")), true);
        }
        let name = end + usize::from(self.is(end, ","));
        let ranked = self.has(name, HONORIFIC | RANK) && self.capital(name) && self.name_after_rank(name + 1);
        if ranked { name } else { at }
    }

    /// Past "(DGMO)" or "(Americas)".
    fn parenthesis(&self, at: usize) -> usize {
        if !self.is(at, "(") {
            return at;
        }
        let close = (at + 1..at + 6).find(|&c| self.is(c, ")"));
        match close {
            Some(close) if (at + 1..close).all(|w| self.capital(w) || self.has(w, FUNCTION)) => close + 1,
            _ => at,
        }
    }

    /// Whether a name, or more forms of address, stands there.
    fn name_after_rank(&self, at: usize) -> bool {
        self.capital(at) && !self.has(at, FUNCTION | CALENDAR)
    }

    /// "of Russia", "for the Foreign Ministry", "of Foreign Affairs": takes up what a title is of and returns its end.
    fn complements(&self, t: &mut Titled, from: usize, mut end: usize) -> usize {
        let sent = t.head.is_some_and(|h| self.has(h, SENT));
        let anonymous = t.head.is_some_and(|h| {
            ["official", "officials", "source", "sources", "leaders", "diplomats", "diplomat"]
                .iter()
                .any(|n| self.is(h, n))
        });
        // "Officials in Baghdad" are Iraq's; diplomats are another's there.
        let posted = t.head.is_some_and(|h| self.is(h, "diplomats") || self.is(h, "diplomat"));
        for _ in 0..3 {
            let of = self.is(end, "of") || self.is(end, "from") || self.is(end, "representing");
            let inside = self.is(end, "in") || self.is(end, "at");
            let onto = self.is(end, "for") || self.is(end, "to") || self.is(end, "on");
            let with = self.is(end, "with");
            if !(of || onto || inside || with) || with && !t.plural {
                return end;
            }
            let mut at = end + 1;
            at += usize::from(self.is(at, "the"));
            // "with the three other countries - South Korea, China and Japan".
            if t.plural && (self.has(at, NUMBER) || self.has(at, LANDS) || self.is(at, "other")) {
                let mut list = at;
                while self.has(list, NUMBER | LANDS) || self.is(list, "other") || self.is(list, "remaining") {
                    list += 1;
                }
                let dash = ["\u{2013}", "\u{2014}", ":", ",", "(", "-"].iter().any(|sign| self.is(list, sign));
                let hyphen = self
                    .text
                    .get(self.words[list - 1].end as usize..self.words.get(list).map_or(0, |w| w.start as usize))
                    .is_some_and(|gap| gap.contains('-'));
                if let Some((_, last)) = self.government_list(list + usize::from(dash)).filter(|_| dash || hyphen) {
                    let (governments, _) = self.government_list(list + usize::from(dash)).unwrap_or_default();
                    t.governments = governments;
                    return last;
                }
                return end;
            }
            let listed = self.government_list(at);
            if let Some((governments, last)) = listed {
                if posted && inside {
                    end = self.government_at(at).map_or(last, |(one, ..)| one);
                    continue;
                }
                if inside && !anonymous
                    || onto && !(sent || self.is(end, "for") && anonymous)
                    || with && governments.len() < 2
                {
                    // "spokesman for Hamas" speaks for it; a minister "in Moscow" is only there.
                    let speaks = self.is(end, "for")
                        && t.head.is_some_and(|h| self.word(h).to_ascii_lowercase().starts_with("spokes"));
                    if !speaks {
                        return end;
                    }
                }
                // "ambassador to Turkey" serves whoever sent him.
                if sent && onto {
                    let single = self.government_at(at).map_or(last, |(one, ..)| one);
                    t.title = t.title.map(|(a, _)| (a, single));
                    end = single;
                    continue;
                }
                if !t.governments.is_empty() {
                    return end;
                }
                if t.plural {
                    t.governments = governments;
                    end = last;
                } else {
                    t.governments = governments.into_iter().take(1).collect();
                    end = self.government_at(at).map_or(last, |(one, ..)| one);
                }
                continue;
            }
            // A body: "for the Russian Foreign Ministry", "at the State Department".
            if let Some((governments, last)) = self.body_at(at) {
                if of || inside || self.is(end, "for") {
                    if t.governments.is_empty() {
                        t.governments = governments;
                    }
                    t.body = t.body.or(Some((at, last)));
                    end = last;
                    continue;
                }
                return end;
            }
            // "of Russia's Security Council".
            if of
                && let Some((land_end, government, Form::Name | Form::Capital)) = self.government_at(at)
                && self.possessive(land_end)
            {
                let from = land_end + 1;
                let last = (from..from + 6).take_while(|&i| self.capital(i) && !self.has(i, CALENDAR)).last();
                if let Some(last) = last.filter(|&last| self.has(last, ORGAN | INSTITUTION)) {
                    if t.governments.is_empty() {
                        t.governments.push(government);
                    }
                    t.body = t.body.or(Some((at, last + 1)));
                    end = last + 1;
                    continue;
                }
            }
            // "Special Envoy of the President of Kenya": the envoy is named after it.
            if of
                && sent
                && t.governments.is_empty()
                && let Some((title_end, Entry::Office(_), _)) = self.title_at(at)
                && self.is(title_end, "of")
                && let Some((land_end, government, Form::Name)) =
                    self.government_at(title_end + 1 + usize::from(self.is(title_end + 1, "the")))
            {
                t.governments.push(government);
                t.title = t.title.map(|(a, _)| (a, title_end));
                end = land_end;
                continue;
            }
            if inside || with {
                return end;
            }
            let last = self.portfolio(at, self.capital(from) || self.capital(end.saturating_sub(1)));
            if last == at {
                return end;
            }
            t.title = t.title.map(|(a, _)| (a, last));
            end = last;
        }
        end
    }

    /// A body with its governments, if one stands there: "Russian Foreign Ministry", "State Department".
    fn body_at(&self, at: usize) -> Option<(Vec<Gov>, usize)> {
        let mut governments = Vec::new();
        let mut from = at;
        if let Some((end, government, form)) = self.government_at(at) {
            governments.push(government);
            if form == Form::Metonym {
                return Some((governments, end));
            }
            from = self.past_possessive(end);
        }
        if let Some((end, Entry::Body(office), _)) = self.name_at(from).or_else(|| self.title_at(from)) {
            if governments.is_empty() {
                governments.extend(self.world.offices.get(office as usize).and_then(|o| o.government));
            }
            return Some((governments, end));
        }
        (from > at && self.has(from, ORGAN)).then_some((governments, from + 1))
    }

    /// Past the words of an office's field ("Foreign Affairs", "the Office of the Central Commission for Foreign Affairs").
    fn portfolio(&self, at: usize, capital: bool) -> usize {
        let mut end = at;
        let mut last = at;
        while end < at + 16 && end < self.words.len() {
            if self.has(end, PORTFOLIO) && (!capital || self.capital(end)) {
                end += 1;
                last = end;
            } else if (self.is(end, "and")
                || self.is(end, "of")
                || self.is(end, "the")
                || self.is(end, "for")
                || self.is(end, ",")
                || self.is(end, "&"))
                && last > at
            {
                end += 1;
            } else if (last > at || capital && self.capital(end + 1))
                && self.government_at(end).is_some_and(|(_, _, form)| form == Form::Adjective)
                && self.has(end + 1, PORTFOLIO)
            {
                end += 1;
            } else {
                break;
            }
        }
        last
    }

    /// Governments in a list: "South Korea, China and Japan".
    fn government_list(&self, at: usize) -> Option<(Vec<Gov>, usize)> {
        let mut governments = Vec::new();
        let mut end = at;
        let mut next = at;
        while let Some((last, government, form)) = self.government_at(next) {
            if !matches!(form, Form::Name | Form::Capital) || self.possessive(last) {
                break;
            }
            governments.push(government);
            end = last;
            next = last;
            if self.is(next, ",") {
                next += 1;
            }
            if self.is(next, "and") {
                next += 1;
            }
            next += usize::from(self.is(next, "the"));
            if next == last {
                break;
            }
        }
        // A body follows the last ("of the Russian Foreign Ministry"): then it is not a government that is meant.
        if governments.is_empty() || governments.len() == 1 && self.has(end, ORGAN | HOLDER | HOLDERS) {
            return None;
        }
        Some((governments, end))
    }

    /// A part of a government.
    fn body(&self, start: usize, end: usize, mut t: Titled, node: Option<u32>) -> Option<Chunk> {
        let mut last = end;
        // "Ministry of Industry", "Embassy of India", "government of Pakistan".
        if self.is(end, "of") || self.is(end, "for") {
            let at = end + 1 + usize::from(self.is(end + 1, "the"));
            if let (Some((government_end, government, Form::Name)), true) = (self.government_at(at), self.is(end, "of"))
            {
                if t.governments.is_empty() {
                    t.governments.push(government);
                    last = government_end;
                }
            } else {
                let field = self.portfolio(at, true);
                if field > at && self.capital(end - 1) {
                    last = field;
                    if self.is(last, "of") {
                        let land = last + 1 + usize::from(self.is(last + 1, "the"));
                        if let (Some((land_end, government, Form::Name)), true) =
                            (self.government_at(land), t.governments.is_empty())
                        {
                            t.governments.push(government);
                            last = land_end;
                        }
                    }
                }
            }
        }
        // "The Foreign Ministry in Seoul".
        if self.is(last, "in")
            && t.governments.is_empty()
            && let Some((_, government, Form::Capital)) = self.government_at(last + 1)
        {
            t.governments.push(government);
        }
        // "The Congress party", "the 5th Congress of Student Brigades", "the IV Congress".
        let congress = self.is(end.saturating_sub(1), "congress");
        let numbered = || {
            let before = start.checked_sub(1).map_or("", |at| self.word(at));
            let roman = !before.is_empty() && before.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
            roman || before.len() < 5 && before.starts_with(|c: char| c.is_ascii_digit())
        };
        let of_others = || last == end && self.is(end, "of") && t.governments.is_empty();
        if self.is(last, "party") || congress && (of_others() || numbered()) {
            return None;
        }
        let specific = node.is_some_and(|n| self.world.titles_trie.at(n).any(|e| self.body_government(e).is_some()));
        let plain = t.governments.is_empty() && !specific;
        if plain
            && !matches!(t.determiner, Determiner::The | Determiner::Whose | Determiner::Possessor)
            && !(self.capital(start) && start > 0)
        {
            return None;
        }
        if t.determiner == Determiner::Indefinite && plain {
            return None;
        }
        Some(Chunk {
            words: (start, last),
            what: What::Body { governments: t.governments, determiner: t.determiner, title: node, plain },
        })
    }

    fn body_government(&self, entry: Entry) -> Option<Gov> {
        match entry {
            Entry::Body(office) => self.world.offices.get(office as usize)?.government,
            _ => None,
        }
    }

    /// Past "H.E." before a name, and past the standing before a rank ("Senior Colonel").
    fn style(&self, at: usize) -> usize {
        if self.is(at, "H") && self.is(at + 1, "E") && self.get(at + 1).is_some_and(|w| w.before == Some('.')) {
            at + 2
        } else if self.has(at, STANDING) && self.has(at + 1, RANK) && self.capital(at) && self.capital(at + 1) {
            at + 1
        } else {
            at
        }
    }

    /// "Mr Lavrov", "Lt Gen Rajiv Ghai", "His Excellency …".
    fn addressed(&self, start: usize) -> Option<Chunk> {
        let mut t = Titled { determiner: self.determiner(start), addressed: true, ..Titled::default() };
        let mut at = self.style(start);
        while self.has(at, HONORIFIC | RANK) && self.capital(at) {
            t.gender |= self.words[at].classes & (MALE | FEMALE);
            at += 1;
        }
        if at == start || !self.name_after_rank(at) || at == start + 2 && self.title_follows(at) {
            return None;
        }
        let (end, person) = self.name_run(at)?;
        // "The General Intelligence Service" is no general's name.
        if (at..end).any(|word| self.has(word, ORGAN)) {
            return None;
        }
        t.name = Some((at, end));
        t.person = person;
        Some(Chunk { words: (start, end), what: What::Person(t) })
    }

    /// The name of a person that begins there: its end, and the person if the tables hold that name.
    pub fn name_run(&self, at: usize) -> Option<(usize, Option<u32>)> {
        if !self.capital(at)
            || self.has(at, FUNCTION | CALENDAR)
                && !self.name_at(at).is_some_and(|(_, e, _)| matches!(e, Entry::Person(_)))
        {
            return None;
        }
        let mut person = None;
        let mut end = at;
        match self.name_at(at) {
            Some((last, Entry::Person(known), _)) => {
                person = Some(known);
                end = last;
            }
            // "Sydney Mufamadi": a city's name may be a given name where another follows.
            Some((last, Entry::Place(_), _)) if self.goes_on(last) => {}
            Some((_, Entry::Government(..) | Entry::Outlet(_) | Entry::Body(_) | Entry::Place(_), _))
                if !self.given_name(at) =>
            {
                return None;
            }
            _ => {}
        }
        let whole = end;
        while end < self.words.len() && end < at + 7 {
            let word = &self.words[end];
            if end > at && word.before == Some('\'') && self.possessive(end) {
                break;
            }
            let name_like = match word.shape {
                Shape::Capital | Shape::Initial => word.classes & (CALENDAR) == 0 || self.hyphen_before(end),
                Shape::Upper => true,
                _ => false,
            };
            // A full stop that is not an initial's ends the name: "met Kerry. Lavrov".
            let stopped = end > at && word.before == Some('.') && !self.short(end - 1);
            let joined = end > at && matches!(word.before, Some('-') | Some('\''));
            if name_like && !stopped {
                let function = word.classes & FUNCTION != 0 && word.shape != Shape::Initial && !joined;
                let elsewhere = end > at
                    && !joined
                    && self.name_at(end).is_some_and(|(_, entry, _)| {
                        matches!(entry, Entry::Government(..) | Entry::Outlet(_) | Entry::Body(_) | Entry::Place(_))
                    });
                if function && end > at || elsewhere {
                    break;
                }
                end += 1;
                continue;
            }
            // "bin Salman", "von der Leyen", "al-Assad".
            let particle = word.shape == Shape::Lower && word.classes & PARTICLE != 0;
            if particle && end > at {
                let next = (end + 1..end + 3).find(|&n| !self.has(n, PARTICLE) || self.capital(n));
                if next.is_some_and(|n| self.capital(n) && !self.has(n, CALENDAR)) && !self.is(end, "e") {
                    end += 1;
                    continue;
                }
            }
            if joined && word.shape == Shape::Lower && word.before == Some('-') {
                // "Jong-un", "Kuo-yu"; but not "Putin-led".
                let short = word.end - word.start <= 5
                    && !["led", "style", "based", "era", "like", "born", "run"].contains(&self.word(end));
                if short {
                    end += 1;
                    continue;
                }
            }
            break;
        }
        if end == at {
            return None;
        }
        // "Cho Hyun-dong" is not the "Cho Hyun" of the tables.
        person = person.filter(|_| whole >= end || self.words[whole].before != Some('-'));
        // ", Jr."
        if self.is(end, ",") && (self.is(end + 1, "Jr") || self.is(end + 1, "Sr")) {
            end += 2;
        }
        Some((end, person))
    }

    /// Whether a full stop after the word there is likely an abbreviation's.
    fn short(&self, at: usize) -> bool {
        self.shape(at) == Shape::Initial
            || self.has(at, HONORIFIC | RANK)
            || self.words.get(at).is_some_and(|w| w.end - w.start <= 3)
    }

    /// Whether the word there is a given name that we know.
    pub fn given_name(&self, at: usize) -> bool {
        self.world.given.get(self.cased(at) as usize).copied().unwrap_or(0) & 3 != 0
    }

    /// "the two", "both sides", "the two foreign ministers", "the leaders".
    fn group(&self, at: usize) -> Option<Chunk> {
        let both = self.is(at, "both");
        let before = at.checked_sub(1);
        let definite = !both && before.is_some_and(|b| self.has(b, THE | WHOSE) || self.is(b, "our"));
        let start = if definite { at - 1 } else { at };
        let count = match () {
            () if both => 2,
            () if self.has(at, NUMBER) && definite => ["two", "three", "four", "five", "six", "seven"]
                .iter()
                .position(|n| self.is(at, n))
                .map_or(0, |n| n + 2),
            () => 0,
        };
        let mut end = if count > 0 { at + 1 } else { at };
        if count == 0 && !definite || self.hyphen_before(end) {
            return None;
        }
        if count > 0 && (self.is(end, "the") || self.is(end, "of")) {
            return None;
        }
        // Up to three words of field or standing, then the noun.
        let noun = (end..end + 4).find(|&n| {
            !self.has(n, FIELD | STANDING)
                && !self.is(n, "neighboring")
                && !self.is(n, "neighbouring")
                && !self.is(n, "nuclear")
                || self.has(n, LANDS | PEOPLE)
        });
        if let Some(noun) = noun {
            let named = self.is(noun, "heads") && self.is(noun + 1, "of");
            let people = self.has(noun, PEOPLE | HOLDERS);
            let whose = before.is_some_and(|b| self.has(b, WHOSE));
            if (people || self.has(noun, LANDS))
                && !(whose && count == 0)
                && (count > 0 || self.has(noun, PEOPLE | HOLDERS | LANDS))
                && self.shape(noun) == Shape::Lower
                && (count > 0
                    || !self.is(noun + 1, "of")
                        && !self.is(noun + 1, "from")
                        && !self.is(noun + 1, "in")
                        && !self.possessive(noun + 1)
                    || named && self.has(noun + 2, FIELD))
                && !(count == 0 && noun > end + 2)
            {
                // "the officials" and "the states" without a number are those of the last sentence, or nobody.
                let vague = [
                    "officials",
                    "states",
                    "rivals",
                    "powers",
                    "allies",
                    "enemies",
                    "economies",
                    "commanders",
                    "generals",
                    "men",
                    "women",
                    "colleagues",
                    "heads",
                    "chiefs",
                    "partners",
                    "neighbors",
                    "neighbours",
                    "nations",
                    "governments",
                    "capitals",
                ];
                if count == 0 && vague.iter().any(|v| self.is(noun, v)) {
                    return None;
                }
                return Some(Chunk { words: (start, noun + 1), what: What::Group { count, people, head: noun } });
            }
        }
        if count == 0 {
            // "the pair", "the duo"
            if definite && (self.is(at, "pair") || self.is(at, "duo")) {
                return Some(Chunk { words: (start, at + 1), what: What::Group { count: 2, people: true, head: at } });
            }
            return None;
        }
        // "the two spoke": what follows must be no noun that they count.
        const AFTER: &str = " had have has spoke speak met meet are were will would could should did do also agreed discussed talked exchanged held \
            hold then last have're stressed vowed pledged reviewed underlined emphasized reaffirmed expressed said say plan planned \
            still never first later shook noted condemned share shared know see saw want wanted appeared sat is being , . ; ) ";
        let next = self.word(end);
        if next.is_empty() || AFTER.split_whitespace().any(|w| w == next) {
            end = end.min(self.words.len());
            return Some(Chunk { words: (start, end), what: What::Group { count, people: true, head: end - 1 } });
        }
        None
    }
}
