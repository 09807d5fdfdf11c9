"""The benchmark behind `cargo x bench`: stages, whole program, start, memory, and peers, in one run.

    python bench/bench.py DATA BIN [--articles 100000] [--texts 1407] [--pages 20]

`DATA` is the folder of corpora (`../shared/data`), `BIN` that of the release programs with `examples/` in it. Everything is
counted in processor time (user and system), so that a busy machine weighs little; "a core" is a second of it.
Where a peer cannot be had the table says so.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "target/bench"
STARTS = 11
# UniversalPetrarch with UDPipe, as measured where the issue was written: sentences a second on one core.
PETRARCH = 87


@dataclass
class Run:
    """What a command took."""

    wall: float
    cpu: float
    peak: float
    output: str


def run(command: list[str], quiet: bool = False) -> Run:
    """Run a command to its end; its output, seconds by the clock and by the processor, and peak memory in MiB."""
    out = subprocess.DEVNULL if quiet else subprocess.PIPE
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, text=True)
    output = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed ({process.returncode}):\n{output}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output)


def main() -> None:
    """Read the arguments, run every part, print as it goes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("bin", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--texts", type=int, default=1_407, help="articles that go through stage by stage")
    parser.add_argument("--pages", type=int, default=20, help="times that each page is coded")
    args = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, {processor()}, load {os.getloadavg()[0]:.1f}\n")
    engine(args.data, args.bin)
    stages(args.data, args.bin, args.texts)
    corpus(args.data, args.bin, args.articles)
    pages(args.data, args.bin, args.pages)
    start(args.bin)


def processor() -> str:
    """Name of the processor and its widest registers."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    name = re.search(r"model name\s*: (.*)", text)
    return (name[1] if name else "unknown processor") + (" (AVX-512)" if "avx512f" in text else "")


def engine(data: Path, programs: Path) -> None:
    """The language engine beside spaCy's run of the same pipeline over the same news."""
    for lang in ("fr", "en"):
        texts = WORK / f"{lang}.jsonl"
        make(data, texts, 40 if lang == "fr" else 10, lang)
        model = ROOT / "models" / lang
        command = [sys.executable, "training/speed.py", str(model), str(texts)]
        done = run([*command, "--engine", str(programs / "examples/speed"), "--model", str(model)])
        print(f"language engine, {lang}, one core\n{indent(done.output)}")


def stages(data: Path, programs: Path, articles: int) -> None:
    """Every stage by itself, one core, each text once."""
    texts = WORK / "once.jsonl"
    made = make(data, texts, articles)
    done = run([str(programs / "examples/stages"), str(texts)])
    print(f"stages, one core: {made}\n{indent(done.output)}")
    rate = re.search(r"language engine +([0-9.]+) s", done.output)
    count = re.search(r"(\d+) sentences", done.output)
    if rate and count:
        each = int(count[1]) / float(rate[1])
        print(f"  engine: {each:.0f} sentences/s, {each / PETRARCH:.0f} times UniversalPetrarch with UDPipe ({PETRARCH})\n")


def corpus(data: Path, programs: Path, articles: int) -> None:
    """`depeche code` over JSON lines."""
    texts = WORK / "corpus.jsonl"
    words = int(re.search(r"(\d+) words", make(data, texts, articles))[1])
    for threads in (1, os.cpu_count() or 1):
        done = run([str(programs / "depeche"), "code", str(texts), "--threads", str(threads)], quiet=True)
        rate = words / done.cpu
        print(
            f"depeche code, JSON lines, {threads} thread(s): {articles} articles, {words} words, loading included\n"
            f"  {done.wall:.1f} s by the clock, {done.cpu:.1f} s of processor, {done.peak:.0f} MiB at most\n"
            f"  {rate:.0f} words/s a core; {rate * 3600 / 500:.0f} articles of 500 words an hour a core\n"
        )
    texts.unlink()


def pages(data: Path, programs: Path, times: int) -> None:
    """`depeche code` over HTML pages, and how well and fast text is found in them, beside trafilatura."""
    folder = WORK / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    found = sorted((data / "html/pages").glob("*.html.gz"))
    for copy in range(times):
        for page in found:
            shutil.copyfile(page, folder / f"{copy}-{page.name}")
    done = run([str(programs / "depeche"), "code", str(folder), "--published", "2018-03-11", "--lang", "en"], quiet=True)
    count = len(found) * times
    print(
        f"depeche code, HTML, all cores: {count} pages, loading included\n"
        f"  {done.wall:.1f} s by the clock, {done.cpu:.1f} s of processor, {count / done.cpu:.0f} pages/s a core\n"
    )
    shutil.rmtree(folder)
    done = run([str(programs / "examples/extraction"), str(data / "html")])
    print(f"main text of pages, extraction alone\n{indent(done.output)}")
    print(indent(trafilatura(found, data, programs)))


def trafilatura(found: list[Path], data: Path, programs: Path) -> str:
    """The Python peer on the same pages, scored by the same program."""
    try:
        from trafilatura import __version__, extract
    except ImportError:
        return "trafilatura: not installed (bench/requirements.txt)"
    texts = [gzip.open(path, "rt", encoding="utf-8", errors="replace").read() for path in found]
    begin = time.process_time()
    bodies = [extract(text, include_comments=False) or "" for text in texts]
    rate = len(found) / (time.process_time() - begin)
    told = {path.name.removesuffix(".html.gz"): {"articleBody": body} for path, body in zip(found, bodies)}
    file = WORK / "trafilatura.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    done = run([str(programs / "examples/extraction"), str(data / "html"), "--predictions", str(file)])
    return f"trafilatura {__version__}: {rate:.0f} pages/s on one core\n{done.output}"


def start(programs: Path) -> None:
    """From the start of the program to the last event of one page, and its memory."""
    command = [str(programs / "depeche"), "read", "docs/example/article.html"]
    runs = [run(command) for _ in range(STARTS)]
    walls = sorted(one.wall * 1000 for one in runs)
    cpus = statistics.median(one.cpu * 1000 for one in runs)
    print(
        f"depeche read, one page: {statistics.median(walls):.0f} ms by the clock (median of {STARTS}; best {walls[0]:.0f}),\n"
        f"  {cpus:.0f} ms of processor, {max(one.peak for one in runs):.0f} MiB at most"
    )


def make(data: Path, out: Path, articles: int, lang: str | None = None) -> str:
    """Write a corpus; what is in it."""
    command = [sys.executable, "bench/corpus.py", str(data), str(out), "--articles", str(articles)]
    return run([*command, *(["--lang", lang] if lang else [])]).output.strip()


def indent(text: str) -> str:
    """Lines two spaces in, with an empty one behind."""
    return "".join(f"  {line}\n" for line in text.splitlines())


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    main()
