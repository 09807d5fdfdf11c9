"""Learn how much each feature speaks for a date as that of an act.

    cargo run --release -p depeche --example judge_gold -- dates TRAIN.jsonl... > dates.jsonl
    python training/dates.py dates.jsonl --penalty 10 --folds 5 --out lexicon/judge/dates.tsv

A conditional logit over the answers to "when did it happen?", no date included: see choice.py. Weights are pulled towards PRIOR,
which trusts the rules. Folds keep the acts of one article together. Needs numpy.
"""

from choice import learn

HEAD = """# How much each feature speaks for a date as that of an act; see crates/depeche-resolve/src/when/choose.rs.
# Learned by training/dates.py from the training articles; change a weight by hand and the next training undoes it.
#feature\tweight
"""

PRIOR = {"rule=true": 4.0, "rule=true|after": 1.0, "own|setting=OfThing": -2.0}

if __name__ == "__main__":
    learn(__doc__, HEAD, PRIOR)
