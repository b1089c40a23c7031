"""Random parts of documents, `⟪pattern⟫`: the same ones at each run, and no source contains a credential in its vendor's format.

| pattern | gives |
|---|---|
| `=text` | the text itself (keeps scanners away from the source) |
| `w32` | 32 characters of an alphabet: see `ALPHABETS` |
| `AKIA[A-Z2-7]{16}` | any text with classes in it |
| `#iban DE## ####` | a number whose check holds: # a digit, ? a capital, the check a function of `checkdigits.py` |
| `uuid`, `ghp`, `npm`, `btc`, `bc1`, `eth` | what is called so, with its checksum |
| `jwt`, `jwt:subject`, `jwt:{...}` | a token, HS256 |
| `pem:KIND:bytes:end` | a key in its armour; end `n`, or `e` for line ends as JSON escapes them; `:bare` after it: without the bytes that keys of the kind begin with |
| `64:bytes`, `b64:text` | Base64 of random bytes, of a text |

`#x` after a pattern repeats within the document what it gave (`⟪w10#x⟫ ... ⟪w10#x⟫`).
"""
import base64
import json
import random
import re
import string
import zlib

from . import checkdigits

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
PEM_BEGINS = {
    "PRIVATE KEY": b"\x30\x82\x04\xbe\x02\x01\x00\x30\x0d\x06\x09",
    "OPENSSH PRIVATE KEY": b"openssh-key-v1\0\0\0\0\4none\0\0\0\4none\0\0\0\0\0\0\0\1\0\0\0\x33\0\0\0\x0bssh-ed25519",
}
CLASS = re.compile(r"\[([^\]]+)\]\{(\d+)\}")


def fill(source: str, seed: str) -> str:
    """The source with its random parts drawn. A seed that says `{place}` is for each part, any other for the whole document."""
    kept: dict[str, str] = {}
    rng, place = random.Random(seed), 0

    def one(found: re.Match[str]) -> str:
        nonlocal rng, place
        place += 1
        body = found[1]
        if body in kept:
            return kept[body]
        if "{place}" in seed:
            rng = random.Random(seed.replace("{place}", str(place)))
        repeated = re.fullmatch(r"([^=].*)#[a-z]\w*", body)
        text = draw(repeated[1] if repeated else body, rng)
        if repeated:
            kept[body] = text
        return text

    return re.sub(r"⟪(.+?)⟫", one, source)


def draw(pattern: str, rng: random.Random) -> str:
    if pattern.startswith("="):
        return pattern[1:]
    if pattern.startswith("#"):
        check, _, form = pattern[1:].partition(" ")
        if check not in checkdigits.BY_NAME:
            raise ValueError(f"no such check: {check}; there are {', '.join(sorted(checkdigits.BY_NAME))}")
        return checkdigits.finish(form, checkdigits.BY_NAME[check], rng)
    match pattern.split(":"):
        case ["uuid"]:
            return "-".join(pick("hex", n, rng) for n in (8, 4, 4, 4, 12))
        case ["ghp" | "npm"]:
            return with_crc(pattern + "_", rng)
        case ["btc"]:
            return checkdigits.base58check(0, rng.randbytes(20))
        case ["bc1"]:
            return checkdigits.bech32(rng.randbytes(20))
        case ["eth"]:
            return "0x" + rng.randbytes(20).hex()
        case ["jwt", *_]:
            return jwt(pattern[4:], rng)
        case ["pem", kind, size, end, *bare] if bare in ([], ["bare"]):
            return pem(kind, int(size), {"n": "\n", "e": "\\n"}[end], b"" if bare else PEM_BEGINS.get(kind, b""), rng)
        case ["64", size]:
            return base64.b64encode(rng.randbytes(int(size))).decode()
        case ["b64", _, *_]:
            return base64.b64encode(pattern[4:].encode()).decode()
    if (found := re.fullmatch(r"([A-Za-z]+?)(\d+)", pattern)) and found[1] in ALPHABETS:
        return pick(found[1], int(found[2]), rng)
    if not CLASS.search(pattern):
        raise ValueError(f"no such pattern: {pattern}")
    return CLASS.sub(lambda m: "".join(rng.choices(members(m[1]), k=int(m[2]))), pattern)


def pick(alphabet: str, n: int, rng: random.Random) -> str:
    return "".join(rng.choice(ALPHABETS[alphabet]) for _ in range(n))


def members(body: str) -> str:
    """The characters of a class: `A-Z2-7` gives 32."""
    return re.sub(r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), body, flags=re.S)


def with_crc(prefix: str, rng: random.Random) -> str:
    """A token whose last six characters check the thirty before them."""
    alphabet = string.digits + string.ascii_uppercase + string.ascii_lowercase
    body = "".join(rng.choices(alphabet, k=30))
    n, tail = zlib.crc32(body.encode()), ""
    while n:
        n, rest = divmod(n, 62)
        tail = alphabet[rest] + tail
    return prefix + body + tail.rjust(6, "0")


def jwt(body: str, rng: random.Random) -> str:
    if not body.startswith("{"):
        subject = body or "svc-" + pick("l", 6, rng)
        body = json.dumps({"sub": subject, "exp": 1700000000 + rng.randrange(10**8)}, separators=(",", ":"))
    parts = (b'{"alg":"HS256","typ":"JWT"}', body.encode(), rng.randbytes(32))
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def pem(kind: str, size: int, end: str, begin: bytes, rng: random.Random) -> str:
    text = base64.b64encode(begin + rng.randbytes(size - len(begin))).decode()
    return end.join([f"-----BEGIN {kind}-----", *(text[i:i + 64] for i in range(0, len(text), 64)), f"-----END {kind}-----"])
