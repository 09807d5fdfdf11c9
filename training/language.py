"""The blank pipelines: spaCy's tokenizer with the few changes that bring it to the treebanks' words."""

from __future__ import annotations

import re

import spacy
from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_suffix_regex

# `dit-il`, `affirme-t-elle`, `ce jour-là`: the clitic is a token, its `t` inside it as the treebanks have it.
FRENCH_CLITIC = r"(?<=[{a}])[-‐‑](?:[tT][-‐‑])?(?:{c})".format(
    a=ALPHA,
    c="|".join(
        form
        for clitic in "ce elles elle ils il on je tu nous vous moi là".split()
        for form in (clitic, clitic.upper())
    ),
)
# Words with an apostrophe or a clitic-like end that stay whole, in both apostrophes and with a capital.
FRENCH_WHOLE = (
    "aujourd'hui c'est-à-dire quelqu'un quelqu'une presqu'île rendez-vous jusque-là "
    "celui-là celle-là ceux-là celles-là chez-soi"
).split()


def blank(lang: str) -> Language:
    """A pipeline of the language with a tokenizer and nothing else."""
    nlp = spacy.blank(lang)
    adapt(nlp)
    return nlp


def adapt(nlp: Language) -> None:
    """Change the tokenizer of a fresh pipeline in place."""
    if nlp.lang == "fr":
        _french(nlp)


def _french(nlp: Language) -> None:
    defaults = nlp.Defaults
    hyphen_infix = r"(?<=[{a}])(?:{h})(?=[{a}])".format(a=ALPHA, h=HYPHENS)
    # `Royaume-Uni`, `cessez-le-feu` are one word; a long dash between letters still splits.
    dashes = r"(?<=[{a}])(?:–|—|--|---|——)(?=[{a}])".format(a=ALPHA)
    infixes = [rule for rule in defaults.infixes if rule != hyphen_infix] + [dashes]
    suffixes = [rule for rule in defaults.suffixes if "clés" not in rule] + [FRENCH_CLITIC]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    rules = {text: parts for text, parts in nlp.tokenizer.rules.items() if not re.search(r"-t-", text)}
    for word in FRENCH_WHOLE:
        for cased in (word, word[0].upper() + word[1:]):
            for text in (cased, cased.replace("'", "’")):
                rules[text] = [{spacy.symbols.ORTH: text}]
    nlp.tokenizer.rules = rules
    # spaCy's list of hyphenated words (one large pattern) has nothing left to protect.
    nlp.tokenizer.token_match = None
