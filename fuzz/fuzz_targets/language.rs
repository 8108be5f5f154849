//! Any text through every stage: no panic, and the printed record's offsets count the code points of its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reader::record::{Document, Evidence};
use reader::{Known, Media, Reader, Source};
use std::sync::OnceLock;

fuzz_target!(|bytes: &[u8]| {
    static READER: OnceLock<Reader> = OnceLock::new();
    let reader = READER.get_or_init(Reader::shipped);
    let text = String::from_utf8_lossy(bytes);
    let known = Known { published: Some("2013-02-16".to_string()), ..Known::default() };
    let reading = reader.read(&Source { text: &text, media: Media::Text, known });
    let record = reading.record(Document::default());
    let chars: Vec<char> = reading.page.text.chars().collect();
    let exact = |evidence: &Evidence| {
        let quoted: String = chars[evidence.start..evidence.end].iter().collect();
        assert_eq!(quoted, evidence.quote);
    };
    record.accounts.iter().flat_map(|account| &account.evidence).for_each(exact);
    record.statements.iter().flat_map(|statement| &statement.content).for_each(exact);
    let _ = reader::explain::sentences(&reading);
});
