//! Tables as CSV, TSV, JSON lines and Parquet, and all of them as a zipped Frictionless data package.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and what is published can hold anything.
//! In CSV and TSV such a text gets an apostrophe before it, as OWASP advises; numbers and dates are left alone. JSON lines
//! and Parquet hold the text as it is.

use super::parquet::ParquetSheet;
use super::tables::{DOSSIER, Kind, Row, TABLES, Table, Tables};
use crate::asked::TableFormat;
use crate::failure::Failure;
use serde_json::{Map, Value, json};
use std::io::{Seek, Write};

/// Takes rows and writes them in one of the formats.
pub enum Sheet<W: Write> {
    /// Separated by a character.
    Separated(Box<csv::Writer<W>>),
    /// JSON lines.
    Lines(W, &'static Table),
    /// Parquet.
    Parquet(Box<ParquetSheet<W>>),
}

impl<W: Write> Sheet<W> {
    /// Begins a table, with its header where the format has one.
    pub fn new(format: TableFormat, table: &'static Table, out: W) -> Result<Sheet<W>, Failure> {
        let separated = |delimiter: u8, out: W| -> Result<Sheet<W>, Failure> {
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
            writer.write_record(table.columns.iter().map(|column| column.name)).map_err(csv_failure)?;
            Ok(Sheet::Separated(Box::new(writer)))
        };
        match format {
            TableFormat::Csv => separated(b',', out),
            TableFormat::Tsv => separated(b'\t', out),
            TableFormat::Jsonl => Ok(Sheet::Lines(out, table)),
            TableFormat::Parquet => Ok(Sheet::Parquet(Box::new(ParquetSheet::new(table, out)?))),
        }
    }

    /// Writes one row.
    pub fn row(&mut self, row: Row) -> Result<(), Failure> {
        match self {
            Sheet::Separated(writer) => writer.write_record(row.iter().map(cell)).map_err(csv_failure),
            Sheet::Lines(out, table) => {
                let names = table.columns.iter().map(|column| column.name.to_owned());
                let object: Map<String, Value> = names.zip(row).collect();
                serde_json::to_writer(&mut *out, &object)?;
                Ok(out.write_all(b"\n")?)
            }
            Sheet::Parquet(sheet) => sheet.row(row),
        }
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Sheet::Separated(mut writer) => Ok(writer.flush()?),
            Sheet::Lines(mut out, _) => Ok(out.flush()?),
            Sheet::Parquet(sheet) => sheet.finish(),
        }
    }
}

fn csv_failure(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Failure::Stopped(format!("{other:?}")),
    }
}

/// A value as a cell. A text that a spreadsheet would take for a formula gets an apostrophe before it.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Writes every table and its schema as a Frictionless data package (version 1 of its specification), zipped: CSV files,
/// `datapackage.json`, and the codebook of the tables as `CODEBOOK.md`.
///
/// # Errors
/// Where the record cannot be read or the file cannot be written.
pub fn package(tables: &Tables, out: impl Write + Seek) -> Result<(), Failure> {
    let mut zip = zip::ZipWriter::new(out);
    let failed = |error: zip::result::ZipError| Failure::Stopped(format!("the package: {error}"));
    // One fixed time for all members, so that the same record gives the same bytes.
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    zip.start_file("datapackage.json", options).map_err(failed)?;
    let all: Vec<&'static Table> = TABLES.iter().chain(tables.dossier.map(|_| &DOSSIER)).collect();
    let title = tables.dossier.map_or("Contacts between governments", |content| &content.dossier.name);
    serde_json::to_writer_pretty(&mut zip, &descriptor(&all, title))?;
    zip.start_file("CODEBOOK.md", options).map_err(failed)?;
    zip.write_all(codebook(&all).as_bytes())?;
    for table in all {
        zip.start_file(format!("{}.csv", table.name), options).map_err(failed)?;
        let mut sheet = Sheet::new(TableFormat::Csv, table, &mut zip)?;
        tables.rows(table, &mut |row| sheet.row(row))?;
        sheet.finish()?;
    }
    zip.finish().map_err(failed)?;
    Ok(())
}

fn descriptor(tables: &[&Table], title: &str) -> Value {
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| {
            let fields: Vec<Value> = table
                .columns
                .iter()
                .map(|column| {
                    let required = table.key.contains(&column.name);
                    let mut field =
                        json!({"name": column.name, "type": type_name(column.kind), "description": column.meaning});
                    if required {
                        field["constraints"] = json!({"required": true});
                    }
                    field
                })
                .collect();
            let mut schema = json!({"fields": fields, "missingValues": [""], "primaryKey": table.key});
            let points: Vec<Value> = table
                .points
                .iter()
                .map(
                    |(column, other)| json!({"fields": [column], "reference": {"resource": other, "fields": [column]}}),
                )
                .collect();
            if !points.is_empty() {
                schema["foreignKeys"] = points.into();
            }
            json!({
                "name": table.name, "path": format!("{}.csv", table.name), "profile": "tabular-data-resource",
                "description": format!("One row is {}.", table.row), "format": "csv", "mediatype": "text/csv",
                "encoding": "utf-8", "schema": schema
            })
        })
        .collect();
    json!({
        "name": "memcon-record", "profile": "tabular-data-package", "title": title,
        "description": "An evidence-first record of contacts between governments, made by memcon. CODEBOOK.md says what the columns mean.",
        "resources": resources
    })
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
    }
}

/// The codebook of the tables as Markdown.
fn codebook(tables: &[&Table]) -> String {
    let mut out = String::from(
        "# Tables\n\nUTF-8, comma-separated, a header row. An empty cell means that the value is not known or not told. \
         Governments are ISO 3166-1 alpha-3 codes, or the codes of organizations; columns that end in `_cow` hold \
         Correlates of War numbers. Dates are EDTF (ISO 8601-2) in `…_edtf`, with the first and last day that they allow \
         beside it. A text that begins with `=`, `+`, `-` or `@` has an apostrophe before it, so that no spreadsheet takes \
         it for a formula.\n",
    );
    for table in tables {
        out.push_str(&format!(
            "\n## {}\n\nOne row is {}.\n\n| column | type | meaning |\n| --- | --- | --- |\n",
            table.name, table.row
        ));
        for column in table.columns {
            out.push_str(&format!("| `{}` | {} | {} |\n", column.name, type_name(column.kind), column.meaning));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay_numbers() {
        let table = super::super::tables::table("sources").unwrap();
        let mut bytes = Vec::new();
        let mut sheet = Sheet::new(TableFormat::Csv, table, &mut bytes).unwrap();
        let row: Row = vec![
            "=HYPERLINK(\"x\")".into(),
            "@a".into(),
            "a, \"b\"\nc".into(),
            (-3).into(),
            Value::Null,
            Value::Null,
            Value::Null,
        ];
        sheet.row(row).unwrap();
        sheet.finish().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.split_once('\n').unwrap().1, "\"'=HYPERLINK(\"\"x\"\")\",'@a,\"a, \"\"b\"\"\nc\",-3,,,\n");
    }
}
