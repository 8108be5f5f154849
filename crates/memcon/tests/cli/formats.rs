//! Each kind of file that is taken in.

use crate::{Folder, STORY};
use std::io::Write;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("gzip");
    packed.finish().expect("gzip")
}

#[test]
fn packed_files_are_read_through() {
    let folder = Folder::temporary();
    folder.write("a.txt.gz", gzip(STORY.as_bytes()));
    folder.write("b.jsonl.gz", gzip(b"{\"text\": \"They met.\"}\n{\"text\": \"They spoke.\"}\n"));
    let ran = folder.memcon(&["read", "--json", "."]).ends(0);
    assert_eq!(ran.paths(), ["./a.txt.gz", "./b.jsonl.gz#1", "./b.jsonl.gz#2"]);
}

#[test]
fn a_bomb_does_not_go_off() {
    let folder = Folder::temporary();
    folder.write("good.txt", STORY);
    folder.write("bomb.txt.gz", gzip(&gzip(&vec![0; 100 << 20])));
    folder.write("bomb.jsonl.gz", gzip(&vec![b' '; 100 << 20]));
    let ran = folder.memcon(&["read", "--json", "."]).ends(1);
    assert_eq!(ran.paths(), ["./good.txt"]);
    assert!(
        ran.err.contains("bomb.jsonl.gz:1: larger than 32 MB") || ran.err.contains("expands more than"),
        "{}",
        ran.err
    );
}

#[test]
fn tables_and_arrays_of_articles_are_taken_apart() {
    let folder = Folder::temporary();
    folder.write("a.csv", "id,text,published\n1,\"They met,\ntwice.\",2013-02-16\n2,They spoke.,\n");
    folder.write("b.json", "[{\"text\": \"They met.\"}, {\"html\": \"<p>They spoke.</p>\"}]");
    let ran = folder.memcon(&["read", "--json", "a.csv", "b.json"]).ends(0);
    assert_eq!(ran.paths(), ["a.csv#1", "a.csv#2", "b.json#1", "b.json#2"]);
    assert_eq!(ran.json()[0]["article"]["published"], "2013-02-16");
    assert_eq!(ran.json()[0]["document"]["extra"]["id"], "1");
}

#[test]
fn encodings_are_found() {
    let folder = Folder::temporary();
    let text = "Der Außenminister sprach am Dienstag mit seinem französischen Kollegen über die Lage.\n".repeat(3);
    let narrow: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("1.txt", &text);
    folder.write("2.txt", narrow);
    folder.write("3.txt", wide);
    let ran = folder.memcon(&["read", "--json", "."]).ends(0);
    let chars: Vec<_> = ran.json().iter().map(|record| record["document"]["chars"].clone()).collect();
    assert_eq!(chars, vec![serde_json::json!(text.chars().count()); 3]);
}
