"""A corpus of real news to measure speed on, as JSON lines: never committed, made anew from `../shared/data`.

    python bench/corpus.py DATA OUT.jsonl [--articles 100000] [--lang fr|en]

French is WiNER-fr (Wikinews), English is GUM (its news, interviews, speeches and the other genres under CC BY), TR-News and
GeoVirus: some 1,400 articles. They are taken whole, in an order that is shuffled anew for every round (seed 1), until
there are as many as asked for. Each has title, day of publication where the source tells it, and text in paragraphs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

SEED = 1
# A day for texts whose source tells none: dates are resolved as for any article.
DAY = "2018-03-11"


def main() -> None:
    """Read the arguments, write the corpus, say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--lang", choices=["fr", "en"])
    args = parser.parse_args()
    sources = [wikinews(args.data), gum(args.data), geo(args.data)]
    pool = [article for source in sources for article in source if args.lang in (None, article["lang"])]
    if not pool:
        raise SystemExit(f"{args.data} holds none of the sources")
    words = write(pool, args.articles, args.out)
    print(f"{args.articles} articles, {words} words, from {len(pool)} texts")


def write(pool: list[dict], count: int, out: Path) -> int:
    """Write `count` articles, round after round in another order; how many words they have."""
    shuffler = random.Random(SEED)
    lengths = {article["id"]: len((article["title"] + " " + article["text"]).split()) for article in pool}
    words = 0
    with out.open("w", encoding="utf-8") as file:
        for number in range(count):
            place = number % len(pool)
            if place == 0:
                shuffler.shuffle(pool)
            article = pool[place]
            words += lengths[article["id"]]
            numbered = {**article, "id": f"{article['id']}-{number // len(pool)}"}
            file.write(json.dumps(numbered, ensure_ascii=False) + "\n")
    return words


def article(name: str, lang: str, day: str | None, title: str, text: str) -> dict:
    """One line of the corpus."""
    return {"id": name, "lang": lang, "published": day or DAY, "title": title, "text": text}


def wikinews(data: Path) -> Iterator[dict]:
    """WiNER-fr: the first line is the title, the file's name begins with the day."""
    for path in sorted((data / "nlp/ner/fr/winer-fr").rglob("*.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
        day = re.match(r"(\d{4})_(\d\d)_(\d\d)", path.name)
        text = "\n".join(line for line in lines[1:] if line)
        if day and text:
            yield article(path.stem, "fr", "-".join(day.groups()), lines[0], text)


def gum(data: Path) -> Iterator[dict]:
    """GUM: sentences of a paragraph are joined with spaces."""
    for path in sorted((data / "nlp/ud/en/gum-ccby").glob("*.conllu")):
        paragraphs: list[list[str]] = []
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("# newpar") and not line.startswith("# newpar_block"):
                paragraphs.append([])
            elif line.startswith("# text = "):
                if not paragraphs:
                    paragraphs.append([])
                paragraphs[-1].append(line.removeprefix("# text = "))
        texts = [" ".join(paragraph) for paragraph in paragraphs if paragraph]
        yield article(path.stem, "en", None, texts[0], "\n".join(texts[1:]))


def geo(data: Path) -> Iterator[dict]:
    """TR-News and GeoVirus: a row of `article` elements, not always under one root."""
    for name in ("TR-News", "GeoVirus"):
        path = data / "geo" / f"{name}.xml"
        if not path.exists():
            continue
        for number, found in enumerate(re.findall(r"<article.*?</article>", path.read_text(encoding="utf-8"), re.S)):
            try:
                element = ET.fromstring(found)
            except ET.ParseError:
                continue
            told = {key: " ".join((element.findtext(key) or "").split(" ")).strip() for key in ("title", "dltime", "text")}
            day = told["dltime"] if re.fullmatch(r"\d{4}-\d\d-\d\d", told["dltime"]) else None
            if told["text"]:
                yield article(f"{name}-{number}", "en", day, told["title"], told["text"])


if __name__ == "__main__":
    main()
