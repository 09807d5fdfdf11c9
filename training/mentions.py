"""Learn how sure a matched mention is.

    cargo run --release -p depeche --example judge_gold -- mentions TRAIN.jsonl... training/negatives.jsonl > mentions.jsonl
    python training/mentions.py mentions.jsonl --folds 5 --out lexicon/judge/mentions.tsv

Logistic regression with a quadratic penalty; folds keep an article's mentions together. `--folds` prints a reliability
table (chance told, share right) and the share of right mentions kept at each threshold. Needs numpy.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from pathlib import Path

import numpy as np

HEAD = """# How much each feature speaks for a mention as one that a trained coder would code; see
# crates/depeche-coding/src/judge.rs. Learned by training/mentions.py from the training articles of the gold; change a
# weight by hand and the next training undoes it.
#feature\tweight
"""


def fit(x: list[np.ndarray], y: np.ndarray, times: np.ndarray, size: int, penalty: float, steps: int) -> np.ndarray:
    """Gradient descent with Adam, each mention counted so many times; the bias (feature 0) is not pulled to zero."""
    weights, m, v = np.zeros(size), np.zeros(size), np.zeros(size)
    pull = np.full(size, penalty)
    pull[0] = 0.0
    for step in range(1, steps + 1):
        gradient = pull * weights
        for features, right, count in zip(x, y, times):
            if count:
                p = 1 / (1 + np.exp(-weights[features].sum()))
                np.add.at(gradient, features, count * (p - right))
        m = 0.9 * m + 0.1 * gradient
        v = 0.99 * v + 0.01 * gradient**2
        weights -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return weights


def chances(x: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Chance of each mention."""
    return np.array([1 / (1 + np.exp(-weights[features].sum())) for features in x])


def report(p: np.ndarray, y: np.ndarray) -> None:
    """Reliability, and what each threshold keeps."""
    print(f"{len(y)} mentions, {y.mean():.3f} right")
    print("chance told   mentions   share right")
    for low in np.arange(0, 1, 0.1):
        at = (p >= low) & (p < low + 0.1)
        if at.any():
            print(f"{low:.1f} to {low + 0.1:.1f}   {at.sum():8}   {y[at].mean():.3f}")
    print("threshold   kept   right of kept   right kept")
    for t in (0.0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        at = p >= t
        print(f"{t:9}   {at.mean():.3f}   {y[at].mean() if at.any() else 0:.3f}           {y[at].sum() / y.sum():.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--penalty", type=float, default=1.5)
    parser.add_argument("--none", type=int, default=9, help="times a mention of an article without events counts")
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--steps", type=int, default=200)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.features.read_text(encoding="utf-8").splitlines()]
    seen = Counter(f for row in rows for f in set(row["features"]))
    names = ["bias"] + sorted(f for f, n in seen.items() if n >= args.least and f != "bias")
    index = {f: i for i, f in enumerate(names)}
    x = [np.array([index[f] for f in row["features"] if f in index], dtype=int) for row in rows]
    y = np.array([float(row["right"]) for row in rows])
    times = np.array([args.none if row.get("none") else 1 for row in rows])
    if args.folds:
        fold = np.array([zlib.crc32(row["article"].encode()) % args.folds for row in rows])
        held = np.zeros(len(rows))
        for f in range(args.folds):
            weights = fit(x, y, np.where(fold != f, times, 0), len(names), args.penalty, args.steps)
            test = np.flatnonzero(fold == f)
            held[test] = chances([x[i] for i in test], weights)
        report(held, y)
    if args.out:
        weights = fit(x, y, times, len(names), args.penalty, args.steps)
        kept = [f"{n}\t{w:.3f}" for n, w in zip(names, weights) if abs(w) >= 0.02]
        args.out.write_text(HEAD + "\n".join(kept) + "\n", encoding="utf-8")
        print(f"{len(kept)} weights")


if __name__ == "__main__":
    main()
