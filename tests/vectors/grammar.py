"""The grammar of the signing language: the text of an expression to a tree.

A tree is a `str` or an `int` for a literal, a `Name`, or a `Call`, whose receiver is `None` for a function.
"""

import re
from collections import namedtuple

Name = namedtuple("Name", "name")
Call = namedtuple("Call", "name receiver arguments")

BLANKS = re.compile(r"[ \t\r\n]*")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# A number is all that is glued to its first digit, so that `0x10`, `1_000` and `1.5` are no numbers.
NUMBER = re.compile(r"[0-9][A-Za-z0-9_]*(?:\.[0-9][A-Za-z0-9_]*)?")
DIGITS = re.compile(r"[0-9]+")
RAW = re.compile(r'r"([^"]*)"')
PIECE = re.compile(r'[^"\\]+|\\([nrt0\\"])|\\x([0-7][0-9A-Fa-f])|\\u\{([0-9A-Fa-f]{1,6})\}')
PLAIN = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"'}
SIGNS = "(),."
LARGEST = 2**63 - 1
LONGEST = 4096
DEEPEST = 32


def character(digits):
    code = int(digits, 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise SyntaxError("no character has the number %x" % code)
    return chr(code)


def quoted(text, at):
    """What a text in quotes means, and where it ends; `at` is behind its first quote."""
    pieces = []
    while not text.startswith('"', at):
        piece = PIECE.match(text, at)
        if not piece:
            raise SyntaxError("no text goes on with %r" % text[at : at + 2])
        plain, ascii_code, code = piece.groups()
        if plain is not None:
            pieces.append(PLAIN[plain])
        elif ascii_code or code:
            pieces.append(character(ascii_code or code))
        else:
            pieces.append(piece.group())
        at = piece.end()
    return "".join(pieces), at + 1


def tokens(text):
    """Pairs of a kind (`name`, `number`, `text` or the sign itself) and a value."""
    at = BLANKS.match(text).end()
    while at < len(text):
        raw, name, number = RAW.match(text, at), NAME.match(text, at), NUMBER.match(text, at)
        if raw:
            yield "text", raw.group(1)
            at = raw.end()
        elif text.startswith('r"', at):
            raise SyntaxError("a raw text never ends")
        elif name:
            yield "name", name.group()
            at = name.end()
        elif number:
            if not DIGITS.fullmatch(number.group()) or int(number.group()) > LARGEST:
                raise SyntaxError("%s is no number" % number.group())
            yield "number", int(number.group())
            at = number.end()
        elif text[at] == '"':
            value, at = quoted(text, at + 1)
            yield "text", value
        elif text[at] in SIGNS:
            yield text[at], text[at]
            at += 1
        else:
            raise SyntaxError("%r begins no word" % text[at])
        at = BLANKS.match(text, at).end()
    yield "end", None


class Parser:
    def __init__(self, text):
        self.tokens = list(tokens(text))
        self.depth = 0

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
        if self.take(")"):
            return arguments
        self.depth += 1
        if self.depth > DEEPEST:
            raise SyntaxError("it is nested too deep")
        while True:
            arguments.append(self.expression())
            if not self.take(","):
                self.need(")")
                self.depth -= 1
                return arguments


def height(node):
    if not isinstance(node, Call):
        return 1
    parts = node.arguments + ([node.receiver] if node.receiver is not None else [])
    return 1 + max(map(height, parts), default=0)


def parse(text):
    """The tree of a text; a `SyntaxError` where it is no expression."""
    if len(text.encode("utf-8")) > LONGEST:
        raise SyntaxError("it is too long")
    tree = Parser(text).whole()
    if height(tree) > DEEPEST:
        raise SyntaxError("it is nested too deep")
    return tree
