//! What is found, told to a person: a block for each document, and one timeline over all.

pub mod dates;
mod documents;
mod explained;
mod timeline;

pub use documents::document;
pub use explained::explained;
pub use timeline::timeline;

use crate::term::{Ink, plain};
use reader::codes::{Role, Status};
use reader::record::{Contact, Party, Voice};

/// The mark and the colour of a status: what happened, may yet happen, came to nothing, or is contested.
pub fn status_mark(status: Status) -> (&'static str, Ink) {
    match status {
        Status::Held => ("●", Ink::Happened),
        Status::Requested | Status::Proposed | Status::Planned | Status::Possible => ("○", Ink::Pending),
        Status::Unanswered | Status::Lapsed | Status::Postponed => ("◌", Ink::Failed),
        Status::Declined | Status::Cancelled => ("×", Ink::Failed),
        Status::Denied | Status::Disputed => ("≠", Ink::Contested),
    }
}

/// Who was in touch with whom, in one line: `John Kerry (USA) → Sergei Lavrov (RUS)`.
pub fn sides<A>(contact: &Contact<A>) -> String {
    let with = |roles: &[Role]| -> Vec<String> {
        let there = contact.parties.iter().filter(|party| party.role.is_some_and(|role| roles.contains(&role)));
        there.map(party).collect()
    };
    let from = with(&[Role::Initiator, Role::Visitor]);
    let mediators = with(&[Role::Mediator]);
    let rest = contact
        .parties
        .iter()
        .filter(|party| !matches!(party.role, Some(Role::Initiator | Role::Visitor | Role::Mediator)));
    let to: Vec<String> = rest.map(party).collect();
    let mut line = match (from.is_empty(), to.is_empty()) {
        (false, false) => format!("{} → {}", from.join(", "), to.join(", ")),
        _ => from.into_iter().chain(to).collect::<Vec<_>>().join(" – "),
    };
    if !mediators.is_empty() {
        line.push_str(&format!(", through {}", mediators.join(", ")));
    }
    line
}

fn party(party: &Party) -> String {
    match party.person.as_deref().or(party.office.as_deref()) {
        Some(name) => format!("{} ({})", plain(name), plain(&party.government)),
        None => plain(&party.government),
    }
}

/// Whose account it is: the side it stands for, and the name of the one who speaks.
pub fn voice(voice: &Voice) -> (String, String) {
    use reader::codes::VoiceKind;
    let name = voice.person.as_deref().or(voice.name.as_deref()).or(voice.office.as_deref()).map(plain);
    let side = match voice.kind {
        VoiceKind::Official | VoiceKind::AnonymousOfficial => {
            voice.government.as_deref().map_or("official".into(), plain)
        }
        kind => kind.name().to_string(),
    };
    (side, name.unwrap_or_default())
}

/// `1 contact`, `2 contacts`.
pub fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
