//! `depeche dyads`: the pairs of countries between which most passed.

use clap::Args;
use depeche::store::Archive as _;
use serde_json::json;

use crate::{
    Fatal, Outcome,
    ask::{self, Sheet},
};

/// Tell the pairs of countries between which most acts were done.
#[derive(Args)]
pub(crate) struct Options {
    /// Number of pairs.
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Count acts within one country as well.
    #[arg(long)]
    domestic: bool,
    #[command(flatten)]
    counting: ask::Counting,
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let store = self.counting.at.read()?;
        let dyads =
            store.dyads(&self.counting.stretch.months(), self.counting.stretch.unit(), self.domestic, self.top)?;
        let mut sheet = Sheet::new(&[
            ("a", "A"),
            ("b", "B"),
            ("done", if self.counting.stretch.is_of_reports() { "reports" } else { "acts" }),
            ("verbal_cooperation", "coop. in words"),
            ("material_cooperation", "in deeds"),
            ("verbal_conflict", "conflict in words"),
            ("material_conflict", "in deeds"),
            ("undone", "not done"),
            ("goldstein", "Goldstein"),
        ]);
        for dyad in dyads {
            let [vc, mc, vx, mx] = dyad.counts.quads;
            sheet.row([
                json!(dyad.a),
                json!(dyad.b),
                json!(dyad.counts.done()),
                json!(vc),
                json!(mc),
                json!(vx),
                json!(mx),
                json!(dyad.counts.undone),
                json!(dyad.counts.goldstein().map(|mean| (mean * 10.0).round() / 10.0)),
            ]);
        }
        let mut output = self.counting.whither.open()?;
        sheet.write(self.counting.format, &mut output.out)?;
        output.end()?;
        Ok(Outcome::Done)
    }
}
