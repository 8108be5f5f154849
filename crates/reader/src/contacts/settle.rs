//! What a contact's accounts together say of it: status, date, initiator, steps, disputes.

use crate::accounts::step_of;
use crate::codes::{DateBasis, DisputeAbout, DisputeKind, Stance, Status, StepKind, VoiceKind};
use crate::record::{Account, Dispute, Step, When};
use crate::when::edtf;

/// What is read off the accounts.
pub struct Settled {
    /// Where the contact stands.
    pub status: Status,
    /// When it was or is to be.
    pub when: Option<When>,
    /// Who asked for it; `None` where nobody says or where voices differ.
    pub initiator: Option<String>,
    /// Its history, in order.
    pub steps: Vec<Step>,
    /// Days to the first answer.
    pub response_days: Option<i64>,
    /// Where the accounts disagree.
    pub disputes: Vec<Dispute>,
    /// Why it stands where it does, in words.
    pub why: Vec<String>,
}

/// Reads the state of one contact off its accounts. `governments` are its parties; `published` gives the publication date
/// of the document that an account stands in, if known. Accounts are taken in the order given: that of the text, oldest
/// document first.
pub fn settle<'a>(
    id: &str,
    governments: &[String],
    accounts: &'a [Account],
    published: &dyn Fn(&Account) -> Option<&'a str>,
) -> Settled {
    let (status, because) = status(governments, accounts);
    let (initiator, initiator_dispute) = initiator(id, accounts);
    // Who refused or did not answer was asked by the other.
    let initiator = initiator.or_else(|| match (status, governments) {
        (Status::Declined | Status::Unanswered, [a, b]) if initiator_dispute.is_none() => {
            let refuser = accounts
                .iter()
                .filter(|x| x.claim.status == Some(status) && x.claim.step != Some(StepKind::Attempted))
                .find_map(|x| x.claim.by.as_ref())?;
            if refuser == a { Some(b.clone()) } else { (refuser == b).then(|| a.clone()) }
        }
        _ => None,
    });
    // Who tried to get through asked.
    let initiator = initiator.or_else(|| {
        let tried =
            |x: &&Account| is_attempt(x) && x.claim.status == Some(Status::Unanswered) && x.stance != Stance::Denied;
        accounts.iter().filter(tried).find_map(|x| x.claim.by.clone()).filter(|_| initiator_dispute.is_none())
    });
    let when = when(status, accounts);
    let steps = steps(status, initiator.as_deref(), governments, accounts, published);
    let mut disputes = Vec::new();
    disputes.extend(occurrence(id, accounts, status));
    disputes.extend(initiator_dispute);
    disputes.extend(dates(id, accounts, status));
    disputes.extend(attempts(id, accounts, status));
    disputes.extend(durations(id, accounts));
    disputes.extend(reasons(id, accounts, status));
    let response_days = response_days(&steps);
    let mut why = vec![format!("{status}: {because}")];
    why.extend(disputes.iter().map(|d| {
        format!(
            "disputed ({}, {}): {} against {}",
            d.about,
            d.kind,
            listed(&d.sides[0]),
            d.sides.get(1).map_or_else(String::new, |s| listed(s))
        )
    }));
    Settled { status, when, initiator, steps, response_days, disputes, why }
}

fn speaks_for(account: &Account) -> Option<&str> {
    match account.voice.kind {
        VoiceKind::Official | VoiceKind::AnonymousOfficial => account.voice.government.as_deref(),
        _ => None,
    }
}

fn is_held(account: &Account) -> bool {
    account.claim.status == Some(Status::Held) && account.stance != Stance::Denied
}

/// "Called": it may have been answered or not.
fn is_attempt(account: &Account) -> bool {
    account.claim.step == Some(StepKind::Attempted)
}

fn is_denied(account: &Account) -> bool {
    account.stance == Stance::Denied
        && !(account.claim.status == Some(Status::Held) && asks(account))
        && matches!(account.claim.status, Some(Status::Held | Status::Planned | Status::Requested))
}

/// Told as asked for.
fn is_asked(account: &Account) -> bool {
    account.claim.status == Some(Status::Requested) && account.stance != Stance::Denied
}

/// Told with who asked for it: "held at his request", "initiated by the other side".
fn asks(account: &Account) -> bool {
    const ASKING: &[&str] = &["turn-initiate", "turn-initiative", "turn-request"];
    account.claim.initiator.is_some() && account.rules.iter().any(|r| ASKING.contains(&r.as_str()))
}

/// "We never asked for one", "no such request was made", "did not initiate the call".
fn is_unasked(account: &Account) -> bool {
    account.stance == Stance::Denied
        && (account.claim.status == Some(Status::Requested) || asks(account))
        && speaks_for(account).is_some()
}

/// Further than asked for.
fn is_further(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Proposed | Status::Possible)
}

fn listed(ids: &[String]) -> String {
    if ids.is_empty() { "nobody".to_string() } else { ids.join(", ") }
}

/// The status, and why in words.
fn status(governments: &[String], accounts: &[Account]) -> (Status, String) {
    let say = |what: &str, of: &[&Account]| format!("{what} ({})", listed(&ids(of)));
    let held: Vec<&Account> = accounts.iter().filter(|a| is_held(a)).collect();
    // "They have not talked", said before they did, denies nothing once a later document has them talk.
    let overtaken = |index: usize, denial: &Account| {
        accounts[index + 1..].iter().any(|later| {
            let same_voice = speaks_for(later).is_some() && speaks_for(later) == speaks_for(denial);
            is_held(later) && !is_attempt(later) && later.document != denial.document && same_voice
        })
    };
    let told_as_held = held.iter().any(|a| !is_attempt(a));
    let denied: Vec<&Account> = accounts
        .iter()
        .enumerate()
        .filter(|(_, a)| is_denied(a) && a.claim.status == Some(Status::Held))
        // "They did not discuss a ceasefire" denies no meeting.
        .filter(|(_, a)| {
            !(told_as_held && a.rules.first().is_some_and(|r| r == "contact-discuss" || r == "contact-raise"))
        })
        .filter(|(index, a)| !overtaken(*index, a))
        .map(|(_, a)| a)
        .collect();
    let strong = held.iter().any(|a| !is_attempt(a));
    let failing = accounts.iter().rev().filter(|a| a.stance != Stance::Denied).find_map(|a| {
        a.claim.status.filter(|s| {
            matches!(s, Status::Unanswered | Status::Declined | Status::Lapsed | Status::Postponed | Status::Cancelled)
        })
    });
    // "It was a pity that no summit came about", of one that was called off, denies nothing; nor does that one that was to be
    // has not been.
    let attempted = accounts.iter().any(|a| is_attempt(a) || a.claim.status == Some(Status::Requested));
    let undone = failing.filter(|s| *s != Status::Unanswered);
    let occurs = |a: &&Account| a.rules.iter().any(|r| r == "turn-occur");
    let planned = accounts.iter().any(|a| a.stance != Stance::Denied && a.claim.status == Some(Status::Planned));
    let not_come = !denied.is_empty() && denied.iter().all(occurs) && held.is_empty() && !attempted;
    let undone = undone.or(planned.then_some(Status::Cancelled));
    if let Some(undone) = undone.filter(|_| not_come) {
        return (undone, say("it was to be, and is told not to have come about", &denied));
    }
    if !denied.is_empty() {
        let deniers: Vec<&str> = denied.iter().filter_map(|a| speaks_for(a)).collect();
        // Who tried and was not put through tells of the contact too.
        let tried = |a: &&Account| a.stance != Stance::Denied && a.claim.step == Some(StepKind::Attempted);
        let other_party_says_so = held
            .iter()
            .copied()
            .chain(accounts.iter().filter(tried))
            .any(|a| speaks_for(a).is_some_and(|g| governments.iter().any(|p| p == g) && !deniers.contains(&g)));
        let other_party_has_it_held = held
            .iter()
            .any(|a| speaks_for(a).is_some_and(|g| governments.iter().any(|p| p == g) && !deniers.contains(&g)));
        // Who asked and says "we have not connected" complains of silence; it does not deny its own call.
        // Who rejects the report of an act of its own denies the contact.
        let own_act = denied
            .iter()
            .filter(|a| a.rules.iter().any(|r| r == "dispute-reject"))
            .any(|a| a.claim.initiator.as_deref().is_some_and(|initiator| speaks_for(a) == Some(initiator)));
        let asker_denies = !deniers.is_empty()
            && !own_act
            && !other_party_has_it_held
            && accounts
                .iter()
                .filter(|a| a.stance != Stance::Denied)
                .filter(|a| is_attempt(a) || a.claim.status == Some(Status::Requested))
                .any(|a| a.claim.initiator.as_deref().is_some_and(|asker| deniers.iter().all(|d| *d == asker)));
        if asker_denies && !strong {
            return (Status::Unanswered, say("the side that asked says that it did not come about", &denied));
        }
        let reporter_denies_alone = deniers.is_empty() && denied.iter().all(|a| a.voice.kind == VoiceKind::Reporter);
        if !reporter_denies_alone {
            return if other_party_says_so {
                (Status::Disputed, say("one party says that it was held and another denies it", &denied))
            } else {
                (Status::Denied, say("a voice denies what no other party claims", &denied))
            };
        }
        // "The two still have not talked", in the reporter's own words; a plan is not undone by it.
        let pending = accounts
            .iter()
            .any(|a| matches!(a.claim.status, Some(Status::Planned | Status::Proposed | Status::Possible)));
        if !strong && !pending {
            let asked = accounts
                .iter()
                .any(|a| is_attempt(a) || matches!(a.claim.status, Some(Status::Requested | Status::Unanswered)));
            let status = if asked { Status::Unanswered } else { failing.unwrap_or(Status::Denied) };
            return (status, say("the text itself says that it did not come about", &denied));
        }
    }
    if let Some(failing) = failing {
        // A call that was tried on Tuesday and held on Sunday was held.
        let later = if failing == Status::Unanswered { strong } else { strong && held_after_failing(accounts) };
        let telling: Vec<&Account> = accounts.iter().filter(|a| a.claim.status == Some(failing)).collect();
        return if later {
            (Status::Held, say("told as held after all", &held))
        } else {
            (failing, say("told so, and nobody tells of its being held after", &telling))
        };
    }
    if !held.is_empty() {
        return (Status::Held, say("told as a fact", &held));
    }
    // "We never asked for one".
    let unasked: Vec<&Account> = accounts.iter().filter(|a| is_unasked(a)).collect();
    let further = accounts.iter().any(|a| a.stance != Stance::Denied && a.claim.status.is_some_and(is_further));
    if !unasked.is_empty() && !further {
        let deniers: Vec<&str> = unasked.iter().filter_map(|a| speaks_for(a)).collect();
        let told = accounts.iter().filter(|a| is_asked(a)).filter_map(speaks_for);
        let by_a_party = told.into_iter().any(|g| governments.iter().any(|p| p == g) && !deniers.contains(&g));
        return if by_a_party {
            (Status::Disputed, say("one party says that it was asked for and another denies it", &unasked))
        } else {
            (Status::Denied, say("a voice denies that it was asked for", &unasked))
        };
    }
    let rank = |s: Status| match s {
        Status::Planned => 3,
        Status::Proposed => 2,
        Status::Requested => 1,
        _ => 0,
    };
    let furthest = accounts
        .iter()
        .filter(|a| a.stance != Stance::Denied)
        .filter(|a| a.claim.status.is_some())
        .max_by_key(|a| a.claim.status.map(rank));
    match furthest.and_then(|a| Some((a, a.claim.status?))) {
        Some((account, status)) => (status, say("the furthest that it is told to have come", &[account])),
        None => (Status::Held, "named as a thing that was".to_string()),
    }
}

fn held_after_failing(accounts: &[Account]) -> bool {
    let failing = accounts.iter().rposition(|a| {
        matches!(a.claim.status, Some(Status::Declined | Status::Lapsed | Status::Postponed | Status::Cancelled))
    });
    let held = accounts.iter().rposition(|a| is_held(a) && !is_attempt(a));
    matches!((failing, held), (Some(f), Some(h)) if h > f)
}

fn when(status: Status, accounts: &[Account]) -> Option<When> {
    // The contact's own date first, from the accounts that agree with where it stands; then when it was asked for.
    let own = |fits: &dyn Fn(&Account) -> bool| {
        accounts.iter().filter(|a| fits(a)).filter_map(|a| a.claim.when.as_deref()).fold(
            None,
            |best: Option<&str>, next| match best {
                None => Some(next),
                Some(best) if edtf::compatible(best, next, 0) => Some(edtf::narrower(best, next)),
                Some(best) => Some(best),
            },
        )
    };
    let contested = matches!(status, Status::Denied | Status::Disputed);
    let agrees = |a: &Account| a.claim.status == Some(status) || contested;
    let step = || accounts.iter().find_map(|a| a.claim.step_when.as_deref());
    // A call that was tried on Tuesday and held on Sunday was on Sunday.
    let edtf =
        own(&|a| agrees(a) && !is_attempt(a)).or_else(|| own(&agrees)).or_else(|| own(&|_| true)).or_else(step)?;
    Some(When { edtf: edtf.to_string(), basis: DateBasis::Resolved })
}

fn initiator(id: &str, accounts: &[Account]) -> (Option<String>, Option<Dispute>) {
    // Who asked goes before who dialled or sent.
    let asked = |a: &Account| {
        // Who reached out took the first step.
        a.rules.iter().any(|r| r == "contact-reach-out")
            || asks(a)
            || a.claim.step.is_some_and(|s| matches!(s, StepKind::Requested | StepKind::Proposed))
            || a.claim.status == Some(Status::Requested)
    };
    // Who denies to have asked has not; whose further request the other denies has asked once.
    let denies = |a: &Account| a.stance == Stance::Denied && speaks_for(a) == a.claim.initiator.as_deref();
    let affirmed = accounts.iter().any(|a| a.claim.initiator.is_some() && a.stance != Stance::Denied);
    let told = |a: &&Account| a.claim.initiator.is_some() && !(affirmed && denies(a));
    let pool: Vec<&Account> = {
        let asking: Vec<&Account> = accounts.iter().filter(|a| asked(a)).filter(told).collect();
        // "He called us", says one, "they initiated it" the other: each names the other.
        let named = |a: &Account| {
            a.stance != Stance::Denied && speaks_for(a).is_some() && speaks_for(a) != a.claim.initiator.as_deref()
        };
        let accused = accounts.iter().filter(told).filter(|a| named(a));
        let both = accused.clone().any(|a| accused.clone().any(|b| speaks_for(a) != speaks_for(b)));
        if both {
            accused.collect()
        } else if asking.is_empty() {
            accounts.iter().filter(told).collect()
        } else {
            asking
        }
    };
    let mut sides: Vec<(&str, Vec<&Account>)> = Vec::new();
    for account in &pool {
        let government = account.claim.initiator.as_deref().unwrap_or_default();
        match sides.iter_mut().find(|(g, _)| *g == government) {
            Some((_, side)) => side.push(account),
            None => sides.push((government, vec![account])),
        }
    }
    match sides.as_slice() {
        [] => (None, None),
        [(only, _)] => (Some((*only).to_string()), None),
        [first, second, ..] => {
            // It is a dispute only where voices differ; one voice may tell of a request and of who then dialled.
            let voices = |side: &[&Account]| side.iter().map(|a| speaks_for(a).map(str::to_string)).collect::<Vec<_>>();
            let (a, b) = (voices(&first.1), voices(&second.1));
            let differ = a.iter().any(|v| !b.contains(v)) && a.iter().chain(&b).any(Option::is_some);
            if differ {
                let dispute = Dispute {
                    contact: id.to_string(),
                    about: DisputeAbout::Initiator,
                    kind: DisputeKind::Implied,
                    step: Some(StepKind::Requested),
                    sides: vec![ids(&first.1), ids(&second.1)],
                };
                (None, Some(dispute))
            } else {
                (Some(first.0.to_string()), None)
            }
        }
    }
}

fn ids(accounts: &[&Account]) -> Vec<String> {
    accounts.iter().map(|a| a.id.clone()).collect()
}

fn steps<'a>(
    status: Status,
    initiator: Option<&str>,
    governments: &[String],
    accounts: &'a [Account],
    published: &dyn Fn(&Account) -> Option<&'a str>,
) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut add = |kind: StepKind, when: Option<String>, by: Option<String>, account: &str| {
        let known = steps.iter_mut().find(|s| {
            s.step == kind
                && (s.by == by || by.is_none() || s.by.is_none())
                && match (&s.when, &when) {
                    (Some(a), Some(b)) => edtf::compatible(a, b, 0),
                    _ => true,
                }
        });
        match known {
            Some(known) => {
                known.by = known.by.take().or(by);
                known.when = match (known.when.take(), when) {
                    (Some(a), Some(b)) => Some(edtf::narrower(&a, &b).to_string()),
                    (a, b) => a.or(b),
                };
                if !known.accounts.iter().any(|a| a == account) {
                    known.accounts.push(account.to_string());
                }
            }
            None => steps.push(Step { step: kind, when, by, accounts: vec![account.to_string()], inferred: false }),
        }
    };
    for account in accounts.iter().filter(|a| a.stance != Stance::Denied) {
        let claim = &account.claim;
        let Some(kind) = claim.step.or_else(|| claim.status.and_then(step_of)) else { continue };
        let told_of_contact = matches!(kind, StepKind::Held | StepKind::Attempted | StepKind::Started);
        // "Called" is the contact itself where it was held, and an attempt where it was not.
        let on_another_day = accounts
            .iter()
            .filter(|a| is_held(a) && !is_attempt(a))
            .filter_map(|held| held.claim.when.as_ref().zip(claim.when.as_ref().or(claim.step_when.as_ref())))
            .any(|(held, tried)| !edtf::compatible(held, tried, 1));
        let failed = claim.status.is_some_and(|s| s != Status::Held);
        let same = kind == StepKind::Attempted && status == Status::Held && !failed && !on_another_day;
        let kind = if same { StepKind::Held } else { kind };
        let mut when =
            if told_of_contact { claim.when.clone().or(claim.step_when.clone()) } else { claim.step_when.clone() };
        let statement = speaks_for(account).is_some() && !told_of_contact;
        // Silence lasts to the day on which it is told.
        if when.is_none()
            && (statement || kind == StepKind::Unanswered)
            && matches!(
                kind,
                StepKind::Declined
                    | StepKind::Postponed
                    | StepKind::Cancelled
                    | StepKind::Scheduled
                    | StepKind::Unanswered
            )
        {
            when = published(account).map(day_of);
        }
        // Both hold a contact; only who began it is told apart.
        let by = match kind {
            StepKind::Held => initiator.map(str::to_string),
            StepKind::Attempted => claim.by.clone().or_else(|| claim.initiator.clone()),
            _ => claim.by.clone(),
        };
        add(kind, when, by, &account.id);
    }
    if status == Status::Held {
        // Who only tells that it was tried has not told of the contact itself.
        let strong = accounts.iter().any(|a| is_held(a) && !is_attempt(a));
        for account in accounts.iter().filter(|a| is_held(a) && !(strong && is_attempt(a))) {
            if let Some(government) = speaks_for(account).filter(|g| governments.iter().any(|p| p == g)) {
                add(StepKind::ReadOut, published(account).map(day_of), Some(government.to_string()), &account.id);
            }
        }
    }
    steps.sort_by_key(|s| (s.when.as_deref().and_then(edtf::interval).map(|(first, _)| first), order(s.step)));
    // Undated steps go where the life of a contact puts them, not before everything else.
    let (dated, undated): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(|s| s.when.is_some());
    let mut steps = dated;
    for step in undated {
        let at = steps.iter().position(|s| order(s.step) > order(step.step)).unwrap_or(steps.len());
        steps.insert(at, step);
    }
    steps
}

fn day_of(published: &str) -> String {
    published.split('T').next().unwrap_or(published).to_string()
}

/// The place of a step in the life of a contact.
fn order(step: StepKind) -> usize {
    StepKind::ALL.iter().position(|s| *s == step).unwrap_or(usize::MAX)
}

fn response_days(steps: &[Step]) -> Option<i64> {
    let day = |s: &Step| {
        let (first, last) = edtf::interval(s.when.as_deref()?)?;
        (first == last).then_some(first)
    };
    let asked = steps.iter().filter(|s| matches!(s.step, StepKind::Requested | StepKind::Attempted)).find_map(day)?;
    let answered = steps
        .iter()
        .filter(|s| matches!(s.step, StepKind::Acknowledged | StepKind::Proposed | StepKind::Declined | StepKind::Held))
        .filter_map(day)
        .find(|d| *d >= asked)?;
    let days = (answered - asked).get_days();
    Some(i64::from(days))
}

fn occurrence(id: &str, accounts: &[Account], status: Status) -> Option<Dispute> {
    if !matches!(status, Status::Denied | Status::Disputed) {
        return plans(id, accounts)
            .or_else(|| requests(id, accounts, status))
            .or_else(|| put_off(id, accounts, status));
    }
    let tried = |a: &Account| is_attempt(a) && a.stance != Stance::Denied;
    let held: Vec<&Account> = accounts.iter().filter(|a| is_held(a) || is_asked(a) || tried(a)).collect();
    let denied: Vec<&Account> = accounts.iter().filter(|a| is_denied(a)).collect();
    // Who denies answers somebody, even if nobody else tells of it here; "they have not met" answers nobody.
    let answers = denied.iter().any(|a| a.rules.iter().any(|r| r == "dispute-reject"));
    (!denied.is_empty() && (answers || !held.is_empty())).then(|| Dispute {
        contact: id.to_string(),
        about: DisputeAbout::Occurrence,
        kind: DisputeKind::Explicit,
        step: Some(StepKind::Held),
        sides: vec![ids(&held), ids(&denied)],
    })
}

/// "No visit was ever announced", says the side to which the other says that it had planned one.
fn plans(id: &str, accounts: &[Account]) -> Option<Dispute> {
    let planned = |a: &&Account| {
        matches!(a.claim.status, Some(Status::Planned | Status::Postponed | Status::Cancelled))
            && speaks_for(a).is_some()
    };
    let (denied, told): (Vec<&Account>, Vec<&Account>) =
        accounts.iter().filter(planned).partition(|a| a.stance == Stance::Denied);
    let apart = denied.iter().any(|d| told.iter().any(|t| speaks_for(d) != speaks_for(t)));
    apart.then(|| Dispute {
        contact: id.to_string(),
        about: DisputeAbout::Occurrence,
        kind: DisputeKind::Explicit,
        step: Some(StepKind::Scheduled),
        sides: vec![ids(&told), ids(&denied)],
    })
}

/// "Media claimed that it had been put off; the two did speak, officials said".
fn put_off(id: &str, accounts: &[Account], status: Status) -> Option<Dispute> {
    if status != Status::Held {
        return None;
    }
    let off = |a: &&Account| {
        // A government may put off what it then holds; media only report it.
        let media = a.voice.kind == VoiceKind::Media || a.voice.kind != VoiceKind::Reporter && speaks_for(a).is_none();
        media && a.stance != Stance::Denied && matches!(a.claim.status, Some(Status::Postponed | Status::Cancelled))
    };
    let told: Vec<&Account> = accounts.iter().filter(off).collect();
    let last = accounts.iter().rposition(|a| off(&a))?;
    let held: Vec<&Account> =
        accounts[last + 1..].iter().filter(|a| is_held(a) && !is_attempt(a) && speaks_for(a).is_some()).collect();
    // What was put off is said to be on another day, what was called off on none.
    let called_off = told.iter().any(|a| a.claim.status == Some(Status::Cancelled));
    (!held.is_empty()).then(|| Dispute {
        contact: id.to_string(),
        about: if called_off { DisputeAbout::Occurrence } else { DisputeAbout::Date },
        kind: DisputeKind::Implied,
        step: Some(StepKind::Held),
        sides: vec![ids(&told), ids(&held)],
    })
}

/// "No such request was made", says the side that the other says had asked.
fn requests(id: &str, accounts: &[Account], status: Status) -> Option<Dispute> {
    let denied: Vec<&Account> = accounts.iter().filter(|a| is_unasked(a)).collect();
    let asked = |a: &&Account| a.stance != Stance::Denied && (is_asked(a) || asks(a));
    let told: Vec<&Account> = accounts.iter().filter(asked).collect();
    let apart = denied.iter().any(|d| told.iter().any(|t| speaks_for(d) != speaks_for(t)));
    apart.then(|| Dispute {
        contact: id.to_string(),
        // What was held was asked for by somebody.
        about: if status == Status::Held { DisputeAbout::Initiator } else { DisputeAbout::Occurrence },
        kind: DisputeKind::Explicit,
        step: Some(StepKind::Requested),
        sides: vec![ids(&told), ids(&denied)],
    })
}

/// Two sides that give different reasons why it did not come about.
fn reasons(id: &str, accounts: &[Account], status: Status) -> Option<Dispute> {
    if matches!(status, Status::Held | Status::Planned | Status::Possible) {
        return None;
    }
    let told: Vec<&Account> = accounts.iter().filter(|a| a.claim.reason.is_some() && speaks_for(a).is_some()).collect();
    let first = told.first()?;
    let (one, other): (Vec<&Account>, Vec<&Account>) = told.iter().partition(|a| speaks_for(a) == speaks_for(first));
    (!other.is_empty()).then(|| Dispute {
        contact: id.to_string(),
        about: DisputeAbout::Reason,
        kind: DisputeKind::Implied,
        step: None,
        sides: vec![ids(&one), ids(&other)],
    })
}

fn dates(id: &str, accounts: &[Account], status: Status) -> Option<Dispute> {
    if status != Status::Held {
        return None;
    }
    // Only full days of what is told as held can contradict; a day's difference can be two capitals' clocks.
    let dated: Vec<&Account> = accounts
        .iter()
        .filter(|a| is_held(a) && !is_attempt(a) && a.claim.when.as_deref().is_some_and(is_day))
        .collect();
    for (i, a) in dated.iter().enumerate() {
        for b in &dated[i + 1..] {
            let (Some(x), Some(y)) = (a.claim.when.as_deref(), b.claim.when.as_deref()) else { continue };
            let apart = speaks_for(a) != speaks_for(b) || a.document != b.document;
            if apart && !edtf::compatible(x, y, 1) {
                return Some(Dispute {
                    contact: id.to_string(),
                    about: DisputeAbout::Date,
                    kind: DisputeKind::Implied,
                    step: Some(StepKind::Held),
                    sides: vec![ids(&[a]), ids(&[b])],
                });
            }
        }
    }
    None
}

fn is_day(edtf: &str) -> bool {
    edtf::interval(edtf).is_some_and(|(first, last)| first == last) && !edtf.contains(['~', '?'])
}

fn attempts(id: &str, accounts: &[Account], status: Status) -> Option<Dispute> {
    if status != Status::Unanswered {
        return None;
    }
    // "Did not try again", "no further request was received": a side denies attempts that the other's account implies.
    let denied: Vec<&Account> = accounts
        .iter()
        .filter(|a| {
            a.stance == Stance::Denied && matches!(a.claim.step, Some(StepKind::Attempted | StepKind::Requested))
        })
        .filter(|a| speaks_for(a).is_some() && speaks_for(a) != a.claim.initiator.as_deref())
        .collect();
    let made: Vec<&Account> = accounts.iter().filter(|a| a.stance != Stance::Denied && is_attempt(a)).collect();
    (!denied.is_empty() && !made.is_empty()).then(|| Dispute {
        contact: id.to_string(),
        about: DisputeAbout::Attempts,
        kind: DisputeKind::Implied,
        step: Some(StepKind::Attempted),
        sides: vec![ids(&made), ids(&denied)],
    })
}

fn durations(id: &str, accounts: &[Account]) -> Option<Dispute> {
    let told: Vec<(&Account, f64)> = accounts.iter().filter_map(|a| Some((a, a.claim.duration_minutes?))).collect();
    for (i, (a, x)) in told.iter().enumerate() {
        for (b, y) in &told[i + 1..] {
            // "About 30 minutes" and "half an hour and a bit" agree.
            let (low, high) = if x < y { (x, y) } else { (y, x) };
            if speaks_for(a) != speaks_for(b) && high / low >= 1.5 && high - low >= 15.0 {
                return Some(Dispute {
                    contact: id.to_string(),
                    about: DisputeAbout::Duration,
                    kind: DisputeKind::Implied,
                    step: None,
                    sides: vec![ids(&[a]), ids(&[b])],
                });
            }
        }
    }
    None
}
