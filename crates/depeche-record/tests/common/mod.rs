//! The gold records of `tests/records`, and how merged records are measured against them.
//!
//! `articles.jsonl` are articles written for this project; `records.jsonl` names each act that they tell, and every telling of
//! it by hand. A **pair** is two tellings of one act in two articles. Precision is the share of merged pairs that are one
//! act, recall the share of true pairs that were merged.
#![allow(dead_code)] // each user takes its own part

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use depeche_model::{
    Article, Attribution, DateSpan, Entity, Event, EventType, Language, Mode, Place, Quad, Range, Record, Spans, Status,
};
use depeche_record::{Copy, Reprints, Source, Telling};
use serde::Deserialize;

/// One act, told by hand.
#[derive(Debug, Deserialize)]
pub struct Act {
    /// Name of the act.
    pub act: String,
    /// Who tells it.
    pub tellings: Vec<Told>,
}

/// One telling, coded by hand as GUIDELINES.md has it.
#[derive(Debug, Deserialize)]
pub struct Told {
    pub article: String,
    #[serde(rename = "type")]
    pub event: EventType,
    pub modes: Vec<Mode>,
    pub actors: Vec<Entity>,
    pub recipients: Vec<Entity>,
    pub date: Option<DateSpan>,
    pub place: Option<Place>,
    pub status: Status,
    pub attribution: Option<Attribution>,
    pub size: Option<Range>,
    pub dead: Option<Range>,
    pub injured: Option<Range>,
    pub evidence: String,
    /// Other clauses of the article that tell the same act.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A path below the root of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Reads JSON lines.
pub fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Vec<T> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}", path.display()))).collect()
}

/// A set of gold records: the one by whose errors the weights were set, and the one that was only ever measured.
#[derive(Clone, Copy, Debug)]
pub enum Set {
    Tuned,
    Unseen,
}

impl Set {
    pub const ALL: [Self; 2] = [Self::Tuned, Self::Unseen];

    /// Folder of its files.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Tuned => "tests/records",
            Self::Unseen => "tests/records/unseen",
        }
    }

    /// Its articles.
    pub fn articles(self) -> Vec<Article> {
        lines(&repository(self.folder()).join("articles.jsonl"))
    }

    /// Its acts.
    pub fn acts(self) -> Vec<Act> {
        lines(&repository(self.folder()).join("records.jsonl"))
    }
}

/// Sources of articles, reprints found.
pub fn sources(articles: &[Article]) -> BTreeMap<String, Source> {
    let mut reprints = Reprints::default();
    for article in articles {
        reprints.insert(Copy {
            article: article.id.clone(),
            language: article.language,
            published: article.published,
            signature: reprints.signature(&article.text),
        });
    }
    let source = |article: &Article| Source {
        reprint_of: reprints.original_of(&article.id).map(ToOwned::to_owned),
        ..Source::of(article)
    };
    articles.iter().map(|article| (article.id.clone(), source(article))).collect()
}

/// The gold tellings as events without rule, code or spans, and the act of each.
pub fn by_hand(acts: &[Act], sources: &BTreeMap<String, Source>) -> (Vec<Telling>, BTreeMap<String, String>) {
    let mut of = BTreeMap::new();
    let mut tellings = Vec::new();
    for act in acts {
        for told in &act.tellings {
            let id = format!("{}#{}", told.article, act.act);
            of.insert(id.clone(), act.act.clone());
            let none_without_text =
                |side: &[Entity]| side.iter().filter(|e| e.country.is_some() || !e.text.is_empty()).cloned().collect();
            let event = Event {
                id,
                event: told.event,
                modes: told.modes.clone(),
                contexts: Vec::new(),
                actors: none_without_text(&told.actors),
                recipients: none_without_text(&told.recipients),
                date: told.date,
                place: told.place.clone(),
                status: told.status,
                attribution: told.attribution.clone(),
                size: told.size,
                dead: told.dead,
                injured: told.injured,
                evidence: told.evidence.clone(),
                cameo: String::new(),
                quad: Quad::ALL[0],
                goldstein: 0.0,
                plover_score: 0.0,
                confidence: 1.0,
                rule: String::new(),
                spans: Spans::default(),
            };
            tellings.push(Telling { source: sources[&told.article].clone(), event });
        }
    }
    (tellings, of)
}

/// The act that each coded event tells, by the telling whose evidence overlaps its own most, or whose headline it is. Strictly,
/// an event is found if it has the type of the telling, and each telling is found once; loosely, any type will do, and two
/// events can tell one act.
pub fn align(tellings: &[Telling], articles: &[Article], acts: &[Act], loose: bool) -> BTreeMap<String, String> {
    let articles: BTreeMap<&str, &Article> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut found: Vec<(u64, &str, (&str, &str))> = Vec::new();
    for telling in tellings {
        let Some(article) = articles.get(telling.source.article.as_str()) else { continue };
        let whole = article.whole();
        let in_article = || {
            acts.iter()
                .flat_map(|act| act.tellings.iter().map(move |told| (act.act.as_str(), told)))
                .filter(|(_, told)| told.article == article.id)
        };
        let best = in_article()
            .filter(|(_, told)| loose || told.event == telling.event.event)
            .map(|(act, told)| ((told.event == telling.event.event, overlap(told, &whole, &telling.event)), act))
            .filter(|((_, bytes), _)| *bytes > 0)
            .max_by_key(|(key, _)| *key);
        let headline = || {
            let mut same = in_article().filter(|(_, told)| told.event == telling.event.event);
            let only = same.next().filter(|_| same.next().is_none())?;
            (telling.event.spans.evidence.end as usize <= article.title.len()).then_some(((true, 1), only.0))
        };
        if let Some(((_, bytes), act)) = best.or_else(headline) {
            found.push((bytes, telling.event.id.as_str(), (article.id.as_str(), act)));
        }
    }
    found.sort_by_key(|&(bytes, id, _)| (std::cmp::Reverse(bytes), id));
    let mut taken = BTreeSet::new();
    found.retain(|&(_, _, told)| loose || taken.insert((told.0.to_owned(), told.1.to_owned())));
    found.into_iter().map(|(_, id, (_, act))| (id.to_owned(), act.to_owned())).collect()
}

/// Bytes that an event's evidence shares with that of a telling, or with another clause of it.
fn overlap(told: &Told, whole: &str, event: &Event) -> u64 {
    let span = event.spans.evidence;
    let shared = |clause: &String| {
        let start = whole.find(clause.as_str()).unwrap_or(usize::MAX) as u64;
        let end = start.saturating_add(clause.len() as u64);
        end.min(u64::from(span.end)).saturating_sub(start.max(u64::from(span.start)))
    };
    std::iter::once(&told.evidence).chain(&told.also).map(shared).max().unwrap_or(0)
}

/// Pairs of events of the same words in two prints of one text: one telling, whatever it was coded as.
pub fn reprinted(tellings: &[Telling]) -> Pairs {
    let mut prints: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for telling in tellings {
        let key = (telling.source.original(), telling.event.evidence.as_str());
        prints.entry(key).or_default().push(telling.event.id.as_str());
    }
    let mut pairs = Pairs::new();
    for events in prints.values() {
        add(&mut pairs, events);
    }
    pairs
}

/// Pairs of events.
pub type Pairs = BTreeSet<(String, String)>;

fn article(event: &str) -> &str {
    event.split('#').next().unwrap_or(event)
}

fn add(pairs: &mut Pairs, all: &[&str]) {
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            if article(one) != article(other) {
                let (a, b) = if one < other { (one, other) } else { (other, one) };
                pairs.insert(((*a).to_owned(), (*b).to_owned()));
            }
        }
    }
}

/// Pairs that were merged.
pub fn merged(records: &[Record]) -> Pairs {
    let mut pairs = Pairs::new();
    for record in records {
        add(&mut pairs, &record.reports.iter().map(|report| report.event.as_str()).collect::<Vec<_>>());
    }
    pairs
}

/// Pairs that are one act.
pub fn truth(of: &BTreeMap<String, String>) -> Pairs {
    let mut acts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (event, act) in of {
        acts.entry(act).or_default().push(event);
    }
    let mut pairs = Pairs::new();
    for events in acts.values() {
        add(&mut pairs, events);
    }
    pairs
}

/// Right, merged and true pairs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub right: usize,
    pub merged: usize,
    pub truth: usize,
}

impl Figures {
    pub fn of(merged: &Pairs, truth: &Pairs) -> Self {
        Self { right: merged.intersection(truth).count(), merged: merged.len(), truth: truth.len() }
    }

    pub fn precision(self) -> f64 {
        if self.merged == 0 { 1.0 } else { self.right as f64 / self.merged as f64 }
    }

    pub fn recall(self) -> f64 {
        if self.truth == 0 { 1.0 } else { self.right as f64 / self.truth as f64 }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { right, merged, truth } = self;
        write!(f, "{:.3} ({right}/{merged})  {:.3} ({right}/{truth})", self.precision(), self.recall())
    }
}

/// Only the pairs of two languages, or of one.
pub fn across(pairs: &Pairs, languages: &BTreeMap<String, Language>, two: bool) -> Pairs {
    pairs.iter().filter(|(a, b)| (languages[article(a)] != languages[article(b)]) == two).cloned().collect()
}
