//! Three-letter codes of states and of the bodies that stand beside them.

use std::{fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// ISO 3166 alpha-3 of a state, or one of PLOVER's codes for what is no state: `UNO` United Nations, `EUR` European
/// Union, `IGO` other intergovernmental body, `NGO`, `MNC`, `IMG` transnational armed group; `XKX` is Kosovo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// United Nations and its agencies.
    pub const UNO: Self = Self(*b"UNO");
    /// European Union and its organs.
    pub const EUR: Self = Self(*b"EUR");
    /// Any other intergovernmental organisation.
    pub const IGO: Self = Self(*b"IGO");
    /// International non-governmental organisation.
    pub const NGO: Self = Self(*b"NGO");
    /// Multinational company.
    pub const MNC: Self = Self(*b"MNC");
    /// Transnational armed group.
    pub const IMG: Self = Self(*b"IMG");

    /// From three ASCII capitals; `None` for anything else. It does not check that such a state exists.
    pub const fn new(code: &str) -> Option<Self> {
        let b = code.as_bytes();
        if b.len() == 3 && b[0].is_ascii_uppercase() && b[1].is_ascii_uppercase() && b[2].is_ascii_uppercase() {
            Some(Self([b[0], b[1], b[2]]))
        } else {
            None
        }
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Whether the code stands for a state rather than a body or group.
    pub fn is_state(self) -> bool {
        ![Self::UNO, Self::EUR, Self::IGO, Self::NGO, Self::MNC, Self::IMG].contains(&self)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Country {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        Self::new(code).ok_or_else(|| format!("`{code}` is no three-letter country code"))
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Country {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Country".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[A-Z]{3}$",
            "description": "ISO 3166 alpha-3, or UNO, EUR, IGO, NGO, MNC, IMG, XKX"
        })
    }
}
