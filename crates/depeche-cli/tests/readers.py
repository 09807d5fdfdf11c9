"""Runs what docs/store.md tells users of Python and DuckDB to run, on a store, and reads every listing that was written as Parquet.

    python readers.py FOLDER

FOLDER holds `depeche.store`, the exports `events.parquet` and `records.parquet`, and `listing-*.parquet`; the snippets of the page lie in
`snippet.py`, `attached.sql` and `exported.sql`. Prints a line for each that was read; where a package is absent, it says so and goes on.
"""

import glob
import os
import sqlite3
import sys

os.chdir(sys.argv[1])
STORE = sqlite3.connect("file:depeche.store/depeche.sqlite?mode=ro", uri=True)


def count(query):
    return STORE.execute(query).fetchone()[0]


def views():
    for view in ("v_articles", "v_events", "v_parties", "v_records", "v_dyad_months"):
        rows = count(f"SELECT count(*) FROM {view}")
        assert rows > 0, view
        print(f"read {view} with sqlite3: {rows} rows")


def with_pandas():
    try:
        import pandas
    except ImportError:
        print("skipped: pandas (pip install pandas pyarrow)")
        return
    names = {}
    exec(open("snippet.py", encoding="utf-8").read(), names)
    events = names["events"]
    assert len(events) == count("SELECT count(*) FROM v_events WHERE type = 'AID'") > 0
    assert events["start"].dtype.kind == "M" and events["goldstein"].dtype.kind == "f", events.dtypes
    print(f"read v_events with pandas: {len(events)} rows")
    try:
        records = pandas.read_parquet("records.parquet")
    except ImportError:
        print("skipped: Parquet with pandas (no pyarrow)")
        return
    assert len(records) == count("SELECT count(*) FROM v_records")
    assert sum(len(reports) for reports in records["reports"]) == count("SELECT sum(reports) FROM v_records")
    for name in sorted(glob.glob("listing-*.parquet")):
        frame = pandas.read_parquet(name)
        assert len(frame) > 0, name
        print(f"read {name} with pandas: {len(frame)} rows, {' '.join(frame.columns)}")


def statements(name):
    text = open(name, encoding="utf-8").read()
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [one.strip() for one in "\n".join(lines).split(";") if one.strip()]


def loaded(connection):
    """Loads DuckDB's sqlite extension, installed or out of the wheel `duckdb-ext-sqlite`; says whether it is there."""
    wheels = [f"{folder}/duckdb_ext/extensions/*/*/sqlite_scanner.duckdb_extension" for folder in sys.path]
    for name in ["sqlite", *(f"'{found}'" for wheel in wheels for found in glob.glob(wheel))]:
        try:
            connection.execute(f"LOAD {name}")
            return True
        except Exception:
            continue
    return False


def with_duckdb():
    try:
        import duckdb
    except ImportError:
        print("skipped: DuckDB (pip install duckdb)")
        return
    for one in statements("exported.sql"):
        rows = duckdb.execute(one).fetchall()
    assert rows, "exported.sql"
    acts = duckdb.execute("SELECT count(*), sum(len(reports)) FROM 'records.parquet'").fetchone()
    assert acts == STORE.execute("SELECT count(*), sum(reports) FROM v_records").fetchone()
    told = duckdb.execute("SELECT count(*) FROM 'events.parquet'").fetchone()[0]
    assert told == count("SELECT count(*) FROM v_events")
    print(f"read records.parquet with DuckDB: {acts[0]} rows")
    connection = duckdb.connect()
    if not loaded(connection):
        print("skipped: the store attached to DuckDB (its sqlite extension is not installed, and a test installs nothing)")
        return
    for one in statements("attached.sql"):
        if not one.startswith(("INSTALL", "LOAD")):
            rows = connection.execute(one).fetchall()
    assert rows, "attached.sql"
    print(f"read v_dyad_months with DuckDB, attached: {len(rows)} rows")


views()
with_pandas()
with_duckdb()
