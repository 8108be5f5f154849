//! The record on disk: one SQLite file that keeps documents, what was read in them, the contacts put together from all of
//! them, and what people corrected.
//!
//! The way in is [`Store::begin`], [`Batch::put`], [`Batch::commit`], then [`Store::merge`]; everything else asks.
//! The crate knows no network and prints nothing.

mod days;
mod error;
mod text;

mod opening;
mod writing;

mod copies;
mod merging;
mod names;

pub mod agreement;
mod corrections;
mod dossiers;
mod users;

mod asking;
mod filter;

pub use asking::{
    Coverage, DocumentRow, Family, Hit, Kept, Page, Pair, Pairs, Place, RANKED, SearchFilter, Shown, StatementFilter,
    StatementHit, pairs_among,
};
pub use copies::{CopyKind, Words, compare};
pub use corrections::{Action, Anchor, Correction, FIELDS, HAND, Target};
pub use days::{Day, bounds, date, number, span};
pub use dossiers::{Dossier, DossierChange, DossierItem, ItemKind};
pub use error::{ErrorKind, Result, StoreError};
pub use filter::{Cursor, Filter};
pub use merging::{Merged, State};
pub use names::Person;
pub use opening::Store;
pub use text::Characters;
pub use users::{Deed, Role, SESSION_IDLE, SESSION_LONGEST, Token, User};
pub use writing::{Batch, Input, Put, READER_VERSION, Seen};
