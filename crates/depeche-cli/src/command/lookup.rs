//! `depeche who | when | where`: one name, date or place looked up, with the reason and the runner-up.

use clap::Args;
use depeche::{
    Language,
    resolve::{place, when, who},
};
use jiff::civil::Date;

use crate::{Fatal, Outcome};

/// Say who a name or description stands for.
#[derive(Args)]
pub(crate) struct Who {
    /// Name, office or description: "le chef de la diplomatie russe".
    phrase: String,
    /// Day on which the office is held.
    #[arg(long, value_name = "DAY")]
    on: Option<Date>,
    /// Language of the phrase; both are tried where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
}

/// Say which days a temporal expression means.
#[derive(Args)]
pub(crate) struct When {
    /// Expression: "mardi dernier".
    phrase: String,
    /// Day of publication.
    #[arg(long, value_name = "DAY")]
    published: Date,
    /// Language of the phrase; both are tried where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
}

/// Say where a place lies.
#[derive(Args)]
pub(crate) struct Where {
    /// Name: "Koursk".
    name: String,
    /// Language of the name; both are tried where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
}

fn languages(told: Option<Language>) -> Vec<Language> {
    told.map_or_else(|| Language::ALL.to_vec(), |language| vec![language])
}

fn nothing(phrase: &str) -> Outcome {
    anstream::eprintln!("nothing is known of `{phrase}`");
    Outcome::Partly
}
