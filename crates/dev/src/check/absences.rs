//! What a crate must not know. The compiler keeps the direction of flow; these are the promises that it cannot see.

use super::House;
use std::io::Result;

/// Under this folder, these words stand in no line of code (comments and tests aside), because.
struct Absence {
    folder: &'static str,
    words: &'static [&'static str],
    why: &'static str,
}

const ABSENCES: &[Absence] = &[
    Absence {
        folder: "crates/reader/src/",
        words: &["std::fs", "std::net", "std::process", "std::io", "File::open", "std::path"],
        why: "the reader touches no file, process or network",
    },
    Absence {
        folder: "crates/reader/src/",
        words: &["std::env", "SystemTime", "Instant::now", "Zoned::now", "Timestamp::now"],
        why: "the reader knows no environment and no clock",
    },
    Absence {
        folder: "crates/reader/src/",
        words: &["std::thread", "static mut", "OnceLock", "RwLock", "thread_local!", "Mutex"],
        why: "the reader starts no thread and holds no global that changes",
    },
    Absence {
        folder: "crates/reader/src/",
        words: &["println!", "eprintln!", "print!(", "dbg!"],
        why: "the reader returns what it has to say",
    },
    Absence { folder: "crates/reader/src/", words: &["rusqlite", "SELECT "], why: "the reader knows nothing of SQL" },
    Absence {
        folder: "crates/store/src/",
        words: &["http::", "hyper", "axum", "tiny_http", "TcpListener", "TcpStream"],
        why: "the store knows nothing of HTTP",
    },
    Absence { folder: "crates/", words: &["unsafe {", "unsafe fn"], why: "no unsafe code" },
];

/// Looks for what must be absent.
pub fn check(house: &House) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in house.files.iter().filter(|path| path.ends_with(".rs") && !path.starts_with("crates/dev/")) {
        let all = house.read(path)?;
        let text = all.split("#[cfg(test)]\nmod tests").next().unwrap_or(&all);
        for absence in ABSENCES.iter().filter(|absence| path.starts_with(absence.folder)) {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                if let Some(word) = absence.words.iter().find(|word| line.contains(**word)) {
                    complaints.push(format!("{path}:{}: {word}: {}", number + 1, absence.why));
                }
            }
        }
    }
    Ok(complaints)
}
