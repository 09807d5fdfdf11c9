//! Measures the place of events on gold articles: given the clause that tells an event, is the state of its place right?
//!
//! ```text
//! cargo run --release -p depeche-resolve --example place_gold -- PARSES GOLD.jsonl...
//! ```
//!
//! PARSES holds a file of the same name for each gold file: one JSON object an article, tokens as the model types write
//! them, with `start` and `end` for the span. The trigger is the head of the gold evidence. An event without a place
//! is right if none is found. `--errors` prints the others.

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

use depeche_model::{Country, EntityTag, EventType, Feats, Language, Parsed, Relation, Span, Token, Upos};
use depeche_resolve::place::{Gazetteer, Places};
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    id: String,
    lang: Language,
    title: String,
    text: String,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: EventType,
    place: Option<Told>,
    evidence: String,
}

#[derive(Deserialize)]
struct Told {
    text: String,
    country: Option<Country>,
}

#[derive(Deserialize)]
struct Dump {
    id: String,
    tokens: Vec<Word>,
    sentences: Vec<(u32, u32)>,
}

#[derive(Deserialize)]
struct Word {
    start: u32,
    end: u32,
    lemma: String,
    upos: Upos,
    feats: Feats,
    head: u32,
    dep: String,
    ent: EntityTag,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, arguments): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|a| a.starts_with("--"));
    let (parses, files) = arguments.split_first().ok_or("usage: place_gold PARSES GOLD.jsonl...")?;
    let gazetteer = Gazetteer::embedded()?;
    for file in files {
        let name = Path::new(file).file_name().ok_or("a gold file has a name")?;
        let dumps = fs::read_to_string(Path::new(parses).join(name))?;
        let dumps: Vec<Dump> = dumps.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let mut tally: BTreeMap<String, [u32; 4]> = BTreeMap::new();
        for line in fs::read_to_string(file)?.lines() {
            let gold: Gold = serde_json::from_str(line)?;
            let dump = dumps.iter().find(|d| d.id == gold.id).ok_or_else(|| format!("{} is not parsed", gold.id))?;
            judge(&gazetteer, &gold, dump, &flags, &mut tally);
        }
        if tally.is_empty() {
            continue;
        }
        let total = tally.values().fold([0; 4], |sum, row| std::array::from_fn(|i| sum[i] + row[i]));
        println!(
            "{file}: {:.3} right of {}; told {}/{}",
            f64::from(total[0]) / f64::from(total[1]),
            total[1],
            total[2],
            total[3]
        );
        for (event, row) in tally {
            println!("  {event:10} {}/{}, where a place is told {}/{}", row[0], row[1], row[2], row[3]);
        }
    }
    Ok(())
}

fn judge(gazetteer: &Gazetteer, gold: &Gold, dump: &Dump, flags: &[String], tally: &mut BTreeMap<String, [u32; 4]>) {
    let errors = flags.iter().any(|f| f == "--errors");
    let whole = format!("{}\n{}", gold.title, gold.text);
    let parsed = parsed(dump);
    let places = Places::of(gazetteer, &parsed, &whole, gold.lang);
    for event in &gold.events {
        let Some((trigger, clause)) = locate(&parsed, &whole, &event.evidence) else { continue };
        let found = places.attach(trigger, clause, event.kind);
        let country = |told: bool, country: Option<Country>| told.then_some(country);
        let is = country(found.is_some(), found.as_ref().and_then(|f| f.place.country));
        let should = country(event.place.is_some(), event.place.as_ref().and_then(|p| p.country));
        // The scorer compares states: no place and a place in no state are alike.
        let right = is.flatten() == should.flatten();
        let row = tally.entry(event.kind.to_string()).or_default();
        let told = event.place.is_some();
        *row = [row[0] + u32::from(right), row[1] + 1, row[2] + u32::from(right && told), row[3] + u32::from(told)];
        if errors && !right {
            println!(
                "{} {} [{}]: {:?} should be {:?} | {} | {}",
                gold.id,
                event.kind,
                parsed.text(&whole, trigger),
                found.as_ref().map(|f| (&f.place.text, f.place.country, &f.reason)),
                event.place.as_ref().map(|p| (&p.text, p.country)),
                event.evidence,
                {
                    let s = parsed.sentences[parsed.sentence_of(trigger)];
                    parsed.span(s.0, s.1).of(&whole)
                }
            );
        }
    }
}

/// Tokens of the evidence and its head: the one whose own head lies outside.
fn locate(parsed: &Parsed, whole: &str, evidence: &str) -> Option<(u32, (u32, u32))> {
    let start = whole.find(evidence)? as u32;
    let end = start + evidence.len() as u32;
    let inside: Vec<u32> =
        (0..).zip(&parsed.tokens).filter(|(_, t)| t.span.start >= start && t.span.end <= end).map(|p| p.0).collect();
    let clause = (*inside.first()?, inside.last()? + 1);
    let outside = |t: &&u32| {
        let token = &parsed.tokens[**t as usize];
        let content = matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux | Upos::Propn);
        content && (token.head == **t || !inside.contains(&token.head))
    };
    let roots: Vec<&u32> = inside.iter().filter(outside).collect();
    let verb = roots.iter().find(|t| parsed.tokens[***t as usize].upos == Upos::Verb);
    Some((**verb.or(roots.first())?, clause))
}

fn parsed(dump: &Dump) -> Parsed {
    let token = |word: &Word| Token {
        span: Span::new(word.start, word.end),
        lemma: word.lemma.as_str().into(),
        upos: word.upos,
        feats: word.feats,
        head: word.head,
        dep: Relation::parse(&word.dep),
        ent: word.ent,
    };
    Parsed { tokens: dump.tokens.iter().map(token).collect(), sentences: dump.sentences.clone() }
}
