//! Articles in Parquet tables. Each row is a document, its columns the fields.

use super::super::table::{Emit, article, no_text};
use super::super::{articles, guarded};
use crate::intake::problem::Problem;
use jiff::Timestamp;
use parquet::basic::{LogicalType, TimeUnit};
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use serde_json::Value;

/// Takes a Parquet file apart.
pub fn rows<R: ChunkReader + 'static>(path: &str, input: R, asked: bool, emit: Emit) {
    let mut number = 0u64;
    let read = guarded(|| {
        let reader = SerializedFileReader::new(input).map_err(|e| e.to_string())?;
        let columns = reader.metadata().file_metadata().schema().get_fields();
        // The library knows no times in nanoseconds, as which Pandas writes them, and gives their number.
        let nanoseconds = |column: &parquet::schema::types::TypePtr| {
            let kind = column.get_basic_info().logical_type_ref();
            matches!(kind, Some(LogicalType::Timestamp(time)) if time.unit == TimeUnit::NANOS)
        };
        let columns: Vec<(String, bool)> =
            columns.iter().map(|column| (column.name().to_lowercase(), nanoseconds(column))).collect();
        if articles::text_field(|name| columns.iter().any(|(own, _)| own == name)).is_none() {
            emit(Err(no_text(path, asked)));
            return Ok(());
        }
        // Few rows at once: each may hold a whole article, and only these are in memory.
        for row in RowIter::from_file_into(Box::new(reader)).with_batch_size(16) {
            let row = row.map_err(|e| e.to_string())?;
            number += 1;
            let cells = columns.iter().zip(row.get_column_iter());
            let fields = cells.filter_map(|((name, nanoseconds), (_, cell))| {
                let value = match cell {
                    Field::Long(count) if *nanoseconds => time(count.div_euclid(1_000_000)),
                    cell => value(cell),
                };
                Some((name.clone(), value?))
            });
            if !emit(Ok(article(path, number, fields.collect()))) {
                return Ok(());
            }
        }
        Ok(())
    });
    if let Err(what) = read {
        emit(Err(Problem::skipped(path, format!("is damaged after row {number}: {what}"))));
    }
}

/// One cell as JSON; `None` where it is null or of a type that an article has no use for.
fn value(cell: &Field) -> Option<Value> {
    Some(match cell {
        Field::Str(text) => text.as_str().into(),
        Field::Bytes(bytes) => bytes.as_utf8().ok()?.into(),
        Field::Bool(flag) => (*flag).into(),
        Field::Byte(number) => (*number).into(),
        Field::Short(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) => (*number).into(),
        Field::UByte(number) => (*number).into(),
        Field::UShort(number) => (*number).into(),
        Field::UInt(number) => (*number).into(),
        Field::ULong(number) => (*number).into(),
        Field::Float(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Date(day) => store::date((*day).into())?.to_string().into(),
        Field::TimestampMillis(count) => return time(*count),
        Field::TimestampMicros(count) => return time(count.div_euclid(1_000)),
        Field::ListInternal(list) => list.elements().iter().filter_map(value).collect(),
        _ => return None,
    })
}

/// A time in milliseconds from 1970.
fn time(milliseconds: i64) -> Option<Value> {
    let time = Timestamp::from_millisecond(milliseconds).ok()?;
    Some(time.strftime("%Y-%m-%dT%H:%M").to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::data_type::{ByteArrayType, Int64Type};
    use parquet::file::writer::SerializedFileWriter;
    use std::sync::Arc;

    fn all(take: impl FnOnce(Emit)) -> Vec<Result<Value, String>> {
        let mut found = Vec::new();
        take(&mut |raw| {
            let object = |raw: crate::intake::Raw| serde_json::from_slice(&raw.bytes).unwrap();
            found.push(raw.map(object).map_err(|problem| problem.to_string()));
            true
        });
        found
    }

    #[test]
    fn rows_of_a_parquet_file_are_articles() {
        let schema = "message articles { required binary text (utf8); optional int64 id;
            required int64 date (timestamp(millis, true)); required int64 got (timestamp(nanos, true)); }";
        let schema = Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
        let mut bytes = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let texts = ["They met.".into(), "They spoke.".into()];
        column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
        column.close().unwrap();
        for (values, levels) in
            [(&[1][..], Some(&[1, 0][..])), (&[1_361_040_420_000, 0], None), (&[1_361_040_420_000_000_000, 0], None)]
        {
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<Int64Type>().write_batch(values, levels, None).unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
        writer.close().unwrap();
        let whole = bytes::Bytes::from(bytes);
        let found = all(|emit| rows("t.parquet", whole.clone(), true, emit));
        let (first, day) = (serde_json::json!({"text": "They met.", "id": 1}), "2013-02-16T18:47");
        let mut first = first;
        (first["date"], first["got"]) = (day.into(), day.into());
        assert_eq!((found.len(), &found[0]), (2, &Ok(first)));
        let found = all(|emit| rows("t.parquet", whole.slice(..whole.len() / 2), true, emit));
        assert!(found[0].as_ref().unwrap_err().starts_with("t.parquet: is damaged after row 0"));
    }
}
