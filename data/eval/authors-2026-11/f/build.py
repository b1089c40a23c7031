#!/usr/bin/env python3
"""Makes f.jsonl and labels.jsonl from source/*.txt.

A document starts with a line `@@@ LANG PART labels=x,y may=z` (PART: a none, b identities, c credentials; labels and may
only where there are any). Marks are
`⟦TYPE|text⟧`; random parts are `⟪pattern⟫`, drawn from a seed that depends on the document and the
place in it; `⟪pattern#x⟫` repeats within a document, `⟪=text⟫` is the text itself (to keep scanners away).
`⟦NO|text⟧` leaves text unmarked on purpose where the same word is marked elsewhere in the document.
"""
import base64
import collections
import json
import pathlib
import random
import re
import string
import sys

HERE = pathlib.Path(__file__).parent
OUT = HERE / "f.jsonl"
LABELS = "financial medical legal source_code hr minors harmful".split()
CREDENTIALS = {"API_KEY", "JWT", "PRIVATE_KEY", "CONNECTION_STRING", "PASSWORD", "SECRET"}
# National numbers: the README of the unseen set says CC_NAME; these names are the only place to change them.
NATIONAL = {t: t for t in "US_SSN UK_NHS UK_NINO ES_NIF DE_TAX_ID FR_NIR IT_FISCAL_CODE NL_BSN PL_PESEL PT_NIF SE_PERSONNUMMER".split()}
TYPES = CREDENTIALS | set(NATIONAL) | set(
    """PERSON ORGANIZATION LOCATION ADDRESS COORDINATES PHONE EMAIL IP MAC URL USERNAME DATE_OF_BIRTH AGE NATIONALITY
    CREDIT_CARD CVV IBAN SWIFT ABA_ROUTING BANK_ACCOUNT CRYPTO PASSPORT DRIVER_LICENSE LICENSE_PLATE VIN IMEI
    MEDICAL_RECORD NO _IGNORE""".split()
)
ALPHABETS = {
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "w": string.ascii_letters + string.digits,
    "U": string.ascii_uppercase + string.digits,
    "l": string.ascii_lowercase + string.digits,
    "A": string.ascii_uppercase,
    "a": string.ascii_lowercase,
    "d": string.digits,
    "b": string.ascii_letters + string.digits + "-_",
    "s": string.ascii_uppercase + "234567",
    "V": "ABCDEFGHJKLMNPRSTUVWXYZ0123456789",
    "p": string.ascii_letters + string.digits * 2 + "!#$%&*+-=?@^_~.,:;/()[]{}",
}
LETTERS = {c: i + 10 for i, c in enumerate(string.ascii_uppercase)}


def value(c):
    return LETTERS[c] if c in LETTERS else int(c)


def luhn(digits):
    total = 0
    for i, c in enumerate(reversed(digits)):
        n = int(c) * (2 if i % 2 else 1)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def icao(text):
    return str(sum(value(c) * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)


def iban_ok(text):
    text = re.sub(r"\s", "", text)
    return int("".join(str(value(c)) for c in text[4:] + text[:4])) % 97 == 1


def nhs_ok(text):
    d = [int(c) for c in text if c.isdigit()]
    return len(d) == 10 and (11 - sum(x * (10 - i) for i, x in enumerate(d[:9])) % 11) % 11 == d[9]


def nif_ok(text):
    text = re.sub(r"[^0-9A-Z]", "", text)
    if text[0] in "XYZ":
        text = str("XYZ".index(text[0])) + text[1:]
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(text[:-1]) % 23] == text[-1]


def bsn_ok(text):
    d = [int(c) for c in text if c.isdigit()]
    return len(d) == 9 and (sum(x * (9 - i) for i, x in enumerate(d[:8])) - d[8]) % 11 == 0


def pesel_ok(text):
    return len(text) == 11 and sum(int(c) * w for c, w in zip(text, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1))) % 10 == 0


def tax_ok(text):  # Germany
    text, product = re.sub(r"\D", "", text), 10
    for c in text[:10]:
        total = (int(c) + product) % 10 or 10
        product = total * 2 % 11
    return len(text) == 11 and (11 - product) % 10 == int(text[10])


def nir_ok(text):
    text = re.sub(r"\D", "", text)
    return len(text) == 15 and 97 - int(text[:13]) % 97 == int(text[13:])


ODD = dict(zip(string.digits + string.ascii_uppercase, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21] * 2 + [2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]))


def fiscal(text):  # Italy: the last letter
    even = lambda c: int(c) if c.isdigit() else ord(c) - 65
    return chr(65 + sum(even(c) if i % 2 else ODD[c] for i, c in enumerate(text[:15])) % 26)


def pt_ok(text):
    d = [int(c) for c in text if c.isdigit()]
    rest = 11 - sum(x * (9 - i) for i, x in enumerate(d[:8])) % 11
    return len(d) == 9 and d[8] == (0 if rest > 9 else rest)


def aba_ok(text):
    return len(text) == 9 and sum(int(c) * (3, 7, 1)[i % 3] for i, c in enumerate(text)) % 10 == 0


CHECKS = {
    "ABA_ROUTING": aba_ok,
    "IBAN": iban_ok,
    "UK_NHS": nhs_ok,
    "ES_NIF": nif_ok,
    "NL_BSN": bsn_ok,
    "PL_PESEL": pesel_ok,
    "DE_TAX_ID": tax_ok,
    "FR_NIR": nir_ok,
    "IT_FISCAL_CODE": lambda t: fiscal(t) == t[15:],
    "PT_NIF": pt_ok,
    "SE_PERSONNUMMER": lambda t: luhn(re.sub(r"\D", "", t)[-10:]),
    "IMEI": lambda t: luhn(re.sub(r"\D", "", t)),
    "CREDIT_CARD": lambda t: luhn(re.sub(r"\D", "", t)),
}


def draw(pattern, rng):
    pick = lambda kind, n: "".join(rng.choice(ALPHABETS[kind]) for _ in range(n))
    if pattern.startswith("="):
        return pattern[1:]
    if pattern == "jwt" or pattern.startswith("jwt:"):
        enc = lambda b: base64.urlsafe_b64encode(b).decode().rstrip("=")
        sub = pattern[4:] or "svc-" + pick("l", 6)
        head = json.dumps({"alg": "HS256", "typ": "JWT"}, separators=(",", ":")).encode()
        body = json.dumps({"sub": sub, "exp": 1700000000 + rng.randrange(10**8)}, separators=(",", ":")).encode()
        return ".".join((enc(head), enc(body), enc(rng.randbytes(32))))
    if pattern.startswith("pem:"):
        _, name, lines = pattern.split(":")
        rows = [base64.b64encode(rng.randbytes(48)).decode() for _ in range(int(lines) - 1)]
        rows.append(base64.b64encode(rng.randbytes(25)).decode())
        return f"-----BEGIN {name}-----\n" + "\n".join(rows) + f"\n-----END {name}-----"
    if pattern.startswith("64:"):
        return base64.b64encode(rng.randbytes(int(pattern[3:]))).decode()
    if pattern.startswith("iban:"):
        bban = re.sub("[0-9A]", lambda m: pick("A" if m[0] == "A" else "d", 1), pattern[8:])
        country = pattern[5:7]
        rest = int("".join(str(value(c)) for c in bban + country + "00")) % 97
        text = f"{country}{98 - rest:02d}{bban}"
        return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
    if pattern == "nhs":
        while True:
            text = pick("d", 10)
            if nhs_ok(text):
                return f"{text[:3]} {text[3:6]} {text[6:]}"
    if pattern == "nif":
        text = str(rng.randrange(10000000, 80000000))
        return text + "TRWAGMYFPDXBNJZSQVHLCKE"[int(text) % 23]
    for name, ok, size in (("bsn", bsn_ok, 9), ("ptnif", pt_ok, 9), ("imei", luhn, 15)):
        while pattern == name:
            text = {"bsn": "1", "ptnif": "2", "imei": "35"}[name] + pick("d", size)
            if ok(text[:size]):
                return text[:size]
    while pattern == "aba":
        text = "09" + pick("d", 7)
        if aba_ok(text):
            return text
    if pattern.startswith("pesel:"):
        head = pattern[6:] + pick("d", 4)
        return next(head + c for c in "0123456789" if pesel_ok(head + c))
    if pattern.startswith("pnr:"):  # Sweden: the date of birth with or without the century
        head = pattern[4:] + pick("d", 3)
        return pattern[4:] + "-" + head[-3:] + next(c for c in "0123456789" if luhn(head[-9:] + c))
    if pattern.startswith("nir:"):
        text = pattern[4:] + pick("d", 13 - len(pattern[4:]))
        text += f"{97 - int(text) % 97:02d}"
        return " ".join((text[0], text[1:3], text[3:5], text[5:7], text[7:10], text[10:13], text[13:]))
    if pattern.startswith("cf:"):
        return pattern[3:] + fiscal(pattern[3:])
    if pattern == "taxid":
        digits = rng.sample("123456789", 9)
        head = digits[0] + "".join(rng.sample(digits[1:] + [digits[3]], 9))
        return next(f"{head[:2]} {head[2:5]} {head[5:8]} {head[8:]}{c}" for c in "0123456789" if tax_ok(head + c))
    if pattern == "kvnr":  # German health insurance
        letter, text = pick("A", 1), pick("d", 8)
        full = f"{ord(letter) - 64:02d}{text}"
        total = sum(sum(map(int, str(int(c) * (1 + i % 2)))) for i, c in enumerate(full))
        return f"{letter}{text}{total % 10}"
    if pattern == "deid":  # German passports and identity cards
        text = rng.choice("CFGHJK") + "".join(rng.choice("0123456789CFGHJKLMNPRTVWXYZ") for _ in range(8))
        return text + icao(text)
    if pattern == "plid":  # Polish identity cards: the fourth place checks
        letters, digits = "C" + pick("A", 2), pick("d", 5)
        total = sum(value(c) * w for c, w in zip(letters + digits, (7, 3, 1, 7, 3, 1, 7, 3)))
        return f"{letters} {total % 10}{digits}"
    if pattern == "bech32":  # a Bitcoin address with its checksum
        def mod(values):
            chk = 1
            for v in values:
                top, chk = chk >> 25, (chk & 0x1FFFFFF) << 5 ^ v
                for i, g in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
                    chk ^= g if top >> i & 1 else 0
            return chk

        data = [0] + [rng.randrange(32) for _ in range(32)]
        chk = mod([3, 3, 0, 2, 3] + data + [0] * 6) ^ 1
        data += [chk >> 5 * (5 - i) & 31 for i in range(6)]
        return "bc1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[v] for v in data)
    if pattern == "card":
        head = "4" + pick("d", 14)
        text = head + next(c for c in "0123456789" if luhn(head + c))
        return " ".join(text[i : i + 4] for i in range(0, 16, 4))
    found = re.fullmatch(r"([A-Za-z]+?)(\d+)", pattern)
    if not found or found[1] not in ALPHABETS:
        raise ValueError(f"pattern {pattern}")
    return pick(found[1], int(found[2]))


def fill(source, key):
    kept, place = {}, 0

    def one(found):
        nonlocal place
        place += 1
        pattern, _, label = found[1].partition("#") if not found[1].startswith("=") else (found[1], "", "")
        if label and (pattern, label) in kept:
            return kept[pattern, label]
        text = draw(pattern, random.Random(f"author f {key} {place}"))
        if label:
            kept[pattern, label] = text
        return text

    return re.sub(r"⟪(.+?)⟫", one, source)


def units(text):
    return len(text.encode("utf-16-le")) // 2


def parse(source):
    """The text, its spans in code points and what is wrong with it."""
    text, spans, wrong, at = "", [], [], 0
    for found in re.finditer(r"⟦([A-Z_]+)\|(.*?)⟧", source, re.S):
        text += source[at : found.start()]
        start, at = len(text), found.end()
        text += found[2]
        if found[1] not in TYPES:
            wrong.append(f"type {found[1]}")
        if not found[2] or found[2] != found[2].strip():
            wrong.append(f"space in {found[0]}")
        if found[1] in CHECKS and not CHECKS[found[1]](found[2]):
            wrong.append(f"check digit {found[0]}")
        spans.append((start, len(text), found[1]))
    text += source[at:]
    if re.search("[⟦⟧⟪⟫]", text):
        wrong.append("a mark is open")
    return text, spans, wrong


def encode(doc, hidden):
    """JSON with every character of the hidden ranges escaped."""
    text = doc["text"]
    escaped = set().union(*(range(a, b) for a, b in hidden)) if hidden else set()
    parts = []
    for i, c in enumerate(text):
        if i in escaped:
            raw = c.encode("utf-16-be")
            parts.append("".join(f"\\u{raw[k]:02x}{raw[k + 1]:02x}" for k in range(0, len(raw), 2)))
        else:
            parts.append(json.dumps(c, ensure_ascii=False)[1:-1])
    rest = {k: v for k, v in doc.items() if k != "text"}
    head = json.dumps({k: rest[k] for k in ("id", "group", "lang")}, ensure_ascii=False)
    line = f'{head[:-1]}, "text": "{"".join(parts)}", "spans": {json.dumps(rest["spans"])}}}'
    assert json.loads(line) == doc, doc["id"]
    return line


def main():
    lines, labels, parts, langs, types, bad = [], [], collections.Counter(), collections.Counter(), collections.Counter(), 0
    for path in sorted((HERE / "source").glob("*.txt")):
        group = path.stem
        chunks = re.split(r"^@@@ (\w\w) ([abc])((?: (?:labels|may)=[a-z_,]+)*)\n", path.read_text(encoding="utf-8"), flags=re.M)
        if chunks[0].strip():
            sys.exit(f"{path.name}: text before the first document")
        for n, (lang, part, extra, body) in enumerate(zip(*(chunks[i::4] for i in range(1, 5))), 1):
            key = f"authors-f-{group}-{n:02d}"
            text, spans, wrong = parse(fill(body.strip("\n"), key))
            words = len(re.findall(r"\w+", text))
            about = {k: v.split(",") for k, v in (e.split("=") for e in extra.split())}
            wrong += [f"label {x}" for v in about.values() for x in v if x not in LABELS]
            if re.search("^@@@", text, re.M):
                wrong.append("a head line inside a document")
            if words < 30 or len(text.split()) > 220:
                wrong.append(f"{words} words")
            if part == "a" and spans:
                wrong.append("spans in a document of part a")
            if part == "c" and not any(t in CREDENTIALS for _, _, t in spans):
                wrong.append("no credential")
            if part == "b" and not spans:
                wrong.append("no span")
            covered = set().union(*(range(a, b) for a, b, _ in spans)) if spans else set()
            for marked in {text[a:b] for a, b, t in spans if t not in ("_IGNORE", "NO")}:
                for m in re.finditer(r"(?<!\w)" + re.escape(marked) + r"(?!\w)", text):
                    if len(marked) > 2 and m.start() not in covered:
                        wrong.append(f"unmarked: {text[max(0, m.start() - 15) : m.end() + 10]!r}")
            for name in {text[a:b] for a, b, t in spans if t in ("PERSON", "ORGANIZATION", "LOCATION")}:
                for word in re.findall(r"[^\W\d_]{4,}", name):
                    for m in re.finditer(r"(?<!\w)" + word + r"(?!\w)", text):
                        if word[0].isupper() and m.start() not in covered:
                            wrong.append(f"part of a name unmarked: {text[max(0, m.start() - 15) : m.end() + 10]!r}")
            spans = [s for s in spans if s[2] != "NO"]
            for w in wrong:
                print(f"{key} ({lang}): {w}", file=sys.stderr)
            bad += len(wrong)
            doc = {
                "id": key,
                "group": group,
                "lang": lang,
                "text": text,
                "spans": [
                    {"start": units(text[:a]), "end": units(text[:b]), "type": NATIONAL.get(t, t)} for a, b, t in spans
                ],
            }
            lines.append(encode(doc, [(a, b) for a, b, t in spans if t in CREDENTIALS or t == "URL"]))
            if about:
                labels.append({"id": key, "labels": about.get("labels", [])} | ({"may": about["may"]} if "may" in about else {}))
            parts[part] += 1
            langs[lang] += 1
            types.update(t for _, _, t in spans)
    if bad:
        sys.exit(f"{bad} mistakes")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (HERE / "labels.jsonl").write_text("".join(json.dumps(x) + "\n" for x in labels), encoding="utf-8")
    print(len(lines), "documents", dict(sorted(parts.items())), dict(langs.most_common()))
    print(sum(types.values()), "spans", dict(types.most_common()))


main()
