"""What is an expression and what is none: texts that every implementation accepts, with their literals, or refuses."""

from grammar import LARGEST, Call, parse

ACCEPTED = [
    "path",
    "now.epoch_s()",
    " \t\r\n concat ( \"a\" , 1 )\n. hex ( ) ",
    r'concat("\n\r\t\0\\\"", "\x41\x7f\x00", "\u{e9}\u{0}\u{10ffff}\u{00E9}")',
    'concat("\u00e9\u20ac\U0001f600", "\n\ta\u00a0b", "\'/* // # {x} [y]")',
    r'concat(r"\n\x\q", r"", r"\")',
    "concat(0, 7, 007, %d)" % LARGEST,
    "list(\"\", \"a\").join(\"\")",
    "concat(%s)" % ", ".join('"%d"' % n for n in range(400)),
    "path" + ".upper()" * 31,
    "sha256(" * 31 + "path" + ")" * 31,
]

REFUSED = [
    # Nothing, too much, too little.
    "", " ", "path path", "path, path", "concat(path", "path)", "(path)", "concat(,)", "concat(path,)", "concat(,path)",
    "concat(path,,path)", "path.", ".path", "path.upper", "path.upper().", "path..upper()", "path()()", "1 2", '"a" "b"',
    # Numbers.
    "concat(0x10)", "concat(0b11)", "concat(0o7)", "concat(1_000)", "concat(1e3)", "concat(1.5)", "concat(1u8)", "concat(-1)",
    "concat(+1)", "concat(%d)" % (LARGEST + 1), "concat(\u0661)", "concat(1\u00b2)",
    # Texts.
    '"a', '"a\\"', '"\\', 'r"a', 'concat(r#"a"#)', 'concat(b"a")', 'concat(c"a")', "concat('a')", 'concat("a"u8)', "concat(`a`)",
    r'concat("\q")', r'concat("\'")', r'concat("\a")', r'concat("\N")', r'concat("\x4")', r'concat("\x80")', r'concat("\xe9")',
    r'concat("\xg0")', r'concat("\u00e9")', r'concat("\u{}")', r'concat("\u{d800}")', r'concat("\u{110000}")', r'concat("\u{1_0}")',
    r'concat("\u{0000041}")', r'concat("\u{41")', r'concat("\u{-1}")', r'concat("\u{+41}")', 'concat("\\\n")', 'concat("\\ ")', r'concat("\101")',
    # Comments, operators, and what is a value elsewhere.
    "path // x", "path /* x */", "path # x", "/// path", "#[x] path", "path -- x", '"a" + "b"', "!path", "path?", "&path", "path;",
    "params[0]", "[path]", "{path}", "params.0", "params::sort()", "path@", "path = path", "path | upper", "$path", "x -> x", "path\\",
    # Names.
    "na\u00efve", "\u0441lient", "r#path", "pa-th", "path\u00a0", "\ufeffpath", "path\u200b", "path\x0b", "path\x0c", "path\x00", "concat(path\u2028)",
    # Bounds.
    '"%s"' % ("a" * 4095), "path" + ".upper()" * 32, "sha256(" * 32 + "path" + ")" * 32, "(" * 2000, "f(" * 1300,
]  # fmt: skip


def literals(node):
    """The texts and numbers in a tree, from left to right."""
    if not isinstance(node, Call):
        return [node] if isinstance(node, (str, int)) else []
    parts = ([node.receiver] if node.receiver is not None else []) + node.arguments
    return [literal for part in parts for literal in literals(part)]


def is_refused(text):
    try:
        parse(text)
    except SyntaxError:
        return True
    return False


def spellings():
    accepted = [{"expression": text, "literals": literals(parse(text))} for text in ACCEPTED]
    wrong = [text for text in REFUSED if not is_refused(text)]
    assert not wrong, wrong
    return {"accepted": accepted, "refused": REFUSED}
