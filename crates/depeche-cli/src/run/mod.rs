//! Running over a corpus: whatever the inputs, whatever the output, on all cores, in bounded memory, and never losing its place.
//!
//! ```text
//! Corpus ─ feed ─► (fetch) ─► work × cores ─► write ─► Sink
//!    documents      bytes       events         in order
//! ```
//!
//! One thread reads documents, as many as there are cores make articles of them and code them, one writes. [`pipeline`] holds the threads
//! and [`gate`] the bound on what is under way, in bytes, so that memory is the same for a folder of ten pages and a stream of ten
//! million. What comes out goes to a [`Sink`]: JSON lines, a table, a store. A command brings its sink and a function that makes of a
//! [`Coding`] what the sink takes; that function runs on the workers, so that the one thread that writes only writes.
//!
//! **Never losing its place.** Every second or so the sink is asked to make safe what it has ([`Sink::commit`]), and a [`checkpoint`] beside
//! the output keeps how far the corpus was read and where the output stood. Whatever ends the run, `--resume` puts the output back to
//! that place and reads on from there: nothing is missing, nothing is there twice, and no record is half written.
//!
//! A document that fails costs that document: it is told on standard error, or in the `--quarantine` file, and counted.

mod append;
mod checkpoint;
mod clock;
mod failures;
mod gate;
mod options;
mod parquet;
mod pipeline;
mod progress;
mod remote;
mod select;
mod sink;
mod start;
mod summary;
mod tally;
mod watched;
mod writer;

use depeche::{Event, ingest::jsonl::Entry};

pub(crate) use append::Append;
pub(crate) use clock::{Clock, now};
pub(crate) use options::Options;
pub(crate) use parquet::{Months, Table};
pub(crate) use sink::{Lines, Sink, Standard, beside};
pub(crate) use start::{Job, Known, Prepare};

/// An article and its events, as a worker hands them on.
pub(crate) struct Coding {
    /// The article, with the object that it came in.
    pub(crate) entry: Entry,
    /// Its events, in text order.
    pub(crate) events: Vec<Event>,
}
