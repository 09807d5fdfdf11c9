"""Words a second of spaCy's own run of a pipeline on one core, beside `cargo run --example speed`.

    python training/speed.py models/fr TEXTS.jsonl [--engine target/release/examples/speed --model models/fr]

Each line of the texts is a JSON object with a `text`; every line of a text is a document, words are what
white space separates. With `--engine` the Rust program runs on the same texts right after, and the ratio
is printed. Both count processor time, so that other work on the machine does not weigh.
"""

from __future__ import annotations

import os

# One core each: before numpy and blis start their threads.
for name in ("OMP_NUM_THREADS", "BLIS_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import json
import re
import statistics
import subprocess
import time
from pathlib import Path

import spacy

import restore

ROUNDS = 5


def main() -> None:
    """Read the arguments, time spaCy, time the engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--engine", type=Path)
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    nlp = restore.load(args.pipeline)
    texts = [json.loads(line)["text"] for line in args.texts.read_text(encoding="utf-8").splitlines()]
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    words = sum(len(text.split()) for text in texts)
    rates = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in nlp.pipe(lines):
            pass
        rates.append(words / (time.process_time() - start))
    median, best = statistics.median(rates), max(rates)
    print(f"spaCy {spacy.__version__}: {words} words; of {ROUNDS}: median {median:.0f}, best {best:.0f}")
    if args.engine:
        command = [str(args.engine), str(args.model), str(args.texts)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        print(output, end="")
        theirs = [float(re.search(name + r" (\d+)", output)[1]) for name in ("median", "best")]
        print(f"ratio of medians {theirs[0] / median:.1f}, of best rounds {theirs[1] / best:.1f}")


if __name__ == "__main__":
    main()
