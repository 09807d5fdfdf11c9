//! The sums between countries, by month, by year and in all: what a transaction adds and takes away, written when it ends.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use super::row;
use crate::{
    archive::{Counts, Unit},
    pairs::{Act, Pair},
};

/// What a transaction changes.
#[derive(Debug, Default)]
pub(super) struct Changes(FxHashMap<(Unit, Pair, String), Counts>);

impl Changes {
    /// An act came.
    pub(super) fn add(&mut self, unit: Unit, act: Option<Act>) {
        self.change(unit, act, 1);
    }

    /// An act went.
    pub(super) fn take(&mut self, unit: Unit, act: Option<Act>) {
        self.change(unit, act, -1);
    }

    fn change(&mut self, unit: Unit, act: Option<Act>, sign: i64) {
        let Some(act) = act else { return };
        for (pair, period) in act.pairs.iter().flat_map(|pair| [0, 4, 7].map(|length| (*pair, &act.month[..length]))) {
            let sum = self.0.entry((unit, pair, period.to_owned())).or_default();
            for (sum, more) in sum.quads.iter_mut().zip(act.counts.quads) {
                *sum += sign * more;
            }
            sum.undone += sign * act.counts.undone;
            sum.goldstein_tenths += sign * act.counts.goldstein_tenths;
        }
    }

    /// Writes them; sums that come to nothing go.
    pub(super) fn write(self, connection: &Connection) -> rusqlite::Result<()> {
        let mut write = connection.prepare_cached(
            "INSERT INTO dyads (unit, period, actor, recipient, mutual, vc, mc, vx, mx, undone, goldstein)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT DO UPDATE SET vc = vc + excluded.vc, mc = mc + excluded.mc, vx = vx + excluded.vx, mx = mx + excluded.mx,
             undone = undone + excluded.undone, goldstein = goldstein + excluded.goldstein",
        )?;
        let mut clear = connection.prepare_cached(
            "DELETE FROM dyads WHERE unit = ?1 AND period = ?2 AND actor = ?3 AND recipient = ?4 AND mutual = ?5
             AND vc = 0 AND mc = 0 AND vx = 0 AND mx = 0 AND undone = 0",
        )?;
        for ((unit, pair, period), counts) in self.0 {
            if counts == Counts::default() {
                continue;
            }
            let (actor, recipient) = (pair.actor.to_string(), pair.recipient.to_string());
            let [vc, mc, vx, mx] = counts.quads;
            let unit = unit as i64;
            write.execute(params![
                unit,
                period,
                actor,
                recipient,
                pair.mutual,
                vc,
                mc,
                vx,
                mx,
                counts.undone,
                counts.goldstein_tenths
            ])?;
            if counts.quads.iter().any(|n| *n < 0) || counts.undone < 0 {
                clear.execute(params![unit, period, actor, recipient, pair.mutual])?;
            }
        }
        Ok(())
    }
}

impl Changes {
    /// Whether the sums that are kept are these and no others.
    pub(super) fn are(mut self, connection: &Connection) -> rusqlite::Result<bool> {
        self.0.retain(|_, counts| *counts != Counts::default());
        let mut statement = connection
            .prepare("SELECT unit, actor, recipient, period, mutual, vc, mc, vx, mx, undone, goldstein FROM dyads")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let unit = if row.get::<_, i64>(0)? == Unit::Report as i64 { Unit::Report } else { Unit::Record };
            let pair = Pair { actor: row::parsed(row, 1)?, recipient: row::parsed(row, 2)?, mutual: row.get(4)? };
            let number = |n| row.get::<_, i64>(n);
            let kept = Counts {
                quads: [number(5)?, number(6)?, number(7)?, number(8)?],
                undone: number(9)?,
                goldstein_tenths: number(10)?,
            };
            if self.0.remove(&(unit, pair, row.get(3)?)) != Some(kept) {
                return Ok(false);
            }
        }
        Ok(self.0.is_empty())
    }
}
