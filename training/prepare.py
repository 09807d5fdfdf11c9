"""Turn the treebanks and the name corpora of the data folder into spaCy DocBins.

    python training/prepare.py fr --data ../shared/data --out target/training/fr

Writes `syntax-train`, `syntax-dev`, `names-train`, `names-dev` and one `test-*` per measured set
(`.spacy` each), for French also the mixtures of the last rounds (`FINISH`). One stored
document is one sentence for syntax and one paragraph for French names; `reader.py` joins neighbours again at
training time. Measured sets are never part of a training file.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Iterable

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import conllu
import language
import lemmas
import names

UD = {
    "fr": {
        "train": [  # the written treebanks twice, that speech may not set the tone
            "fr_sequoia-ud-train",
            "fr_sequoia-ud-train",
            "fr_gsd-ud-dev",
            "fr_gsd-ud-dev",
            "fr_fqb-ud-test",
            "fr_parisstories-ud-train",
            "fr_rhapsodie-ud-train",
        ],
        "dev": "fr_sequoia-ud-dev",
        "test": {"sequoia": "fr_sequoia-ud-test", "gsd": "fr_gsd-ud-test", "pud": "fr_pud-ud-test"},
    },
    "en": {
        "train": ["en_ewt-ud-train", "gum-ccby"],
        "dev": "en_ewt-ud-dev",
        "test": {"ewt": "en_ewt-ud-test", "pud": "en_pud-ud-test"},
    },
}


# Mixtures of the last rounds of training: how often each treebank counts. Questions and speech step back.
FINISH = {
    "fr": {
        "finish": {
            "fr_sequoia-ud-train": 3,
            "fr_gsd-ud-dev": 2,
            "fr_fqb-ud-test": 1,
            "fr_parisstories-ud-train": 1,
            "fr_rhapsodie-ud-train": 1,
        },
        "own": {"fr_sequoia-ud-train": 4, "fr_gsd-ud-dev": 2, "fr_fqb-ud-test": 1},
        "sequoia": {"fr_sequoia-ud-train": 1},
        "gsd": {"fr_gsd-ud-dev": 1},
    },
    "en": {},
}


def syntax_doc(vocab: Vocab, sentence: conllu.Sentence) -> Doc:
    """One gold sentence as a document, as the treebank has it."""
    tokens = sentence.tokens
    return Doc(
        vocab,
        words=[t.text for t in tokens],
        spaces=[t.space for t in tokens],
        pos=[t.upos if t.upos != "_" else "X" for t in tokens],
        morphs=[t.feats for t in tokens],
        lemmas=[t.lemma for t in tokens],
        heads=[t.head for t in tokens],
        deps=["ROOT" if t.dep == "root" else t.dep for t in tokens],
    )


def names_doc(vocab: Vocab, labelled: names.Labelled) -> Doc:
    """One sentence or paragraph with its names as a document."""
    words, spaces, spans = labelled
    doc = Doc(vocab, words=words, spaces=spaces)
    doc.set_ents([doc.char_span(doc[s].idx, doc[e - 1].idx + len(doc[e - 1]), label) for s, e, label in spans])
    return doc


def sentences(folder: Path, name: str) -> Iterable[conllu.Sentence]:
    """Sentences of one treebank file, or of every file in a folder of that name."""
    path = folder / name
    files = sorted(path.glob("*.conllu")) if path.is_dir() else [folder / f"{name}.conllu"]
    for file in files:
        yield from conllu.read(file)


def write(docs: list[Doc], path: Path) -> None:
    """Store documents; print how many and how many words."""
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    print(f"{path.name:28} {len(docs):6} docs {sum(len(d) for d in docs):8} words")


def syntax(lang: str, data: Path, out: Path) -> None:
    """Training, development and test files of the treebanks."""
    vocab, folder, sets = language.blank(lang).vocab, data / "nlp/ud" / lang, UD[lang]
    trees = {name: [syntax_doc(vocab, s) for s in sentences(folder, name)] for name in dict.fromkeys(sets["train"])}
    if lang == "fr":
        for token in (token for docs in trees.values() for doc in docs for token in doc):
            token.lemma_ = lemmas.french(token.text, token.pos_, token.lemma_)
    write([doc for name in sets["train"] for doc in trees[name]], out / "syntax-train.spacy")
    for mixture, times in FINISH[lang].items():
        docs = [doc for name, count in times.items() for _ in range(count) for doc in trees[name]]
        write(docs, out / f"syntax-{mixture}.spacy")
    write([syntax_doc(vocab, s) for s in sentences(folder, sets["dev"])], out / "syntax-dev.spacy")
    for short, name in sets["test"].items():
        write([syntax_doc(vocab, s) for s in sentences(folder, name)], out / f"test-{short}.spacy")


def french_names(data: Path, out: Path) -> None:
    """WiNER-fr: every tenth article is kept out for development."""
    nlp = language.blank("fr")
    parts: dict[str, list[Doc]] = {"train": [], "dev": []}
    stems: dict[str, int] = {}
    for stem, labelled in names.winer(data / "nlp/ner/fr/winer-fr", nlp):
        number = stems.setdefault(stem, len(stems))
        parts["dev" if number % 10 == 5 else "train"].append(names_doc(nlp.vocab, labelled))
    for part, docs in parts.items():
        write(docs, out / f"names-{part}.spacy")


def english_names(data: Path, out: Path) -> None:
    """wikigold and GUM to train on; Universal NER over EWT to develop and report on."""
    vocab, folder = language.blank("en").vocab, data / "nlp"
    labelled = list(names.wikigold(folder / "ner/en/wikigold/CONLL-format/data/wikigold.conll.txt"))
    for path in sorted((folder / "ud/en/gum-ccby").glob("*.conllu")):
        labelled.extend(names.gum(path))
    write([names_doc(vocab, item) for item in labelled], out / "names-train.spacy")
    for part, target in (("dev", "names-dev"), ("test", "test-uner")):
        rows = folder / f"ner/en/uner_ewt/en_ewt-ud-{part}.iob2"
        trees = conllu.read(folder / f"ud/en/en_ewt-ud-{part}.conllu")
        write([names_doc(vocab, item) for item in names.iob2(rows, trees)], out / f"{target}.spacy")


def main() -> None:
    """Read the arguments and prepare one language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("lang", choices=sorted(UD))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    syntax(args.lang, args.data, args.out)
    (french_names if args.lang == "fr" else english_names)(args.data, args.out)


if __name__ == "__main__":
    main()
