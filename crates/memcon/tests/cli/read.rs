//! What `memcon read` takes, and the order in which it gives it back.

use crate::{Folder, STORY};

#[test]
fn folders_are_read_in_the_order_of_names() {
    let folder = Folder::temporary();
    for name in ["b/2.txt", "b/10.md", "a.txt", "c.html", ".hidden.txt", "b/.git/x.txt", "picture.png"] {
        folder.write(name, STORY);
    }
    let ran = folder.memcon(&["read", "--json", "."]).ends(0);
    assert_eq!(ran.paths(), ["./a.txt", "./b/10.md", "./b/2.txt", "./c.html"]);
    assert_eq!(ran.err, "");
}

#[test]
fn output_is_the_same_for_any_number_of_jobs() {
    let folder = Folder::temporary();
    let lines: String = (0..300)
        .map(|n| {
            format!(
                "{{\"id\": {n}, \"text\": {:?}, \"published\": \"2013-02-{:02}\"}}\n",
                STORY.repeat(n % 7 + 1),
                n % 28 + 1
            )
        })
        .collect();
    folder.write("many.jsonl", lines);
    let one = folder.memcon(&["read", "--json", "--jobs", "1", "many.jsonl"]).ends(0);
    assert_eq!(one.paths().len(), 300);
    assert_eq!(one.paths()[299], "many.jsonl#300");
    for jobs in ["2", "7"] {
        assert!(folder.memcon(&["read", "--json", "--jobs", jobs, "many.jsonl"]).ends(0).out == one.out, "{jobs} jobs");
    }
}

#[test]
fn standard_input_is_a_document_or_several() {
    let folder = Folder::temporary();
    let ran = folder.fed(&["read", "--json", "-"], STORY.as_bytes()).ends(0);
    assert_eq!(ran.paths(), ["-"]);
    let ran = folder.fed(&["read", "--json", "-"], b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n").ends(0);
    assert_eq!(ran.paths(), ["-#1", "-#2"]);
}

#[test]
fn a_document_is_told_by_its_sha256_and_keeps_its_fields() {
    let folder = Folder::temporary();
    folder.write("a.txt", "abc");
    let line = r#"{"id": 7, "url": "https://example.org/a", "text": "They met.", "title": "Met", "desk": ["x"]}"#;
    folder.write("b.jsonl", line);
    let documents = folder.memcon(&["read", "--json", "a.txt", "b.jsonl"]).ends(0).json();
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(documents[0]["document"]["sha256"], sha256);
    assert_eq!(documents[0]["document"]["media_type"], "text/plain");
    assert_eq!(documents[0]["document"]["chars"], 3);
    assert_eq!(documents[1]["document"]["url"], "https://example.org/a");
    assert_eq!(documents[1]["document"]["extra"], serde_json::json!({"id": 7, "desk": ["x"]}));
    assert_eq!(documents[1]["article"]["title"], "Met");
}

#[test]
fn a_manifest_says_what_a_page_does_not() {
    let folder = Folder::temporary();
    folder.write("pages/a.txt", STORY);
    folder.write("pages/b.txt", STORY);
    folder.write("pages/m.csv", "path,published,outlet,desk\nb.txt,2013-02-16,The Example,north\n");
    let documents = folder.memcon(&["read", "--json", "pages", "--manifest", "pages/m.csv"]).ends(0).json();
    assert_eq!(documents.len(), 2, "the manifest itself is no document");
    assert_eq!(documents[0]["article"]["published"], serde_json::Value::Null);
    assert_eq!(documents[1]["article"]["published"], "2013-02-16");
    assert_eq!(documents[1]["article"]["outlet"], "The Example");
    assert_eq!(documents[1]["document"]["extra"]["desk"], "north");
}

#[test]
fn a_date_that_is_none_is_told_and_left_out() {
    let folder = Folder::temporary();
    folder.write("a.jsonl", "{\"text\": \"They met.\", \"published\": \"the other day\"}\n");
    let ran = folder.memcon(&["read", "--json", "a.jsonl"]).ends(1);
    assert_eq!(ran.json()[0]["article"]["published"], serde_json::Value::Null);
    assert!(
        ran.err.starts_with("a.jsonl#1:1: the date of publication \"the other day\" is not understood"),
        "{}",
        ran.err
    );
}

#[test]
fn offsets_count_code_points_of_the_decoded_text() {
    let folder = Folder::temporary();
    let text = "Zürich talks: “progress”, says Łukasz.\n\nSecond paragraph here.\n";
    folder.write("a.txt", text);
    let record = &folder.memcon(&["read", "--json", "a.txt"]).ends(0).json()[0];
    assert_eq!(record["document"]["chars"], text.chars().count());
    for block in record["article"]["body"].as_array().expect("a body") {
        let (start, end) =
            (block["start"].as_u64().expect("a start") as usize, block["end"].as_u64().expect("an end") as usize);
        assert!(start < end && end <= text.chars().count());
    }
}

#[test]
fn a_person_gets_a_block_a_document_and_a_timeline() {
    let folder = Folder::temporary();
    folder.write("a.txt", STORY);
    let ran = folder.memcon(&["read", "a.txt"]).ends(0);
    assert!(ran.out.contains("a.txt") && ran.out.contains("in 1 document"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "no colours where the output is no terminal");
}

#[test]
fn nothing_printed_is_wider_than_the_terminal() {
    let folder = Folder::temporary();
    let long = "A very long headline about the conversation of two ministers that goes on for quite a while and then some more";
    folder.write("a.jsonl", serde_json::json!({"title": long, "text": STORY, "outlet": "外交新聞"}).to_string());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_memcon"))
        .args(["read", "a.jsonl"])
        .current_dir(folder.path())
        .env("COLUMNS", "60")
        .output()
        .expect("the program runs");
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(shown.lines().count() > 3);
    assert!(shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::temporary();
    let lines: String = (0..3000).map(|n| format!("{{\"text\": \"They met {n} times.\"}}\n")).collect();
    folder.write("many.jsonl", lines);
    let program = env!("CARGO_BIN_EXE_memcon");
    let shell = format!("set -o pipefail; {program} read --json many.jsonl | head -n 1 | wc -l");
    let ran =
        std::process::Command::new("bash").args(["-c", &shell]).current_dir(folder.path()).output().expect("bash");
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
    assert_eq!((String::from_utf8_lossy(&ran.stdout).trim(), ran.status.code()), ("1", Some(0)));
}

#[test]
fn help_has_examples_and_a_wrong_call_is_told() {
    let folder = Folder::temporary();
    for command in ["read", "explain", "doctor"] {
        let help = folder.memcon(&[command, "--help"]).ends(0).out;
        assert!(help.contains("Examples:"), "{command}: {help}");
    }
    assert!(folder.memcon(&["--version"]).ends(0).out.starts_with("memcon "));
    folder.memcon(&["read"]).ends(2);
    folder.memcon(&["read", "--no-such-option", "x"]).ends(2);
    let ran = folder.memcon(&["read", "x", "--manifest", "gone.csv"]).ends(2);
    assert_eq!(ran.err, "memcon: gone.csv: no such file\n");
}

#[test]
fn doctor_says_that_it_works() {
    let folder = Folder::temporary();
    assert!(folder.memcon(&["doctor"]).ends(0).out.contains("works"));
    assert_eq!(folder.memcon(&["doctor", "--json"]).ends(0).json()[0]["state"], "works");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_between_documents() {
    use std::io::{BufRead, BufReader, Read};
    let folder = Folder::temporary();
    let lines: String = (0..200_000).map(|n| format!("{{\"text\": \"They met {n} times.\"}}\n")).collect();
    folder.write("many.jsonl", lines);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_memcon"))
        .args(["read", "--json", "many.jsonl"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut text = String::new();
    out.read_line(&mut text).expect("a line");
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(kill.success());
    out.read_to_string(&mut text).expect("the rest");
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(130));
    let whole = text.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
    assert!(whole == text.lines().count() && whole < 200_000, "whole lines, and not all of them: {whole}");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(told, format!("stopped after {whole} documents\n"));
}

#[test]
fn merged_contacts_are_as_the_documents_published_by_a_day_tell_them() {
    let folder = Folder::temporary();
    let tried = "U.S. Secretary of State John Kerry tried to call Russian Foreign Minister Sergei Lavrov on Tuesday.";
    let held = "Secretary of State John Kerry and Russian Foreign Minister Sergei Lavrov spoke by telephone on Sunday.";
    let line = |text: &str, day: &str| serde_json::json!({"text": text, "published": day}).to_string();
    folder.write("calls.jsonl", format!("{}\n{}\n", line(tried, "2013-02-14"), line(held, "2013-02-18")));
    let statuses = |day: &str| -> Vec<String> {
        let ran = folder.memcon(&["read", "--merged", "--json", "--as-of", day, "calls.jsonl"]).ends(0);
        ran.json().iter().map(|c| c["status"].as_str().unwrap_or_default().to_string()).collect()
    };
    assert_eq!(statuses("2013-02-13"), Vec::<String>::new());
    assert_eq!(statuses("2013-02-14"), ["unanswered"]);
    assert_eq!(statuses("2013-02-18"), ["held"]);
    folder.memcon(&["read", "--as-of", "2013-02-14", "calls.jsonl"]).ends(2);
}

#[test]
fn merged_contacts_of_more_documents_than_are_shown_by_default_are_printed() {
    let folder = Folder::temporary();
    let line = |n: usize| {
        let text =
            "Russian Foreign Minister Sergei Lavrov met Turkish Foreign Minister Hakan Fidan in Moscow on Monday.";
        format!("{}\n", serde_json::json!({"id": n, "text": text, "published": "2023-09-05"}))
    };
    folder.write("many.jsonl", (0..1_100).map(line).collect::<String>());
    let contacts = folder.memcon(&["read", "--merged", "--json", "many.jsonl"]).ends(0).json();
    assert_eq!(contacts.len(), 1);
    assert_eq!(contacts[0]["documents"].as_array().map(Vec::len), Some(1_100));
}

#[test]
fn the_readme_shows_what_comes_out() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let readme = std::fs::read_to_string(format!("{root}/README.md")).expect("the README");
    let command = "$ cargo run --release -- read samples/\n";
    let picture = readme.split(command).nth(1).and_then(|rest| rest.split("\n```").next()).expect("the picture");
    let folder = Folder::temporary();
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_memcon"))
        .args(["read", "samples/"])
        .current_dir(root)
        .env("COLUMNS", "100")
        .env("MEMCON_DB", folder.path().join("memcon.db"))
        .output()
        .expect("the program runs");
    let out = String::from_utf8(ran.stdout).expect("UTF-8");
    for part in picture.split("…\n").map(str::trim).filter(|part| !part.is_empty()) {
        let part = part.trim_end_matches('…').trim_end();
        assert!(out.contains(part), "the README shows\n{part}\nbut the program prints\n{out}");
    }
}
