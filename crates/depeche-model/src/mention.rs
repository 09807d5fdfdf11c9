//! A rule matched a clause.

use serde::Serialize;

use crate::{Context, EventType, Mode};

/// What a token does in a matched pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who did it.
    Actor,
    /// To whom it was directed.
    Recipient,
    /// What was sent, taken, promised: it bounds the evidence and carries quantities.
    Theme,
}

/// A clause that a rule matched, with the tokens that fill its roles; nothing in it is resolved yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// Name of the rule, unique in the lexicon.
    pub rule: String,
    /// PLOVER type.
    pub event: EventType,
    /// Modes, in the order of the codebook.
    pub modes: Vec<Mode>,
    /// Contexts, in the order of the codebook.
    pub contexts: Vec<Context>,
    /// CAMEO code, two to four digits.
    pub cameo: String,
    /// Token that triggered it: verb, noun or adjective.
    pub trigger: u32,
    /// Tokens that the pattern's own words matched, the trigger first.
    pub words: Vec<u32>,
    /// Role and head token of its filler, in text order within a role.
    pub roles: Vec<(Role, u32)>,
    /// Whether both sides are actors.
    pub mutual: bool,
    /// First token of the clause that tells it, and one past the last.
    pub clause: (u32, u32),
    /// Rank of the match, higher is better; comparable within one sentence only.
    pub score: f32,
    /// Chance that a trained coder would code it, 0 to 1.
    pub confidence: f32,
}

impl Mention {
    /// Head tokens that fill a role, in text order.
    pub fn fillers(&self, role: Role) -> impl Iterator<Item = u32> + '_ {
        self.roles.iter().filter(move |(r, _)| *r == role).map(|&(_, token)| token)
    }
}
