"""Check digits of the numbers that documents contain: is one right, and a form filled until it is."""
import hashlib
import random
import re
import string
from collections.abc import Callable, Iterable

Check = Callable[[str], bool]


def digits(s: str) -> list[int]:
    return [int(c) for c in s if c.isdigit()]


def compact(s: str) -> str:
    return re.sub(r"[\s.-]", "", s)


def value(c: str) -> int:
    """A digit is itself, A is 10, Z is 35."""
    return int(c, 36)


def weighted(values: Iterable[int], weights: Iterable[int]) -> int:
    return sum(v * w for v, w in zip(values, weights))


def luhn(s: str) -> bool:
    return sum(x if i % 2 == 0 else sum(divmod(2 * x, 10)) for i, x in enumerate(reversed(digits(s)))) % 10 == 0


def iban(s: str) -> bool:
    s = compact(s)
    return int("".join(str(value(c)) for c in s[4:] + s[:4])) % 97 == 1


def aba(s: str) -> bool:
    return len(digits(s)) == 9 and weighted(digits(s), [3, 7, 1] * 3) % 10 == 0


def imei(s: str) -> bool:
    return len(digits(s)) == 15 and luhn(s)


def icao(s: str) -> bool:
    """A document number with the check digit of its machine readable zone."""
    return weighted(map(value, s[:-1]), [7, 3, 1] * 4) % 10 == int(s[-1])


def vin(s: str) -> bool:
    letters = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
    values = [int(c) if c.isdigit() else letters[c] for c in s]
    return "0123456789X"[weighted(values, [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]) % 11] == s[8]


def nhs(s: str) -> bool:
    d = digits(s)
    return len(d) == 10 and (11 - weighted(d, range(10, 1, -1)) % 11) % 11 == d[9]


def npi(s: str) -> bool:
    return luhn("80840" + s)


def dea(s: str) -> bool:
    d = digits(s)
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]


def steuer_id(s: str) -> bool:
    """German tax number: of the first ten digits one stands twice or three times."""
    d, product = digits(s), 10
    for x in d[:10]:
        product = ((x + product) % 10 or 10) * 2 % 11
    times = sorted(d[:10].count(x) for x in range(10))
    return len(d) == 11 and d[0] > 0 and times[-1] in (2, 3) and times[-2] == 1 and (11 - product) % 10 == d[10]


def rvnr(s: str) -> bool:
    """German pension insurance."""
    s = compact(s)
    d = digits(f"{s[:8]}{value(s[8]) - 9:02d}{s[9:11]}")
    return sum(sum(divmod(x * w, 10)) for x, w in zip(d, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])) % 10 == int(s[11])


def kvnr(s: str) -> bool:
    """German health insurance."""
    d = digits(f"{value(s[0]) - 9:02d}{s[1:9]}")
    return len(s) == 10 and sum(sum(divmod(x * (1 + i % 2), 10)) for i, x in enumerate(d)) % 10 == int(s[9])


def nir(s: str) -> bool:
    s = compact(s)
    return len(s) == 15 and 97 - int(s[:13]) % 97 == int(s[13:])


def dni(s: str) -> bool:
    """Spanish NIF, and NIE with its first letter."""
    s = compact(s)
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(s[:-1].translate(str.maketrans("XYZ", "012"))) % 23] == s[-1]


def codice_fiscale(s: str) -> bool:
    odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    values = [int(c) if c.isdigit() else value(c) - 10 for c in s[:15]]
    return len(s) == 16 and chr(65 + sum(v if i % 2 else odd[v] for i, v in enumerate(values)) % 26) == s[15]


def bsn(s: str) -> bool:
    return len(digits(s)) == 9 and weighted(digits(s), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0


def nif(s: str) -> bool:
    """Portuguese tax number."""
    d = digits(s)
    rest = weighted(d, range(9, 1, -1)) % 11
    return len(d) == 9 and d[8] == (0 if rest < 2 else 11 - rest)


def pesel(s: str) -> bool:
    return len(digits(s)) == 11 and weighted(digits(s), [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0


def personnummer(s: str) -> bool:
    return luhn("".join(map(str, digits(s)))[-10:])


def cpf(s: str) -> bool:
    d = digits(s)
    return len(d) == 11 and all(weighted(d[:n], range(n + 1, 1, -1)) * 10 % 11 % 10 == d[n] for n in (9, 10))


def tfn(s: str) -> bool:
    return weighted(digits(s), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0


def medicare(s: str) -> bool:
    d = digits(s)
    return weighted(d, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == d[8]


def ahv(s: str) -> bool:
    d = digits(s)
    return len(d) == 13 and weighted(d, [1, 3] * 7) % 10 == 0


def cn_id(s: str) -> bool:
    return "10X98765432"[weighted(digits(s[:17]), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] == s[17]


def aadhaar(s: str) -> bool:
    """The scheme of Verhoeff: products in the dihedral group of order ten."""
    def product(a: int, b: int) -> int:
        turned = (a + b) % 5 if a < 5 else (a - b) % 5
        return turned + 5 * ((a < 5) != (b < 5))

    once, total = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], 0
    for i, x in enumerate(reversed(digits(s))):
        for _ in range(i % 8):
            x = once[x]
        total = product(total, x)
    return total == 0


# What a span of a type must satisfy.
OF_TYPE: dict[str, Check] = {
    "CREDIT_CARD": luhn, "IBAN": iban, "ABA_ROUTING": aba, "IMEI": imei, "VIN": vin, "US_NPI": npi, "US_DEA": dea, "UK_NHS": nhs,
    "DE_TAX_ID": steuer_id, "DE_SOCIAL_SECURITY": rvnr, "FR_NIR": nir, "ES_NIF": dni, "ES_NIE": dni, "IT_FISCAL_CODE": codice_fiscale,
    "NL_BSN": bsn, "PT_NIF": nif, "PL_PESEL": pesel, "SE_PERSONNUMMER": personnummer, "BR_CPF": cpf, "CA_SIN": luhn, "AU_TFN": tfn,
    "AU_MEDICARE": medicare, "IN_AADHAAR": aadhaar, "CN_RESIDENT_ID": cn_id, "CH_AHV": ahv,
}
BY_NAME: dict[str, Check] = {check.__name__: check for check in (*OF_TYPE.values(), icao, kvnr)}


def finish(form: str, check: Check, rng: random.Random) -> str:
    """Puts digits for each # and capitals for each ? until the check holds."""
    draw = {"#": string.digits, "?": string.ascii_uppercase}
    while True:
        s = "".join(rng.choice(draw[c]) if c in draw else c for c in form)
        if check(s):
            return s


def base58check(version: int, payload: bytes) -> str:
    """A Bitcoin address of the older kind."""
    raw = bytes([version]) + payload
    raw += hashlib.sha256(hashlib.sha256(raw).digest()).digest()[:4]
    n, out = int.from_bytes(raw, "big"), ""
    while n:
        n, rest = divmod(n, 58)
        out = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[rest] + out
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + out


def bech32(payload: bytes) -> str:
    """A Bitcoin address, witness version 0."""
    bits = "".join(f"{b:08b}" for b in payload)
    data, checksum = [0] + [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)], 1
    for v in [3, 3, 0, 2, 3] + data + [0] * 6:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ v
        for i, generator in enumerate([0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]):
            checksum ^= generator if top >> i & 1 else 0
    data += [(checksum ^ 1) >> 5 * (5 - i) & 31 for i in range(6)]
    return "bc1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[d] for d in data)
