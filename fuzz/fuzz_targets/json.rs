//! Any bytes as JSON lines and as a JSON file: each object is opened or told as a problem, without a panic.
#![no_main]

#[path = "../../crates/memcon/src/intake/mod.rs"]
#[allow(dead_code, unexpected_cfgs)]
mod intake;

use intake::articles::{lines, objects};
use intake::manifest::Manifest;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for take in [lines, objects] {
        let mut input = bytes;
        take("f", &mut input, &mut |found| {
            if let Ok(raw) = found {
                let _ = raw.open(&Manifest::default(), &mut Vec::new());
            }
            true
        });
    }
});
