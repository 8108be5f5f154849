use crate::Folder;
use serde_json::Value;

fn samples() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples").to_owned()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// A folder with the samples recorded.
fn recorded() -> Folder {
    let folder = Folder::temporary();
    let ran = folder.memcon(&["read", &samples()]);
    assert!(ran.err.contains("recorded in memcon.db"), "{}", ran.err);
    folder
}

#[test]
fn what_was_read_is_recorded_once() {
    let folder = recorded();
    let documents = |folder: &Folder| {
        lines(&folder.memcon(&["export", "--format", "jsonl", "--table", "documents"]).ends(0).out).len()
    };
    let count = documents(&folder);
    assert!(count > 0);
    let again = folder.memcon(&["read", &samples()]);
    assert!(again.err.contains(&format!("0 new documents, {count} known already")), "{}", again.err);
    assert_eq!(documents(&folder), count);
    let before = folder.memcon(&["timeline", "--json"]).ends(0).out;
    folder.memcon(&["reread"]).ends(0);
    assert_eq!(folder.memcon(&["timeline", "--json"]).ends(0).out, before);
}

#[test]
fn every_question_has_an_answer_in_every_form() {
    let folder = recorded();
    let contacts = lines(&folder.memcon(&["timeline", "usa", "russia", "--json"]).ends(0).out);
    assert!(!contacts.is_empty());
    let id = contacts[0]["id"].as_str().expect("an id").to_owned();
    let memo = folder.memcon(&["contact", &id]).ends(0).out;
    assert!(memo.starts_with("# Memorandum of contact: ") && memo.contains("[^1]"), "{memo}");
    assert!(folder.memcon(&["contact", &id[..6], "--format", "html"]).ends(0).out.starts_with("<article"));
    assert_eq!(lines(&folder.memcon(&["contact", &id, "--json"]).ends(0).out)[0]["id"], Value::from(id));
    for command in [
        &["timeline"][..],
        &["timeline", "--format", "csv"],
        &["timeline", "--as-of", "2013-02"],
        &["disputes"],
        &["disputes", "--json"],
        &["statements", "usa"],
        &["statements", "--format", "tsv"],
        &["search", "call"],
        &["search", "--json", "call OR meeting"],
        &["pairs"],
        &["pairs", "usa", "--csv"],
        &["coverage", "usa", "russia"],
        &["coverage", "--by", "outlet", "--json"],
        &["copies"],
        &["corrections", "list"],
        &["export", "--format", "csv", "--out", "tables"],
        &["export", "--format", "package", "--out", "record.zip"],
        &["export", "--format", "timelinejs"],
        &["export", "--format", "icalendar"],
        &["export", "--format", "csl-json"],
        &["export", "--format", "annotations"],
        &["export", "--format", "graphml"],
    ] {
        folder.memcon(command).ends(0);
    }
    assert!(folder.path().join("tables/evidence.csv").exists());
}

#[test]
fn wrong_calls_say_what_is_wrong() {
    let folder = Folder::temporary();
    let ran = folder.memcon(&["timeline"]).ends(1);
    assert!(ran.err.contains("there is no such record") && ran.err.contains("hint:"), "{}", ran.err);
    assert!(!folder.path().join("memcon.db").exists(), "a question makes no record");
    let folder = recorded();
    for (command, what) in [
        (&["timeline", "atlantis"][..], "no government is called atlantis"),
        (&["timeline", "--from", "soon"], "soon is no date"),
        (&["contact", "zzzzzzzz"], "no contact has the id"),
        (&["search", "--", "--"], "no words"),
        (&["export", "--format", "csv"], "name one with --table"),
        (&["export", "--format", "csv", "--table", "nowhere"], "there is no table nowhere"),
        (&["corrections", "undo", "zzz", "--editor", "A"], "no correction has the id"),
    ] {
        let ran = folder.memcon(command).ends(2);
        assert!(ran.err.contains(what), "{command:?}: {}", ran.err);
    }
    folder.write("notes.db", "Kerry called Lavrov. ".repeat(100));
    let ran = folder.memcon(&["timeline", "--db", "notes.db"]).ends(1);
    assert!(ran.err.contains("this is not a database"), "{}", ran.err);
}

#[test]
fn people_correct_undo_and_compare() {
    let folder = recorded();
    let contacts = lines(&folder.memcon(&["timeline", "--json"]).ends(0).out);
    let id = contacts[0]["id"].as_str().expect("an id");
    folder.memcon(&["corrections", "edit", id, "tone=curt"]).ends(2);
    let made =
        folder.memcon(&["corrections", "edit", id, "tone=curt", "--editor", "Anna", "--reason", "heard it"]).ends(0);
    let now = lines(&folder.memcon(&["contact", id, "--json"]).ends(0).out);
    assert_eq!((&now[0]["tone"], &now[0]["state"]), (&Value::from("curt"), &Value::from("edited")));
    folder.memcon(&["reread"]).ends(0);
    assert_eq!(lines(&folder.memcon(&["contact", id, "--json"]).ends(0).out)[0]["tone"], "curt");
    let log = folder.memcon(&["corrections", "export"]).ends(0).out;
    assert_eq!(lines(&log)[0]["reason"], "heard it");
    folder.memcon(&["corrections", "undo", made.out.trim(), "--editor", "Anna"]).ends(0);
    assert_eq!(lines(&folder.memcon(&["timeline", "--json"]).ends(0).out), contacts);

    let added = [
        "corrections",
        "add",
        "--party",
        "czechia:Jan Novak:initiator",
        "--party",
        "slovakia",
        "--channel",
        "call",
        "--status",
        "held",
        "--when",
        "2013-02-20",
        "--note",
        "He rang about the dam.",
        "--record",
        "czechia",
        "--editor",
        "Anna",
    ];
    folder.memcon(&added).ends(0);
    assert_eq!(lines(&folder.memcon(&["timeline", "czechia", "slovakia", "--json"]).ends(0).out).len(), 1);

    for (coder, status) in [("Anna", "held"), ("Ben", "declined")] {
        for contact in contacts.iter().take(3) {
            let status = format!("status={status}");
            let own = contact["id"].as_str().expect("an id");
            folder.memcon(&["corrections", "code", own, &status, "--editor", coder]).ends(0);
        }
    }
    let table = lines(&folder.memcon(&["corrections", "agreement", "--json"]).ends(0).out);
    assert!(table.iter().any(|line| line["coders"] == "Anna, Ben" && line["measure"] == "kappa"), "{table:?}");
}
