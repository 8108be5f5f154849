//! A fence around code that may panic on hostile input: parsers that are not ours.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `parse`; a panic in it becomes an error like any other.
pub fn guarded<T>(parse: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let before = GUARDED.replace(true);
    let caught = catch_unwind(AssertUnwindSafe(parse));
    GUARDED.set(before);
    caught.unwrap_or_else(|_| Err("is damaged in a way that its parser does not survive".to_string()))
}

/// Keeps panics inside [`guarded`] from being printed: they are told as problems. To be called once, at the start.
pub fn quiet() {
    let printed = take_hook();
    set_hook(Box::new(move |panic| {
        if !GUARDED.get() {
            printed(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    #[test]
    #[allow(clippy::unnecessary_literal_unwrap, reason = "the panic is what is tested")]
    fn a_panic_is_an_error() {
        assert!(super::guarded::<u8>(|| panic!("on purpose")).unwrap_err().starts_with("is damaged"));
        assert_eq!(super::guarded(|| Ok(7)), Ok(7));
    }
}
