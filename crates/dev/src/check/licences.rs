//! Licences: of the data in the repository, and of what the program is built from.

use super::House;
use std::collections::BTreeSet;
use std::io::{Error, Result};
use std::process::Command;

/// Licences under which a dependency may come. All let the program be given away under MIT or Apache-2.0; MPL-2.0 asks that
/// changes to its own files be published, and there are none.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Every folder that holds data (tables, models) has a `README.md` or `LICENSE.md` that names a licence, or is named in that of
/// the folder above it.
pub fn data(house: &House) -> Result<Vec<String>> {
    let is_data = |path: &&String| path.contains("/data/") && !path.ends_with(".md");
    let folders: BTreeSet<&str> =
        house.files.iter().filter(is_data).filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder)).collect();
    let mut complaints = Vec::new();
    for folder in folders {
        let names_licence = |folder: &str| {
            ["LICENSE.md", "README.md"].iter().any(|name| {
                let text = house.read(&format!("{folder}/{name}")).unwrap_or_default();
                text.to_lowercase().contains("licen")
            })
        };
        let named_above = folder.rsplit_once('/').is_some_and(|(above, name)| {
            let text = house.read(&format!("{above}/README.md")).unwrap_or_default();
            text.contains(&format!("`{name}/`")) && names_licence(above)
        });
        let said = names_licence(folder) || named_above;
        if !said {
            complaints.push(format!("{folder}: neither LICENSE.md nor README.md says under what licence it is"));
        }
    }
    Ok(complaints)
}

/// Every dependency comes under an allowed licence.
pub fn dependencies(house: &House) -> Result<Vec<String>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(&house.root)
        .output()?;
    if !output.status.success() {
        return Err(Error::other(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr))));
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let mut complaints = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or("none");
        if !allowed(licence) {
            complaints.push(format!("{name}: {licence}"));
        }
    }
    Ok(complaints)
}

/// Whether an SPDX expression leaves a choice that is allowed. Old crates write `/` for `OR`.
fn allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "+WITH+");
    let words: Vec<String> = spaced.split_whitespace().map(|word| word.replace("+WITH+", " WITH ")).collect();
    let mut at = 0;
    let holds = choice(&words, &mut at);
    holds && at == words.len()
}

/// `sum (OR sum)*`.
fn choice(words: &[String], at: &mut usize) -> bool {
    let mut holds = sum(words, at);
    while words.get(*at).is_some_and(|word| word == "OR") {
        *at += 1;
        holds |= sum(words, at);
    }
    holds
}

/// `one (AND one)*`, where one is a licence or a choice in brackets.
fn sum(words: &[String], at: &mut usize) -> bool {
    let mut holds = true;
    loop {
        let Some(word) = words.get(*at) else { return false };
        *at += 1;
        if word == "(" {
            holds &= choice(words, at);
            *at += 1;
        } else {
            holds &= ALLOWED.contains(&word.as_str());
        }
        match words.get(*at) {
            Some(word) if word == "AND" => *at += 1,
            _ => return holds,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_choice_is_enough_and_a_sum_is_not() {
        assert!(super::allowed("GPL-3.0 OR MIT"));
        assert!(super::allowed("MIT/Apache-2.0"));
        assert!(super::allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!super::allowed("(MIT OR Apache-2.0) AND GPL-3.0"));
        assert!(super::allowed("Apache-2.0 WITH LLVM-exception OR MIT"));
        assert!(!super::allowed("GPL-3.0 AND MIT"));
        assert!(!super::allowed("none"));
    }
}
