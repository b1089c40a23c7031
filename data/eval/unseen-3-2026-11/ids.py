"""Check digits of the numbers that the documents contain: `make` finishes a number, `check` says whether one is right."""
import hashlib
import random
import re
import string

B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def digits(s):
    return [int(c) for c in s if c.isdigit()]


def luhn(s):
    d = digits(s)[::-1]
    return sum(x if i % 2 == 0 else sum(divmod(2 * x, 10)) for i, x in enumerate(d)) % 10 == 0


def iban(s):
    s = re.sub(r"\s", "", s)
    return int("".join(str(int(c, 36)) for c in s[4:] + s[:4])) % 97 == 1


def aba(s):
    return sum(a * b for a, b in zip(digits(s), [3, 7, 1] * 3)) % 10 == 0 and len(digits(s)) == 9


def nhs(s):
    d = digits(s)
    return len(d) == 10 and (11 - sum(x * w for x, w in zip(d, range(10, 1, -1))) % 11) % 11 == d[9]


def npi(s):
    return luhn("80840" + s)


def dea(s):
    d = digits(s)
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]


def steuer_id(s):
    p = 10
    d = digits(s)
    for x in d[:10]:
        t = (x + p) % 10 or 10
        p = t * 2 % 11
    counts = sorted(d[:10].count(x) for x in range(10))
    return (11 - p) % 10 == d[10] and counts[-1] in (2, 3) and counts[-2] == 1 and d[0] > 0 and len(d) == 11


def nir(s):
    d = re.sub(r"\s", "", s)
    return 97 - int(d[:13]) % 97 == int(d[13:]) and len(d) == 15


def dni(s):
    s = re.sub(r"[\s.-]", "", s)
    n = s[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(n) % 23] == s[-1]


ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]


def cf_letter(s):
    total = 0
    for i, c in enumerate(s[:15]):
        v = int(c) if c.isdigit() else ord(c) - 65
        total += ODD[v] if i % 2 == 0 else v
    return chr(65 + total % 26)


def codice_fiscale(s):
    return cf_letter(s) == s[15]


def bsn(s):
    d = digits(s)
    return len(d) == 9 and (sum(x * w for x, w in zip(d, [9, 8, 7, 6, 5, 4, 3, 2])) - d[8]) % 11 == 0


def nif(s):
    d = digits(s)
    r = sum(x * w for x, w in zip(d, range(9, 1, -1))) % 11
    return len(d) == 9 and d[8] == (0 if r < 2 else 11 - r)


def pesel(s):
    d = digits(s)
    return len(d) == 11 and sum(x * w for x, w in zip(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1])) % 10 == 0


def personnummer(s):
    return luhn("".join(map(str, digits(s)))[-10:])


def cpf(s):
    d = digits(s)
    for n in (9, 10):
        r = sum(x * w for x, w in zip(d[:n], range(n + 1, 1, -1))) * 10 % 11 % 10
        if r != d[n]:
            return False
    return len(d) == 11


def tfn(s):
    return sum(x * w for x, w in zip(digits(s), [1, 4, 3, 7, 5, 8, 6, 9, 10])) % 11 == 0


D = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6], [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
     [5, 9, 8, 7, 6, 0, 4, 3, 2, 1], [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]]
P = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
for _ in range(6):
    P.append([P[-1][P[1][i]] for i in range(10)])


def aadhaar(s):
    c = 0
    for i, x in enumerate(digits(s)[::-1]):
        c = D[c][P[i % 8][x]]
    return c == 0


def cn_id(s):
    w = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return "10X98765432"[sum(int(c) * x for c, x in zip(s, w)) % 11] == s[17]


def ahv(s):
    d = digits(s)
    return len(d) == 13 and sum(x * (3 if i % 2 else 1) for i, x in enumerate(d)) % 10 == 0


def vin(s):
    t = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
    w = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    return "0123456789X"[sum((int(c) if c.isdigit() else t[c]) * x for c, x in zip(s, w)) % 11] == s[8]


def medicare_au(s):
    d = digits(s)
    return sum(x * w for x, w in zip(d, [1, 3, 7, 9, 1, 3, 7, 9])) % 10 == d[8]


def b58check(s):
    n = 0
    for c in s:
        n = n * 58 + B58.index(c)
    raw = n.to_bytes(25, "big")
    return hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def to_b58(version, payload):
    raw = bytes([version]) + payload
    raw += hashlib.sha256(hashlib.sha256(raw).digest()).digest()[:4]
    n, out = int.from_bytes(raw, "big"), ""
    while n:
        n, r = divmod(n, 58)
        out = B58[r] + out
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + out


def bech32(payload):
    charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

    def polymod(values):
        chk = 1
        for v in values:
            top = chk >> 25
            chk = (chk & 0x1FFFFFF) << 5 ^ v
            for i, g in enumerate([0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]):
                chk ^= g if top >> i & 1 else 0
        return chk

    bits = "".join(f"{b:08b}" for b in payload)
    data = [0] + [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)]
    hrp = [3, 3, 0, 2, 3]
    pm = polymod(hrp + data + [0] * 6) ^ 1
    return "bc1" + "".join(charset[d] for d in data + [pm >> 5 * (5 - i) & 31 for i in range(6)])


# What a span of a type must satisfy.
CHECKS = {
    "CREDIT_CARD": luhn, "IBAN": iban, "ABA_ROUTING": aba, "IMEI": luhn, "VIN": vin, "US_NPI": npi, "US_DEA": dea, "UK_NHS": nhs, "DE_TAX_ID": steuer_id, "FR_NIR": nir,
    "ES_NIF": dni, "ES_NIE": dni, "IT_FISCAL_CODE": codice_fiscale, "NL_BSN": bsn, "PT_NIF": nif, "PL_PESEL": pesel, "SE_PERSONNUMMER": personnummer, "BR_CPF": cpf,
    "CA_SIN": luhn, "AU_TFN": tfn, "AU_MEDICARE": medicare_au, "IN_AADHAAR": aadhaar, "CN_RESIDENT_ID": cn_id, "CH_AHV": ahv,
}


def finish(pattern, ok, rng):
    """Fills each # with a digit until the check holds."""
    while True:
        s = "".join(rng.choice(string.digits) if c == "#" else c for c in pattern)
        if ok(s):
            return s


if __name__ == "__main__":
    r = random.Random(20261126)
    wants = {
        "visa": ("4539 #### #### ####", luhn, 6), "mastercard": ("5218 #### #### ####", luhn, 5), "mc2": ("2237 #### #### ####", luhn, 2), "amex": ("3764 ###### #####", luhn, 3),
        "discover": ("6011 #### #### ####", luhn, 1), "jcb": ("3541 #### #### ####", luhn, 1), "diners": ("3612 ###### ####", luhn, 1), "maestro": ("6759 #### #### ####", luhn, 1),
        "iban_de": ("DE## 3704 0044 0### #### ##", iban, 3), "iban_gb": ("GB## NWBK 6016 13## #### ##", iban, 2), "iban_fr": ("FR## 3000 6000 01## #### #### ###", iban, 2),
        "iban_es": ("ES## 2100 0418 45## #### ####", iban, 2), "iban_it": ("IT## X054 2811 101# #### #### ###", iban, 2), "iban_nl": ("NL## ABNA 0### #### ##", iban, 3),
        "iban_pt": ("PT## 0035 #### #### #### #### #", iban, 2), "iban_pl": ("PL## 1090 1014 #### #### #### ####", iban, 2), "iban_se": ("SE## 5000 0000 0### #### ####", iban, 2),
        "iban_ch": ("CH## 0076 2### #### #### #", iban, 1), "iban_at": ("AT## 1904 3### #### ####", iban, 1), "aba": ("0260#####", aba, 2), "aba2": ("1210#####", aba, 2),
        "nhs": ("### ### ####", nhs, 5), "npi": ("1#########", npi, 3), "dea": ("BK#######", dea, 2), "steuer": ("## ### ### ###", steuer_id, 4),
        "nir_f": ("2 84 07 75 115 ### ##", nir, 2), "nir_m": ("1 71 11 69 123 ### ##", nir, 1),
        "bsn": ("#########", bsn, 4), "nif": ("2########", nif, 3), "cpf": ("###.###.###-##", cpf, 3), "sin": ("5## ### ###", luhn, 2), "tfn": ("### ### ###", tfn, 2),
        "medicare": ("2### ##### 1", medicare_au, 2), "aadhaar": ("#### #### ####", aadhaar, 3), "imei": ("35 209900 ###### #", luhn, 3), "ahv": ("756.####.####.##", ahv, 2),
        "pesel_840317": ("840317#####", pesel, 2), "pesel_910922": ("910922#####", pesel, 1),
        "pn_19870614": ("19870614-####", personnummer, 2), "pn_730905": ("730905-####", personnummer, 1),
        "cn": ("31010619880421###", lambda s: True, 1), "vin": ("", None, 0),
    }
    for name, (p, ok, n) in wants.items():
        print(name, [finish(p, ok, r) for _ in range(n)])
    print("cn", [b + "10X98765432"[sum(int(c) * x for c, x in zip(b, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11] for b in ["31010619880421052"]])
    for base in ["WVWZZZAU#FP######", "1FTEW1E5#KF######", "VF1RFB00#64######", "ZFA31200#0J######", "YV1LFA2B#G1######"]:
        while True:
            s = "".join(r.choice(string.digits) if c == "#" else c for c in base)
            if vin(s):
                print("vin", s)
                break
    for n in [71234567, 48219073, 5123987]:
        print("dni", f"{n:08d}" + "TRWAGMYFPDXBNJZSQVHLCKE"[n % 23])
    print("nie", "Y" + "3482917" + "TRWAGMYFPDXBNJZSQVHLCKE"[13482917 % 23], "X" + "6029184" + "TRWAGMYFPDXBNJZSQVHLCKE"[6029184 % 23])
    for c in ["RNLGLI84P51F205", "BNCMRC79D12L219", "DLCFNC92R60A662"]:
        print("cf", c + cf_letter(c))
    for _ in range(2):
        print("btc", to_b58(0, r.randbytes(20)), to_b58(5, r.randbytes(20)), bech32(r.randbytes(20)))
    print("eth", ["0x" + r.randbytes(20).hex() for _ in range(3)])
