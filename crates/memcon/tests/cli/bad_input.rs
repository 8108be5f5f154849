//! Whatever is wrong with a document: one line with its place, the rest goes on, exit status 1.

use crate::{Folder, STORY};

/// Runs over a good document and a bad one; the good one must come out and the bad one be told in one line.
fn told(name: &str, bytes: &[u8]) -> String {
    let folder = Folder::temporary();
    folder.write("good.txt", STORY);
    folder.write(name, bytes);
    let ran = folder.memcon(&["read", "--json", name, "good.txt"]).ends(1);
    assert_eq!(ran.paths().last().map(String::as_str), Some("good.txt"), "the rest goes on");
    assert_eq!(ran.err.lines().count(), 1, "one line: {}", ran.err);
    ran.err.trim_end().to_string()
}

#[test]
fn each_has_its_line() {
    assert_eq!(told("empty.txt", b""), "empty.txt: is empty");
    assert_eq!(told("blank.html", b" \n "), "blank.html: holds no text");
    assert_eq!(told("b.txt", b"\x7FELF\x02\x01\0\0\0\0"), "b.txt: is not text; give the page as text or HTML");
    assert_eq!(told("bad.txt", b"They met.\nThey \xFF\xFE spoke."), "bad.txt:2: 2 damaged bytes were replaced");
    let nested = "<div>".repeat(100_000) + "They met." + &"</div>".repeat(100_000);
    assert_eq!(
        told("deep.html", nested.as_bytes()),
        "deep.html: elements nested more than 2000 deep; save the page as text"
    );
    assert_eq!(
        told("l.jsonl", b"{\"text\": \"They met.\"}\n{\"text\": \"They\n{\"text\": \"They spoke.\"}\n"),
        "l.jsonl#2:2: malformed JSON: EOF while parsing a string at column 14"
    );
    assert_eq!(
        told("n.json", b"[{\"text\": \"They met.\"}, 5]"),
        "n.json:1: malformed JSON: an object was expected here"
    );
    assert_eq!(told("t.csv", b"a,b\n1,2\n"), "t.csv:1: is a table without a column `text` (or `html`)");
    assert!(told("z.zip", b"PK\x03\x04nonsense").starts_with("z.zip: is no whole zip archive"));
    assert!(told("g.txt.gz", b"\x1f\x8b\x08nonsense").starts_with("g.txt.gz: "));
}

#[test]
fn a_line_of_200_megabytes_is_passed_without_holding_it() {
    let folder = Folder::temporary();
    let mut lines = b"{\"text\": \"They met.\"}\n{\"text\": \"".to_vec();
    lines.resize(200 << 20, b'a');
    lines.extend(b"\"}\n{\"text\": \"They spoke.\"}\n");
    folder.write("long.jsonl", lines);
    let ran = folder.memcon(&["read", "--json", "long.jsonl"]).ends(1);
    assert_eq!(ran.err, "long.jsonl:2: larger than 32 MB; split it into its articles\n");
    assert_eq!(ran.paths(), ["long.jsonl#1", "long.jsonl#3"]);
    folder.write("long.txt", vec![b'a'; 40 << 20]);
    let ran = folder.memcon(&["read", "--json", "long.txt"]).ends(1);
    assert_eq!(ran.err, "long.txt: larger than 32 MB; split it into its articles\n");
}

#[test]
fn files_that_are_not_there_are_told() {
    let folder = Folder::temporary();
    folder.write("good.txt", STORY);
    let ran = folder.memcon(&["read", "--json", "gone.txt", "good.txt"]).ends(1);
    assert_eq!((ran.err.as_str(), ran.paths()), ("gone.txt: no such file\n", vec!["good.txt".to_string()]));
    folder.write("m.csv", "path,published\ngood.txt,2013-02-16\n\"lost.txt\",2013-02-17\n");
    let ran = folder.memcon(&["read", "--json", "good.txt", "--manifest", "m.csv"]).ends(1);
    assert_eq!(ran.err, "m.csv:3: a row for lost.txt, and no such file; correct its path\n");
    assert_eq!(ran.json()[0]["article"]["published"], "2013-02-16");
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_end() {
    use std::os::unix::fs::symlink;
    let folder = Folder::temporary();
    folder.write("a/good.txt", STORY);
    symlink("..", folder.path().join("a/up")).expect("a link");
    symlink("self.txt", folder.path().join("self.txt")).expect("a link");
    symlink("nowhere", folder.path().join("vanished.txt")).expect("a link");
    let ran = folder.memcon(&["read", "--json", "."]).ends(1);
    assert_eq!(ran.paths(), ["./a/good.txt"]);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert!(lines[0].starts_with("./a/up: a link that leads back to "), "{lines:?}");
    assert_eq!(&lines[1..], ["./self.txt: a link that leads back to itself", "./vanished.txt: no such file"]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::temporary();
    folder.write("good.txt", STORY);
    folder.write("closed/a.txt", STORY);
    let closed = folder.path().join("closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("rights");
    // The superuser may read it all the same.
    let may = std::fs::read_dir(&closed).is_ok();
    let ran = folder.memcon(&["read", "--json", "."]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("rights");
    if may {
        assert_eq!(ran.ends(0).paths(), ["./closed/a.txt", "./good.txt"]);
    } else {
        let ran = ran.ends(1);
        assert_eq!(ran.err, "./closed: no permission to read it; change its rights or leave it out\n");
        assert_eq!(ran.paths(), ["./good.txt"]);
    }
}

#[test]
fn a_report_lists_what_was_left_out_and_why() {
    let folder = Folder::temporary();
    folder.write("in/a.txt", STORY);
    folder.write("in/b.txt", "");
    folder.write("in/c.png", "x");
    let ran = folder.memcon(&["read", "--json", "in", "--report", "report.csv"]).ends(1);
    assert_eq!(ran.paths(), ["in/a.txt"]);
    let report = std::fs::read_to_string(folder.path().join("report.csv")).expect("a report");
    assert_eq!(
        report,
        "path,line,gravity,what\nin/b.txt,,skipped,is empty\nin/c.png,,passed over,a kind of file that is not read\n"
    );
}
