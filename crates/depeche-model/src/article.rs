//! What is read: one article in one language.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Event;

/// A language that Dépêche codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Language {
    /// French.
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both, in the order of the lexicon's lines.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text is in a language that has no pipeline here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage(pub String);

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "language `{}` is not coded; Dépêche reads French (fr) and English (en)", self.0)
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let primary = text.split(['-', '_']).next().unwrap_or(text).to_ascii_lowercase();
        match primary.as_str() {
            "fr" | "fra" | "fre" | "french" => Ok(Self::French),
            "en" | "eng" | "english" => Ok(Self::English),
            _ => Err(UnknownLanguage(text.to_owned())),
        }
    }
}

/// One article, as a reader would read it: no captions, menus, related headlines, comment forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Name of the article within its input; unique there.
    pub id: String,
    /// Language of the text.
    #[serde(rename = "lang")]
    pub language: Language,
    /// Day of publication, on the publisher's calendar; relative dates are resolved against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Headline; may be empty.
    #[serde(default)]
    pub title: String,
    /// Body; paragraphs are separated by blank lines.
    pub text: String,
    /// Canonical address, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Name of the publisher, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
}

impl Article {
    /// Title, a line feed, text: the string that every [`crate::Span`] indexes.
    pub fn whole(&self) -> String {
        let mut whole = String::with_capacity(self.title.len() + 1 + self.text.len());
        whole.push_str(&self.title);
        whole.push('\n');
        whole.push_str(&self.text);
        whole
    }
}

/// A coded article: the article's own fields and its events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    title = "Coded article",
    description = "One line of `depeche code`: an article and the political events that it tells"
)]
pub struct Coded {
    /// The article as it came in.
    #[serde(flatten)]
    pub article: Article,
    /// Its events, in text order.
    pub events: Vec<Event>,
}
