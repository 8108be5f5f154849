//! The contacts of many documents joined: by parties, channel class, date and persons, never by name alone.

use super::settle::settle;
use crate::codes::{Channel, ChannelClass, DateBasis, Status};
use crate::record::{Account, Contact, Dispute, DocumentRecord, MergedContact, Party};
use crate::when::edtf;
use std::collections::BTreeMap;

/// Joins the contacts of documents. The result does not depend on the order in which they are given: documents are taken
/// by publication date, then path.
pub fn merge(records: &[DocumentRecord]) -> Vec<MergedContact> {
    let mut documents: Vec<&DocumentRecord> = records.iter().collect();
    documents.sort_by_key(|r| {
        (r.article.published.clone().unwrap_or_default(), r.document.path.clone(), r.document.sha256.clone())
    });
    // Only contacts of the same pair can be one, so that each pair is a problem of its own.
    let mut groups: Vec<Group> = Vec::new();
    let mut by_pair: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, record) in documents.iter().enumerate() {
        for contact in &record.contacts {
            let pairs = pairs(&contact.parties);
            let candidates: Vec<usize> = {
                let mut all: Vec<usize> = pairs.iter().filter_map(|p| by_pair.get(p)).flatten().copied().collect();
                all.sort_unstable();
                all.dedup();
                all
            };
            let part = Part { document: at, contact };
            let best = candidates
                .into_iter()
                .filter_map(|g| groups[g].score(&part, &documents).map(|score| (score, std::cmp::Reverse(g))))
                .max()
                .map(|(_, g)| g.0);
            let group = best.unwrap_or_else(|| {
                groups.push(Group::default());
                groups.len() - 1
            });
            groups[group].add(part, &documents);
            for pair in pairs {
                let list = by_pair.entry(pair).or_default();
                if !list.contains(&group) {
                    list.push(group);
                }
            }
        }
    }
    let mut merged: Vec<MergedContact> = groups.iter().map(|g| g.write(&documents)).collect();
    merged.sort_by_key(|m| {
        // What is only known to have been held by a day stands at that day.
        let open = m.contact.when.as_ref().is_some_and(|w| w.edtf.starts_with(".."));
        let days = m.contact.when.as_ref().and_then(|w| edtf::interval(&w.edtf));
        let when = days.map(|(first, last)| if open { last } else { first });
        (when.is_none(), when, m.documents.first().cloned(), m.contact.accounts.first().map(|a| a.id.clone()))
    });
    for (number, contact) in merged.iter_mut().enumerate() {
        let id = format!("m{}", number + 1);
        for account in &mut contact.contact.accounts {
            account.contact = id.clone();
        }
        for dispute in &mut contact.disputes {
            dispute.contact = id.clone();
        }
        contact.contact.id = id;
    }
    merged
}

/// Every two governments of a contact, as keys.
fn pairs(parties: &[Party]) -> Vec<String> {
    let mut all: Vec<&str> = parties.iter().map(|p| p.government.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    let mut keys = Vec::new();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            keys.push(format!("{a} {b}"));
        }
    }
    keys
}

#[derive(Clone, Copy)]
struct Part<'a> {
    document: usize,
    contact: &'a Contact,
}

#[derive(Default)]
struct Group<'a> {
    parts: Vec<Part<'a>>,
    parties: Vec<Party>,
    /// The date that texts tell.
    when: Option<String>,
    /// What the first document's publication bounds it to, where none tells.
    bound: Option<String>,
    channel: Option<Channel>,
}

/// Days between a date that a text gives and one that is only known from when the text was published.
const NEAR: i32 = 10;

/// Days that a letter may be under way.
const UNDER_WAY: i32 = 4;

impl<'a> Group<'a> {
    fn score(&self, part: &Part, documents: &[&DocumentRecord]) -> Option<i32> {
        let contact = part.contact;
        if self.parts.iter().any(|p| p.document == part.document) {
            // One document has already told them apart.
            return None;
        }
        let governments = |parties: &[Party]| {
            let mut all: Vec<String> = parties.iter().map(|p| p.government.clone()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        if governments(&self.parties) != governments(&contact.parties) {
            return None;
        }
        let channel = self.channel.unwrap_or(Channel::Unspecified);
        let same_class = channel.class() == contact.channel.class();
        if !same_class && channel.class() != ChannelClass::Any && contact.channel.class() != ChannelClass::Any {
            return None;
        }
        // Whether the same people are named on every side.
        let mut people_named = true;
        for government in governments(&contact.parties) {
            let people = |parties: &[Party]| -> Vec<String> {
                parties.iter().filter(|p| p.government == government).filter_map(|p| p.person.clone()).collect()
            };
            let (a, b) = (people(&self.parties), people(&contact.parties));
            let met = a.iter().any(|p| b.iter().any(|q| alike(p, q)));
            people_named &= met;
            if !a.is_empty() && !b.is_empty() && !met {
                return None;
            }
        }
        // Two states may meet more than once a day: a plan that names nobody is not the meeting of those who are named.
        let nobody = |parties: &[Party]| parties.iter().all(|p| p.person.is_none());
        let in_person = channel.class() == ChannelClass::InPerson && contact.channel.class() == ChannelClass::InPerson;
        let open = |mine: bool| {
            if mine { is_open(contact.status) } else { self.parts.iter().all(|p| is_open(p.contact.status)) }
        };
        let (mine, theirs) = (nobody(&contact.parties), nobody(&self.parties));
        // "It never asked for one" denies no call that was held.
        let unasked = |p: &Part| {
            let accounts = documents[p.document].accounts.iter().filter(|a| a.contact == p.contact.id);
            let asked = |status: Option<Status>| matches!(status, None | Some(Status::Requested));
            p.contact.status == Status::Denied && accounts.into_iter().all(|a| asked(a.claim.status))
        };
        if unasked(part) != self.parts.iter().all(unasked) {
            return None;
        }
        if in_person && mine != theirs && open(mine) {
            return None;
        }
        let mut score = i32::from(same_class);
        let published = |p: &Part| documents[p.document].article.published.as_deref().map(day);
        // A letter is written on one day, handed over on another and told of on a third.
        let letter = channel == Channel::Message && contact.channel == Channel::Message;
        let apart = if letter && people_named { UNDER_WAY } else { i32::from(people_named) };
        match (self.when.as_deref(), told(contact)) {
            // A day's difference may be two capitals' clocks, if it is the same people; else it is another meeting.
            (Some(a), Some(b)) if edtf::compatible(a, b, apart) => score += 4,
            // Asked for on one day, held or refused on another.
            (Some(a), Some(b)) => {
                let open = self.pending_or_failed() || is_open(contact.status);
                if !open || !edtf::compatible(a, b, NEAR) {
                    return None;
                }
                score += 1;
            }
            // What a text does not date, it tells of about the days of its publication.
            (Some(date), None) => {
                if !published(part).is_none_or(|p| edtf::compatible(date, p, NEAR)) || !within(contact, date) {
                    return None;
                }
                score += 2;
            }
            (None, Some(date)) => {
                let near = self.parts.iter().any(|p| published(p).is_none_or(|p| edtf::compatible(date, p, NEAR)));
                if !near || !self.parts.iter().all(|p| within(p.contact, date)) {
                    return None;
                }
                score += 2;
            }
            (None, None) => {
                let near = self.parts.iter().any(|p| match (published(part), published(p)) {
                    (Some(a), Some(b)) => edtf::compatible(a, b, NEAR),
                    _ => true,
                });
                if !near {
                    return None;
                }
                score += 2;
            }
        }
        Some(score)
    }

    fn pending_or_failed(&self) -> bool {
        self.parts.iter().any(|p| is_open(p.contact.status))
    }

    fn add(&mut self, part: Part<'a>, _documents: &[&DocumentRecord]) {
        for party in &part.contact.parties {
            let known = self.parties.iter_mut().find(|p| {
                p.government == party.government
                    && (p.person == party.person || p.person.is_none() || party.person.is_none())
            });
            match known {
                Some(known) if known.person.is_none() => {
                    known.person = party.person.clone();
                    known.office = party.office.clone();
                }
                Some(_) => {}
                None => self.parties.push(party.clone()),
            }
        }
        if let Some(when) = told(part.contact) {
            self.when = Some(match &self.when {
                Some(known) if edtf::compatible(known, when, 0) => edtf::narrower(known, when).to_string(),
                Some(known) => known.clone(),
                None => when.to_string(),
            });
        }
        self.bound = self.bound.take().or_else(|| part.contact.when.as_ref().map(|w| w.edtf.clone()));
        self.channel = match self.channel {
            None | Some(Channel::Unspecified) => Some(part.contact.channel),
            known => known,
        };
        self.parts.push(part);
    }

    fn write(&self, documents: &[&DocumentRecord]) -> MergedContact {
        let mut accounts: Vec<Account> = Vec::new();
        let mut paths: Vec<String> = Vec::new();
        let mut inherited: Vec<Dispute> = Vec::new();
        for part in &self.parts {
            let record = documents[part.document];
            let prefix = paths.len() + 1;
            paths.push(record.document.path.clone());
            let rename = |id: &str| format!("d{prefix}{id}");
            for account in record.accounts.iter().filter(|a| a.contact == part.contact.id) {
                let mut account = account.clone();
                account.id = rename(&account.id);
                account.document = Some(record.document.path.clone());
                accounts.push(account);
            }
            for dispute in record.disputes.iter().filter(|d| d.contact == part.contact.id) {
                let mut dispute = dispute.clone();
                for side in &mut dispute.sides {
                    for id in side.iter_mut() {
                        *id = rename(id);
                    }
                }
                inherited.push(dispute);
            }
        }
        let dates: BTreeMap<&str, &str> = self
            .parts
            .iter()
            .filter_map(|p| {
                let record = documents[p.document];
                Some((record.document.path.as_str(), record.article.published.as_deref()?))
            })
            .collect();
        let mut governments: Vec<String> = self.parties.iter().map(|p| p.government.clone()).collect();
        governments.sort_unstable();
        governments.dedup();
        let settled = {
            let published = |a: &Account| a.document.as_deref().and_then(|d| dates.get(d).copied());
            settle("m", &governments, &accounts, &published)
        };
        let mut disputes = settled.disputes;
        for dispute in inherited {
            if !disputes.iter().any(|d| d.about == dispute.about) {
                disputes.push(dispute);
            }
        }
        let first = self.parts[0].contact;
        let mut topics: Vec<String> = Vec::new();
        let mut reason: Vec<String> = Vec::new();
        for part in &self.parts {
            for (all, new) in [(&mut topics, &part.contact.topics), (&mut reason, &part.contact.reason)] {
                for item in new {
                    if !all.contains(item) {
                        all.push(item.clone());
                    }
                }
            }
        }
        // A letter is of the day on which it was sent.
        let letter = self.channel == Some(Channel::Message);
        let sent = self.parts.iter().filter_map(|p| told(p.contact)).min_by_key(|when| edtf::interval(when));
        let settled_when = match (settled.when, sent) {
            (Some(when), Some(sent)) if letter && !edtf::compatible(&when.edtf, sent, 0) => {
                Some(crate::record::When { edtf: sent.to_string(), ..when })
            }
            (when, _) => when,
        };
        let find = |f: &dyn Fn(&Contact) -> bool| self.parts.iter().map(|p| p.contact).find(|c| f(c));
        let when = settled_when
            .or_else(|| {
                self.when
                    .clone()
                    .or(self.bound.clone())
                    .map(|edtf| crate::record::When { edtf, basis: DateBasis::Inherited })
            })
            .map(|w| {
                let basis = self
                    .parts
                    .iter()
                    .filter_map(|p| p.contact.when.as_ref())
                    .find(|x| x.edtf == w.edtf)
                    .map(|x| x.basis);
                crate::record::When { basis: basis.unwrap_or(w.basis), ..w }
            });
        let mut steps = settled.steps;
        super::join::date_held(&mut steps, when.as_ref());
        let channel = self.channel.unwrap_or(first.channel);
        MergedContact {
            contact: Contact {
                id: first.id.clone(),
                channel,
                parties: self.parties.clone(),
                initiator: settled.initiator,
                status: settled.status,
                when,
                place: find(&|c| channel.has_place() && c.place.is_some()).and_then(|c| c.place.clone()),
                duration_minutes: find(&|c| c.duration_minutes.is_some()).and_then(|c| c.duration_minutes),
                attempts: find(&|c| c.attempts.is_some()).and_then(|c| c.attempts),
                topics,
                reason,
                outcome: find(&|c| c.outcome.is_some()).and_then(|c| c.outcome.clone()),
                tone: find(&|c| c.tone.is_some()).and_then(|c| c.tone.clone()),
                steps,
                response_days: settled.response_days,
                why: self
                    .parts
                    .iter()
                    .enumerate()
                    .flat_map(|(n, p)| {
                        p.contact.why.iter().filter(|w| w.starts_with('a')).map(move |w| format!("d{}{w}", n + 1))
                    })
                    .chain(settled.why)
                    .collect(),
                accounts,
            },
            disputes,
            documents: paths,
        }
    }
}

fn day(published: &str) -> &str {
    published.split('T').next().unwrap_or(published)
}

/// Whether two names can be one person's: the same, or one family name after given names that begin alike ("Jake",
/// "Jacob").
fn alike(a: &str, b: &str) -> bool {
    let ends = |name: &str| {
        let first = name.chars().next().map(|c| c.to_lowercase().collect::<String>());
        (first, name.split_whitespace().next_back().map(str::to_lowercase))
    };
    a == b || a.contains(' ') && b.contains(' ') && ends(a) == ends(b)
}

/// The date that the text itself tells, not one taken over from the day of publication.
fn told(contact: &Contact) -> Option<&str> {
    contact.when.as_ref().filter(|w| w.basis != DateBasis::Inherited).map(|w| w.edtf.as_str())
}

/// Whether a date lies within what is known of a contact without one: held by the day of publication, or to come after it.
fn within(contact: &Contact, date: &str) -> bool {
    let bound = contact.when.as_ref().map(|w| w.edtf.trim_end_matches('~'));
    match bound {
        Some(bound) if bound.contains("..") => edtf::compatible(bound, date, 1),
        Some(published) => edtf::compatible(&format!("../{published}"), date, 1),
        None => true,
    }
}

fn is_open(status: Status) -> bool {
    !matches!(status, Status::Held | Status::Denied | Status::Disputed)
}
