"""The values of the signing language: an implementation of its own.

Written from the description of the language in `spec/README.md`; it knows nothing of the Rust in this
workspace. Standard library only.

Values are `str` (text), `bytes`, `int` (number), `Time`, `Fields` and `List`.
"""

import base64
import hashlib
import hmac
import json
import re
from collections import namedtuple
from datetime import datetime, timedelta, timezone

from grammar import Call, Name

Time = namedtuple("Time", "ms")
Fields = namedtuple("Fields", "pairs")
# Whether a list holds bytes is a matter of its parts' types, and stays so when nothing of them is left.
List = namedtuple("List", "items of_bytes", defaults=[False])

class SigningError(Exception):
    """What cannot be signed. No value is in it."""


# ---- parts of the language ----

UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
PROFILES = {
    "rfc3986": UNRESERVED,
    "rfc3986_path": UNRESERVED + "/",
    "form": UNRESERVED.replace("~", "*"),
}
WHITE = " \t\n\f\r"
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HASHES = {name: getattr(hashlib, name) for name in ("md5", "sha1", "sha256", "sha384", "sha512")}


def escape(profile, text):
    kept = PROFILES[profile]
    escaped = "".join(chr(b) if chr(b) in kept else "%%%02X" % b for b in text.encode("utf-8"))
    return escaped.replace("%20", "+") if profile == "form" else escaped


def replace(table, text):
    """One pass from the left; where two of the table fit, the one stated first."""
    done, at = [], 0
    while at < len(text):
        for old, new in table:
            if text.startswith(old, at):
                done.append(new)
                at += len(old)
                break
        else:
            done.append(text[at])
            at += 1
    return "".join(done)


def pairs_of(values):
    return list(zip(values[::2], values[1::2]))


def collapse(text):
    """Without white space at its ends; what is inside becomes one space."""
    return re.sub("[ \t\n\f\r]+", " ", text.strip(WHITE))


def octets(value):
    return value if isinstance(value, bytes) else value.encode("utf-8")


def part(value):
    return str(value) if isinstance(value, int) else value


def uniform(parts):
    """Texts, or bytes if one of them is that."""
    parts = [part(value) for value in parts]
    return [octets(value) for value in parts] if any(isinstance(value, bytes) for value in parts) else parts


def listed(parts):
    items = uniform(parts)
    return List(items, any(isinstance(item, bytes) for item in items))


def glue(separator, made):
    return octets(separator).join(made.items) if made.of_bytes else separator.join(made.items)


def something(made):
    if not made.items:
        raise SigningError("there is nothing to join")
    return made


def decode(what, alphabet_bits, text):
    """The bytes that the digits of a text stand for; `=` at its end only as far as it belongs there."""
    alphabet, bits = alphabet_bits
    digits = text.rstrip("=") if bits == 6 else text
    value, width, decoded = 0, 0, bytearray()
    for digit in digits:
        if digit not in alphabet:
            raise SigningError("%s does not decode" % what)
        value, width = (value << bits | alphabet[digit]) & 0xFFF, width + bits
        if width >= 8:
            width -= 8
            decoded.append(value >> width & 0xFF)
    if width >= bits or len(text) - len(digits) > -len(digits) % 4:
        raise SigningError("%s does not decode" % what)
    return bytes(decoded)


LETTERS = UNRESERVED[:62]
HEX = ({digit: int(digit, 16) for digit in "0123456789abcdefABCDEF"}, 4)
BASE64 = ({digit: at for at, digit in enumerate(LETTERS + "+/")}, 6)
BASE64URL = ({digit: at for at, digit in enumerate(LETTERS + "-_")}, 6)


def clock(pattern, time):
    at = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=time.ms)
    parts = {
        "Y": "%04d" % at.year, "m": "%02d" % at.month, "d": "%02d" % at.day, "H": "%02d" % at.hour,
        "M": "%02d" % at.minute, "S": "%02d" % at.second, "f": "%03d" % (time.ms % 1000),
        "a": DAYS[at.weekday()], "b": MONTHS[at.month - 1], "%": "%",
    }  # fmt: skip
    return re.sub("%(.)", lambda match: parts[match.group(1)], pattern)


def order(text):
    return text.encode("utf-8") if isinstance(text, str) else text


def merged(separator, pairs):
    together = {}
    for name, value in pairs:
        together.setdefault(name, []).append(value)
    return [(name, separator.join(values)) for name, values in together.items()]


def first_value(pairs, name):
    return next((value for found, value in pairs if found == name), None)


def is_empty(value):
    return not (value[0] if isinstance(value, (Fields, List)) else value)


# ---- methods: the receiver first, then the arguments ----


def fields_method(change):
    return lambda fields, *arguments: Fields(change(fields.pairs, *arguments))


def each(names, values):
    """A method that changes the name, the value, or both, of each field by a function of text."""

    def with_change(change):
        def method(fields, *arguments):
            made = lambda wanted, text: change(text, *arguments) if wanted else text
            return Fields([(made(names, name), made(values, value)) for name, value in fields.pairs])

        return method

    return with_change


def kept_all(pairs, *names):
    return [pair for name in names for pair in ([p for p in pairs if p[0] == name] or [(name, "")])]


def got(fields, name):
    value = first_value(fields.pairs, name)
    if value is None:
        raise SigningError("there is no field `%s`" % name)
    return value


def split_pairs(text, separator, between):
    items = [item.strip(WHITE) for item in text.split(separator)]
    return Fields([tuple((item.split(between, 1) + [""])[:2]) for item in items if item])


def as_text(value):
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        raise SigningError("the bytes are not UTF-8") from None


def b64(value, url=False, padded=True):
    encoded = (base64.urlsafe_b64encode if url else base64.b64encode)(octets(value)).decode()
    return encoded if padded else encoded.rstrip("=")


unique = lambda items: list(dict.fromkeys(items))

FIELDS = {
    "and": lambda fields, more: Fields(fields.pairs + more.pairs),
    "drop": fields_method(lambda pairs, *names: [p for p in pairs if p[0] not in names]),
    "keep": fields_method(lambda pairs, *names: [p for name in names for p in pairs if p[0] == name]),
    "keep_all": fields_method(kept_all),
    "keep_prefix": fields_method(lambda pairs, prefix: [p for p in pairs if p[0].startswith(prefix)]),
    "drop_prefix": fields_method(lambda pairs, prefix: [p for p in pairs if not p[0].startswith(prefix)]),
    "drop_empty": fields_method(lambda pairs: [p for p in pairs if p[1]]),
    "drop_duplicates": fields_method(unique),
    "sort": fields_method(lambda pairs: sorted(pairs, key=lambda p: (order(p[0]), order(p[1])))),
    "sort_by_name": fields_method(lambda pairs: sorted(pairs, key=lambda p: order(p[0]))),
    "sort_by_value": fields_method(lambda pairs: sorted(pairs, key=lambda p: order(p[1]))),
    "lower_names": each(True, False)(str.lower),
    "upper_names": each(True, False)(str.upper),
    "lower_values": each(False, True)(str.lower),
    "trim_values": each(False, True)(collapse),
    "trim_names": each(True, False)(collapse),
    "escape": each(True, True)(lambda text, profile: escape(profile, text)),
    "escape_names": each(True, False)(lambda text, profile: escape(profile, text)),
    "escape_values": each(False, True)(lambda text, profile: escape(profile, text)),
    "replace_names": each(True, False)(lambda text, *table: replace(pairs_of(table), text)),
    "replace_values": each(False, True)(lambda text, *table: replace(pairs_of(table), text)),
    "merge": fields_method(lambda pairs, separator: merged(separator, pairs)),
    "get": got,
    "get_or": lambda fields, name, default: (lambda v: default if v is None else v)(first_value(fields.pairs, name)),
    "pairs": lambda fields, between: List([name + between + value for name, value in fields.pairs]),
    "format": lambda fields, lead, between, tail: List([lead + n + between + v + tail for n, v in fields.pairs]),
    "names": lambda fields: List([name for name, _ in fields.pairs]),
    "values": lambda fields: List([value for _, value in fields.pairs]),
}
LIST = {
    "join": lambda made, separator: glue(separator, something(made)),
    "join_or": lambda made, separator, default: glue(separator, made if made.items else made._replace(items=[octets(default) if made.of_bytes else default])),
    "drop_empty": lambda made: made._replace(items=[item for item in made.items if item]),
    "sort": lambda made: made._replace(items=sorted(made.items, key=order)),
    "drop_duplicates": lambda made: made._replace(items=unique(made.items)),
}
BYTES = {
    "hex": lambda value: octets(value).hex(),
    "base64": b64,
    "base64_unpadded": lambda value: b64(value, padded=False),
    "base64url": lambda value: b64(value, url=True),
    "base64url_unpadded": lambda value: b64(value, url=True, padded=False),
    "first": lambda value, count: octets(value)[:count],
    "length": lambda value: len(octets(value)),
}
TEXT = {
    **BYTES,
    "upper": str.upper,
    "lower": str.lower,
    "trim": collapse,
    "escape": lambda text, profile: escape(profile, text),
    "replace": lambda text, *table: replace(pairs_of(table), text),
    "strip_prefix": lambda text, prefix: text.removeprefix(prefix),
    "decode_hex": lambda text: decode("hexadecimal text", HEX, text),
    "decode_base64": lambda text: decode("base64 text", BASE64, text),
    "decode_base64url": lambda text: decode("base64url text", BASE64URL, text),
    "split": lambda text, separator: List(text.split(separator)),
    "split_pairs": split_pairs,
}
TIME = {
    "epoch_s": lambda time: time.ms // 1000,
    "epoch_ms": lambda time: time.ms,
    "plus": lambda time, seconds: Time(time.ms + seconds * 1000),
    "minus": lambda time, seconds: Time(time.ms - seconds * 1000),
    "format": lambda time, pattern: clock(pattern, time),
}
METHODS = {Fields: FIELDS, List: LIST, str: TEXT, bytes: {**BYTES, "text": as_text}, Time: TIME}


def digest(name, arguments):
    if name.startswith("hmac_"):
        key, message = map(octets, arguments)
        return hmac.new(key, message, HASHES[name.removeprefix("hmac_")]).digest()
    (message,) = arguments
    return HASHES[name](octets(message)).digest()


FUNCTIONS = {
    "field": lambda name, value: Fields([(name, part(value))]),
    "list": lambda *parts: listed(parts),
    "concat": lambda *parts: glue("", listed(parts)),
    "join": lambda separator, *parts: glue(separator, listed(parts)),
    **{prefix + name: None for prefix in ("", "hmac_") for name in HASHES},
}


def evaluate(node, scope):
    """The value of a tree. The scope has `source(name)` and `draw(name, arguments)`."""
    if isinstance(node, Name):
        return scope.source(node.name)
    if not isinstance(node, Call):
        return node
    name, arguments = node.name, node.arguments
    if node.receiver is not None:
        receiver = evaluate(node.receiver, scope)
        return METHODS[type(receiver)][name](receiver, *(evaluate(argument, scope) for argument in arguments))
    # Of two branches only the one that counts is evaluated.
    if name == "if_empty":
        return evaluate(arguments[1 if is_empty(evaluate(arguments[0], scope)) else 2], scope)
    if name == "if_method":
        return evaluate(arguments[1 if scope.source("method") in arguments[0].split() else 2], scope)
    values = [evaluate(argument, scope) for argument in arguments]
    if name == "header":
        value = first_value(scope.source("headers").pairs, values[0].lower())
        if value is None:
            raise SigningError("there is no header `%s`" % values[0])
        return value
    if name not in FUNCTIONS:
        return scope.draw(name, values)
    return FUNCTIONS[name](*values) if FUNCTIONS[name] else digest(name, values)


def shown(value):
    """A value as it stands in a vector: its type and itself."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, int):
        return {"number": value}
    if isinstance(value, Time):
        return {"time": value.ms}
    if isinstance(value, Fields):
        return {"fields": [list(pair) for pair in value.pairs]}
    return {"list": [shown(item) for item in value.items]}


def json_text(value):
    """A value in JSON as it is sent: nothing between the parts, and only what must be escaped is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
