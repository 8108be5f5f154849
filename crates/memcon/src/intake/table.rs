//! Articles in tables: CSV and TSV. Each row is a document, its columns the fields.

use super::problem::Problem;
use super::{DOCUMENT_BYTES, Form, Raw, articles, charset, too_large};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

/// Takes what is found; returns whether to go on.
pub type Emit<'a> = &'a mut dyn FnMut(Result<Raw, Problem>) -> bool;

/// Takes a CSV apart; with tabs between its columns if the first line has them, semicolons if it has more of those than
/// commas. A table without a column of text is passed over unless it was `asked` for by name.
pub fn csv(path: &str, input: Box<dyn Read + '_>, head: &[u8], asked: bool, emit: Emit) {
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first.iter().filter(|b| **b == wanted).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|d| count(*d)).unwrap_or(b',');
    let since = Rc::new(Cell::new(0));
    let bounded = Bounded { input, since: since.clone() };
    let mut table = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(bounded);
    let text = |bytes: &[u8]| charset::decode(bytes, None, false).text;
    let header: Vec<String> = match table.byte_headers() {
        Ok(header) => header.iter().map(|name| text(name).trim().to_lowercase()).collect(),
        Err(error) => {
            emit(Err(Problem::skipped(path, error.to_string()).at(1)));
            return;
        }
    };
    if articles::text_field(|name| header.iter().any(|h| h == name)).is_none() {
        emit(Err(no_text(path, asked).at(1)));
        return;
    }
    let mut row = csv::ByteRecord::new();
    let mut number = 0u64;
    loop {
        since.set(0);
        let line = table.position().line();
        let result = match table.read_byte_record(&mut row) {
            Ok(false) => return,
            Ok(true) => {
                number += 1;
                let cells = header.iter().zip(row.iter()).filter(|(_, cell)| !cell.is_empty());
                let fields: Map<String, Value> = cells.map(|(name, cell)| (name.clone(), text(cell).into())).collect();
                let line = row.position().map_or(line, csv::Position::line);
                Ok(Raw { line: Some(line), ..article(path, number, fields) })
            }
            Err(error) => {
                emit(Err(Problem::skipped(path, error.to_string()).at(line)));
                return;
            }
        };
        if !emit(result) {
            return;
        }
    }
}

/// A reader that fails where a row grows past all bounds: a quotation mark that is never closed swallows the whole file.
struct Bounded<R> {
    input: R,
    since: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since.get() > 2 * DOCUMENT_BYTES {
            let what = format!("a row {}, or a quotation mark that is not closed", too_large());
            return Err(std::io::Error::other(what));
        }
        let read = self.input.read(buffer)?;
        self.since.set(self.since.get() + read);
        Ok(read)
    }
}

/// What is said of a table that is none of articles.
pub fn no_text(path: &str, asked: bool) -> Problem {
    let what = "is a table without a column `text` (or `html`)";
    if asked { Problem::skipped(path, what) } else { Problem::passed_over(path, what) }
}

/// The document that a row is.
pub fn article(path: &str, number: u64, fields: Map<String, Value>) -> Raw {
    let bytes = serde_json::to_vec(&Value::Object(fields)).unwrap_or_default();
    Raw::new(format!("{path}#{number}"), Form::Article, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(take: impl FnOnce(Emit)) -> Vec<Result<(Option<u64>, Value), String>> {
        let mut found = Vec::new();
        take(&mut |raw| {
            let object = |raw: Raw| (raw.line, serde_json::from_slice(&raw.bytes).unwrap());
            found.push(raw.map(object).map_err(|problem| problem.to_string()));
            true
        });
        found
    }

    #[test]
    fn rows_of_a_csv_are_articles() {
        let table = b"id;text;published\n1;\"They\nmet; twice\";2013-02-17\n2;Again.;\n";
        let found = rows(|emit| csv("t.csv", Box::new(&table[..]), table, true, emit));
        let first = serde_json::json!({"id": "1", "text": "They\nmet; twice", "published": "2013-02-17"});
        assert_eq!(found[0], Ok((Some(2), first)));
        assert_eq!(found[1], Ok((Some(4), serde_json::json!({"id": "2", "text": "Again."}))));
    }

    #[test]
    fn a_table_without_text_is_passed_over() {
        let found = rows(|emit| csv("t.csv", Box::new(&b"a,b\n1,2\n"[..]), b"a,b\n", false, emit));
        assert_eq!(found, [Err("t.csv:1: is a table without a column `text` (or `html`)".to_string())]);
    }
}
