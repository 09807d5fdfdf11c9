"""The training reader: joins neighbouring sentences, varies the typography, alternates tokenisations.

News comes with either apostrophe, three kinds of quotation marks, headlines without a full stop and
capitals without accents; treebanks have one habit each. Every epoch draws anew, from a fixed seed.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

import gazetteer
import language
import newswire

TITLES = ["President", "Prime Minister", "Foreign Minister", "Secretary of State", "Gen.", "Senator", "Mr.", "Minister"]


@dataclass
class Row:
    """One token with whatever gold it has; `head` is an index into the document."""

    text: str
    space: bool
    pos: str
    morph: str
    lemma: str
    head: int
    dep: str
    tag: str
    first: bool


@spacy.registry.readers("depeche.Reader.v1")
def reader(
    path: Path, names: bool, train: bool, seed: int = 0, news: bool = True
) -> Callable[[Language], Iterable[Example]]:
    """Examples of a DocBin; varied when `train`, as stored and with gold tokens otherwise.

    Without `news`, words stay as the treebank has them: no other verbs, no reported speech; but common words
    are now and then written with a capital, as in names of offices and in headlines.
    """
    rng = random.Random(seed)

    def read(nlp: Language) -> Iterator[Example]:
        language.adapt(nlp)
        docs = [_rows(doc) for doc in DocBin().from_disk(path).get_docs(nlp.vocab)]
        docs = [rows for rows in docs if rows]
        pool = _pool(docs, nlp) if train and names else {}
        for group in _groups(docs, rng, names, train, nlp.lang if news else None):
            rows = _vary(group, rng, nlp.lang, news) if train else group
            if train and names and rng.random() < 0.4:
                rows = _rename(rows, pool, rng, nlp.lang)
            if train and names and rng.random() < 0.04:
                rows = newswire.dateline(rows, rng, pool["LOC"])
            gold = _doc(nlp, rows, names)
            if train and rng.random() < 0.6:
                yield Example(nlp.make_doc(gold.text), gold)
            else:
                yield Example(Doc(nlp.vocab, [r.text for r in rows], [r.space for r in rows]), gold)

    return read


def _rows(doc: Doc) -> list[Row]:
    tags = [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc]
    return [
        Row(t.text, bool(t.whitespace_), t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, tag, t.i == 0)
        for t, tag in zip(doc, tags)
    ]


def _spans(rows: list[Row]) -> Iterator[tuple[int, int, str]]:
    start = 0
    while start < len(rows):
        end = start + 1
        if rows[start].tag != "O":
            while end < len(rows) and rows[end].tag.startswith("I-"):
                end += 1
            yield start, end, rows[start].tag[2:]
        start = end


def _pool(docs: list[list[Row]], nlp: Language) -> dict[str, list[list[Row]]]:
    """Every distinct name of the corpus and, as often in all, the names of the news; by label."""
    seen: dict[str, dict[str, list[Row]]] = {}
    for rows in docs:
        for start, end, label in _spans(rows):
            name = rows[start:end]
            seen.setdefault(label, {})[" ".join(row.text for row in name)] = name
    pool = {label: list(named.values()) for label, named in seen.items()}
    like = docs[0][0]
    for label, listed in gazetteer.names(nlp.lang).items():
        fresh = []
        for name in listed:
            doc = nlp.make_doc(name)
            tags = [f"{'I' if t.i else 'B'}-{label}" for t in doc]
            fresh.append([replace(like, text=t.text, space=bool(t.whitespace_), tag=g) for t, g in zip(doc, tags)])
        pool[label] += fresh * max(1, len(pool[label]) // len(fresh))
    return pool


def _rename(rows: list[Row], pool: dict[str, list[list[Row]]], rng: random.Random, lang: str) -> list[Row]:
    """Put other names of the same label in place of about half of the names."""
    out, last = [], 0
    for start, end, label in _spans(rows):
        out.extend(rows[last:start])
        if label in pool and label in gazetteer.names(lang) and rng.random() < 0.5:
            if label == "PER" and lang == "en" and rng.random() < 0.15 and not rows[start - 1].text[:1].isupper():
                title = rng.choice(TITLES).split()
                out.extend(replace(rows[start], text=word, space=True, tag="O") for word in title)
            fresh = [Row(**vars(row)) for row in rng.choice(pool[label])]
            fresh[-1].space = rows[end - 1].space
            out.extend(fresh)
        else:
            out.extend(rows[start:end])
        last = end
    return out + rows[last:]


def _groups(docs, rng, names, train, report_in) -> Iterator[list[Row]]:
    """Runs of one to six neighbouring sentences, in random order of runs; some as reported speech of a language."""
    runs, index = [], 0
    while index < len(docs):
        size = rng.choice((1, 1, 2, 3, 4, 6)) if train and not names else (1 if train else 4)
        runs.append(docs[index : index + size])
        index += size
    if train:
        rng.shuffle(runs)
    for run in runs:
        joined: list[Row] = []
        for rows in run:
            shift = len(joined)
            if train and not names and report_in and rng.random() < 0.15:
                rows = newswire.report(rows, rng, report_in)
            joined.extend(Row(**{**vars(row), "head": row.head + shift}) for row in rows)
        yield joined


def _vary(rows: list[Row], rng: random.Random, lang: str, news: bool) -> list[Row]:
    if news and rng.random() < 0.2:
        rows = newswire.reverb(rows, rng, lang)
    if not news and rng.random() < 0.06:
        _capitals(rows, rng)
    if rng.random() < 0.4:
        curly = rng.random() < 0.7
        pair = ("'", "’") if curly else ("’", "'")
        for row in rows:
            row.text = row.text.replace(*pair)
    if rng.random() < 0.3:
        _requote(rows, rng.choice((("«", "»", True), ("“", "”", False), ('"', '"', False))))
    if lang == "fr" and rng.random() < 0.15:
        _bare_capitals(rows)
    draw = rng.random()
    if draw < 0.01:
        for row in rows:
            row.text = _same_length(row.text, row.text.upper())
    elif draw < 0.03:
        for row in rows:
            row.text = _same_length(row.text, row.text.lower())
    elif draw < 0.06 and lang == "en":
        for row in rows:
            if row.pos not in ("ADP", "DET", "CCONJ", "PART", "PUNCT"):
                row.text = _same_length(row.text, row.text[:1].upper() + row.text[1:])
    if rng.random() < 0.06 and len(rows) > 3 and rows[-1].text == "." and rows[-1].dep in ("punct", ""):
        rows = rows[:-1]
    return rows


def _same_length(old: str, new: str) -> str:
    return new if len(old) == len(new) else old


def _requote(rows: list[Row], marks: tuple[str, str, bool]) -> None:
    opening, closing, wide = marks
    inside = False
    for index, row in enumerate(rows):
        if row.text not in ('"', "«", "»", "“", "”"):
            continue
        opens = row.text in ("«", "“") or (row.text == '"' and not inside)
        inside = opens
        row.text = opening if opens else closing
        if opens:
            row.space = wide
        elif index:
            rows[index - 1].space = wide


def _capitals(rows: list[Row], rng: random.Random) -> None:
    """A capital on two common words in five: `le Bureau`, `Hôtel`; their lemmas stay small."""
    for row in rows:
        if row.pos in ("NOUN", "ADJ", "VERB", "ADV", "NUM") and rng.random() < 0.4:
            row.text = _same_length(row.text, row.text[:1].upper() + row.text[1:])


def _bare_capitals(rows: list[Row]) -> None:
    for row in rows:
        if row.text[:1] in "ÀÂÉÈÊÎÔÇ" and (len(row.text) == 1 or row.text[1:2].islower()):
            row.text = unicodedata.normalize("NFD", row.text[0])[0] + row.text[1:]


def _doc(nlp: Language, rows: list[Row], names: bool) -> Doc:
    words, spaces = [r.text for r in rows], [r.space for r in rows]
    if names:
        return Doc(nlp.vocab, words, spaces, ents=[r.tag for r in rows])
    last = len(rows) - 1
    return Doc(
        nlp.vocab,
        words,
        spaces,
        pos=[r.pos for r in rows],
        morphs=[r.morph for r in rows],
        lemmas=[r.lemma for r in rows],
        heads=[min(r.head, last) if r.head <= last else i for i, r in enumerate(rows)],
        deps=[r.dep for r in rows],
        sent_starts=[1 if r.first else -1 for r in rows],
    )
