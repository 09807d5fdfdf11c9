//! Measures toponym resolution on TR-News and `GeoVirus`: given where the names stand, which places are meant.
//!
//! ```text
//! cargo run --release -p depeche-resolve --example place_geo -- TR-News.xml GeoVirus.xml
//! ```
//!
//! `country` is the share of names with the right state (TR-News only, `GeoVirus` tells none), `161 km` the share within
//! a hundred miles of the point given. Both are counted over the names that the gazetteer has; `coverage` says how many
//! those are. `--errors` prints what went wrong.

use std::{env, error::Error, fs};

use depeche_model::{Country, Language, Span};
use depeche_resolve::place::{Candidate, Context, Gazetteer, Kind, Source, Toponym, kilometres, resolve};

/// A name with the right answer.
struct Gold {
    start: u32,
    end: u32,
    point: (f64, f64),
    country: Option<String>,
}

#[derive(Default)]
struct Score {
    names: u32,
    covered: u32,
    with_country: u32,
    country: u32,
    with_country_reachable: u32,
    country_reachable: u32,
    near: u32,
    reachable: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, files): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|a| a.starts_with("--"));
    let gazetteer = Gazetteer::embedded()?;
    for file in files {
        let mut score = Score::default();
        for article in fs::read_to_string(&file)?.split("<article").skip(1) {
            judge(&gazetteer, article, !flags.is_empty(), &mut score);
        }
        println!(
            "{file}: {} names, of {:.3} the gazetteer has the name, of {:.3} the place",
            score.names,
            share(score.covered, score.names),
            share(score.reachable, score.names)
        );
        println!(
            "  of the names it has:  country {:.3} of {}, 161 km {:.3} of {}",
            share(score.country, score.with_country),
            score.with_country,
            share(score.near, score.covered),
            score.covered
        );
        println!(
            "  of the places it has: country {:.3} of {}, 161 km {:.3} of {}",
            share(score.country_reachable, score.with_country_reachable),
            score.with_country_reachable,
            share(score.near, score.reachable),
            score.reachable
        );
    }
    Ok(())
}

fn share(part: u32, of: u32) -> f64 {
    f64::from(part) / f64::from(of.max(1))
}

fn judge(gazetteer: &Gazetteer, article: &str, errors: bool, score: &mut Score) {
    let text = between(article, "<text>", "</text>").unwrap_or_default();
    let text = text.trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let offsets: Vec<u32> = text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect();
    let mut gold = answers(article, &offsets);
    gold.sort_by_key(|g| g.start);
    let mut toponyms = Vec::new();
    for answer in &gold {
        let span = Span::new(answer.start, answer.end);
        let name = span.of(&text);
        let mut candidates = gazetteer.lookup(name, Language::English);
        if candidates.is_empty() {
            candidates.extend(gazetteer.adjective(name, Language::English).and_then(|c| state(gazetteer, c)));
        }
        toponyms.push(Toponym { span, tokens: (0, 1), head: 0, candidates });
    }
    let context = Context::of(gazetteer, &text, Language::English, &toponyms);
    let places = resolve(gazetteer, &toponyms, &text, Language::English, &context);
    for ((answer, place), toponym) in gold.iter().zip(&places).zip(&toponyms) {
        score.names += 1;
        let Some(point) = place.point else {
            if errors {
                println!("  none  {}", toponym.span.of(&text));
            }
            continue;
        };
        score.covered += 1;
        let near = kilometres(point, answer.point) <= 161.0;
        score.near += u32::from(near);
        let reachable = toponym.candidates.iter().any(|c| kilometres((c.lat, c.lon), answer.point) <= 161.0);
        score.reachable += u32::from(reachable);
        let right =
            answer.country.as_ref().and_then(|name| country_named(gazetteer, name)).map(|c| Some(c) == place.country);
        score.with_country += u32::from(right.is_some());
        score.country += u32::from(right == Some(true));
        score.country_reachable += u32::from(reachable && right == Some(true));
        score.with_country_reachable += u32::from(reachable && right.is_some());
        if errors && (!near || right == Some(false)) {
            println!(
                "  wrong {} -> {} {:?} {point:?}, {}; right {:?} {:?}",
                toponym.span.of(&text),
                place.name,
                place.country,
                place.reason,
                answer.country,
                answer.point
            );
        }
    }
}

/// The names of an article with their answers; TR-News and `GeoVirus` write them differently.
fn answers(article: &str, offsets: &[u32]) -> Vec<Gold> {
    let tag = if article.contains("<toponym>") { "<toponym>" } else { "<location>" };
    let pieces = article.split(tag).skip(1);
    pieces
        .filter_map(|piece| {
            let number = |name: &str| -> Option<f64> {
                between(piece, &format!("<{name}>"), &format!("</{name}>"))?.trim().parse().ok()
            };
            let offset = |name: &str| offsets.get(number(name)? as usize).copied();
            // GeoVirus counts from one.
            let back = u32::from(tag == "<location>");
            let country = piece.find("<country").and_then(|at| between(&piece[at..], ">", "</country>"));
            Some(Gold {
                start: offset("start")?.saturating_sub(back),
                end: offset("end")?.saturating_sub(back),
                point: (number("lat")?, number("lon")?),
                country: country.map(str::to_owned),
            })
        })
        .collect()
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let rest = text.split_once(open)?.1;
    Some(rest.split_once(close)?.0)
}

fn country_named(gazetteer: &Gazetteer, name: &str) -> Option<Country> {
    gazetteer.lookup(name, Language::English).into_iter().find(|c| c.kind == Kind::Country)?.country
}

fn state(gazetteer: &Gazetteer, country: Country) -> Option<Candidate> {
    let place = gazetteer.state(country, Language::English)?;
    (place.source == Source::Hand).then_some(place)
}
