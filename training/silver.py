"""Parsed news to train on: sentences of WiNER-fr on which pipelines agree.

    python training/silver.py fr --work target/training/fr TEACHER CHECKER...

Reads `names-train.spacy` (text only) and adds to `syntax-own.spacy` the teacher's parse of every sentence of 5 to 45 words
that each checker ends at the same places and where head and part of speech are the same on `AGREE` of the words.
The sentences say nothing new of grammar; they show the words of the news in it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Iterator

import spacy
from spacy.tokens import Doc, DocBin, Span

import lemmas

AGREE = 0.92


def plain(nlp: spacy.Language, doc: Doc) -> Doc:
    """The words alone."""
    return Doc(nlp.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc])


def agreed(sentence: Span, others: list[Doc]) -> bool:
    """Whether the others see the sentence, its trees and its parts of speech alike."""
    start, end = sentence.start, sentence.end
    if not 5 <= end - start <= 45 or sentence[-1].text not in '.?!»"':
        return False
    if any(not o[start].is_sent_start or (end < len(o) and not o[end].is_sent_start) for o in others):
        return False
    alike = sum(all(o[t.i].head.i == t.head.i and o[t.i].pos_ == t.pos_ for o in others) for t in sentence)
    return alike / (end - start) >= AGREE


def gold(sentence: Span, lang: str) -> Doc:
    """The sentence as a document to train on."""
    doc = sentence.as_doc()
    if lang == "fr":
        for token in doc:
            token.lemma_ = lemmas.french(token.text, token.pos_, token.lemma_)
    return doc


def sentences(lang: str, docs: list[Doc], teacher: spacy.Language, checkers: list[spacy.Language]) -> Iterator[Doc]:
    """Every sentence that is agreed on."""
    for doc in docs:
        taught = teacher(plain(teacher, doc))
        others = [nlp(plain(nlp, doc)) for nlp in checkers]
        yield from (gold(s, lang) for s in taught.sents if agreed(s, others))


def main() -> None:
    """Read the arguments, parse, add."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("lang", choices=["fr", "en"])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("pipelines", type=Path, nargs="+")
    args = parser.parse_args()
    teacher, *checkers = (spacy.load(path, exclude=["ner"]) for path in args.pipelines)
    docs = list(DocBin().from_disk(args.work / "names-train.spacy").get_docs(teacher.vocab))
    own = args.work / "syntax-own.spacy"
    mixture = DocBin(store_user_data=True).from_disk(own)
    before = len(mixture)
    for doc in sentences(args.lang, docs, teacher, checkers):
        mixture.add(doc)
    mixture.to_disk(own)
    print(f"{own.name}: {len(mixture) - before} sentences of parsed news added")


if __name__ == "__main__":
    main()
