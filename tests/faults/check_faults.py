#!/usr/bin/env python3
"""Kills the program while it records, fills its disk, damages its files, asks while it writes: nothing committed may be lost,
nothing half be left, and what is wrong is told in a line.

    python3 tests/faults/check_faults.py target/release/memcon ARTICLES.jsonl[.gz] [--runs 200]

ARTICLES is a file of JSON lines with some hundred articles. The full disk needs the right to mount (root); without it that
part is named and passed over.
"""
import argparse
import contextlib
import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
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
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(folder)], capture_output=True).returncode:
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


def together(program, source, folder):
    """Two that ask while one writes: each sees what was committed when it asked, and never less than before."""
    record = folder / "memcon.db"
    writer = read(program, source, record)
    while not record.exists() and writer.poll() is None:
        time.sleep(0.01)
    asked, before = 0, [0, 0]
    while writer.poll() is None or asked == 0:
        question = [program, "export", "--format", "jsonl", "--table", "documents", "--db", str(record)]
        askers = [subprocess.Popen(question, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        for at, asker in enumerate(askers):
            told, wrong = asker.communicate()
            assert asker.returncode == 0, wrong.decode()
            now = len([json.loads(line) for line in told.splitlines()])
            assert now >= before[at], f"{before[at]} documents became {now}"
            before[at] = now
        asked += 2
    assert writer.wait() in (0, 1), writer.stderr.read().decode()
    return f"{asked} questions while {state(record)} documents were written"


def answer(url, body):
    """A record of a web archive, packed on its own."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"WARC-Date: 2022-02-17T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


def archives(program, lines, folder):
    """Web archives that end too early or hold other bytes: what is whole is recorded, the rest told."""
    random.seed(3)
    texts = [json.loads(line)["text"].encode("utf-8") for line in lines[:40]]
    records = [answer(f"https://example.org/{at}", text) for at, text in enumerate(texts)]
    whole, told = b"".join(records), 0
    for run in range(20):
        damaged = bytearray(whole)
        place = random.randrange(len(records[0]) + 1, len(whole) - 1)
        if run % 2:
            del damaged[place:]
        else:
            damaged[place:place + 50] = random.randbytes(len(damaged[place:place + 50]))
        source, record = folder / f"{run}.warc.gz", folder / f"{run}.db"
        source.write_bytes(damaged)
        child = read(program, source, record)
        wrong = child.communicate()[1].decode()
        assert child.returncode in (0, 1) and "panicked" not in wrong, wrong
        first = sum(1 for at in range(len(records)) if sum(map(len, records[:at + 1])) <= place)
        now = state(record)
        assert now >= first, f"{first} records stand before the damage, {now} were recorded: {wrong}"
        if child.returncode == 1 and now < len(records):
            assert str(source) in wrong, wrong
        told += child.returncode
    return f"20 archives, {told} told as damaged"


def bombs(program, folder):
    """Archives that expand without end are left, in bounded memory, and what lies beside them is read."""
    (folder / "bomb").mkdir()
    with zipfile.ZipFile(folder / "bomb/zeros.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(6):
            packed.writestr(f"{number}.txt", bytes(60 << 20))
    inner = (folder / "bomb/zeros.zip").read_bytes()
    with zipfile.ZipFile(folder / "bomb/nested.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(20):
            packed.writestr(f"{number}.zip", inner)
    with gzip.open(folder / "bomb/lines.jsonl.gz", "wb") as packed:
        for _ in range(6):
            packed.write(b" " * (50 << 20))
    (folder / "bomb/page.txt").write_text("The two ministers met in Paris on 14 February 2022, a spokesman said.\n")
    record, began = folder / "memcon.db", time.time()
    child = read(program, folder / "bomb", record)
    wrong = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 1 and "panicked" not in wrong, wrong
    for name in ["zeros.zip", "nested.zip", "lines.jsonl.gz"]:
        assert name in wrong, wrong
    assert state(record) == 1, "the page beside them"
    assert used.ru_maxrss < 500_000, f"{used.ru_maxrss} kB"
    return f"left in {time.time() - began:.1f} s and {used.ru_maxrss // 1000} MB"


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
    unpacked = gzip.open if options.articles.suffix == ".gz" else open
    with unpacked(options.articles, "rt", encoding="utf-8") as articles:
        lines = articles.read().splitlines()
    failed = 0
    for name, check in [
        ("killed", lambda folder: killed(options.program, lines, folder, options.runs)),
        ("full disk", lambda folder: full(options.program, options.articles, folder)),
        ("damaged file", lambda folder: damaged(options.program, options.articles, folder)),
        ("readers and a writer", lambda folder: together(options.program, options.articles, folder)),
        ("damaged archives", lambda folder: archives(options.program, lines, folder)),
        ("bombs", lambda folder: bombs(options.program, folder)),
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
