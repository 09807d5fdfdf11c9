"""Learn how much each feature speaks for a party as the actor or recipient of an act.

    cargo run --release -p depeche --example judge_gold -- cases > cases.jsonl
    cargo run --release -p depeche --example judge_gold -- roles TRAIN.jsonl... cases.jsonl > roles.jsonl
    python training/roles.py roles.jsonl --folds 5 --out lexicon/judge/roles.tsv

A conditional logit over the answers to "who fills this role?", nobody included: the answers that name the countries of
the gold should be likely. Weights are pulled towards PRIOR, which trusts the pattern's own slot. Folds keep the roles
of one article together. Needs numpy.
"""

from choice import learn

HEAD = """# How much each feature speaks for a party as the actor (A), recipient (R) or participant (C) of an act; see
# crates/depeche-coding/src/roles. Learned by training/roles.py from the training articles of the gold; change a weight by
# hand and the next training undoes it.
#feature\tweight
"""

PRIOR = {"A|slot": 3.0, "R|slot": 3.0, "C|slot": 3.0, "A|none": 1.0, "R|none": 1.0, "C|none": 1.0}

if __name__ == "__main__":
    learn(__doc__, HEAD, PRIOR)
