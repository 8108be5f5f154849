//! Tables as Parquet, by the library of the Apache Arrow project.

use super::tables::{Column, Kind, Row, Table};
use crate::failure::Failure;
use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;

/// Rows in one group: enough for columns to pack well, few enough to hold.
const GROUP: usize = 10_000;

/// Takes rows and writes them as one Parquet file, a group at a time.
pub struct ParquetSheet<W: Write> {
    table: &'static Table,
    /// Writes into memory, which is emptied into `out` after each group.
    writer: SerializedFileWriter<Vec<u8>>,
    rows: Vec<Row>,
    out: W,
}

impl<W: Write> ParquetSheet<W> {
    /// Begins a file. Every column is of its kind in the table; what identifies a row is never null.
    ///
    /// # Errors
    /// Where the library refuses the columns.
    pub fn new(table: &'static Table, out: W) -> std::result::Result<ParquetSheet<W>, Failure> {
        let schema = schema(table).map_err(failure)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("memcon ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).map_err(failure)?;
        Ok(ParquetSheet { table, writer, rows: Vec::new(), out })
    }

    /// Takes one row.
    ///
    /// # Errors
    /// Where what has come together cannot be written.
    pub fn row(&mut self, row: Row) -> std::result::Result<(), Failure> {
        self.rows.push(row);
        if self.rows.len() >= GROUP { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> std::result::Result<(), Failure> {
        let rows = std::mem::take(&mut self.rows);
        write_group(&mut self.writer, self.table, &rows).map_err(failure)?;
        let written = std::mem::take(self.writer.inner_mut());
        Ok(self.out.write_all(&written)?)
    }

    /// Writes what is left and the end of the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> std::result::Result<(), Failure> {
        if !self.rows.is_empty() {
            self.group()?;
        }
        let rest = self.writer.into_inner().map_err(failure)?;
        self.out.write_all(&rest)?;
        Ok(self.out.flush()?)
    }
}

fn failure(error: ParquetError) -> Failure {
    Failure::Stopped(format!("the Parquet file: {error}"))
}

/// Whether cells of the column can be empty.
fn optional(table: &Table, column: &Column) -> bool {
    !table.key.contains(&column.name)
}

fn schema(table: &Table) -> Result<Arc<Type>> {
    let column = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Boolean => (Physical::BOOLEAN, None),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        };
        let repetition = if optional(table, column) { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        let built = Type::primitive_type_builder(column.name, physical);
        Ok(Arc::new(built.with_logical_type(logical).with_repetition(repetition).build()?))
    };
    let columns = table.columns.iter().map(column).collect::<Result<_>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(columns).build()?))
}

fn write_group(writer: &mut SerializedFileWriter<Vec<u8>>, table: &Table, rows: &[Row]) -> Result<()> {
    let mut group = writer.next_row_group()?;
    for (at, column) in table.columns.iter().enumerate() {
        let Some(mut sheet) = group.next_column()? else { break };
        let cells = || rows.iter().map(|row| row.get(at).unwrap_or(&Value::Null));
        // Each cell is there (1) or not (0); a value stands only for those that are.
        macro_rules! write {
            ($writer:expr, $value:expr) => {{
                let found: Vec<_> = cells().map($value).collect();
                let there: Vec<i16> = found.iter().map(|value| i16::from(value.is_some())).collect();
                let values: Vec<_> = match optional(table, column) {
                    true => found.into_iter().flatten().collect(),
                    false => found.into_iter().map(Option::unwrap_or_default).collect(),
                };
                let levels = optional(table, column).then_some(there.as_slice());
                $writer.write_batch(&values, levels, None)?;
            }};
        }
        match sheet.untyped() {
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                write!(writer, |cell: &Value| cell.as_str().map(ByteArray::from));
            }
            ColumnWriter::Int64ColumnWriter(writer) => write!(writer, Value::as_i64),
            ColumnWriter::DoubleColumnWriter(writer) => write!(writer, Value::as_f64),
            ColumnWriter::BoolColumnWriter(writer) => write!(writer, Value::as_bool),
            ColumnWriter::Int32ColumnWriter(writer) => write!(writer, |cell: &Value| day(cell.as_str()?)),
            _ => return Err(ParquetError::General(format!("a column {} of no kind", column.name))),
        }
        sheet.close()?;
    }
    group.close()?;
    Ok(())
}

/// Days from 1970-01-01.
fn day(text: &str) -> Option<i32> {
    store::number(text.parse::<Date>().ok()?).try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    #[test]
    fn rows_come_back_as_they_went_in_over_several_groups() {
        let table = super::super::tables::table("steps").unwrap();
        let mut bytes = Vec::new();
        let mut sheet = ParquetSheet::new(table, &mut bytes).unwrap();
        let count = GROUP + 5;
        for number in 0..count {
            let row = table.columns.iter().map(|column| match (column.name, column.kind) {
                ("contact_id", _) => "7k3fq2m0".into(),
                ("number", _) => number.into(),
                ("date_earliest", _) => "1969-12-31".into(),
                ("inferred", _) => true.into(),
                _ => Value::Null,
            });
            sheet.row(row.collect()).unwrap();
        }
        sheet.finish().unwrap();
        let read = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        assert_eq!(read.metadata().num_row_groups(), 2);
        let rows: Vec<_> = read.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), count);
        let last = |name: &str| {
            let mut cells = rows.last().unwrap().get_column_iter();
            cells.find(|(own, _)| *own == name).unwrap().1.clone()
        };
        assert_eq!(last("number"), Field::Long(count as i64 - 1));
        assert_eq!(last("date_earliest"), Field::Date(-1));
        assert_eq!(last("government"), Field::Null);
        assert_eq!(last("inferred"), Field::Bool(true));
        assert_eq!(last("contact_id"), Field::Str("7k3fq2m0".to_owned()));
    }
}
