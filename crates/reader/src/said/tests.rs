//! Statements in sentences of our own.

use super::*;
use crate::page::Block;

/// The statements of a text whose every line is a paragraph.
fn statements(text: &str) -> Vec<Statement> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + line.len()) });
        at += line.len() + 1;
    }
    let page = Page { text: text.to_string(), blocks, ..Page::default() };
    let sentences = crate::language::split(&page.text, &page.blocks);
    find(&page, &sentences, &Cast::default())
}

/// Draws every statement under its text: carets below its content, then its kind and its speaker.
#[track_caller]
fn check(text: &str, expected: &str) {
    let mut drawn = String::new();
    for statement in statements(text).iter().filter(|s| !s.phrase) {
        let inside = |at: usize| statement.content.iter().any(|c| c.range().contains(&at));
        let carets: String = text.char_indices().map(|(at, _)| if inside(at) { '^' } else { ' ' }).collect();
        let speaker = statement.speaker_name.as_deref().unwrap_or("-");
        drawn += &format!("{} {} {speaker}\n", carets.trim_end(), statement.kind);
    }
    let expected: String = expected.lines().skip(1).map(|line| format!("{}\n", line.trim_end())).collect();
    assert_eq!(drawn, expected, "\n{text}\n{drawn}");
}

#[test]
fn the_speaker_stands_after_or_before_a_quotation() {
    check(
        "“We met twice,” said Envoy Tomas Ortega on Friday.",
        "
 ^^^^^^^^^^^^^ quote Envoy Tomas Ortega",
    );
    check(
        "\"We met twice,\" Ortega told reporters in Oslo.",
        "
 ^^^^^^^^^^^^^ quote Ortega",
    );
    check(
        "Ortega said: ‘We met twice.’",
        "
              ^^^^^^^^^^^^^ quote Ortega",
    );
    check(
        "“We met twice,” a senior Foreign Ministry official said.",
        "
 ^^^^^^^^^^^^^ quote a senior Foreign Ministry official",
    );
    check(
        "“Did we meet?” he asked.",
        "
 ^^^^^^^^^^^^ quote he",
    );
    check(
        "“We met twice.” — Tomas Ortega",
        "
 ^^^^^^^^^^^^^ quote Tomas Ortega",
    );
}

#[test]
fn a_quotation_that_its_cue_interrupts_is_one_statement() {
    check(
        "“We met twice,” Ortega said. “The second time was better.”",
        "
 ^^^^^^^^^^^^^                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ quote Ortega",
    );
}

#[test]
fn a_quoted_phrase_belongs_to_the_clause_that_it_stands_in() {
    check(
        "Ortega said the meeting was “long and cold” and would be repeated.",
        "
                             ^^^^^^^^^^^^^ quote Ortega
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reported Ortega",
    );
    check(
        "Ortega called the plan “a dead letter.”",
        "
                        ^^^^^^^^^^^^^^ quote Ortega",
    );
    check("The ministers signed the “open rivers” treaty.", "");
    check("The envoy watched “Evening Report” at home.", "");
    check("Ortega handed over a paper entitled “on the use of rivers.”", "");
    check("Ortega sat down with “the two quiet envoys,” as he calls them.", "");
}

#[test]
fn a_quotation_told_twice_is_one_statement() {
    let text =
        "Ortega spoke of “a river without any bridge.”\nThe talks, Ortega said, were “a river without any bridge.”";
    let found: Vec<_> = statements(text).into_iter().filter(|s| s.kind == StatementKind::Quote).collect();
    assert_eq!(found.iter().map(|s| s.content.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn reported_speech_follows_goes_before_or_goes_around() {
    check(
        "Ortega said that the envoys had met twice.",
        "
                 ^^^^^^^^^^^^^^^^^^^^^^^^ reported Ortega",
    );
    check(
        "The envoys had met twice, Ortega said on Friday.",
        "
^^^^^^^^^^^^^^^^^^^^^^^^ reported Ortega",
    );
    check(
        "The envoys, Ortega said, had met twice.",
        "
^^^^^^^^^^               ^^^^^^^^^^^^^ reported Ortega",
    );
    check(
        "The envoys had met twice, according to Ortega.",
        "
^^^^^^^^^^^^^^^^^^^^^^^^ reported Ortega",
    );
    check(
        "Ortega told the Herald that the envoys had met twice.",
        "
                            ^^^^^^^^^^^^^^^^^^^^^^^^ reported Ortega",
    );
    check("Ortega declined to say whether the envoys had met.", "");
    check("The report lay on the table for a week.", "");
}

#[test]
fn a_statement_may_stand_in_another() {
    check(
        "Ortega told Lindqvist that the bridge was open, the official said.",
        "
                           ^^^^^^^^^^^^^^^^^^^ reported Ortega
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reported the official",
    );
    check(
        "The Herald quoted Ortega as saying that the bridge was open.",
        "
                                        ^^^^^^^^^^^^^^^^^^^ reported Ortega
                                        ^^^^^^^^^^^^^^^^^^^ reported The Herald",
    );
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    let text = "“We met,” Ortega said. “We talked.\n“And we parted.”";
    let found = statements(text);
    let content: Vec<&str> = found.iter().flat_map(|s| &s.content).map(|c| c.of(text)).collect();
    assert_eq!((found.len(), content), (1, vec!["We met,", "We talked.", "And we parted."]));
}

#[test]
fn the_speaker_may_stand_in_the_paragraph_above() {
    let text = "Envoy Tomas Ortega said that he was content.\n“We met twice, and we will meet again.”";
    let quote = statements(text).into_iter().find(|s| s.kind == StatementKind::Quote);
    assert_eq!(quote.and_then(|s| s.speaker_name).as_deref(), Some("Envoy Tomas Ortega"));
}

#[test]
fn a_denial_is_told_from_a_claim_and_a_rumour() {
    let stance = |text: &str| statements(text).first().map(|s| s.stance);
    assert_eq!(stance("Ortega said that a call took place."), Some(Stance::Asserted));
    assert_eq!(stance("Ortega denied that a call took place."), Some(Stance::Denied));
    assert_eq!(stance("Ortega did not say that a call took place."), Some(Stance::Denied));
    assert_eq!(stance("Ortega is said to have called Lindqvist."), Some(Stance::Hedged));
}

#[test]
fn nameless_organs_are_official_or_media() {
    let voice = |text: &str| statements(text).first().map(|s| s.voice);
    assert_eq!(voice("According to a press release, the envoys met."), Some(VoiceKind::Official));
    assert_eq!(voice("The envoys met, the palace said."), Some(VoiceKind::Official));
    assert_eq!(voice("Several newspapers reported that the envoys met."), Some(VoiceKind::Media));
    assert_eq!(voice("The envoys met, according to the US-based news outlet."), Some(VoiceKind::Media));
    let denied = statements("Ortega dismissed media reports that the envoys had met.");
    let speakers: Vec<_> = denied.iter().map(|s| (s.speaker_name.as_deref(), s.stance)).collect();
    assert_eq!(speakers, [(Some("Ortega"), Stance::Denied)]);
}

#[test]
fn the_innermost_statement_holds_a_word() {
    let text = "Ortega told Lindqvist that the bridge was open, the official said.";
    let found = statements(text);
    let at = |word: &str| text.find(word).map(|at| Span::new(at, at + word.len())).unwrap_or_default();
    let speaker = |word| innermost(&found, at(word)).and_then(|i| found[i].speaker_name.clone());
    assert_eq!(speaker("bridge").as_deref(), Some("Ortega"));
    assert_eq!(speaker("Lindqvist").as_deref(), Some("the official"));
    assert_eq!(speaker("official"), None);
}

#[test]
fn an_interview_has_turns() {
    let text = "Lindqvist, the spokesman, said he would answer.\n- Did they meet?\n- They did.\n- Where was it?";
    let found: Vec<&str> = statements(text)
        .iter()
        .filter(|s| s.kind == StatementKind::Quote)
        .flat_map(|s| s.content.clone())
        .map(|c| &text[c.range()])
        .collect();
    assert_eq!(found, ["Did they meet?", "They did.", "Where was it?"]);
}

#[test]
fn sentences_that_report_nothing_are_known_by_their_words() {
    let page = Page { text: "The plane landed at noon. “Welcome,” he said. Rain fell.".into(), ..Page::default() };
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, page.text.len()) };
    let sentences = crate::language::split(&page.text, &[block]);
    let reports: Vec<bool> = sentences.iter().map(|s| may_report(&page.text, s)).collect();
    assert_eq!(reports, [false, true, false]);
}

#[test]
fn no_text_breaks_it() {
    for text in [
        "",
        "“",
        "said",
        "said said",
        "According to",
        ", said",
        "“” said.",
        "- ?\n- ?\n- ?",
        "as saying that",
        "“a” “b” “c",
        "said that",
        "Ortega said, said, said, ",
        "he: “",
        "—",
        "“…” was the answer",
        "was, by",
    ] {
        let _ = statements(text);
    }
}

#[test]
fn a_source_takes_its_description_with_it() {
    for (text, source) in [
        ("The talks failed, said Ana Duarte, who led the office.", "Ana Duarte, who led the office"),
        ("Ana Duarte, the chief delegate, said that the talks failed.", "Ana Duarte, the chief delegate"),
        ("Ana Duarte (D-Ohio) said that the talks failed.", "Ana Duarte (D-Ohio)"),
        ("“The talks failed,” Ana Duarte said.", "Ana Duarte"),
        ("The talks failed, Ana Duarte said, and the envoys left.", "Ana Duarte"),
    ] {
        let found = statements(text);
        let sources: Vec<&str> = found.iter().filter_map(|s| Some(s.source?.of(text))).collect();
        assert!(sources.contains(&source), "{source} is not among {sources:?}");
    }
}
