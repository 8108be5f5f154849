//! The accounts of one article joined into contacts.

use super::settle::settle;
use crate::accounts::contradictions::RULE as CONTRADICTS;
use crate::accounts::grammar::Mood;
use crate::accounts::{Account, Dated, Party, Subject};
use crate::codes::{
    Channel, ChannelClass, DateBasis, DisputeAbout, DisputeKind, Role, Stance, Status, StepKind, VoiceKind,
};
use crate::page::Page;
use crate::record;
use crate::said::Statement;
use crate::span::{CodePoints, Span};
use crate::when::edtf;
use crate::who::{Cast, EntityKind};
use std::collections::BTreeMap;

/// What an article's accounts come to.
#[derive(Clone, Debug, Default)]
pub struct DocumentContacts {
    /// The contacts, in the order in which they are first told.
    pub contacts: Vec<record::Contact>,
    /// The accounts, in the order of the text.
    pub accounts: Vec<record::Account>,
    /// Where they disagree.
    pub disputes: Vec<record::Dispute>,
}

/// How far back, in sentences, words without parties ("China declined it") can refer.
pub const REACH: usize = 4;

/// A contact as it grows.
#[derive(Clone, Debug, Default)]
struct Draft {
    /// Indices into the accounts.
    members: Vec<usize>,
    parties: Vec<Party>,
    channel: Option<Channel>,
    when: Option<String>,
    /// A date that it has from a contact told in the same breath.
    inherited: Option<String>,
    first_sentence: usize,
    last_sentence: usize,
    held: bool,
    /// Whether it is told as done, be it by words that may mean a mere attempt ("called").
    done: bool,
    /// Whether it is told as not come about.
    failed: bool,
    /// Whether it is a trip that was put off or called off.
    trip_off: bool,
    /// The government that called in the other's envoy.
    summoned_by: Option<String>,
    /// Whether it is told as one more ("another call").
    fresh: bool,
    /// Whether it is told as spoken, through whatever.
    spoken: bool,
    /// Whether anything of it is told that is not denied.
    told: bool,
    /// Whether it is told first as having just happened.
    news: bool,
    /// Whether all that is told of it lies ahead of the text.
    to_come: bool,
    /// For each account after the first, why it is about this contact.
    joined: Vec<(usize, String)>,
    /// Rejections of what was told of it.
    disputes: Vec<(usize, Option<DisputeAbout>)>,
}

/// Joins the accounts of an article and writes them as records.
pub fn of_document(
    page: &Page,
    cast: &Cast,
    statements: &[Statement],
    accounts: &[Account],
    points: &CodePoints,
) -> DocumentContacts {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut accounts = accounts.to_vec();
    // "Ahead of Thursday's meeting": what is dated after the text was published is still to come, whatever its words.
    for account in accounts.iter_mut().filter(|a| a.subject == Subject::Contact && a.status == Status::Held) {
        let later = account.when.as_ref().is_some_and(|when| is_after(&when.edtf, page.published.as_deref()));
        if later && account.channel == Channel::Message {
            // "Ahead of Thursday's meeting he has written": the day is not the letter's.
            account.when = None;
        } else if later {
            (account.status, account.step) = (Status::Planned, Some(StepKind::Scheduled));
        }
    }
    // "Flew to Kigali on Monday for talks": what he travelled for was held, once that day has passed.
    for account in accounts.iter_mut().filter(|a| a.purpose && a.status == Status::Planned) {
        if account.when.as_ref().is_some_and(|when| is_before(&when.edtf, page.published.as_deref())) {
            (account.status, account.step) = (Status::Held, Some(StepKind::Held));
        }
    }
    inherit_dates(&mut accounts);
    let pair = main_pair(cast);
    // "What he says contradicts Rice, who told that they had called": what a sentence tells goes before what it rejects.
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by_key(|index| (accounts[*index].sentence, matches!(accounts[*index].subject, Subject::Dispute(_))));
    for index in order {
        // "The two" are the two of the contact told last, whoever was named since.
        // "The foreign ministers" are not the presidents.
        if accounts[index].pointed
            && let Some(last) = drafts
                .iter()
                .filter(|d| {
                    accounts[index].sentence.saturating_sub(d.last_sentence) <= REACH
                        && governments(&d.parties).len() == 2
                })
                .max_by_key(|d| (d.members.len() >= 3, d.last_sentence))
                .filter(|d| offices_agree(&accounts[index].parties, &d.parties))
        {
            accounts[index].parties = last.parties.clone();
        }
        complete(&drafts, &mut accounts, index, &pair);
        let account = &accounts[index];
        match account.subject {
            Subject::Contact => {
                let published = page.published.as_deref();
                let dated = account.definite && account.when.is_some();
                let told: Vec<(bool, bool)> = drafts.iter().map(|d| (d.held, d.done)).collect();
                let joined = join_contact(&mut drafts, index, account, published);
                // "Such a meeting is a risk": what was only asked for or refused is not held for being named.
                let named = account.definite && account.rules.len() == 1 && account.status == Status::Held && !dated;
                if let Some(d) = joined.filter(|d| named && told.get(*d) == Some(&(false, false))) {
                    (drafts[d].held, drafts[d].done) = (false, false);
                    accounts[index].step = None;
                } else if joined.is_none() && dated {
                    // "Its first note, on Feb. 20", "the call, made on Sunday": another contact of those told of last.
                    accounts[index].definite = false;
                    complete(&drafts, &mut accounts, index, &pair);
                    join_contact(&mut drafts, index, &accounts[index], published);
                    accounts[index].definite = true;
                }
            }
            Subject::Turn => {
                if let Some(draft) =
                    // What is only denied was accepted by nobody.
                    referred(&mut drafts, account, REACH, |d| {
                        (d.told || account.stance == Stance::Denied)
                            && !(d.held && account.status != Status::Held && !account.at_wish)
                            // What was done is not put off any more.
                            && !(d.done && matches!(account.status, Status::Postponed | Status::Cancelled))
                    })
                {
                    draft.joined.push((index, "refers back to the contact told last".to_string()));
                    draft.add(index, account);
                }
            }
            Subject::Dispute(about) => {
                // Who rejects must be told; that two sides differ, a text may say by itself.
                let told = account.statement.is_some() || account.voice.is_some() || about.is_some();
                // What both sides' statements name is found from further away than what words only point at.
                let reach = if account.rules.iter().any(|r| r == CONTRADICTS) { REACH * 3 } else { REACH };
                // Reasons are given for what did not come about.
                let failed = |d: &Draft| about != Some(DisputeAbout::Reason) || d.failed && !d.held;
                // Readouts are of what was held.
                let readouts = about == Some(DisputeAbout::Content) && drafts.iter().any(|d| d.held || d.done);
                // An impostor telephones or writes.
                let remote = |d: &Draft| {
                    let class = d.channel.unwrap_or(Channel::Unspecified).class();
                    about != Some(DisputeAbout::Authenticity) || class != ChannelClass::InPerson
                };
                let fits = |d: &Draft| (!readouts || d.held || d.done) && failed(d) && remote(d);
                if let Some(draft) = referred(&mut drafts, account, reach, fits).filter(|_| told) {
                    draft.disputes.push((index, about));
                    draft.last_sentence = account.sentence;
                }
            }
        }
    }
    // Where one side says that it never was, that is what the two differ over, and not who called.
    for draft in &mut drafts {
        let never = |m: &usize| accounts[*m].stance == Stance::Denied;
        if draft.disputes.len() > 1 || draft.members.iter().any(never) {
            draft.disputes.retain(|(_, about)| *about != Some(DisputeAbout::Authenticity));
        }
    }
    let mut drafts = with_halves(&accounts, drafts);
    share_dates(page, &accounts, &mut drafts);
    write(page, cast, statements, &accounts, &drafts, points)
}

fn governments(parties: &[Party]) -> Vec<&str> {
    let mut all: Vec<&str> = parties.iter().map(|p| p.government.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn subset(a: &[&str], b: &[&str]) -> bool {
    a.iter().all(|g| b.contains(g))
}

/// Whether the persons named for each government can be the same.
fn persons_agree(a: &[Party], b: &[Party]) -> bool {
    governments(a).into_iter().all(|government| {
        let people = |parties: &[Party]| -> Vec<String> {
            parties.iter().filter(|p| p.government == government).filter_map(|p| p.person.clone()).collect()
        };
        let (x, y) = (people(a), people(b));
        x.is_empty() || y.is_empty() || x.iter().any(|p| y.contains(p))
    })
}

/// "The call that the president received", "the call, made from New Delhi by the minister": two accounts, of which each names
/// one end of the same contact, begin one where nothing else did.
fn with_halves(accounts: &[Account], mut drafts: Vec<Draft>) -> Vec<Draft> {
    let joined = |index: usize| drafts.iter().any(|d| d.members.contains(&index));
    let halves: Vec<usize> = (0..accounts.len())
        .filter(|i| {
            let a = &accounts[*i];
            let end = |p: &Party| matches!(p.role, Some(Role::Initiator | Role::Recipient));
            a.subject == Subject::Contact
                && a.definite
                && a.status == Status::Held
                && a.step.is_some()
                && !a.hypothetical
                && matches!(a.channel, Channel::Call | Channel::Message)
                && governments(&a.parties).len() == 1
                && a.parties.iter().any(end)
                && !joined(*i)
        })
        .collect();
    let role = |i: usize| accounts[i].parties.iter().find_map(|p| p.role);
    for pair in halves.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let (a, b) = (&accounts[first], &accounts[second]);
        let whole = a.channel == b.channel
            && role(first) != role(second)
            && governments(&a.parties) != governments(&b.parties)
            && b.sentence.saturating_sub(a.sentence) <= REACH;
        if whole {
            let mut draft = Draft::default();
            for index in [first, second] {
                let mut account = accounts[index].clone();
                account.definite = false;
                draft.add(index, &account);
            }
            draft.joined.push((second, "names the other end of it".to_string()));
            let at = drafts.iter().position(|d| d.members.first().is_some_and(|m| *m > first)).unwrap_or(drafts.len());
            drafts.insert(at, draft);
            break;
        }
    }
    drafts
}

/// Whether no two people of one government are known to hold offices of other names.
fn offices_agree(a: &[Party], b: &[Party]) -> bool {
    let minister = |p: &Party| p.office.as_deref().map(|office| office.contains("Foreign Minister"));
    a.iter().all(|x| {
        b.iter()
            .filter(|y| y.government == x.government && y.person != x.person)
            .all(|y| !matches!((minister(x), minister(y)), (Some(true), Some(false)) | (Some(false), Some(true))))
    })
}

fn classes_agree(a: Channel, b: Channel) -> bool {
    // "They spoke" can be a call or a meeting; it is neither the talks nor the visit that they spoke of.
    let journey = |c: Channel| matches!(c, Channel::Talks | Channel::Visit);
    if a == Channel::Unspecified && journey(b) || b == Channel::Unspecified && journey(a) {
        return false;
    }
    a.class() == b.class() || a.class() == ChannelClass::Any || b.class() == ChannelClass::Any
}

fn is_failed(status: Status) -> bool {
    use Status::{Cancelled, Declined, Lapsed, Postponed, Unanswered};
    matches!(status, Unanswered | Declined | Lapsed | Postponed | Cancelled)
}

fn is_pending(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Possible | Status::Requested | Status::Proposed)
}

/// Whether a date ends before the day of publication.
fn is_before(edtf: &str, published: Option<&str>) -> bool {
    let last = edtf::interval(edtf).map(|(_, last)| last);
    let day = published.and_then(|p| edtf::interval(p.split('T').next().unwrap_or(p))).map(|(first, _)| first);
    matches!((last, day), (Some(last), Some(day)) if last < day)
}

/// Whether a date ends weeks before the day of publication.
fn is_long_before(edtf: &str, published: Option<&str>) -> bool {
    let day = published.map(|p| p.split('T').next().unwrap_or(p));
    is_before(edtf, published) && day.is_some_and(|day| !edtf::compatible(edtf, day, 14))
}

/// Whether a date begins after the day of publication.
fn is_after(edtf: &str, published: Option<&str>) -> bool {
    let first = edtf::interval(edtf).map(|(first, _)| first);
    let day = published.and_then(|p| edtf::interval(p.split('T').next().unwrap_or(p))).map(|(_, last)| last);
    matches!((first, day), (Some(first), Some(day)) if first > day)
}

/// Joins an account that names a contact to the one it tells of, or begins a new one.
fn join_contact(drafts: &mut Vec<Draft>, index: usize, account: &Account, published: Option<&str>) -> Option<usize> {
    let mine = governments(&account.parties);
    let mut best: Option<(i32, usize)> = None;
    for (d, draft) in drafts.iter().enumerate() {
        let theirs = governments(&draft.parties);
        let complete = mine.len() >= 2;
        // "The presidents discussed", told of two of the three: what was talked about where they met.
        let goes_on = account.channel == Channel::Unspecified
            && account.when.is_none()
            && !account.fresh
            && account.status == Status::Held
            && draft.held
            && account.sentence.saturating_sub(draft.last_sentence) <= 2;
        let same_parties = if complete {
            mine == theirs
                || ((account.definite || goes_on) && subset(&mine, &theirs))
                || (subset(&theirs, &mine)
                    && theirs.len() >= 2
                    // A meeting of more on a day that is told is not the one of two that was told before.
                    && !(account.when.is_some() && draft.when.is_none())
                    && draft.channel.unwrap_or(Channel::Unspecified).class() == account.channel.class())
        } else {
            subset(&mine, &theirs)
        };
        if !same_parties || !persons_agree(&account.parties, &draft.parties) {
            continue;
        }
        let channel = draft.channel.unwrap_or(Channel::Unspecified);
        if !classes_agree(channel, account.channel) {
            continue;
        }
        // "They should speak again after Washington receives a reply": who speaks writes no letter.
        let letter = |c: Channel| c == Channel::Message;
        if letter(channel) && is_spoken(account) || letter(account.channel) && draft.spoken {
            continue;
        }
        let mut score = 0;
        match (&draft.when, &account.when) {
            (Some(a), Some(b)) => {
                // "Again" on the next day is another time; so is "another" on the day after one that is told of later.
                if !edtf::compatible(a, &b.edtf, if account.fresh || draft.fresh { 0 } else { 1 }) {
                    continue;
                }
                score += 4;
            }
            (None, Some(_)) | (Some(_), None) if account.fresh && !account.definite => continue,
            (None, None) if account.fresh && !account.definite => continue,
            _ => {}
        }
        // What was held before the text was written is not what the text has still to come.
        let past = account.status == Status::Held
            && account.when.as_ref().is_some_and(|w| is_before(&w.edtf, published))
            && draft.to_come
            && draft.when.is_none();
        if past {
            continue;
        }
        // What is told as news is not what was long before.
        let near_lead = draft.first_sentence <= drafts[0].first_sentence + 2;
        let news = draft.when.is_none() && draft.news && near_lead && !account.definite;
        if news && account.when.as_ref().is_some_and(|w| is_long_before(&w.edtf, published)) {
            continue;
        }
        // "The second meeting was put off": not the one that was held.
        if account.fresh && !draft.fresh && draft.held && (is_failed(account.status) || is_pending(account.status)) {
            continue;
        }
        // Each side may call in the other's envoy.
        let callers = (&draft.summoned_by, &account.initiator);
        if account.summons && account.stance != Stance::Denied && matches!(callers, (Some(a), Some(b)) if a != b) {
            continue;
        }
        // An envoy who is called in is not the minister whose visit was called off.
        if account.summons
            && draft.summoned_by.is_none()
            && !draft.members.is_empty()
            && (draft.failed || draft.to_come)
        {
            continue;
        }
        // A letter to one is not the letter of the other to the first.
        let sender =
            |parties: &[Party]| parties.iter().find(|p| p.role == Some(Role::Initiator)).map(|p| p.government.clone());
        let crossed = matches!((sender(&draft.parties), sender(&account.parties)), (Some(a), Some(b)) if a != b);
        if crossed && letter(channel) && letter(account.channel) && !account.definite {
            continue;
        }
        // Who came the day before has not yet met.
        let other_day = matches!((&draft.when, &account.when), (Some(a), Some(b)) if !edtf::compatible(a, &b.edtf, 0));
        if account.channel == Channel::Visit && account.status == Status::Held && draft.to_come && other_day {
            continue;
        }
        // A visit to one is not the visit of the other to the first.
        let host =
            |parties: &[Party]| parties.iter().find(|p| p.role == Some(Role::Host)).map(|p| p.government.clone());
        let elsewhere = matches!((host(&draft.parties), host(&account.parties)), (Some(a), Some(b)) if a != b);
        let trip = |c: Channel| c == Channel::Visit;
        if elsewhere && (trip(channel) || trip(account.channel)) {
            continue;
        }
        // The trip that was put off is not the meeting that takes its place.
        if trip(channel) != trip(account.channel)
            && draft.when.is_none() != account.when.is_none()
            && matches!(account.status, Status::Postponed | Status::Cancelled)
            && !draft.held
        {
            continue;
        }
        // Who came all the same did not come to the meeting that was called off.
        if account.channel == Channel::Visit && !trip(channel) && draft.failed && !draft.held && !account.definite {
            continue;
        }
        // What was called off was not held, unless a day says so.
        let refused = account.status == Status::Declined && !account.definite && account.statement.is_none();
        let dropped =
            (account.status == Status::Cancelled || refused) && !account.attempt && account.stance != Stance::Denied;
        if dropped && draft.held && (draft.when.is_none() || account.when.is_none()) {
            continue;
        }
        // "We were contacted by them" is not the meeting that was refused.
        let unspecified = account.channel == Channel::Unspecified && account.status == Status::Held;
        if unspecified && channel.class() == ChannelClass::InPerson && draft.failed && !draft.held {
            continue;
        }
        if draft.trip_off && account.channel != Channel::Visit && !is_failed(account.status) && !account.definite {
            continue;
        }
        // A plan told after the contact was held is another contact, and so is one held long before.
        let dated_alike = draft.when.is_some() && account.when.is_some();
        let told_as_done = draft.held || draft.done && !draft.failed;
        let looks_back = account.status == Status::Possible && account.mood == Mood::Fact && !account.fresh;
        if told_as_done
            && is_pending(account.status)
            && !dated_alike
            && !account.definite
            && account.status != Status::Requested
            && !looks_back
        {
            continue;
        }
        if channel == account.channel {
            score += 2;
        }
        if account.definite {
            score += 1;
        }
        // "He was to speak with Lieberman, but the call fell through".
        let same = draft.channel == Some(account.channel) || !draft.held;
        if account.definite && account.when.is_none() && draft.first_sentence == account.sentence && same {
            score += 3;
        }
        let distance = account.sentence.saturating_sub(draft.last_sentence);
        if !complete && distance > REACH * 3 {
            continue;
        }
        score = score * 100 - distance.min(99) as i32;
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, d));
        }
    }
    if let Some((_, d)) = best {
        let dates = match (&drafts[d].when, &account.when) {
            (Some(a), Some(b)) => format!("; dates meet ({a} and {})", b.edtf),
            _ => String::new(),
        };
        let how = if mine.len() < 2 { "refers back to it" } else { "has the same parties" };
        drafts[d].joined.push((index, format!("{how}, {}{dates}", account.channel)));
        drafts[d].add(index, account);
        return Some(d);
    }
    let creates = mine.len() >= 2
        && !account.hypothetical
        && (account.stance != Stance::Denied
            || (account.statement.is_some() || account.voice.is_some())
                && (account.status == Status::Held
                    // "He never asked for a meeting" answers somebody who says that he did.
                    || account.status == Status::Requested
                        && (account.rules.iter().any(|r| r == "dispute-reject")
                            || account.parties.iter().any(|p| p.person.is_some())))
                // "Despite warnings of not visiting Libya".
                && (account.channel != Channel::Visit || account.parties.iter().any(|p| p.person.is_some())));
    if creates {
        let mut draft = Draft::default();
        draft.add(index, account);
        drafts.push(draft);
    }
    creates.then(|| drafts.len() - 1)
}

/// Finds the other side of a contact of which the words name one: in another account of the same sentence ("asked for a
/// meeting but had no response from China"), or in the contact told last ("a meeting with Xi had been considered").
fn complete(drafts: &[Draft], accounts: &mut [Account], index: usize, pair: &[Party]) {
    let account = &accounts[index];
    let mine = governments(&account.parties);
    if account.subject != Subject::Contact || account.definite || account.hypothetical {
        return;
    }
    if mine.is_empty() && (account.status != Status::Held || account.when.is_some()) && account.stance != Stance::Denied
    {
        // "Politics ruled out a direct meeting": between those who were told of last.
        let last = drafts
            .iter()
            .filter(|d| account.sentence.saturating_sub(d.last_sentence) <= 2 && governments(&d.parties).len() == 2)
            .max_by_key(|d| d.last_sentence);
        let told = last.map(|d| d.parties.clone()).or_else(|| drafts.is_empty().then(|| pair.to_vec()));
        accounts[index].parties = told.unwrap_or_default();
        return;
    }
    if mine.len() != 1 {
        return;
    }
    let other = |p: &&Party| p.government != mine[0];
    let told_last = drafts
        .iter()
        .filter(|d| account.sentence.saturating_sub(d.last_sentence) <= REACH && governments(&d.parties).len() == 2)
        .filter(|d| subset(&mine, &governments(&d.parties)))
        .max_by_key(|d| d.last_sentence);
    let borrowed: Vec<Party> = accounts
        .iter()
        .filter(|a| a.sentence == account.sentence && a.subject == Subject::Turn)
        .flat_map(|a| a.parties.iter().filter(other))
        .chain(told_last.iter().flat_map(|d| d.parties.iter().filter(other)))
        // The first that a text tells is between those of whom it speaks.
        .chain(
            pair.iter()
                .filter(|_| {
                    told_last.is_none()
                        && account.status != Status::Held
                        && pair.iter().any(|p| p.government == mine[0])
                })
                .filter(other),
        )
        .take(1)
        .cloned()
        .collect();
    // Who would not answer was asked by the other.
    let refused = matches!(account.status, Status::Unanswered | Status::Declined)
        && account.initiator.is_none()
        && account.by.as_deref() == Some(mine[0]);
    if refused {
        accounts[index].initiator = borrowed.first().map(|p| p.government.clone());
    }
    accounts[index].parties.extend(borrowed);
}

/// The two governments of which an article speaks far more than of any other, if there are two.
fn main_pair(cast: &Cast) -> Vec<Party> {
    let mut spoken: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in &cast.mentions {
        let Some(entity) = cast.entities.get(mention.entity) else { continue };
        if matches!(entity.kind, EntityKind::Person | EntityKind::Government | EntityKind::Body)
            && let Some(government) = &entity.government
        {
            *spoken.entry(government).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, &str)> = spoken.into_iter().map(|(government, count)| (count, government)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    match ranked.as_slice() {
        [(_, a), (second, b), rest @ ..]
            if *second >= 3 && rest.first().is_none_or(|(third, _)| 2 * third <= *second) =>
        {
            let party =
                |government: &str| Party { government: government.to_string(), person: None, office: None, role: None };
            vec![party(a), party(b)]
        }
        _ => Vec::new(),
    }
}

/// "Then" goes on from the day of what was told before it.
fn inherit_dates(accounts: &mut [Account]) {
    let mut last: Option<Dated> = None;
    for account in accounts.iter_mut().filter(|a| a.subject == Subject::Contact) {
        if account.when.is_none() && account.sequel && !account.fresh && is_news(account) {
            account.when = last.clone();
        }
        if account.when.is_some() {
            last = account.when.clone();
        }
    }
}

/// Whether an account tells of spoken words.
fn is_spoken(account: &Account) -> bool {
    account.channel == Channel::Unspecified && account.rules.first().is_some_and(|rule| rule == "contact-speak")
}

/// Whether an account tells of something as having just happened.
fn is_news(account: &Account) -> bool {
    let told = matches!(
        account.status,
        Status::Held | Status::Requested | Status::Unanswered | Status::Declined | Status::Lapsed
    );
    told && account.step.is_some() && account.stance != Stance::Denied
}

/// Whether an account tells that the day came and nothing with it ("could not meet"). What is called off may be still to come.
fn fell_through(account: &Account) -> bool {
    account.status == Status::Cancelled
        && !matches!(account.mood, Mood::Future | Mood::Would)
        && !account.rules.iter().any(|rule| rule == "turn-cancel")
}

/// Dates for contacts that were told without one: calls told with one verb were on one day; what the article tells first,
/// as news, was about the day of its publication; of the rest it is known only that what was held, or could not be, was so by
/// that day, and that what is still to come comes after it.
fn share_dates(page: &Page, accounts: &[Account], drafts: &mut [Draft]) {
    let published = page.published.as_deref().map(|p| p.split('T').next().unwrap_or(p));
    let Some(published) = published.filter(|day| day.len() == 10 && !day.contains('X')) else { return };
    for d in 0..drafts.len() {
        if drafts[d].when.is_some() {
            continue;
        }
        let anchors: Vec<Span> = drafts[d].members.iter().map(|m| accounts[*m].anchor).collect();
        let told_with = drafts.iter().find(|other| {
            other.when.is_some()
                && other.channel == drafts[d].channel
                && other.members.iter().any(|m| anchors.contains(&accounts[*m].anchor))
        });
        let first = &accounts[drafts[d].members[0]];
        let lead = accounts.iter().find(|a| a.subject == Subject::Contact).map_or(0, |a| a.sentence);
        let news = is_news(first) && !first.fresh && first.sentence <= lead + 2;
        let told: Vec<&Account> = drafts[d].members.iter().map(|m| &accounts[*m]).collect();
        let to_come = told.iter().all(|a| {
            matches!(a.status, Status::Planned | Status::Possible | Status::Proposed) && a.mood != Mood::Would
        });
        let bound = match () {
            () if news => Some(format!("{published}~")),
            () if to_come => Some(format!("{published}/..")),
            () if told.iter().any(|a| is_news(a) || fell_through(a)) => Some(format!("../{published}")),
            () => None,
        };
        drafts[d].inherited = told_with.and_then(|other| other.when.clone()).or(bound);
    }
}

/// The contact told last that words without one of their own can be about.
fn referred<'d>(
    drafts: &'d mut [Draft],
    account: &Account,
    reach: usize,
    fits: impl Fn(&Draft) -> bool,
) -> Option<&'d mut Draft> {
    let mine = governments(&account.parties);
    drafts
        .iter_mut()
        .filter(|d| account.sentence.saturating_sub(d.last_sentence) <= reach)
        .filter(|d| subset(&mine, &governments(&d.parties)) && persons_agree(&account.parties, &d.parties) && fits(d))
        .max_by_key(|d| d.last_sentence)
}

impl Draft {
    fn add(&mut self, index: usize, account: &Account) {
        self.trip_off |=
            account.channel == Channel::Visit && matches!(account.status, Status::Postponed | Status::Cancelled);
        let ahead = is_pending(account.status) && account.mood != Mood::Would;
        self.to_come = ahead && (self.to_come || self.members.is_empty());
        if self.members.is_empty() {
            self.first_sentence = account.sentence;
        }
        self.spoken |= is_spoken(account);
        self.fresh |= account.fresh;
        if account.summons && self.summoned_by.is_none() {
            self.summoned_by = account.initiator.clone();
        }
        self.told |= account.stance != Stance::Denied;
        let told = is_news(account)
            || account.stance == Stance::Denied && matches!(account.status, Status::Held | Status::Requested);
        self.news |= self.members.is_empty() && told && !account.fresh && account.mood == Mood::Fact;
        self.members.push(index);
        self.last_sentence = account.sentence;
        // Words that only refer back bring no new party in.
        let refers_back = account.definite && governments(&self.parties).len() >= 2;
        for party in &account.parties {
            let known = self.parties.iter_mut().find(|p| {
                p.government == party.government
                    && (p.person == party.person || p.person.is_none() || party.person.is_none())
            });
            match known {
                Some(known) => {
                    if known.person.is_none() {
                        known.person = party.person.clone();
                        known.office = party.office.clone();
                    }
                    known.role = known.role.or(party.role);
                }
                None => {
                    if account.subject == Subject::Contact && !refers_back {
                        self.parties.push(party.clone());
                    }
                }
            }
        }
        // "They look forward to the summit" does not say where they spoke.
        let aside = self.held && (is_pending(account.status) || account.hypothetical);
        if account.subject == Subject::Contact && !aside {
            let better = match (self.channel, account.channel) {
                (None | Some(Channel::Unspecified), told) => told,
                (Some(Channel::Visit), Channel::Meeting) => Channel::Meeting,
                (Some(known), _) => known,
            };
            self.channel = Some(better);
        }
        if let Some(when) = &account.when {
            self.when = Some(match &self.when {
                Some(known) => edtf::narrower(known, &when.edtf).to_string(),
                None => when.edtf.clone(),
            });
        }
        if account.stance != Stance::Denied {
            self.held |= account.status == Status::Held && account.step.is_some() && !account.attempt;
            self.done |= account.status == Status::Held && account.step.is_some();
            self.failed |= is_failed(account.status);
        }
    }
}

fn voice(cast: &Cast, statements: &[Statement], page: &Page, account: &Account) -> record::Voice {
    let Some(statement) = account.statement.map(|s| &statements[s]) else {
        let Some(entity) = account.voice.and_then(|v| cast.entities.get(v)) else {
            return record::Voice {
                kind: VoiceKind::Reporter,
                name: None,
                person: None,
                government: None,
                office: None,
                via: None,
            };
        };
        let kind = match entity.kind {
            EntityKind::Outlet => VoiceKind::Media,
            _ if entity.government.is_some() && !entity.former => VoiceKind::Official,
            _ => VoiceKind::Expert,
        };
        return record::Voice {
            kind,
            name: Some(entity.name.clone()),
            person: entity.person.clone(),
            government: entity.government.clone(),
            office: entity.office.clone(),
            via: None,
        };
    };
    let entity = statement.speaker.and_then(|s| cast.entities.get(s));
    let via = statement.within.filter(|w| *w < statements.len()).map(|within| {
        let outer = &statements[within];
        let entity = outer.speaker.and_then(|s| cast.entities.get(s));
        Box::new(record::Voice {
            kind: outer.voice,
            name: outer.speaker_name.clone().or_else(|| entity.map(|e| e.name.clone())),
            person: entity.and_then(|e| e.person.clone()),
            government: entity.and_then(|e| e.government.clone()).or(outer.speaker_government.clone()),
            office: entity.and_then(|e| e.office.clone()),
            via: None,
        })
    });
    record::Voice {
        kind: statement.voice,
        name: statement
            .speaker_name
            .clone()
            .or_else(|| entity.map(|e| e.name.clone()))
            .or_else(|| statement.source.map(|s| s.of(&page.text).to_string())),
        person: entity.and_then(|e| e.person.clone()),
        government: entity.and_then(|e| e.government.clone()).or(statement.speaker_government.clone()),
        office: entity.and_then(|e| e.office.clone()),
        via,
    }
}

fn write(
    page: &Page,
    cast: &Cast,
    statements: &[Statement],
    accounts: &[Account],
    drafts: &[Draft],
    points: &CodePoints,
) -> DocumentContacts {
    let text = page.text.as_str();
    let evidence = |span: Span| {
        let at = points.span(span);
        record::Evidence { start: at.start, end: at.end, quote: span.of(text).to_string() }
    };
    let words = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut result = DocumentContacts::default();
    // Accounts are numbered in the order of the text, whichever contact they belong to.
    let mut order: Vec<(usize, usize)> = drafts
        .iter()
        .enumerate()
        .flat_map(|(d, draft)| draft.members.iter().chain(draft.disputes.iter().map(|(i, _)| i)).map(move |m| (*m, d)))
        .collect();
    order.sort_unstable();
    order.dedup();
    let id_of = |index: usize, draft: usize| {
        order.iter().position(|o| *o == (index, draft)).map(|n| format!("a{}", n + 1)).unwrap_or_default()
    };
    for &(index, d) in &order {
        let account = &accounts[index];
        let mention = account.hypothetical || account.step.is_none() && account.status == Status::Held;
        let step = match account.step {
            _ if account.hypothetical => None,
            Some(StepKind::Held) if account.attempt => Some(StepKind::Attempted),
            step => step,
        };
        let is_dispute = matches!(account.subject, Subject::Dispute(_));
        result.accounts.push(record::Account {
            id: id_of(index, d),
            contact: format!("c{}", d + 1),
            voice: voice(cast, statements, page, account),
            stance: if is_dispute { Stance::Denied } else { account.stance },
            claim: record::Claim {
                channel: (account.subject == Subject::Contact).then_some(account.channel),
                status: (!mention && !is_dispute).then_some(account.status),
                step: if is_dispute { None } else { step },
                by: account.by.clone(),
                when: account.when.as_ref().map(|w| w.edtf.clone()),
                step_when: account.step_when.as_ref().map(|w| w.edtf.clone()),
                initiator: account.initiator.clone(),
                place: account.place.map(words),
                duration_minutes: account.minutes,
                attempts: account.attempts,
                reason: account.reason.map(words),
                topics: account.topics.iter().copied().map(words).collect(),
                outcome: account.outcome.map(words),
                tone: account.tone.map(words),
            },
            evidence: vec![evidence(account.evidence)],
            rules: account.rules.clone(),
            document: None,
        });
    }
    for (d, draft) in drafts.iter().enumerate() {
        let id = format!("c{}", d + 1);
        let mine: Vec<record::Account> = result
            .accounts
            .iter()
            .filter(|a| a.contact == id && a.claim.channel.or(a.claim.status.map(|_| Channel::Call)).is_some())
            .cloned()
            .collect();
        let parties: Vec<String> = governments(&draft.parties).into_iter().map(str::to_string).collect();
        let published = page.published.as_deref();
        let settled = settle(&id, &parties, &mine, &|_| published);
        let members: Vec<&Account> = draft.members.iter().map(|m| &accounts[*m]).collect();
        let basis = members
            .iter()
            .filter_map(|a| a.when.as_ref().or(a.step_when.as_ref()))
            .find(|w| settled.when.as_ref().is_some_and(|s| s.edtf == w.edtf))
            .map(|w| w.basis);
        let mut topics: Vec<String> = members.iter().flat_map(|a| a.topics.iter().copied().map(words)).collect();
        topics.dedup();
        let channel = draft.channel.unwrap_or(Channel::Unspecified);
        let when = settled
            .when
            .map(|w| record::When { basis: basis.unwrap_or(w.basis), ..w })
            .or_else(|| draft.inherited.clone().map(|edtf| record::When { edtf, basis: DateBasis::Inherited }));
        let mut steps = settled.steps;
        date_held(&mut steps, when.as_ref());
        result.contacts.push(record::Contact {
            id: id.clone(),
            channel,
            parties: draft
                .parties
                .iter()
                .map(|p| record::Party {
                    government: p.government.clone(),
                    person: p.person.clone(),
                    office: p.office.clone(),
                    role: Some(role(p, settled.initiator.as_deref(), channel)),
                })
                .collect(),
            initiator: settled.initiator,
            status: settled.status,
            when,
            place: members
                .iter()
                .filter(|_| channel.has_place())
                .find_map(|a| a.place.map(|p| record::Place { name: words(p), country: a.place_country.clone() })),
            duration_minutes: members.iter().find_map(|a| a.minutes),
            attempts: members.iter().find_map(|a| a.attempts),
            topics,
            reason: members.iter().filter_map(|a| a.reason.map(words)).collect(),
            outcome: members.iter().find_map(|a| a.outcome.map(words)),
            tone: members.iter().find_map(|a| a.tone.map(words)),
            steps,
            response_days: settled.response_days,
            why: draft
                .joined
                .iter()
                .map(|(index, why)| format!("{} {why}", id_of(*index, d)))
                .chain(settled.why)
                .collect(),
            accounts: result.accounts.iter().filter(|a| a.contact == id).map(|a| a.id.clone()).collect(),
        });
        let mut disputes = settled.disputes;
        for (index, about) in &draft.disputes {
            let asked: Vec<&String> = mine.iter().filter_map(|a| a.claim.initiator.as_ref()).collect();
            let about = about.unwrap_or(match settled.status {
                Status::Unanswered | Status::Requested => DisputeAbout::Response,
                Status::Denied | Status::Disputed => DisputeAbout::Occurrence,
                _ if asked.iter().any(|a| *a != asked[0]) => DisputeAbout::Initiator,
                _ => DisputeAbout::Content,
            });
            if disputes.iter().any(|x| x.about == about) {
                continue;
            }
            let rejecting = voice(cast, statements, page, &accounts[*index]).government;
            let others: Vec<String> = mine
                .iter()
                .filter(|a| rejecting.is_none() || a.voice.government != rejecting)
                .map(|a| a.id.clone())
                .collect();
            if others.is_empty() {
                continue;
            }
            disputes.push(record::Dispute {
                contact: id.clone(),
                about,
                kind: if about == DisputeAbout::Reason { DisputeKind::Implied } else { DisputeKind::Explicit },
                step: None,
                sides: vec![others, vec![id_of(*index, d)]],
            });
        }
        result.disputes.extend(disputes);
    }
    result
}

/// What was held was held on the contact's date, where no account dates the step itself.
pub(super) fn date_held(steps: &mut [record::Step], when: Option<&record::When>) {
    for step in steps.iter_mut().filter(|s| s.step == StepKind::Held && s.when.is_none()) {
        step.when = when.map(|w| w.edtf.clone());
    }
}

/// The role that is printed: who asked and who was asked, where that is known.
fn role(party: &Party, initiator: Option<&str>, channel: Channel) -> Role {
    match (party.role, initiator) {
        (Some(Role::Host | Role::Visitor | Role::Mediator), _) => party.role.unwrap_or(Role::Participant),
        (_, Some(initiator)) if channel.class() != ChannelClass::InPerson || party.role.is_some() => {
            if party.government == initiator { Role::Initiator } else { Role::Recipient }
        }
        _ => Role::Participant,
    }
}
