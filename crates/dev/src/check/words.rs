//! Words that have no place in the project: it speaks of itself, not of how or by whom it was made.

use super::House;
use std::io::Result;

/// Put together at run time, so that this file does not hold them.
fn forbidden() -> Vec<String> {
    [
        &["/wo", "rk/"][..],
        &["this work", "place"],
        &["prompt engi", "neering"],
        &["sub", "agent"],
        &["in this ses", "sion"],
        &["previous ses", "sion"],
        &["next ses", "sion"],
        &["language mo", "del wrote"],
        &["to", "do!("],
        &["FIX", "ME"],
        &["lorem ip", "sum"],
    ]
    .iter()
    .map(|parts| parts.concat())
    .collect()
}

/// Looks through every text file but the tables of data.
pub fn check(house: &House) -> Result<Vec<String>> {
    let forbidden = forbidden();
    let read = [".md", ".rs", ".toml", ".sh", ".py", ".js", ".html", ".css", ".txt", ".yml"];
    let mut complaints = Vec::new();
    let files =
        house.files.iter().filter(|path| read.iter().any(|ending| path.ends_with(ending)) || path.starts_with(".ci/"));
    for path in files {
        let Ok(text) = house.read(path) else { continue };
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = forbidden.iter().find(|word| line.contains(word.as_str())) {
                complaints.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    Ok(complaints)
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_file_passes_its_own_check() {
        let text = include_str!("words.rs");
        assert!(super::forbidden().iter().all(|word| !text.contains(word.as_str())));
    }
}
