//! Load many events into a store and time what is asked of it: `cargo x bench-store`.
//!
//! The events are made up but have the shape of news: few countries act in most events, few words make up most of a text, types and
//! statuses come as often as in coded corpora. The same number gives the same events.
//!
//! Arguments: number of events (2,000,000), folder (a temporary one).

#![allow(clippy::cast_possible_wrap)] // small numbers, all of them

use std::{error::Error, hint::black_box, path::Path};

use cpu_time::ProcessTime;

use depeche_model::{
    Article, Attribution, Coded, Context, Country, DateSpan, Entity, Event, EventType, Language, Place, Range, Sector,
    Span, Spans, Status,
};
use depeche_store::{Archive as _, Months, Query, Settings, Store, Unit};
use jiff::{ToSpan as _, civil::Date};

/// Articles a transaction.
const BATCH: usize = 1000;
/// Batches of 200 articles that are merged.
const MERGED: u64 = 11;
/// Words of an article.
const WORDS: usize = 120;
/// Times that each kind of question is asked.
const ROUNDS: usize = 200;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let events: u64 = arguments.next().as_deref().unwrap_or("2000000").parse()?;
    let temporary = tempfile::tempdir()?;
    let folder = arguments.next().map_or_else(|| temporary.path().join("store"), Into::into);
    let mut world = World::new();
    if !folder.exists() {
        load(&folder, &mut world, events)?;
    }
    merge(&mut World::new())?;
    ask(&folder, &mut world)
}

fn load(folder: &Path, world: &mut World, events: u64) -> Outcome<()> {
    let mut store = Store::open(folder, &Settings { merge: false, ..Settings::default() })?;
    let (mut done, mut articles, mut seconds) = (0, 0, 0.0);
    while done < events {
        let items: Vec<Coded> = (0..BATCH).map(|n| world.item(articles + n as u64)).collect();
        let start = now();
        done += store.put(&items, "bench")?.events;
        seconds += start.elapsed().as_secs_f64();
        articles += BATCH as u64;
    }
    let start = now();
    store.settle()?;
    seconds += start.elapsed().as_secs_f64();
    let contents = store.contents()?;
    println!("| load | |\n|---|---|");
    println!("| events | {} in {} articles of {WORDS} words |", contents.events, contents.articles);
    println!("| time | {seconds:.0} s of one core: {:.0} events a second |", contents.events as f64 / seconds);
    println!(
        "| size | {:.0} MB: {:.0} bytes an event, its part of text and index included |",
        contents.bytes as f64 / 1e6,
        contents.bytes as f64 / contents.events as f64
    );
    Ok(())
}

/// Events that are merged into records as they come in; the first ones only warm up.
fn merge(world: &mut World) -> Outcome<()> {
    let mut store = Store::temporary()?;
    let mut events = 0;
    let mut start = now();
    for batch in 0..MERGED {
        if batch == 1 {
            (events, start) = (0, now());
        }
        let items: Vec<Coded> = (0..200).map(|n| world.item(200 * batch + n)).collect();
        events += store.put(&items, "bench")?.events;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("| merging into records as they come | {:.0} events a second, of {events} |\n", events as f64 / seconds);
    Ok(())
}

fn ask(folder: &Path, world: &mut World) -> Outcome<()> {
    let store = Store::read(folder)?;
    println!("| question, warm, {ROUNDS} times each, CPU | median | p95 | longest |\n|---|---|---|---|");
    let all = Months::default();
    time("(a) months of a dyad", || {
        let (a, b) = (world.country(), world.country());
        Ok(store.timeline(a, b, &all, Unit::Report)?.len())
    })?;
    time("(b) top 20 dyads", || Ok(store.dyads(&all, Unit::Report, false, 20)?.len()))?;
    time("(b) top 20 dyads of two years", || {
        let months = Months { from: Some("2019-01".to_owned()), to: Some("2020-12".to_owned()) };
        Ok(store.dyads(&months, Unit::Report, false, 20)?.len())
    })?;
    time("(c) last 50 events of an actor", || newest(&store, &format!("actor:{}", world.country())))?;
    time("(c) last 50 events of a country on either side", || newest(&store, &format!("country:{}", world.country())))?;
    time("last 50 events of a dyad", || newest(&store, &format!("dyad:{}-{}", world.country(), world.country())))?;
    time("(d) events: words, actor, type, days", || {
        let (word, actor, kind) = (world.word(), world.country(), world.kind());
        newest(&store, &format!("{word} actor:{actor} type:{kind} after:2019-06 before:2022"))
    })?;
    time("(d) events: words, country, status", || {
        newest(&store, &format!("text:{} country:{} status:actual", world.word(), world.country()))
    })?;
    time("(d) events: words alone", || newest(&store, &format!("text:{}", world.word())))?;
    time("(d) articles: two words, language, country", || {
        let query = format!("{} {} lang:fr country:{}", world.word(), world.word(), world.country());
        Ok(store.search(&Query::parse(&query)?, 50)?.len())
    })?;
    Ok(())
}

fn newest(store: &Store, query: &str) -> Outcome<usize> {
    let events: Result<Vec<_>, _> = store.events(&Query::parse(query)?, Some(50))?.collect();
    Ok(black_box(events?).len())
}

/// Asks as often as is told, once more before to warm up, and prints milliseconds.
fn time(name: &str, mut question: impl FnMut() -> Outcome<usize>) -> Outcome<()> {
    for _ in 0..ROUNDS / 4 {
        question()?;
    }
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = now();
        black_box(question()?);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("| {name} | {:.1} ms | {:.1} ms | {:.1} ms |", at(0.5), at(0.95), at(1.0));
    Ok(())
}

/// Time of the processor, so that what else runs on the machine does not count. A warm question reads no disk.
fn now() -> ProcessTime {
    ProcessTime::now()
}

/// What events are made of.
struct World {
    state: u64,
    countries: Vec<Country>,
    words: Vec<String>,
}

const SYLLABLES: &[&str] =
    &["ba", "té", "mo", "ri", "sol", "ven", "ka", "lu", "dan", "fé", "gor", "in", "pa", "que", "ste", "tra"];
const KNOWN: &[&str] =
    &["USA", "RUS", "UKR", "CHN", "ISR", "FRA", "GBR", "IRN", "DEU", "TUR", "IND", "PSE", "SYR", "PRK", "KOR", "JPN"];

impl World {
    fn new() -> Self {
        let mut countries: Vec<Country> = KNOWN.iter().filter_map(|code| Country::new(code)).collect();
        for n in 0..184_u8 {
            let code = [b'A' + n / 26, b'X', b'A' + n % 26];
            countries.extend(std::str::from_utf8(&code).ok().and_then(Country::new));
        }
        let n = SYLLABLES.len();
        let word = |i: usize| {
            let parts = [i % n, i / n % n, i / n / n % n, i / n / n / n % n];
            parts.iter().take(2 + i % 3).map(|part| SYLLABLES[*part]).collect::<String>()
        };
        Self { state: 1, countries, words: (0..40_000).map(word).collect() }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A place in a list of `n`, the first the most often: the logarithm is even, which is Zipf's law.
    fn zipf(&mut self, n: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64 + 1.0).powf(share) as usize - 1).min(n - 1)
    }

    fn country(&mut self) -> Country {
        let n = self.zipf(self.countries.len());
        self.countries[n]
    }

    fn word(&mut self) -> String {
        let n = self.zipf(self.words.len());
        self.words[n].clone()
    }

    fn kind(&mut self) -> EventType {
        let n = self.zipf(EventType::ALL.len());
        EventType::ALL[n]
    }

    fn item(&mut self, n: u64) -> Coded {
        let id = format!("wire-{n}");
        let published = Date::constant(2015, 1, 1).saturating_add((self.below(3650) as i64).days());
        let text: Vec<String> = (0..WORDS).map(|_| self.word()).collect();
        let events = (0..2 + self.below(7)).map(|e| self.event(format!("{id}#{}", e + 1), published, &text)).collect();
        let article = Article {
            language: if n.is_multiple_of(2) { Language::French } else { Language::English },
            published: Some(published),
            title: text[..8].join(" "),
            text: text[8..].join(" "),
            url: Some(format!("https://news.example.org/{n}")),
            publisher: Some(format!("Agency {}", self.zipf(500))),
            id,
        };
        Coded { article, events }
    }

    fn entity(&mut self) -> Entity {
        let (country, sector) = (self.country(), Sector::ALL[self.zipf(Sector::ALL.len())]);
        let person = self.below(3) == 0;
        let number = self.zipf(40);
        Entity {
            text: if person { format!("minister {number} of {country}") } else { format!("{country} {sector}") },
            country: (self.below(20) > 0).then_some(country),
            sector,
            name: person.then(|| format!("Person {number} of {country}")),
            wikidata: person.then(|| format!("Q{}{number}", self.countries.len())),
            span: None,
        }
    }

    fn event(&mut self, id: String, published: Date, text: &[String]) -> Event {
        let kind = self.kind();
        let start = published.saturating_sub((self.below(4) as i64).days());
        let from = self.below(WORDS - 20);
        let actors = vec![self.entity()];
        let recipients = if self.below(10) == 0 { Vec::new() } else { vec![self.entity()] };
        let (evidence, place) = (text[from..from + 15].join(" "), self.country());
        let places = self.zipf(60);
        Event {
            id,
            event: kind,
            modes: kind.modes().first().copied().into_iter().collect(),
            contexts: vec![Context::ALL[self.zipf(Context::ALL.len())]],
            spans: Spans {
                evidence: Span::new(from as u32, (from + evidence.len()) as u32),
                trigger: Span::new(from as u32, from as u32 + 5),
                actors: vec![None; actors.len()],
                recipients: vec![None; recipients.len()],
                ..Spans::default()
            },
            actors,
            recipients,
            date: (self.below(8) > 0).then_some(DateSpan { start, end: start }),
            place: (self.below(2) == 0).then(|| Place {
                text: format!("town {places} of {place}"),
                country: Some(place),
                region: None,
                lat: Some(places as f64),
                lon: Some(places as f64),
                geonameid: None,
            }),
            status: if self.below(4) > 0 { Status::Actual } else { Status::ALL[self.below(5)] },
            attribution: (self.below(4) == 0).then(|| Attribution { text: "officials".to_owned(), country: None }),
            size: None,
            dead: (self.below(10) == 0).then_some(Range { min: Some(3), max: Some(3) }),
            injured: None,
            evidence,
            cameo: "111".to_owned(),
            quad: kind.quad(),
            goldstein: -2.0,
            plover_score: -2.0,
            confidence: self.below(100) as f64 / 100.0,
            rule: format!("rule-{}", self.zipf(400)),
        }
    }
}
