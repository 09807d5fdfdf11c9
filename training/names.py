"""Named-entity sources, each as lists of (words, spaces, entity spans), labels PER, ORG, LOC, MISC."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

from spacy.language import Language

import conllu

Labelled = tuple[list[str], list[bool], list[tuple[int, int, str]]]
WINER = {"Person": "PER", "Location": "LOC", "Organization": "ORG", "Event": "MISC", "Product": "MISC"}
GUM = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC", "object": "MISC"}
# Titles are left outside the name of a person; words that may stand inside a name though they are no proper nouns (`Bank of England`).
NAMEABLE = ("ADJ", "NOUN", "VERB")  # with a capital, inside a mention: `United Nations`, where GUM has a verb
TITLES = set(
    "President Prime Minister Foreign Secretary General Gen. Senator Sen. Sir Lord Lady Dr. Dr Mr. Mr Mrs. Mrs Ms. Ms "
    "Professor Prof. Judge Justice Chief Captain Col. Colonel Vice Chancellor King Queen Prince Princess Pope Madam "
    "Representative Rep. Governor Mayor Deputy".split()
)
INNER = {"of", "the", "for", "and", "&", "de", "du", "la", "des", "on", "-", "von", "van"}


def winer(folder: Path, nlp: Language) -> Iterator[tuple[str, Labelled]]:
    """Wikinews articles in BRAT, one item a paragraph, with the article's identifier."""
    for path in sorted(folder.rglob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        marks = []
        for line in path.read_text(encoding="utf-8").splitlines():
            match = re.match(r"T\d+\t(\w+) (\d+) (\d+)\t", line)
            if match and match[1] in WINER:
                marks.append((int(match[2]), int(match[3]), WINER[match[1]]))
        for paragraph in re.finditer(r"[^\n]+", text):
            doc = nlp.make_doc(paragraph[0])
            spans, last = [], 0
            for start, end, label in sorted(marks):
                if start < paragraph.start() or end > paragraph.end():
                    continue
                base = paragraph.start()
                span = doc.char_span(start - base, end - base, label, alignment_mode="expand")
                if span is not None and span.start >= last:
                    spans.append((span.start, span.end, label))
                    last = span.end
            words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
            if any(word.strip() for word in words):
                yield path.stem, (words, spaces, spans)


def wikigold(path: Path) -> Iterator[Labelled]:
    """CoNLL columns with I- tags; spacing is guessed, as the file has none."""
    rows: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            word, tag = line.rsplit(" ", 1)
            if word != "-DOCSTART-":
                rows.append((word, tag))
        elif rows:
            yield _from_tags(rows)
            rows = []


def iob2(path: Path, sentences: Iterator[conllu.Sentence]) -> Iterator[Labelled]:
    """Universal NER over a treebank: tags from the one file, spacing from the other."""
    blocks = [b for b in path.read_text(encoding="utf-8").split("\n\n") if b.strip()]
    for block, sentence in zip(blocks, sentences, strict=True):
        rows = [line.split("\t")[1:3] for line in block.split("\n") if line and line[0] != "#"]
        words, spaces = [t.text for t in sentence.tokens], [t.space for t in sentence.tokens]
        if len(rows) == len(words):
            yield words, spaces, _spans([tag for _, tag in rows])
            continue
        glued = _from_tags([(word, tag) for word, tag in rows])
        yield glued


def gum(path: Path) -> Iterator[Labelled]:
    """GUM mentions that are names: the maximal run of proper nouns around the mention's head word."""
    for sentence in conllu.read(path):
        tokens = sentence.tokens
        labels: list[str] = [""] * len(tokens)
        for start, end, kind in sorted(_gum_mentions(sentence), key=lambda m: m[0] - m[1]):
            label = GUM.get(kind)
            name = _name_inside(tokens, start, end)
            if name is None or any(labels[index] for index in range(*name)):
                continue  # the outer name wins: `Viking Festival`, not `Viking`
            if name[1] - name[0] == 1 and label == "PER" and "Number=Plur" in tokens[name[0]].feats:
                label = "MISC"  # a people: `the Romans`
            for index in range(*name):
                labels[index] = f"{label or ''}:{start}"
        spans, index = [], 0
        while index < len(tokens):
            end = index + 1
            while end < len(tokens) and labels[end] == labels[index]:
                end += 1
            if labels[index].split(":")[0]:
                spans.append((index, end, labels[index].split(":")[0]))
            index = end
        yield [t.text for t in tokens], [t.space for t in tokens], _demonyms(tokens, spans)


def _demonyms(tokens, spans):
    taken = {i for start, end, _ in spans for i in range(start, end)}
    for index, token in enumerate(tokens):
        adjective = token.upos == "ADJ" and token.text[:1].isupper() and token.lemma[:1].isupper()
        if adjective and token.text.isalpha() and len(token.text) > 3 and index not in taken:
            spans.append((index, index + 1, "MISC"))
    return sorted(spans)


def _gum_mentions(sentence: conllu.Sentence) -> Iterator[tuple[int, int, str]]:
    stack: list[tuple[str, int, str]] = []
    for index, token in enumerate(sentence.tokens):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", token.misc)
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", found[1]) if found else []:
            if part.startswith("("):
                fields = part.strip("()").split("-")
                stack.append((fields[0], index, fields[1] if len(fields) > 1 else ""))
            if part.endswith(")"):
                ident = part.strip("()").split("-")[0]
                for depth in range(len(stack) - 1, -1, -1):
                    if stack[depth][0] == ident:
                        _, start, kind = stack.pop(depth)
                        yield start, index + 1, kind
                        break


def _name_inside(tokens: list[conllu.Token], start: int, end: int) -> tuple[int, int] | None:
    heads = [i for i in range(start, end) if not start <= tokens[i].head < end or tokens[i].head == i]
    if not heads or tokens[heads[0]].upos != "PROPN":
        return None
    left = right = heads[0]
    while left > start and _joins(tokens, left - 1, start, end):
        left -= 1
    while right + 1 < end and _joins(tokens, right + 1, start, end):
        right += 1
    while left < right and tokens[left].upos not in ("PROPN", "NUM", *NAMEABLE):
        left += 1
    while left < right and tokens[left].text in TITLES:
        left += 1
    while right > left and tokens[right].upos not in ("PROPN", "NOUN", "NUM"):
        right -= 1
    return left, right + 1


def _joins(tokens, index, start, end) -> bool:
    token = tokens[index]
    if token.upos == "PROPN" or (token.text[:1].isupper() and token.upos in NAMEABLE):
        return True
    around = (index - 1, index + 1)
    proper = all(start <= i < end and tokens[i].text[:1].isupper() for i in around)
    near = start < index < end - 1 and token.text in INNER
    return near and (proper or tokens[index + 1].text in INNER or tokens[index - 1].text in INNER)


def _from_tags(rows: list[tuple[str, str]]) -> Labelled:
    words = [word for word, _ in rows]
    spaces = [True] * len(words)
    quote_open = False
    for index, word in enumerate(words):
        closes = word in {".", ",", ";", ":", "?", "!", ")", "]", "%", "''", "'s", "n't", "'", "...", "'re"}
        if word == '"':
            closes, quote_open = quote_open, not quote_open
            if not closes:
                spaces[index] = False
        if closes and index:
            spaces[index - 1] = False
        if word in {"(", "[", "$", "``", "#"}:
            spaces[index] = False
    return words, spaces, _spans([tag for _, tag in rows])


def _spans(tags: list[str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag[:2] not in ("B-", "I-"):
            continue
        label = tag[2:]
        open_span = spans and spans[-1][1] == index and spans[-1][2] == label
        if tag[0] == "I" and open_span:
            spans[-1] = (spans[-1][0], index + 1, label)
        elif label in ("PER", "ORG", "LOC", "MISC"):
            spans.append((index, index + 1, label))
    return spans
