//! `depeche who | when | where`: one name, date or place looked up, with the entry, the reason and the runner-up.
//!
//! They ask the tables alone: no model is loaded.

use clap::Args;
use depeche::{
    Country, Language,
    resolve::{place, when, who},
};
use jiff::civil::Date;

use crate::{Fatal, Outcome, render};

/// Say who a name, office or description stands for on a day.
#[derive(Args)]
pub(crate) struct Who {
    /// The phrase, French or English: "le chef de la diplomatie russe".
    phrase: String,
    /// Day on which the office is held; without it, a person is what the last term made of them.
    #[arg(long, value_name = "DAY")]
    on: Option<Date>,
    /// Readings to show.
    #[arg(long, value_name = "N", default_value_t = 3)]
    top: usize,
}

/// Say which days a temporal expression means.
#[derive(Args)]
pub(crate) struct When {
    /// The expression: "mardi dernier".
    phrase: String,
    /// Day of publication.
    #[arg(long, value_name = "DAY")]
    published: Date,
    /// Language of the expression; both are tried where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
}

/// Say where a place lies.
#[derive(Args)]
pub(crate) struct Where {
    /// The name: "Koursk".
    name: String,
    /// State (three letters) that the article speaks of; may be given several times.
    #[arg(long = "near", value_name = "STATE")]
    near: Vec<String>,
    /// Language of the name; both are tried where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
    /// Places of the name to show.
    #[arg(long, value_name = "N", default_value_t = 3)]
    top: usize,
}

fn languages(told: Option<Language>) -> Vec<Language> {
    told.map_or_else(|| Language::ALL.to_vec(), |language| vec![language])
}

fn nothing(phrase: &str, hint: &str) -> Outcome {
    anstream::eprintln!("nothing is known of `{phrase}`\n  hint: {hint}");
    Outcome::Partly
}

/// One line of an answer: the word that says what it is, and the thing.
fn line(label: &str, value: &str) {
    if !value.is_empty() {
        anstream::println!("    {}{label:<10}{:#}{value}", render::DIM, render::DIM);
    }
}

/// The best answer stands first, the others are told as runners-up.
fn rank(at: usize) -> &'static str {
    if at == 0 { "" } else { "runner-up: " }
}

fn code(country: Option<Country>) -> String {
    country.map_or_else(|| "?".to_owned(), |country| country.to_string())
}

impl Who {
    #[allow(clippy::unnecessary_wraps)] // one form for all commands
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let answers = who::lookup(&who::Directory::embedded(), &self.phrase, self.on);
        if answers.is_empty() {
            let hint = "try a name, an office with its country, or an inhabitant; tables are in lexicon/actors";
            return Ok(nothing(&self.phrase, hint));
        }
        for (at, answer) in answers.iter().take(self.top.max(1)).enumerate() {
            let name = if answer.name.is_empty() { "nobody by name" } else { &answer.name };
            anstream::println!("{}{name} [{} {}]", rank(at), code(answer.country), answer.sector);
            line("office", &answer.office);
            line("wikidata", answer.wikidata.as_deref().unwrap_or_default());
            line("reason", &answer.reason);
            line("score", &answer.score.to_string());
        }
        Ok(Outcome::Done)
    }
}

impl When {
    #[allow(clippy::unnecessary_wraps)] // one form for all commands
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let read = |language| when::lookup(&self.phrase, language, self.published).map(|answer| (language, answer));
        // The language in which more of the phrase is understood.
        let answers = languages(self.lang).into_iter().filter_map(read);
        let Some((language, answer)) =
            answers.max_by_key(|(language, a)| (a.text.len(), *language == Language::French))
        else {
            return Ok(nothing(&self.phrase, "no temporal expression was found; name its language with --lang"));
        };
        let resolved = |label: &str, r: &when::Resolved| {
            let days = r.dates.map_or_else(|| "no day of the calendar".to_owned(), render::days);
            anstream::println!("{label}{days}");
            line("value", &r.value);
            line("reason", &r.reason);
        };
        resolved("", &answer.resolved);
        line("read", &format!("“{}”", answer.text));
        line("entry", &format!("lexicon/words/time.{language}.txt:{}", answer.expression.line));
        if let Some(other) = &answer.runner_up {
            resolved(rank(1), other);
        }
        Ok(Outcome::Done)
    }
}

impl Where {
    pub(crate) fn run(self) -> Result<Outcome, Fatal> {
        let gazetteer = place::Gazetteer::embedded()?;
        let parse =
            |code: &String| Country::new(code).ok_or_else(|| format!("`{code}` is no three-letter code of a state"));
        let near = self.near.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
        let context = place::Context::from_countries(&near);
        let answers = languages(self.lang).into_iter().filter_map(|language| {
            let answer = gazetteer.explain(&self.name, language, &context);
            Some((answer.best?, answer.candidates))
        });
        // The language in which the name is the better known one; French where it is the same.
        let better = |a: (place::Resolved, _), b: (place::Resolved, _)| if b.0.score > a.0.score { b } else { a };
        let Some((best, candidates)) = answers.reduce(better) else {
            return Ok(nothing(&self.name, "no table has the name; add it to lexicon/places/conflict.tsv"));
        };
        show_best(&best);
        let same = |c: &&place::Candidate| best.point == Some((c.lat, c.lon)) && best.kind == Some(c.kind);
        candidates.iter().filter(|c| !same(c)).take(self.top.max(1) - 1).for_each(show_other);
        Ok(Outcome::Done)
    }
}

fn show_best(best: &place::Resolved) {
    anstream::println!("{} [{}]", best.name, code(best.country));
    line("kind", best.kind.map_or("", place::Kind::label));
    line("region", &best.region);
    line("at", &best.point.map_or_else(String::new, point));
    line("geonames", &best.geonameid.map_or_else(String::new, |id| id.to_string()));
    line("reason", &best.reason);
}

fn show_other(other: &place::Candidate) {
    anstream::println!("{}{} [{}]", rank(1), other.name, code(other.country));
    line("kind", other.kind.label());
    line("region", &other.region);
    line("at", &point((other.lat, other.lon)));
    line("geonames", &other.geonameid.map_or_else(String::new, |id| id.to_string()));
    line("people", &if other.population > 0 { other.population.to_string() } else { String::new() });
}

fn point((lat, lon): (f64, f64)) -> String {
    format!("{lat:.4}, {lon:.4}")
}
