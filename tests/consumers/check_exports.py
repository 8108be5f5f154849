#!/usr/bin/env python3
"""Opens every export with the program that people would open it with, and checks that it says what the record says.

    python3 -m venv .venv && .venv/bin/pip install -r tests/consumers/requirements.txt
    .venv/bin/python tests/consumers/check_exports.py target/debug/memcon samples/

A consumer that is not installed is named and passed over; with --all it is a failure.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

TABLES = ["contacts", "participants", "steps", "accounts", "evidence", "disputes", "statements", "documents", "sources"]


class Record:
    """A record made from the samples, in a folder of its own."""

    def __init__(self, program, samples, folder):
        self.program, self.folder = program, Path(folder)
        self.environment = {**os.environ, "MEMCON_DB": str(self.folder / "memcon.db")}
        self.run("read", samples)

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], env=self.environment, capture_output=True, check=True)
        return done.stdout.decode("utf-8")

    def export(self, form, name, *arguments):
        path = self.folder / name
        self.run("export", "--format", form, "--out", path, *arguments)
        return path


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def check_tables(record):
    folder = record.export("csv", "tables")
    contacts = lines(record.run("timeline", "--json"))
    assert contacts, "the samples tell of contacts"
    rows = {name: list(csv.DictReader(open(folder / f"{name}.csv", encoding="utf-8", newline=""))) for name in TABLES}
    assert [row["contact_id"] for row in rows["contacts"]] == [contact["id"] for contact in contacts]
    assert len(rows["steps"]) == sum(len(contact["steps"]) for contact in contacts)
    assert len(rows["accounts"]) == sum(len(contact["accounts"]) for contact in contacts)
    for row in rows["evidence"]:
        quote = row["quote"]
        assert int(row["char_end"]) > int(row["char_start"]) and quote, row
    for name, table in rows.items():
        for row in table:
            for column, value in row.items():
                assert value not in {"NA", "NULL", "null", "None", "-99", "-999", "unknown"}, (name, column, value)
                assert not value.startswith(("=", "+", "@")), (name, column, value)
                assert column == column.lower() and " " not in column
    keyed = {row["contact_id"] for row in rows["contacts"]}
    for name in ["participants", "steps", "accounts", "evidence", "disputes"]:
        assert {row["contact_id"] for row in rows[name]} <= keyed, name


def check_jsonl(record):
    documents = lines(record.run("export", "--format", "jsonl", "--table", "documents"))
    assert {"document", "article", "contacts", "accounts", "disputes", "statements"} <= set(documents[0])
    contacts = lines(record.run("export", "--format", "jsonl", "--table", "contacts"))
    assert contacts == lines(record.run("timeline", "--json"))


def check_pandas(record):
    import pandas

    folder = record.export("tsv", "tsv")
    frame = pandas.read_csv(folder / "contacts.tsv", sep="\t", parse_dates=["date_earliest", "date_latest"], dtype={"initiator_cow": str})
    dated = frame.dropna(subset=["date_earliest", "date_latest"])
    assert len(dated) and (dated["date_earliest"] <= dated["date_latest"]).all()
    assert frame["contact_id"].is_unique
    assert str(frame["date_earliest"].dtype).startswith("datetime64")


def check_duckdb(record):
    import duckdb

    folder = record.export("csv", "duck")
    sql = duckdb.connect()
    for name in TABLES:
        sql.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder / name}.csv', header = true, delim = ',')")
    joined = sql.execute("SELECT count(*) FROM evidence JOIN contacts USING (contact_id)").fetchone()[0]
    assert joined == sql.execute("SELECT count(*) FROM evidence").fetchone()[0] > 0


def check_parquet(record):
    import duckdb
    import pandas

    tables, parquet = record.export("csv", "csv-beside"), record.export("parquet", "parquet")
    sql = duckdb.connect()
    for name in TABLES:
        rows = list(csv.DictReader(open(tables / f"{name}.csv", encoding="utf-8", newline="")))
        frame = pandas.read_parquet(parquet / f"{name}.parquet")
        assert len(frame) == len(rows), name
        found = sql.execute(f"SELECT * FROM read_parquet('{parquet / name}.parquet')")
        columns = [column[0] for column in found.description]
        assert columns == list(frame.columns) and (not rows or columns == list(rows[0])), name
        for row, values in zip(rows, found.fetchall()):
            for column, value in zip(columns, values):
                told = row[column].removeprefix("'")
                if isinstance(value, float):
                    assert float(told) == value, (name, column)
                else:
                    now = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                    assert told == now.removeprefix("'"), (name, column, told, now)
    kinds = dict(sql.execute(f"SELECT name, type FROM parquet_schema('{parquet / 'contacts'}.parquet')").fetchall())
    assert kinds["date_earliest"] == "INT32" and kinds["response_days"] == "INT64", kinds


def check_parquet_articles(record):
    """What pandas writes is read: times in nanoseconds, categories, lists."""
    import pandas

    frame = pandas.DataFrame({
        "text": ["The two ministers met.", "They spoke on Tuesday."],
        "published": pandas.to_datetime(["2022-02-16 18:47", None]),
        "outlet": pandas.Categorical(["Desk", "Desk"]),
        "byline": [["Jane Smith"], []],
    })
    frame.to_parquet(record.folder / "articles.parquet")
    read = lines(record.run("read", "--json", record.folder / "articles.parquet"))
    articles = [document["article"] for document in read]
    assert [article["published"] for article in articles] == ["2022-02-16T18:47", None], articles
    assert [article["outlet"] for article in articles] == ["Desk", "Desk"]
    assert articles[0]["byline"] == ["Jane Smith"], articles


def check_frictionless(record):
    import frictionless

    path = record.export("package", "record.zip")
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None and "CODEBOOK.md" in package.namelist()
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == len(TABLES)


def check_icalendar(record):
    import icalendar

    path = record.export("icalendar", "contacts.ics")
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    events = calendar.walk("VEVENT")
    assert events, "there are events"
    for event in events:
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert end > start and event["UID"] and event["SUMMARY"] and event.decoded("DTSTAMP")
    assert len({str(event["UID"]) for event in events}) == len(events)


def check_citeproc(record):
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads(record.export("csl-json", "sources.json").read_text(encoding="utf-8"))
    style = CitationStylesStyle("apa", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"].lower())]))
    assert len(bibliography.bibliography()) == len(items)


def check_networkx(record):
    import networkx

    graph = networkx.read_graphml(record.export("graphml", "pairs.graphml"))
    pairs = lines(record.run("pairs", "--json"))
    assert graph.number_of_edges() == len(pairs)
    for pair in pairs:
        assert graph.edges[tuple(pair["governments"])]["contacts"] == pair["contacts"]


def check_annotations(record):
    page = json.loads(record.export("annotations", "annotations.jsonld").read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    for item in page["items"]:
        kinds = [selector["type"] for selector in item["target"]["selector"]]
        assert kinds == ["TextPositionSelector", "TextQuoteSelector"]
        position, quote = item["target"]["selector"]
        assert position["end"] - position["start"] == len(quote["exact"])
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) > 0


def check_timelinejs(record):
    timeline = json.loads(record.export("timelinejs", "timeline.json").read_text(encoding="utf-8"))
    assert timeline["events"]
    for event in timeline["events"]:
        assert isinstance(event["start_date"]["year"], int) and event["text"]["headline"]
        assert "<script" not in event["text"]["text"]


def check_same_bytes(record):
    for form, name in [("csv", "t"), ("package", "p.zip"), ("icalendar", "c.ics"), ("graphml", "g.xml")]:
        one, two = record.export(form, "one-" + name), record.export(form, "two-" + name)
        files = sorted(one.iterdir()) if one.is_dir() else [one]
        for file in files:
            other = two / file.name if two.is_dir() else two
            assert file.read_bytes() == other.read_bytes(), file


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("samples")
    arguments.add_argument("--all", action="store_true", help="a consumer that is not installed is a failure")
    options = arguments.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        record = Record(options.program, options.samples, folder)
        for name, check in sorted(globals().items()):
            if not name.startswith("check_"):
                continue
            try:
                check(record)
                print(f"ok      {name[6:]}")
            except ImportError as missing:
                failed += options.all
                print(f"absent  {name[6:]} ({missing.name})")
            except (AssertionError, Exception) as error:  # every consumer has errors of its own
                failed += 1
                print(f"FAILED  {name[6:]}: {type(error).__name__}: {str(error)[:500]}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
