"""How a case of the signing language is made: what its call is where it says nothing else, and what must come out."""

from grammar import Call, Name, parse
from signing import signed_json

CREDENTIALS = {
    "key_id": "AK-17/x",
    "secret": "s3cret/KEY+of=tests",
    "other_secret": "zweites Gehe\u00efmnis",
    "partner": "acme & sons",
    "key_base64": "AAEC/f7/+w==",
    "key_base64url": "-_8AAQ",
    "key_hex": "00fFa0",
    "key_prefixed": "whsec_c2VjcmV0IGtleQ==",
}
NOW = 1_700_000_005_678  # 2023-11-14T22:13:25.678Z, a Tuesday
DRAWN = {
    "nonce": 4611686018427387905,
    "counter": 1_700_000_005_999,
    "uuid": "0f3e9c52-6d1b-4e8a-9c7f-2b1a3d4c5e6f",
    "nonce_hex": {"4": "00ff10a5", "16": "000102030405060708090a0b0c0d0eff"},
}
BASE = "https://api.example.com/v1"
PATH = [["path", "id", "a/b c"]]
QUERY = [["query", "b", "2"], ["query", "a", "1"], ["query", "B", "\u00e9 *~/"], ["query", "e", ""], ["query", "d", "1"]]
BODY = [["body", "name", "Zo\u00eb \"x\"\n"], ["body", "count", 7], ["body", "active", True], ["body", "note", ""]]


def case(name, covers, *, method="GET", base=BASE, path="/items/{id}", fields=None, body_kind="json", headers=(),
         credentials=None, now=NOW, drawn=None, inject=None, steps=None, send=None, fails_at=None):  # fmt: skip
    if fields is None:
        fields = PATH + (QUERY if method in ("GET", "DELETE") else BODY)
    made = {
        "name": name,
        "covers": covers.split(", ") if isinstance(covers, str) else covers,
        "request": {"method": method, "base": base, "path": path, "headers": [list(h) for h in headers],
                    "fields": fields, "body_kind": body_kind},
        "credentials": {**CREDENTIALS, **(credentials or {})},
        "now": now,
        "drawn": {**DRAWN, **(drawn or {})},
        "inject": inject or {},
        "steps": steps or {},
        "send": send or {},
    }  # fmt: skip
    names = names_in({part: list(made[part].items()) for part in ("inject", "steps", "send")})
    made["credentials"] = {name: value for name, value in made["credentials"].items() if name in names}
    made["expected"] = expected = signed_json(made)
    assert expected.get("fails_at") == fails_at, (name, expected)
    # Statements come in order, which members of an object do not.
    for part in ("inject", "steps", "send"):
        for holder in (made, expected):
            holder[part] = [list(pair) for pair in holder.get(part, {}).items()]
    return made


def expressions(made):
    """The tree of every expression of a case, and the names in its templates."""
    for part in ("inject", "steps", "send"):
        for _, statement in made[part]:
            if isinstance(statement, str):
                yield parse(statement)
                continue
            yield from (parse(statement[key]) for key in ("value", "unless_empty") if key in statement)
            yield from (Name(piece.split("}")[0]) for piece in statement.get("template", "").split("{")[1:])


def names_in(made):
    """What its expressions name or call."""
    names, rest = set(), list(expressions(made))
    while rest:
        node = rest.pop()
        if isinstance(node, (Name, Call)):
            names.add(node.name)
        if isinstance(node, Call):
            rest += node.arguments + ([node.receiver] if node.receiver is not None else [])
    return names


def one(covers, *values, **request):
    """A case of one row whose steps are some expressions."""
    steps = {"value" if len(values) == 1 else "value_%d" % (at + 1): value for at, value in enumerate(values)}
    return case(covers.split(", ")[0], covers, steps=steps, **request)
