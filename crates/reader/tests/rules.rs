//! Runs every example of every rule file: what must be found is found by that rule, what must not is not.

use reader::accounts::rules::{Rules, examples, parse_rule};
use reader::codes::DateBasis;
use reader::record::DocumentRecord;
use reader::{Known, Media, Reader, Source};
use std::path::Path;

/// A contact in one line: `call USA>RUS held 2013-02-12`; `>` after the government that asked, `+` where nobody did.
fn line(record: &DocumentRecord, index: usize) -> String {
    let contact = &record.contacts[index];
    let mut governments: Vec<&str> = contact.parties.iter().map(|p| p.government.as_str()).collect();
    governments.sort_unstable();
    governments.dedup();
    let parties = match &contact.initiator {
        Some(initiator) => {
            let others: Vec<&str> = governments.iter().copied().filter(|g| g != initiator).collect();
            format!("{initiator}>{}", others.join("+"))
        }
        None => governments.join("+"),
    };
    // A bound taken from the publication date is not what the rule found.
    let when = contact
        .when
        .as_ref()
        .filter(|w| w.basis != DateBasis::Inherited)
        .map_or(String::new(), |w| format!(" {}", w.edtf));
    let disputes: String =
        record.disputes.iter().filter(|d| d.contact == contact.id).map(|d| format!(" ! {}", d.about)).collect();
    format!("{} {parties} {}{when}{disputes}", contact.channel, contact.status)
}

#[test]
fn every_example_of_every_rule_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut paths: Vec<_> = std::fs::read_dir(&folder).expect("rules folder").flatten().map(|e| e.path()).collect();
    paths.sort();
    let texts: Vec<(String, String)> = paths
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .map(|p| {
            let id = p.file_stem().and_then(|s| s.to_str()).expect("plain name").to_string();
            (id, std::fs::read_to_string(p).expect("readable rule"))
        })
        .collect();
    let mut reader = Reader::shipped();
    reader.rules = Rules::parse(texts.iter().map(|(id, text)| (id.as_str(), text.as_str()))).expect("rules parse");
    let mut wrong = Vec::new();
    let mut run = 0;
    for (id, text) in &texts {
        parse_rule(id, text).expect("rule parses");
        let all = examples(text);
        if !all.iter().any(|e| e.expected.is_some()) {
            wrong.push(format!("{id}: no example under `## Found`"));
        }
        for example in all {
            run += 1;
            let known = Known { published: Some(example.published.clone()), ..Known::default() };
            let reading = reader.read(&Source { text: &example.text, media: Media::Text, known });
            let record = reading.record(Default::default());
            let found: Vec<String> = (0..record.contacts.len()).map(|i| line(&record, i)).collect();
            let by_rule = record.accounts.iter().any(|a| a.rules.contains(id));
            let place = format!("{id}.md:{}: {}", example.line, example.text);
            match &example.expected {
                Some(expected) => {
                    let found = found.join("; ");
                    if found != *expected || !by_rule {
                        let rules: Vec<_> = record.accounts.iter().map(|a| a.rules.join("+")).collect();
                        wrong.push(format!("{place}\n    expected {expected}\n    found    {found}   by {rules:?}"));
                    }
                }
                None if by_rule => wrong.push(format!("{place}\n    must not be found, found {}", found.join("; "))),
                None => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}
