//! `depeche store`: what a store holds, and whether it is whole.

use clap::Args;

use crate::{Fatal, Outcome, ask};

/// Tell what a store holds, and with --check whether it is whole.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    at: ask::At,
    /// Hold indexes, sums and records against the events; reads everything.
    #[arg(long)]
    check: bool,
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let store = self.at.read()?;
        let contents = store.contents()?;
        anstream::println!("{}", store.path().display());
        for (count, what) in [
            (contents.articles, "articles"),
            (contents.superseded, "earlier versions"),
            (contents.events, "events"),
            (contents.records, "records"),
            (contents.bytes, "bytes"),
        ] {
            anstream::println!("{count:>12} {what}");
        }
        if !self.check {
            return Ok(Outcome::Done);
        }
        let wrong = store.verify()?;
        for line in &wrong {
            anstream::println!("wrong: {line}");
        }
        if wrong.is_empty() {
            anstream::println!("whole");
            return Ok(Outcome::Done);
        }
        Ok(Outcome::Partly)
    }
}
