#!/usr/bin/env python3
"""Makes the signing vectors beside this script from implementations of their own.

proctorexam-signing.json has one API's scheme, written here from its description; signing-language.json has the
expression language, whose cases are in cases.py; webhooks.json has what vendors send by themselves, from webhooks.py.
None uses the spec or the runtime of this workspace, so that an agreement of the two says something. Standard library
only.

    make.py            writes the files
    make.py --check    exits 1 if one differs from what would be written
"""

import hashlib
import hmac
import json
import pathlib
import sys

sys.dont_write_bytecode = True  # nothing is left beside the sources

from cases import cases  # noqa: E402
from rows import rows  # noqa: E402
from spellings import spellings  # noqa: E402
from webhooks import deliveries  # noqa: E402

HERE = pathlib.Path(__file__).parent

BASE_PATH = "/api/v3"
API_TOKEN = "jq560vN9KZdAdFtOYH5xXw"
SECRET_KEY = "NNAK4kQK3hveFpuuRMeC-DFRgn0nnUn4XpPSWofvXxY"
TIMESTAMP = 1527500365052
NONCE = 1527500365
MAX_I64 = 2**63 - 1

# Method and path template; a name in braces travels in the path and nowhere else.
OPERATIONS = {
    "users.list": ("GET", "/institutes/{institute_id}/users"),
    "users.show": ("GET", "/institutes/{institute_id}/users/{id}"),
    "users.create": ("POST", "/institutes/{institute_id}/users"),
    "users.update": ("PATCH", "/institutes/{institute_id}/users/{id}"),
    "users.destroy": ("DELETE", "/institutes/{institute_id}/users/{id}"),
}


# ---- the scheme ----


def text(value):
    """A value as the text that is signed: decimal integers, `true` and `false`, text as it is."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return str(value)
    assert isinstance(value, str), value
    return value


def canonical_string(pairs):
    """`name=value` of every pair, ordered by the bytes of the name, joined by a question mark."""
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), "the scheme says nothing about equal names"
    ordered = sorted(pairs, key=lambda pair: pair[0].encode("utf-8"))
    return "?".join(name + "=" + value for name, value in ordered)


def sign(secret_key, canonical):
    return hmac.new(secret_key.encode("utf-8"), canonical.encode("utf-8"), hashlib.sha256).hexdigest()


def encode(value):
    """RFC 3986: the unreserved characters stay, every other byte becomes %XX."""
    unreserved = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return "".join(chr(b) if b in unreserved else "%%%02X" % b for b in value.encode("utf-8"))


def query(pairs):
    return "&".join(encode(name) + "=" + encode(value) for name, value in pairs)


# ---- the two kinds of vector ----


def raw(name, params, *, secret_key=SECRET_KEY, timestamp=TIMESTAMP, nonce=NONCE):
    """Any parameters, already as text, sent in the query."""
    pairs = list(params) + [("timestamp", str(timestamp)), ("nonce", str(nonce))]
    canonical = canonical_string(pairs)
    signature = sign(secret_key, canonical)
    return {
        "name": name,
        "params": [list(pair) for pair in params],
        "credentials": {"api_token": API_TOKEN, "secret_key": secret_key},
        "timestamp": timestamp,
        "nonce": nonce,
        "canonical": canonical,
        "signature": signature,
        "query": query(pairs + [("signature", signature)]),
    }


def call(name, operation, arguments, *, secret_key=SECRET_KEY, timestamp=TIMESTAMP, nonce=NONCE):
    """A call of an operation: its parameters are spread over path, query and body."""
    method, path = OPERATIONS[operation]
    params = dict(arguments)
    if "password" in params:
        params.setdefault("password_confirmation", params["password"])
    params["timestamp"] = timestamp
    params["nonce"] = nonce
    canonical = canonical_string([(key, text(value)) for key, value in params.items()])
    signature = sign(secret_key, canonical)
    params["signature"] = signature

    target, rest = BASE_PATH + path, {}
    for key, value in params.items():
        if "{%s}" % key in path:
            target = target.replace("{%s}" % key, encode(text(value)))
        else:
            rest[key] = value
    body = None
    if method in ("GET", "DELETE"):
        target += "?" + query([(key, text(value)) for key, value in rest.items()])
    else:
        body = rest

    vector = {
        "name": name,
        "operation": operation,
        "arguments": arguments,
        "credentials": {"api_token": API_TOKEN, "secret_key": secret_key},
        "timestamp": timestamp,
        "nonce": nonce,
        "canonical": canonical,
        "signature": signature,
        "method": method,
        "target": target,
    }
    if body is not None:
        vector["body"] = body
    return vector


def create(name, *, email="teacher@institute.com", full_name="Teacher name", password="Passw0rd!", role="teacher", **more):
    """A `users.create` with one thing changed."""
    keys = ("secret_key", "timestamp", "nonce")
    options = {key: more.pop(key) for key in keys if key in more}
    arguments = {"institute_id": 1, "email": email, "name": full_name, "password": password, "role": role, **more}
    return call(name, "users.create", arguments, **options)


# ---- the cases ----

# Every printable ASCII character that is neither a letter nor a digit.
PUNCTUATION = [chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()]


def vectors():
    # Plain calls of every operation.
    yield call("list without options", "users.list", {"institute_id": 1})
    yield call("list with page and limit", "users.list", {"institute_id": 1, "page": 2, "limit": 50})
    yield call("list with the highest limit", "users.list", {"institute_id": 1, "limit": 300})
    yield call("show", "users.show", {"institute_id": 1, "id": 7})
    yield call("show with the largest ids", "users.show", {"institute_id": MAX_I64, "id": MAX_I64 - 1})
    yield create("create")
    yield create("create with an identity provider", omniauth_config_id=1)
    yield create("create with a confirmation of its own", password_confirmation="Passw0rd!")
    yield call("update nothing", "users.update", {"institute_id": 1, "id": 7})
    yield call("update with true", "users.update", {"institute_id": 1, "id": 7, "receives_reports": True})
    yield call("update with false", "users.update", {"institute_id": 1, "id": 7, "receives_reports": False})
    yield call("update with an enum value", "users.update", {"institute_id": 1, "id": 7, "report_frequency": "month"})
    yield call("update sets an identity provider", "users.update", {"institute_id": 1, "id": 7, "omniauth_config_id": 12})
    yield call("update clears the identity provider", "users.update", {"institute_id": 1, "id": 7, "omniauth_config_id": ""})
    yield call(
        "update with everything",
        "users.update",
        {"institute_id": 1, "id": 7, "receives_reports": True, "report_frequency": "day", "omniauth_config_id": ""},
    )
    yield call("destroy", "users.destroy", {"institute_id": 1, "id": 7})

    # Timestamps, nonces, keys, through a call.
    yield call("nonce zero", "users.list", {"institute_id": 1}, nonce=0)
    yield call("largest nonce", "users.list", {"institute_id": 1}, nonce=MAX_I64)
    yield create("largest nonce in a body", nonce=MAX_I64)
    yield create("another millisecond", timestamp=TIMESTAMP + 1)

    # Text in a body: signed as it is, whatever JSON makes of it.
    yield create("body with reserved characters", full_name="a&b=c?d#e%f+g/h:i;j@k,l")
    yield create("body with quotes and backslashes", full_name="O'Neill \"the\\rest\"")
    yield create("body with a value that looks like two parameters", full_name="a?nonce=1")
    yield create("body with accents", full_name="Zo\u00eb M\u00fcller-\u0141\u00f3\u017a")
    yield create("body with emoji", full_name="\U0001F468\u200D\U0001F469\u200D\U0001F467 family")
    yield create("body with control characters", full_name="tab\there\nline\r\nend\u0000\u001f\u007f")
    yield create("body with line separators", full_name="a\u2028b\u2029c\ufeffd")
    yield create("body with HTML", full_name="<b>&amp;</b> </script>")
    yield create("body with percent-encoded text", full_name="100%25 %41 %zz")
    yield create("body with an unknown role", role="chief invigilator")
    yield create("body with a plus in the address", email="a.b+c%d=e@sub.example.com")
    yield create("body with a password of every punctuation", password="aA1" + "".join(PUNCTUATION))

    # Any parameters: reserved characters.
    for number, character in enumerate(PUNCTUATION):
        yield raw("reserved %02d: %s" % (number, character), [("value", "a%sb" % character)])
    yield raw("every reserved character", [("value", "".join(PUNCTUATION))])
    yield raw("reserved characters in a name", [("a[b]", "1"), ("c.d", "2"), ("e f", "3"), ("g%h", "4")])
    yield raw("value that looks like a nonce", [("name", "a?nonce=1")])
    # These two have one canonical string and one signature: the scheme is not injective.
    yield raw("value that looks like another parameter", [("name", "a?name2=x")])
    yield raw("the parameters it looks like", [("name", "a"), ("name2", "x")])
    yield raw("value that looks like a signature", [("name", "a?signature=00ff")])
    yield raw("value of only separators", [("value", "?=?=??==")])
    yield raw("JSON as a value", [("filter", '{"start_time":{"gte":"2025-02-01"}}'), ("sort", '[{"start_time":"desc"},{"name":"asc"}]')])
    yield raw("already encoded value", [("value", "%3F%3d%20+")])

    # UTF-8.
    yield raw("accents", [("name", "\u00e9\u00e8\u00fc\u00f1\u00e7\u00df")])
    yield raw("emoji", [("name", "\U0001F600 \U0001F1F3\U0001F1F1")])
    yield raw("composed character", [("name", "\u00e9")])
    yield raw("combining character, not composed", [("name", "e\u0301")])
    yield raw("right to left", [("name", "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627")])
    yield raw("the ends of each UTF-8 length", [("name", "\u007f\u0080\u07ff\u0800\uffff\U00010000\U0010ffff")])

    # White space is kept.
    yield raw("leading and trailing blanks", [("name", "  a  ")])
    yield raw("only blanks", [("name", "   ")])
    yield raw("tab", [("name", "a\tb")])
    yield raw("newline", [("name", "a\nb\n")])
    yield raw("carriage return", [("name", "a\rb\r\nc")])
    yield raw("no-break space", [("name", "a\u00a0b\u3000c")])
    yield raw("zero byte", [("name", "a\u0000b")])

    # Empty is not missing.
    yield raw("no parameters", [])
    yield raw("empty value", [("name", "")])
    yield raw("empty values, first and last", [("a", ""), ("m", "1"), ("z", "")])

    # Booleans and numbers as text.
    yield raw("booleans", [("no", "false"), ("yes", "true")])
    yield raw("numbers", [("large", str(MAX_I64)), ("negative", "-1"), ("small", str(-(2**63))), ("zero", "0")])
    yield raw("number-like text", [("a", "007"), ("b", "1.0"), ("c", "1e3"), ("d", "+1")])

    # Byte order of names.
    yield raw("upper case before lower case", [("b", "1"), ("B", "2"), ("a", "3"), ("A", "4")])
    yield raw("digits, upper case, underscore, lower case", [("a", "1"), ("_a", "2"), ("A", "3"), ("1a", "4")])
    yield raw("names that begin alike", [("aa", "1"), ("a_", "2"), ("a1", "3"), ("a", "4"), ("aA", "5"), ("a-", "6"), ("a.", "7")])
    yield raw("names around nonce and timestamp", [("nonce2", "1"), ("nonc", "2"), ("timestamp_", "3"), ("timestam", "4"), ("Nonce", "5")])
    yield raw("numbers in names are text", [("p10", "1"), ("p9", "2"), ("p1", "3"), ("p", "4")])
    yield raw("accented names after ASCII", [("\u00e9", "1"), ("z", "2"), ("e", "3"), ("~", "4")])
    yield raw("byte order, not UTF-16 order", [("\uff5e", "1"), ("\U0001F600", "2"), ("\ue000", "3")])
    yield raw("given in order", [("a", "1"), ("b", "2"), ("c", "3")])
    yield raw("given in reverse", [("c", "3"), ("b", "2"), ("a", "1")])

    # Secrets are text, never decoded; the hash block is 64 bytes long.
    for label, secret in [
        ("base64 with padding", "c2VjcmV0IGtleSBmb3IgdGVzdHM="),
        ("base64 with plus and slash", "+/+/c2Vj+mV0/GtleQ=="),
        ("hexadecimal", "00112233445566778899aabbccddeeff"),
        ("of one character", "k"),
        ("of 63 bytes", "k" * 63),
        ("of 64 bytes", "k" * 64),
        ("of 65 bytes", "k" * 65),
        ("of 200 bytes", "0123456789" * 20),
        ("in UTF-8", "cl\u00e9-\u043a\u043b\u044e\u0447-\U0001F511"),
        ("in UTF-8, of 64 bytes", "\u00e9" * 32),
        ("in UTF-8, of 66 bytes and 33 characters", "\u00e9" * 33),
        ("with blanks in it", "two  words"),
        ("that ends in a backslash and a letter", "secret\\n"),
        ("with percent and quotes", "%41'\"\\u0041"),
    ]:
        yield raw("secret " + label, [("name", "value")], secret_key=secret)

    # Size.
    yield raw("two hundred parameters", [("p%d" % (n * 7 % 200), "v%d" % n) for n in range(200)])
    yield raw("a value of ten thousand characters", [("value", "0123456789" * 1000)])
    yield raw("nonce zero, timestamp zero", [], timestamp=0, nonce=0)
    yield raw("largest nonce and timestamp", [], timestamp=MAX_I64, nonce=MAX_I64)


# ---- the file ----


def members(vector, indent):
    """One member a line, so that a changed vector is a readable diff."""
    lines = ["%s  %s: %s" % (indent, json.dumps(key), json.dumps(value)) for key, value in vector.items()]
    return indent + "{\n" + ",\n".join(lines) + "\n" + indent + "}"


def listed(made, indent):
    names = [vector["name"] for vector in made]
    assert len(set(names)) == len(names), "two vectors have one name"
    return "[\n" + ",\n".join(members(vector, indent + "  ") for vector in made) + "\n" + indent + "]"


def checked(vector):
    """The same vector in the form that `codegen sign --check` reads."""
    expected = {"steps": {"canonical": vector["canonical"], "signature": vector["signature"]},
                "fields": {"signature": vector["signature"]}}
    made = {"name": vector["name"]}
    if "operation" in vector:
        made["operation"], made["arguments"] = vector["operation"], vector["arguments"]
        expected["method"], expected["target"] = vector["method"], vector["target"]
    else:
        made["request"], made["arguments"] = "GET /anything", dict(vector["params"])
        expected["target"] = BASE_PATH + "/anything?" + vector["query"]
    made["credentials"], made["time"], made["nonce"] = vector["credentials"], vector["timestamp"], vector["nonce"]
    made["expected"] = expected
    return made


def has_each_name_once(vector):
    names = [name for name, _ in vector.get("params", [])]
    return len(set(names)) == len(names)


def documents():
    made = list(vectors())
    yield "proctorexam-signing.json", listed(made, "") + "\n"
    yield "proctorexam-check.json", listed([checked(it) for it in made if has_each_name_once(it)], "") + "\n"
    every = ",\n".join("    " + json.dumps(row) for row in rows())
    yield "webhooks.json", json.dumps(deliveries(), indent=1, ensure_ascii=False) + "\n"
    yield "grammar.json", json.dumps(spellings(), indent=2) + "\n"
    yield "signing-language.json", '{\n  "rows": [\n%s\n  ],\n  "cases": %s\n}\n' % (every, listed(cases(), "  "))


def main(arguments):
    if arguments not in ([], ["--check"]):
        print("usage: make.py [--check]", file=sys.stderr)
        return 2
    differing = 0
    for name, text in documents():
        target, wanted = HERE / name, text.encode("utf-8")
        if not arguments:
            target.write_bytes(wanted)
        elif not target.exists() or target.read_bytes() != wanted:
            print("%s differs from what make.py writes; run it without --check" % name, file=sys.stderr)
            differing = 1
    return differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
