#!/usr/bin/env python3
"""How well copies of one text are found: makes copies of statements, records them, compares `memcon copies` with the truth.

    python3 tests/copies/measure_copies.py target/release/memcon STATEMENTS.jsonl.gz [--texts 150]

Of every text: itself under another title, cut at the end, with boilerplate around it, with one to five words in a hundred
changed, a third to a half of it, and (of every second) boilerplate, a cut and changes at once. With --check the run fails
where less than 98 of 100 pairs found are right, or less than 95 of 100 are found.
"""
import argparse
import collections
import gzip
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BOILERPLATE = [
    "Our correspondent reports from the capital.",
    "Subscribe to our newsletter for more.",
    "All rights reserved. No part of this page may be copied.",
    "Read more on our site about this and other stories of the day.",
]


def copies(text, title, words_of_others):
    words = text.split()

    def changed(words):
        share = random.uniform(0.01, 0.05)
        return " ".join(random.choice(words_of_others) if random.random() < share else word for word in words)

    length = int(len(words) * random.uniform(0.3, 0.5))
    start = random.randint(0, len(words) - length)
    before, after = random.sample(BOILERPLATE, 2)
    yield "origin", title, text
    yield "retitled", "In brief: " + title[:20], text
    yield "cut", title, " ".join(words[:int(len(words) * random.uniform(0.6, 0.95))])
    yield "boilerplate", title, f"{before}\n\n{text}\n\n{after}"
    yield "changed", title, changed(words)
    yield "excerpt", "Excerpt", " ".join(words[start:start + length])
    yield "mixed", "Mixed", f"{before}\n\n{changed(words[:int(len(words) * 0.8)])}"


def distinct(texts):
    """The texts without those that the collection itself has twice: of one day, and of nearly the same words."""
    taken, kept = collections.defaultdict(list), []
    for text in texts:
        words = text["text"].lower().split()
        runs = set(zip(words, words[1:], words[2:], words[3:]))
        others = taken[text["published"][:10]]
        if all(len(runs & other) < 0.9 * min(len(runs), len(other)) for other in others):
            others.append(runs)
            kept.append(text)
    return kept


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("statements")
    arguments.add_argument("--texts", type=int, default=150)
    arguments.add_argument("--check", action="store_true", help="fail where too few pairs are right or found")
    options = arguments.parse_args()
    random.seed(11)
    texts = [json.loads(line) for line in gzip.open(options.statements, "rt", encoding="utf-8")]
    texts = [text for text in texts if len(text["text"].split()) >= 120]
    random.shuffle(texts)
    texts = distinct(texts)[:options.texts]
    others = [word for text in texts[:50] for word in text["text"].split()]
    with tempfile.TemporaryDirectory() as folder:
        source, record = Path(folder, "copies.jsonl"), Path(folder, "memcon.db")
        groups = collections.defaultdict(list)
        with source.open("w", encoding="utf-8") as out:
            for number, text in enumerate(texts):
                for kind, title, words in copies(text["text"], text["title"], others):
                    if kind == "mixed" and number % 2:
                        continue
                    url = f"https://example.org/{number}/{kind}"
                    groups[number].append(url)
                    line = {"url": url, "published": text["published"][:10], "title": title, "text": words}
                    out.write(json.dumps(line) + "\n")
        began = time.time()
        subprocess.run([options.program, "read", source, "--db", record], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took = time.time() - began
        told = subprocess.run([options.program, "copies", "--json", "--db", record], capture_output=True, text=True, check=True)
    families = [json.loads(line) for line in told.stdout.splitlines()]
    members = [[family["origin"]["url"], *(copy["url"] for copy in family["copies"])] for family in families]

    def pairs(groups):
        return {tuple(sorted(pair)) for group in groups for pair in itertools.combinations(group, 2)}

    found, truth = pairs(members), pairs(groups.values())
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / len(truth)
    count = sum(map(len, groups.values()))
    print(f"{count} documents read, recorded and compared in {took:.1f} s ({count / took:.0f} a second)")
    print(f"pairs: precision {precision:.3f}, recall {recall:.3f}")
    kinds = collections.Counter(tuple(sorted(url.split("/")[-1] for url in pair)) for pair in truth - found)
    print("missed most:", kinds.most_common(5))
    sys.exit(1 if options.check and (precision < 0.98 or recall < 0.95) else 0)


if __name__ == "__main__":
    main()
