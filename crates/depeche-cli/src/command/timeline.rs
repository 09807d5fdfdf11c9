//! `depeche timeline`: what passed between two countries, month by month.

use clap::Args;
use depeche::{
    Country, Diagnostic,
    store::{Archive as _, Counts, Month, Months, query::Days},
};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;

use crate::{
    Fatal, Outcome,
    ask::{self, Form, Sheet, sparkline},
};

/// Tell what passed between two countries, month by month: cooperation and conflict, and who acted.
#[derive(Args)]
pub(crate) struct Options {
    /// Country, as three capitals: RUS.
    #[arg(value_name = "A", value_parser = country)]
    a: Country,
    /// The other country.
    #[arg(value_name = "B", value_parser = country)]
    b: Country,
    #[command(flatten)]
    counting: ask::Counting,
}

fn country(code: &str) -> Result<Country, Diagnostic> {
    Country::new(code).ok_or_else(|| {
        Diagnostic::error("<country>", format!("`{code}` is no country's code"))
            .hint("write three capitals, such as RUS; `depeche who NAME` tells a code")
    })
}

impl Options {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let months = self.counting.stretch.months();
        let told = self.counting.at.read()?.timeline(self.a, self.b, &months, self.counting.stretch.unit())?;
        let all = filled(told, &months)?;
        let mut output = self.counting.whither.open()?;
        let out = &mut output.out;
        if matches!(self.counting.format, Form::Table | Form::Markdown) {
            let what = if self.counting.stretch.is_of_reports() { "reports" } else { "acts" };
            self.head(&all, what, self.counting.format, out)?;
        }
        Self::sheet(&all).write(self.counting.format, out)?;
        output.end()?;
        Ok(Outcome::Done)
    }

    /// The sum, and the months as bars.
    fn head(&self, all: &[Month], what: &str, form: Form, out: &mut dyn std::io::Write) -> Result<(), Fatal> {
        let sum = all.iter().fold(Counts::default(), |sum, month| sum.plus(&month.total()));
        let heading = if form == Form::Markdown { "# " } else { "" };
        writeln!(
            out,
            "{heading}{} – {}: {} {what} done, {} planned, possible, denied or background",
            self.a,
            self.b,
            sum.done(),
            sum.undone
        )?;
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return Ok(writeln!(out)?) };
        let series = |of: fn(&Counts) -> i64| all.iter().map(|month| of(&month.total())).collect::<Vec<_>>();
        let (cooperation, conflict) = (series(Counts::cooperation), series(Counts::conflict));
        let most = cooperation.iter().chain(&conflict).copied().max().unwrap_or_default();
        let indent = if form == Form::Markdown { "    " } else { "" };
        writeln!(out)?;
        for (name, numbers) in [("cooperation", cooperation), ("conflict", conflict)] {
            let sum: i64 = numbers.iter().sum();
            writeln!(out, "{indent}{name:<12} {} {sum}", sparkline(&numbers, most))?;
        }
        writeln!(out, "{indent}{:<12} {} to {}\n", "", first.month, last.month)?;
        Ok(())
    }

    fn sheet(all: &[Month]) -> Sheet {
        let mut sheet = Sheet::new(&[
            ("month", "month"),
            ("forth", "→"),
            ("back", "←"),
            ("mutual", "both"),
            ("verbal_cooperation", "coop. in words"),
            ("material_cooperation", "in deeds"),
            ("verbal_conflict", "conflict in words"),
            ("material_conflict", "in deeds"),
            ("undone", "not done"),
            ("goldstein", "Goldstein"),
        ]);
        for month in all.iter().filter(|month| month.total() != Counts::default()) {
            let total = month.total();
            let [vc, mc, vx, mx] = total.quads;
            sheet.row([
                json!(month.month),
                json!(month.forth.done()),
                json!(month.back.done()),
                json!(month.mutual.done()),
                json!(vc),
                json!(mc),
                json!(vx),
                json!(mx),
                json!(total.undone),
                json!(total.goldstein().map(|mean| (mean * 10.0).round() / 10.0)),
            ]);
        }
        sheet
    }
}

/// Every month from the first to the last, those without an act included.
fn filled(told: Vec<Month>, months: &Months) -> Result<Vec<Month>, Fatal> {
    let (Some(first), Some(last)) = (told.first(), told.last()) else { return Ok(told) };
    let start = months.from.clone().unwrap_or_else(|| first.month.clone());
    let end = months.to.clone().unwrap_or_else(|| last.month.clone());
    let mut day: Date = start.parse::<Days>()?.first;
    let mut told = told.into_iter().peekable();
    let mut out = Vec::new();
    loop {
        let month = day.strftime("%Y-%m").to_string();
        if month > end {
            return Ok(out);
        }
        let found = told.next_if(|one| one.month == month);
        out.push(found.unwrap_or_else(|| Month { month, ..Month::default() }));
        day = day.checked_add(1.month())?;
    }
}
