//! `memcon explain` shows how each sentence was understood.

use crate::{Folder, STORY};

#[test]
fn every_sentence_can_be_shown() {
    let folder = Folder::temporary();
    folder.write("a.txt", STORY);
    let ran = folder.memcon(&["explain", "--all", "a.txt"]).ends(0);
    assert!(ran.out.contains("The foreign ministers of two countries"), "{}", ran.out);
    let lines = folder.memcon(&["explain", "--json", "a.txt"]).ends(0).json();
    let tokens = lines[0]["tokens"].as_array().expect("tokens");
    assert_eq!(tokens[0]["form"], "The");
    assert_eq!(folder.memcon(&["explain", "--json", "--sentence", "2", "a.txt"]).ends(0).json().len(), 1);
    let ran = folder.memcon(&["explain", "--sentence", "99", "a.txt"]).ends(0);
    assert!(ran.out.contains("none has the number 99"), "{}", ran.out);
}

#[test]
fn the_same_problems_are_told_as_in_reading() {
    let folder = Folder::temporary();
    assert_eq!(folder.memcon(&["explain", "gone.txt"]).ends(1).err, "gone.txt: no such file\n");
}
