//! Where an act happened, on small sentences parsed by hand.

use depeche_model::{Country, EntityTag, EventType, Feats, Language, Parsed, Relation, Span, Token, Upos};

use super::super::{Attached, Gazetteer, Places};

/// Sentences of `word/UPOS/head/relation/entity`, the head counted from 1 within the sentence, 0 at the root.
/// The whole text is an empty headline and the words with blanks between them.
fn parse(sentences: &[&str]) -> (String, Parsed) {
    let mut whole = "\n".to_owned();
    let mut parsed = Parsed::default();
    for sentence in sentences {
        let first = parsed.tokens.len() as u32;
        for (index, word) in (0..).zip(sentence.split_whitespace()) {
            let parts: Vec<&str> = word.split('/').collect();
            let start = whole.len() as u32;
            whole.push_str(parts[0]);
            let head: u32 = parts[2].parse().unwrap();
            parsed.tokens.push(Token {
                span: Span::new(start, whole.len() as u32),
                lemma: parts[0].to_lowercase().into(),
                upos: Upos::from_label(parts[1]),
                feats: Feats::default(),
                head: if head == 0 { first + index } else { first + head - 1 },
                dep: Relation::parse(parts[3]),
                ent: EntityTag::from_label(parts.get(4).copied().unwrap_or_default()),
            });
            whole.push(' ');
        }
        parsed.sentences.push((first, parsed.tokens.len() as u32));
    }
    (whole, parsed)
}

/// The place of the act that the first word `trigger` tells, its sentence being the clause.
fn place(sentences: &[&str], language: Language, trigger: &str, event: EventType) -> Option<Attached> {
    let gazetteer = Gazetteer::embedded().unwrap();
    let (whole, parsed) = parse(sentences);
    let places = Places::of(&gazetteer, &parsed, &whole, language);
    let token = (0..parsed.tokens.len() as u32).find(|t| parsed.text(&whole, *t) == trigger).unwrap();
    places.attach(token, parsed.sentences[parsed.sentence_of(token)], event)
}

fn told(found: Option<Attached>) -> Option<(String, Option<Country>)> {
    found.map(|f| (f.place.text, f.place.country))
}

#[test]
fn a_capital_that_condemns_is_no_place() {
    let text =
        "Paris/PROPN/3/nsubj/B-LOC a/AUX/3/aux condamné/VERB/0/root les/DET/5/det frappes/NOUN/3/obj ./PUNCT/3/punct";
    assert_eq!(told(place(&[text], Language::French, "condamné", EventType::Accuse)), None);
}

#[test]
fn after_a_locative_preposition_it_is_one() {
    let text = "Des/DET/2/det milliers/NOUN/4/nsubj ont/AUX/4/aux manifesté/VERB/0/root à/ADP/6/case Paris/PROPN/4/obl:mod/B-LOC ./PUNCT/4/punct";
    let found = told(place(&[text], Language::French, "manifesté", EventType::Protest));
    assert_eq!(found, Some(("Paris".to_owned(), Country::new("FRA"))));
}

#[test]
fn what_is_struck_is_where() {
    let text = "Drones/NOUN/2/nsubj struck/VERB/0/root Odesa/PROPN/2/obj/B-LOC overnight/ADV/2/advmod ./PUNCT/2/punct";
    let found = place(&[text], Language::English, "struck", EventType::Assault).unwrap();
    assert_eq!((found.place.text.as_str(), found.place.country), ("Odesa", Country::new("UKR")));
    assert!(found.place.lat.is_some() && found.place.geonameid.is_some() && !found.reason.is_empty());
}

#[test]
fn an_act_of_force_takes_the_scene_before_it() {
    let before = "Thousands/NOUN/2/nsubj marched/VERB/0/root in/ADP/4/case Zahedan/PROPN/2/obl/B-LOC ./PUNCT/2/punct";
    let text = "Police/NOUN/2/nsubj fired/VERB/0/root on/ADP/5/case the/DET/5/det crowd/NOUN/2/obl ./PUNCT/2/punct";
    let found = told(place(&[before, text], Language::English, "fired", EventType::Assault));
    assert_eq!(found, Some(("Zahedan".to_owned(), Country::new("IRN"))));
}

#[test]
fn a_territory_lies_in_its_state() {
    let text = "Des/DET/2/det heurts/NOUN/4/nsubj ont/AUX/4/aux éclaté/VERB/0/root en/ADP/6/case Nouvelle-Calédonie/PROPN/4/obl:mod/B-LOC ./PUNCT/4/punct";
    let found = told(place(&[text], Language::French, "éclaté", EventType::Assault));
    assert_eq!(found, Some(("Nouvelle-Calédonie".to_owned(), Country::new("FRA"))));
}

#[test]
fn days_and_people_are_no_places() {
    let text = "Jordan/PROPN/3/nsubj/B-PER Peterson/PROPN/1/flat/I-PER protested/VERB/0/root on/ADP/5/case Tuesday/PROPN/3/obl ./PUNCT/3/punct";
    assert_eq!(told(place(&[text], Language::English, "protested", EventType::Protest)), None);
}

#[test]
fn a_village_in_no_table_lies_where_the_text_is() {
    let text = "Gunmen/NOUN/2/nsubj attacked/VERB/0/root the/DET/4/det village/NOUN/2/obj of/ADP/6/case Zzyrko/PROPN/4/nmod/B-LOC in/ADP/8/case Mali/PROPN/2/obl/B-LOC ./PUNCT/2/punct";
    let found = told(place(&[text], Language::English, "attacked", EventType::Assault));
    assert_eq!(found.and_then(|f| f.1), Country::new("MLI"));
}
