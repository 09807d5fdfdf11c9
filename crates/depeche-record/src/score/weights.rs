//! What each ground weighs.
//!
//! Set by hand, in half and tenth points, so that a person can follow a score; the pairs of `tests/records` and of the
//! development articles say what they are worth (`cargo x score records`). One point is about what a shared country and
//! sector says.

/// The same person, body or group on a side.
pub(super) const SAME_PARTY: f32 = 2.0;
/// The same country and sector on a side.
pub(super) const SAME_SECTOR: f32 = 1.0;
/// The same country on a side.
pub(super) const SAME_COUNTRY: f32 = 0.6;
/// Two parties of the same country that are known by different names: an office may speak for a state, so little.
pub(super) const OTHER_PARTY: f32 = -0.6;
/// Two other people meeting is another meeting.
pub(super) const OTHER_GUEST: f32 = -1.5;
/// A country told here and none there.
pub(super) const UNKNOWN_PARTY: f32 = -0.3;
/// Actors, recipients or parties of other states: an article may name them by halves, but seldom.
pub(super) const OTHER_ACTOR: f32 = -3.0;
pub(super) const OTHER_RECIPIENT: f32 = -1.6;
/// The same where the clause of one names the state that the other has there, or one side acts upon itself.
pub(super) const OTHER_ACTOR_NAMED: f32 = -1.4;
pub(super) const OTHER_RECIPIENT_NAMED: f32 = -0.6;
/// A state's forces here and its rebels there, or its soldiers and its civilians.
pub(super) const OTHER_CAMP: f32 = -1.0;
/// One person who is named here, several who are counted there.
pub(super) const PERSON_OR_CROWD: f32 = -1.5;
/// All of several countries alike.
pub(super) const SAME_GROUP: f32 = 0.5;
/// Several countries, some of them others.
pub(super) const OTHER_GROUP: f32 = -1.0;

/// Both tell the same day or two.
pub(super) const SAME_DAY: f32 = 1.5;
/// Told dates that overlap.
pub(super) const SAME_DAYS: f32 = 0.8;
/// Told dates that lie this many days apart, from 1.
pub(super) const DAYS_APART: [f32; 3] = [-0.7, -2.0, -4.0];
/// The same for words: a party that speaks again the day after says it again.
pub(super) const WORDS_APART: [f32; 3] = [-0.7, -3.0, -4.0];
/// Neither tells a day, and publication lies this many days apart, from 0.
pub(super) const PUBLISHED_APART: [f32; 5] = [0.7, 0.5, -0.5, -1.5, -2.5];
/// Two promises, of which one tells the day that it is for.
pub(super) const PROMISE: f32 = -0.5;
/// Background without a day, held against the day of its telling.
pub(super) const NO_DAY: f32 = -0.8;
/// The same span of months or years: much background has it.
pub(super) const SAME_YEARS: f32 = 0.3;
/// Such spans that do not meet, or a day outside of one.
pub(super) const OTHER_YEARS: f32 = -2.0;
/// One tells a day, the other is published this many days after it, from 0.
pub(super) const TOLD_AFTER: [f32; 5] = [0.7, 0.5, 0.0, -1.0, -2.0];

/// The same place, finer than a state.
pub(super) const SAME_PLACE: f32 = 1.5;
/// Places less than 40 km apart.
pub(super) const NEAR: f32 = 0.8;
/// Places more than 80 km apart.
pub(super) const FAR: f32 = -2.5;
/// Names of places that are not alike, with no coordinates to tell more.
pub(super) const OTHER_PLACE: f32 = -2.0;
/// Places in two states.
pub(super) const OTHER_STATE: f32 = -1.5;

/// The same figure of ten or more.
pub(super) const SAME_FIGURE: f32 = 1.5;
/// The same figure below ten.
pub(super) const SAME_SMALL_FIGURE: f32 = 0.8;
/// Figures that are less than a third apart: tolls rise.
pub(super) const NEAR_FIGURES: f32 = 0.3;
/// Ranges that meet.
pub(super) const FIGURES_MEET: f32 = 0.4;
/// Tolls more than twice one another.
pub(super) const OTHER_TOLL: f32 = -1.0;
/// Sizes or sums more than twice one another.
pub(super) const OTHER_SIZE: f32 = -1.5;

/// The same rule of the lexicon, whatever the language.
pub(super) const SAME_RULE: f32 = 1.3;
/// Two rules: another way to tell it, or another act.
pub(super) const OTHER_RULE: f32 = -0.4;
/// Two rules of one CAMEO code.
pub(super) const SAME_CODE: f32 = 0.3;
/// The same modes.
pub(super) const SAME_MODES: f32 = 0.5;
/// Modes of a deed that have none in common: another deed. A crowd may march and block a bridge, so not of PROTEST.
pub(super) const OTHER_MODES: f32 = -2.0;
/// Modes of words, which hang on the wording.
pub(super) const OTHER_VERBAL_MODES: f32 = -0.8;
/// One tells the plan, the other the act.
pub(super) const PLAN: f32 = -0.3;
/// The same where the act is one of words: what is planned mostly comes to a meeting or a deed.
pub(super) const PLAN_SIGNED: f32 = -1.0;

/// Each name in both clauses, up to two.
pub(super) const SHARED_NAME: f32 = 1.0;
/// Names in both clauses, none alike.
pub(super) const OTHER_NAMES: f32 = -0.4;
/// Each number in both clauses, up to two.
pub(super) const SHARED_NUMBER: f32 = 0.8;
/// Words that the shorter clause must have for their absence in the other to say anything.
pub(super) const ENOUGH_WORDS: usize = 4;
/// Numbers of other words that two clauses of two languages share, from 0.
pub(super) const SHARED_WORDS: [f32; 5] = [-0.4, 0.3, 0.9, 1.3, 1.6];
/// The same, less what it would take by chance, for clauses of one language: share of the shorter one's words.
pub(super) const SHARED_PARTS: [(f32, f32); 4] = [(0.6, 1.6), (0.4, 1.0), (0.2, 0.3), (0.0, -0.8)];

/// What names and numbers shared by the whole articles say at most.
pub(super) const SAME_STORY: f32 = 2.0;
/// Points for a whole share of them.
pub(super) const STORY_SLOPE: f32 = 3.5;
/// Articles that share next to none.
pub(super) const OTHER_STORY: f32 = -1.2;
/// Both stand in headline or lead: what the articles are about.
pub(super) const BOTH_LEAD: f32 = 0.6;
/// The same words in two prints of one text.
pub(super) const SAME_TEXT: f32 = 6.0;
/// Two events of one article: the coder has told them apart.
pub(super) const ONE_ARTICLE: f32 = -4.0;
/// The same in clauses that touch or overlap, where two rules may have found one act.
pub(super) const ONE_BREATH: f32 = -1.5;
