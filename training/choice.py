"""A conditional logit: of all answers to one question, the right ones together should be likely.

Shared by place_attach.py ("where did it happen?"), roles.py ("who fills this role?") and dates.py ("when?"). Needs numpy.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from pathlib import Path
from typing import Sequence

import numpy as np

Features = Sequence[Sequence[int]]


class Flat:
    """Questions laid end to end: features by answer, answers by question, so that each step is a few array operations."""

    def __init__(self, events: list[tuple[Features, np.ndarray]], size: int, counts_as: np.ndarray):
        answers = [features for event in events for features in event[0]]
        self.size = size
        self.right = np.concatenate([right for _, right in events])
        counts = np.array([len(features) for features in answers])
        self.features = np.concatenate([np.asarray(f, dtype=np.int64) for f in answers])
        self.answer_of = np.repeat(np.arange(len(answers)), counts)
        widths = [len(event[0]) for event in events]
        self.first = np.concatenate([[0], np.cumsum(widths)[:-1]])
        self.event_of = np.repeat(np.arange(len(events)), widths)
        self.counts_as = counts_as[self.event_of]

    def share(self, values: np.ndarray) -> np.ndarray:
        """Each answer's part of its question's sum."""
        return values / np.add.reduceat(values, self.first)[self.event_of]

    def gradient(self, weights: np.ndarray) -> np.ndarray:
        scores = np.bincount(self.answer_of, weights[self.features], minlength=len(self.right))
        p = self.share(np.exp(scores - np.maximum.reduceat(scores, self.first)[self.event_of]))
        difference = self.counts_as * (p - self.share(p * self.right + 1e-12 * (self.right > 0)))
        return np.bincount(self.features, difference[self.answer_of], minlength=self.size)


def fit(
    events: list[tuple[Features, np.ndarray]],
    prior: np.ndarray,
    penalty: float,
    steps: int,
    counts_as: np.ndarray | None = None,
) -> np.ndarray:
    """Weights by gradient descent with Adam, pulled towards `prior`; questions that no answer solves teach nothing.

    `counts_as` says as how many questions each counts, one where it is not given.
    """
    weights, m, v = prior.copy(), np.zeros(len(prior)), np.zeros(len(prior))
    solvable = np.array([e[1].sum() > 0 for e in events])
    counts_as = np.ones(len(events)) if counts_as is None else counts_as
    flat = Flat([e for e, ok in zip(events, solvable) if ok], len(prior), counts_as[solvable])
    for step in range(1, steps + 1):
        gradient = flat.gradient(weights) + penalty * (weights - prior)
        m = 0.9 * m + 0.1 * gradient
        v = 0.99 * v + 0.01 * gradient**2
        weights -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return weights


def accuracy(events: list[tuple[Features, np.ndarray]], weights: np.ndarray) -> float:
    """Share of questions whose best answer is right."""
    best = [int(np.argmax([weights[f].sum() for f in features])) for features, _ in events]
    return float(np.mean([right[b] > 0 for b, (_, right) in zip(best, events)])) if events else 0.0


SOME = 1e-9  # any rightness: the same group, if not the very answer


def read(path: Path, least: int, prior: dict[str, float]) -> tuple[list, list[str]]:
    """Questions as (article, features of each answer, rightness of each, group of each), and the features seen often enough.

    Answers of one group say the same to most purposes: the same countries, the same days.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    seen = Counter(f for row in rows for answer in row["answers"] for f in set(answer["features"]))
    names = sorted({f for f, n in seen.items() if n >= least} | set(prior))
    index = {f: i for i, f in enumerate(names)}
    events = []
    for row in rows:
        features = [np.array([index[f] for f in a["features"] if f in index], dtype=int) for a in row["answers"]]
        right = np.array([float(a["right"]) for a in row["answers"]])
        events.append((row["article"], features, right, [a["group"] for a in row["answers"]]))
    return events, names


VOTES = 2  # answers of a group that count together: see `choose` in crates/depeche-lexicon/src/weights.rs


def choose(event: tuple, weights: np.ndarray) -> float:
    """How right the answer is that the program would choose: the best of the group whose best answers weigh most together."""
    _, features, right, groups = event
    scores = np.array([weights[f].sum() for f in features])
    votes: dict[str, list[float]] = {}
    for group, weight in zip(groups, np.exp(scores - scores.max())):
        votes.setdefault(group, []).append(weight)
    chosen = max(votes, key=lambda group: sum(sorted(votes[group])[-VOTES:]))
    return right[max((i for i, group in enumerate(groups) if group == chosen), key=scores.__getitem__)]


def share(events: list, weights: np.ndarray, least: float) -> float:
    """Share of questions whose chosen answer is at least so right."""
    return float(np.mean([choose(event, weights) >= least for event in events])) if events else 0.0


def is_case(event: tuple) -> bool:
    """Whether a question comes from a rule's own test."""
    return ".rule:" in event[0]


def is_own(event: tuple) -> bool:
    """Whether a question comes from training/articles, whose coders are not those of the gold."""
    return event[0].startswith("own-")


def folds(events: list, prior: np.ndarray, args: argparse.Namespace, counts_as: np.ndarray) -> Counter:
    """Shares right on articles held out: by the prior alone, by group, and of the very answer; rules' tests are learned from only."""
    fold_of = np.array([zlib.crc32(event[0].encode()) % args.folds for event in events])
    asked = sum(not is_case(event) for event in events)
    found = Counter()
    for fold in range(args.folds):
        test = [e for e, f in zip(events, fold_of) if f == fold and not is_case(e)]
        rest = [e[1:3] for e, f in zip(events, fold_of) if f != fold]
        weights = fit(rest, prior, args.penalty, args.steps, counts_as[fold_of != fold])
        for name, w, least in (("prior", prior, SOME), ("group", weights, SOME), ("exact", weights, 1.0)):
            found[name] += share(test, w, least) * len(test) / asked
    return found


def learn(doc: str, head: str, prior: dict[str, float]) -> None:
    """The command line of a judge: read questions, print held-out figures, write the table of weights."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--case", type=float, default=2.0, help="as how many questions one of a rule's own tests counts")
    parser.add_argument("--own", type=float, default=0.3, help="as how many one of an article of training/articles counts")
    parser.add_argument("--steps", type=int, default=150)
    args = parser.parse_args()
    events, names = read(args.features, args.least, prior)
    counts_as = np.array([args.case if is_case(event) else args.own if is_own(event) else 1.0 for event in events])
    expected = np.array([prior.get(name, 0.0) for name in names])
    if args.folds:
        found = folds(events, expected, args, counts_as)
        solvable = np.mean([event[2].sum() > 0 for event in events])
        print(
            f"{len(events)} questions, {len(names)} features, solvable {solvable:.3f}, prior alone {found['prior']:.3f},"
            f" held out {found['group']:.3f}, the very answer {found['exact']:.3f}"
        )
    if args.out:
        weights = fit([e[1:3] for e in events], expected, args.penalty, args.steps, counts_as)
        rows = [f"{n}\t{w:.2f}" for n, w in zip(names, weights) if abs(w) >= 0.05]
        args.out.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        print(f"{len(rows)} weights, right on what it learned from: {share(events, weights, SOME):.3f}")
