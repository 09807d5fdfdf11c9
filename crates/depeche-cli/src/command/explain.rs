//! `depeche explain`: why a sentence is coded as it is.

use clap::Args;
use depeche::{Article, Explanation, Language};
use jiff::civil::Date;

use super::Folders;
use crate::{Fatal, Outcome, render};

/// Show tokens, tree, names, and every pattern that fired or nearly fired.
#[derive(Args)]
pub(crate) struct Options {
    /// The sentence.
    sentence: String,
    /// Language of the sentence; found by itself where not given.
    #[arg(long, value_name = "fr|en")]
    lang: Option<Language>,
    /// Day of publication, against which dates and offices are resolved.
    #[arg(long, value_name = "DAY")]
    published: Option<Date>,
    /// Nearly-fired patterns to show for each word.
    #[arg(long, default_value_t = 4)]
    near: usize,
}

impl Options {
    pub(crate) fn run(self, folders: Folders) -> Result<Outcome, Fatal> {
        let language = match self.lang {
            Some(language) => language,
            None => depeche::ingest::language::decide(&self.sentence, None, None, "the sentence", &mut Vec::new())?,
        };
        let article = Article {
            id: "sentence".to_owned(),
            language,
            published: self.published,
            title: String::new(),
            text: self.sentence,
            url: None,
            publisher: None,
        };
        // What is too unsure to be told is shown here, and marked.
        let least = folders.confidence;
        let explanation = Folders { confidence: 0.0, ..folders }.coder()?.explain(&article);
        tokens(&explanation);
        parties(&explanation);
        patterns(&explanation, self.near);
        anstream::println!("\nevents");
        for event in &explanation.events {
            anstream::print!("{}", render::block(event, &explanation.whole, render::width()));
            let told = if event.confidence < f64::from(least) {
                format!(", under {least}: `read` and `code` leave it out")
            } else {
                String::new()
            };
            anstream::println!("    {}confidence {:.2}{told}{:#}", render::DIM, event.confidence, render::DIM);
        }
        if explanation.events.is_empty() {
            anstream::println!("  none");
        }
        Ok(Outcome::Done)
    }
}

fn tokens(explanation: &Explanation) {
    anstream::println!(
        "{:>3} {:<18} {:<18} {:<6} {:>4} {:<14} {:<7} {}",
        "#",
        "form",
        "lemma",
        "pos",
        "head",
        "relation",
        "name",
        "features"
    );
    for (at, token) in explanation.parsed.tokens.iter().enumerate() {
        let features =
            serde_json::to_value(token.feats).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        anstream::println!(
            "{at:>3} {:<18} {:<18} {:<6} {:>4} {:<14} {:<7} {}{features}{:#}",
            token.span.of(&explanation.whole),
            token.lemma,
            token.upos.label(),
            token.head,
            token.dep.label(),
            token.ent.label(),
            render::DIM,
            render::DIM,
        );
    }
}

fn parties(explanation: &Explanation) {
    anstream::println!("\nparties");
    for party in &explanation.cast.parties {
        let country = party.country.map_or_else(|| "?".to_owned(), |c| c.to_string());
        let text = party.span.of(&explanation.whole);
        anstream::println!(
            "{:>3} {text:<32} {country} {:<4} {:<12?} chain {:<3} {}{}{:#}",
            party.head,
            party.sector,
            party.kind,
            party.chain,
            render::DIM,
            party.reason,
            render::DIM
        );
    }
}

fn patterns(explanation: &Explanation, near: usize) {
    anstream::println!("\npatterns that hold");
    for mention in &explanation.mentions {
        let roles: Vec<String> = mention
            .roles
            .iter()
            .map(|&(role, at)| format!("{role:?}={}", explanation.parsed.text(&explanation.whole, at)))
            .collect();
        let trigger = explanation.parsed.text(&explanation.whole, mention.trigger);
        let (rule, event, rank) = (&mention.rule, mention.event, mention.score);
        anstream::println!(
            "    {trigger:<18} {rule} {event} rank {rank:.1} confidence {:.2}  {}",
            mention.confidence,
            roles.join(" ")
        );
    }
    anstream::println!("\npatterns that nearly hold");
    let mut last = (u32::MAX, 0);
    for tried in &explanation.tried {
        last = if last.0 == tried.trigger { (last.0, last.1 + 1) } else { (tried.trigger, 0) };
        if last.1 < near {
            let trigger = explanation.parsed.text(&explanation.whole, tried.trigger);
            anstream::println!("    {trigger:<18} {}:{} lacks {}", tried.file, tried.line, tried.missing);
        }
    }
}
