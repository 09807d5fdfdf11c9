"""Print the accuracy table of trained pipelines on the measured sets, with gold tokens.

    python training/evaluate.py MODELS --work target/training [--lang fr] [--card]

`sentence` rows parse each gold sentence alone; `running` rows let the parser find the sentence ends in
runs of ten sentences. LAS counts the full relation with its subtype, `LAS base` the part before the
colon. Those three count punctuation; `UAS words` and `LAS words` leave it out, as spaCy's own scorer does. Names are exact spans and labels; where a set has no MISC, MISC is not counted.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

SETS = {
    "fr": {"sequoia dev": "syntax-dev", "sequoia": "test-sequoia", "gsd": "test-gsd", "pud": "test-pud"},
    "en": {"ewt dev": "syntax-dev", "ewt": "test-ewt", "pud": "test-pud"},
}
NAMES = {
    "fr": {"WiNER-fr held out": ("names-dev", ("PER", "ORG", "LOC", "MISC"))},
    "en": {
        "UNER EWT dev": ("names-dev", ("PER", "ORG", "LOC")),
        "UNER EWT test": ("test-uner", ("PER", "ORG", "LOC")),
    },
}


def syntax(nlp, docs: list[Doc], run: int) -> dict[str, float]:
    """Shares of right tokens, in per cent, over runs of so many sentences."""
    hits = dict.fromkeys(("UPOS", "feats", "lemma", "UAS", "LAS", "LAS base", "UAS words", "LAS words"), 0)
    total = words = ends = found = both = 0
    for at in range(0, len(docs), run):
        group = docs[at : at + run]
        gold = [t for doc in group for t in doc]
        shift = [base for doc, base in zip(group, _bases(group)) for _ in doc]
        guess = nlp(Doc(nlp.vocab, [t.text for t in gold], [bool(t.whitespace_) for t in gold]))
        for g, base, p in zip(gold, shift, guess):
            head = p.head.i == g.head.i + base
            dep, want = p.dep_, g.dep_
            hits["UPOS"] += p.pos_ == g.pos_
            hits["feats"] += str(p.morph) == str(g.morph)
            hits["lemma"] += p.lemma_ == g.lemma_
            hits["UAS"] += head
            hits["LAS"] += head and dep == want
            hits["LAS base"] += head and dep.split(":")[0] == want.split(":")[0]
            if want != "punct":
                words += 1
                hits["UAS words"] += head
                hits["LAS words"] += head and dep == want
            ends += g.i == 0
            found += bool(p.is_sent_start)
            both += g.i == 0 and bool(p.is_sent_start)
        total += len(gold)
    scores = {
        key: round(100 * value / (words if key.endswith("words") else total), 2) for key, value in hits.items()
    }
    scores["sentences"] = round(200 * both / (ends + found), 2)
    return scores


def _bases(group: list[Doc]) -> list[int]:
    bases, base = [], 0
    for doc in group:
        bases.append(base)
        base += len(doc)
    return bases


def names(nlp, docs: list[Doc], labels: tuple[str, ...]) -> dict[str, float]:
    """Precision, recall and F1 of names with gold tokens, in all and by label."""
    count = {label: [0, 0, 0] for label in labels}
    for gold in docs:
        guess = nlp(Doc(nlp.vocab, [t.text for t in gold], [bool(t.whitespace_) for t in gold]))
        want = {(e.start, e.end, e.label_) for e in gold.ents if e.label_ in labels}
        got = {(e.start, e.end, e.label_) for e in guess.ents if e.label_ in labels}
        for index, part in enumerate((want & got, got, want)):
            for span in part:
                count[span[2]][index] += 1
    both, got, want = (sum(count[label][i] for label in labels) for i in range(3))
    scores = {"P": _share(both, got), "R": _share(both, want), "F1": _share(2 * both, got + want)}
    for label, (right, guessed, gold) in count.items():
        scores[f"F1 {label}"] = _share(2 * right, guessed + gold)
    return scores


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _table(rows: dict[str, dict[str, float]], title: str) -> None:
    keys = list(dict.fromkeys(key for row in rows.values() for key in row))
    print(f"| {title} | " + " | ".join(keys) + " |")
    print("|---" + "|--:" * len(keys) + "|")
    for name, row in rows.items():
        print(f"| {name} | " + " | ".join(f"{row[k]:.2f}" if k in row else "" for k in keys) + " |")
    print()


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder with the prepared sets, by language")
    parser.add_argument("--lang", choices=sorted(SETS), action="append")
    parser.add_argument("--card", action="store_true", help="write the figures into each model's card.json")
    args = parser.parse_args()
    for lang in args.lang or sorted(SETS, reverse=True):
        nlp = spacy.load(args.models / lang)
        load = lambda name: list(DocBin().from_disk(args.work / lang / f"{name}.spacy").get_docs(nlp.vocab))
        trees = {}
        with nlp.select_pipes(disable=["ner"]):
            for name, file in SETS[lang].items():
                docs = load(file)
                trees[f"{name}, sentence"] = syntax(nlp, docs, 1)
                trees[f"{name}, running"] = syntax(nlp, docs, 10)
        spans = {}
        with nlp.select_pipes(enable=["ner"]):
            for name, (file, labels) in NAMES[lang].items():
                spans[name] = names(nlp, load(file), labels)
        _table(trees, lang)
        _table(spans, f"{lang} names")
        if args.card:
            path = args.models / lang / "card.json"
            card = json.loads(path.read_text()) | {"scores": {"syntax": trees, "names": spans}}
            path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
