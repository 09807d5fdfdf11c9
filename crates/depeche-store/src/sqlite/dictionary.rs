//! Names that come again and again, kept once: what a writer remembers of their numbers.

use depeche_model::{Attribution, Entity, Place};
use rusqlite::{Connection, OptionalExtension as _, params};
use rustc_hash::FxHashMap;

use crate::fold;

/// Names remembered in each dictionary; beyond, all are forgotten and asked anew.
const MAX: usize = 200_000;

/// Numbers of names, as far as this process has seen them.
#[derive(Debug, Default)]
pub(super) struct Dictionaries {
    publishers: FxHashMap<String, i64>,
    parties: FxHashMap<PartyKey, i64>,
    places: FxHashMap<String, i64>,
    citations: FxHashMap<String, i64>,
}

type PartyKey = (String, Option<depeche_model::Country>, depeche_model::Sector, Option<String>, Option<String>);

impl Dictionaries {
    /// Forgets everything: after a transaction that failed, what it had written is not there.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) fn publisher(&mut self, connection: &Connection, name: &str) -> rusqlite::Result<i64> {
        if let Some(pk) = self.publishers.get(name) {
            return Ok(*pk);
        }
        let find = "SELECT pk FROM publishers WHERE name = ?1";
        let found = connection.prepare_cached(find)?.query_row([name], |row| row.get(0)).optional()?;
        let pk = if let Some(pk) = found {
            pk
        } else {
            let make = "INSERT INTO publishers (name, key) VALUES (?1, ?2)";
            connection.prepare_cached(make)?.insert([name, &fold::key(name)])?
        };
        Ok(remember(&mut self.publishers, name.to_owned(), pk))
    }

    pub(super) fn party(&mut self, connection: &Connection, entity: &Entity) -> rusqlite::Result<i64> {
        let Entity { text, country, sector, name, wikidata, .. } = entity;
        let key = (text.clone(), *country, *sector, name.clone(), wikidata.clone());
        if let Some(pk) = self.parties.get(&key) {
            return Ok(*pk);
        }
        let country = country.map(|c| c.to_string());
        let values = params![text, country, sector.name(), name, wikidata];
        let find = "SELECT pk FROM parties WHERE text = ?1 AND country IS ?2 AND sector = ?3 AND name IS ?4 AND wikidata IS ?5";
        let found = connection.prepare_cached(find)?.query_row(values, |row| row.get(0)).optional()?;
        let pk = if let Some(pk) = found {
            pk
        } else {
            let make =
                "INSERT INTO parties (text, country, sector, name, wikidata, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let folded = fold::key(name.as_ref().unwrap_or(text));
            connection.prepare_cached(make)?.insert(params![text, country, sector.name(), name, wikidata, folded])?
        };
        Ok(remember(&mut self.parties, key, pk))
    }

    pub(super) fn place(&mut self, connection: &Connection, place: &Place) -> rusqlite::Result<i64> {
        let Place { text, country, region, lat, lon, geonameid } = place;
        let key = format!("{text}\n{country:?}\n{region:?}\n{lat:?}\n{lon:?}\n{geonameid:?}");
        if let Some(pk) = self.places.get(&key) {
            return Ok(*pk);
        }
        let country = country.map(|c| c.to_string());
        let find = "SELECT pk FROM places WHERE text = ?1 AND country IS ?2 AND region IS ?3 AND lat IS ?4 AND lon IS ?5 AND geonameid IS ?6";
        let values = params![text, country, region, lat, lon, geonameid];
        let found = connection.prepare_cached(find)?.query_row(values, |row| row.get(0)).optional()?;
        let pk = if let Some(pk) = found {
            pk
        } else {
            let make = "INSERT INTO places (text, country, region, lat, lon, geonameid, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let values = params![text, country, region, lat, lon, geonameid, fold::key(text)];
            connection.prepare_cached(make)?.insert(values)?
        };
        Ok(remember(&mut self.places, key, pk))
    }

    pub(super) fn citation(&mut self, connection: &Connection, by: &Attribution) -> rusqlite::Result<i64> {
        let key = format!("{}\n{:?}", by.text, by.country);
        if let Some(pk) = self.citations.get(&key) {
            return Ok(*pk);
        }
        let country = by.country.map(|c| c.to_string());
        let find = "SELECT pk FROM citations WHERE text = ?1 AND country IS ?2";
        let found =
            connection.prepare_cached(find)?.query_row(params![by.text, country], |row| row.get(0)).optional()?;
        let pk = if let Some(pk) = found {
            pk
        } else {
            let make = "INSERT INTO citations (text, country, key) VALUES (?1, ?2, ?3)";
            connection.prepare_cached(make)?.insert(params![by.text, country, fold::key(&by.text)])?
        };
        Ok(remember(&mut self.citations, key, pk))
    }
}

fn remember<K: std::hash::Hash + Eq>(known: &mut FxHashMap<K, i64>, key: K, pk: i64) -> i64 {
    if known.len() >= MAX {
        known.clear();
    }
    known.insert(key, pk);
    pk
}
