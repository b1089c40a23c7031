#!/usr/bin/env python3
"""Makes unseen-3-2026-11.jsonl from source/*.txt.

A document begins with a line `=== id lang`; its group is the name of its file. A span is `⟦CODE|text⟧`. `⟪pattern⟫` stands for random characters, e.g.
`⟪AKIA[A-Z2-7]{16}⟫`: the same ones at each run, and `⟪name=pattern⟫` ... `⟪@name⟫` repeats them in a document; `⟪#TYPE:4539 #### ####⟫` fills `#` with digits
and `?` with letters until the check digit of the type holds. `labels=a,b may=c` in the head line says what the document is about (labels.jsonl). Offsets are UTF-16 units.
"""
import base64
import json
import pathlib
import random
import re
import sys
import zlib

import ids

HERE = pathlib.Path(__file__).parent
CODES = {
    "PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION", "ADR": "ADDRESS", "GEO": "COORDINATES", "TEL": "PHONE", "MAIL": "EMAIL", "URL": "URL", "IP": "IP", "MAC": "MAC",
    "DOB": "DATE_OF_BIRTH", "AGE": "AGE", "NAT": "NATIONALITY", "USER": "USERNAME", "CC": "CREDIT_CARD", "CVV": "CVV", "IBAN": "IBAN", "SWIFT": "SWIFT", "ABA": "ABA_ROUTING",
    "ACC": "BANK_ACCOUNT", "COIN": "CRYPTO", "PASS": "PASSPORT", "DL": "DRIVER_LICENSE", "MRN": "MEDICAL_RECORD", "VIN": "VIN", "IMEI": "IMEI", "PLATE": "LICENSE_PLATE",
    "KEY": "API_KEY", "JWT": "JWT", "PEM": "PRIVATE_KEY", "CONN": "CONNECTION_STRING", "PW": "PASSWORD", "SEC": "SECRET", "SKIP": "_IGNORE",
}
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def expand_class(body):
    out, i = "", 0
    while i < len(body):
        if i + 2 < len(body) and body[i + 1] == "-":
            out += "".join(map(chr, range(ord(body[i]), ord(body[i + 2]) + 1)))
            i += 3
        else:
            out += body[i]
            i += 1
    return out


def b64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def with_crc(prefix, rng):
    body = "".join(rng.choices(BASE62, k=30))
    n, tail = zlib.crc32(body.encode()), ""
    while n:
        n, r = divmod(n, 62)
        tail = BASE62[r] + tail
    return prefix + body + tail.rjust(6, "0")


def pem(kind, size, line_end, rng):
    magic = {"PRIVATE KEY": b"\x30\x82\x04\xbe\x02\x01\x00\x30\x0d\x06\x09",
             "OPENSSH PRIVATE KEY": b"openssh-key-v1\0\0\0\0\4none\0\0\0\4none\0\0\0\0\0\0\0\1\0\0\0\x33\0\0\0\x0bssh-ed25519"}.get(kind, b"")
    text = base64.b64encode(magic + rng.randbytes(size - len(magic))).decode()
    lines = [text[i:i + 64] for i in range(0, len(text), 64)]
    return line_end.join([f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"])


def checked(kind, pattern, rng):
    while True:
        s = "".join(rng.choice("0123456789") if c == "#" else rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if c == "?" else c for c in pattern)
        if ids.CHECKS[kind](s):
            return s


def make(pattern, rng):
    if pattern.startswith("#"):
        kind, _, rest = pattern[1:].partition(":")
        return checked(kind, rest, rng)
    if pattern in ("btc", "bc1", "eth"):
        raw = rng.randbytes(20)
        return {"btc": lambda: ids.to_b58(0, raw), "bc1": lambda: ids.bech32(raw), "eth": lambda: "0x" + raw.hex()}[pattern]()
    if pattern == "ghp":
        return with_crc("ghp_", rng)
    if pattern == "npm":
        return with_crc("npm_", rng)
    if pattern.startswith("jwt:"):
        parts = [b'{"alg":"HS256","typ":"JWT"}', pattern[4:].encode()]
        return ".".join([*map(b64url, parts), b64url(rng.randbytes(32))])
    if pattern.startswith("pem:"):
        _, kind, size, end = pattern.split(":")
        return pem(kind, int(size), {"n": "\n", "e": "\\n"}[end], rng)
    if pattern.startswith("b64:"):
        return base64.b64encode(pattern[4:].encode()).decode()
    out = re.sub(r"\[([^\]]+)\]\{(\d+)\}", lambda m: "".join(rng.choices(expand_class(m[1]), k=int(m[2]))), pattern)
    return out


def fill(text, doc_id):
    rng, names = random.Random("unseen-3-2026-11/" + doc_id), {}

    def one(m):
        body = m[1]
        if body.startswith("@"):
            return names[body[1:]]
        named = re.match(r"(\w+)=(?!\[\])", body)
        if named and not body.startswith(("jwt:", "pem:", "b64:")):
            names[named[1]] = make(body[named.end():], rng)
            return names[named[1]]
        return make(body, rng)

    return re.sub(r"⟪(.*?)⟫", one, text)


def parse(text, doc_id):
    plain, spans, at = "", [], 0
    for m in re.finditer(r"⟦([A-Z_]+)\|(.*?)⟧", text, re.S):
        plain += text[at:m.start()]
        kind = CODES.get(m[1], m[1])
        assert kind in CODES.values() or re.match(r"[A-Z]{2}_", kind), (doc_id, kind)
        assert m[2] and m[2] == m[2].strip(), (doc_id, m[2])
        check = ids.CHECKS.get(kind)
        assert not check or check(m[2]), (doc_id, kind, m[2], "check digit")
        start = len(plain.encode("utf-16-le")) // 2
        plain += m[2]
        spans.append({"start": start, "end": len(plain.encode("utf-16-le")) // 2, "type": kind})
        at = m.end()
    plain += text[at:]
    assert not set("⟦⟧⟪⟫") & set(plain), (doc_id, [plain[max(0, i - 30):i + 30] for i, c in enumerate(plain) if c in "⟦⟧⟪⟫"])
    return plain, spans


def line_of(doc, secret):
    """A line of JSON in which credentials are escaped, so that no scanner takes them for leaks."""
    units = doc["text"].encode("utf-16-le")
    out, at = "", 0
    for s in doc["spans"]:
        if s["type"] in secret:
            out += json.dumps(units[2 * at:2 * s["start"]].decode("utf-16-le"), ensure_ascii=False)[1:-1]
            out += "".join(f"\\u{c:04x}" for c in memoryview(units[2 * s["start"]:2 * s["end"]]).cast("H"))
            at = s["end"]
    out += json.dumps(units[2 * at:].decode("utf-16-le"), ensure_ascii=False)[1:-1]
    line = json.dumps({**doc, "text": ""}, ensure_ascii=False).replace('"text": ""', f'"text": "{out}"')
    assert json.loads(line) == doc, doc["id"]
    return line


LABELS = {"financial", "medical", "legal", "source_code", "hr", "minors", "harmful"}


def documents():
    seen = set()
    for path in sorted((HERE / "source").glob("*.txt")):
        parts = re.split(r"^=== (\S+) (\w\w)((?: \w+=[\w,]+)*)\n", path.read_text("utf-8"), flags=re.M)
        assert not parts[0].strip(), path
        for doc_id, lang, about, body in zip(parts[1::4], parts[2::4], parts[3::4], parts[4::4]):
            assert doc_id not in seen, doc_id
            seen.add(doc_id)
            text, spans = parse(fill(body.strip("\n"), doc_id), doc_id)
            if path.stem == "json":
                json.loads(text)
            about = {k: v.split(",") for k, v in (x.split("=") for x in about.split())}
            assert about.keys() <= {"labels", "may"} and {x for v in about.values() for x in v} <= LABELS, (doc_id, about)
            yield {"id": doc_id, "group": path.stem, "lang": lang, "text": text, "spans": spans}, {"id": doc_id, "labels": about.get("labels", []), "may": about.get("may", [])}


if __name__ == "__main__":
    pairs = list(documents())
    docs = [d for d, _ in pairs]
    with open(HERE / "labels.jsonl", "w", encoding="utf-8", newline="\n") as f:
        for _, about in pairs:
            if about["labels"] or about["may"]:
                f.write(json.dumps(about) + "\n")
    secret = {"API_KEY", "JWT", "PRIVATE_KEY", "CONNECTION_STRING", "PASSWORD", "SECRET"}
    with open(HERE / "unseen-3-2026-11.jsonl", "w", encoding="utf-8", newline="\n") as f:
        for d in docs:
            f.write(line_of(d, secret | {"URL"}) + "\n")
    for doc in docs:
        units = doc["text"].encode("utf-16-le")
        for s in doc["spans"]:
            part = units[2 * s["start"]:2 * s["end"]].decode("utf-16-le")
            assert part == part.strip() and part, doc["id"]
    free = [d for d in docs if not any(s["type"] != "_IGNORE" for s in d["spans"])]
    by_group, by_lang, by_type = {}, {}, {}
    for d in docs:
        by_group.setdefault(d["group"], [0, 0])[d in free] += 1
        by_lang[d["lang"]] = by_lang.get(d["lang"], 0) + 1
        for s in d["spans"]:
            by_type[s["type"]] = by_type.get(s["type"], 0) + 1
    with_secrets = sum(any(s["type"] in secret for s in d["spans"]) for d in docs)
    print(len(docs), "documents,", len(free), "free,", with_secrets, "with credentials,", sum(len(d["text"]) for d in docs), "chars", file=sys.stderr)
    print(by_group, by_lang, dict(sorted(by_type.items(), key=lambda x: -x[1])), sep="\n", file=sys.stderr)
