//! Figures of `said`.

use super::{Bench, Figure};

/// Scores the stage.
pub fn score(_bench: &Bench) -> std::io::Result<Vec<Figure>> {
    Ok(Vec::new())
}
