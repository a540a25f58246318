"""A request and the signing statements of a spec to the signed request: inject, steps, send.

Written from the description of the language in `spec/README.md`; it knows nothing of the Rust in this workspace.
"""

import json
import re
from urllib.parse import urlsplit

from expression import Fields, SigningError, Time, escape, evaluate, is_empty, json_text, part, shown
from grammar import parse

PORTS = {"http": 80, "https": 443}
IN_QUERY = ("GET", "HEAD", "DELETE")


def text_of(value):
    """The text of a value in a body as it is signed: null is nothing, and what has parts is its JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json_text(value)


def form(pairs):
    return "&".join(escape("rfc3986", name) + "=" + escape("rfc3986", value) for name, value in pairs)


class Draft:
    """A request that grows while it is signed, and all that an expression may name."""

    def __init__(self, case):
        self.case = case
        self.request = case["request"]
        self.method = self.request["method"]
        self.own = [tuple(field) for field in self.request["fields"]]
        self.injected = []  # (place, name, value)
        self.steps = {}

    # -- what the request is so far --

    def all(self, *places):
        if "body" in places and self.document() is not None:
            raise SigningError("the body is no JSON object")
        fields = [field for field in self.own + self.injected if field[0] in places]
        return Fields([(name, text_of(value)) for _, name, value in fields])

    def url(self):
        path = self.request["path"]
        for place, name, value in self.own:
            if place == "path":
                path = path.replace("{%s}" % name, escape("rfc3986", text_of(value)))
        return urlsplit(self.request["base"] + path)

    def document(self):
        """The JSON of a body that one value is the whole of, and no object."""
        return next((json_text(value) for place, _, value in self.own if place == "document"), None)

    def body_kind(self):
        if self.document() is not None:
            return "json"
        has_fields = any(field[0] == "body" for field in self.own + self.injected)
        return self.request["body_kind"] if has_fields else "none"

    def body(self):
        kind = self.body_kind()
        if self.document() is not None:
            return self.document().encode("utf-8")
        if kind == "json":
            return json_text({n: v for place, n, v in self.own + self.injected if place == "body"}).encode("utf-8")
        return form(self.all("body").pairs).encode("ascii") if kind == "form" else b""

    def headers(self):
        content_type = {
            "json": [("content-type", "application/json")],
            "form": [("content-type", "application/x-www-form-urlencoded")],
            "none": [],
        }[self.body_kind()]
        injected = [(name.lower(), part(value)) for place, name, value in self.injected if place == "header"]
        fixed = [(name.lower(), value.strip(" \t")) for name, value in self.request["headers"]]
        return fixed + injected + content_type + [("host", self.source("authority"))]

    # -- what an expression names --

    def source(self, name):
        case, url = self.case, self.url()
        if name in self.steps:
            return self.steps[name]
        if name in case["credentials"]:
            return case["credentials"][name]
        if name == "now":
            return Time(case["now"])
        if name in ("method", "scheme"):
            return self.method if name == "method" else url.scheme.lower()
        if name in ("host", "port", "authority"):
            host, default = url.hostname.lower(), PORTS[url.scheme]
            port = url.port or default
            shown_port = "" if port == default else ":%d" % port
            return {"host": host, "port": port, "authority": host + shown_port}[name]
        if name == "path":
            return url.path
        if name == "query":
            return form(self.all("query").pairs)
        if name == "target":
            query = self.source("query")
            return self.source("path") + ("?" + query if query else "")
        if name == "url":
            return self.source("scheme") + "://" + self.source("authority") + self.source("target")
        if name == "body":
            return self.body()
        if name == "params":
            return self.all("path", "query", "body")
        if name in ("path_params", "query_params", "body_params"):
            return self.all(name.removesuffix("_params"))
        if name == "injected":
            return Fields([(name, part(value)) for _, name, value in self.injected])
        if name == "headers":
            return Fields(self.headers())
        raise NameError(name)

    def draw(self, name, arguments):
        """What is random, or counts, is given by the case: once, however often it is named."""
        drawn = self.case["drawn"]
        return drawn["nonce_hex"][str(arguments[0])] if name == "nonce_hex" else drawn[name]

    # -- statements --

    def place(self, name, statement):
        """Adds one injected or sent value; says what it is, or `None` where a condition leaves it out."""
        if not isinstance(statement, dict):
            statement = {"value": statement}
        if self.method not in statement.get("only_for", [self.method]):
            return None
        if "unless_empty" in statement and is_empty(evaluate(parse(statement["unless_empty"]), self)):
            return None
        if "template" in statement:
            fill = lambda hole: part(self.source(hole.group(1)))
            value = re.sub(r"\{(\w+)\}", fill, statement["template"])
        else:
            value = evaluate(parse(statement["value"]), self)
        default = "query" if self.method in IN_QUERY else "body"
        where = statement.get("in", default)
        if where == "header" and re.search("[\r\n\0]", part(value)):
            raise SigningError("a header cannot hold the value")
        # HTTP takes blanks off at the ends of a header's value, so that it is signed without them.
        carried = part(value).strip(" \t") if where == "header" else value
        self.injected.append((where, name, carried))
        return value


def signed(case):
    """What a case comes to: the values of all statements and the request, or where it fails."""
    draft = Draft(case)
    done = {"inject": {}, "steps": {}, "send": {}}
    for part_of, statements in ((name, case[name]) for name in done):
        for name, statement in statements.items():
            try:
                if part_of == "steps":
                    value = draft.steps[name] = evaluate(parse(statement), draft)
                else:
                    value = draft.place(name, statement)
            except SigningError as error:
                return {"fails_at": name, "because": str(error)}
            done[part_of][name] = None if value is None else shown(value)
    done["target"] = draft.source("target")
    done["headers"] = [list(pair) for pair in draft.headers()]
    done["body"] = draft.body().decode("utf-8")
    return done


def signed_json(case):
    return json.loads(json.dumps(signed(case)))
