//! What is asked for, and where a page of answers ends.

use crate::days::{self, Day};
use crate::error::{Result, StoreError};
use jiff::civil::Date;
use reader::codes::{Channel, Status};
use reader::record::MergedContact;
use rusqlite::types::Value;

/// Which contacts are asked for. Every condition must hold; an empty one holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Codes of governments that must all take part.
    pub parties: Vec<String>,
    /// The contact must be able to lie on this day or later.
    pub from: Option<Date>,
    /// The contact must be able to lie on this day or earlier.
    pub to: Option<Date>,
    /// One of these channels.
    pub channels: Vec<Channel>,
    /// One of these statuses.
    pub statuses: Vec<Status>,
    /// Part of the name of somebody who took part or speaks of it, in any case.
    pub person: Option<String>,
    /// Full names of people who all take part or speak of it.
    pub people: Vec<String>,
    /// Part of a topic, in any case.
    pub topic: Option<String>,
    /// Words that the evidence has, as [`crate::Store::search`] takes them. [`Filter::holds`] does not know of them.
    pub words: Option<String>,
    /// Part of the name of an outlet in which a document that tells of it stood, or of who wrote that, in any case.
    /// [`Filter::holds`] does not know of it.
    pub outlet: Option<String>,
    /// Only with a dispute.
    pub disputed: bool,
    /// Also contacts that a person rejected.
    pub rejected: bool,
    /// As the record stood at the end of that day: only documents published by then, and corrections made by then.
    pub as_of: Option<Date>,
    /// At most that many.
    pub limit: Option<usize>,
    /// Only what comes after this place in the order.
    pub after: Option<Cursor>,
}

/// A place in an ordered list, which says to whoever prints it only where to go on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub(crate) order: Day,
    pub(crate) key: String,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.order, self.key)
    }
}

impl std::str::FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Cursor> {
        let wrong =
            || StoreError::request(format!("{text} is no place in a list: give what the page before ended with"));
        let (order, key) = text.split_once('.').ok_or_else(wrong)?;
        Ok(Cursor { order: order.parse().map_err(|_| wrong())?, key: key.to_owned() })
    }
}

impl Filter {
    /// Whether the contact is asked for, paging and `as_of` aside.
    pub fn holds(&self, contact: &MergedContact) -> bool {
        let own = &contact.contact;
        let within = |part: &str, whole: &Option<String>| {
            whole.as_ref().is_some_and(|whole| whole.to_lowercase().contains(&part.to_lowercase()))
        };
        let filed = crate::merging::days_of(own);
        self.parties.iter().all(|code| own.parties.iter().any(|party| party.government == *code))
            && self.from.is_none_or(|from| filed.is_some_and(|(_, last)| last >= days::number(from)))
            && self.to.is_none_or(|to| filed.is_some_and(|(first, _)| first <= days::number(to)))
            && (self.channels.is_empty() || self.channels.contains(&own.channel))
            && (self.statuses.is_empty() || self.statuses.contains(&own.status))
            && (!self.disputed || !contact.disputes.is_empty())
            && self.person.as_deref().is_none_or(|name| {
                own.parties.iter().any(|party| within(name, &party.person))
                    || own.accounts.iter().any(|a| within(name, &a.voice.person) || within(name, &a.voice.name))
            })
            && self.people.iter().all(|name| {
                own.parties.iter().any(|party| party.person.as_ref() == Some(name))
                    || own.accounts.iter().any(|account| account.voice.person.as_ref() == Some(name))
            })
            && self
                .topic
                .as_deref()
                .is_none_or(|topic| own.topics.iter().any(|own| own.to_lowercase().contains(&topic.to_lowercase())))
    }

    /// Conditions on the table `contacts` that leave out most of what [`Filter::holds`] would.
    pub(crate) fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["1".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut add = |condition: &str, value: Value| {
            conditions.push(condition.to_owned());
            values.push(value);
        };
        for code in &self.parties {
            add("contacts.id IN (SELECT contact FROM parties WHERE government = ?)", code.clone().into());
        }
        if let Some(from) = self.from {
            add("contacts.last_day >= ?", days::number(from).into());
        }
        if let Some(to) = self.to {
            add("contacts.first_day <= ?", days::number(to).into());
        }
        if let Some(words) = &self.words {
            let among =
                "contacts.id IN (SELECT tellings.contact FROM accounts JOIN tellings ON tellings.id = accounts.telling
                 WHERE accounts.id IN (SELECT rowid FROM evidence_words WHERE evidence_words MATCH ?))";
            add(among, crate::asking::match_expression(words).into());
        }
        let named = |kinds: &str| {
            format!(
                "contacts.id IN (SELECT contact FROM contact_names JOIN names ON names.id = contact_names.name
                 WHERE kind {kinds} AND instr(folded, ?) > 0)"
            )
        };
        if let Some(person) = &self.person {
            add(&named("IN ('person', 'voice')"), person.to_lowercase().into());
        }
        for name in &self.people {
            let among = "contacts.id IN (SELECT contact FROM contact_names JOIN names ON names.id = contact_names.name
                 WHERE kind = 'person' AND names.name = ?)";
            add(among, name.clone().into());
        }
        if let Some(topic) = &self.topic {
            add(&named("= 'topic'"), topic.to_lowercase().into());
        }
        if let Some(outlet) = &self.outlet {
            add(
                "contacts.id IN (SELECT contact FROM contact_documents JOIN documents ON documents.id = document
                 WHERE instr(lower(coalesce(outlet, '') || ' ' || coalesce(origin, '')), ?) > 0)",
                outlet.to_lowercase().into(),
            );
        }
        let mut one_of = |column: &str, names: Vec<&'static str>| {
            if !names.is_empty() {
                let marks = vec!["?"; names.len()].join(", ");
                conditions.push(format!("contacts.{column} IN ({marks})"));
                values.extend(names.into_iter().map(|name| Value::from(name.to_owned())));
            }
        };
        one_of("channel", self.channels.iter().map(|channel| channel.name()).collect());
        one_of("status", self.statuses.iter().map(|status| status.name()).collect());
        if self.disputed {
            conditions.push("contacts.disputes > 0".to_owned());
        }
        if !self.rejected {
            conditions.push("contacts.shown = 1".to_owned());
        }
        if let Some(Cursor { order, key }) = &self.after {
            conditions.push("(coalesce(contacts.first_day, ?), contacts.key) > (?, ?)".to_owned());
            values.extend([UNDATED.into(), (*order).into(), key.clone().into()]);
        }
        (conditions.join(" AND "), values)
    }
}

/// Where contacts without a date stand: behind all others.
pub(crate) const UNDATED: Day = i32::MAX as Day;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_what_it_prints() {
        let cursor = Cursor { order: -5, key: "7k3fq2m0".to_owned() };
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        assert!("nonsense".parse::<Cursor>().is_err());
        assert!("x.y".parse::<Cursor>().is_err());
    }
}
