//! An archive in plain lists, which answers by looking at everything.
//!
//! It says what the contract means in the fewest words, knows no index and no SQL, and so is what the store on disk is tested against. It
//! also serves whoever has a few thousand events and no need to keep them.

use std::{cell::OnceCell, collections::BTreeMap};

use depeche_model::{Article, Coded, Country, Diagnostic, Event, Record, Ruling};
use depeche_record::{Copy, Reprints, Source, Telling, merge};

use crate::{
    archive::{Archive, Coding, Counts, Dyad, Head, Hit, Month, Months, Tally, Told, Unit, Version},
    fold,
    pairs::Act,
    query::Query,
};

/// An archive in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    articles: Vec<Kept>,
    /// Events that ever were; each gets the next number.
    numbered: u64,
    rulings: BTreeMap<(String, String), Ruling>,
    /// The records, once asked for and until something changes.
    records: OnceCell<Vec<Record>>,
}

/// A version of an article, with its events and their numbers.
#[derive(Clone, Debug)]
struct Kept {
    article: Article,
    version: u32,
    current: bool,
    coder: String,
    events: Vec<(u64, Event)>,
}

impl Kept {
    fn head(&self) -> Head {
        let Article { id, language, published, title, url, publisher, .. } = self.article.clone();
        Head { id, version: self.version, current: self.current, language, published, title, url, publisher }
    }
}

impl Memory {
    fn put_one(&mut self, item: &Coded, coder: &str, tally: &mut Tally) {
        let known = self.articles.iter_mut().rev().find(|kept| kept.article.id == item.article.id);
        let mut version = 1;
        if let Some(known) = known {
            if known.article == item.article && known.coder == coder {
                tally.unchanged += 1;
                return;
            }
            if known.article == item.article {
                coder.clone_into(&mut known.coder);
                known.events = number(&mut self.numbered, &item.events);
                tally.recoded += 1;
                tally.events += item.events.len() as u64;
                return;
            }
            if let (Some(old), Some(new)) = (&known.article.url, &item.article.url)
                && old != new
            {
                tally.refused.push(clash(&item.article, old, new));
                return;
            }
            version = known.version + 1;
            known.current = false;
            known.events.clear();
        }
        *if version == 1 { &mut tally.added } else { &mut tally.corrected } += 1;
        tally.events += item.events.len() as u64;
        let events = number(&mut self.numbered, &item.events);
        self.articles.push(Kept {
            article: item.article.clone(),
            version,
            current: true,
            coder: coder.to_owned(),
            events,
        });
    }

    fn acts(&self, months: &Months, unit: Unit) -> Vec<Act> {
        let events = self.articles.iter().flat_map(|kept| &kept.events);
        let acts: Vec<Act> = match unit {
            Unit::Report => events.filter_map(|(_, event)| Act::of_event(event)).collect(),
            Unit::Record => self.merged().iter().filter_map(Act::of_record).collect(),
        };
        acts.into_iter().filter(|act| months.contains(&act.month)).collect()
    }

    /// Every record, merged from all that is there.
    fn merged(&self) -> &[Record] {
        self.records.get_or_init(|| self.merge())
    }

    fn merge(&self) -> Vec<Record> {
        let current: Vec<&Kept> = self.articles.iter().filter(|kept| kept.current).collect();
        let mut reprints = Reprints::default();
        for Kept { article, .. } in &current {
            let (language, published, signature) =
                (article.language, article.published, reprints.signature(&article.text));
            reprints.insert(Copy { article: article.id.clone(), language, published, signature });
        }
        let mut tellings = Vec::new();
        for kept in current {
            let reprint_of = reprints.original_of(&kept.article.id).map(str::to_owned);
            let source = Source { reprint_of, ..Source::of(&kept.article) };
            let telling = |(_, event): &(u64, Event)| Telling { source: source.clone(), event: event.clone() };
            tellings.extend(kept.events.iter().map(telling));
        }
        merge(&tellings, &self.rulings.values().cloned().collect::<Vec<_>>()).records
    }
}

fn number(numbered: &mut u64, events: &[Event]) -> Vec<(u64, Event)> {
    let number = |event: &Event| {
        *numbered += 1;
        (*numbered, event.clone())
    };
    events.iter().map(number).collect()
}

/// An id that two addresses share: one of the two would be lost.
pub(crate) fn clash(article: &Article, old: &str, new: &str) -> Diagnostic {
    Diagnostic::error(
        &article.id,
        format!("the store has an article of this id from another address: {old}, now {new}"),
    )
    .hint("ids must be unique in a store: give this corpus ids of its own, or another store")
}

impl Archive for Memory {
    fn put(&mut self, items: &[Coded], coder: &str) -> Result<Tally, Diagnostic> {
        let mut tally = Tally::default();
        self.records.take();
        for item in items {
            self.put_one(item, coder, &mut tally);
        }
        Ok(tally)
    }

    fn holds(&self, article: &Article, coder: &str) -> Result<bool, Diagnostic> {
        let known = self.articles.iter().rev().find(|kept| kept.article.id == article.id);
        Ok(known.is_some_and(|known| known.article == *article && known.coder == coder))
    }

    fn events(&self, query: &Query, limit: Option<usize>) -> Result<crate::Telling<'_>, Diagnostic> {
        let mut found: Vec<(&Kept, &(u64, Event))> = Vec::new();
        for kept in &self.articles {
            found
                .extend(kept.events.iter().filter(|(_, e)| query.accepts(&kept.article, e)).map(|event| (kept, event)));
        }
        found.sort_by_key(|(_, (number, event))| std::cmp::Reverse((event.date.map(|date| date.start), *number)));
        found.truncate(limit.unwrap_or(usize::MAX));
        let records: BTreeMap<String, String> = self
            .merged()
            .iter()
            .flat_map(|record| record.reports.iter().map(|report| (report.event.clone(), record.id.clone())))
            .collect();
        let told = move |(kept, (_, event)): (&Kept, &(u64, Event))| {
            Ok(Told { event: event.clone(), article: kept.head(), record: records.get(&event.id).cloned() })
        };
        Ok(Box::new(found.into_iter().map(told)))
    }

    fn coded(&self, query: &Query) -> Result<Coding<'_>, Diagnostic> {
        let query = query.clone();
        let coded = move |kept: &Kept| {
            let meant = kept.events.iter().filter(|(_, event)| query.accepts(&kept.article, event));
            let events: Vec<Event> = meant.map(|(_, event)| event.clone()).collect();
            (!events.is_empty()).then(|| Ok(Coded { article: kept.article.clone(), events }))
        };
        Ok(Box::new(self.articles.iter().filter_map(coded)))
    }

    fn records(&self, query: &Query, limit: Option<usize>) -> Result<Vec<Record>, Diagnostic> {
        let mut all: BTreeMap<String, Record> =
            self.merged().iter().map(|record| (record.id.clone(), record.clone())).collect();
        let told = self.events(query, None)?.collect::<Result<Vec<_>, _>>()?;
        let found = told.iter().filter_map(|told| all.remove(told.record.as_ref()?));
        Ok(found.take(limit.unwrap_or(usize::MAX)).collect())
    }

    fn record(&self, id: &str) -> Result<Option<Record>, Diagnostic> {
        let named = |record: &&Record| record.id == id || record.reports.iter().any(|report| report.event == id);
        Ok(self.merged().iter().find(named).cloned())
    }

    fn rule(&mut self, rulings: &[Ruling]) -> Result<(), Diagnostic> {
        self.records.take();
        for ruling in rulings {
            let (one, other) =
                if ruling.one < ruling.other { (&ruling.one, &ruling.other) } else { (&ruling.other, &ruling.one) };
            let kept = Ruling { one: one.clone(), other: other.clone(), verdict: ruling.verdict };
            self.rulings.insert((one.clone(), other.clone()), kept);
        }
        Ok(())
    }

    fn rulings(&self) -> Result<Vec<Ruling>, Diagnostic> {
        Ok(self.rulings.values().cloned().collect())
    }

    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, Diagnostic> {
        let (of_article, of_event): (Vec<_>, Vec<_>) =
            query.terms.iter().cloned().partition(|term| term.test.is_of_article());
        let (of_article, of_event) = (Query { terms: of_article }, Query { terms: of_event });
        let meant = |kept: &&Kept| {
            let asked = of_article.terms.iter().all(|term| term.test.holds_of_article(&kept.article) != term.negated);
            let told = of_event.terms.is_empty() || kept.events.iter().any(|(_, e)| of_event.accepts(&kept.article, e));
            kept.current && asked && told
        };
        let mut found: Vec<(usize, &Kept)> = self.articles.iter().enumerate().filter(|(_, kept)| meant(kept)).collect();
        found.sort_by_key(|(n, kept)| std::cmp::Reverse((kept.article.published, *n)));
        let hit = |(_, kept): (usize, &Kept)| Hit {
            article: kept.head(),
            excerpt: fold::around(query, &kept.article.title, &kept.article.text),
            events: kept.events.len() as u64,
        };
        Ok(found.into_iter().take(limit).map(hit).collect())
    }

    fn article(&self, id: &str) -> Result<Vec<Version>, Diagnostic> {
        let versions = self.articles.iter().rev().filter(|kept| kept.article.id == id);
        let version = |kept: &Kept| Version {
            article: kept.article.clone(),
            version: kept.version,
            current: kept.current,
            events: kept.events.iter().map(|(_, event)| event.clone()).collect(),
        };
        Ok(versions.map(version).collect())
    }

    fn timeline(&self, a: Country, b: Country, months: &Months, unit: Unit) -> Result<Vec<Month>, Diagnostic> {
        let mut out: BTreeMap<String, Month> = BTreeMap::new();
        for act in self.acts(months, unit) {
            for pair in &act.pairs {
                if [pair.actor, pair.recipient] != [a, b] && [pair.actor, pair.recipient] != [b, a] {
                    continue;
                }
                let month = out.entry(act.month.clone()).or_default();
                month.month.clone_from(&act.month);
                let place = match (pair.mutual, pair.actor == a) {
                    (true, _) => &mut month.mutual,
                    (false, true) => &mut month.forth,
                    (false, false) => &mut month.back,
                };
                *place = place.plus(&act.counts);
            }
        }
        Ok(out.into_values().collect())
    }

    fn dyads(&self, months: &Months, unit: Unit, domestic: bool, top: usize) -> Result<Vec<Dyad>, Diagnostic> {
        let mut sums: BTreeMap<(Country, Country), Counts> = BTreeMap::new();
        for act in self.acts(months, unit) {
            for pair in act.pairs.iter().filter(|pair| domestic || pair.actor != pair.recipient) {
                let key = (pair.actor.min(pair.recipient), pair.actor.max(pair.recipient));
                let sum = sums.entry(key).or_default();
                *sum = sum.plus(&act.counts);
            }
        }
        let mut out: Vec<Dyad> = sums.into_iter().map(|((a, b), counts)| Dyad { a, b, counts }).collect();
        out.sort_by_key(|dyad| std::cmp::Reverse(dyad.counts.done()));
        out.truncate(top);
        Ok(out)
    }
}
