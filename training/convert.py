"""Convert a trained spaCy pipeline to what the Rust engine reads: `model.safetensors` and `manifest.json`.

    python training/convert.py PIPELINE OUT        e.g.  target/models/fr models/fr

Weights are stored in 16 bits wherever that loses nothing (train.py rounds them so), else in 32. Whatever
the engine does not know how to run (another architecture, extra state tokens, a beam) is an error here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from pathlib import Path

import numpy
import spacy
from safetensors.numpy import save
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS, NORM, ORTH
from thinc.api import Model

from patterns import Patterns

FORMAT = 1
COMPONENTS = ["tok2vec", "morphologizer", "parser", "trainable_lemmatizer", "ner"]
ATTRIBUTES = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
# Where each tensor of the file lives in the pipeline: layer and parameter.
Slots = dict[str, tuple[Model, str]]


class Unsupported(Exception):
    """The pipeline uses something that the engine cannot run."""


def check(condition: bool, what: str) -> None:
    """Refuse a pipeline for a reason that a person can act on."""
    if not condition:
        raise Unsupported(what)


def nodes(model, name: str) -> list:
    """Layers of a kind in the order in which they run."""
    found = [node for node in model.walk() if node.name == name]
    return found


def tok2vec(prefix: str, model, slots: Slots) -> dict:
    """Hash embeddings, mixing layer and convolutions of one tok2vec."""
    features = nodes(model, "extract_features")
    check(len(features) == 1, f"{prefix}: a tok2vec of its own or a listener, nothing else")
    names = [spacy.attrs.NAMES[i] if isinstance(i, int) else i for i in features[0].attrs["columns"]]
    check(names == ATTRIBUTES, f"{prefix}: embeds {names}, not {ATTRIBUTES}")
    check(not nodes(model, "static_vectors"), f"{prefix}: static vectors")
    embeds = sorted(nodes(model, "hashembed"), key=lambda node: node.attrs["column"])
    for column, node in enumerate(embeds):
        slots[f"{prefix}.embed.{column}"] = node, "E"
    maxouts, norms = nodes(model, "maxout"), nodes(model, "layernorm")
    windows = nodes(model, "expand_window")
    check(all(node.attrs["window_size"] == 1 for node in windows), f"{prefix}: window_size is not 1")
    check(len(maxouts) == len(norms) == len(windows) + 1, f"{prefix}: layers that do not pair up")
    mix = [n for n in maxouts if n.get_dim("nI") == embeds[0].get_dim("nO") * len(embeds)]
    check(mix == maxouts[:1] and all(n.get_dim("nP") == 3 for n in maxouts), f"{prefix}: maxout_pieces is not 3")
    for index, (maxout, norm) in enumerate(zip(maxouts, norms)):
        name = f"{prefix}.layer.{index}"
        slots[f"{name}.W"], slots[f"{name}.b"] = (maxout, "W"), (maxout, "b")
        slots[f"{name}.scale"], slots[f"{name}.shift"] = (norm, "G"), (norm, "b")
    return {"seeds": [node.attrs["seed"] for node in embeds], "depth": len(windows)}


def transitions(prefix: str, pipe, slots: Slots) -> list[str]:
    """State layers of a transition-based component and the names of its moves."""
    model = pipe.model
    check(bool(model.attrs["has_upper"]), f"{prefix}: use_upper is false")
    check(not model.attrs["unseen_classes"], f"{prefix}: labels added after training")
    check(pipe.cfg["beam_width"] == 1, f"{prefix}: a beam")
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    reduce = [n for n in model.get_ref("tok2vec").layers if n.name == "linear"][0]
    check(lower.get_dim("nP") == 2, f"{prefix}: maxout_pieces is not 2")
    want = 8 if prefix == "parser" else 3
    check(lower.get_dim("nF") == want, f"{prefix}: extra_state_tokens")
    for part, node, names in (("reduce", reduce, "Wb"), ("lower", lower, ["W", "b", "pad"]), ("upper", upper, "Wb")):
        for name in names:
            slots[f"{prefix}.{part}.{name}"] = node, name
    moves = [pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)]
    check(not any(move.endswith("-subtok") for move in moves), f"{prefix}: learn_tokens")
    return moves


def softmax(prefix: str, model, slots: Slots) -> None:
    """The one layer of a tagger."""
    node = nodes(model, "softmax")[0]
    slots[f"{prefix}.W"], slots[f"{prefix}.b"] = (node, "W"), (node, "b")


def morphology(nlp, pipe) -> list[list[str]]:
    """Part of speech and features of each label, as spaCy writes them on a token."""
    check(pipe.cfg["overwrite"] and not pipe.cfg["extend"], "morphologizer: overwrite off or extend on")
    ids = {value: name for name, value in spacy.parts_of_speech.IDS.items()}
    rows = []
    for label in pipe.labels:
        feats = nlp.vocab.strings[nlp.vocab.morphology.add(pipe.cfg["labels_morph"].get(label, 0))]
        rows.append([ids[pipe.cfg["labels_pos"].get(label, 0)], "" if feats == "_" else feats])
    return rows


def edit_trees(pipe) -> dict:
    """Trees that a label can reach, renumbered; a match is four numbers, a substitution two strings."""
    check(pipe.top_k == 1 and pipe.backoff == "orth", "lemmatizer: top_k is not 1 or backoff is not orth")
    data = pipe.label_data
    old, new, rows = data["trees"], {}, []

    def add(index: int) -> int:
        if index not in new:
            tree = old[index]
            if "orig" in tree:
                row = [tree["orig"], tree["subst"]]
            else:
                inner = [tree[k] for k in ("prefix_tree", "suffix_tree")]
                kids = [-1 if i == 2**32 - 1 else add(i) for i in inner]
                row = [tree["prefix_len"], tree["suffix_len"], *kids]
            new[index] = len(rows)
            rows.append(row)
        return new[index]

    return {"labels": [add(label) for label in data["labels"]], "trees": rows}


def tokenizer(nlp) -> dict:
    """Affix patterns and special cases."""
    own, patterns = nlp.tokenizer, Patterns()
    check(own.faster_heuristics, "tokenizer: faster_heuristics is off")
    searches = {
        "prefix": own.prefix_search, "suffix": own.suffix_search, "infix": own.infix_finditer,
        "token": own.token_match, "url": own.url_match,
    }
    trees = {key: patterns.tree(f.__self__) if f else None for key, f in searches.items()}
    special = {}
    for text, parts in sorted(own.rules.items()):
        keys = {spacy.attrs.intify_attrs(part).keys() <= {ORTH, NORM} for part in parts}
        check(keys == {True}, f"tokenizer: a special case with more than ORTH and NORM: {text!r}")
        named = [spacy.attrs.intify_attrs(part) for part in parts]
        special[text] = [[part[ORTH], part.get(NORM)] for part in named]
    return {"sets": patterns.sets, **trees, "special": special}


def shrink(slots: Slots) -> dict[str, numpy.ndarray]:
    """The parameters, in sixteen bits where nothing is lost."""
    small = {}
    for name, (node, param) in slots.items():
        value = node.get_param(param)
        half = value.astype(numpy.float16)
        same = numpy.array_equal(half.astype(numpy.float32), value)
        small[name] = numpy.ascontiguousarray(half if same else value.astype(numpy.float32))
    return small


def networks(nlp) -> tuple[dict, Slots]:
    """What the manifest says of the networks, and where their parameters are."""
    check(nlp.pipe_names == COMPONENTS, f"components are {nlp.pipe_names}, not {COMPONENTS}")
    slots: Slots = {}
    pipes = {name: nlp.get_pipe(name) for name in COMPONENTS}
    shape = {
        "syntax": tok2vec("syntax", pipes["tok2vec"].model, slots),
        "names": tok2vec("names", pipes["ner"].model, slots),
        "parser": {"moves": transitions("parser", pipes["parser"], slots)},
        "ner": {"moves": transitions("ner", pipes["ner"], slots)},
    }
    softmax("morphology", pipes["morphologizer"].model, slots)
    softmax("lemmas", pipes["trainable_lemmatizer"].model, slots)
    return shape, slots


def convert(source: Path) -> tuple[bytes, dict]:
    """The weights as safetensors and the manifest without its weights entry."""
    nlp = spacy.load(source)
    shape, slots = networks(nlp)
    check("lexeme_norm" not in nlp.vocab.lookups, "a lexeme_norm table")
    manifest = {
        "format": FORMAT,
        "language": nlp.lang,
        "spacy": spacy.__version__,
        "components": COMPONENTS,
        **shape,
        "morphology": morphology(nlp, nlp.get_pipe("morphologizer")),
        "lemmas": edit_trees(nlp.get_pipe("trainable_lemmatizer")),
        "tokenizer": tokenizer(nlp),
        "norms": dict(BASE_NORMS),
        "symbols": {name: value for name, value in IDS.items() if name},
    }
    return save(shrink(slots)), manifest


def main() -> None:
    """Read the arguments, convert, write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    try:
        weights, manifest = convert(args.pipeline)
    except Unsupported as reason:
        raise SystemExit(f"{args.pipeline}: cannot convert: {reason}") from None
    head = {
        "weights": {
            "sha256": hashlib.sha256(weights).hexdigest(), "crc32": zlib.crc32(weights), "bytes": len(weights)
        }
    }
    card = args.pipeline / "card.json"
    if card.exists():
        head["card"] = json.loads(card.read_text(encoding="utf-8"))
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "model.safetensors").write_bytes(weights)
    text = "{\n" + ",\n".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in {**head, **manifest}.items()
    ) + "\n}\n"
    (args.out / "manifest.json").write_text(text, encoding="utf-8")
    print(f"{args.out}: {len(weights) / 1e6:.1f} MB of weights, {len(text.encode()) / 1e6:.2f} MB of manifest")


if __name__ == "__main__":
    main()
