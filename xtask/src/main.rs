//! `cargo x`: the one door for the chores of the repository.
//!
//! `cargo x check` is what CI runs before the tests; `cargo x tidy` prints the house numbers and fails past their ceilings;
//! `cargo x train`, `parity`, `score` and `bench` need `../shared` and say so where it is missing.

mod chores;
mod engine;
mod judges;
mod relation;
mod rules;
mod score;
mod tidy;
mod trial;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo x", about = "Chores of the Dépêche repository")]
struct Options {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Formatting, lints, docs and house numbers.
    Check,
    /// Every test: the crates', the lexicon's, the suite's.
    Test,
    /// Print the house numbers and fail past their ceilings.
    Tidy,
    /// Write what is generated: the JSON Schema, the article goldens, the list of rule tests known to fail.
    Bless,
    /// Train a language pipeline from `../shared/data` and convert it, the judges of the coder after a change of rules,
    /// or the weights of relation mode.
    Train {
        /// `fr`, `en`, `judges` or `relate`.
        language: String,
    },
    /// Compare the native engine with spaCy's own run of the same pipeline, token for token.
    Parity {
        /// `fr` or `en`.
        language: String,
    },
    /// Code the gold articles and score them.
    Score {
        /// Files below `../shared/gold`, without ending; the development files where none is named. `records` scores the
        /// merging of events into records instead, on `tests/records`. `relate` measures relation
        /// mode on `PLV_train`, `gsr` codes PLOVER's gold records.
        files: Vec<String>,
        /// List this many articles' missed and extra events.
        #[arg(long, default_value_t = 0)]
        errors: u32,
        /// The same figures by type.
        #[arg(long)]
        by_type: bool,
    },
    /// Measure speed by stage and of the whole program, beside spaCy and trafilatura.
    Bench {
        /// Articles in the corpus of JSON lines.
        #[arg(long, default_value_t = 100_000)]
        articles: u32,
    },
    /// Load made-up events into a store and time what is asked of it.
    BenchStore {
        /// Number of events.
        #[arg(default_value = "2000000")]
        events: String,
    },
    /// Begin a rule from a template.
    NewRule {
        /// Type, such as `accuse`.
        event: String,
        /// Name, such as `recall-ambassador`.
        name: String,
    },
    /// Show the events that the working tree's lexicon gains and loses against the last commit's.
    Try {
        /// Only rules whose name contains this.
        #[arg(default_value = "")]
        rule: String,
    },
}

fn main() -> ExitCode {
    let outcome = match Options::parse().chore {
        Chore::Check => chores::check(),
        Chore::Test => chores::test(),
        Chore::Tidy => tidy::run(),
        Chore::Bless => chores::bless(),
        Chore::Train { language } => engine::train(&language),
        Chore::Parity { language } => engine::parity(&language),
        Chore::Score { files, errors, by_type } => score::run(&files, errors, by_type),
        Chore::BenchStore { events } => engine::bench_store(&events),
        Chore::Bench { articles } => engine::bench(articles),
        Chore::NewRule { event, name } => chores::new_rule(&event, &name),
        Chore::Try { rule } => trial::run(&rule),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
