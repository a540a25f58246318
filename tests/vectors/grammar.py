"""The grammar of the signing language: the text of an expression to a tree.

A tree is a `str` or an `int` for a literal, a `Name`, or a `Call`, whose receiver is `None` for a function.
"""

import re
from collections import namedtuple

Name = namedtuple("Name", "name")
Call = namedtuple("Call", "name receiver arguments")

TOKEN = re.compile(r'\s*(?:([A-Za-z_][A-Za-z_0-9]*)|(\d+)|r(#*)"|(")|([().,]))')
ESCAPE = re.compile(r'\\(?:([nrt0\\"\'])|x([0-7][0-9A-Fa-f])|u\{([0-9A-Fa-f_]+)\}|\n\s*)')
PLAIN = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"', "'": "'"}


def unescape(match):
    plain, ascii_code, code = match.groups()
    if plain is not None:
        return PLAIN[plain]
    if ascii_code is not None:
        return chr(int(ascii_code, 16))
    return chr(int(code.replace("_", ""), 16)) if code is not None else ""


def tokens(text):
    """Pairs of a kind (`name`, `number`, `text` or the sign itself) and a value."""
    at = 0
    while text[at:].strip():
        raw = re.compile(r'\s*r(#*)"').match(text, at)
        if raw:
            end = text.index('"' + raw.group(1), raw.end())
            yield "text", text[raw.end() : end]
            at = end + 1 + len(raw.group(1))
            continue
        match = TOKEN.match(text, at)
        if not match:
            raise SyntaxError(text[at:])
        name, number, _, quote, sign = match.groups()
        at = match.end()
        if name:
            yield "name", name
        elif number:
            yield "number", int(number)
        elif sign:
            yield sign, sign
        elif quote:
            closing = re.compile(r'(?:[^"\\]|\\.)*"', re.S).match(text, at)
            if not closing:
                raise SyntaxError(text[at:])
            yield "text", ESCAPE.sub(unescape, closing.group()[:-1])
            at = closing.end()
    yield "end", None


class Parser:
    def __init__(self, text):
        self.tokens = list(tokens(text))

    def take(self, kind):
        """The value of the next token if it is of a kind, else `None`."""
        if self.tokens[0][0] != kind:
            return None
        return self.tokens.pop(0)[1]

    def need(self, kind):
        found = self.take(kind)
        if found is None:
            raise SyntaxError("%s is expected, not %r" % (kind, self.tokens[0]))
        return found

    def whole(self):
        node = self.expression()
        if self.tokens[0][0] != "end":
            raise SyntaxError("%r is too much" % (self.tokens[0],))
        return node

    def expression(self):
        kind, value = self.tokens.pop(0)
        if kind in ("text", "number"):
            node = value
        elif kind == "name":
            node = Call(value, None, self.arguments()) if self.take("(") else Name(value)
        else:
            raise SyntaxError("an expression is expected, not %r" % (kind,))
        while self.take("."):
            name = self.need("name")
            self.need("(")
            node = Call(name, node, self.arguments())
        return node

    def arguments(self):
        arguments = []
        while not self.take(")"):
            arguments.append(self.expression())
            if not self.take(","):
                self.need(")")
                break
        return arguments


def parse(text):
    return Parser(text).whole()
