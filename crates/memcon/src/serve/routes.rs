//! The table of pages. It finds who answers a request, and `/openapi.json` is made from it.

use super::answer::{Answer, Wrong};
use super::app::App;
use super::ask::{Ask, Form};
use super::{openapi, pages, session};
use store::{Role, Store};

/// One page, or one form that is sent.
pub struct Route {
    /// Whether a form is sent there.
    pub posted: bool,
    /// Its address; a part in braces stands for anything.
    pub path: &'static str,
    /// What it shows or does, in a sentence.
    pub about: &'static str,
    /// In which forms it comes.
    pub forms: &'static [Form],
    /// What may stand after `?`; of a form that is sent, its fields.
    pub params: &'static [Param],
    /// What its JSON is: a name in [`openapi`].
    pub schema: &'static str,
    /// Who may ask for it where people sign in; nobody has to where this is `None`.
    pub needs: Option<Role>,
    /// Answers it.
    pub answer: fn(&App, &mut Store, &Ask) -> Result<Answer, Wrong>,
}

/// A value after `?`, or a field of a form.
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Whether it may be given several times.
    pub many: bool,
    /// Whether the page needs it.
    pub needed: bool,
    /// What it may be, where only some values are known.
    pub values: Option<fn() -> Vec<&'static str>>,
}

const ALL: &[Form] = &[Form::Html, Form::Json, Form::Csv];
const READ: &[Form] = &[Form::Html, Form::Json];
const PAGE: &[Form] = &[Form::Html];

/// Every page.
pub const ROUTES: &[Route] = &[
    Route {
        posted: false,
        path: "/",
        about: "The timeline.",
        forms: PAGE,
        params: pages::timeline::PARAMS,
        schema: "",
        needs: Some(Role::Reader),
        answer: pages::timeline::answer,
    },
    Route {
        posted: false,
        path: "/timeline",
        about: "Contacts between governments, oldest first.",
        forms: ALL,
        params: pages::timeline::PARAMS,
        schema: "Contacts",
        needs: Some(Role::Reader),
        answer: pages::timeline::answer,
    },
    Route {
        posted: false,
        path: "/contacts/{id}",
        about: "The memorandum of one contact.",
        forms: READ,
        params: pages::contact::PARAMS,
        schema: "Contact",
        needs: Some(Role::Reader),
        answer: pages::contact::answer,
    },
    Route {
        posted: false,
        path: "/document",
        about: "One document: its text with what was found in it.",
        forms: READ,
        params: pages::document::PARAMS,
        schema: "Document",
        needs: Some(Role::Reader),
        answer: pages::document::answer,
    },
    Route {
        posted: false,
        path: "/document/original",
        about: "The bytes of a document as they came, as plain text.",
        forms: PAGE,
        params: pages::document::ORIGINAL,
        schema: "",
        needs: Some(Role::Reader),
        answer: pages::document::original,
    },
    Route {
        posted: false,
        path: "/documents",
        about: "The documents of the record.",
        forms: ALL,
        params: pages::document::LIST,
        schema: "Documents",
        needs: Some(Role::Reader),
        answer: pages::document::list,
    },
    Route {
        posted: false,
        path: "/disputes",
        about: "Points on which accounts of a contact disagree, with the accounts of each side.",
        forms: ALL,
        params: pages::disputes::PARAMS,
        schema: "Disputes",
        needs: Some(Role::Reader),
        answer: pages::disputes::answer,
    },
    Route {
        posted: false,
        path: "/statements",
        about: "Quotations and reported speech, oldest first.",
        forms: ALL,
        params: pages::statements::PARAMS,
        schema: "Statements",
        needs: Some(Role::Reader),
        answer: pages::statements::answer,
    },
    Route {
        posted: false,
        path: "/search",
        about: "Words found in evidence, statements and articles, best first.",
        forms: READ,
        params: pages::search::PARAMS,
        schema: "Hits",
        needs: Some(Role::Reader),
        answer: pages::search::answer,
    },
    Route {
        posted: false,
        path: "/pairs",
        about: "Pairs of governments: how often, who asks, how long answers take.",
        forms: ALL,
        params: pages::pairs::PARAMS,
        schema: "Pairs",
        needs: Some(Role::Reader),
        answer: pages::pairs::answer,
    },
    Route {
        posted: false,
        path: "/people",
        about: "The people who take part in contacts or speak of them, those of the most contacts first.",
        forms: ALL,
        params: pages::people::LIST,
        schema: "People",
        needs: Some(Role::Reader),
        answer: pages::people::list,
    },
    Route {
        posted: false,
        path: "/person",
        about: "One person: contacts, with whom, in which offices; and statements.",
        forms: READ,
        params: pages::people::PARAMS,
        schema: "Person",
        needs: Some(Role::Reader),
        answer: pages::people::answer,
    },
    Route {
        posted: false,
        path: "/coverage",
        about: "What was read for some parties and a period.",
        forms: ALL,
        params: pages::coverage::PARAMS,
        schema: "Coverage",
        needs: Some(Role::Reader),
        answer: pages::coverage::answer,
    },
    Route {
        posted: false,
        path: "/review",
        about: "Contacts that the program is least sure of, with its doubts.",
        forms: READ,
        params: pages::review::PARAMS,
        schema: "Doubts",
        needs: Some(Role::Editor),
        answer: pages::review::answer,
    },
    Route {
        posted: false,
        path: "/dossiers",
        about: "Collections of contacts, documents and notes.",
        forms: READ,
        params: &[],
        schema: "Dossiers",
        needs: Some(Role::Reader),
        answer: pages::dossiers::list,
    },
    Route {
        posted: false,
        path: "/dossiers/{id}",
        about: "One dossier with what is in it.",
        forms: READ,
        params: &[],
        schema: "Dossier",
        needs: Some(Role::Reader),
        answer: pages::dossiers::answer,
    },
    Route {
        posted: false,
        path: "/dossiers/{id}/file",
        about: "A dossier as one HTML file.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: Some(Role::Reader),
        answer: pages::dossiers::file,
    },
    Route {
        posted: false,
        path: "/dossiers/{id}/memo",
        about: "A dossier as a memorandum in Markdown with footnotes.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: Some(Role::Reader),
        answer: pages::dossiers::memo,
    },
    Route {
        posted: false,
        path: "/dossiers/{id}/package",
        about: "A dossier as a data package: zipped tables with their schema.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: Some(Role::Reader),
        answer: pages::dossiers::package,
    },
    Route {
        posted: true,
        path: "/dossiers",
        about: "Makes a dossier.",
        forms: PAGE,
        params: pages::dossiers::MAKE,
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::dossiers::make,
    },
    Route {
        posted: true,
        path: "/keep",
        about: "Puts a contact or a document into a dossier.",
        forms: PAGE,
        params: pages::dossiers::KEEP,
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::dossiers::keep,
    },
    Route {
        posted: true,
        path: "/dossiers/{id}",
        about: "Renames a dossier, shares it, takes the link back, deletes it; adds, moves, annotates or removes what is in it.",
        forms: PAGE,
        params: pages::dossiers::CHANGE,
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::dossiers::change,
    },
    Route {
        posted: false,
        path: "/shared/{link}",
        about: "A dossier as those read it who have its link.",
        forms: READ,
        params: &[],
        schema: "SharedDossier",
        needs: None,
        answer: pages::dossiers::shared,
    },
    Route {
        posted: false,
        path: "/shared/{link}/file",
        about: "The same as one HTML file.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: None,
        answer: pages::dossiers::file,
    },
    Route {
        posted: false,
        path: "/shared/{link}/memo",
        about: "The same as a memorandum in Markdown with footnotes.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: None,
        answer: pages::dossiers::memo,
    },
    Route {
        posted: false,
        path: "/shared/{link}/package",
        about: "The same as a data package.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: None,
        answer: pages::dossiers::package,
    },
    Route {
        posted: false,
        path: "/add",
        about: "Forms to add documents and contacts by hand.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::adding::answer,
    },
    Route {
        posted: true,
        path: "/add",
        about: "Reads and records what is pasted or sent as files.",
        forms: READ,
        params: pages::adding::FORM,
        schema: "Added",
        needs: Some(Role::Editor),
        answer: pages::adding::take,
    },
    Route {
        posted: false,
        path: "/jobs/{job}",
        about: "How far some reading is that takes long, and what came of it.",
        forms: READ,
        params: &[],
        schema: "Job",
        needs: Some(Role::Editor),
        answer: pages::adding::progress,
    },
    Route {
        posted: false,
        path: "/jobs/{job}/events",
        about: "The same as it goes on: server-sent events, each with what the JSON is.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::adding::events,
    },
    Route {
        posted: true,
        path: "/contacts/{id}/correct",
        about: "Accepts, rejects, edits, merges or splits a contact, or adds a step to it.",
        forms: PAGE,
        params: pages::correcting::CORRECT,
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::correcting::correct,
    },
    Route {
        posted: false,
        path: "/corrections",
        about: "What people changed, the latest first.",
        forms: ALL,
        params: pages::correcting::PARAMS,
        schema: "Corrections",
        needs: Some(Role::Reader),
        answer: pages::correcting::history,
    },
    Route {
        posted: true,
        path: "/corrections/undo",
        about: "Takes a correction back.",
        forms: PAGE,
        params: pages::correcting::UNDO,
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::correcting::undo,
    },
    Route {
        posted: true,
        path: "/corrections/add",
        about: "Adds a contact that no document tells of.",
        forms: PAGE,
        params: pages::correcting::ADD,
        schema: "",
        needs: Some(Role::Editor),
        answer: pages::correcting::add,
    },
    Route {
        posted: false,
        path: "/sign-in",
        about: "The form to sign in.",
        forms: PAGE,
        params: pages::signing::PARAMS,
        schema: "",
        needs: None,
        answer: pages::signing::answer,
    },
    Route {
        posted: true,
        path: "/sign-in",
        about: "Begins a session.",
        forms: PAGE,
        params: pages::signing::SIGN_IN,
        schema: "",
        needs: None,
        answer: pages::signing::sign_in,
    },
    Route {
        posted: true,
        path: "/sign-out",
        about: "Ends the session.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: None,
        answer: pages::signing::sign_out,
    },
    Route {
        posted: false,
        path: "/account",
        about: "One’s own password, tokens and sessions.",
        forms: PAGE,
        params: &[],
        schema: "",
        needs: Some(Role::Reader),
        answer: pages::signing::account,
    },
    Route {
        posted: true,
        path: "/account",
        about: "Changes one’s own password, makes a token or takes one back, ends other sessions.",
        forms: PAGE,
        params: pages::signing::ACCOUNT,
        schema: "",
        needs: Some(Role::Reader),
        answer: pages::signing::change,
    },
    Route {
        posted: false,
        path: "/trail",
        about: "Who did what, the latest first.",
        forms: ALL,
        params: pages::signing::TRAIL,
        schema: "Trail",
        needs: Some(Role::Admin),
        answer: pages::signing::trail,
    },
];

/// The page that is asked for.
fn find(ask: &Ask) -> Result<&'static Route, Wrong> {
    let here: Vec<&Route> = ROUTES.iter().filter(|route| fits(route.path, &ask.path)).collect();
    let Some(route) = here.iter().find(|route| route.posted == ask.posted) else {
        return Err(match here.is_empty() {
            true => Wrong::nowhere(),
            false => Wrong::new(405, "a form is not sent there, or a page not got from there"),
        });
    };
    match route.forms.contains(&ask.form) {
        true => Ok(route),
        false => Err(Wrong::new(404, "this page does not come in that form")),
    }
}

/// Finds out who asks, and lets the request pass or not.
pub fn admit(app: &App, store: &mut Store, ask: &mut Ask) -> Result<(), Wrong> {
    if ask.admitted {
        return Ok(());
    }
    // Whoever is not signed in does not learn what there is.
    let needs = find(ask).map_or(Some(Role::Reader), |route| route.needs);
    session::admit(app, store, ask, needs)?;
    ask.admitted = true;
    Ok(())
}

/// Answers a request.
pub fn answer(app: &App, ask: &mut Ask) -> Result<Answer, Wrong> {
    // The stylesheet and the script say nothing of the record.
    if let ([folder, file], false) = (ask.path.as_slice(), ask.posted)
        && folder == "assets"
    {
        return asset(app, file);
    }
    app.with_store(|store| {
        admit(app, store, ask)?;
        if ask.path == ["openapi"] && ask.form == Form::Json && !ask.posted {
            return Answer::json(&openapi::description());
        }
        let route = find(ask)?;
        if !route.posted {
            let (stamp, key) = (app.record_stamp(), ask.key());
            return match app.given(&stamp, &key) {
                Some(answer) => Ok(answer),
                None => {
                    let answer = (route.answer)(app, store, ask)?;
                    app.give_again(stamp, key, &answer);
                    Ok(answer)
                }
            };
        }
        let answer = (route.answer)(app, store, ask)?;
        if let Some(asker) = ask.asker.as_ref().filter(|_| route.needs.is_some() && answer.is_good()) {
            let action = ask.sent.field("action").unwrap_or_default();
            let done =
                route.path.split('/').rfind(|part| !part.is_empty() && !part.starts_with('{')).unwrap_or_default();
            let action: String = format!("{done} {action}").trim().chars().take(80).collect();
            store.note_deed(&asker.user.name, &action, &format!("/{}", ask.path.join("/")))?;
        }
        Ok(answer)
    })
}

fn fits(pattern: &str, path: &[String]) -> bool {
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    parts.len() == path.len() && parts.iter().zip(path).all(|(part, own)| part.starts_with('{') || part == own)
}

fn asset(app: &App, file: &str) -> Result<Answer, Wrong> {
    match file {
        "memcon.css" => Ok(Answer::asset("text/css; charset=utf-8", super::app::STYLE, &app.stamp)),
        "memcon.js" => Ok(Answer::asset("text/javascript; charset=utf-8", super::app::SCRIPT, &app.stamp)),
        "memcon.svg" => Ok(Answer::asset("image/svg+xml", include_str!("assets/memcon.svg"), &app.stamp)),
        _ => Err(Wrong::nowhere()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_share_an_address() {
        for (at, one) in ROUTES.iter().enumerate() {
            let path: Vec<String> = one.path.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect();
            let same = ROUTES.iter().skip(at + 1).filter(|other| other.posted == one.posted && fits(other.path, &path));
            assert_eq!(same.count(), 0, "{}", one.path);
        }
    }
}
