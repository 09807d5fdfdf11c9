//! Reading the sums between countries.
//!
//! A month, a year and all time have sums of their own. A dyad's months are found by its years; a stretch of months is made of as few
//! periods as cover it.

use std::collections::BTreeMap;

use depeche_model::Country;
use rusqlite::{Connection, Result, Row, params, params_from_iter, types::Value};

use super::row;
use crate::archive::{Counts, Dyad, Month, Months, Unit};

fn counts(row: &Row<'_>, at: usize) -> Result<Counts> {
    let number = |n| row.get::<_, i64>(at + n);
    Ok(Counts {
        quads: [number(0)?, number(1)?, number(2)?, number(3)?],
        undone: number(4)?,
        goldstein_tenths: number(5)?,
    })
}

/// The months in which something passed between two countries.
pub(super) fn timeline(
    connection: &Connection,
    a: Country,
    b: Country,
    months: &Months,
    unit: Unit,
) -> Result<Vec<Month>> {
    let mut out: BTreeMap<String, Month> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT mutual, vc, mc, vx, mx, undone, goldstein FROM dyads WHERE unit = ?1 AND period = ?2 AND actor = ?3 AND recipient = ?4",
    )?;
    for (actor, recipient) in [(a, b), (b, a)].into_iter().take(if a == b { 1 } else { 2 }) {
        for period in periods(connection, unit, actor, recipient)?.into_iter().filter(|period| months.contains(period))
        {
            let mut rows = statement.query(params![unit as i64, period, actor.as_str(), recipient.as_str()])?;
            while let Some(row) = rows.next()? {
                let month = out.entry(period.clone()).or_default();
                month.month.clone_from(&period);
                let place = match (row.get(0)?, actor == a) {
                    (true, _) => &mut month.mutual,
                    (false, true) => &mut month.forth,
                    (false, false) => &mut month.back,
                };
                *place = place.plus(&counts(row, 1)?);
            }
        }
    }
    Ok(out.into_values().collect())
}

/// The months of the years in which one did something to the other.
fn periods(connection: &Connection, unit: Unit, actor: Country, recipient: Country) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM dyads WHERE unit = ?1 AND period = ?2 AND actor = ?3 AND recipient = ?4)",
    )?;
    let mut out = Vec::new();
    for year in years(connection, unit)? {
        if statement.query_row(params![unit as i64, year, actor.as_str(), recipient.as_str()], |row| row.get(0))? {
            out.extend((1..=12).map(|month| format!("{year}-{month:02}")));
        }
    }
    Ok(out)
}

/// The years that have sums, in order.
fn years(connection: &Connection, unit: Unit) -> Result<Vec<String>> {
    let mut next = connection.prepare_cached("SELECT min(period) FROM dyads WHERE unit = ?1 AND period > ?2")?;
    let (mut out, mut after) = (Vec::new(), String::new());
    while let Some(period) = next.query_row(params![unit as i64, after], |row| row.get::<_, Option<String>>(0))? {
        out.push(period[..4].to_owned());
        after = format!("{}~", &period[..4]);
    }
    Ok(out)
}

/// The pairs with the most done acts.
pub(super) fn dyads(
    connection: &Connection,
    months: &Months,
    unit: Unit,
    domestic: bool,
    top: usize,
) -> Result<Vec<Dyad>> {
    let periods = cover(months, &years(connection, unit)?);
    let marks = vec!["?"; periods.len()].join(", ");
    let mut statement = connection.prepare(&format!(
        "SELECT min(actor, recipient) AS a, max(actor, recipient) AS b, sum(vc), sum(mc), sum(vx), sum(mx), sum(undone), sum(goldstein)
         FROM dyads WHERE unit = ? AND period IN ({marks}) AND (? OR actor <> recipient) GROUP BY 1, 2
         ORDER BY sum(vc + mc + vx + mx) DESC, a, b LIMIT ?"
    ))?;
    let top = i64::try_from(top).unwrap_or(i64::MAX);
    let mut values: Vec<Value> = vec![Value::from(unit as i64)];
    values.extend(periods.into_iter().map(Value::from));
    values.extend([Value::from(domestic), Value::from(top)]);
    let rows = statement.query_map(params_from_iter(values), |row| {
        Ok(Dyad { a: row::parsed(row, 0)?, b: row::parsed(row, 1)?, counts: counts(row, 2)? })
    })?;
    rows.collect()
}

/// The fewest periods that make up a stretch of months: all time, whole years, and the months that are left.
fn cover(months: &Months, years: &[String]) -> Vec<String> {
    if *months == Months::default() {
        return vec![String::new()];
    }
    let mut out = Vec::new();
    for year in years {
        let all: Vec<String> = (1..=12).map(|month| format!("{year}-{month:02}")).collect();
        let within: Vec<String> = all.into_iter().filter(|month| months.contains(month)).collect();
        if within.len() == 12 { out.push(year.clone()) } else { out.extend(within) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_months_is_covered_by_few_periods() {
        let of = |from: &str, to: &str| {
            let month = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            cover(
                &Months { from: month(from), to: month(to) },
                &["2022".to_owned(), "2023".to_owned(), "2024".to_owned()],
            )
        };
        assert_eq!(of("", ""), [""]);
        assert_eq!(of("2022-11", "2024-01"), ["2022-11", "2022-12", "2023", "2024-01"]);
        assert_eq!(of("2024-02", "2024-01"), Vec::<String>::new());
    }
}
