"""Learn how much each feature speaks for a phrase as the place of an act.

    cargo run --release -p depeche-resolve --example place_gold -- --features PARSES TRAIN.jsonl... > features.jsonl
    python training/place_attach.py features.jsonl --out lexicon/places/attach.tsv

A conditional logit: of all answers to "where did it happen?", none included, the right ones together should be likely.
An answer is right if its state is; one that also has the words of the gold counts more. Needs numpy. `--folds N` prints
the accuracy of an N-fold cross-validation first: events of one article may fall on both sides, so it flatters a little.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from choice import accuracy, fit

HEAD = """# How much each feature speaks for a phrase as the place of an act; see crates/depeche-resolve/src/place/attach.rs.
# Learned by training/place_attach.py from the training articles of the gold; change a weight by hand and the next training
# undoes it.
#feature\tweight
"""


# What is expected before any article is seen; weights are pulled towards it. It speaks for what is rare in the articles.
PRIOR = {
    "level=a-hangs": 1.5,
    "level=b-opens": 1.0,
    "back=1&points=true": 1.0,
    "back=2&points=true": 0.5,
    "here&where=line": 2.0,
    "here&where=carried": 2.0,
    "none&points=true": -0.5,
    "none&event=ASSAULT": -1.0,
    "none&event=PROTEST": -1.0,
}


def read(path: Path, least: int) -> tuple[list[tuple[list[list[int]], np.ndarray]], list[str]]:
    """Events as (features of each answer, rightness of each), and the names of the features seen often enough."""
    rows = [json.loads(line)["answers"] for line in path.read_text(encoding="utf-8").splitlines()]
    seen = Counter(f for row in rows for answer in row for f in set(answer["features"]))
    names = sorted({f for f, n in seen.items() if n >= least} | set(PRIOR))
    index = {f: i for i, f in enumerate(names)}
    events = []
    for row in rows:
        right = np.array([1.0 if a["text"] else 0.4 if a["right"] and i else float(a["right"]) for i, a in enumerate(row)])
        events.append(([[index[f] for f in a["features"] if f in index] for a in row], right))
    return events, names


def prior_of(names: list[str]) -> np.ndarray:
    """What each feature is expected to weigh."""
    return np.array([PRIOR.get(name, 0.0) for name in names])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--least", type=int, default=4)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    events, names = read(args.features, args.least)
    if args.folds:
        scores = []
        for fold in range(args.folds):
            block = len(events) // args.folds + 1
            test = events[fold * block : (fold + 1) * block]
            rest = events[: fold * block] + events[(fold + 1) * block :]
            scores += [accuracy(test, fit(rest, prior_of(names), args.penalty, 150))] * len(test)
        solvable = sum(e[1].sum() > 0 for e in events) / len(events)
        print(f"{len(events)} events, {len(names)} features, solvable {solvable:.3f}, held out {np.mean(scores):.3f}")
    if args.out:
        weights = fit(events, prior_of(names), args.penalty, 400)
        rows = [f"{n}\t{w:.2f}" for n, w in zip(names, weights) if abs(w) >= 0.05]
        args.out.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        print(f"{len(rows)} weights, right on what it learned from: {accuracy(events, weights):.3f}")


if __name__ == "__main__":
    main()
