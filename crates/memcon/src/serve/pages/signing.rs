//! Signing in and out, one's own password and tokens, and the trail of who did what.

use super::correcting::passed;
use super::filters;
use crate::passwords;
use crate::serve::answer::{Answer, Wrong};
use crate::serve::app::App;
use crate::serve::ask::{Ask, Form};
use crate::serve::routes::Param;
use crate::serve::session::{self, Asker};
use crate::serve::words::say;
use serde_json::json;
use store::Store;

/// What may be asked for of the page to sign in.
pub const PARAMS: &[Param] = &[filters::optional("next", "Where to go afterwards.")];

/// What may be asked for of the trail.
pub const TRAIL: &[Param] =
    &[filters::LIMIT, filters::optional("after", "How many entries to pass over: the `next` of the page before.")];

/// What the form to sign in sends.
pub const SIGN_IN: &[Param] = &[
    filters::needed("name", "One’s name."),
    filters::needed("password", "One’s password."),
    filters::optional("next", "Where to go afterwards."),
];

/// What the forms of one's own page send.
pub const ACCOUNT: &[Param] = &[
    Param {
        needed: true,
        ..filters::one_of("action", "What is done.", || vec!["password", "token", "revoke", "leave"])
    },
    filters::optional("name", "One’s name, for the browser’s keeper of passwords."),
    filters::optional("old", "Another password: the one so far."),
    filters::optional("new", "Another password: the new one."),
    filters::optional("label", "A new token: what it is for."),
    filters::optional("number", "A token taken back: its number."),
];

/// Answers with the form.
pub fn answer(app: &App, _: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    form(app, ask, ask.param("next"), None)
}

fn form(app: &App, ask: &Ask, next: Option<&str>, wrong: Option<&str>) -> Result<Answer, Wrong> {
    let page = app.page("sign-in.html", ask, view! { next => next.map(within), wrong })?;
    Ok(if wrong.is_some() { page.status(401) } else { page })
}

/// An address of this page and of no other: what does not begin as one leads to the first page.
fn within(next: &str) -> String {
    let ours =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if ours { next.to_owned() } else { "/".to_owned() }
}

/// Takes name and password.
pub fn sign_in(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let name = ask.sent.field("name").unwrap_or_default();
    // A password may begin with a space.
    let password = ask.sent.fields.iter().find(|(own, _)| own == "password").map(|(_, value)| value.as_str());
    let peer = ask.claim.peer;
    if let Some(wait) = app.failures.wait(name, peer) {
        let wrong = Wrong::new(429, "too many have tried to sign in and failed");
        return Err(wrong.hint(format!("try again in {} minutes", wait.div_ceil(60))).retry_after(wait));
    }
    // Counted before it is known, so that many at once are as few as one after another.
    app.failures.count(name, peer);
    let found = store.user_with_password(name)?;
    let kept = found.as_ref().map(|(_, kept)| kept.as_str());
    let right = passwords::is_right(password.unwrap_or_default(), kept);
    let from = peer.map(|peer| peer.to_string()).unwrap_or_default();
    if let Some((user, _)) = found.as_ref().filter(|_| !right) {
        // Under no name that is nobody's: it may be a password, typed into the wrong field.
        store.note_deed(&user.name, "failed to sign in", &from)?;
    }
    let Some((user, _)) = found.filter(|_| right) else {
        // The same words for a wrong name and a wrong password: nobody learns who there is.
        return form(app, ask, ask.sent.given("next"), Some(&say!("sign-in-wrong")));
    };
    app.failures.forget(name, peer);
    let secret = passwords::secret()?;
    store.begin_session(&user, &passwords::digest(&secret), session::now())?;
    store.note_deed(&user.name, "signed in", &from)?;
    let next = within(ask.sent.given("next").unwrap_or("/"));
    Ok(Answer::redirect(next).with("set-cookie", session::cookie(app, Some(&secret))))
}

/// Ends the session.
pub fn sign_out(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    if let Some(Asker { session: Some(secret), .. }) = &ask.asker {
        store.end_session(&passwords::digest(secret))?;
    }
    Ok(Answer::redirect("/sign-in").with("set-cookie", session::cookie(app, None)))
}

fn own(ask: &Ask) -> Result<&Asker, Wrong> {
    ask.asker.as_ref().ok_or_else(|| Wrong::new(404, "nobody signs in here: this record is served to its own machine"))
}

/// One's own name, password and tokens.
pub fn account(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    shown(app, store, ask, None, None)
}

fn shown(app: &App, store: &Store, ask: &Ask, token: Option<&str>, done: Option<&str>) -> Result<Answer, Wrong> {
    let tokens = ask.asker.as_ref().map(|asker| store.tokens(&asker.user)).transpose()?.unwrap_or_default();
    let page = app.page("account.html", ask, view! { tokens, fresh => token, done })?;
    Ok(page.with("cache-control", "no-store".to_owned()))
}

/// Changes one's own password, makes or takes back a token.
pub fn change(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    let asker = own(ask)?;
    // A token is for programs; whoever stole one must not make itself at home with it.
    let Some(secret) = &asker.session else {
        return Err(Wrong::new(403, "this is done on the page, not with a token"));
    };
    let raw = |name: &str| ask.sent.fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
    match ask.sent.field("action").unwrap_or_default() {
        "password" => {
            let name = &asker.user.name;
            if let Some(wait) = app.failures.wait(name, ask.claim.peer) {
                return Err(Wrong::new(429, "too many have tried this password and failed").retry_after(wait));
            }
            app.failures.count(name, ask.claim.peer);
            let kept = store.user_with_password(name)?.map(|(_, kept)| kept);
            if !passwords::is_right(raw("old"), kept.as_deref()) {
                return Err(Wrong::new(400, "this is not the password so far"));
            }
            app.failures.forget(name, ask.claim.peer);
            passwords::check(raw("new"))?;
            store.set_password(name, &passwords::hashed(raw("new"))?)?;
            // Every session ended, this one too: it goes on under another secret.
            let fresh = passwords::secret()?;
            store.begin_session(&asker.user, &passwords::digest(&fresh), session::now())?;
            Ok(Answer::redirect("/account").with("set-cookie", session::cookie(app, Some(&fresh))))
        }
        "token" => {
            let token = passwords::secret()?;
            store.add_token(&asker.user, raw("label"), &passwords::digest(&token))?;
            shown(app, store, ask, Some(&token), None)
        }
        "revoke" => {
            let number = raw("number").parse().map_err(|_| Wrong::new(400, "the form does not say which token"))?;
            store.remove_token(&asker.user, number)?;
            Ok(Answer::redirect("/account"))
        }
        "leave" => {
            store.end_sessions(&asker.user)?;
            store.begin_session(&asker.user, &passwords::digest(secret), session::now())?;
            shown(app, store, ask, None, Some(&say!("sessions-ended")))
        }
        other => Err(Wrong::new(400, format!("there is no action {other:?}"))),
    }
}

/// Who did what, the latest first.
pub fn trail(app: &App, store: &mut Store, ask: &Ask) -> Result<Answer, Wrong> {
    if ask.form == Form::Csv {
        let rows = store.trail(usize::MAX, 0)?.0.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
        return Answer::table("trail", &["number", "time", "user", "action", "subject"], &rows);
    }
    let passed = passed(ask)?;
    let (items, total) = store.trail(filters::limit(ask)?, passed)?;
    let next = (passed + items.len() < total).then(|| (passed + items.len()).to_string());
    if ask.form == Form::Json {
        return Answer::json(&json!({"items": items, "next": next}));
    }
    let items: Vec<_> = items
        .into_iter()
        .map(|deed| {
            let time = deed.time.get(..16).unwrap_or(&deed.time).replace('T', " ");
            json!({"time": time, "user": deed.user, "action": deed.action, "subject": deed.subject})
        })
        .collect();
    let next = next.map(|next| ask.query_with(&[("after", Some(&next))]));
    app.page("trail.html", ask, view! { items, total, next, users => store.users()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_one_stays_here() {
        for ours in ["/", "/timeline?party=usa&to=2013", "/contacts/7k3f#history"] {
            assert_eq!(within(ours), ours);
        }
        for other in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/\n/evil", "/\0"]
        {
            assert_eq!(within(other), "/", "{other:?}");
        }
    }
}
