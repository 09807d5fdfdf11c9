"""A conditional logit: of all answers to one question, the right ones together should be likely.

Shared by place_attach.py ("where did it happen?") and roles.py ("who fills this role?"). Needs numpy.
"""

from __future__ import annotations

from typing import Sequence

import numpy as np

Features = Sequence[Sequence[int]]


def fit(events: list[tuple[Features, np.ndarray]], prior: np.ndarray, penalty: float, steps: int) -> np.ndarray:
    """Weights by gradient descent with Adam, pulled towards `prior`; questions that no answer solves teach nothing."""
    weights, m, v = prior.copy(), np.zeros(len(prior)), np.zeros(len(prior))
    events = [e for e in events if e[1].sum() > 0]
    for step in range(1, steps + 1):
        gradient = penalty * (weights - prior)
        for features, right in events:
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


def accuracy(events: list[tuple[Features, np.ndarray]], weights: np.ndarray) -> float:
    """Share of questions whose best answer is right."""
    best = [int(np.argmax([weights[f].sum() for f in features])) for features, _ in events]
    return float(np.mean([right[b] > 0 for b, (_, right) in zip(best, events)])) if events else 0.0
