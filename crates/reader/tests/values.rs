//! What is written down about a contact beside its parties, status and date: attempts, outcome, tone, and the bound that the
//! day of publication puts on a date that nobody tells.

use reader::codes::DateBasis;
use reader::record::DocumentRecord;
use reader::{Known, Media, Reader, Source};

fn read(published: &str, text: &str) -> DocumentRecord {
    let known = Known { published: Some(published.to_string()), ..Known::default() };
    Reader::shipped().read(&Source { text, media: Media::Text, known }).record(Default::default())
}

#[test]
fn how_often_it_was_tried() {
    let text = "U.S. Secretary of State John Kerry tried three times to call Russian Foreign Minister Sergei Lavrov on Tuesday.";
    assert_eq!(read("2013-02-16", text).contacts[0].attempts, Some(3));
}

#[test]
fn what_came_of_it_and_how_it_was() {
    let text = "On Friday U.S. Secretary of State John Kerry and Russian Foreign Minister Sergei Lavrov spoke by telephone and \
                agreed to meet in Paris. The conversation was frank and constructive, a U.S. official said.";
    let record = read("2013-02-16", text);
    let call = record.contacts.iter().find(|c| c.outcome.is_some()).expect("a contact with an outcome");
    assert_eq!(call.outcome.as_deref(), Some("agreed to meet in Paris"));
    assert_eq!(call.tone.as_deref(), Some("frank and constructive"));
}

#[test]
fn a_date_that_nobody_tells_is_bounded_by_the_day_of_publication() {
    let text = "Russian Foreign Minister Sergei Lavrov will visit Turkey, the ministry said.";
    let when = read("2016-06-30", text).contacts[0].when.clone().expect("a bound");
    assert_eq!((when.edtf.as_str(), when.basis), ("2016-06-30/..", DateBasis::Inherited));
    let known = Known::default();
    let undated = Reader::shipped().read(&Source { text, media: Media::Text, known }).record(Default::default());
    assert_eq!(undated.contacts[0].when, None);
}

#[test]
fn evidence_covers_who_says_it() {
    let text = "Turkey's president had not called Vladimir Putin, the Kremlin said on Tuesday.";
    let record = read("2015-11-28", text);
    let account =
        record.accounts.iter().find(|a| a.voice.government.as_deref() == Some("RUS")).expect("Moscow's account");
    assert!(account.evidence[0].quote.ends_with("the Kremlin said"), "{}", account.evidence[0].quote);
}
