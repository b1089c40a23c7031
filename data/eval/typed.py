#!/usr/bin/env python3
"""What `transform eval` does not print: precision, recall and F2 over all spans where the type must be right, and which types touch the documents without personal data.

    gatewaystack transform scan --jsonl GOLD.jsonl | python3 data/eval/typed.py GOLD.jsonl
"""
import collections
import json
import random
import sys

IGNORE = "_IGNORE"


def meets(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def same_type(a, b):
    return a["type"] == b["type"] and meets(a, b)


def exact(a, b):
    return (a["start"], a["end"], a["type"]) == (b["start"], b["end"], b["type"])


def counts(doc, findings, right):
    gold = [s for s in doc["spans"] if s["type"] != IGNORE]
    ignored = [s for s in doc["spans"] if s["type"] == IGNORE]
    # A finding that meets nothing but ignored spans counts neither way.
    findings = [f for f in findings if any(meets(f, s) for s in gold) or not any(meets(f, s) for s in ignored)]
    return len(gold), len(findings), sum(any(right(f, s) for f in findings) for s in gold), sum(any(right(f, s) for s in gold) for f in findings)


def figures(rows):
    gold, found, hit, right = map(sum, zip(*rows))
    p, r = right / found, hit / gold
    return p, r, 5 * p * r / (4 * p + r)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.stdin.isatty():
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as gold:
        docs = [json.loads(line) for line in gold]
    found = {d["id"]: d["findings"] for d in map(json.loads, sys.stdin)}
    for name, right in (("overlap", same_type), ("exact", exact)):
        rows = [counts(d, found[d["id"]], right) for d in docs]
        rng = random.Random(1)
        drawn = [sorted(column) for column in zip(*(figures(rng.choices(rows, k=len(rows))) for _ in range(1000)))]
        print(f"typed, {name:8}", *(f"{n} {v:.3f} [{c[25]:.3f} {c[974]:.3f}]" for n, v, c in zip(("P", "R", "F2"), figures(rows), drawn)))
    free = [found[d["id"]] for d in docs if all(s["type"] == IGNORE for s in d["spans"])]
    print(len(free), "documents with nothing,", sum(map(bool, free)), "touched; by type:", dict(collections.Counter(t for f in free for t in {x["type"] for x in f}).most_common()))
