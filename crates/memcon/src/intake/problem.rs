//! What is wrong with one document. A batch goes on; each problem is one line, and the exit status says that there was one.

use std::fmt;

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// The document, or the rest of its file, was not read.
    Skipped,
    /// It was read, with damage.
    Damaged,
    /// It was passed over because it is no document (a picture in a folder); told in a report only.
    PassedOver,
}

impl Gravity {
    /// The name it has in a report.
    pub fn name(self) -> &'static str {
        match self {
            Gravity::Skipped => "skipped",
            Gravity::Damaged => "damaged",
            Gravity::PassedOver => "passed over",
        }
    }
}

/// One problem, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How grave it is.
    pub gravity: Gravity,
    /// The file, or the record in it.
    pub path: String,
    /// The line, from 1, where one can be named.
    pub line: Option<u64>,
    /// What is wrong; after a semicolon, the way out.
    pub what: String,
}

impl Problem {
    /// The document at `path` cannot be read.
    pub fn skipped(path: &str, what: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::Skipped, path: path.to_string(), line: None, what: what.into() }
    }

    /// The document at `path` was read, with damage.
    pub fn damaged(path: &str, what: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::Damaged, ..Problem::skipped(path, what) }
    }

    /// What lies at `path` is no document.
    pub fn passed_over(path: &str, what: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::PassedOver, ..Problem::skipped(path, what) }
    }

    /// The same problem, in line `line`, from 1.
    pub fn at(self, line: u64) -> Problem {
        Problem { line: Some(line), ..self }
    }

    /// What the operating system or a decoder says, in words that name a way out where there is one.
    pub fn io(path: &str, error: &std::io::Error) -> Problem {
        use std::io::ErrorKind as Kind;
        let what = match error.kind() {
            Kind::NotFound => "no such file".to_string(),
            Kind::PermissionDenied => "no permission to read it; change its rights or leave it out".to_string(),
            Kind::UnexpectedEof => "ends too early; fetch or copy it again".to_string(),
            Kind::IsADirectory => "is a folder".to_string(),
            // The standard library has no stable name for this one yet.
            _ if error.to_string().contains("symbolic links") => "a link that leads back to itself".to_string(),
            _ => error.to_string(),
        };
        Problem::skipped(path, what)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A message from a library may hold line breaks and control characters; a problem is one line.
        let what: String = self.what.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let path: String = self.path.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        match self.line {
            Some(line) => write!(f, "{path}:{line}: {what}"),
            None => write!(f, "{path}: {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_line_with_its_place() {
        let problem = Problem::skipped("a\nb.jsonl", "bad\u{1b}[31m\nthing").at(3);
        assert_eq!(problem.to_string(), "a\u{FFFD}b.jsonl:3: bad [31m thing");
    }
}
