//! The `memcon` command.
fn main() {}
