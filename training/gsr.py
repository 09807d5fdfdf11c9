#!/usr/bin/env python3
"""Hold coded events against PLOVER's gold records, which were made from the example sentences of the CAMEO manual.

    gsr.py RECORDS.json --articles OUT.jsonl          # the records as articles for `depeche code`
    gsr.py RECORDS.json --coded CODED.jsonl [--errors]

The records have the types of PLOVER 0.5: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT is ASSAULT today. A record's
type is right where one of the sentence's events has it; its countries are right where such an event has those that the record
names on either side (both sides together where the act may be mutual; a side that the record leaves open may hold anything).
`IGO` of the records covers UNO, EUR, IGO and NGO. The records' day is a place-holder, so the articles have none. Standard
library only.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

TODAY = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
MUTUAL = {"CONSULT", "AGREE", "COOPERATE", "ASSAULT"}
# Codes that are no ISO 3166 alpha-3.
MISSPELT = {"ITL": "ITA", "JAP": "JPN", "VTN": "VNM"}
BODIES = {"UNO", "EUR", "IGO", "NGO"}


def side(entities: object) -> frozenset[str]:
    """Countries of a side of a record; a side told only as text is open."""
    if not isinstance(entities, list):
        return frozenset()
    codes = [(e.get("code") or "")[:3] for e in entities if isinstance(e, dict)]
    return frozenset("IGO" if c in BODIES else MISSPELT.get(c, c) for c in codes if c)


def coded(entities: list[dict]) -> frozenset[str]:
    codes = [e.get("country") or "?" for e in entities]
    return frozenset("IGO" if c in BODIES else c for c in codes)


def agrees(record: dict, event: dict) -> bool:
    """Whether an event has the countries of a record."""
    ra, rr = side(record.get("source")), side(record.get("target"))
    ea, er = coded(event["actors"]), coded(event["recipients"])
    if event["type"] in MUTUAL and (ra | rr) == (ea | er):
        return True
    return (not ra or ra == ea) and (not rr or rr == er)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--coded", type=Path)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    records = json.loads(args.records.read_text(encoding="utf-8"))
    if args.articles:
        articles = [{"id": r["id"], "lang": "en", "title": "", "text": r["text"].strip(" {}")} for r in records]
        args.articles.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
        return
    events = {a["id"]: a["events"] for a in map(json.loads, args.coded.read_text(encoding="utf-8").splitlines())}
    count: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    for record in records:
        wanted = TODAY.get(record["event"], record["event"])
        found = events.get(record["id"], [])
        same = [e for e in found if e["type"] == wanted]
        both = any(agrees(record, e) for e in same)
        for row in (wanted, "all"):
            count[row]["records"] += 1
            count[row]["type"] += bool(same)
            count[row]["both"] += both
        if args.errors and not both:
            sides = f"{sorted(side(record.get('source')))} > {sorted(side(record.get('target')))}"
            print(f"{'sides' if same else 'type '} {record['id']} {wanted} {sides}: {record['text']}")
            for e in found:
                print(f"      {e['type']} {sorted(coded(e['actors']))} > {sorted(coded(e['recipients']))} {e['rule']}")
    print(f"{'':<10} records  type right  countries right of those")
    for row, c in sorted(count.items(), key=lambda item: (item[0] == "all", item[0])):
        print(f"{row:<10} {c['records']:7}  {c['type'] / c['records']:10.3f}  {c['both'] / max(1, c['type']):.3f}")


if __name__ == "__main__":
    main()
