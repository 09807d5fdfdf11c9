//! Where the time goes: seconds, share and words a second of each stage, on one thread, over JSON lines.
//!
//! ```text
//! cargo run --release -p depeche --example stages -- CORPUS.jsonl
//! ```
//!
//! Sixteen articles go through a stage together, then through the next, so that reading the clock costs nothing. The
//! last line codes the same articles as `depeche code` does, as a check on the sum. Time is this thread's processor
//! time, so that other work on the machine does not weigh.

#[path = "../../depeche-language/examples/support/clock.rs"]
mod clock;

use std::{env, error::Error, fs::File, io::BufReader};

use depeche::{
    Article, Cast, Coder, Event, Mention, Parsed, Span, Tree,
    ingest::{Options, jsonl},
    resolve::{event, place, quantity, when, who},
};
use depeche_coding::Input;

use clock::seconds;

/// Articles that go through a stage together.
const BATCH: usize = 16;
const STAGES: [&str; 6] = ["read JSON", "language engine", "parties", "coding", "when, where, how many", "write JSON"];

/// What was measured.
#[derive(Default)]
struct Tally {
    seconds: [f64; STAGES.len()],
    whole: f64,
    words: usize,
    sentences: usize,
    articles: usize,
    events: usize,
    /// Parties, places, dates and numbers that were resolved.
    resolved: usize,
}

impl Tally {
    /// Runs a stage and books its time.
    fn stage<T>(&mut self, number: usize, work: impl FnOnce() -> T) -> T {
        let start = seconds();
        let done = work();
        self.seconds[number] += seconds() - start;
        done
    }

    fn print(&self) {
        let (all, words) = (self.seconds.iter().sum::<f64>(), self.words as f64);
        println!(
            "{} articles, {} words, {} sentences, {} events",
            self.articles, self.words, self.sentences, self.events
        );
        for (name, seconds) in STAGES.iter().zip(self.seconds) {
            println!(
                "  {name:<22} {seconds:>7.3} s {:>5.1} % {:>11.0} words/s",
                seconds / all * 100.0,
                words / seconds
            );
        }
        println!("  {:<22} {all:>7.3} s         {:>11.0} words/s", "sum", words / all);
        println!("  {:<22} {:>7.3} s         {:>11.0} words/s", "code() at a stretch", self.whole, words / self.whole);
        println!("coding alone: {:.0} sentences/s", self.sentences as f64 / self.seconds[3]);
        let resolving = self.seconds[2] + self.seconds[4];
        println!("resolution: {} mentions, {:.0} a second", self.resolved, self.resolved as f64 / resolving);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: stages CORPUS.jsonl")?;
    let coder = loaded()?;
    let mut tally = Tally::default();
    let input = BufReader::with_capacity(1 << 18, File::open(&path)?);
    let mut lines = jsonl::Reader::new(input, &path, Options::default());
    loop {
        let entries = tally.stage(0, || lines.by_ref().take(BATCH).collect::<Vec<_>>());
        if entries.is_empty() {
            break;
        }
        let articles =
            entries.into_iter().map(|line| line.result.map(|entry| entry.article)).collect::<Result<Vec<_>, _>>()?;
        batch(&coder, &articles, &mut tally);
    }
    tally.print();
    Ok(())
}

/// Loads everything, saying how long each part takes.
fn loaded() -> Result<Coder, Box<dyn Error>> {
    let timed = |name: &str, work: &dyn Fn()| {
        let start = seconds();
        work();
        println!("{name}: loaded in {:.1} ms", (seconds() - start) * 1e3);
    };
    timed("lexicon", &|| drop(depeche::lexicon::Lexicon::embedded()));
    timed("actors", &|| drop(who::Directory::embedded()));
    timed("places", &|| drop(place::Gazetteer::embedded()));
    let day = jiff::civil::date(2025, 6, 18);
    let language = depeche::Language::French;
    timed("dates, numbers", &|| drop((when::timeline("hier", language, day), quantity::find("deux", language))));
    let coder = Coder::embedded()?;
    Ok(coder)
}

/// Everything that is known of an article before its events are put together.
struct Known<'a> {
    article: &'a Article,
    whole: &'a str,
    parsed: &'a Parsed,
    cast: &'a Cast,
    mentions: &'a [Mention],
}

fn batch(coder: &Coder, articles: &[Article], tally: &mut Tally) {
    let knowledge = coder.knowledge();
    let wholes: Vec<String> = articles.iter().map(Article::whole).collect();
    let both = || articles.iter().zip(&wholes);
    let parsed: Vec<Parsed> = tally.stage(1, || both().map(|(a, whole)| coder.parse(whole, a.language)).collect());
    let casts: Vec<Cast> = tally.stage(2, || {
        let cast = |((a, whole), parsed): ((&Article, &String), &Parsed)| {
            who::cast(parsed, whole, a.language, a.published, &knowledge.directory, &knowledge.gazetteer)
        };
        both().zip(&parsed).map(cast).collect()
    });
    let mentions: Vec<Vec<Mention>> = tally.stage(3, || {
        let code = |((a, whole), (parsed, cast)): ((&Article, &String), (&Parsed, &Cast))| {
            let (lexicon, least) = (&knowledge.lexicon, knowledge.least_confidence);
            depeche_coding::code(&Input { whole, language: a.language, parsed, cast, lexicon, least })
        };
        both().zip(parsed.iter().zip(&casts)).map(code).collect()
    });
    let known: Vec<Known<'_>> = (0..articles.len())
        .map(|i| Known {
            article: &articles[i],
            whole: &wholes[i],
            parsed: &parsed[i],
            cast: &casts[i],
            mentions: &mentions[i],
        })
        .collect();
    let resolved: Vec<(Vec<Event>, usize)> = tally.stage(4, || known.iter().map(|k| events(coder, k)).collect());
    let written: usize = tally.stage(5, || {
        let line = |(events, _): &(Vec<Event>, usize)| serde_json::to_string(events).map_or(0, |line| line.len());
        resolved.iter().map(line).sum()
    });
    assert!(written > 0);
    tally.articles += articles.len();
    tally.words += wholes.iter().map(|whole| whole.split_whitespace().count()).sum::<usize>();
    tally.sentences += parsed.iter().map(|p| p.sentences.len()).sum::<usize>();
    tally.events += resolved.iter().map(|(events, _)| events.len()).sum::<usize>();
    tally.resolved += casts.iter().map(|cast| cast.parties.len()).sum::<usize>();
    tally.resolved += resolved.iter().map(|(_, others)| others).sum::<usize>();
    let start = seconds();
    let again: usize = articles.iter().map(|article| coder.code(article).len()).sum();
    tally.whole += seconds() - start;
    assert_eq!(
        again,
        resolved.iter().map(|(events, _)| events.len()).sum::<usize>(),
        "the stages are not what code() runs"
    );
}

/// What `depeche` does after coding: the events, and how many dates, numbers and places were resolved for them.
fn events(coder: &Coder, known: &Known<'_>) -> (Vec<Event>, usize) {
    let Known { article, whole, parsed, cast, mentions } = *known;
    if mentions.is_empty() {
        return (Vec::new(), 0);
    }
    let (language, published, knowledge) = (article.language, article.published, coder.knowledge());
    let tree = Tree::new(parsed);
    let times = published.map_or_else(Vec::new, |day| when::read(parsed, whole, language, day));
    let dates: Vec<Span> = times.iter().map(|timed| timed.expression.span).collect();
    let quantities = match published {
        Some(_) => quantity::find_among(whole, language, &dates),
        None => quantity::find(whole, language),
    };
    let places = place::Places::of(&knowledge.gazetteer, parsed, whole, language);
    let others = times.len() + quantities.len() + places.toponyms.len();
    let title = Span::new(0, article.title.len() as u32);
    let assembler = event::Assembler {
        whole,
        title,
        language,
        published,
        parsed,
        tree: &tree,
        cast,
        lexicon: &knowledge.lexicon,
        times,
        places,
        quantities,
    };
    (event::assemble(&assembler, &article.id, mentions), others)
}
