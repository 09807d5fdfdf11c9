"""Train one language from the data folder to a finished spaCy pipeline.

    python training/train.py fr --data ../shared/data --work target/training/fr --out target/models/fr

Prepares the corpora, trains syntax and names, puts them into one pipeline, rounds every weight to what
16 bits can hold (so that spaCy and the Rust engine run the same numbers) and writes the card.
`--only syntax|finish|names|assemble` does one step; `--steps` shortens the training. `--only finish --go-on PIPELINE`
goes on from a pipeline, such as the shipped one after restore.py.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy
import spacy
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from spacy.util import load_config

import finish
import language
import reader  # noqa: F401  registers the corpus reader

HERE = Path(__file__).resolve().parent
STEPS = {"syntax": {"fr": 8000, "en": 7500}, "names": {"fr": 3000, "en": 3000}}
SOURCES = {
    "fr": [
        ["UD French-Sequoia train", "LGPL-LR"],
        ["UD French-GSD dev", "CC BY-SA 4.0"],
        ["UD French-FQB", "LGPL-LR"],
        ["UD French-ParisStories train", "CC BY-SA 4.0"],
        ["UD French-Rhapsodie train", "CC BY-SA 4.0"],
        ["WiNER-fr", "CC BY 4.0 (text CC BY 2.5)"],
    ],
    "en": [
        ["UD English-EWT train", "CC BY-SA 4.0"],
        ["GUM, the documents under CC BY or public domain", "CC BY"],
        ["wikigold", "CC BY 4.0"],
    ],
}


def fit(part: str, lang: str, work: Path, steps: int, start: Path | None = None, settings: dict | None = None) -> None:
    """Train `syntax` or `names` and leave the pipeline in `work/<part>/model-last`; `settings` go over the configuration's."""
    config = load_config(
        HERE / f"{part}.cfg",
        overrides={
            "nlp.lang": lang,
            "paths.train": str(work / f"{part}-train.spacy"),
            "paths.dev": str(work / f"{part}-dev.spacy"),
            "training.max_steps": steps,
            "training.optimizer.learn_rate.total_steps": steps + steps // 20,
            "training.eval_frequency": steps // 4,
            **(settings or {}),
        },
        interpolate=False,
    )
    if start is not None:
        for name in config["components"]:
            config["components"][name] = {"source": str(start)}
        if not settings:
            config["training"]["optimizer"]["learn_rate"]["initial_rate"] = 0.001
    started = time.process_time()
    nlp = init_nlp(config)
    if start is not None and nlp.has_pipe("trainable_lemmatizer"):
        # spaCy 3.8 does not restore this table on loading: every gold tree would count as the first.
        lemmatizer = nlp.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
    (work / part).mkdir(parents=True, exist_ok=True)
    spacy_train(nlp, work / part)
    seconds = time.process_time() - started
    before = work / f"{part}.seconds"
    earlier = int(before.read_text()) if start is not None and before.exists() else 0
    before.write_text(f"{earlier + seconds:.0f}\n")
    print(f"{part} {lang}: {seconds / 60:.1f} CPU minutes")


def finish_syntax(lang: str, work: Path, start: Path) -> None:
    """The last rounds of `finish.py`; their mean takes the place of `work/syntax/model-last`."""
    stages, rounds = [start], finish.FINISH[lang]
    for number, stage in enumerate(rounds):
        if stage.corpus == "own":
            here = [str(path) for path in (stages[-1], stages[0])]
            subprocess.run([sys.executable, str(HERE / "silver.py"), lang, "--work", str(work), *here], check=True)
        settings = {
            "paths.train": str(work / f"syntax-{stage.corpus}.spacy"),
            "corpora.train.news": False,
            "training.dropout": stage.dropout,
            "training.optimizer.learn_rate.initial_rate": stage.rate,
            "training.optimizer.learn_rate.warmup_steps": 50,
        }
        fit("syntax", lang, work, stage.steps, stages[-1], settings)
        stages.append(work / f"round-{number}")
        shutil.rmtree(stages[-1], ignore_errors=True)
        shutil.copytree(work / "syntax/model-last", stages[-1])
    nlp = finish.mean(stages, [finish.START_SHARE, *(stage.share for stage in rounds)])
    finish.refit(nlp, [work / f"syntax-{name}.spacy" for name in ("sequoia", "sequoia", "gsd")])
    nlp.to_disk(work / "syntax/model-last")


def assemble(lang: str, work: Path) -> spacy.Language:
    """Syntax and names in one pipeline with the shipped tokenizer."""
    syntax, names = (spacy.load(work / part / "model-last") for part in ("syntax", "names"))
    nlp = language.blank(lang)
    for name in syntax.pipe_names:
        nlp.add_pipe(name, source=syntax)
    nlp.add_pipe("ner", source=names)
    return nlp


def round_weights(nlp: spacy.Language) -> int:
    """Round every parameter to a value 16 bits can hold; return how many there are."""
    total = 0
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    value = node.get_param(name)
                    node.set_param(name, value.astype(numpy.float16).astype(numpy.float32))
                    total += value.size if "Listener" not in type(node).__name__ else 0
    return total


def save(nlp: spacy.Language, lang: str, work: Path, out: Path) -> None:
    """Write the pipeline and its card beside the old one, then swap."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.meta["name"] = "depeche"
    nlp.to_disk(fresh)
    minutes = {p: round(int((work / f"{p}.seconds").read_text()) / 60, 1) for p in ("syntax", "names")}
    card = {
        "lang": lang,
        "date": datetime.date.today().isoformat(),
        "spacy": spacy.__version__,
        "training_data": [{"name": name, "licence": licence} for name, licence in SOURCES[lang]],
        "training_cpu_minutes": minutes,
    }
    (fresh / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Read the arguments and run the steps asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("lang", choices=sorted(SOURCES))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", choices=["prepare", "syntax", "finish", "names", "assemble"])
    parser.add_argument("--steps", type=int)
    parser.add_argument("--go-on", type=Path, help="train this pipeline further, at half the rate (with --only)")
    args = parser.parse_args()
    if args.only in (None, "prepare"):
        where = [args.lang, "--data", str(args.data), "--out", str(args.work)]
        subprocess.run([sys.executable, str(HERE / "prepare.py"), *where], check=True)
    for part in ("syntax", "names"):
        if args.only in (None, part):
            fit(part, args.lang, args.work, args.steps or STEPS[part][args.lang], args.go_on)
        if part == "syntax" and args.lang in finish.FINISH and args.only in (None, "finish"):
            start = args.work / "syntax/start"
            shutil.rmtree(start, ignore_errors=True)
            shutil.copytree(args.go_on or args.work / "syntax/model-last", start)
            finish_syntax(args.lang, args.work, start)
    if args.only in (None, "assemble"):
        nlp = assemble(args.lang, args.work)
        print(f"{round_weights(nlp):,} weights")
        save(nlp, args.lang, args.work, args.out)


if __name__ == "__main__":
    main()
