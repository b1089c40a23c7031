#!/usr/bin/env python3
"""Makes the JSONL of sets whose texts are written with marks: every folder below this one that has a set.json.

    python3 data/eval/marked.py [SET ...]             checks and writes; all sets where none is named
    python3 data/eval/marked.py --verify [SET ...]    says whether the committed files are what the sources give
    python3 data/eval/marked.py --look SET            what a reader of that set should look at again
    python3 data/eval/marked.py --draw PATTERN [N]    numbers and tokens to write with

Format of the sources: marked/documents.py; random parts: marked/patterns.py.
"""
import argparse
import collections
import pathlib
import random
import sys
from collections.abc import Iterable

# The folder marked, not this file: a package comes before a module of its name.
from marked.documents import Document, MarkedSet
from marked.patterns import draw

HERE = pathlib.Path(__file__).resolve().parent


def find(names: list[str]) -> list[MarkedSet]:
    sets = {str(path.parent.relative_to(HERE)): path.parent for path in sorted(HERE.rglob("set.json"))}
    if unknown := [name for name in names if name not in sets]:
        sys.exit(f"no such set: {', '.join(unknown)}; there are {', '.join(sets)}")
    return [MarkedSet.read(folder) for name, folder in sets.items() if name in names or not names]


def summary(documents: list[Document]) -> str:
    def count(values: Iterable[str]) -> str:
        return " ".join(f"{value or '-'} {n}" for value, n in collections.Counter(values).most_common())

    labels = count(label if kind == "labels" else f"may:{label}" for d in documents for kind, of in d.about.items() for label in of)
    return "\n  ".join((
        f"{len(documents)} documents, {sum(d.is_free for d in documents)} with nothing, {sum(d.has_credentials for d in documents)} with credentials, "
        f"{sum(len(d.text) for d in documents)} characters",
        f"parts: {count(d.part for d in documents)}; languages: {count(d.lang for d in documents)}; groups: {count(d.group for d in documents)}",
        f"spans: {count(span.type for d in documents for span in d.spans)}",
        f"labels: {labels or 'none'}",
    ))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("names", nargs="*", metavar="SET", help="folder below data/eval, e.g. authors-2026-11/a")
    arguments.add_argument("--verify", action="store_true", help="compare instead of writing")
    arguments.add_argument("--look", action="store_true", help="also print what only a reader can judge")
    arguments.add_argument("--draw", nargs="+", metavar=("PATTERN", "N"), help="print N draws of a pattern")
    given = arguments.parse_args()
    if given.draw:
        for _ in range(int(given.draw[1]) if given.draw[1:] else 1):
            print(draw(given.draw[0], random.SystemRandom()))
        return 0
    if given.look and not given.names:
        arguments.error("--look prints texts: name the sets; nobody looks at an unseen one")

    bad = 0
    for marked in find(given.names):
        name, documents = marked.folder.relative_to(HERE), marked.documents()
        complaints = list(marked.complaints(documents))
        refused = [what for check, what in complaints if check not in marked.look]
        for what in [what for _, what in complaints] if given.look else refused:
            print(f"{name}: {what}", file=sys.stderr)
        files = marked.files(documents)
        if refused:
            print(f"{name}: refused, {len(refused)} mistakes")
        elif given.verify:
            other = [path.name for path, text in files.items() if not path.exists() or path.read_bytes() != text.encode()]
            refused += other
            print(f"{name}: {', '.join(other)} is not what the sources give" if other else f"{name}: {', '.join(path.name for path in files)} as committed")
        else:
            for path, text in files.items():
                path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{name}: {summary(documents)}")
        bad += bool(refused)
    return min(bad, 1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as wrong:
        sys.exit(str(wrong))
