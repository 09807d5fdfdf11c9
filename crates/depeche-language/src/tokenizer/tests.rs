//! The affix loop on a few hand-made rules; the trained rules are compared with spaCy by the parity test.

use super::*;
use crate::manifest::Manifest;

/// Rules: `(` and `"` come off in front, `)` `"` `,` `.` behind a letter, `-la` behind; `'` between letters splits after
/// itself; `M.` and `J.-C.` are special cases.
const RULES: &str = r#"{
 "format":1,"language":"xx","weights":{"bytes":0,"crc32":0},
 "syntax":{"seeds":[],"depth":0},"names":{"seeds":[],"depth":0},"parser":{"moves":[]},"ner":{"moves":[]},
 "morphology":[],"lemmas":{"labels":[],"trees":[]},"norms":{"«":"\""},"symbols":{"case":412},
 "tokenizer":{
  "sets":[[34,34,40,40],[34,34,41,41,44,44],[46,46],[65,90,97,122],[39,39],[45,45],[108,108],[97,97]],
  "prefix":{"q":["b",{"s":0}]},
  "suffix":{"a":[{"q":[{"s":1},"e"]},{"q":[{"l":[1,false,{"s":3}]},{"s":2},"e"]},
                 {"q":[{"l":[1,false,{"s":3}]},{"s":5},{"s":6},{"s":7},"e"]}]},
  "infix":{"q":[{"l":[2,false,{"q":[{"s":3},{"s":4}]}]},{"l":[0,false,{"s":3}]}]},
  "token":null,"url":null,
  "special":{"M.":[["M.",null]],"J.-C.":[["J.",null],["-C.","christ"]]," ":[[" ",null]]}}}"#;

fn tokens(text: &str) -> Vec<String> {
    let mut manifest = Manifest::read(RULES.as_bytes()).unwrap();
    let attributes = Attributes::new(&mut manifest);
    let tokenizer = Tokenizer::new(manifest.tokenizer, attributes);
    let (mut memory, mut out) = (Memory::default(), Vec::new());
    // Twice, so that the second run comes from the cache.
    tokenizer.tokens(text, &mut memory, &mut out);
    let first = out.clone();
    out.clear();
    tokenizer.tokens(text, &mut memory, &mut out);
    assert_eq!(first, out);
    for piece in &out {
        assert_eq!(memory.words.get(piece.word).text, text[piece.start as usize..piece.end as usize]);
    }
    out.iter().map(|piece| text[piece.start as usize..piece.end as usize].to_owned()).collect()
}

#[test]
fn affixes_come_off_from_outside_in() {
    assert_eq!(tokens("(\"Oui\"),"), ["(", "\"", "Oui", "\"", ")", ","]);
    assert_eq!(tokens("est-la."), ["est", "-la", "."]);
}

#[test]
fn an_empty_infix_splits_without_a_token_of_its_own() {
    assert_eq!(tokens("l'Europe d'aujourd'hui"), ["l'", "Europe", "d'", "aujourd'", "hui"]);
}

#[test]
fn special_cases_stop_the_affix_loop() {
    assert_eq!(tokens("(M. Dupont)"), ["(", "M.", "Dupont", ")"]);
    assert_eq!(tokens("(J.-C.)"), ["(", "J.", "-C.", ")"]);
}

#[test]
fn single_spaces_are_no_tokens_but_other_white_space_is() {
    assert_eq!(tokens("a  b"), ["a", " ", "b"]);
    assert_eq!(tokens(" a\u{a0}b "), [" ", "a", "\u{a0}", "b"]);
    assert_eq!(tokens(""), Vec::<String>::new());
    assert_eq!(tokens("a \n\n b"), ["a", "\n\n ", "b"]);
}

#[test]
fn a_run_without_white_space_is_cut_after_512_characters() {
    assert_eq!(tokens(&"é".repeat(1300)).iter().map(|t| t.chars().count()).collect::<Vec<_>>(), [512, 512, 276]);
}
