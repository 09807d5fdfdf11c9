//! PLOVER's ontology: types, modes, contexts, sectors, quad classes, statuses and scores; and CAMEO's codes.
//!
//! Source: PLOVER codebook 2.0 (Open Event Data Alliance, CC BY-SA 4.0), tables "General contexts" and
//! "conflict–cooperation scores"; the CAMEO conversion of 17 September 2021; Goldstein scores as the R package `icews`
//! ships them (MIT).

mod cameo;

pub use cameo::{Cameo, cameo, codes};

macro_rules! names {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$doc:meta])* $variant:ident = $label:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name { $($(#[$doc])* #[serde(rename = $label)] $variant,)* }

        impl $name {
            /// Every value, in the codebook's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name as the codebook writes it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text { $($label => Ok(Self::$variant),)* _ => Err(format!(concat!("`{}` is no ", $what), text)) }
            }
        }
    };
}

pub(crate) use names;

names! {
    /// The sixteen event types.
    EventType, "PLOVER event type" {
        /// Agrees to, offers, promises, announces, plans to cooperate, meet, support or aid.
        Agree = "AGREE",
        /// Meets, visits, hosts, calls, negotiates, mediates.
        Consult = "CONSULT",
        /// Praises, backs, defends in words, recognises, signs or ratifies an agreement, opens ties.
        Support = "SUPPORT",
        /// Apologises, pardons, eases a rule, drops a demand, announces a coming withdrawal or ceasefire.
        Concede = "CONCEDE",
        /// Mutual material exchange: trade, joint exercises, extradition, shared intelligence.
        Cooperate = "COOPERATE",
        /// Gives money, arms, troops, relief, asylum, protection; forgives debt; rescues hostages.
        Aid = "AID",
        /// Withdraws, releases, disarms, observes a ceasefire, lets observers in, resigns.
        Retreat = "RETREAT",
        /// Asks, calls for, demands, orders.
        Request = "REQUEST",
        /// Criticises, condemns, blames, complains, sues, investigates.
        Accuse = "ACCUSE",
        /// Refuses, vetoes, denies, cancels a meeting, bars entry.
        Reject = "REJECT",
        /// Warns of, threatens harm or reprisals, ultimatum.
        Threaten = "THREATEN",
        /// Demonstrates, strikes, riots.
        Protest = "PROTEST",
        /// Reduces relations: sanctions, expels diplomats, leaves an organisation, cuts aid, convicts in court.
        Sanction = "SANCTION",
        /// Moves or readies forces, tests weapons, exercises alone; short of force used.
        Mobilize = "MOBILIZE",
        /// Arrests, bans, censors, seizes, deports, hacks, curfew, martial law.
        Coerce = "COERCE",
        /// Uses force: kills, bombs, attacks, clashes, abducts, tortures.
        Assault = "ASSAULT",
    }
}

names! {
    /// Manner of an event; each belongs to one type, or to two under one name.
    Mode, "PLOVER mode" {
        /// Of CONSULT.
        Visit = "visit",
        /// Of CONSULT.
        ThirdParty = "third-party",
        /// Of CONSULT.
        Multilateral = "multilateral",
        /// Of CONSULT.
        Phone = "phone",
        /// Of RETREAT, SANCTION.
        Withdraw = "withdraw",
        /// Of RETREAT.
        Release = "release",
        /// Of RETREAT.
        Disarm = "disarm",
        /// Of RETREAT.
        Ceasefire = "ceasefire",
        /// Of RETREAT.
        Access = "access",
        /// Of RETREAT.
        Resign = "resign",
        /// Of REQUEST, REJECT.
        Assist = "assist",
        /// Of REQUEST, REJECT.
        Change = "change",
        /// Of REQUEST, REJECT.
        Yield = "yield",
        /// Of REQUEST, REJECT.
        Meet = "meet",
        /// Of ACCUSE.
        Disapprove = "disapprove",
        /// Of ACCUSE.
        Investigate = "investigate",
        /// Of ACCUSE.
        Allege = "allege",
        /// Of THREATEN, COERCE.
        Restrict = "restrict",
        /// Of THREATEN, COERCE.
        Arrest = "arrest",
        /// Of THREATEN.
        Relations = "relations",
        /// Of THREATEN, SANCTION.
        Expel = "expel",
        /// Of THREATEN.
        Territory = "territory",
        /// Of THREATEN.
        Violence = "violence",
        /// Of PROTEST.
        Demo = "demo",
        /// Of PROTEST.
        Riot = "riot",
        /// Of PROTEST.
        Strike = "strike",
        /// Of PROTEST.
        Hunger = "hunger",
        /// Of PROTEST.
        Boycott = "boycott",
        /// Of PROTEST.
        Obstruct = "obstruct",
        /// Of PROTEST.
        Vandalize = "vandalize",
        /// Of SANCTION.
        Convict = "convict",
        /// Of SANCTION.
        Discontinue = "discontinue",
        /// Of MOBILIZE.
        Troops = "troops",
        /// Of MOBILIZE.
        Weapons = "weapons",
        /// Of MOBILIZE.
        Police = "police",
        /// Of MOBILIZE.
        Militia = "militia",
        /// Of COERCE.
        Seize = "seize",
        /// Of COERCE.
        Censor = "censor",
        /// Of COERCE.
        Curfew = "curfew",
        /// Of COERCE.
        MartialLaw = "martial-law",
        /// Of COERCE.
        Deport = "deport",
        /// Of COERCE.
        Withhold = "withhold",
        /// Of COERCE.
        Misinformation = "misinformation",
        /// Of COERCE.
        Cyber = "cyber",
        /// Of ASSAULT.
        Abduct = "abduct",
        /// Of ASSAULT.
        Beat = "beat",
        /// Of ASSAULT.
        Torture = "torture",
        /// Of ASSAULT.
        Sexual = "sexual",
        /// Of ASSAULT.
        Targeted = "targeted",
        /// Of ASSAULT.
        Destroy = "destroy",
        /// Of ASSAULT.
        Primitive = "primitive",
        /// Of ASSAULT.
        Firearms = "firearms",
        /// Of ASSAULT.
        Explosives = "explosives",
        /// Of ASSAULT.
        SuicideAttack = "suicide-attack",
        /// Of ASSAULT.
        Aerial = "aerial",
        /// Of ASSAULT.
        Drone = "drone",
        /// Of ASSAULT.
        HeavyWeapons = "heavy-weapons",
        /// Of ASSAULT.
        CrowdControl = "crowd-control",
        /// Of ASSAULT.
        Unconventional = "unconventional",
    }
}

names! {
    /// What an event is about.
    Context, "PLOVER context" {
        /// Military.
        Military = "military",
        /// Intelligence.
        Intelligence = "intelligence",
        /// Executive.
        Executive = "executive",
        /// Legislative.
        Legislative = "legislative",
        /// Election.
        Election = "election",
        /// Political institutions.
        PoliticalInstitutions = "political_institutions",
        /// Pro democracy.
        ProDemocracy = "pro_democracy",
        /// Pro autocracy.
        ProAutocracy = "pro_autocracy",
        /// Economic.
        Economic = "economic",
        /// Legal.
        Legal = "legal",
        /// Reparations.
        Reparations = "reparations",
        /// Human rights.
        HumanRights = "human_rights",
        /// Rights freedoms.
        RightsFreedoms = "rights_freedoms",
        /// Repression.
        Repression = "repression",
        /// Human security.
        HumanSecurity = "human_security",
        /// Gender.
        Gender = "gender",
        /// Lgbt.
        Lgbt = "lgbt",
        /// Religion ethnicity.
        ReligionEthnicity = "religion_ethnicity",
        /// Inequality.
        Inequality = "inequality",
        /// Diplomatic.
        Diplomatic = "diplomatic",
        /// Territory.
        Territory = "territory",
        /// Peacekeeping.
        Peacekeeping = "peacekeeping",
        /// Health.
        Health = "health",
        /// Asylum.
        Asylum = "asylum",
        /// Migration.
        Migration = "migration",
        /// Disasters.
        Disasters = "disasters",
        /// Natural resource.
        NaturalResource = "natural_resource",
        /// Environment.
        Environment = "environment",
        /// Technology.
        Technology = "technology",
        /// Terrorism.
        Terrorism = "terrorism",
        /// Cbrn.
        Cbrn = "cbrn",
        /// Cyber.
        Cyber = "cyber",
        /// Misinformation.
        Misinformation = "misinformation",
        /// Crime.
        Crime = "crime",
        /// Corruption.
        Corruption = "corruption",
        /// Illegal drugs.
        IllegalDrugs = "illegal_drugs",
        /// Trafficking.
        Trafficking = "trafficking",
    }
}

names! {
    /// Part of society that a party belongs to.
    Sector, "PLOVER sector" {
        /// Government, executive, and a state addressed as such.
        Gov = "GOV",
        /// Armed forces.
        Mil = "MIL",
        /// Legislature and its members.
        Leg = "LEG",
        /// Courts, prosecutors, judges.
        Jud = "JUD",
        /// Police, gendarmes, internal security, border and prison guards.
        Cop = "COP",
        /// Intelligence services.
        Spy = "SPY",
        /// Rebels, insurgents, armed opposition, terrorist groups.
        Reb = "REB",
        /// Paramilitaries and militias beside a state.
        Prm = "PRM",
        /// Unidentified armed force.
        Uaf = "UAF",
        /// Political party, in or out of power.
        Pty = "PTY",
        /// Opposition, dissidents, activists against a government.
        Opp = "OPP",
        /// Civilians, crowds, individuals without another sector.
        Cvl = "CVL",
        /// Companies and business people.
        Bus = "BUS",
        /// Press and journalists.
        Jrn = "JRN",
        /// Workers, strikers, unions.
        Lab = "LAB",
        /// Teachers, students, schools and universities.
        Edu = "EDU",
        /// Health workers, hospitals.
        Med = "MED",
        /// Religious bodies and leaders.
        Rel = "REL",
        /// Refugees, migrants, displaced people.
        Ref = "REF",
        /// Criminals and criminal organisations.
        Crm = "CRM",
        /// Former officials and notable people out of office.
        Eli = "ELI",
        /// Civil society, non-governmental organisations, associations.
        Soc = "SOC",
        /// Proto-states: separatists who act as a government.
        Pre = "PRE",
        /// Farmers and agriculture.
        Agr = "AGR",
        /// Not known.
        Unk = "UNK",
    }
}

names! {
    /// Whether the act was done.
    Status, "event status" {
        /// Done, within the week before publication.
        Actual = "actual",
        /// Announced, not yet done.
        Future = "future",
        /// If, could, might.
        Hypothetical = "hypothetical",
        /// Did not happen.
        Negated = "negated",
        /// Background, clearly before the news of the day.
        Historical = "historical",
    }
}

names! {
    /// Quad class.
    Quad, "quad class" {
        /// Agreement, consultation, support, concession in words.
        VerbalCooperation = "verbal cooperation",
        /// Exchange, aid, withdrawal.
        MaterialCooperation = "material cooperation",
        /// Demand, accusation, refusal, threat.
        VerbalConflict = "verbal conflict",
        /// Protest, sanction, mobilisation, coercion, force.
        MaterialConflict = "material conflict",
    }
}

impl Quad {
    /// 1 to 4, as GDELT and POLECAT number the classes.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }
}

impl EventType {
    /// Its quad class.
    pub const fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => Quad::MaterialConflict,
        }
    }

    /// Its modes, in the codebook's order.
    pub const fn modes(self) -> &'static [Mode] {
        match self {
            Self::Consult => &[Mode::Visit, Mode::ThirdParty, Mode::Multilateral, Mode::Phone],
            Self::Retreat => {
                &[Mode::Withdraw, Mode::Release, Mode::Disarm, Mode::Ceasefire, Mode::Access, Mode::Resign]
            }
            Self::Request => &[Mode::Assist, Mode::Change, Mode::Yield, Mode::Meet],
            Self::Accuse => &[Mode::Disapprove, Mode::Investigate, Mode::Allege],
            Self::Reject => &[Mode::Assist, Mode::Change, Mode::Yield, Mode::Meet],
            Self::Threaten => {
                &[Mode::Restrict, Mode::Arrest, Mode::Relations, Mode::Expel, Mode::Territory, Mode::Violence]
            }
            Self::Protest => {
                &[Mode::Demo, Mode::Riot, Mode::Strike, Mode::Hunger, Mode::Boycott, Mode::Obstruct, Mode::Vandalize]
            }
            Self::Sanction => &[Mode::Convict, Mode::Expel, Mode::Withdraw, Mode::Discontinue],
            Self::Mobilize => &[Mode::Troops, Mode::Weapons, Mode::Police, Mode::Militia],
            Self::Coerce => &[
                Mode::Seize,
                Mode::Restrict,
                Mode::Censor,
                Mode::Curfew,
                Mode::MartialLaw,
                Mode::Arrest,
                Mode::Deport,
                Mode::Withhold,
                Mode::Misinformation,
                Mode::Cyber,
            ],
            Self::Assault => &[
                Mode::Abduct,
                Mode::Beat,
                Mode::Torture,
                Mode::Sexual,
                Mode::Targeted,
                Mode::Destroy,
                Mode::Primitive,
                Mode::Firearms,
                Mode::Explosives,
                Mode::SuicideAttack,
                Mode::Aerial,
                Mode::Drone,
                Mode::HeavyWeapons,
                Mode::CrowdControl,
                Mode::Unconventional,
            ],
            Self::Agree | Self::Support | Self::Concede | Self::Cooperate | Self::Aid => &[],
        }
    }

    /// Whether both sides of it may be actors together.
    pub const fn may_be_mutual(self) -> bool {
        matches!(self, Self::Consult | Self::Agree | Self::Cooperate | Self::Assault)
    }

    /// PLOVER score of the type alone, −10 to 10 (codebook, "PLOVER conflict–cooperation scores"). The table prints
    /// ACCUSE as 3; its modes and its place among verbal conflict show that −3 is meant.
    pub const fn score(self) -> f32 {
        match self {
            Self::Agree => 2e+00,
            Self::Consult => 2e+00,
            Self::Support => 5e+00,
            Self::Concede => 4e+00,
            Self::Cooperate => 1e+01,
            Self::Aid => 1e+01,
            Self::Retreat => 6e+00,
            Self::Request => 0e+00,
            Self::Accuse => -3e+00,
            Self::Reject => -2e+00,
            Self::Threaten => -4e+00,
            Self::Protest => -5e+00,
            Self::Sanction => -6e+00,
            Self::Mobilize => -6e+00,
            Self::Coerce => -7e+00,
            Self::Assault => -9e+00,
        }
    }

    /// PLOVER score of the type in a mode; the type's own where the table has none.
    pub const fn score_in(self, mode: Mode) -> f32 {
        match (self, mode) {
            (Self::Assault, Mode::Unconventional) => -1e+01,
            (Self::Assault, Mode::Targeted)
            | (Self::Assault, Mode::SuicideAttack)
            | (Self::Assault, Mode::Aerial)
            | (Self::Assault, Mode::Drone)
            | (Self::Assault, Mode::HeavyWeapons) => -1e+01,
            (Self::Assault, Mode::Firearms) | (Self::Assault, Mode::Explosives) => -9e+00,
            (Self::Assault, Mode::Abduct)
            | (Self::Assault, Mode::Torture)
            | (Self::Assault, Mode::Sexual)
            | (Self::Assault, Mode::Destroy) => -8e+00,
            (Self::Assault, Mode::Primitive) => -8e+00,
            (Self::Coerce, Mode::MartialLaw) | (Self::Assault, Mode::Beat) | (Self::Assault, Mode::CrowdControl) => {
                -8e+00
            }
            (Self::Coerce, Mode::Seize)
            | (Self::Coerce, Mode::Restrict)
            | (Self::Coerce, Mode::Arrest)
            | (Self::Coerce, Mode::Deport)
            | (Self::Coerce, Mode::Withhold)
            | (Self::Coerce, Mode::Cyber)
            | (Self::Protest, Mode::Riot) => -7e+00,
            (Self::Coerce, Mode::Censor)
            | (Self::Coerce, Mode::Curfew)
            | (Self::Coerce, Mode::Misinformation)
            | (Self::Mobilize, Mode::Troops)
            | (Self::Mobilize, Mode::Weapons) => -6e+00,
            (Self::Sanction, Mode::Convict)
            | (Self::Sanction, Mode::Withdraw)
            | (Self::Sanction, Mode::Discontinue)
            | (Self::Mobilize, Mode::Militia) => -6e+00,
            (Self::Sanction, Mode::Expel) | (Self::Mobilize, Mode::Police) => -6e+00,
            (Self::Protest, Mode::Demo) | (Self::Protest, Mode::Strike) => -5e+00,
            (Self::Protest, Mode::Hunger) | (Self::Protest, Mode::Boycott) | (Self::Protest, Mode::Obstruct) => -4e+00,
            (Self::Threaten, Mode::Territory) => -4e+00,
            (Self::Threaten, Mode::Arrest)
            | (Self::Threaten, Mode::Relations)
            | (Self::Threaten, Mode::Expel)
            | (Self::Threaten, Mode::Violence)
            | (Self::Accuse, Mode::Investigate)
            | (Self::Accuse, Mode::Allege) => -4e+00,
            (Self::Threaten, Mode::Restrict) => -3e+00,
            (Self::Reject, Mode::Change)
            | (Self::Reject, Mode::Yield)
            | (Self::Reject, Mode::Meet)
            | (Self::Accuse, Mode::Disapprove) => -2e+00,
            (Self::Reject, Mode::Assist) => -2e+00,
            (Self::Request, Mode::Change) | (Self::Request, Mode::Yield) => -1e+00,
            (Self::Request, Mode::Meet) => 0e+00,
            (Self::Request, Mode::Assist) => 0.5,
            (Self::Consult, Mode::ThirdParty) => 1e+00,
            (Self::Consult, Mode::Phone) => 2e+00,
            (Self::Consult, Mode::Visit) | (Self::Consult, Mode::Multilateral) => 4e+00,
            (Self::Retreat, Mode::Resign) => 4e+00,
            (Self::Retreat, Mode::Release) | (Self::Retreat, Mode::Access) => 6e+00,
            (Self::Retreat, Mode::Ceasefire) => 8e+00,
            (Self::Retreat, Mode::Withdraw) => 8e+00,
            (Self::Retreat, Mode::Disarm) => 1e+01,
            _ => self.score(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for &event in EventType::ALL {
            assert_eq!(event.name().parse(), Ok(event));
        }
        for &mode in Mode::ALL {
            assert_eq!(mode.name().parse(), Ok(mode));
            assert!(EventType::ALL.iter().any(|t| t.modes().contains(&mode)), "{mode} belongs to no type");
        }
        for &context in Context::ALL {
            assert_eq!(context.name().parse(), Ok(context));
        }
        assert_eq!(Context::ALL.len(), 37);
        assert_eq!(EventType::ALL.len(), 16);
    }

    #[test]
    fn scores_lie_on_the_side_of_their_quad() {
        for &event in EventType::ALL {
            let conflict = event.quad().number() > 2;
            assert!(if conflict { event.score() <= 0.0 } else { event.score() > 0.0 }, "{event}");
        }
    }
}
