"""CoNLL-U in, plain sentences out, with multiword tokens made one token where the surface is one.

A multiword token is kept split when its parts spell the surface (`don't` = `do` + `n't`, `cannot` =
`can` + `not`), because spaCy's tokenizer splits the same way. Where they do not (`du` = `de` + `le`),
the surface becomes one token that stands for the syntactic head of the range: for `du`, `au`, `des`,
`aux` that is the preposition (both parts hang on the noun), for `auquel`, `duquel` the pronoun.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator


@dataclass
class Token:
    """One token; `head` is an index into the sentence, its own index for the root."""

    text: str
    lemma: str
    upos: str
    feats: str
    head: int
    dep: str
    space: bool
    misc: str = "_"


@dataclass
class Sentence:
    """Tokens of one sentence, and whether a new document or paragraph starts with it."""

    tokens: list[Token]
    starts_document: bool = False
    ident: str = ""
    comments: list[str] = field(default_factory=list)


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one CoNLL-U file."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield _sentence(rows, comments)
            rows, comments = [], []
    if rows:
        yield _sentence(rows, comments)


def _sentence(rows: list[list[str]], comments: list[str]) -> Sentence:
    words = [row for row in rows if "-" not in row[0] and "." not in row[0]]
    spans = {}
    for row in rows:
        if "-" in row[0]:
            first, last = (int(part) for part in row[0].split("-"))
            spans[first] = (last, row)
    tokens: list[Token] = []
    home: dict[int, int] = {}  # CoNLL-U id -> index of the token that now stands for it
    heads: list[int] = []
    position = 1
    while position <= len(words):
        last, surface = spans.get(position, (position, None))
        group = words[position - 1 : last]
        whole = surface is not None and "".join(word[1] for word in group) != surface[1]
        after = "SpaceAfter=No" not in (surface or group[-1])[9]
        if whole:
            _add_merged(tokens, heads, home, group, surface[1], after)
        else:
            for word in group:
                home[int(word[0])] = len(tokens)
                heads.append(int(word[6]))
                tokens.append(_token(word, word[1], after if word is group[-1] else False))
        position = last + 1
    for index, (token, head) in enumerate(zip(tokens, heads)):
        token.head = home[head] if head else index
    starts = any(c.startswith(("# newdoc", "# newpar")) for c in comments)
    ident = next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), "")
    return Sentence(tokens, starts, ident, comments)


def _token(word: list[str], text: str, space: bool) -> Token:
    feats = "" if word[5] == "_" else word[5]
    lemma = word[2] if word[2] != "_" or word[1] == "_" else word[1].lower()
    return Token(text, lemma, word[3], feats, 0, word[7], space, word[9])


def _add_merged(tokens, heads, home, group, surface, space) -> None:
    inside = {int(word[0]) for word in group}
    outward = [word for word in group if int(word[6]) not in inside]
    chosen = outward[0]
    merged = _token(chosen, surface, space)
    feats = dict(pair.split("=", 1) for word in group if word[5] != "_" for pair in word[5].split("|"))
    feats.pop("ExtPos", None)
    merged.feats = "|".join(f"{key}={feats[key]}" for key in sorted(feats, key=str.lower))
    for ident in inside:
        home[ident] = len(tokens)
    heads.append(int(chosen[6]))
    tokens.append(merged)
