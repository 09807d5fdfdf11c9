"""A conditional logit: of all answers to one question, the right ones together should be likely.

Shared by place_attach.py ("where did it happen?") and roles.py ("who fills this role?"). Needs numpy.
"""

from __future__ import annotations

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
