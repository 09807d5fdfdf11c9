"""Parse articles with a trained pipeline and print one JSON object an article.

    python training/dump.py MODELS ARTICLES.jsonl... --out FOLDER

MODELS holds `fr` and `en`. The text is the title, a newline, the body; every line is a document of its
own, so no sentence crosses a line break. Offsets are bytes of the UTF-8 text, heads absolute.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import spacy


def parse(nlp, text: str) -> tuple[list[dict], list[list[int]]]:
    """Tokens and sentences of a text, blank tokens dropped."""
    tokens: list[dict] = []
    sentences: list[list[int]] = []
    lines = [m for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    for match, doc in zip(lines, nlp.pipe(m[0] for m in lines)):
        places: dict[int, int] = {}
        kept = [t for t in doc if not t.is_space]
        for token in kept:
            places[token.i] = len(tokens) + len(places)
        base = len(text[: match.start()].encode())
        for token in kept:
            start = base + len(doc.text[: token.idx].encode())
            head = token.head
            while head.is_space and head.head.i != head.i:
                head = head.head
            tokens.append(
                {
                    "start": start,
                    "end": start + len(token.text.encode()),
                    "text": token.text,
                    "lemma": token.lemma_,
                    "upos": token.pos_,
                    "feats": str(token.morph),
                    "head": places.get(head.i, places[token.i]),
                    "dep": token.dep_,
                    "ent": f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "",
                }
            )
        for sent in doc.sents:
            inside = [places[t.i] for t in sent if t.i in places]
            if inside:
                sentences.append([inside[0], inside[-1] + 1])
    return tokens, sentences


def main() -> None:
    """Read the arguments and dump every file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    loaded: dict[str, spacy.Language] = {}
    for path in args.articles:
        rows = []
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            lang = article["lang"]
            if lang not in loaded:
                loaded[lang] = spacy.load(args.models / lang)
            text = article["title"] + "\n" + article["text"]
            tokens, sentences = parse(loaded[lang], text)
            head = {"id": article["id"], "lang": lang, "text": text}
            rows.append(json.dumps({**head, "tokens": tokens, "sentences": sentences}, ensure_ascii=False))
        fresh = args.out / (path.name + ".new")
        fresh.write_text("\n".join(rows) + "\n", encoding="utf-8")
        fresh.rename(args.out / path.name)
        print(f"{path.name}: {len(rows)} articles")


if __name__ == "__main__":
    main()
