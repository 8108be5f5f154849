//! What the tables know of a name: for people who ask, not for the reading of documents.

use super::EntityKind;
use super::lexicon::{fold, pieces};
use super::link::{matches, name_words};
use super::tables::Days;
use super::world::{Entry, Gov, World, part_key, range};

/// An office and who held it when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The person.
    pub person: String,
    /// The government's code.
    pub government: String,
    /// The title.
    pub title: String,
    /// The kind of office (`foreign_minister`).
    pub kind: String,
    /// The first day, `YYYY-MM-DD` or less, as far as known.
    pub start: Option<String>,
    /// The last day; `None` if still held, as far as known.
    pub end: Option<String>,
}

/// One answer to "who is …?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// Its government's code, for what is no person.
    pub government: Option<String>,
    /// The offices: a person's, or those of a government with their holders. Ordered by start.
    pub held: Vec<Held>,
}

impl World {
    /// The government whose page one of this name is: named as a whole ("The White House"), or at the end of the name of
    /// one of its organs ("Embassy of Japan").
    pub(super) fn government_in(&self, outlet: &str) -> Option<Gov> {
        let words: Vec<_> = pieces(outlet).map(|p| self.words.get(&fold(p.text))).collect();
        let organ = ["ministry", "department", "embassy", "government", "president", "office"]
            .iter()
            .any(|organ| outlet.to_lowercase().contains(organ));
        (0..words.len()).filter(|from| organ || *from <= 1).find_map(|from| {
            let (length, node) = self.names.longest(&words[from..])?;
            (from + length == words.len()).then_some(())?;
            self.names.at(node).find_map(|entry| match entry {
                Entry::Government(government, _) => Some(government),
                _ => None,
            })
        })
    }

    /// Whom or what a name means: governments, organizations and outlets by any of their forms, people by their full or
    /// family name, offices by their titles ("secretary of state", "Russian foreign minister"). With `on`
    /// (`YYYY-MM-DD` or less), only what was held then is listed.
    pub fn look_up(&self, name: &str, on: Option<&str>) -> Vec<Answer> {
        let date = on.and_then(Days::parse);
        let mut answers = Vec::new();
        let name = name.trim();
        let bare = name.strip_prefix("the ").unwrap_or(name);
        // A code as the record prints it.
        for (index, government) in self.governments.iter().enumerate() {
            if government.code == bare {
                self.answer_government(index as Gov, date, &mut answers);
            }
        }
        let words: Vec<_> = pieces(bare).map(|p| self.words.get(&fold(p.text))).collect();
        let lower: Vec<_> = pieces(bare).map(|p| self.words.get(&fold(p.text).to_lowercase())).collect();
        if let Some((length, node)) = self.names.longest(&words) {
            for entry in self.names.at(node) {
                match entry {
                    Entry::Government(government, _) if length == words.len() => {
                        self.answer_government(government, date, &mut answers);
                    }
                    Entry::Outlet(outlet) if length == words.len() => {
                        let outlet = &self.outlets[outlet as usize];
                        answers.push(Answer {
                            kind: EntityKind::Outlet,
                            name: outlet.name.clone(),
                            government: outlet.state.map(|g| self.governments[g as usize].code.clone()),
                            held: Vec::new(),
                        });
                    }
                    // "Russian foreign minister": a government, then a title.
                    Entry::Government(government, _) => {
                        self.answer_title(&lower[length..], Some(government), date, &mut answers)
                    }
                    _ => {}
                }
            }
        }
        self.answer_title(&lower, None, date, &mut answers);
        self.answer_people(bare, date, &mut answers);
        answers.dedup();
        answers
    }

    fn answer_government(&self, government: Gov, date: Option<Days>, answers: &mut Vec<Answer>) {
        let record = &self.governments[government as usize];
        let held = self
            .tenures
            .iter()
            .enumerate()
            .filter(|(_, t)| {
                t.government == government && date.is_none_or(|d| t.start.first <= d.last && t.end.last >= d.first)
            })
            .map(|(index, _)| index);
        let kind = if record.organization { EntityKind::Organization } else { EntityKind::Government };
        let answer =
            Answer { kind, name: record.name.clone(), government: Some(record.code.clone()), held: self.held(held) };
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }

    fn answer_title(&self, words: &[u32], government: Option<Gov>, date: Option<Days>, answers: &mut Vec<Answer>) {
        let words: Vec<u32> = words.iter().map(|w| self.singular.get(w).copied().unwrap_or(*w)).collect();
        let Some((_, node)) = self.titles_trie.longest(&words).filter(|(length, _)| *length == words.len()) else {
            return;
        };
        let mut offices: Vec<(Gov, u8)> = Vec::new();
        for entry in self.titles_trie.at(node) {
            let Entry::Office(office) = entry else { continue };
            let office = &self.offices[office as usize];
            let of = government.or(office.government);
            if let (Some(of), true) =
                (of, government.is_none() || office.government.is_none_or(|g| Some(g) == government))
            {
                offices.push((of, office.kind));
            }
        }
        offices.sort_unstable();
        offices.dedup();
        for (of, kind) in offices {
            let held = self.tenures.iter().enumerate().filter(|(_, t)| {
                t.government == of
                    && t.kind == kind
                    && date.is_none_or(|d| t.start.first <= d.last && t.end.last >= d.first)
            });
            answers.push(Answer {
                kind: EntityKind::Body,
                name: format!(
                    "{}: {}",
                    self.governments[of as usize].name,
                    self.kinds[kind as usize].replace('_', " ")
                ),
                government: Some(self.governments[of as usize].code.clone()),
                held: self.held(held.map(|(index, _)| index)),
            });
        }
    }

    fn answer_people(&self, name: &str, date: Option<Days>, answers: &mut Vec<Answer>) {
        let words = name_words(name);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let mut people: Vec<u32> = Vec::new();
        for word in [first, last] {
            let key = part_key(word);
            let from = self.parts.partition_point(|(part, _)| *part < key);
            people.extend(self.parts[from..].iter().take_while(|(part, _)| *part == key).map(|(_, person)| *person));
        }
        people.sort_unstable();
        people.dedup();
        for person in people {
            let record = &self.people[person as usize];
            if matches(&name_words(&record.name), &words, record.family_first) < 3 {
                continue;
            }
            let held = range(&record.tenures).filter(|t| {
                self.tenures
                    .get(*t)
                    .is_some_and(|t| date.is_none_or(|d| t.start.first <= d.last && t.end.last >= d.first))
            });
            answers.push(Answer {
                kind: EntityKind::Person,
                name: record.name.clone(),
                government: None,
                held: self.held(held),
            });
        }
    }

    fn held(&self, tenures: impl Iterator<Item = usize>) -> Vec<Held> {
        let mut rows: Vec<&super::world::Tenure> = tenures.filter_map(|t| self.tenures.get(t)).collect();
        rows.sort_by_key(|t| (t.start.first, t.kind, t.person));
        rows.into_iter()
            .map(|t| Held {
                person: self.people[t.person as usize].name.clone(),
                government: self.governments[t.government as usize].code.clone(),
                title: self.titles[t.title as usize].clone(),
                kind: self.kinds[t.kind as usize].clone(),
                start: t.start.text(),
                end: t.end.text(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_offices_and_governments_are_found() {
        let world = World::shipped();
        let kerry = world.look_up("Kerry", Some("2013-02-16"));
        assert!(kerry.iter().any(|a| a.name == "John Kerry" && a.held.iter().any(|h| h.title == "Secretary of State")));
        let state = world.look_up("secretary of state", Some("2013-02-16"));
        assert!(state.iter().any(|a| a.held.iter().any(|h| h.person == "John Kerry")));
        let russian = world.look_up("Russian foreign minister", Some("2013-02-16"));
        assert!(russian.iter().any(|a| a.held.iter().any(|h| h.person == "Sergey Lavrov")), "{russian:?}");
        assert!(world.look_up("Moscow", None).iter().any(|a| a.government.as_deref() == Some("RUS")));
        assert!(world.look_up("", None).is_empty());
    }
}
