"""Write down what spaCy itself makes of many sentences, for `cargo run --example parity` to compare with.

    python training/parity.py fr --data ../shared/data [--pipeline target/models/fr] [--limit N]

Runs the pipeline that is shipped in `models/`, put together again by restore.py, or a trained one.

Sentences are the `# text` lines of the treebanks' test files and the paragraphs of the name corpora: raw
text, so that tokens are compared too. One JSON object a line: text, then one list a token with begin and
end (characters), part of speech, features, lemma, head, relation, sentence start and name.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Iterator

import restore

ROOT = Path(__file__).resolve().parent.parent

def texts(data: Path, lang: str) -> Iterator[str]:
    """Sentences of the treebanks' test files, then paragraphs of the name corpora."""
    seen: set[str] = set()
    for path in sorted((data / "ud" / lang).rglob("*test*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                seen.add(line[9:])
                yield line[9:]
    for path in sorted((data / "ner" / lang).rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and line not in seen:
                seen.add(line)
                yield line


def main() -> None:
    """Read the arguments, run spaCy, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("lang")
    parser.add_argument("--data", type=Path, required=True, help="folder with nlp/ud and nlp/ner")
    parser.add_argument("--pipeline", type=Path, help="a trained pipeline instead of the shipped one")
    parser.add_argument("--out", type=Path, help="default: target/parity/LANG.jsonl")
    parser.add_argument("--limit", type=int, default=4000)
    args = parser.parse_args()
    args.out = args.out or ROOT / "target/parity" / f"{args.lang}.jsonl"
    nlp = restore.load(args.pipeline or ROOT / "models" / args.lang)
    chosen = [text for text, _ in zip(texts(args.data / "nlp", args.lang), range(args.limit))]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as file:
        for text, doc in zip(chosen, nlp.pipe(chosen)):
            tokens = [
                [
                    t.idx, t.idx + len(t), t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_,
                    bool(t.is_sent_start), f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "",
                ]
                for t in doc
            ]
            file.write(json.dumps({"text": text, "tokens": tokens}, ensure_ascii=False) + "\n")
    print(f"{args.out}: {len(chosen)} texts")


if __name__ == "__main__":
    main()
