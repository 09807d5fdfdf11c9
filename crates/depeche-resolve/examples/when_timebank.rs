//! Measures temporal expressions against `TimeML` files: extent and value, strict and relaxed.
//!
//! ```text
//! cargo run --release -p depeche-resolve --example when_timebank -- fr FOLDER [errors]
//! ```
//!
//! Precision, recall and F1 as TempEval-3 defines them: strict wants the exact extent, relaxed any overlap, value F1
//! wants overlap and the same value.

use std::{env, fs, path::PathBuf};

use depeche_model::{Language, Span};
use depeche_resolve::when;

struct Gold {
    span: Span,
    value: String,
}

struct Document {
    text: String,
    published: jiff::civil::Date,
    gold: Vec<Gold>,
}

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    strict: usize,
    relaxed: usize,
    value: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let language: Language = arguments.next().ok_or("usage: when_timebank fr|en FOLDER [errors]")?.parse()?;
    let folder = PathBuf::from(arguments.next().ok_or("usage: when_timebank fr|en FOLDER [errors]")?);
    let show = arguments.next().is_some();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "tml"));
    paths.sort();
    let mut score = Score::default();
    for path in paths {
        let Some(document) = read(&fs::read_to_string(&path)?) else {
            eprintln!("{}: no date of publication", path.display());
            continue;
        };
        compare(&document, language, show, &mut score);
    }
    for (name, right) in [("strict", score.strict), ("relaxed", score.relaxed), ("value", score.value)] {
        let (p, r) = (right as f64 / score.found as f64, right as f64 / score.gold as f64);
        println!("{name:8} P {:5.1}  R {:5.1}  F1 {:5.1}", p * 100.0, r * 100.0, 200.0 * p * r / (p + r));
    }
    println!("{} in the files, {} found", score.gold, score.found);
    Ok(())
}

fn compare(document: &Document, language: Language, show: bool, score: &mut Score) {
    let found = when::timeline(&document.text, language, document.published);
    score.gold += document.gold.len();
    score.found += found.len();
    let mut used = vec![false; found.len()];
    for gold in &document.gold {
        let best = (0..found.len())
            .filter(|&i| !used[i] && found[i].expression.span.overlap(gold.span) > 0)
            .max_by_key(|&i| (found[i].expression.span == gold.span, found[i].expression.span.overlap(gold.span)));
        let Some(i) = best else {
            note(show, "MISS", document, gold.span, None, &gold.value, "");
            continue;
        };
        used[i] = true;
        let (span, value) = (found[i].expression.span, found[i].resolved.as_ref().map_or("", |r| r.value.as_str()));
        score.relaxed += 1;
        if span == gold.span {
            score.strict += 1;
        } else {
            note(show, "EXTENT", document, gold.span, Some(span), &gold.value, value);
        }
        if value == gold.value {
            score.value += 1;
        } else {
            note(show, "VALUE", document, gold.span, Some(span), &gold.value, value);
        }
    }
    for (timed, _) in found.iter().zip(used).filter(|(_, used)| !used) {
        let value = timed.resolved.as_ref().map_or("", |r| r.value.as_str());
        note(show, "EXTRA", document, timed.expression.span, None, "", value);
    }
}

fn note(show: bool, what: &str, document: &Document, at: Span, other: Option<Span>, gold: &str, value: &str) {
    if !show {
        return;
    }
    let text = &document.text;
    let mut from = (at.start as usize).saturating_sub(50);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (at.end as usize + 30).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let before = text[from..at.start as usize].replace('\n', " ");
    let after = text[at.end as usize..to].replace('\n', " ");
    let other = other.map_or(String::new(), |span| format!(" found [{}]", span.of(text)));
    println!("{what:7}{gold:>14} {value:>14}  {before}[{}]{after}{other}  ({})", at.of(text), document.published);
}

/// The text of a `TimeML` file without its tags, with its expressions.
fn read(xml: &str) -> Option<Document> {
    let head = &xml[xml.find("<DCT>")?..xml.find("</DCT>")?];
    let published = attribute(head, "value")?.get(..10)?.parse().ok()?;
    let body = &xml[xml.find("<TEXT>")? + 6..xml.find("</TEXT>")?];
    let (mut text, mut gold, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        text.push_str(&unescape(&rest[..at]));
        let end = rest[at..].find('>')? + at;
        let tag = &rest[at + 1..end];
        if tag.starts_with("TIMEX3") && !tag.ends_with('/') {
            open.push((text.len() as u32, attribute(tag, "value").unwrap_or_default().to_owned()));
        } else if tag == "/TIMEX3"
            && let Some((start, value)) = open.pop()
        {
            gold.push(Gold { span: Span::new(start, text.len() as u32), value });
        }
        rest = &rest[end + 1..];
    }
    text.push_str(&unescape(rest));
    Some(Document { text, published, gold })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let from = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[from..].split('"').next()
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
