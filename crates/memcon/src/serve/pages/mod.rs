//! One module a page: what it asks of the record, and the values of its template.

pub mod adding;
pub mod contact;
pub mod correcting;
pub mod coverage;
pub mod disputes;
pub mod document;
pub mod dossiers;
pub mod filters;
pub mod pairs;
pub mod people;
pub mod review;
pub mod search;
pub mod signing;
pub mod statements;
pub mod timeline;
