//! The record in the forms that other programs take.

pub mod forms;
mod parquet;
pub mod sheets;
pub mod tables;
