//! The generated pages: `docs/commands.md` from the program's own help, `docs/rules.md` from the rule files.

use super::House;
use std::fmt::Write;
use std::io::{Error, Result};
use std::path::Path;
use std::process::Command;

const HEAD: &str = "<!-- Generated: cargo run --release -p dev -- check --write -->\n";

/// One command of the program and what its `--help` prints.
pub struct Help {
    /// Its words: `["memcon", "read"]`.
    pub words: Vec<String>,
    /// The help.
    pub text: String,
}

impl Help {
    /// Long and short flags, with their dashes.
    pub fn flags(&self) -> Vec<&str> {
        let options = self.text.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        options
            .flat_map(|line| line.split_whitespace().take_while(|word| word.starts_with(['-', '<', '['])))
            .map(|word| word.trim_end_matches(','))
            .filter(|word| word.starts_with('-'))
            .map(|word| word.split(['=', '[']).next().unwrap_or(word))
            .collect()
    }

    /// The subcommands that it lists.
    fn subcommands(&self) -> Vec<String> {
        let listed =
            self.text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        listed
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help")
            .map(str::to_string)
            .collect()
    }
}

/// The help of `memcon` and of every command below it, in the order listed.
pub fn help_tree() -> Result<Vec<Help>> {
    let folder = std::env::current_exe()?.parent().unwrap_or(Path::new(".")).to_path_buf();
    let binary = folder.join(format!("memcon{}", std::env::consts::EXE_SUFFIX));
    if !binary.is_file() {
        return Err(Error::other(format!("{} is not there: build it first", binary.display())));
    }
    let mut found = Vec::new();
    let mut waiting = vec![vec!["memcon".to_string()]];
    while let Some(words) = waiting.pop() {
        let output = Command::new(&binary).args(&words[1..]).arg("--help").env("COLUMNS", "100").output()?;
        let help = Help { text: String::from_utf8_lossy(&output.stdout).trim_end().to_string(), words };
        let below = help.subcommands().into_iter().rev();
        waiting.extend(below.map(|name| [help.words.as_slice(), &[name]].concat()));
        found.push(help);
    }
    Ok(found)
}

fn pages(house: &House) -> Result<Vec<(&'static str, String)>> {
    Ok(vec![("docs/commands.md", commands(house)), ("docs/rules.md", rules(house)?)])
}

fn commands(house: &House) -> String {
    let mut page = format!("{HEAD}# Commands\n\nWhat `--help` prints.\n");
    for help in &house.commands {
        let text: Vec<&str> = help.text.lines().map(str::trim_end).collect();
        let _ = write!(page, "\n## {}\n\n```text\n{}\n```\n", help.words.join(" "), text.join("\n"));
    }
    page
}

/// A table of the rules: name, what it finds, and how many sentences show that it does.
fn rules(house: &House) -> Result<String> {
    let mut page = format!(
        "{HEAD}# Rules\n\nEach rule is one file under `crates/reader/rules/`, with its explanation, its pattern, sentences in which it must be \
         found and sentences in which it must not; all of them run as tests.\n\n\
         | rule | what it finds | found in | not found in |\n| --- | --- | --- | --- |\n"
    );
    for path in house.files.iter().filter(|path| path.starts_with("crates/reader/rules/") && path.ends_with(".md")) {
        let text = house.read(path)?;
        let name = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
        let (found, missed) = text.split_once("## Not found").unwrap_or((&text, ""));
        let rows = |part: &str| part.lines().filter(|line| line.starts_with("| ")).count().saturating_sub(2);
        let _ = writeln!(page, "| [`{name}`](../{path}) | {title} | {} | {} |", rows(found), rows(missed));
    }
    Ok(page)
}

/// Writes the generated pages.
pub fn write(house: &House) -> Result<()> {
    for (path, text) in pages(house)? {
        std::fs::write(house.root.join(path), text)?;
    }
    Ok(())
}

/// Whether the generated pages are what would be written now.
pub fn fresh(house: &House) -> Result<Vec<String>> {
    let stale = |(path, text): &(&str, String)| house.read(path).unwrap_or_default() != *text;
    let stale: Vec<_> = pages(house)?.into_iter().filter(stale).collect();
    Ok(stale.into_iter().map(|(path, _)| format!("{path}: stale; run `dev check --write`")).collect())
}
