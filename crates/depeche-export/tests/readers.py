"""Reads every format with the readers that people use, pandas and DuckDB, and holds types, counts and values against the JSON lines.

    python readers.py FOLDER

FOLDER holds one file a format, as `readers.rs` writes them: jsonl.jsonl, parquet.parquet, csv.csv, polecat.txt, icews.tab,
gdelt.export.CSV, gdelt-mentions.mentions.CSV, plover.jsonl. Prints a line a format; where a package is absent, it says so and goes on.
"""

import csv
import json
import sys
from pathlib import Path

try:
    import pandas
except ImportError:
    print("skipped: no pandas in this Python (pip install pandas pyarrow duckdb)")
    sys.exit(0)

FOLDER = Path(sys.argv[1])
ARTICLES = [json.loads(line) for line in (FOLDER / "jsonl.jsonl").read_text(encoding="utf-8").splitlines()]
EVENTS = [event for article in ARTICLES for event in article["events"]]
DONE = [event for event in EVENTS if event["status"] in ("actual", "historical")]


def tell(name, rows):
    print(f"read {name}: {rows} rows")


def first_day(event):
    return event["date"] and event["date"]["start"]


def days(column):
    """A column of days as ISO text, None where empty."""
    return [None if pandas.isna(day) else str(day)[:10] for day in column]


def json_lines():
    frame = pandas.read_json(FOLDER / "jsonl.jsonl", lines=True)
    assert list(frame["id"]) == [article["id"] for article in ARTICLES]
    assert sum(map(len, frame["events"])) == len(EVENTS)
    tell("jsonl", len(frame))


def table():
    frame = pandas.read_csv(FOLDER / "csv.csv", dtype={"cameo": str})
    assert len(frame) == len(EVENTS)
    assert list(frame["event"]) == [event["id"] for event in EVENTS]
    assert list(frame["cameo"]) == [event["cameo"] for event in EVENTS]
    assert list(frame["evidence"]) == [event["evidence"] for event in EVENTS]
    assert list(frame["confidence"]) == [event["confidence"] for event in EVENTS]
    assert days(frame["date_start"]) == [first_day(event) for event in EVENTS]
    for name in ("lat", "lon", "goldstein", "size_min"):
        assert frame[name].dtype == "float64", name
    tell("csv", len(frame))


def parquet():
    try:
        frame = pandas.read_parquet(FOLDER / "parquet.parquet")
    except ImportError:
        print("skipped: parquet with pandas (no pyarrow)")
        return
    assert len(frame) == len(EVENTS)
    assert days(frame["date_start"]) == [first_day(event) for event in EVENTS]
    for row, event in zip(frame.itertuples(), EVENTS):
        assert row.event == event["id"] and row.type == event["type"]
        assert [side["country"] for side in row.actors] == [side["country"] for side in event["actors"]]
        assert (row.place is None) == (event["place"] is None)
    tell("parquet with pandas", len(frame))


def duck():
    try:
        import duckdb
    except ImportError:
        print("skipped: parquet with DuckDB (no duckdb)")
        return
    path = str(FOLDER / "parquet.parquet")
    kinds = dict((row[0], row[1]) for row in duckdb.execute(f"describe select * from '{path}'").fetchall())
    assert kinds["date_start"] == "DATE" and kinds["quad"] == "TINYINT" and kinds["confidence"] == "DOUBLE", kinds
    assert kinds["actors"].startswith("STRUCT(") and kinds["actors"].endswith("[]"), kinds["actors"]
    query = f"select actor.country, count(*) from (select unnest(actors) as actor from '{path}') group by all"
    counted = dict(duckdb.execute(query).fetchall())
    expected = {}
    for event in EVENTS:
        for side in event["actors"]:
            expected[side["country"]] = expected.get(side["country"], 0) + 1
    assert counted == expected, (counted, expected)
    tell("parquet with DuckDB", sum(counted.values()))


def polecat():
    path = FOLDER / "polecat.txt"
    frame = pandas.read_csv(path, sep="\t", na_values="None", quoting=csv.QUOTE_NONE)
    assert frame.shape == (len(DONE), 40)
    assert days(frame["Event Date"]) == [first_day(event) for event in DONE]
    assert list(frame["Event Type"]) == [event["type"] for event in DONE]
    assert set(frame["Quad Code"]) <= {f"{a} {b}" for a in ("VERBAL", "MATERIAL") for b in ("COOPERATION", "CONFLICT")}
    assert frame["Latitude"].dtype == "float64" and frame["Intensity"].between(-10, 10).all()
    # The loaders that are about read it with csv.reader's default quotes.
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    assert len(rows) == len(DONE) + 1 and all(len(row) == 40 for row in rows)
    for row, event in zip(rows[1:], DONE):
        assert row[0].split("_")[0] == event["id"].split("#")[0]
        assert len(row[7].split("; ")) == max(1, len(event["actors"])) == len(row[9].split("; "))
    tell("polecat", len(frame))


def icews():
    frame = pandas.read_csv(FOLDER / "icews.tab", sep="\t", quoting=csv.QUOTE_NONE, dtype={"CAMEO Code": str})
    assert frame.shape[1] == 20 and frame["Event ID"].dtype == "int64"
    assert frame["Event ID"].is_unique and (frame["Event ID"] < 2**53).all()
    assert list(dict.fromkeys(frame["CAMEO Code"])) == list(dict.fromkeys(event["cameo"] for event in DONE))
    assert frame["Sentence Number"].isna().all() and frame["Intensity"].between(-10, 10).all()
    tell("icews", len(frame))


def gdelt():
    codes = {26: str, 27: str, 28: str}
    frame = pandas.read_csv(FOLDER / "gdelt.export.CSV", sep="\t", header=None, quoting=csv.QUOTE_NONE, dtype=codes)
    assert frame.shape[1] == 61 and frame[0].is_unique
    dated = frame.dropna(subset=[1])
    assert (dated[1] // 100 == dated[2]).all() and (dated[1] // 10000 == dated[3]).all()
    assert (dated[4].astype(int) == dated[3]).all()
    assert frame[29].isin([1, 2, 3, 4]).all() and frame[51].dropna().isin([1, 3, 4]).all()
    assert all(code.startswith(base) and base.startswith(root) for code, base, root in zip(frame[26], frame[27], frame[28]))
    assert frame[34].isna().all() and frame[59].isna().all()
    tell("gdelt", len(frame))
    path = FOLDER / "gdelt-mentions.mentions.CSV"
    mentions = pandas.read_csv(path, sep="\t", header=None, quoting=csv.QUOTE_NONE)
    assert mentions.shape[1] == 16 and list(mentions[0]) == list(frame[0])
    assert mentions[11].between(0, 100).all() and (mentions[5] == frame[60]).all()
    tell("gdelt-mentions", len(mentions))


def plover():
    frame = pandas.read_json(FOLDER / "plover.jsonl", lines=True)
    assert list(frame["id"]) == [event["id"] for event in EVENTS]
    assert [names[0] for names in frame["event"]] == [event["type"] for event in EVENTS]
    assert frame["quad_code"].isin([1, 2, 3, 4]).all()
    negated = ["negation" in names for names in frame["context"]]
    assert negated == [event["status"] == "negated" for event in EVENTS]
    tell("plover", len(frame))


for read in (json_lines, table, parquet, duck, polecat, icews, gdelt, plover):
    read()
