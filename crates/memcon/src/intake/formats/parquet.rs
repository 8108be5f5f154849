//! Articles in Parquet tables. Each row is a document, its columns the fields.

use super::super::table::{Emit, article, no_text};
use super::super::{articles, guarded};
use crate::intake::problem::Problem;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type};
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::types::{UInt16Type, UInt32Type, UInt64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::ChunkReader;
use serde_json::Value;

/// Takes a Parquet file apart.
pub fn rows<R: ChunkReader + 'static>(path: &str, input: R, asked: bool, emit: Emit) {
    let mut number = 0u64;
    let read = guarded(|| {
        let builder = ParquetRecordBatchReaderBuilder::try_new(input).map_err(|e| e.to_string())?;
        let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().to_lowercase()).collect();
        if articles::text_field(|name| names.iter().any(|n| n == name)).is_none() {
            emit(Err(no_text(path, asked)));
            return Ok(());
        }
        // Few rows at once: each may hold a whole article, and only these are in memory.
        for batch in builder.with_batch_size(16).build().map_err(|e| e.to_string())? {
            let batch = batch.map_err(|e| e.to_string())?;
            for row in 0..batch.num_rows() {
                number += 1;
                let cells = names.iter().zip(batch.columns());
                let fields = cells.filter_map(|(name, column)| Some((name.clone(), cell(column, row)?))).collect();
                if !emit(Ok(article(path, number, fields))) {
                    return Ok(());
                }
            }
        }
        Ok(())
    });
    if let Err(what) = read {
        emit(Err(Problem::skipped(path, format!("is damaged after row {number}: {what}"))));
    }
}

/// One cell as JSON; `None` where it is null or of a type that an article has no use for.
fn cell(column: &dyn Array, row: usize) -> Option<Value> {
    if column.is_null(row) {
        return None;
    }
    macro_rules! numbers {
        ($($kind:ty),+) => { $(if let Some(values) = column.as_primitive_opt::<$kind>() {
            return Some(values.value(row).into());
        })+ };
    }
    macro_rules! times {
        ($($kind:ty),+) => { $(if let Some(values) = column.as_primitive_opt::<$kind>() {
            return Some(values.value_as_datetime(row)?.format("%Y-%m-%dT%H:%M").to_string().into());
        })+ };
    }
    macro_rules! categories {
        ($($key:ty),+) => { $(if let Some(values) = column.as_dictionary_opt::<$key>() {
            return cell(values.values(), values.key(row)?);
        })+ };
    }
    if let Some(strings) = column.as_string_opt::<i32>() {
        return Some(strings.value(row).into());
    }
    if let Some(strings) = column.as_string_opt::<i64>() {
        return Some(strings.value(row).into());
    }
    if let Some(strings) = column.as_string_view_opt() {
        return Some(strings.value(row).into());
    }
    if let Some(flags) = column.as_boolean_opt() {
        return Some(flags.value(row).into());
    }
    if let Some(list) = column.as_list_opt::<i32>() {
        let items = list.value(row);
        return Some((0..items.len()).filter_map(|at| cell(&items, at)).collect());
    }
    if let Some(days) = column.as_primitive_opt::<Date32Type>() {
        return Some(days.value_as_date(row)?.format("%Y-%m-%d").to_string().into());
    }
    times!(TimestampSecondType, TimestampMillisecondType, TimestampMicrosecondType, TimestampNanosecondType);
    numbers!(Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type);
    numbers!(Float32Type, Float64Type);
    categories!(Int8Type, Int16Type, Int32Type);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Int64Array, RecordBatch, StringArray, TimestampMillisecondArray};
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
        let batch = RecordBatch::try_from_iter([
            ("text", Arc::new(StringArray::from(vec!["They met.", "They spoke."])) as Arc<dyn Array>),
            ("id", Arc::new(Int64Array::from(vec![Some(1), None]))),
            ("date", Arc::new(TimestampMillisecondArray::from(vec![1_361_040_420_000, 0]))),
        ]);
        let batch = batch.unwrap();
        let mut bytes = Vec::new();
        let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        let whole = bytes::Bytes::from(bytes);
        let found = all(|emit| rows("t.parquet", whole.clone(), true, emit));
        let first = serde_json::json!({"text": "They met.", "id": 1, "date": "2013-02-16T18:47"});
        assert_eq!((found.len(), &found[0]), (2, &Ok(first)));
        let found = all(|emit| rows("t.parquet", whole.slice(..whole.len() / 2), true, emit));
        assert!(found[0].as_ref().unwrap_err().starts_with("t.parquet: is damaged after row 0"));
    }
}
