//! What the gold examples share: parses and gold events as they lie on disk.

use std::{error::Error, fs, path::Path};

use depeche_model::{
    DateSpan, EntityTag, EventType, Feats, Language, Mode, Parsed, Range, Relation, Span, Token, Upos,
};
use jiff::civil::Date;
use serde::Deserialize;

/// One gold event, as far as dates and quantities go.
#[derive(Deserialize)]
pub struct GoldEvent {
    #[serde(rename = "type")]
    pub event: EventType,
    pub modes: Vec<Mode>,
    pub status: String,
    pub date: Option<DateSpan>,
    pub size: Option<Range>,
    pub dead: Option<Range>,
    pub injured: Option<Range>,
    pub evidence: String,
}

#[derive(Deserialize)]
struct GoldArticle {
    id: String,
    lang: Language,
    published: Date,
    events: Vec<GoldEvent>,
}

#[derive(Deserialize)]
struct RawToken {
    start: u32,
    end: u32,
    lemma: String,
    upos: String,
    feats: String,
    head: u32,
    dep: String,
    ent: String,
}

#[derive(Deserialize)]
struct RawParse {
    id: String,
    text: String,
    tokens: Vec<RawToken>,
    sentences: Vec<(u32, u32)>,
}

/// An article with its parse and gold.
pub struct Case {
    pub id: String,
    pub language: Language,
    pub published: Date,
    pub text: String,
    pub parsed: Parsed,
    pub events: Vec<GoldEvent>,
}

/// Reads gold and parses of the same name, such as `fr_dev.jsonl`.
pub fn read(gold: &Path, parses: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let gold = fs::read_to_string(gold)?;
    let parses = fs::read_to_string(parses)?;
    let mut cases = Vec::new();
    for (article, line) in gold.lines().zip(parses.lines()) {
        let article: GoldArticle = serde_json::from_str(article)?;
        let raw: RawParse = serde_json::from_str(line)?;
        if article.id != raw.id {
            return Err(
                format!("gold has {}, the parses {}: give files of the same articles", article.id, raw.id).into()
            );
        }
        let tokens = raw.tokens.into_iter().map(token).collect();
        let tree = Parsed { tokens, sentences: raw.sentences };
        let (id, language, published, events) = (article.id, article.lang, article.published, article.events);
        cases.push(Case { id, language, published, text: raw.text, parsed: tree, events });
    }
    Ok(cases)
}

fn token(raw: RawToken) -> Token {
    let upos = serde_json::from_value(raw.upos.into()).unwrap_or(Upos::X);
    let dep = if raw.dep == "ROOT" { Relation::Root } else { Relation::parse(&raw.dep) };
    Token {
        span: Span::new(raw.start, raw.end),
        lemma: raw.lemma.as_str().into(),
        upos,
        feats: Feats::parse(&raw.feats),
        head: raw.head,
        dep,
        ent: EntityTag::from_label(&raw.ent),
    }
}

impl Case {
    /// Tokens of a gold event's evidence, and the verb or noun that heads them.
    pub fn clause(&self, event: &GoldEvent) -> Option<((u32, u32), u32)> {
        let start = self.text.find(&event.evidence)? as u32;
        let end = start + event.evidence.len() as u32;
        let tokens = &self.parsed.tokens;
        let first = tokens.partition_point(|t| t.span.end <= start) as u32;
        let end = tokens.partition_point(|t| t.span.start < end) as u32;
        let inside = |i: u32| first <= i && i < end;
        let depth = |mut i: u32| {
            let mut depth = 0;
            while tokens[i as usize].head != i && depth < 99 {
                i = tokens[i as usize].head;
                depth += 1;
            }
            depth
        };
        let roots = (first..end).filter(|&i| !inside(tokens[i as usize].head) || tokens[i as usize].head == i);
        let verbs = roots.clone().filter(|&i| matches!(tokens[i as usize].upos, Upos::Verb | Upos::Noun));
        let head = verbs.min_by_key(|&i| depth(i)).or_else(|| roots.min_by_key(|&i| depth(i)))?;
        Some(((first, end), head))
    }
}
