"""Learn how much each feature speaks for a party as the actor or recipient of an act.

    cargo run --release -p depeche --example judge_gold -- cases > cases.jsonl
    cargo run --release -p depeche --example judge_gold -- roles TRAIN.jsonl... cases.jsonl > roles.jsonl
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

from choice import fit

HEAD = """# How much each feature speaks for a party as the actor (A), recipient (R) or participant (C) of an act; see
# crates/depeche-coding/src/roles. Learned by training/roles.py from the training articles of the gold; change a weight by
# hand and the next training undoes it.
#feature\tweight
"""

PRIOR = {"A|slot": 3.0, "R|slot": 3.0, "C|slot": 3.0, "A|none": 1.0, "R|none": 1.0, "C|none": 1.0}


SOME = 1e-9  # any rightness: the countries, whatever the sectors


def read(path: Path, least: int) -> tuple[list, list[str]]:
    """Roles as (article, features of each answer, rightness of each, countries of each), and the features seen often enough."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    seen = Counter(f for row in rows for answer in row["answers"] for f in set(answer["features"]))
    names = sorted({f for f, n in seen.items() if n >= least} | set(PRIOR))
    index = {f: i for i, f in enumerate(names)}
    events = []
    for row in rows:
        features = [np.array([index[f] for f in a["features"] if f in index], dtype=int) for a in row["answers"]]
        countries = [frozenset(country for country, _ in a["who"]) for a in row["answers"]]
        events.append((row["article"], features, np.array([float(a["right"]) for a in row["answers"]]), countries))
    return events, names


def choose(event: tuple, weights: np.ndarray) -> float:
    """How right the answer is that the program would choose: the best of the countries with most weight together."""
    _, features, right, countries = event
    scores = np.array([weights[f].sum() for f in features])
    together = Counter()
    for country, weight in zip(countries, np.exp(scores - scores.max())):
        together[country] += weight
    chosen = max(together, key=together.__getitem__)
    return right[max((i for i, c in enumerate(countries) if c == chosen), key=scores.__getitem__)]


def share(events: list, weights: np.ndarray, least: float) -> float:
    """Share of roles whose chosen answer is at least so right."""
    return float(np.mean([choose(event, weights) >= least for event in events])) if events else 0.0


def prior_of(names: list[str]) -> np.ndarray:
    """What each feature is expected to weigh."""
    return np.array([PRIOR.get(name, 0.0) for name in names])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--case", type=float, default=1.0, help="as how many roles one of a rule's own test counts")
    parser.add_argument("--steps", type=int, default=150)
    args = parser.parse_args()
    events, names = read(args.features, args.least)
    counts_as = np.array([args.case if ".rule:" in event[0] else 1.0 for event in events])
    if args.folds:
        fold_of = [zlib.crc32(event[0].encode()) % args.folds for event in events]
        found = Counter()
        prior = prior_of(names)
        for fold in range(args.folds):
            test = [e for e, f in zip(events, fold_of) if f == fold and ".rule:" not in e[0]]
            outside = np.array(fold_of) != fold
            rest = [e[1:3] for e, other in zip(events, outside) if other]
            weights = fit(rest, prior, args.penalty, args.steps, counts_as[outside])
            for name, w, least in (("slots", prior, SOME), ("held", weights, SOME), ("sectors", weights, 1.0)):
                found[name] += share(test, w, least) * len(test) / sum(".rule:" not in e[0] for e in events)
        solvable = np.mean([event[2].sum() > 0 for event in events])
        print(
            f"{len(events)} roles, {len(names)} features, solvable {solvable:.3f}, slots alone {found['slots']:.3f},"
            f" held out {found['held']:.3f}, sectors too {found['sectors']:.3f}"
        )
    if args.out:
        plain = [e[1:3] for e in events]
        weights = fit(plain, prior_of(names), args.penalty, args.steps, counts_as)
        rows = [f"{n}\t{w:.2f}" for n, w in zip(names, weights) if abs(w) >= 0.05]
        args.out.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        print(f"{len(rows)} weights, right on what it learned from: {share(events, weights, SOME):.3f}")


if __name__ == "__main__":
    main()
