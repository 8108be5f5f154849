//! Who is named: governments, organizations, offices and people, and what refers back to them.
//!
//! `world` compiles the tables of `data/world`; `scan` finds, sentence by sentence, the stretches of words that speak of
//! somebody; `link` finds out who is meant, offices by the document's date; `pronouns` links what refers back.

mod hints;
mod lexicon;
mod link;
mod lookup;
pub mod names;
mod pronouns;
mod scan;
mod tables;
mod words;
mod world;

pub(crate) use lexicon::Map as QuickMap;
pub use lookup::{Answer, Held};
pub use world::{Tables, World};

use crate::language::Sentence;
use crate::page::Page;
use crate::span::Span;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A state, or an authority that acts as one, as a whole ("Moscow", "the United States", "the Taliban").
    Government,
    /// A part of a government that speaks or acts for it ("the State Department", "the Kremlin").
    Body,
    /// An international organization.
    Organization,
    /// A newspaper, agency or broadcaster.
    Outlet,
    /// A place that only says where.
    Place,
    /// Several of the above ("the two", "both sides", "Kerry and Hagel").
    Group,
}

/// Somebody that the document speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// How the record calls it: a person's full name, a body's name as the text gives it, a government's name.
    pub name: String,
    /// The person's full name, where it is a known or fully named person.
    pub person: Option<String>,
    /// ISO 3166-1 alpha-3, or the organization's code.
    pub government: Option<String>,
    /// The office held ("Secretary of State"), at the date of the document.
    pub office: Option<String>,
    /// The kind of that office in `offices.csv` (`foreign_minister`, `spokesperson_foreign`, …).
    pub office_kind: Option<String>,
    /// Whether the text or the tables say that the office is no longer held.
    pub former: bool,
    /// For a group, the indices of its members in [`Cast::entities`].
    pub members: Vec<usize>,
}

/// How the text refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By name, with or without a title.
    Name,
    /// By office or description ("the Russian foreign minister", "his U.S. counterpart", "a senior State Department official").
    Nominal,
    /// By pronoun.
    Pronoun,
    /// An adjective or possessive of a government ("Russian", "U.S.") that is not part of a longer mention.
    Adjective,
    /// Several at once ("the two", "both sides").
    Group,
}

/// One place in the text where an entity is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, title and all ("Russian Foreign Minister Sergei Lavrov").
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// First token in that sentence.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// Index in [`Cast::entities`].
    pub entity: usize,
}

/// Everybody in a document, and where.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// Entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// Mentions, in order of their start; longer first. They do not overlap, except that a `Group` may hold others.
    pub mentions: Vec<Mention>,
}

impl Cast {
    /// The mentions of one sentence, in order.
    pub fn of_sentence(&self, sentence: usize) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.sentence < sentence);
        let length = self.mentions[from..].partition_point(|m| m.sentence == sentence);
        &self.mentions[from..from + length]
    }

    /// The entity of a mention.
    pub fn entity(&self, mention: &Mention) -> Option<&Entity> {
        self.entities.get(mention.entity)
    }

    /// The mention that holds a token: the shortest, so a member rather than its group.
    pub fn at(&self, sentence: usize, token: usize) -> Option<&Mention> {
        self.of_sentence(sentence)
            .iter()
            .filter(|m| (m.first..m.end).contains(&token))
            .min_by_key(|m| (m.end - m.first, m.kind == MentionKind::Group))
    }

    /// The governments of an entity, its members' for a group, without repetition, in order.
    pub fn governments(&self, entity: usize) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        let Some(record) = self.entities.get(entity) else { return codes };
        let members = record.members.iter().filter_map(|m| self.entities.get(*m));
        for code in std::iter::once(record).chain(members).filter_map(|e| e.government.as_deref()) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }
}

/// Finds names, offices and descriptions in every sentence, from words alone: no tags or trees are needed.
/// `published` is the document's date (`YYYY-MM-DD…`), against which offices are resolved.
pub fn find(world: &World, page: &Page, sentences: &[Sentence], published: Option<&str>) -> Cast {
    link::link(world, page, sentences, published)
}

/// The flat names of people, organizations and places, whether the tables know them or not, without titles and in order.
/// Only [`EntityKind::Person`], [`EntityKind::Organization`] and [`EntityKind::Place`] (countries are places) are told apart.
pub fn names(world: &World, text: &str, sentences: &[Sentence]) -> Vec<(Span, EntityKind)> {
    names::names(world, text, sentences)
}

/// Links pronouns, "the two", "both sides" and the like in the sentences that have trees.
pub fn resolve(world: &World, page: &Page, sentences: &[Sentence], cast: &mut Cast) {
    pronouns::resolve(world, page, sentences, cast);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Block;

    /// Reads sentences one a line, and prints each mention as `words = name/government`.
    fn read(text: &str, date: &str) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            blocks.push(Block { kind: crate::codes::BlockKind::Paragraph, span: Span::new(at, end) });
            at += line.len();
        }
        let page = Page { text: text.to_string(), blocks, ..Page::default() };
        let sentences = crate::language::split(&page.text, &page.blocks);
        let world = World::shipped();
        let mut cast = find(&world, &page, &sentences, Some(date));
        resolve(&world, &page, &sentences, &mut cast);
        let label = |index: usize| {
            let e = &cast.entities[index];
            format!("{}/{}", e.person.as_deref().unwrap_or(&e.name), e.government.as_deref().unwrap_or("-"))
        };
        cast.mentions
            .iter()
            .map(|m| {
                let e = &cast.entities[m.entity];
                let whom = if e.members.is_empty() {
                    label(m.entity)
                } else {
                    e.members.iter().map(|m| label(*m)).collect::<Vec<_>>().join(" + ")
                };
                format!("{} = {whom}", m.span.of(&page.text))
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, date: &str, expected: &[&str]) {
        let found = read(text, date);
        for want in expected {
            assert!(found.iter().any(|f| f == want), "{want} is not among {found:#?}");
        }
    }

    #[test]
    fn titles_names_and_offices_by_date() {
        check(
            "The Russian foreign minister wrote to Secretary of State John Kerry.\nKerry will answer Mr. Lavrov.",
            "2013-02-16",
            &[
                "Russian foreign minister = Sergey Lavrov/RUS",
                "Secretary of State John Kerry = John Kerry/USA",
                "Kerry = John Kerry/USA",
                "Mr. Lavrov = Sergey Lavrov/RUS",
            ],
        );
        check("The U.S. secretary of state left.", "2010-05-01", &["U.S. secretary of state = Hillary Clinton/USA"]);
    }

    #[test]
    fn what_a_word_of_several_meanings_is() {
        check("He met the Australian leader.", "2017-02-02", &["Australian leader = Malcolm Turnbull/AUS"]);
        check("Congolese officials left.", "2017-02-02", &["Congolese officials = Congolese officials/COD"]);
        check(
            "Iran's president called his Iraqi colleague.",
            "2023-07-20",
            &["Iraqi colleague = Mohammed Shia al-Sudani/IRQ"],
        );
        check(
            "The Somali envoy left on Friday.\nAmbassador Rosa Quispe said that she would return.",
            "2019-02-17",
            &["Ambassador Rosa Quispe = Rosa Quispe/SOM"],
        );
    }

    #[test]
    fn counterparts_by_office() {
        check(
            "Foreign Minister Sergei Lavrov met his Turkish and Iranian counterparts.",
            "2016-09-01",
            &["Turkish and Iranian counterparts = Mevlüt Çavuşoğlu/TUR + Mohammad Javad Zarif/IRN"],
        );
        check(
            "President Barack Obama wrote to his Iranian counterpart.",
            "2013-10-01",
            &["Iranian counterpart = Hassan Rouhani/IRN"],
        );
    }

    #[test]
    fn two_of_one_surname_stay_apart() {
        let found = read(
            "Former President Bill Clinton joined Secretary of State Hillary Clinton.\nMr. Clinton spoke first.",
            "2011-03-01",
        );
        assert!(found.contains(&"Mr. Clinton = Bill Clinton/USA".to_string()), "{found:#?}");
    }

    #[test]
    fn people_unknown_to_the_tables_get_title_and_country() {
        check(
            "Peruvian Deputy Trade Minister Rosa Quispe Huaman called.\nQuispe Huaman said so.",
            "2019-03-01",
            &[
                "Peruvian Deputy Trade Minister Rosa Quispe Huaman = Rosa Quispe Huaman/PER",
                "Quispe Huaman = Rosa Quispe Huaman/PER",
            ],
        );
    }

    #[test]
    fn two_titles_before_one_name() {
        check(
            "President of Peru and Commander-in-Chief, General Rosa Quispe Huaman met the Chilean envoy.",
            "2031-01-01",
            &["President of Peru and Commander-in-Chief, General Rosa Quispe Huaman = Rosa Quispe Huaman/PER"],
        );
        let found = read("The Peruvian Minister of State, Minister of Trade, Rosa Quispe Huaman, left.", "2031-01-01");
        let named = |m: &&String| m.as_str() == "Rosa Quispe Huaman = Rosa Quispe Huaman/PER";
        assert_eq!(found.iter().filter(named).count(), 1, "{found:#?}");
        check(
            "H.E. Dr. Rosa Quispe, Minister of Trade of Peru, left.",
            "2031-01-01",
            &["H.E. Dr. Rosa Quispe = Rosa Quispe/PER"],
        );
        check(
            "The Deputy Chairman of Peru's Security Council, Rosa Quispe, left.",
            "2031-01-01",
            &["Rosa Quispe = Rosa Quispe/PER"],
        );
    }

    #[test]
    fn those_who_lead_need_no_introduction() {
        check(
            "Ethiopian Prime Minister Abiy Ahmed is in Rome.\nAbiy spoke with Kenyan President William Ruto on Sunday.",
            "2024-03-19",
            &["Abiy = Abiy Ahmed/ETH", "Kenyan President William Ruto = William Ruto/KEN"],
        );
        check("The envoy wrote to Ruto on Sunday.", "2024-03-19", &["Ruto = William Ruto/KEN"]);
        check(
            "The envoy of Samoa met Zambian President Mwila Chansa.",
            "2031-01-01",
            &["Zambian President Mwila Chansa = Mwila Chansa/ZMB"],
        );
        assert!(!read("The envoy wrote to Ruto on Sunday.", "2009-03-19").iter().any(|m| m.starts_with("Ruto =")));
    }

    #[test]
    fn capitals_speak_or_are_only_where() {
        check(
            "Moscow rejected the note.\nThe envoys met in Moscow.\nHe flew to Berlin.",
            "2014-05-01",
            &["Moscow = Russia/RUS", "Moscow = Moscow/RUS", "Berlin = Berlin/DEU"],
        );
    }

    #[test]
    fn offices_are_read_with_the_country_after_them() {
        check(
            "The president of Kenya called the King of Jordan.",
            "2024-03-04",
            &["president of Kenya = William Ruto/KEN", "King of Jordan = Abdullah II/JOR"],
        );
    }

    #[test]
    fn what_every_country_has_is_nobody_in_particular() {
        let found = read("The envoy left the MFA.", "2024-03-04");
        assert!(!found.iter().any(|m| m.contains('/')), "{found:?}");
        check("The Foreign Ministry in Lima replied.", "2024-03-04", &["Foreign Ministry = Foreign Ministry/PER"]);
    }

    #[test]
    fn a_hyphenated_name_is_its_own() {
        let found = read("Vice foreign minister Cho Hyun-dong spoke in Seoul.", "2023-01-19");
        assert!(
            found.iter().any(|m| m.contains("Cho Hyun-dong")) && !found.iter().any(|m| m.contains("= Cho Hyun/")),
            "{found:?}"
        );
    }

    #[test]
    fn the_north_is_a_state_where_both_koreas_are_spoken_of() {
        check(
            "South Korea rang North Korea.\nThe North did not answer the South.",
            "2023-04-10",
            &["North = North Korea/PRK", "South = South Korea/KOR"],
        );
        assert!(!read("The North of Mali is calm.", "2023-04-10").iter().any(|m| m.ends_with("/PRK")));
    }

    #[test]
    fn groups_have_members() {
        check(
            "President Vladimir Putin called President Emmanuel Macron.\nThe two presidents spoke for an hour.\nBoth sides were content.",
            "2021-05-01",
            &["The two presidents = Vladimir Putin/RUS + Emmanuel Macron/FRA", "Both sides = Russia/RUS + France/FRA"],
        );
        check(
            "She wrote to the foreign ministers of South Korea, China and Japan.",
            "2013-05-01",
            &["foreign ministers of South Korea, China and Japan = Yun Byung-se/KOR + Wang Yi/CHN + Fumio Kishida/JPN"],
        );
    }

    #[test]
    fn two_offices_joined_by_and_are_two_people() {
        check(
            "Vice President Kamala Harris met Prime Minister Andrew Holness of Jamaica.\nThe Vice President and Prime Minister Holness spoke.",
            "2022-08-08",
            &["Vice President = Kamala Harris/USA", "Prime Minister Holness = Andrew Holness/JAM"],
        );
    }

    #[test]
    fn anonymous_officials_keep_their_government() {
        check(
            "A senior State Department official declined to comment.",
            "2013-02-16",
            &["senior State Department official = senior State Department official/USA"],
        );
    }

    #[test]
    fn pronouns_follow_gender() {
        check(
            "Angela Merkel met Vladimir Putin.\nShe told him so.",
            "2014-05-01",
            &["She = Angela Merkel/DEU", "him = Vladimir Putin/RUS"],
        );
    }

    #[test]
    fn a_ministry_is_that_of_the_side_which_acts() {
        let ruto = "Kenyan President William Ruto rang Somali President Hassan Sheikh Mohamud";
        check(
            &format!("{ruto}, the foreign ministry said."),
            "2024-03-04",
            &["foreign ministry = foreign ministry/KEN"],
        );
        check(&format!("{ruto}, his office said."), "2024-03-04", &["office = office/KEN"]);
        check(
            &format!("{ruto}, spokeswoman Rosa Quispe said."),
            "2024-03-04",
            &["spokeswoman Rosa Quispe = Rosa Quispe/KEN"],
        );
        check(
            "Kenya is open to talks with Somalia, its foreign ministry said.",
            "2024-03-04",
            &["foreign ministry = foreign ministry/KEN"],
        );
    }

    #[test]
    fn who_speaks_is_not_named_in_the_words_spoken() {
        let said = "\"We await Ugandan President Yoweri Museveni. We have told Museveni so,\" he said.";
        check(
            &format!("Kenyan President William Ruto spoke to reporters. {said}"),
            "2024-03-04",
            &["he = William Ruto/KEN"],
        );
    }

    #[test]
    fn offices_that_need_no_country_and_those_of_another_time() {
        check(
            "LIMA, PERU \u{2014} Secretary of State Otis Quill left.",
            "1994-05-19",
            &["Secretary of State Otis Quill = Otis Quill/USA"],
        );
        let found = read("Saudi Arabia's crown prince left.", "2016-09-09");
        assert!(!found.iter().any(|m| m.contains("Salman bin Abdulaziz")), "{found:?}");
        check("Estonian Prime Minister Juri Ratas flew to Brussels.", "2019-06-14", &["Brussels = Brussels/BEL"]);
        check("NATO wrote.\nThe envoy flew to Brussels.", "2019-06-14", &["Brussels = Brussels/NATO"]);
    }

    #[test]
    fn what_is_called_after_somebody_is_nobody() {
        for text in [
            "He landed at Rafic Hariri International Airport.",
            "They met the head of Egypt's General Intelligence Service, Abbas Kamel.",
        ] {
            let found = read(text, "2024-06-18");
            assert!(!found.iter().any(|m| m.contains("Hariri") || m.contains("= Intelligence")), "{found:?}");
        }
    }

    #[test]
    fn odd_input_is_no_trouble() {
        for text in [
            "",
            "\u{301}\u{301}",
            "U.S.-",
            "the two",
            "Mr. Mr. Mr.",
            "'s 's",
            "of of of the",
            "Президент Путин 普京总统 \u{1F600}",
            "A.\u{a0}B. \u{2019}s",
        ] {
            read(text, "2020");
        }
    }

    #[test]
    fn mentions_are_ordered_and_apart() {
        let text = "U.S. and Russian officials, among them Foreign Minister Sergei Lavrov and his U.S. counterpart, met in Geneva; the two spoke of Syria.";
        let page = Page {
            text: text.to_string(),
            blocks: vec![Block { kind: crate::codes::BlockKind::Paragraph, span: Span::new(0, text.len()) }],
            ..Page::default()
        };
        let sentences = crate::language::split(&page.text, &page.blocks);
        let cast = find(&World::shipped(), &page, &sentences, Some("2014-05-01"));
        for pair in cast.mentions.windows(2) {
            assert!(pair[0].span.start <= pair[1].span.start);
            assert!(
                !pair[0].span.overlaps(pair[1].span) || cast.mentions.iter().any(|m| m.kind == MentionKind::Group),
                "{pair:?}"
            );
        }
    }
}
