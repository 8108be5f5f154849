//! `memcon serve`: the record as a page for a browser.

pub use crate::serve::{Args, run};
