//! How well and how fast main text is found, on the pages of the article extraction benchmark.
//!
//! Scoring is the benchmark's own: 4-word shingles of each page, precision and recall averaged over pages, F1 of the averages.
//!
//! ```text
//! cargo run --release -p depeche-ingest --example extraction -- ../shared/data/html             # ours, with the speed on one core
//! cargo run --release -p depeche-ingest --example extraction -- ../shared/data/html --worst 10  # and the pages that went worst
//! cargo run --release -p depeche-ingest --example extraction -- ../shared/data/html --predictions other.json
//! ```
//!
//! `--predictions` scores another extractor's output, in the benchmark's format `{"id": {"articleBody": "…"}}`.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::{collections::HashMap, error::Error, fs, io::Read, path::Path, time::Instant};

use depeche_ingest::{Options, Source, read};
use depeche_model::Language;
use flate2::read::GzDecoder;
use serde_json::Value;

struct Page {
    id: String,
    url: String,
    html: Vec<u8>,
    truth: String,
}

/// Precision and recall of one page.
struct Score {
    precision: f64,
    recall: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().ok_or("name the folder with ground-truth.json and pages/")?;
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let pages = load(Path::new(folder))?;
    let start = Instant::now();
    let found: Vec<String> = match option("--predictions") {
        Some(file) => predictions(file, &pages)?,
        None => pages.iter().map(extract).collect(),
    };
    let seconds = start.elapsed().as_secs_f64();
    if let Some(id) = option("--show") {
        for (page, text) in pages.iter().zip(&found).filter(|(page, _)| page.id.starts_with(id.as_str())) {
            println!("{}\n=== found\n{text}\n=== truth\n{}", page.url, page.truth);
        }
        return Ok(());
    }
    let scores: Vec<Score> = pages.iter().zip(&found).map(|(page, text)| score(&page.truth, text)).collect();
    let mean = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>() / scores.len() as f64;
    let (precision, recall) = (mean(|s| s.precision), mean(|s| s.recall));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("pages {}  F1 {f1:.4}  precision {precision:.4}  recall {recall:.4}", pages.len());
    if option("--predictions").is_none() {
        println!(
            "{:.0} pages a second on one core, {:.1} MB a second",
            pages.len() as f64 / seconds,
            megabytes(&pages) / seconds
        );
    }
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by(|a, b| scores[*a].f1().total_cmp(&scores[*b].f1()));
    for at in order.into_iter().take(option("--worst").map_or(Ok(0), |n| n.parse::<usize>())?) {
        let (page, score) = (&pages[at], &scores[at]);
        println!("precision {:.2} recall {:.2}  {}  {}", score.precision, score.recall, &page.id[..8], page.url);
    }
    Ok(())
}

fn megabytes(pages: &[Page]) -> f64 {
    pages.iter().map(|page| page.html.len()).sum::<usize>() as f64 / 1e6
}

fn load(folder: &Path) -> Result<Vec<Page>, Box<dyn Error>> {
    let truth: Value = serde_json::from_slice(&fs::read(folder.join("ground-truth.json"))?)?;
    let mut pages = Vec::new();
    for (id, entry) in truth.as_object().ok_or("ground-truth.json is no object")? {
        let mut html = Vec::new();
        GzDecoder::new(fs::File::open(folder.join("pages").join(format!("{id}.html.gz")))?).read_to_end(&mut html)?;
        let field = |key: &str| entry[key].as_str().unwrap_or("").to_owned();
        pages.push(Page { id: id.clone(), url: field("url"), html, truth: field("articleBody") });
    }
    Ok(pages)
}

/// Ours. The benchmark has pages in other languages than two; the language is told so that none is refused.
fn extract(page: &Page) -> String {
    let source = Source { name: page.id.clone(), url: Some(page.url.clone()), charset: None };
    let options = Options { language: Some(Language::English), ..Options::default() };
    read(&page.html, &source, &options).map_or_else(
        |error| {
            eprintln!("{error}");
            String::new()
        },
        |reading| reading.article.text,
    )
}

fn predictions(file: &str, pages: &[Page]) -> Result<Vec<String>, Box<dyn Error>> {
    let told: Value = serde_json::from_slice(&fs::read(file)?)?;
    Ok(pages.iter().map(|page| told[&page.id]["articleBody"].as_str().unwrap_or("").to_owned()).collect())
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(1e-9)
    }
}

fn score(truth: &str, found: &str) -> Score {
    let (truth, found) = (shingles(truth), shingles(found));
    let common: usize =
        truth.iter().map(|(shingle, count)| (*count).min(found.get(shingle).copied().unwrap_or(0))).sum();
    let share = |of: &HashMap<Vec<&str>, usize>| {
        let total: usize = of.values().sum();
        if total == 0 {
            f64::from(u8::from(truth.is_empty() && found.is_empty()))
        } else {
            common as f64 / total as f64
        }
    };
    Score { precision: share(&found), recall: share(&truth) }
}

/// Counts of each run of four words; a text shorter than four words is one run.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let mut counts = HashMap::new();
    for start in 0..(words.len() + 1).saturating_sub(4).max(usize::from(!words.is_empty())) {
        *counts.entry(words[start..words.len().min(start + 4)].to_vec()).or_insert(0) += 1;
    }
    counts
}
