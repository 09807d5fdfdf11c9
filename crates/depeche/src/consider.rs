//! What the judges learn from: every answer that was weighed, with its features.
//!
//! Coding keeps the best answer of each question; training needs the others as well, and the acts that no pattern found.
//! `examples/judge_gold.rs` prints them beside the gold.

use depeche_coding::{
    Input,
    roles::{self, Story},
};
use depeche_model::{Article, Cast, EventType, Mention, Parsed, Role, Span, Tree, Upos};
use depeche_resolve::{place, when};

use crate::{
    Coder, Knowledge,
    analysis::{Text, cast},
};

/// An act that an article tells: bytes of its clause, type, whether both sides are actors.
pub type Told = ((usize, usize), EventType, bool);

/// A role of a matched mention and every answer to who fills it, for training.
pub struct ConsideredRole {
    /// The mention, its roles as the pattern alone fills them.
    pub mention: Mention,
    /// Bytes of its clause.
    pub clause: (usize, usize),
    /// The role.
    pub role: Role,
    /// Every answer, nobody first.
    pub answers: Vec<ConsideredAnswer>,
}

/// An answer to who fills a role, for training.
pub struct ConsideredAnswer {
    /// Country code, `?` for unknown, and sector of the parties that it names.
    pub sides: Vec<(String, String)>,
    /// Its features.
    pub features: Vec<String>,
}

/// An act and every answer to when it happened, for training.
pub struct ConsideredDate {
    /// Type of the act.
    pub event: EventType,
    /// Bytes of its clause.
    pub clause: (usize, usize),
    /// Every answer, no date first.
    pub choices: Vec<when::Choice>,
}

/// An act and every answer to where it happened, for training.
pub struct ConsideredPlace {
    /// Type of the act.
    pub event: EventType,
    /// Bytes of its clause.
    pub clause: (usize, usize),
    /// Every answer, no place first.
    pub choices: Vec<place::Considered>,
}

/// A matched mention and what describes it, for training.
pub struct ConsideredMention {
    /// The mention, its roles filled.
    pub mention: Mention,
    /// Bytes of its clause.
    pub clause: (usize, usize),
    /// Its features.
    pub features: Vec<String>,
}

impl Coder {
    /// Features of every mention that patterns matched in an article.
    pub fn consider_mentions(&self, article: &Article) -> Vec<ConsideredMention> {
        let whole = article.whole();
        let parsed = self.parse(&whole, article.language);
        consider_mentions(self.knowledge(), self.text(article, &whole), &parsed)
    }

    /// Every answer to who fills each role of each matched mention of an article, and of the acts at `told` (bytes of their
    /// clause, type, whether both sides are actors) that no pattern matched.
    pub fn consider_roles(&self, article: &Article, told: &[Told]) -> Vec<ConsideredRole> {
        let whole = article.whole();
        let parsed = self.parse(&whole, article.language);
        consider_roles(self.knowledge(), self.text(article, &whole), &parsed, told)
    }

    /// Every answer to when each matched mention of an article happened, and the acts at `told` that no pattern matched.
    pub fn consider_dates(&self, article: &Article, told: &[Told]) -> Vec<ConsideredDate> {
        let whole = article.whole();
        let parsed = self.parse(&whole, article.language);
        consider_dates(self.knowledge(), self.text(article, &whole), &parsed, told)
    }

    /// Every answer to where each matched mention of an article happened, and the acts at `told` that no pattern matched.
    pub fn consider_places(&self, article: &Article, told: &[Told]) -> Vec<ConsideredPlace> {
        let whole = article.whole();
        let parsed = self.parse(&whole, article.language);
        consider_places(self.knowledge(), self.text(article, &whole), &parsed, told)
    }
}

/// Every answer to who fills each role: of the mentions that patterns matched, and of the acts at `told` (bytes of their
/// clause, type, whether mutual) that none did.
fn consider_roles(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed, told: &[Told]) -> Vec<ConsideredRole> {
    let Text { whole, language, .. } = text;
    let cast = cast(knowledge, text, parsed);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon, least: 0.0 };
    let tree = Tree::new(parsed);
    let mentions = all_told(&input, &tree, told);
    let story = Story::new(&input, &mentions);
    mentions.iter().flat_map(|mention| considered(&input, &tree, &story, mention)).collect()
}

/// The mentions that patterns matched, roles as the patterns fill them, and the acts at `told` that none did.
fn all_told(input: &Input<'_>, tree: &Tree<'_>, told: &[Told]) -> Vec<Mention> {
    let parsed = input.parsed;
    let mut mentions = depeche_coding::matched(input, tree);
    for &(span, event, mutual) in told {
        let known = mentions.iter().any(|m| m.event == event && meets(parsed.span(m.clause.0, m.clause.1), span));
        if let (false, Some(trigger)) = (known, head_of(parsed, tree, span)) {
            mentions.push(roles::bare(input, tree, trigger, event, mutual));
        }
    }
    mentions
}

fn consider_places(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed, told: &[Told]) -> Vec<ConsideredPlace> {
    let Text { whole, language, .. } = text;
    let cast = cast(knowledge, text, parsed);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon, least: 0.0 };
    let places = place::Places::of(&knowledge.gazetteer, parsed, whole, language);
    let one = |mention: Mention| {
        let span = parsed.span(mention.clause.0, mention.clause.1);
        let choices = places.consider(mention.trigger, mention.clause, mention.event);
        ConsideredPlace { event: mention.event, clause: (span.start as usize, span.end as usize), choices }
    };
    all_told(&input, &Tree::new(parsed), told).into_iter().map(one).collect()
}

fn consider_dates(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed, told: &[Told]) -> Vec<ConsideredDate> {
    let Text { whole, language, published, .. } = text;
    let cast = cast(knowledge, text, parsed);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon, least: 0.0 };
    let times = published.map_or_else(Vec::new, |day| when::read(parsed, whole, language, day));
    let one = |mention: Mention| {
        let act = when::Act { trigger: mention.trigger, clause: mention.clause, event: mention.event };
        let span = parsed.span(mention.clause.0, mention.clause.1);
        let choices = when::consider(parsed, act, &times, published);
        ConsideredDate { event: mention.event, clause: (span.start as usize, span.end as usize), choices }
    };
    all_told(&input, &Tree::new(parsed), told).into_iter().map(one).collect()
}

fn meets(span: Span, (start, end): (usize, usize)) -> bool {
    (span.start as usize) < end && start < span.end as usize
}

/// The word of a clause that the others hang on: a verb first.
fn head_of(parsed: &Parsed, tree: &Tree<'_>, (start, end): (usize, usize)) -> Option<u32> {
    let inside =
        |at: u32| parsed.tokens.get(at as usize).is_some_and(|t| (start..end).contains(&(t.span.start as usize)));
    let tops =
        (0..parsed.tokens.len() as u32).filter(|&at| inside(at) && tree.head(at).is_none_or(|head| !inside(head)));
    tops.min_by_key(|&at| match tree.token(at).upos {
        Upos::Verb => 0,
        Upos::Noun => 1,
        _ => 2,
    })
}

/// The recipient is considered once the actor is given, as in coding.
fn considered(input: &Input<'_>, tree: &Tree<'_>, story: &Story, mention: &Mention) -> Vec<ConsideredRole> {
    let span = input.parsed.span(mention.clause.0, mention.clause.1);
    let mut given = mention.clone();
    let one = |&role: &Role| {
        let answers = roles::consider(input, tree, story, &given, role);
        roles::give(input, &mut given, role, &answers);
        ConsideredRole {
            mention: mention.clone(),
            clause: (span.start as usize, span.end as usize),
            role,
            answers: answers.iter().map(|a| described(a, input.cast)).collect(),
        }
    };
    roles::roles_of(mention).iter().map(one).collect()
}

fn described(answer: &roles::Answer, cast: &Cast) -> ConsideredAnswer {
    let name = |country: Option<depeche_model::Country>| country.map_or_else(|| "?".to_owned(), |c| c.to_string());
    let sides = answer.sides(cast).into_iter().map(|(country, sector)| (name(country), sector.to_string()));
    ConsideredAnswer { sides: sides.collect(), features: answer.features.clone() }
}

/// Features of every mention that patterns matched, roles filled, with the bytes of its clause.
fn consider_mentions(knowledge: &Knowledge, text: Text<'_>, parsed: &Parsed) -> Vec<ConsideredMention> {
    let Text { whole, language, .. } = text;
    let cast = cast(knowledge, text, parsed);
    let input = Input { whole, language, parsed, cast: &cast, lexicon: &knowledge.lexicon, least: 0.0 };
    let tree = Tree::new(parsed);
    let one = |mention: Mention| {
        let span = parsed.span(mention.clause.0, mention.clause.1);
        let features = depeche_coding::judge::features(&input, &tree, &mention);
        ConsideredMention { mention, clause: (span.start as usize, span.end as usize), features }
    };
    depeche_coding::code(&input).into_iter().map(one).collect()
}
