#!/usr/bin/env python3
"""How the record grows: documents a second, peak memory, bytes a document, and how long questions take, at several sizes.

    python3 tests/scale/measure_scale.py target/release/memcon ../shared/data [--sizes 1000 10000 100000]

The documents are the statements, press releases and readouts of the data folder, over and over, each time with other ids and
with every date, in the text too, moved by some weeks. With --check the run fails where a promise does not hold.
"""
import argparse
import datetime
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCES = [
    "wh-statements/statements_foreign.jsonl.gz",
    "two-sided/press_releases.jsonl.gz",
    "wh-readouts/readouts.dev.jsonl.gz",
]
MONTHS = "January February March April May June July August September October November December".split()
DATE = re.compile(r"\b(%s) (\d{1,2}), (20\d\d)\b|\b(\d{1,2}) (%s) (20\d\d)\b" % ("|".join(MONTHS), "|".join(MONTHS)))
QUESTIONS = {
    "timeline": ["timeline", "usa", "russia"],
    "timeline --limit 50": ["timeline", "usa", "russia", "--limit", "50"],
    "timeline --as-of": ["timeline", "usa", "russia", "--as-of", "2022-06-30"],
    "search": ["search", "telephone conversation"],
    "search rare": ["search", "\"ballistic missiles\""],
    "pairs": ["pairs", "usa", "russia"],
    "coverage": ["coverage", "usa", "russia"],
}


def moved(text, days):
    """The text with every full date in it `days` later."""

    def later(match):
        month, day, year, day_first, month_second, year_second = match.groups()
        try:
            date = datetime.date(int(year or year_second), MONTHS.index(month or month_second) + 1, int(day or day_first))
        except ValueError:
            return match.group()
        date += datetime.timedelta(days)
        name = MONTHS[date.month - 1]
        return f"{name} {date.day}, {date.year}" if month else f"{date.day} {name} {date.year}"

    return DATE.sub(later, text)


def documents(data, count):
    """So many articles as lines of JSON."""
    texts = []
    for source in SOURCES:
        with gzip.open(data / source, "rt", encoding="utf-8") as lines:
            texts.extend(json.loads(line) for line in lines)
    for number in range(count):
        turn, text = divmod(number, len(texts))
        text = texts[text]
        days = turn * 17
        published = datetime.date.fromisoformat(text["published"][:10]) + datetime.timedelta(days)
        article = {
            "id": f"{turn}-{text['id']}",
            "url": f"{text['url']}?turn={turn}",
            "published": published.isoformat(),
            "title": text.get("title"),
            "outlet": text.get("source") or "White House",
            "text": moved(text["text"], days),
        }
        yield json.dumps(article)


def run(program, *arguments):
    """Runs the program; seconds, and the most memory it held, in bytes."""
    began = time.perf_counter()
    child = subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode in (0, 1), told
    return time.perf_counter() - began, used.ru_maxrss * 1024


def best(program, arguments, record):
    """The shortest of five runs, in milliseconds."""
    return min(run(program, *arguments, "--db", record)[0] for _ in range(5)) * 1000


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    arguments.add_argument("--folder", help="where the records are made and left; else a folder that is taken away again")
    arguments.add_argument("--check", action="store_true", help="fail where a promise does not hold")
    options = arguments.parse_args()
    broken = []

    def promise(what, holds):
        if not holds:
            broken.append(what)
            print(f"  BROKEN: {what}")

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.folder or temporary)
        for size in options.sizes:
            source, record = folder / f"{size}.jsonl", folder / f"{size}.db"
            with source.open("w", encoding="utf-8") as out:
                out.writelines(line + "\n" for line in documents(options.data, size))
            first, memory = run(options.program, "read", source, "--db", record)
            again, _ = run(options.program, "read", source, "--db", record)
            length = record.stat().st_size
            print(f"{size} documents of {source.stat().st_size / size:.0f} bytes")
            print(f"  read: {first:.1f} s, {size / first:.0f} documents a second; again {again:.2f} s, {first / again:.0f} times faster")
            print(f"  memory: {memory / 1e6:.0f} MB at most; record: {length / size:.0f} bytes a document", flush=True)
            promise("a second reading takes a twentieth", first >= 20 * again)
            promise("memory stays below 500 MB", memory < 500e6)
            for name, question in QUESTIONS.items():
                took = best(options.program, question, record)
                print(f"  {name}: {took:.0f} ms", flush=True)
                if name in ("timeline", "search"):
                    promise(f"{name} takes less than 200 ms", took < 200)
    sys.exit(1 if broken and options.check else 0)


if __name__ == "__main__":
    main()
