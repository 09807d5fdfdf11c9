"""The last rounds of the French syntax: short training on data of one convention, the mean of the weights, one head anew.

A long training ends in one of many near equal minima. Short rounds at a low rate and high dropout, on data whose lemmas
agree and whose words are the treebank's own, reach others; the mean of their weights is better than each. The softmax of
the morphologizer, which never saw that mean, is then fitted once more to its vectors. Rates, shares and the number of steps
were chosen on Sequoia dev.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy
import spacy
from spacy.tokens import Doc, DocBin
from thinc.api import set_dropout_rate

BATCH = 600  # words a step
SMOOTHING = 0.05


@dataclass(frozen=True)
class Round:
    """One short training from the pipeline before it, and how much its weights count in the mean."""

    corpus: str
    steps: int
    rate: float
    dropout: float
    share: float


FINISH = {
    "fr": [
        Round("finish", 1200, 0.0007, 0.2, 2.3),
        Round("finish", 1000, 0.001, 0.3, 1.0),
        Round("own", 400, 0.0012, 0.35, 2.15),
    ]
}
START_SHARE = 2.0  # of the pipeline that the rounds start from


def parameters(nlp: spacy.Language) -> dict:
    """Every parameter with the layer that holds it."""
    found = {}
    for name, pipe in nlp.pipeline:
        for place, node in enumerate(pipe.model.walk()):
            found.update({(name, place, p): node for p in node.param_names if node.has_param(p)})
    return found


def mean(pipelines: list[Path], shares: list[float]) -> spacy.Language:
    """The weighted mean of pipelines of the same shape and labels."""
    nlp, total = spacy.load(pipelines[0], exclude=["ner"]), sum(shares)
    slots = parameters(nlp)
    sums = {key: node.get_param(key[2]) * (shares[0] / total) for key, node in slots.items()}
    for path, share in zip(pipelines[1:], shares[1:]):
        for key, node in parameters(spacy.load(path, exclude=["ner"])).items():
            sums[key] = sums[key] + node.get_param(key[2]) * (share / total)
    for key, node in slots.items():
        node.set_param(key[2], sums[key].astype(numpy.float32))
    return nlp


def vectors(nlp: spacy.Language, docs: list[Doc], dropout: float) -> numpy.ndarray:
    """What the shared tok2vec makes of the words, with some of it dropped."""
    model, rows = nlp.get_pipe("tok2vec").model, []
    set_dropout_rate(model, dropout)
    for at in range(0, len(docs), 64):
        rows += model.begin_update(docs[at : at + 64])[0]
    set_dropout_rate(model, 0.0)
    return numpy.concatenate(rows)


def refit(nlp: spacy.Language, corpora: list[Path], rate: float = 0.001, dropout: float = 0.25) -> None:
    """Fit the morphologizer's softmax to the fixed vectors: one pass of Adam, the mean of its steps."""
    pipe = nlp.get_pipe("morphologizer")
    layer = next(node for node in pipe.model.walk() if node.name == "softmax")
    known = {frozenset(label.split("|")): i for i, label in enumerate(pipe.labels)}
    gold = [doc for path in corpora for doc in DocBin().from_disk(path).get_docs(nlp.vocab)]
    parts = [frozenset([*str(t.morph).split("|"), f"POS={t.pos_}"]) - {""} for doc in gold for t in doc]
    want = numpy.array([known.get(part, -1) for part in parts])
    plain = [Doc(nlp.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc]) for doc in gold]
    seen = vectors(nlp, plain, dropout)[want >= 0]
    want = want[want >= 0]
    weights = [layer.get_param("W").copy(), layer.get_param("b").copy()]
    for name, value in zip("Wb", adam(seen, want, weights, rate)):
        layer.set_param(name, value.astype(numpy.float32))


def adam(seen: numpy.ndarray, want: numpy.ndarray, weights: list, rate: float) -> list:
    """One pass over shuffled rows with smoothed labels; returns the mean of the weights over the steps."""
    order = numpy.random.default_rng(1).permutation(len(seen))
    first, second, sums = ([numpy.zeros_like(w) for w in weights] for _ in range(3))
    starts = range(0, len(order), BATCH)
    for step, at in enumerate(starts, 1):
        rows = order[at : at + BATCH]
        scores = seen[rows] @ weights[0].T + weights[1]
        guess = numpy.exp(scores - scores.max(1, keepdims=True))
        guess /= guess.sum(1, keepdims=True)
        guess -= SMOOTHING / guess.shape[1]
        guess[numpy.arange(len(rows)), want[rows]] -= 1 - SMOOTHING
        slopes = guess.T @ seen[rows] / len(rows), guess.mean(0)
        for i, slope in enumerate(slopes):
            first[i] = 0.9 * first[i] + 0.1 * slope
            second[i] = 0.999 * second[i] + 0.001 * slope**2
            pace = numpy.sqrt(second[i] / (1 - 0.999**step)) + 1e-8
            weights[i] -= (rate * first[i] / (1 - 0.9**step) / pace).astype(weights[i].dtype)
            sums[i] += weights[i]
    return [total / len(starts) for total in sums]
