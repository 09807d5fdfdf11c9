"""Learn how much each feature speaks for a phrase as the place of an act.

    cargo run --release -p depeche --example judge_gold -- places TRAIN.jsonl... > places.jsonl
    python training/place_attach.py places.jsonl --least 4 --penalty 8 --folds 5 --out lexicon/places/attach.tsv

A conditional logit over the answers to "where did it happen?", no place included: see choice.py. An answer is right if its
state is; one that also has the words of the gold counts more. Needs numpy.
"""

from choice import learn

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

if __name__ == "__main__":
    learn(__doc__, HEAD, PRIOR)
