"""Learn how much each feature speaks for a party as the actor or recipient of an act.

    cargo run --release -p depeche --example roles_gold -- TRAIN.jsonl... > roles.jsonl
    python training/roles.py roles.jsonl --folds 5 --out lexicon/judge/roles.tsv

A conditional logit over the answers to "who fills this role?", nobody included: the answers that name the countries of
the gold should be likely. Weights are pulled towards PRIOR, which trusts the pattern's own slot. Folds keep the roles
of one article together. Needs numpy.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from pathlib import Path

import numpy as np

HEAD = """# How much each feature speaks for a party as the actor (A), recipient (R) or participant (C) of an act; see
# crates/depeche-coding/src/roles. Learned by training/roles.py from the training articles of the gold; change a weight by
# hand and the next training undoes it.
#feature\tweight
"""

PRIOR = {"A|slot": 3.0, "R|slot": 3.0, "C|slot": 3.0, "A|none": 1.0, "R|none": 1.0, "C|none": 1.0}


def read(path: Path, least: int) -> tuple[list, list[str]]:
    """Roles as (article, features of each answer, rightness of each), and the features seen often enough."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    seen = Counter(f for row in rows for answer in row["answers"] for f in set(answer["features"]))
    names = sorted({f for f, n in seen.items() if n >= least} | set(PRIOR))
    index = {f: i for i, f in enumerate(names)}
    events = []
    for row in rows:
        features = [np.array([index[f] for f in a["features"] if f in index], dtype=int) for a in row["answers"]]
        events.append((row["article"], features, np.array([float(a["right"]) for a in row["answers"]])))
    return events, names


def fit(events: list, names: list[str], penalty: float, steps: int) -> np.ndarray:
    """Gradient descent with Adam; roles that no answer solves teach nothing."""
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    weights, m, v = prior.copy(), np.zeros(len(names)), np.zeros(len(names))
    events = [e for e in events if e[2].sum() > 0]
    for step in range(1, steps + 1):
        gradient = penalty * (weights - prior)
        for _, features, right in events:
            scores = np.array([weights[f].sum() for f in features])
            p = np.exp(scores - scores.max())
            p /= p.sum()
            q = p * right
            q /= q.sum()
            for f, difference in zip(features, p - q):
                np.add.at(gradient, f, difference)
        m = 0.9 * m + 0.1 * gradient
        v = 0.99 * v + 0.01 * gradient**2
        weights -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return weights


def accuracy(events: list, weights: np.ndarray) -> float:
    """Share of roles whose best answer is right."""
    best = [int(np.argmax([weights[f].sum() for f in features])) for _, features, _ in events]
    return float(np.mean([right[b] > 0 for b, (_, _, right) in zip(best, events)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--steps", type=int, default=150)
    args = parser.parse_args()
    events, names = read(args.features, args.least)
    if args.folds:
        fold_of = [zlib.crc32(article.encode()) % args.folds for article, _, _ in events]
        before = after = 0.0
        prior = np.array([PRIOR.get(name, 0.0) for name in names])
        for fold in range(args.folds):
            test = [e for e, f in zip(events, fold_of) if f == fold]
            rest = [e for e, f in zip(events, fold_of) if f != fold]
            before += accuracy(test, prior) * len(test)
            after += accuracy(test, fit(rest, names, args.penalty, args.steps)) * len(test)
        solvable = np.mean([right.sum() > 0 for _, _, right in events])
        n = len(events)
        print(f"{n} roles, {len(names)} features, solvable {solvable:.3f}, slots alone {before / n:.3f}, held out {after / n:.3f}")
    if args.out:
        weights = fit(events, names, args.penalty, args.steps)
        rows = [f"{n}\t{w:.2f}" for n, w in zip(names, weights) if abs(w) >= 0.05]
        args.out.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        print(f"{len(rows)} weights, right on what it learned from: {accuracy(events, weights):.3f}")


if __name__ == "__main__":
    main()
