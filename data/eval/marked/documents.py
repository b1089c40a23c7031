"""Reads the sources of a set, checks the documents and writes them as lines of JSON.

A document begins with a head line `@@@ LANG [PART] [id=...] [group=...] [labels=a,b] [may=c]`; its group is the name of its file where the line
does not say another. A span is `⟦TYPE|text⟧`, the type by its name or one of `SHORT`; `⟦NO|text⟧` says that text is unmarked on purpose.
Random parts: `patterns.py`. What a set has of its own stands in its `set.json` (the fields of `MarkedSet`).
"""
import collections
import dataclasses
import json
import pathlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from . import checkdigits, patterns

SHORT = {
    "PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION", "ADR": "ADDRESS", "GEO": "COORDINATES", "TEL": "PHONE", "MAIL": "EMAIL",
    "DOB": "DATE_OF_BIRTH", "NAT": "NATIONALITY", "USER": "USERNAME", "CC": "CREDIT_CARD", "ABA": "ABA_ROUTING", "ACC": "BANK_ACCOUNT",
    "COIN": "CRYPTO", "PASS": "PASSPORT", "DL": "DRIVER_LICENSE", "MRN": "MEDICAL_RECORD", "PLATE": "LICENSE_PLATE", "KEY": "API_KEY",
    "PEM": "PRIVATE_KEY", "CONN": "CONNECTION_STRING", "PW": "PASSWORD", "SEC": "SECRET", "SKIP": "_IGNORE",
}
UNMARKED = "NO"
CREDENTIALS = {"API_KEY", "JWT", "PRIVATE_KEY", "CONNECTION_STRING", "PASSWORD", "SECRET"}
NAMES = {"PERSON", "ORGANIZATION", "LOCATION"}
TYPES = set(SHORT.values()) | set(checkdigits.OF_TYPE) | {"URL", "IP", "MAC", "AGE", "CVV", "SWIFT", "JWT", "US_SSN", "US_MBI", "UK_NINO", UNMARKED}
LANGUAGES = {"en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "zh", "ja", "ko", "th", "he", "ar", "hi", "ru", "el", "uk", "tr", "vi"}
LABELS = {"financial", "medical", "legal", "source_code", "hr", "minors", "harmful"}
PARTS = {"none", "identities", "credentials"}
HEAD = re.compile(r"^@@@ (\w\w)(?: ([a-z]+))?((?: [a-z]+=\S+)*)\n", re.M)


class Span(NamedTuple):
    """From start to end (exclusive) in code points."""
    start: int
    end: int
    type: str


@dataclasses.dataclass(frozen=True)
class MarkedSet:
    """A folder with `source/*.txt` and `set.json`, whose keys are the fields from `seed` on."""
    folder: pathlib.Path
    seed: str  # of random parts: {id} is the document's; with {place} each part of a document has its own
    ids: str = ""  # of documents whose head lines name none: {group} and {n}, which counts in the group
    parts: dict[str, str] = dataclasses.field(default_factory=dict)  # what the PART of a head line says: one of PARTS
    words: tuple[int, int | None] = (1, None)  # least and most runs of letters and digits
    tokens: tuple[int, int | None] = (1, None)  # least and most of what stands between blanks
    groups: list[str] | None = None  # the only ones
    types: list[str] | None = None  # the only ones
    unchecked: list[str] | tuple[()] = ()  # types whose check digits are not looked at
    look: list[str] | tuple[()] = ()  # checks whose complaints are for a reader (--look) and do not refuse the set
    escape_urls: bool = True  # also URLs that are marked; credentials always are
    empty_may: bool = True  # labels.jsonl has "may" where there is none

    @classmethod
    def read(cls, folder: pathlib.Path) -> "MarkedSet":
        return cls(folder, **json.loads((folder / "set.json").read_text("utf-8")))

    @property
    def escaped(self) -> set[str]:
        return CREDENTIALS | {"URL"} if self.escape_urls else CREDENTIALS

    def documents(self) -> list["Document"]:
        documents, counts = [], collections.Counter()
        for path in sorted((self.folder / "source").glob("*.txt")):
            before, *heads = HEAD.split(path.read_text("utf-8"))
            if before.strip():
                raise ValueError(f"{path}: text before the first document")
            for lang, part, more, body in zip(*(heads[i::4] for i in range(4))):
                head = dict(field.split("=", 1) for field in more.split())
                group = head.pop("group", path.stem)
                counts[group] += 1
                ident = head.pop("id", "") or self.ids.format(group=group, n=counts[group])
                text, spans = read_marks(patterns.fill(body.strip("\n"), self.seed.replace("{id}", ident)))
                documents.append(Document(ident, group, lang, part or "", text, spans, {k: v.split(",") for k, v in head.items()}))
        return documents

    def files(self, documents: list["Document"]) -> dict[pathlib.Path, str]:
        """What is made: `NAME.jsonl` of folder NAME, and `labels.jsonl` where a document has labels."""
        files = {self.folder / f"{self.folder.name}.jsonl": "".join(d.line(self.escaped) + "\n" for d in documents)}
        if labels := "".join(json.dumps(d.label_line(self.empty_may)) + "\n" for d in documents if d.about):
            files[self.folder / "labels.jsonl"] = labels
        return files

    def complaints(self, documents: list["Document"]) -> Iterator[tuple[str, str]]:
        """The check that complains, and what of."""
        ids, texts = {}, {}
        for d in documents:
            if ids.setdefault(d.id, d) is not d:
                yield "head", f"{d.id}: the same id twice"
            if texts.setdefault(d.text, d) is not d:
                yield "text", f"{d.id}: the same text as {texts[d.text].id}"
            for check, what in (*d.wrong_head(self), *d.wrong_marks(self), *d.wrong_text(self), *d.left_unmarked()):
                yield check, f"{d.id} ({d.lang}): {what}"


@dataclasses.dataclass(frozen=True)
class Document:
    id: str
    group: str
    lang: str
    part: str
    text: str
    marks: list[Span]
    about: dict[str, list[str]]  # "labels" and "may"

    @property
    def spans(self) -> list[Span]:
        return [mark for mark in self.marks if mark.type != UNMARKED]

    @property
    def has_credentials(self) -> bool:
        return any(mark.type in CREDENTIALS for mark in self.marks)

    @property
    def is_free(self) -> bool:
        return all(span.type == "_IGNORE" for span in self.spans)

    def line(self, escaped: set[str]) -> str:
        """JSON, offsets in UTF-16 units; what a scanner of sources would take for a leak is escaped."""
        spans = [{"start": units(self.text[:s.start]), "end": units(self.text[:s.end]), "type": s.type} for s in self.spans]
        raw, at = "", 0
        for span in self.spans:
            if span.type in escaped:
                raw += json.dumps(self.text[at:span.start], ensure_ascii=False)[1:-1] + escape(self.text[span.start:span.end])
                at = span.end
        raw += json.dumps(self.text[at:], ensure_ascii=False)[1:-1]
        head = json.dumps({"id": self.id, "group": self.group, "lang": self.lang}, ensure_ascii=False)
        line = f'{head[:-1]}, "text": "{raw}", "spans": {json.dumps(spans)}}}'
        read = json.loads(line)["text"].encode("utf-16-le")
        cut = [read[2 * s["start"]:2 * s["end"]].decode("utf-16-le") for s in spans]
        assert cut == [self.text[s.start:s.end] for s in self.spans], self.id
        return line

    def label_line(self, empty_may: bool) -> dict[str, str | list[str]]:
        may = {"may": self.about.get("may", [])} if empty_may or "may" in self.about else {}
        return {"id": self.id, "labels": self.about.get("labels", []), **may}

    def wrong_head(self, own: MarkedSet) -> Iterator[tuple[str, str]]:
        if self.lang not in LANGUAGES:
            yield "head", f"language {self.lang}"
        if own.groups and self.group not in own.groups:
            yield "head", f"group {self.group}"
        labels = [label for value in self.about.values() for label in value]
        if not self.about.keys() <= {"labels", "may"} or not LABELS.issuperset(labels) or len(set(labels)) < len(labels):
            yield "head", f"labels {self.about}"
        match own.parts.get(self.part, self.part):
            case "none" if self.marks:
                yield "head", "spans in a document without any"
            case "identities" if not self.spans:
                yield "head", "no span"
            case "credentials" if not self.has_credentials:
                yield "head", "no credential"
            case part if part not in PARTS and (part or own.parts):
                yield "head", f"part {self.part}"

    def wrong_marks(self, own: MarkedSet) -> Iterator[tuple[str, str]]:
        for mark in self.marks:
            value = self.text[mark.start:mark.end]
            if mark.type not in TYPES or own.types and mark.type not in own.types:
                yield "marks", f"type {mark.type}"
            if not value or value != value.strip() or "|" in value:
                yield "marks", f"blanks at the edge of {value!r}, nothing or a bar in it"
            check = checkdigits.OF_TYPE.get(mark.type)
            if check and mark.type not in own.unchecked and not check(value):
                yield "marks", f"check digit of {mark.type} {value}"
        if re.search("[⟦⟧⟪⟫]", self.text):
            yield "marks", "a mark is open"

    def wrong_text(self, own: MarkedSet) -> Iterator[tuple[str, str]]:
        if "@@@" in self.text:
            yield "text", "a head line is wrong"
        if self.group == "json" and not is_json(self.text):
            yield "json", "no JSON"
        for (least, most), counted in ((own.words, re.findall(r"\w+", self.text)), (own.tokens, self.text.split())):
            if len(counted) < least or most is not None and len(counted) > most:
                yield "words", f"{len(counted)} words"

    def left_unmarked(self) -> Iterator[tuple[str, str]]:
        """What is marked in one place of the document and not in another: mostly a mark forgotten, at times another word."""
        covered = {i for mark in self.marks for i in range(mark.start, mark.end)}

        def elsewhere(value: str) -> Iterator[str]:
            for found in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", self.text):
                if found.start() not in covered:
                    yield f"{value}: {self.text[max(0, found.start() - 15):found.end() + 10]!r}"

        values = {self.text[s.start:s.end] for s in self.spans}
        names = {self.text[s.start:s.end] for s in self.spans if s.type in NAMES}
        for value in sorted(values):
            if len(value) > 2:
                yield from (("repeats", f"unmarked {x}") for x in elsewhere(value))
        for word in sorted({word for name in names for word in re.findall(r"[^\W\d_]{4,}", name)} - values):
            yield from (("name_parts", f"part of a name unmarked {x}") for x in elsewhere(word))


def read_marks(source: str) -> tuple[str, list[Span]]:
    text, spans, at = "", [], 0
    for found in re.finditer(r"⟦([A-Z_]+)\|(.*?)⟧", source, re.S):
        text += source[at:found.start()]
        spans.append(Span(len(text), len(text) + len(found[2]), SHORT.get(found[1], found[1])))
        text += found[2]
        at = found.end()
    return text + source[at:], spans


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def escape(text: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in memoryview(text.encode("utf-16-le")).cast("H"))


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
