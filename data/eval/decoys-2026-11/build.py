#!/usr/bin/env python3
"""Makes decoys-2026-11.jsonl from source/*.txt.

A document begins with a line `%%%% LANG KIND`: KIND is `none` (no personal data, no marks) or `names`.
Marks are `⟦TYPE|text⟧`. Offsets are UTF-16 units, the end is exclusive. `--check` also prints what a reader should look at again.
"""
import json, pathlib, re, sys

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "decoys-2026-11.jsonl"
LANGS = {"en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv"}
TYPES = {"PERSON", "ORGANIZATION", "LOCATION", "ADDRESS", "PHONE", "EMAIL", "IP", "URL", "USERNAME", "DATE_OF_BIRTH", "AGE",
         "NATIONALITY", "_IGNORE"}
HEAD = re.compile(r"^%%%% (\S+) (none|names)\n", re.M)
MARK = re.compile(r"⟦([A-Z_]+)\|([^⟦⟧]+)⟧")


def utf16(s):
    return len(s.encode("utf-16-le")) // 2


def parse(raw, where):
    text, spans, last = "", [], 0
    for m in MARK.finditer(raw):
        kind, value = m.groups()
        if kind not in TYPES:
            sys.exit(f"{where}: unknown type {kind}")
        if value != value.strip() or "|" in value:
            sys.exit(f"{where}: blanks at the edge of {value!r}, or a bar in it")
        text += raw[last:m.start()]
        start = utf16(text)
        text += value
        spans.append({"start": start, "end": utf16(text), "type": kind})
        last = m.end()
    text += raw[last:]
    if re.search(r"[⟦⟧]|^%%%%", text, re.M):
        sys.exit(f"{where}: a stray mark")
    return text, spans


def unmarked(text, spans):
    """Marked names that also stand in the text without a mark: mostly a mark forgotten, at times a decoy on purpose."""
    units = text.encode("utf-16-le")
    cut = lambda a, b: units[2 * a:2 * b].decode("utf-16-le")
    rest, last = "", 0
    for s in spans:
        rest += cut(last, s["start"]) + "\u0000"
        last = s["end"]
    rest += cut(last, utf16(text))
    names = {cut(s["start"], s["end"]) for s in spans if s["type"] in ("PERSON", "LOCATION", "ORGANIZATION")}
    names |= {p for n in names for p in re.findall(r"\w{4,}", n)}
    return sorted(n for n in names if re.search(rf"\b{re.escape(n)}\b", rest))


def main():
    check, lines, seen, count = "--check" in sys.argv, [], {}, {}
    for path in sorted((HERE / "source").glob("*.txt")):
        parts = HEAD.split(path.read_text(encoding="utf-8"))
        if parts[0].strip():
            sys.exit(f"{path.name}: text before the first document")
        for n in range(1, len(parts), 3):
            lang, kind, raw = parts[n:n + 3]
            ident = f"{path.stem}-{n // 3 + 1:02d}"
            text, spans = parse(raw.strip("\n"), ident)
            if lang not in LANGS or (kind == "none") == bool(spans):
                sys.exit(f"{ident}: language {lang}, {kind}, {len(spans)} spans")
            if seen.setdefault(text, ident) != ident:
                sys.exit(f"{ident} is the same as {seen[text]}")
            words = len(re.findall(r"\w+", text))
            if check and not 60 <= words <= 250:
                print(f"{ident}: {words} words")
            if check and (again := unmarked(text, spans)):
                print(f"{ident}: also unmarked: {', '.join(again)}")
            lines.append(json.dumps({"id": ident, "group": path.stem, "lang": lang, "text": text, "spans": spans}, ensure_ascii=False))
            for key in (kind, f"{kind} {'en' if lang == 'en' else 'other'}"):
                count[key] = count.get(key, 0) + 1
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "documents;", ", ".join(f"{k}: {v}" for k, v in sorted(count.items())))


if __name__ == "__main__":
    main()
