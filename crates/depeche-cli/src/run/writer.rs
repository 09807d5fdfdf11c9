//! The end of the line: batches into the sink, failures into their place, and now and then a checkpoint.

use std::{
    collections::BTreeMap,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use super::{
    Sink,
    checkpoint::{Checkpoint, State},
    clock,
    failures::Failures,
    pipeline::{Batch, Done, Item},
    progress::Progress,
    select::Reason,
};
use crate::Fatal;
use depeche::ingest::corpus::Position;

/// Where everything goes.
pub(super) struct Writer<'a, T> {
    pub(super) sink: &'a mut dyn Sink<T>,
    pub(super) failures: Failures,
    pub(super) checkpoint: Option<Checkpoint>,
    /// What the next checkpoint keeps.
    pub(super) state: State,
    pub(super) progress: Progress,
    pub(super) ordered: bool,
    /// Articles after which the run ends.
    pub(super) limit: Option<u64>,
    /// Time between two checkpoints.
    pub(super) every: Duration,
}

/// How far a run is done, in whatever order batches come.
struct Reach {
    /// Every document before this number is done.
    number: u64,
    /// The place before that document; none before the first batch.
    place: Option<Position>,
    /// Batches that are done after it: number of documents and the place after them, by first.
    later: BTreeMap<u64, (u64, Position)>,
    /// Documents that an earlier run had done, by number and count.
    before: Vec<(u64, u64)>,
}

impl Reach {
    fn add(&mut self, first: u64, count: u64, after: Position) {
        self.later.insert(first, (count, after));
        while let Some((count, after)) = self.later.remove(&self.number) {
            self.number += count;
            self.place = Some(after);
        }
    }

    /// Documents that are done after the place, by distance and count.
    fn ahead(&self) -> Vec<(u64, u64)> {
        let later = self.later.iter().map(|(first, (count, _))| (*first, *count));
        let all = later.chain(self.before.iter().copied());
        let beyond = all.filter_map(|(first, count)| {
            let (from, to) = (first.max(self.number), first + count);
            (from < to).then(|| (from - self.number, to - from))
        });
        beyond.collect()
    }
}

impl<T> Writer<'_, T> {
    /// Writes until the corpus or the limit is reached, and ends the output.
    ///
    /// # Errors
    /// Where output, quarantine or checkpoint cannot be written.
    pub(super) fn run(mut self, done: &Done<T>) -> Result<State, Fatal> {
        let mut reach = Reach {
            number: 0,
            place: self.state.place.clone(),
            later: BTreeMap::new(),
            before: std::mem::take(&mut self.state.ahead),
        };
        let mut waiting = BTreeMap::new();
        let (mut next, mut kept) = (0, clock::now());
        let mut whole = self.is_enough();
        while !whole {
            let Ok(batch) = done.batches.recv() else { break };
            waiting.insert(batch.first, batch);
            while let Some(batch) = if self.ordered { waiting.remove(&next) } else { waiting.pop_first().map(|b| b.1) }
            {
                next = batch.first + batch.count;
                let (first, count, after, bytes) = (batch.first, batch.count, batch.after.clone(), batch.bytes);
                whole = whole || self.batch(batch)?;
                reach.add(first, count, after);
                done.gate.leave(bytes);
            }
            self.progress.show(&self.state.tally);
            if !whole && kept.elapsed() >= self.every {
                self.keep(&reach, &mut kept)?;
            }
        }
        if !whole && !done.ended.load(Ordering::Relaxed) {
            return Err(
                "reading the input gave up: a mistake in depeche; --resume goes on from the last checkpoint".into()
            );
        }
        self.state.tally.passed(kept.elapsed());
        self.end()
    }

    fn is_enough(&self) -> bool {
        self.limit.is_some_and(|limit| self.state.tally.articles >= limit)
    }

    /// Writes a batch; whether the limit is reached.
    fn batch(&mut self, batch: Batch<Item<T>>) -> Result<bool, Fatal> {
        let start = clock::now();
        let mut enough = self.is_enough();
        self.state.tally.stages.add(&batch.stages);
        self.state.tally.skipped(Reason::Unchanged, batch.unchanged);
        for item in batch.items {
            if enough {
                break;
            }
            match item {
                Item::Coded(item, language, events) => {
                    self.sink.take(item)?;
                    self.state.tally.coded(language, events);
                    enough = self.is_enough();
                }
                Item::Skipped(reason) => self.state.tally.skipped(reason, 1),
                Item::Warned(failure) => self.failures.warn(&failure, &mut self.state.tally)?,
                Item::Failed(failure) => self.failures.tell(&failure, &mut self.state.tally, &self.progress)?,
            }
        }
        self.state.tally.stages.output += start.elapsed().as_secs_f64();
        Ok(enough)
    }

    /// Makes safe what is written, and keeps the place.
    fn keep(&mut self, reach: &Reach, kept: &mut Instant) -> Result<(), Fatal> {
        let start = clock::now();
        self.state.tally.passed(start - *kept);
        *kept = start;
        if let Some(mark) = self.sink.commit(false)? {
            self.state.output = mark;
            self.state.quarantine = self.failures.sync()?;
            self.state.place.clone_from(&reach.place);
            self.state.ahead = reach.ahead();
            if let Some(checkpoint) = &self.checkpoint {
                checkpoint.save(&self.state)?;
            }
        }
        self.state.tally.stages.output += start.elapsed().as_secs_f64();
        Ok(())
    }

    /// Ends the output. A run that is killed in here is ended by the next with `--resume`.
    pub(super) fn end(mut self) -> Result<State, Fatal> {
        if !self.state.ended {
            self.state.output = self.sink.commit(true)?.ok_or("the output cannot be ended")?;
            self.state.quarantine = self.failures.sync()?;
            self.state.ended = true;
            if let Some(checkpoint) = &self.checkpoint {
                checkpoint.save(&self.state)?;
            }
        }
        self.sink.finish()?;
        if let Some(checkpoint) = &self.checkpoint {
            checkpoint.remove()?;
        }
        self.progress.end();
        Ok(self.state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(record: u64) -> Position {
        Position { file: "f".to_owned(), record, ..Position::default() }
    }

    #[test]
    fn the_reach_is_what_is_done_without_a_gap() {
        let mut reach = Reach { number: 0, place: None, later: BTreeMap::new(), before: vec![(10, 5)] };
        reach.add(4, 3, at(7));
        assert_eq!((reach.number, reach.place.clone()), (0, None));
        assert_eq!(reach.ahead(), [(4, 3), (10, 5)]);
        reach.add(0, 4, at(4));
        assert_eq!((reach.number, reach.place.clone()), (7, Some(at(7))));
        assert_eq!(reach.ahead(), [(3, 5)]);
        reach.add(7, 4, at(11));
        assert_eq!(reach.ahead(), [(0, 4)]);
    }
}
