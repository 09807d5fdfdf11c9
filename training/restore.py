"""A spaCy pipeline again from what is shipped in `models/`, so that anyone can compare the engine with spaCy.

    python training/restore.py models/fr target/restored/fr

The networks are built from the training configuration, the labels come from the manifest, the numbers
from the safetensors file; the tokenizer must come out the same as the manifest's. parity.py, speed.py and
compare.py do this by themselves when they are given such a folder.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy
import spacy
from safetensors.numpy import load_file
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config

import convert
import language

HERE = Path(__file__).resolve().parent
NONE = 2**32 - 1
PARSER_MOVES = "SDLRB"
NER_MOVES = "MBILUO"


def load(folder: Path) -> spacy.Language:
    """A pipeline from a folder of either kind: trained by spaCy, or shipped for the engine."""
    return pipeline(folder) if (folder / "manifest.json").exists() else spacy.load(folder)


def pipeline(folder: Path) -> spacy.Language:
    """The pipeline whose weights and manifest are in a folder."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    nlp = language.blank(manifest["language"])
    for part in ("syntax", "names"):
        config = load_config(HERE / f"{part}.cfg", interpolate=False)
        for name in config["nlp"]["pipeline"]:
            settings = dict(config["components"][name])
            nlp.add_pipe(settings.pop("factory"), name=name, config=settings)
    if json.loads(json.dumps(convert.tokenizer(nlp))) != manifest["tokenizer"]:
        raise SystemExit(f"{folder}: its tokenizer is not the one of training/language.py")
    labels(nlp, manifest)
    shape, slots = convert.networks(nlp)
    for name in ("parser", "ner"):
        if shape[name] != manifest[name]:
            raise SystemExit(f"{folder}: moves of {name} come out in another order")
    tensors = load_file(folder / "model.safetensors")
    for name, (node, param) in slots.items():
        node.set_param(param, tensors[name].astype(numpy.float32))
    return nlp


def labels(nlp: spacy.Language, manifest: dict) -> None:
    """Give every component its labels and build its layers."""
    words = ["Un", "exemple", "."]
    doc = Doc(nlp.vocab, words, pos=["X"] * 3, morphs=[""] * 3, lemmas=words, heads=[1, 1, 1], deps=["dep"] * 3)
    example = Example(nlp.make_doc("Un exemple ."), doc)
    names = {f"{feats}|POS={pos}" if feats else f"POS={pos}": (pos, feats) for pos, feats in manifest["morphology"]}
    ids = spacy.parts_of_speech.IDS
    known = {
        "morphologizer": {
            "morph": {name: feats for name, (_, feats) in names.items()},
            "pos": {name: ids[pos] for name, (pos, _) in names.items()},
        },
        "parser": by_action(manifest["parser"]["moves"], PARSER_MOVES),
        "trainable_lemmatizer": lemma_labels(manifest["lemmas"]),
        "ner": by_action(manifest["ner"]["moves"], NER_MOVES),
    }
    nlp.config["initialize"]["components"] = {}
    for name, pipe in nlp.pipeline:
        extra = {"labels": known[name]} if name in known else {}
        pipe.initialize(lambda: [example], nlp=nlp, **extra)
    nlp._link_components()


def by_action(moves: list[str], letters: str) -> dict[int, dict[str, int]]:
    """Labels of each action with made-up frequencies that keep their order."""
    actions: dict[int, dict[str, int]] = {}
    for place, move in enumerate(moves):
        letter, _, label = move.partition("-")
        actions.setdefault(letters.index(letter), {})[label] = len(moves) - place
    return actions


def lemma_labels(lemmas: dict) -> dict:
    """Edit trees as spaCy's label data."""
    trees = []
    for row in lemmas["trees"]:
        if isinstance(row[0], str):
            trees.append({"orig": row[0], "subst": row[1]})
        else:
            kids = [NONE if kid < 0 else kid for kid in row[2:]]
            trees.append(dict(zip(("prefix_len", "suffix_len", "prefix_tree", "suffix_tree"), [*row[:2], *kids])))
    return {"trees": trees, "labels": lemmas["labels"]}


def main() -> None:
    """Read the arguments, build, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    pipeline(args.model).to_disk(args.out)


if __name__ == "__main__":
    main()
