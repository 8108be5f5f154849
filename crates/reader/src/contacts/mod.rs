//! Accounts of one contact joined: steps, status, response time, disputes; in one document and across many.
//!
//! [`of_document`] joins the accounts of one article into contacts and writes them as records. [`merge()`] joins the
//! contacts of many documents. Both end in the same place, [`settle::settle`], which reads a contact's status, dates and
//! disputes off its accounts, so that a merged contact says of its accounts just what a document's contact says of its own.

mod join;
mod merge;
mod settle;

pub use join::{DocumentContacts, REACH, of_document};
pub use merge::merge;
