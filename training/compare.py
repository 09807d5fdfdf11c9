"""The accuracy of spaCy's run and of the Rust engine's run of one pipeline, side by side, with gold tokens.

    cargo build --release -p depeche-language --example annotate
    python training/compare.py models models --work target/training \\
        --engine target/release/examples/annotate [--lang fr]

The first folder holds what spaCy runs, trained pipelines or what convert.py made of them, the second what
the engine runs. Sets and measures
are those of evaluate.py: every gold sentence alone, then exact names.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

from spacy.tokens import Doc, DocBin

import evaluate
import restore


class Engine:
    """The Rust engine in spaCy's place: takes a document of words, gives one with annotation."""

    def __init__(self, program: Path, model: Path, vocab) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([program, model], stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        self.vocab = vocab

    def __call__(self, doc: Doc) -> Doc:
        words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
        self._process.stdin.write(json.dumps(list(zip(words, spaces)), ensure_ascii=False) + "\n")
        self._process.stdin.flush()
        rows = json.loads(self._process.stdout.readline())
        pos, morphs, lemmas, heads, deps, _, ents = (list(column) for column in zip(*rows))
        return Doc(
            self.vocab, words, spaces, pos=pos, morphs=morphs, lemmas=lemmas, heads=heads, deps=deps,
            ents=[ent or "O" for ent in ents],
        )

    def close(self) -> None:
        """End the program."""
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """Read the arguments, measure both, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pipelines", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder with the prepared sets, by language")
    parser.add_argument("--engine", type=Path, required=True)
    parser.add_argument("--lang", choices=sorted(evaluate.SETS), action="append")
    args = parser.parse_args()
    for lang in args.lang or sorted(evaluate.SETS, reverse=True):
        nlp = restore.load(args.pipelines / lang)
        engine = Engine(args.engine, args.models / lang, nlp.vocab)
        load = lambda name: list(DocBin().from_disk(args.work / lang / f"{name}.spacy").get_docs(nlp.vocab))
        trees, spans = {}, {}
        for name, file in evaluate.SETS[lang].items():
            docs = load(file)
            for who, run in (("spaCy", nlp), ("engine", engine)):
                trees[f"{name}, {who}"] = evaluate.syntax(run, docs, 1)
        for name, (file, labels) in evaluate.NAMES[lang].items():
            docs = load(file)
            for who, run in (("spaCy", nlp), ("engine", engine)):
                spans[f"{name}, {who}"] = evaluate.names(run, docs, labels)
        engine.close()
        evaluate._table(trees, lang)
        evaluate._table(spans, f"{lang} names")


if __name__ == "__main__":
    main()
