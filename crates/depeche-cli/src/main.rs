//! `depeche` on the command line. One file per command; each binds the façade only.
//!
//! Exit codes: 0 all done; 1 some articles or tests failed, the others were done; 2 it could not start.

mod ask;
mod command;
mod render;
mod run;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use depeche::LEAST_CONFIDENCE;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads news in French and English and codes who did what to whom, in PLOVER and CAMEO.
#[derive(Parser)]
#[command(name = "depeche", version, max_term_width = 100)]
struct Options {
    /// Folder that replaces the built-in lexicon (`events/` and `words/` below it).
    #[arg(long, global = true, env = "DEPECHE_LEXICON", value_name = "FOLDER", help_heading = "Global options")]
    lexicon: Option<PathBuf>,
    /// Folder that replaces the built-in models (`fr/` and `en/`, each with `model.safetensors` and `manifest.json`).
    #[arg(long, global = true, env = "DEPECHE_MODELS", value_name = "FOLDER", help_heading = "Global options")]
    models: Option<PathBuf>,
    /// Least confidence of an event that is told, 0 to 1: lower finds more, higher errs less.
    #[arg(long, global = true, value_name = "0..1", default_value_t = LEAST_CONFIDENCE, help_heading = "Global options")]
    confidence: f32,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(command::read::Options),
    Code(command::code::Options),
    Add(command::add::Options),
    Watch(command::watch::Options),
    Events(command::events::Options),
    Records(command::records::Options),
    Show(command::show::Options),
    Timeline(command::timeline::Options),
    Dyads(command::dyads::Options),
    Search(command::search::Options),
    Export(command::export::Options),
    #[command(subcommand)]
    Record(command::record::Command),
    Store(command::store::Options),
    Explain(command::explain::Options),
    Relate(command::relate::Options),
    Who(command::lookup::Who),
    When(command::lookup::When),
    Where(command::lookup::Where),
    #[command(subcommand)]
    Lexicon(command::lexicon::Command),
    Schema(command::schema::Options),
}

/// How a command ended.
pub(crate) enum Outcome {
    /// All done.
    Done,
    /// Some items failed; each was told of.
    Partly,
}

/// What keeps a command from starting.
pub(crate) type Fatal = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let options = Options::parse_from(std::env::args_os().map(ask::argument));
    let folders = command::Folders { lexicon: options.lexicon, models: options.models, confidence: options.confidence };
    let load = || folders.coder();
    let outcome = match options.command {
        Command::Read(read) => read.run(&load),
        Command::Code(code) => code.run(&load),
        Command::Add(add) => add.run(&folders),
        Command::Watch(watch) => watch.run(&folders),
        Command::Events(events) => events.run(),
        Command::Records(records) => records.run(),
        Command::Show(show) => show.run(),
        Command::Timeline(timeline) => timeline.run(),
        Command::Dyads(dyads) => dyads.run(),
        Command::Search(search) => search.run(),
        Command::Export(export) => export.run(),
        Command::Record(record) => record.run(),
        Command::Store(store) => store.run(),
        Command::Explain(explain) => explain.run(folders),
        Command::Relate(relate) => relate.run(&load),
        Command::Who(who) => who.run(),
        Command::When(when) => when.run(),
        Command::Where(place) => place.run(),
        Command::Lexicon(lexicon) => lexicon.run(&folders),
        Command::Schema(schema) => schema.run(),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{}{error}{}", render::ERROR, render::ERROR.render_reset());
            ExitCode::from(2)
        }
    }
}

/// `depeche … | head` is no error.
fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}
