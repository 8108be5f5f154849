//! What the docs name exists: commands, flags, paths, links, fields and values.

use super::House;
use reader::codes;
use std::io::Result;

/// A stretch of code in a page: a line of a fenced block, or the words between backticks.
struct Code<'a> {
    line: usize,
    text: &'a str,
}

fn code(page: &str) -> Vec<Code<'_>> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in page.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            found.push(Code { line: number + 1, text: line });
        } else {
            let inline = line.split('`').skip(1).step_by(2);
            found.extend(inline.map(|text| Code { line: number + 1, text }));
        }
    }
    found
}

/// Every `memcon …` in the docs names a command that exists and flags that it has.
pub fn commands(house: &House) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in house.pages().filter(|path| *path != "docs/commands.md") {
        let page = house.read(path)?;
        for Code { line, text } in code(&page) {
            let call = text.trim_start().trim_start_matches("$ ");
            let call = call.strip_prefix("cargo run --release -- ").or_else(|| call.strip_prefix("memcon "));
            let Some(call) = call else { continue };
            if let Some(wrong) = wrong_call(house, call) {
                complaints.push(format!("{path}:{line}: {wrong}: {text}"));
            }
        }
    }
    Ok(complaints)
}

/// What is wrong with the words of a call, if anything.
fn wrong_call(house: &House, call: &str) -> Option<String> {
    let end = call.find(['|', '>', '#', ';', '…']).unwrap_or(call.len());
    let words: Vec<&str> = call[..end].split_whitespace().collect();
    let mut path = vec!["memcon".to_string()];
    let mut rest = words.as_slice();
    while let [first, tail @ ..] = rest {
        let deeper: Vec<String> = path.iter().cloned().chain([first.to_string()]).collect();
        if !house.commands.iter().any(|help| help.words == deeper) {
            break;
        }
        path = deeper;
        rest = tail;
    }
    if let ([first, ..], 1) = (rest, path.len())
        && first.starts_with(|c: char| c.is_ascii_lowercase())
    {
        return Some(format!("there is no command {first}"));
    }
    let help = house.commands.iter().find(|help| help.words == path)?;
    let flags = help.flags();
    rest.iter()
        .filter(|word| word.starts_with('-') && word.len() > 1)
        .map(|word| word.split('=').next().unwrap_or(word))
        .find(|word| !flags.contains(word))
        .map(|word| format!("{} has no {word}", path.join(" ")))
}

/// Paths in code spans, and links, lead to something.
pub fn paths(house: &House) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in house.pages() {
        let page = house.read(path)?;
        for Code { line, text } in code(&page) {
            let ours = ["crates/", "docs/", "samples/", ".ci/", "fuzz/"].iter().any(|start| text.starts_with(start));
            let plain = !text.contains([' ', '*', '<', '…']) && !text.chars().any(|c| c.is_ascii_uppercase());
            if ours && plain && !house.root.join(text).exists() {
                complaints.push(format!("{path}:{line}: there is no {text}"));
            }
        }
        let folder = house.root.join(path);
        for (number, line) in page.lines().enumerate() {
            for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let target = link.split('#').next().unwrap_or(link);
                let local = !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
                if local && folder.parent().is_some_and(|folder| !folder.join(target).exists()) {
                    complaints.push(format!("{path}:{}: link to {target}, which is not there", number + 1));
                }
            }
        }
    }
    Ok(complaints)
}

/// Every field of the printed record stands in `docs/json.md` as code.
pub fn fields(house: &House) -> Result<Vec<String>> {
    let source = house.read("crates/reader/src/record.rs")?;
    let page = house.read("docs/json.md")?;
    let mut complaints = Vec::new();
    let mut renamed: Option<String> = None;
    for (number, line) in source.lines().enumerate() {
        let line = line.trim();
        if let Some((_, name)) = line.split_once("rename = \"") {
            renamed = name.split('"').next().map(str::to_string);
        }
        let Some((name, _)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':')) else { continue };
        if name.contains([' ', '(', '<']) {
            continue;
        }
        let name = renamed.take().unwrap_or_else(|| name.to_string());
        if !page.contains(&format!("`{name}`")) && name != "contact" {
            complaints
                .push(format!("crates/reader/src/record.rs:{}: docs/json.md says nothing of `{name}`", number + 1));
        }
    }
    Ok(complaints)
}

/// Every value of the closed vocabularies stands in `docs/codebook.md` as code.
pub fn values(house: &House) -> Result<Vec<String>> {
    let page = house.read("docs/codebook.md")?;
    let names = |values: &[&'static str]| values.to_vec();
    let all: Vec<(&str, Vec<&str>)> = vec![
        ("channel", names(&codes::Channel::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("role", names(&codes::Role::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("status", names(&codes::Status::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("step", names(&codes::StepKind::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("voice", names(&codes::VoiceKind::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("stance", names(&codes::Stance::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("dispute about", names(&codes::DisputeAbout::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("dispute kind", names(&codes::DisputeKind::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("date basis", names(&codes::DateBasis::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("block", names(&codes::BlockKind::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
        ("statement", names(&codes::StatementKind::ALL.iter().map(|v| v.name()).collect::<Vec<_>>())),
    ];
    let missing = all.iter().flat_map(|(kind, values)| values.iter().map(move |value| (kind, value)));
    let missing = missing.filter(|(_, value)| !page.contains(&format!("`{value}`")));
    Ok(missing.map(|(kind, value)| format!("docs/codebook.md says nothing of the {kind} `{value}`")).collect())
}
