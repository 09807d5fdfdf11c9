"""Learn how much each feature of two marked parties speaks for each type of act.

    cargo run --release -p depeche --example relation_rows -- training/relations.tsv > rows.jsonl
    python training/relate.py rows.jsonl --out lexicon/judge/relations.tsv
    python training/relate.py rows.jsonl --measure plv.jsonl [--folds 5]

A softmax over the sixteen types with a quadratic penalty. A label may stand for two types (YIELD is CONCEDE or RETREAT): then
their chances together count. `--measure` weighs the rows of another file by weights that have not seen it; with `--folds`
four fifths of that file are learned from as well, each fifth being told by weights that have not seen it: sentences that
share their text stay in one fold. Needs numpy.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from pathlib import Path

import numpy as np

TYPES = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE
ASSAULT""".split()
LABELS = {**{t: [t] for t in TYPES}, "YIELD": ["CONCEDE", "RETREAT"]}
HEAD = """# How much each feature of two marked parties speaks for each type, in hundredths; crates/depeche-relate reads it.
# Learned by `cargo x train relate` (training/relate.py); change a weight by hand and the next training undoes it.
# training data: training/relations.tsv (written for this project, MIT or Apache-2.0) and the training articles of the gold
# (written for this project); no sentence of PLV_train, whose licence is not stated.
# types: %s
""" % " ".join(TYPES)


class Rows:
    """Rows as index arrays in one flat list, for quick products."""

    def __init__(self, rows: list[dict], index: dict[str, int]):
        found = [np.array(sorted({index[f] for f in row["features"] if f in index}), dtype=np.int64) for row in rows]
        self.flat = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        self.row = np.repeat(np.arange(len(found)), [len(f) for f in found])
        self.count = len(found)
        self.scale = 1 / np.sqrt(np.maximum(1, np.bincount(self.row, minlength=self.count)))
        self.right = np.array([[t in LABELS[row["label"]] for t in TYPES] for row in rows], dtype=float)

    def sums(self, weights: np.ndarray) -> np.ndarray:
        out = np.zeros((self.count, len(TYPES)))
        for t in range(len(TYPES)):
            out[:, t] = np.bincount(self.row, weights[self.flat, t], minlength=self.count)
        return out

    def gradient(self, error: np.ndarray, size: int) -> np.ndarray:
        out = np.zeros((size, len(TYPES)))
        for t in range(len(TYPES)):
            out[:, t] = np.bincount(self.flat, error[self.row, t], minlength=size)
        return out


def softmax(sums: np.ndarray) -> np.ndarray:
    p = np.exp(sums - sums.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def fit(rows: Rows, times: np.ndarray, size: int, penalty: float, steps: int) -> np.ndarray:
    """Gradient descent with Adam; row i counts `times[i]` times."""
    weights, m, v = (np.zeros((size, len(TYPES))) for _ in range(3))
    for step in range(1, steps + 1):
        p = softmax(rows.sums(weights))
        q = p * rows.right
        q /= np.maximum(q.sum(axis=1, keepdims=True), 1e-12)
        gradient = rows.gradient((p - q) * times[:, None], size) + penalty * weights
        m = 0.9 * m + 0.1 * gradient
        v = 0.99 * v + 0.01 * gradient**2
        rate = 0.05 * (1 - step / (steps + 1))
        weights -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return weights


def vocabulary(rows: list[dict], least: int) -> dict[str, int]:
    seen = Counter(f for row in rows for f in set(row["features"]))
    return {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least))}


def told(p: np.ndarray, labels: list[str]) -> list[str]:
    """Best label of each row, among those that occur; YIELD where the labels have it."""
    kept = sorted(set(labels))
    chances = np.stack([p[:, [TYPES.index(t) for t in LABELS[k]]].sum(axis=1) for k in kept], axis=1)
    return [kept[i] for i in chances.argmax(axis=1)]


def report(gold: list[str], guess: list[str]) -> tuple[float, float]:
    """Prints accuracy, macro-F1 and each label's precision, recall and F1."""
    scores = []
    print(f"{'label':<10} rows  precision  recall  F1")
    for label in sorted(set(gold)):
        hit = sum(g == p == label for g, p in zip(gold, guess))
        precision, recall = hit / max(1, guess.count(label)), hit / max(1, gold.count(label))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        scores.append(f1)
        print(f"{label:<10} {gold.count(label):4}  {precision:9.3f}  {recall:6.3f}  {f1:.3f}")
    accuracy = sum(g == p for g, p in zip(gold, guess)) / len(gold)
    print(f"{len(gold)} rows, accuracy {accuracy:.3f}, macro-F1 {np.mean(scores):.3f}")
    return accuracy, float(np.mean(scores))


def measured(args, rows: list[dict], other: list[dict]) -> np.ndarray:
    """Chances of the other rows: by folds, or by weights of `rows` alone."""
    out = np.zeros((len(other), len(TYPES)))
    fold = np.array([zlib.crc32(row["text"].encode()) % max(1, args.folds) for row in other])
    for f in range(max(1, args.folds)):
        test = np.flatnonzero(fold == f)
        train = rows + ([other[i] for i in np.flatnonzero(fold != f)] if args.folds else [])
        index = vocabulary(train, args.least)
        times = np.array([1.0] * len(rows) + [args.times] * (len(train) - len(rows)))
        weights = fit(Rows(train, index), times, len(index), args.penalty, args.steps)
        out[test] = softmax(Rows([other[i] for i in test], index).sums(weights))
    return out


def read(paths: list[Path]) -> list[dict]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("rows", type=Path, nargs="*")
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--times", type=float, default=1.0, help="times a row of the measured file counts")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--least", type=int, default=2)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--without", default="", help="leave out features that begin so, separated by commas")
    parser.add_argument("--errors", type=Path)
    args = parser.parse_args()
    rows = read(args.rows)
    if args.measure:
        other = read([args.measure])
        if args.without:
            drop = tuple(args.without.split(","))
            for row in rows + other:
                row["features"] = [f for f in row["features"] if not f.startswith(drop)]
        p = measured(args, rows, other)
        gold = [row["label"] for row in other]
        guess = told(p, gold)
        report(gold, guess)
        if args.errors:
            args.errors.write_text("\n".join(f"{g}\t{h}\t{r['text']}" for g, h, r in zip(gold, guess, other) if g != h))
    if args.out:
        index = vocabulary(rows, args.least)
        weights = fit(Rows(rows, index), np.ones(len(rows)), len(index), args.penalty, args.steps)
        kept = [(f, weights[i]) for f, i in index.items() if np.abs(weights[i]).max() >= 0.03]
        lines = [f + "\t" + " ".join(str(round(w * 100)) for w in row) for f, row in kept]
        args.out.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        print(f"{len(kept)} features")


if __name__ == "__main__":
    main()
