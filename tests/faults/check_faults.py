#!/usr/bin/env python3
"""Kills the program while it records, fills its disk, damages its file: nothing committed may be lost, nothing half be left.

    python3 tests/faults/check_faults.py target/release/memcon ARTICLES.jsonl [--runs 200]

ARTICLES is a file of JSON lines with some hundred articles. The full disk needs the right to mount (root); without it that
part is named and passed over.
"""
import argparse
import contextlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def read(program, source, record):
    return subprocess.Popen(
        [program, "read", str(source), "--db", str(record)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def state(record):
    """Checks the whole file; the number of documents in it."""
    with contextlib.closing(sqlite3.connect(record)) as sql:
        assert sql.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not sql.execute("PRAGMA foreign_key_check").fetchall()
        if not sql.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'documents'").fetchone()[0]:
            return 0
        documents = sql.execute("SELECT count(*) FROM documents").fetchone()[0]
        assert sql.execute("SELECT count(*) FROM records").fetchone()[0] == documents, "a document without its record"
        missing = "SELECT count(*) FROM documents WHERE sha256 NOT IN (SELECT sha256 FROM contents)"
        assert not sql.execute(missing).fetchone()[0], "a document without its bytes"
        return documents


def killed(program, lines, folder, runs):
    """Kills the program at random moments; what was there before must be there after."""
    random.seed(7)
    record, before, kills = folder / "memcon.db", 0, 0
    for run in range(runs):
        source = folder / f"{run % 60}.jsonl"
        source.write_text("\n".join(lines[run % 60 * 5:][:5]) + "\n", encoding="utf-8")
        child = read(program, source, record)
        time.sleep(random.uniform(0.0, 1.0))
        if child.poll() is None:
            child.kill()
            kills += 1
        child.wait()
        if record.exists():
            now = state(record)
            assert now >= before, f"{before} documents became {now}"
            before = now
    # Whatever was cut off is taken up again.
    for source in sorted(folder.glob("*.jsonl")):
        assert read(program, source, record).wait() in (0, 1)
    return f"{runs} runs, {kills} killed, {state(record)} documents in the end"


def full(program, source, folder):
    """Fills a small file system; what was committed must stay, and the rest follow when there is room."""
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True).returncode:
        return "passed over: no right to mount"
    try:
        child = read(program, source, folder / "memcon.db")
        told = child.communicate()[1].decode()
        assert child.returncode == 1 and "the disk is full" in told, told
        before = state(folder / "memcon.db")
        subprocess.run(["mount", "-o", "remount,size=200m", str(folder)], check=True)
        assert read(program, source, folder / "memcon.db").wait() in (0, 1)
        after = state(folder / "memcon.db")
        assert after > before
        return f"{before} documents kept, {after} after room was made"
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def damaged(program, source, folder):
    """Cuts the file and writes over it: an error that says so, never a crash."""
    whole = folder / "whole.db"
    assert read(program, source, whole).wait() in (0, 1)
    content = whole.read_bytes()
    holes = bytearray(content)
    for start in range(len(holes) // 20, len(holes), 40_000):
        holes[start:start + 4_000] = b"\xaa" * len(holes[start:start + 4_000])
    for name, now in [("cut", content[:len(content) // 3]), ("holes", bytes(holes))]:
        (folder / name).write_bytes(now)
        for question in [["timeline"], ["search", "call"], ["export", "--format", "jsonl", "--table", "documents"]]:
            ran = subprocess.run([program, *question, "--db", str(folder / name)], capture_output=True)
            assert ran.returncode in (0, 1) and b"panicked" not in ran.stderr, ran.stderr
            assert ran.returncode == 0 or b"the record is damaged" in ran.stderr, ran.stderr
    return "told"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("--runs", type=int, default=200)
    options = arguments.parse_args()
    lines = options.articles.read_text(encoding="utf-8").splitlines()
    failed = 0
    for name, check in [
        ("killed", lambda folder: killed(options.program, lines, folder, options.runs)),
        ("full disk", lambda folder: full(options.program, options.articles, folder)),
        ("damaged file", lambda folder: damaged(options.program, options.articles, folder)),
    ]:
        with tempfile.TemporaryDirectory() as folder:
            try:
                print(f"ok      {name}: {check(Path(folder))}", flush=True)
            except AssertionError as wrong:
                failed += 1
                print(f"FAILED  {name}: {wrong}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
