//! The actor suite: `tests/suite/who/*.tsv`, phrases in sentences with the country, sector and entry that they must get.
//!
//! The sentences are parsed by the shipped models. At least 95 in 100 phrases must be right in each file; every phrase that
//! is wrong is listed with what it got and why.

use std::{error::Error, fs, path::Path};

use depeche_language::Pipeline;
use depeche_model::{Cast, Language, Parsed, Party, PartyKind, Span};
use depeche_resolve::{
    place::Gazetteer,
    who::{Directory, cast},
};

const SHARE: f64 = 0.95;

/// A marked phrase: where it stands in the plain sentence, and what it must be.
struct Wanted {
    span: Span,
    country: String,
    sector: String,
    entry: Option<String>,
}

#[test]
fn french_phrases() -> Result<(), Box<dyn Error>> {
    run(Language::French)
}

#[test]
fn english_phrases() -> Result<(), Box<dyn Error>> {
    run(Language::English)
}

fn run(language: Language) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = root.join("models").join(language.code());
    let pipeline =
        Pipeline::from_bytes(&fs::read(models.join("model.safetensors"))?, &fs::read(models.join("manifest.json"))?)?;
    let (directory, gazetteer) = (Directory::embedded(), Gazetteer::embedded()?);
    let (mut all, mut wrong) = (0, Vec::new());
    for line in fs::read_to_string(root.join("tests/suite/who").join(format!("{}.tsv", language.code())))?.lines() {
        let Some((day, marked)) =
            line.split_once('\t').filter(|(day, _)| day.starts_with(|c: char| c.is_ascii_digit()))
        else {
            continue;
        };
        let (sentence, wanted) = unmark(marked);
        let whole = format!("\n{sentence}");
        let parsed = pipeline.parse(&whole);
        let cast = cast(&parsed, &whole, language, day.parse().ok(), &directory, &gazetteer);
        for want in wanted {
            all += 1;
            if let Some(why) = differs(&cast, &parsed, &want, &whole) {
                wrong.push(why);
            }
        }
    }
    let share = 1.0 - wrong.len() as f64 / f64::from(all.max(1));
    println!("{language}: {} of {all} right ({share:.3})\n{}", all - wrong.len() as u32, wrong.join("\n"));
    assert!(all >= 250 && share >= SHARE, "{language}: {share:.3} of {all}\n{}", wrong.join("\n"));
    Ok(())
}

/// The sentence without its marks, and what each marked phrase must be. Bytes count a line feed before it.
fn unmark(marked: &str) -> (String, Vec<Wanted>) {
    let (mut plain, mut wanted) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let (mark, after) = after.split_once(']').unwrap_or((after, ""));
        let cells: Vec<&str> = mark.split('|').collect();
        let (country, sector) = cells.get(1).and_then(|c| c.split_once('.')).unwrap_or(("?", "?"));
        let start = plain.len() as u32 + 1;
        plain.push_str(cells[0]);
        let span = Span::new(start, plain.len() as u32 + 1);
        let entry = cells.get(2).map(|e| (*e).to_owned());
        wanted.push(Wanted { span, country: country.to_owned(), sector: sector.to_owned(), entry });
        rest = after;
    }
    plain.push_str(rest);
    (plain, wanted)
}

/// What is wrong with the party that stands for a phrase; `None` when all is right.
fn differs(cast: &Cast, parsed: &Parsed, want: &Wanted, whole: &str) -> Option<String> {
    let phrase = want.span.of(whole);
    let Some(party) = at_head(cast, parsed, want.span).or_else(|| best(cast, want.span)) else {
        return Some(format!("`{phrase}` found nothing"));
    };
    let country = party.country.map_or_else(|| "?".to_owned(), |c| c.to_string());
    let right = (want.country == "*" || want.country == country)
        && (want.sector == "*" || want.sector == party.sector.to_string())
        && want.entry.as_ref().is_none_or(|e| *e == party.entry);
    (!right).then(|| {
        let entry = want.entry.as_deref().unwrap_or("-");
        format!(
            "`{phrase}` {}.{} {entry} got {country}.{} `{}` {:?} `{}` ({})",
            want.country,
            want.sector,
            party.sector,
            party.entry,
            party.kind,
            party.span.of(whole),
            party.reason
        )
    })
}

/// The party at the phrase's syntactic head: what a rule takes.
fn at_head<'c>(cast: &'c Cast, parsed: &Parsed, span: Span) -> Option<&'c Party> {
    let inside = |t: u32| parsed.tokens.get(t as usize).is_some_and(|token| span.contains(token.span));
    let tokens = (0..parsed.tokens.len() as u32).filter(|&t| inside(t));
    let mut heads = tokens.filter(|&t| parsed.tokens[t as usize].head == t || !inside(parsed.tokens[t as usize].head));
    heads.find_map(|t| cast.at(t))
}

/// Where the tree is torn, the party that covers most of it; of two alike, the one named by name.
fn best(cast: &Cast, span: Span) -> Option<&Party> {
    let overlapping = cast.parties.iter().filter(|p| p.span.overlap(span) > 0);
    overlapping.max_by_key(|p| {
        let inside = i64::from(p.span.overlap(span));
        let outside = i64::from(p.span.len()) - inside;
        (inside * 2 - outside, p.kind == PartyKind::Person, !p.entry.is_empty())
    })
}
