"""Add to a model in `models/` the turn of its vectors that lets the engine skip most label scores.

    python training/basis.py models/fr [--texts training/articles/fr_01.jsonl ...] [--rows 48]

For each of the two layers that choose among hundreds of labels (`morphology`, `lemmas`), a few directions are found along
which the vectors of real text and the labels' weights vary most: the leading eigenvectors of the sum of their two
scatter matrices. They are stored as `NAME.basis` beside the weights, in 16 bits; the engine makes them
orthogonal again (`crates/depeche-language/src/matrix/labels.rs`). They change how fast a label is found, never which.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from pathlib import Path

import numpy
from safetensors.numpy import load, save

import restore

LAYERS = ("morphology", "lemmas")
HERE = Path(__file__).resolve().parent


def main() -> None:
    """Read the arguments, find the bases, write the model again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--texts", type=Path, nargs="+")
    parser.add_argument("--rows", type=int, default=48)
    args = parser.parse_args()
    nlp = restore.load(args.model)
    files = args.texts or sorted((HERE / "articles").glob(f"{nlp.lang}_*.jsonl"))
    found = vectors(nlp, files)
    path = args.model / "model.safetensors"
    tensors = load(path.read_bytes())
    for name in LAYERS:
        weights = tensors[f"{name}.W"].astype(numpy.float64)
        rows = basis(weights - weights.mean(axis=0), found)[: args.rows]
        tensors[f"{name}.basis"] = numpy.ascontiguousarray(rows.astype(numpy.float16))
    store(args.model, save(tensors))
    print(f"{args.model}: bases of {args.rows} rows from {len(found)} vectors")


def vectors(nlp, files: list[Path]) -> numpy.ndarray:
    """The vectors that the labels are chosen from, one a token."""
    articles = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    lines = [line for article in articles for line in article["text"].split("\n") if line.strip()]
    docs = [nlp.make_doc(line) for line in lines]
    return numpy.concatenate(nlp.get_pipe("tok2vec").predict(docs)).astype(numpy.float64)


def basis(weights: numpy.ndarray, vectors: numpy.ndarray) -> numpy.ndarray:
    """Directions as rows, the most telling first; equal on every run but for their signs, which are made equal."""
    scatter = sum(rows.T @ rows / numpy.square(rows).sum() for rows in (weights, vectors))
    directions = numpy.linalg.eigh(scatter)[1].T[::-1]
    signs = numpy.sign(directions[numpy.arange(len(directions)), numpy.abs(directions).argmax(axis=1)])
    return directions * signs[:, None]


def store(folder: Path, weights: bytes) -> None:
    """Write the weights, and what the manifest says of them."""
    (folder / "model.safetensors").write_bytes(weights)
    manifest = (folder / "manifest.json").read_text(encoding="utf-8").split("\n")
    place = next(i for i, line in enumerate(manifest) if line.startswith('"weights":'))
    head = {"sha256": hashlib.sha256(weights).hexdigest(), "crc32": zlib.crc32(weights), "bytes": len(weights)}
    manifest[place] = f'"weights": {json.dumps(head, separators=(",", ":"))},'
    (folder / "manifest.json").write_text("\n".join(manifest), encoding="utf-8")


if __name__ == "__main__":
    main()
