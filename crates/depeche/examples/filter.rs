//! What a filter over raw text could spare at best: the share of words in sentences, lines and articles that no pattern can
//! hold in.
//!
//! ```text
//! cargo run --release -p depeche --example filter -- CORPUS.jsonl
//! ```
//!
//! A cheap automaton before the parse would look for the words that trigger an event. Here the parse itself says which
//! they are, and which of the words that their patterns ask for are there, so that no such automaton can spare more: one
//! over raw text must let every form pass that might be such a word.

use std::{env, error::Error, fs::File, io::BufReader};

use depeche::{
    Coder, Language, Parsed, Upos,
    ingest::{Options, jsonl},
    lexicon::{Lexicon, WordId},
};

/// Words in all, and in the pieces of text that can hold an event.
#[derive(Default)]
struct Share {
    all: usize,
    held: usize,
}

impl Share {
    fn add(&mut self, words: usize, holds: bool) {
        self.all += words;
        self.held += if holds { words } else { 0 };
    }

    fn print(&self, unit: &str) {
        let spared = 100.0 * (1.0 - self.held as f64 / self.all.max(1) as f64);
        println!("  {spared:>5.1} % of {} tokens stand in {unit} that no pattern can hold in", self.all);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: filter CORPUS.jsonl")?;
    let coder = Coder::embedded()?;
    let lexicon = &coder.knowledge().lexicon;
    let (mut sentences, mut lines, mut articles) = (Share::default(), Share::default(), Share::default());
    for line in jsonl::Reader::new(BufReader::new(File::open(&path)?), &path, Options::default()) {
        let article = line.result?.article;
        let whole = article.whole();
        let parsed = coder.parse(&whole, article.language);
        let mut any = false;
        for range in ranges(&parsed, &whole) {
            let mut held = false;
            for &(first, end) in &parsed.sentences[range.0..range.1] {
                let holds = can_hold(lexicon, &parsed, &whole, article.language, (first, end));
                sentences.add((end - first) as usize, holds);
                held |= holds;
            }
            let (first, end) = (parsed.sentences[range.0].0, parsed.sentences[range.1 - 1].1);
            lines.add((end - first) as usize, held);
            any |= held;
        }
        articles.add(parsed.tokens.len(), any);
    }
    sentences.print("sentences");
    lines.print("lines");
    articles.print("articles");
    Ok(())
}

/// The sentences of each line of the text: first, and one past the last.
fn ranges(parsed: &Parsed, whole: &str) -> Vec<(usize, usize)> {
    let line = |sentence: &(u32, u32)| {
        let at = parsed.tokens[sentence.0 as usize].span.start as usize;
        whole[..at].bytes().filter(|&b| b == b'\n').count()
    };
    let numbers: Vec<usize> = parsed.sentences.iter().map(line).collect();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (at, number) in numbers.iter().enumerate() {
        match ranges.last_mut() {
            Some(range) if numbers[range.0] == *number => range.1 = at + 1,
            _ => ranges.push((at, at + 1)),
        }
    }
    ranges
}

/// Whether a token of a sentence triggers a pattern whose words the sentence has.
fn can_hold(lexicon: &Lexicon, parsed: &Parsed, whole: &str, language: Language, (first, end): (u32, u32)) -> bool {
    let tokens = &parsed.tokens[first as usize..end as usize];
    let words = lexicon.vocabulary();
    let number = |word: &str| words.number(word);
    let there: Vec<WordId> =
        tokens.iter().flat_map(|t| [number(&t.lemma), number(&t.span.of(whole).to_lowercase())]).collect();
    tokens.iter().any(|token| {
        let form = token.span.of(whole).to_lowercase();
        let own = lexicon.triggered_by(language, &token.lemma);
        let guessed =
            lexicon.verb_of_form(language, &form).map_or(&[][..], |verb| lexicon.triggered_by(language, verb));
        let could = matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux | Upos::Propn);
        could
            && own.iter().chain(guessed).any(|&pattern| {
                let asked = words.asked(pattern);
                asked.iter().all(|one| one.is_empty() || one.iter().any(|word| there.contains(word)))
            })
    })
}
