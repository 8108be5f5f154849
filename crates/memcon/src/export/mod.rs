//! The record in the forms that other programs take.

pub mod forms;
pub mod sheets;
pub mod tables;
