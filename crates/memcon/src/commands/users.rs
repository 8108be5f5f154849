//! `memcon users`: who may sign in to the page.

use crate::asked::Record;
use crate::failure::{Failure, Outcome};
use crate::passwords;
use crate::term::plain;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use store::{Role, Store};

/// Say who may sign in to the page, and as what.
///
/// A record that has users is served to those alone, on this machine too; without any it is served to this machine only.
/// Passwords are kept as Argon2id hashes, tokens as digests: neither can be read again. Without a subcommand the users are
/// listed.
#[derive(clap::Args)]
#[command(
    visible_alias = "accounts",
    after_help = "\
Examples:
  memcon users add Anna --role editor          prints a password once; Anna can change it on the page
  memcon users add Bert --stdin < password     takes the first line for the password
  memcon users                                 who there is
  memcon users role Anna admin
  memcon users token Anna 'nightly script'     prints a token once, for Authorization: Bearer …
  memcon users password Anna                   gives a new one, and ends every session
  memcon users remove Bert

A reader reads everything, an editor also corrects, adds and keeps dossiers, an admin also sees who did what."
)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    record: Record,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print who there is.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Add a user.
    Add {
        /// The name, which corrections will carry.
        name: String,
        /// What the user may do: reader, editor or admin.
        #[arg(long, value_name = "ROLE", default_value = "reader", value_parser = role)]
        role: Role,
        /// Take the password from standard input instead of making one up.
        #[arg(long)]
        stdin: bool,
    },
    /// Take a user away, with all sessions and tokens.
    Remove {
        /// The name.
        name: String,
    },
    /// Give a user another role.
    Role {
        /// The name.
        name: String,
        /// reader, editor or admin.
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Give a user another password.
    Password {
        /// The name.
        name: String,
        /// Take the password from standard input instead of making one up.
        #[arg(long)]
        stdin: bool,
    },
    /// Make a token with which a program acts as a user.
    Token {
        /// The user's name.
        name: String,
        /// What it is for.
        label: String,
    },
    /// Take a token back.
    Revoke {
        /// The user's name.
        name: String,
        /// The number of the token, as list prints it.
        number: i64,
    },
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| "there are the roles reader, editor and admin".to_owned())
}

/// By whom the trail says that a command did something.
const HERE: &str = "(command line)";

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let mut store = args.record.open()?;
    let mut out = std::io::stdout().lock();
    match args.command.unwrap_or(Command::List { json: false }) {
        Command::List { json } => list(&store, json, &mut out)?,
        Command::Add { name, role, stdin } => {
            let (password, shown) = password(stdin)?;
            store.add_user(&name, role, &passwords::hashed(&password)?)?;
            store.note_deed(HERE, "added a user", &format!("{name} ({})", role.name()))?;
            show(&shown, &mut out)?;
        }
        Command::Remove { name } => {
            store.remove_user(&name)?;
            store.note_deed(HERE, "removed a user", &name)?;
        }
        Command::Role { name, role } => {
            store.set_role(&name, role)?;
            store.note_deed(HERE, "changed a role", &format!("{name} ({})", role.name()))?;
        }
        Command::Password { name, stdin } => {
            store.user(&name)?;
            let (password, shown) = password(stdin)?;
            store.set_password(&name, &passwords::hashed(&password)?)?;
            store.note_deed(HERE, "changed a password", &name)?;
            show(&shown, &mut out)?;
        }
        Command::Token { name, label } => {
            let token = passwords::secret()?;
            store.add_token(&store.user(&name)?, &label, &passwords::digest(&token))?;
            store.note_deed(HERE, "made a token", &format!("{name}: {label}"))?;
            writeln!(out, "{token}")?;
        }
        Command::Revoke { name, number } => {
            store.remove_token(&store.user(&name)?, number)?;
            store.note_deed(HERE, "took a token back", &format!("{name}: {number}"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A password, and what is to be printed of it.
fn password(stdin: bool) -> Result<(String, Option<String>), Failure> {
    if stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        let password = line.trim_end_matches(['\r', '\n']).to_owned();
        passwords::check(&password)?;
        return Ok((password, None));
    }
    let password = passwords::made_up()?;
    Ok((password.clone(), Some(password)))
}

/// The password alone on standard output, so that it can be piped; what to do with it is for people.
fn show(password: &Option<String>, out: &mut impl Write) -> Result<(), Failure> {
    if let Some(password) = password {
        eprintln!("memcon: the password is shown this once:");
        writeln!(out, "{password}")?;
    }
    Ok(())
}

fn list(store: &Store, json: bool, out: &mut impl Write) -> Result<(), Failure> {
    for user in store.users()? {
        let tokens = store.tokens(&user)?;
        if json {
            let mut line = serde_json::to_value(&user)?;
            line["tokens"] = serde_json::to_value(&tokens)?;
            writeln!(out, "{line}")?;
            continue;
        }
        writeln!(out, "{}  {}", plain(&user.name), user.role.name())?;
        for token in tokens {
            writeln!(out, "    token {}  {}", token.number, plain(&token.label))?;
        }
    }
    Ok(())
}
