//! Pictures as SVG, drawn here so that a page needs no script for them. Colours and strokes stand in the stylesheet: nothing
//! here sets a style.

pub mod lives;
pub mod plots;
mod scale;

pub use scale::Scale;

use crate::memo::escaped;
use crate::term::plain;

/// Text for a picture: one line, nothing in it that steers the direction of what follows.
fn label(text: &str) -> String {
    escaped(&plain(text))
}

/// A coordinate with no more digits than can be seen.
fn at(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}
