use crate::made::{Case, Made, told};
use reader::codes::{Channel, Status};

/// A page with a text of many words, in which `sentence` stands.
fn page(path: &str, day: &str, words: std::ops::Range<usize>, before: &str) -> Made {
    let long: String = words.map(|n| format!("word{n} ")).collect();
    let sentence = format!("{before} The two spoke by telephone. {long}");
    told(path, day, ["USA", "RUS"], Channel::Call, "2013-02-12", Status::Held, sentence.trim())
}

fn families(case: &Case) -> Vec<(String, Vec<String>)> {
    let name = |row: &store::DocumentRow| row.path.clone();
    let kind = |row: &store::DocumentRow| format!("{} {}", row.path, row.copy_kind.as_deref().unwrap_or("?"));
    case.store
        .families()
        .unwrap()
        .iter()
        .map(|family| (name(&family.origin), family.copies.iter().map(kind).collect()))
        .collect()
}

#[test]
fn copies_of_one_origin_count_as_one_source() {
    let mut case = Case::new();
    case.put(&[
        &page("wire.txt", "2013-02-13", 0..400, ""),
        &page("paper.txt", "2013-02-14", 0..390, "Our readers should know."),
        &page("short.txt", "2013-02-15", 100..220, ""),
        &page("own.txt", "2013-02-14", 1000..1400, ""),
    ]);
    let expected = vec![("wire.txt".to_owned(), vec!["paper.txt near".to_owned(), "short.txt excerpt".to_owned()])];
    assert_eq!(families(&case), expected);
    let contacts = case.contacts();
    assert_eq!(contacts.len(), 1);
    assert_eq!((contacts[0].contact.documents.len(), contacts[0].sources), (4, 2));

    // An earlier page with the same text turns out to be the origin of all.
    case.put(&[&page("agency.txt", "2013-02-12", 0..400, "")]);
    assert_eq!(families(&case)[0].0, "agency.txt");
    assert_eq!(families(&case)[0].1.len(), 3);
    assert_eq!(case.contacts()[0].sources, 2);

    // A copy that was rewritten is one no longer.
    case.put(&[&page("paper.txt", "2013-02-14", 2000..2400, "")]);
    assert_eq!(families(&case)[0].1.len(), 2);
    assert_eq!(case.contacts()[0].sources, 3);
}
