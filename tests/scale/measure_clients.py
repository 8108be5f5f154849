#!/usr/bin/env python3
"""How long pages take when many ask at once: the slowest hundredth (p99) of so many clients beside that of one client alone.

    python3 tests/scale/measure_clients.py target/release/memcon [--contacts 100000] [--clients 50] [--record FILE]

The record is made of short articles in our own words, one contact each. A record that is there already is taken as it is.
"""
import argparse
import datetime
import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PEOPLE = [
    ("Antony Blinken", "U.S. Secretary of State", "USA"), ("Sergei Lavrov", "Russian Foreign Minister", "Russia"),
    ("Wang Yi", "Chinese Foreign Minister", "China"), ("Annalena Baerbock", "German Foreign Minister", "Germany"),
    ("Catherine Colonna", "French Foreign Minister", "France"), ("Hakan Fidan", "Turkish Foreign Minister", "Turkey"),
    ("Hossein Amir-Abdollahian", "Iranian Foreign Minister", "Iran"), ("Park Jin", "South Korean Foreign Minister", "Korea"),
    ("Yoshimasa Hayashi", "Japanese Foreign Minister", "Japan"), ("Subrahmanyam Jaishankar", "Indian Foreign Minister", "India"),
    ("Zbigniew Rau", "Polish Foreign Minister", "Poland"), ("Dmytro Kuleba", "Ukrainian Foreign Minister", "Ukraine"),
]
TOPICS = ["the border", "grain exports", "the prisoners", "a ceasefire", "fishing rights", "the nuclear talks", "gas prices"]
OUTLETS = ["The Ledger", "The Harbor Observer", "The Moscow Courier", "Continental Press"]
PAGES = {
    "first page": "/",
    "timeline of a pair": "/timeline?party=usa&party=russia",
    "a year of it": "/timeline?party=usa&party=russia&from=2010&to=2010",
    "person": "/timeline.json?person=lavrov",
    "topic": "/timeline.json?topic=grain",
    "people": "/people",
    "word in every text": "/search?words=telephone",
    "rare words": "/search?words=telephone+fishing+kuleba",
    "two people": "/pairs?name=Sergei+Lavrov&name=Antony+Blinken",
    "disputes": "/disputes",
}


# Whether no question is like one before, so that none is answered from what was answered before.
FRESH = False


def articles(count):
    """So many articles as lines of JSON: each day a few calls, never one pair twice within weeks."""
    chance = random.Random(7)
    pairs = [(one, other) for one in PEOPLE for other in PEOPLE if one < other]
    day = datetime.date(1996, 1, 1)
    for number in range(count):
        (caller, office, _), (called, title, _) = chance.sample(pairs[number % len(pairs)], 2)
        date = day + datetime.timedelta(number * 10_000 // count)
        topic = chance.choice(TOPICS)
        written = f"{date:%B} {date.day}, {date.year}"
        text = f"{office} {caller} spoke by telephone with {title} {called} on {written} about {topic}, a spokesman said."
        yield json.dumps({
            "id": str(number), "published": date.isoformat(), "title": f"A call of {written}", "text": text,
            "outlet": chance.choice(OUTLETS), "url": f"https://example.org/{number}",
        })


def ask(address, paths, took, wrong):
    """Asks for the pages one after another over one connection."""
    connection = http.client.HTTPConnection(address, timeout=60)
    for path in paths:
        if FRESH:
            path += f"{'&' if '?' in path else '?'}unlike={random.random()}"
        began = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(f"{path}: {answer.status}")
        except OSError as error:
            wrong.append(f"{path}: {error}")
            connection.close()
        took.append(time.perf_counter() - began)


def measure(address, clients, path, each):
    """Milliseconds of the middle and of the slowest hundredth, and what went wrong."""
    took, wrong = [], []
    threads = [threading.Thread(target=ask, args=(address, [path] * each, took, wrong)) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(took) / (time.perf_counter() - began)
    took.sort()
    return statistics.median(took) * 1000, took[min(len(took) - 1, len(took) * 99 // 100)] * 1000, rate, wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("--contacts", type=int, default=100_000)
    arguments.add_argument("--clients", type=int, default=50)
    arguments.add_argument("--each", type=int, default=6, help="requests of each client for each page")
    arguments.add_argument("--record", type=Path, help="the file of the record; else one that is taken away again")
    arguments.add_argument("--fresh", action="store_true", help="ask nothing twice, so that nothing is answered from memory")
    options = arguments.parse_args()
    global FRESH
    FRESH = options.fresh
    with tempfile.TemporaryDirectory() as temporary:
        record = options.record or Path(temporary) / "many.db"
        if not record.exists():
            source = Path(temporary) / "many.jsonl"
            source.write_text("\n".join(articles(options.contacts)) + "\n")
            began = time.perf_counter()
            subprocess.run([options.program, "read", source, "--db", record], stdout=subprocess.DEVNULL, check=True)
            print(f"made in {time.perf_counter() - began:.0f} s, {record.stat().st_size / 1e6:.0f} MB", flush=True)
        server = subprocess.Popen([options.program, "serve", "--db", record, "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            address = server.stdout.readline().strip().removeprefix("http://").rstrip("/")
            measure(address, 1, "/", 3)
            failed = []
            for name, path in PAGES.items():
                alone = measure(address, 1, path, 20)
                many = measure(address, options.clients, path, options.each)
                failed += alone[3] + many[3]
                print(
                    f"{name:20} alone: {alone[0]:6.0f} ms, p99 {alone[1]:6.0f} ms, {alone[2]:5.0f}/s"
                    f" | {options.clients} at once: {many[0]:6.0f} ms, p99 {many[1]:6.0f} ms, {many[2]:5.0f}/s"
                    f" | p99 {many[1] / alone[1]:4.1f} times",
                    flush=True,
                )
            memory = next(line for line in Path(f"/proc/{server.pid}/status").read_text().splitlines() if "VmHWM" in line)
            print(f"{len(failed)} failed; memory at most {int(memory.split()[1]) / 1000:.0f} MB")
            for line in failed[:10]:
                print(f"  {line}")
            sys.exit(1 if failed else 0)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
