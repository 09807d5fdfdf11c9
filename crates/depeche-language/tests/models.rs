//! The shipped models on real sentences and on any text at all.
//!
//! A language whose files are not in `models/` is passed over with a line that says so.

use std::path::Path;

use depeche_language::Pipeline;
use depeche_model::{EntityKind, EntityTag, Feats, Parsed, Relation, Span, Upos};
use proptest::prelude::*;

fn load(language: &str) -> Option<Pipeline> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models").join(language);
    let files = [folder.join("model.safetensors"), folder.join("manifest.json")].map(std::fs::read);
    let [Ok(weights), Ok(manifest)] = files else {
        eprintln!("skipped: no {language} model in models/; train and convert one (training/README.md)");
        return None;
    };
    Some(Pipeline::from_bytes(&weights, &manifest).unwrap())
}

fn words<'t>(parsed: &Parsed, text: &'t str) -> Vec<&'t str> {
    parsed.tokens.iter().map(|token| token.span.of(text)).collect()
}

fn find(parsed: &Parsed, text: &str, word: &str) -> usize {
    parsed.tokens.iter().position(|token| token.span.of(text) == word).unwrap()
}

/// What every parse must keep to, whatever the text.
fn check(text: &str, parsed: &Parsed) {
    let mut last = 0;
    for (index, token) in parsed.tokens.iter().enumerate() {
        assert!(token.span.start >= last && !token.span.is_empty(), "in order and not empty");
        assert!(!token.span.of(text).trim().is_empty(), "on character boundaries and not blank");
        last = token.span.end;
        let sentence = parsed.sentences[parsed.sentence_of(index as u32)];
        assert!((sentence.0..sentence.1).contains(&token.head), "the head is in the sentence");
        assert_eq!(token.head == index as u32, token.dep == Relation::Root);
        assert!(!text[parsed.tokens[sentence.0 as usize].span.start as usize..token.span.end as usize].contains('\n'));
    }
    let mut next = 0;
    for &(start, end) in &parsed.sentences {
        assert!(start == next && end > start, "sentences follow each other");
        next = end;
    }
    assert_eq!(next as usize, parsed.tokens.len());
}

#[test]
fn a_french_sentence() {
    let Some(pipeline) = load("fr") else { return };
    let text = "La France a envoyé 2 000 soldats au Mali, a annoncé Emmanuel Macron.";
    let parsed = pipeline.parse(text);
    check(text, &parsed);
    assert_eq!(words(&parsed, text)[..4], ["La", "France", "a", "envoyé"]);
    let sent = find(&parsed, text, "envoyé");
    assert_eq!(parsed.tokens[sent].lemma, "envoyer");
    assert_eq!(parsed.tokens[sent].upos, Upos::Verb);
    assert!(parsed.tokens[sent].feats.has(Feats::PART));
    let france = &parsed.tokens[find(&parsed, text, "France")];
    assert_eq!((france.head as usize, france.dep), (sent, Relation::Nsubj));
    assert_eq!(france.ent, EntityTag::Begin(EntityKind::Location));
    assert_eq!(parsed.tokens[find(&parsed, text, "Macron")].ent, EntityTag::Inside(EntityKind::Person));
}

#[test]
fn an_english_sentence() {
    let Some(pipeline) = load("en") else { return };
    let text = "Thousands didn't protest in Paris. The president of Chad sent troops to Mali.";
    let parsed = pipeline.parse(text);
    check(text, &parsed);
    assert_eq!(words(&parsed, text)[..4], ["Thousands", "did", "n't", "protest"]);
    assert_eq!(parsed.sentences.len(), 2);
    let sent = find(&parsed, text, "sent");
    assert_eq!((parsed.tokens[sent].lemma.as_str(), parsed.tokens[sent].upos), ("send", Upos::Verb));
    assert_eq!(parsed.tokens[find(&parsed, text, "troops")].head as usize, sent);
}

#[test]
fn lines_are_documents_and_blocks_choose_among_them() {
    let Some(pipeline) = load("fr") else { return };
    let text = "Manifestation à Lyon\n\n  \nDes milliers de personnes ont défilé.\n";
    let parsed = pipeline.parse(text);
    check(text, &parsed);
    assert!(parsed.sentences.len() >= 2);
    let start = text.find("Des").unwrap() as u32;
    let block = Span::new(start, text.len() as u32 - 1);
    let part = pipeline.parse_blocks(text, &[block]);
    let second = parsed.sentences.iter().position(|s| parsed.tokens[s.0 as usize].span.start == start).unwrap();
    let skipped = parsed.sentences[second].0 as usize;
    assert_eq!(part.tokens.len(), parsed.tokens.len() - skipped);
    for (a, b) in part.tokens.iter().zip(&parsed.tokens[skipped..]) {
        assert_eq!((a.span, &a.lemma, a.dep), (b.span, &b.lemma, b.dep), "context of other lines does not reach in");
    }
    let outside = [Span::new(7, 3), Span::new(0, 9999), Span::new(15, 16)];
    assert!(pipeline.parse_blocks("é".repeat(8).as_str(), &outside).tokens.is_empty());
}

#[test]
fn results_do_not_depend_on_what_was_parsed_before_or_on_the_thread() {
    let Some(pipeline) = load("en") else { return };
    let text = "Iran warned Israel on Sunday. Talks broke down in Geneva, officials said.";
    let first = pipeline.parse(text);
    // More word types than the memory of words holds.
    let many: Vec<String> = (0..20_000).map(|i| format!("w{i}x")).collect();
    pipeline.parse(&many.join(" "));
    assert_eq!(pipeline.parse(text), first);
    std::thread::scope(|scope| {
        for thread in (0..4).map(|_| scope.spawn(|| pipeline.parse(text))).collect::<Vec<_>>() {
            assert_eq!(thread.join().unwrap(), first);
        }
    });
}

#[test]
fn given_words_stay_as_they_are() {
    let Some(pipeline) = load("en") else { return };
    let doc = pipeline.annotate_words(&[("can", false), ("not", true), ("U.S.", true), ("New York", false)]);
    assert_eq!(doc.tokens.iter().map(|t| (t.start, t.end)).collect::<Vec<_>>(), [(0, 3), (3, 6), (7, 11), (12, 20)]);
    assert!(pipeline.annotate_words(&[]).tokens.is_empty() && pipeline.annotate("").tokens.is_empty());
}

#[test]
fn a_very_long_line_is_cut() {
    let Some(pipeline) = load("fr") else { return };
    let text = "mot ".repeat(20_000);
    let parsed = pipeline.parse(&text);
    check(&text, &parsed);
    assert_eq!(parsed.tokens.len(), 20_000);
    let text = "é".repeat(40_000);
    let parsed = pipeline.parse(&text);
    check(&text, &parsed);
}

#[test]
fn weights_and_manifest_of_two_models_are_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let (Ok(weights), Ok(manifest)) =
        (std::fs::read(folder.join("fr/model.safetensors")), std::fs::read(folder.join("en/manifest.json")))
    else {
        eprintln!("skipped: models/ does not hold both languages");
        return;
    };
    let error = Pipeline::from_bytes(&weights, &manifest).err().unwrap();
    assert!(error.to_string().contains("convert.py"), "{error}");
    assert!(Pipeline::from_bytes(&weights, b"{}").is_err());
    assert!(Pipeline::from_bytes(&weights[..1000], &manifest).is_err());
}

/// Text with more of what tokenizers stumble on than random code points hold.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[ \t\n\u{a0}\u{2028}]{1,3}",
        "[\\(\\)\\.'’\"«»,;:!?%$€/@#-]{1,6}",
        "[a-zA-Zéèàç]{1,8}",
        "[0-9]{1,5}(km|%|\\.)?",
        "(l'|d’|M\\. |J\\.-C\\.|can't|U\\.S\\.|https://a\\.fr/b\\?c=d)",
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

#[test]
fn any_text_parses() {
    for language in ["fr", "en"] {
        let Some(pipeline) = load(language) else { continue };
        proptest!(ProptestConfig::with_cases(300), |(text in any_text())| {
            check(&text, &pipeline.parse(&text));
            let doc = pipeline.annotate(&text);
            for token in &doc.tokens {
                prop_assert!(text.get(token.start as usize..token.end as usize).is_some_and(|t| !t.is_empty()));
            }
        });
    }
}
