"""The cases of signing-language.json: small invented schemes, each for some rows of `rows.py`."""

from expression import FUNCTIONS, METHODS
from making import PATH, case, names_in, one
from rows import rows

FIXED = [("X-Acme-B", "  two   words "), ("X-Acme-A", "1"), ("Accept", "text/plain")]
LAST = {"in": "query", "value": "signature"}


def sources():
    yield one("source: method", "method", method="PATCH")
    yield one("source: scheme", "scheme", base="http://localhost:8080")
    yield one("source: host, rule: host case", "host", base="https://API.Example.COM:8443/v1")
    yield one("source: port", "concat(port)", base="https://api.example.com:8443")
    yield one("source: path", "path")
    yield one("source: raw query", "query")
    yield one("source: path and query", "target")
    yield one("source: full URL", "url", base="https://API.example.com:443/v1")
    yield one("source: raw body", "body", method="POST")
    yield one("source: header", 'header("x-ACME-a")', 'headers.get("x-acme-b")', headers=FIXED)
    yield one("source: named field", 'params.get("b")', 'params.get_or("nothing", "default")', 'params.get_or("e", "x")')
    yield one("source: key id, source: secret, source: several secrets, source: other credential",
              "key_id", 'concat(secret, "&", other_secret)', "partner")  # fmt: skip
    yield one("source: clock, rule: clock and nonce injected", "now", "concat(now.epoch_ms())")
    yield one("source: nonce", "concat(nonce())", "join(\".\", nonce(), nonce())")
    yield one("source: growing nonce, rule: nonce grows", "counter()", drawn={"counter": 9_007_199_254_740_993})
    yield one("source: random hexadecimal nonce", "concat(nonce_hex(4), nonce_hex(16), nonce_hex(4))")
    yield one("source: UUID", "uuid()")
    yield one("source: constant", r'concat("\u{e9}\t\"\\\x41", r"\n", 7)')


def field_lists():
    yield one("field list: query, order: as given", 'query_params.pairs("=").join("&")')
    yield one("field list: form", 'body_params.pairs("=").join("&")', "body", method="POST", body_kind="form")
    yield one("field list: JSON members", 'body_params.pairs("=").join("&")', method="PUT")
    yield one("field list: headers", 'headers.format("", ":", "\\n").join("")', method="POST", headers=FIXED)
    yield one("field list: path parameters", 'path_params.pairs("=").join("&")', path="/{id}/x")
    yield case(
        "field list: auth parameters",
        "field list: auth parameters, field list: injected timestamp, field list: injected key id, placement: header template",
        method="POST",
        inject={"key": "key_id", "when": "now.epoch_s()", "X-When": {"in": "header", "value": "now.epoch_ms()"}},
        steps={"auth": 'injected.pairs("=").join(",")', "all": 'params.pairs("=").join("&")', "sig": "hmac_sha256(secret, all).hex()"},
        send={"Authorization": {"in": "header", "template": 'Acme key="{key_id}", sig="{sig}"'}},
    )
    yield one("field list: union", 'query_params.and(field("extra", 7)).and(path_params).sort().pairs("=").join("&")')
    yield case(
        "field list: injected body hash",
        "field list: injected body hash, placement: companion hash, step: body hash",
        method="POST",
        inject={"X-Content-SHA256": {"in": "header", "value": "sha256(body).hex()"}},
        steps={"hash": 'header("x-content-sha256")', "canonical": 'join("\\n", method, path, hash)'},
        send={"X-Signature": {"in": "header", "value": "hmac_sha256(secret, canonical).base64()"}},
    )


def selects():
    chained = ".pairs(\"=\").join(\"&\")"
    yield one("select: drop by name, rule: field excluded", 'params.drop("b", "nothing", "e")' + chained)
    yield one("select: keep in stated order present only", 'params.keep("d", "nothing", "a")' + chained)
    yield one("select: keep in stated order missing empty, rule: empty kept as a part",
              'params.keep_all("d", "nothing", "e", "a")' + chained, 'params.keep_all("no", "d").values().join("\\n")')  # fmt: skip
    yield one("select: keep by prefix", 'headers.keep_prefix("x-acme-").names().join(";")', headers=FIXED)
    yield one("select: drop by prefix", 'headers.drop_prefix("x-acme-")' + chained, headers=FIXED)
    yield one("select: drop empty, rule: empty dropped", "params.drop_empty()" + chained, 'params.values().drop_empty().join(",")')
    yield one("select: drop exact duplicates", 'params.and(query_params).and(field("a", "9")).drop_duplicates()' + chained,
              'list("b", "a", "b", "").drop_duplicates().sort().join(",")')  # fmt: skip


    for method in ("GET", "POST"):
        yield one("select: nothing left", *nothing(), method=method, fields=PATH)


def nothing():
    """What there is of nothing: what it is said to be, whatever stands between items."""
    for fields in ('params.keep("nothing")', 'params.drop("id")', 'headers.keep_prefix("none")', "query_params", "body_params"):
        yield fields + '.sort().pairs("=").join_or("&", "")'
    yield 'query_params.merge(",").lower_names().trim_values().escape("form").format("<", "=", ">").join_or("|", "")'
    yield 'query_params.and(body_params).sort_by_name().sort_by_value().drop_duplicates().drop_empty().names().join_or(";", "")'
    yield 'params.keep("nothing").values().sort().drop_duplicates().drop_empty().join_or("&", "")'
    yield 'list("").drop_empty().join_or(",", "")'
    yield 'list("").join(",")'
    yield 'list("", "").join(",")'
    yield 'list("").join_or(",", "none")'
    yield 'params.keep("nothing").names().join_or(",", "none")'
    yield 'list(sha256("").first(0)).drop_empty().join_or(",", "\u00e9")'
    yield 'list("", sha256("").first(0)).drop_empty().sort().drop_duplicates().join_or(",", "")'
    yield 'join("|", params.keep("nothing").pairs("=").join_or("&", ""), list(body).drop_empty().join_or(",", ""))'
    yield '"".split(",").join_or("|", "")'
    yield '"".split_pairs("&", "=").pairs("=").join_or("&", "")'
    yield '" ; ;".split_pairs(";", "=").names().join_or("&", "")'
    yield 'if_empty(params.keep("nothing"), "none", "some")'
    yield 'if_empty(params.keep_all("nothing"), "none", "some")'
    yield 'if_empty(list("").drop_empty(), "none", "some")'
    yield 'if_empty(list("", ""), "none", "some")'
    yield 'params.keep("nothing").get_or("nothing", "default")'
    yield 'sha256(params.keep("nothing").values().join_or("", "")).hex()'


def transforms():
    chained = ".pairs(\":\").join(\"\\n\")"
    yield one("transform: lower-case names", "params.lower_names()" + chained)
    yield one("transform: upper-case names", "params.upper_names()" + chained)
    yield one("transform: lower-case values", 'field("X", "ABC \u00c9").lower_values()' + chained)
    yield one("transform: trim and collapse", "headers.trim_values()" + chained,
              'field(" a \\t b ", "\\t\\r\\n x \\u{a0} y  z\\u{c}").trim_names().trim_values()' + chained,
              '"\\n a  b \\t".trim()', headers=FIXED)  # fmt: skip
    yield one("transform: escape names", 'field("a b/\u00e9", "a b").escape_names("rfc3986")' + chained)
    yield one("transform: escape values", 'params.escape_values("rfc3986")' + chained)


def escapes():
    every = '"' + "".join("\\\\" if n == 92 else '\\"' if n == 34 else chr(n) for n in range(32, 127)) + '\u00e9\u20ac\U0001f600"'
    profiles = "rule: space in profiles, rule: star in profiles, rule: tilde in profiles, rule: slash in profiles"
    yield one("escape: RFC 3986, rule: case of hex digits, " + profiles, every + '.escape("rfc3986")')
    yield one("escape: RFC 3986 keeping slashes", every + '.escape("rfc3986_path")')
    yield one("escape: form", every + '.escape("form")')
    yield one("escape: replacement table", '"aab+*a".replace("aa", "a", "a", "<a>", "+", "%20", "*", "")',
              'params.replace_values("*", "%2A", " ", "+", "~", "").replace_names("B", "bb").pairs("=").join("&")')  # fmt: skip
    yield one("escape: none", 'params.pairs("=").join("&")')
    yield one("escape: twice", 'params.escape("rfc3986").pairs("=").join("&").escape("rfc3986")')


def orders():
    fields = [["query", "z", "1"], ["query", "b", "\uff5e"], ["query", "a", "\U0001f600"], ["query", "_", "10"], ["query", "B", "9"], ["query", "a1", "1"]]
    twice = 'query_params.and(field("a", "0")).and(field("a", "A")).and(field("B", "b"))'
    chained = ".pairs(\"=\").join(\"&\")"
    yield one("order: by name", twice + ".sort_by_name()" + chained, path="/items", fields=fields)
    yield one("order: by name then value, rule: value decides between equal names", twice + ".sort()" + chained, path="/items", fields=fields)
    yield one("order: by value", twice + ".sort_by_value()" + chained, twice + '.values().sort().join("")', path="/items", fields=fields)
    yield one("order: byte order", 'list("\U0001f600", "\uff5e", "a", "Z", "", "~", "a\\0").sort().join(",")')
    yield one("order: merge equal names", twice + '.merge(",")' + chained, path="/items", fields=fields)


def formats():
    yield one("format: before between after", 'params.format("<", "=", ">\\n").join("")')
    yield one("format: separator", 'params.pairs("").join("; ")')
    yield one("format: names only", 'params.names().join(";")')
    yield one("format: values only", 'params.values().join("")')


def joins():
    for name, literal in [("none", ""), ("LF", "\\n"), ("TAB", "\\t"), ("NUL", "\\0"), ("colon", ":"), ("dot", "."),
                          ("ampersand", "&"), ("question mark", "?"), ("slash", "/")]:  # fmt: skip
        yield one("join: " + name, 'join("%s", method, path, "", 7)' % literal, 'list(method, "", path).join("%s")' % literal)
    yield one("join: raw digest bytes", 'concat("\u00e9", sha256("x"), "\\n", 7).hex()', 'join("|", sha1("x"), "").hex()',
              'list("b", md5("y"), "a").sort().join("\\0").base64()')  # fmt: skip
    yield one("join: terminated, rule: terminated lines", 'concat(list(method, path).join("\\n"), "\\n")', 'params.format("", "=", "\\n").join("")')
    yield one("join: separated, rule: trailing empty part", 'join("\\n", method, path, "")', 'list("", "").join("\\n")')


def clocks():
    yield one("clock: epoch seconds", "concat(now.epoch_s())", "now.epoch_s()", now=1_700_000_005_999)
    yield one("clock: epoch milliseconds", "concat(now.epoch_ms())", "now.epoch_ms()", now=999)
    yield one("clock: expiry, rule: timestamp is an expiry", "concat(now.plus(300).epoch_s())", "concat(now.minus(86400).epoch_ms())")
    yield one("clock: ISO basic", 'now.format("%Y%m%dT%H%M%SZ")')
    yield one("clock: ISO extended, clock: fraction", 'now.format("%Y-%m-%dT%H:%M:%S.%fZ")', 'now.format("%H:%M:%S+00:00")')
    yield one("clock: without zone", 'now.format("%Y-%m-%dT%H:%M:%S")', now=951_868_799_001)
    yield one("clock: date only", 'now.format("%Y%m%d")', 'now.plus(6400).format("%d.%m.%Y 100%%")', now=1_709_164_799_999)
    for zone in ("GMT", "+0000", "-0000"):
        yield one("clock: " + zone, 'now.format("%%a, %%d %%b %%Y %%H:%%M:%%S %s")' % zone, now=1_704_067_200_000)
    yield one("clock: lower-cased", 'now.format("%a, %d %b %Y %H:%M:%S GMT").lower()', now=0)


def digests():
    for name in ("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"):
        function = name.replace("-", "").lower()
        yield one("digest: " + name, "%s(body)" % function, '%s("").hex()' % function, method="POST")
        yield one("digest: HMAC-" + name, "hmac_%s(secret, body)" % function, 'hmac_%s("", "").hex()' % function,
                  'hmac_%s("%s", "\u00e9").hex()' % (function, "k" * 150), method="POST")  # fmt: skip
    yield one("digest: key is an expression", 'hmac_sha256(concat("v1", secret, "&"), path).hex()')
    yield case(
        "digest: digest as key",
        "digest: digest as key, step: signing key, step: string to sign, step: signed-header list",
        inject={"X-Date": {"in": "header", "value": 'now.format("%Y%m%dT%H%M%SZ")'}},
        steps={
            "signed_headers": 'headers.sort_by_name().names().join(";")',
            "canonical": 'join("\\n", method, path, query_params.escape("rfc3986").sort().pairs("=").join("&"),'
            ' headers.trim_values().sort().format("", ":", "\\n").join(""), signed_headers, sha256(body).hex())',
            "day": 'now.format("%Y%m%d")',
            "signing_key": 'hmac_sha256(hmac_sha256(hmac_sha256(concat("ACME", secret), day), "eu-1"), "request")',
            "to_sign": 'join("\\n", "ACME-HMAC", header("X-Date"), sha256(canonical).hex())',
            "signature": "hmac_sha256(signing_key, to_sign).hex()",
        },
        send={"Authorization": {"in": "header", "template": "ACME Credential={key_id}/{day}, SignedHeaders={signed_headers}, Signature={signature}"}},
        headers=FIXED,
    )
    yield one("digest: digest as message", "hmac_sha512(key_base64.decode_base64(), concat(path, sha256(concat(nonce(), body))))", method="POST")
    yield one("digest: text of a digest as key", "hmac_sha1(hmac_sha1(secret, concat(now.epoch_s())).base64(), path).hex()")


def codecs():
    yield one("codec: hex", "sha1(path).hex()", '"\u00e9".hex()')
    yield one("codec: upper-case hex", "sha1(path).hex().upper()")
    yield one("codec: base64", "sha512(path).base64()", '"".base64()')
    yield one("codec: base64 unpadded", 'list("a".base64_unpadded(), "ab".base64_unpadded(), "abc".base64_unpadded()).join(" ")')
    yield one("codec: base64url", '"\u043e\u043e?>~~".base64url()', '"\u043e\u043e?>~~".base64()')
    yield one("codec: base64url unpadded", "sha256(path).base64url_unpadded()")
    yield one("codec: from base64", "hmac_sha256(key_base64.decode_base64(), path)", "key_base64.decode_base64().hex()",
              'concat("QQ".decode_base64(), "QQ=".decode_base64(), "QR==".decode_base64(), "".decode_base64())')  # fmt: skip
    yield one("codec: from base64url", "key_base64url.decode_base64url().hex()")
    yield one("codec: from hex", "hmac_sha256(key_hex.decode_hex(), path)", 'key_hex.decode_hex().base64()')
    yield one("codec: after a prefix", 'hmac_sha256(key_prefixed.strip_prefix("whsec_").decode_base64(), body)', 'key_hex.strip_prefix("whsec_")')
    yield one("codec: as text", 'key_prefixed.strip_prefix("whsec_").decode_base64().text()')


def conditions():
    hashed = 'if_empty(body, "", sha256(body).hex())'
    yield one("condition: body", 'join("\\n", method, %s)' % hashed, method="POST", fields=PATH)
    yield one("condition: query", 'concat(path, if_empty(query, "", concat("?", query)))', 'if_empty(query_params, list("none"), query_params.names()).join(",")')
    yield one("condition: header list", 'if_empty(headers.keep_prefix("x-none-"), "none", "some")', 'if_empty(body_params.values(), "a", "b")')
    for method in ("GET", "POST"):
        yield case(
            "condition: methods (%s)" % method,
            "condition: methods, condition: statement only for methods, condition: statement unless empty",
            method=method,
            inject={
                "X-Hash": {"in": "header", "value": "md5(body).base64()", "only_for": ["POST", "PUT"]},
                "X-MD5": {"in": "header", "value": "md5(body).hex()", "unless_empty": "body"},
                "X-Query": {"in": "header", "value": "md5(query).hex()", "unless_empty": "query_params"},
            },
            steps={"value": 'if_method("POST PUT", sha256(body).hex(), query)', "lazy": 'if_method("GET HEAD", "", header("x-hash"))', "headers_": 'headers.pairs(":").join("\\n")'},
            send={"sig": {"value": "sha1(value).hex()", "only_for": ["GET"]}},
        )
    yield one("truncate: first bytes", "sha256(body.first(5)).hex()", "sha256(body.first(100000)).hex()", "sha256(secret).first(4).hex()", '"\u20ac".first(2)', method="POST")
    for method in ("GET", "POST"):
        yield one("length: bytes of bytes and of texts", 'if_empty(body, "", concat(body.length()))', '"\u20acz".length()', "sha256(path).length()", '"".length()', "query.length()", method=method)
    yield one("condition: body", 'secret.split("+").join("|")', 'join("|", "a=1; b = 2;;c; =d=e".split_pairs(";", "=").pairs("~").join(","), "a,,b,".split(",").drop_empty().join(""))')


def placements():
    steps = {"signature": "hmac_sha256(secret, concat(method, target, body)).hex()"}
    yield case("placement: header", "placement: header", steps=steps, send={"X-Signature": {"in": "header", "value": "signature"}})
    yield case("placement: query", "placement: query, placement: last in the query, rule: query as sent, rule: signature not signed",
               inject={"expires": "now.plus(60).epoch_s()", "Key": {"in": "query", "value": "key_id"}}, steps=steps, send={"signature": LAST})  # fmt: skip
    yield case("placement: query of a request with a body", "placement: query", method="POST",
               inject={"t": {"in": "query", "value": "now.epoch_ms()"}}, steps=steps, send={"signature": LAST})  # fmt: skip
    yield case("placement: form field", "placement: form field", method="POST", body_kind="form",
               inject={"nonce": "nonce_hex(16)"}, send={"signature": "signature"},
               steps={"signature": 'hmac_sha256(secret, concat(target, "?", body_params.pairs("=").join("&"))).hex()'})  # fmt: skip
    yield case("placement: JSON field", "placement: JSON field, rule: timestamp and nonce signed in the body, rule: one clock a request", method="POST",
               inject={"timestamp": "now.epoch_ms()", "nonce": "nonce()", "seconds": "now.epoch_s()"},
               steps={"canonical": 'params.sort().pairs("=").join("?")', "signature": "hmac_sha256(secret, canonical).hex()"},
               send={"signature": "signature"})  # fmt: skip
    yield case("placement: JSON body of nothing else", "placement: JSON field, rule: signed bytes are sent bytes", method="POST", fields=PATH,
               inject={"timestamp": "now.epoch_ms()"}, steps={"signature": "sha256(body).hex()"},
               send={"X-Signature": {"in": "header", "value": "signature"}})  # fmt: skip
    yield case("placement: Basic", "placement: Basic",
               steps={**steps, "basic": 'concat(key_id, ":", signature).base64()'},
               send={"Authorization": {"in": "header", "template": "Basic {basic}"}})  # fmt: skip
    yield case("placement: companions",
               "placement: companion key id, placement: companion timestamp, placement: companion nonce, placement: companion hash, rule: key id excluded",
               method="DELETE",
               inject={"X-Key": {"in": "header", "value": "key_id"}, "X-Time": {"in": "header", "value": "now.epoch_s()"},
                       "X-Nonce": {"in": "header", "value": "uuid()"}, "X-Hash": {"in": "header", "value": "sha1(query).base64()"}},
               steps={"canonical": 'injected.drop("X-Key").pairs("=").join("&")', "signature": "hmac_sha256(secret, canonical).hex()"},
               send={"X-Signature": {"in": "header", "template": "{key_id}:{signature}"}})  # fmt: skip


def rules():
    text = [["body", "s", "a/b\\c\u2028\u007f\t\u0001 </x>"], ["body", "n", -9223372036854775808], ["body", "b", False]]
    yield one("rule: signed bytes are sent bytes", "body", "sha256(body).hex()", method="PUT", path="/x", fields=text)
    yield one("rule: query as sent", "query", 'concat(target, "|", url)')
    names = [["query", "a-b", "1"], ["query", "a b", "2"], ["query", "a%", "3"], ["query", "aA", "4"], ["query", "\u00e9", "5"], ["query", "~", "6"]]
    yield one("rule: sort after escaping", 'params.escape("rfc3986").sort().pairs("=").join("&")', 'params.sort().escape("rfc3986").pairs("=").join("&")', path="/items", fields=names)
    yield one("rule: empty kept with its name", 'params.pairs("=").join("&")')
    yield one("rule: empty body hashed", "sha256(body).hex()", "hmac_md5(secret, body).hex()", method="POST", fields=PATH)
    yield one("rule: empty body as empty text", 'concat(method, "\\n", body, "\\n", path)', method="DELETE", fields=PATH)
    lines = 'list(method, path, if_empty(body, "", "application/json"), if_empty(body, "", sha256(body).hex())).drop_empty().join("\\n")'
    yield one("rule: empty body drops two lines", lines, method="POST", fields=PATH)
    yield one("rule: empty body drops two lines", lines, method="POST")
    yield one("rule: method case", "concat(method.lower(), method.upper(), method)", method="PATCH")
    yield one("rule: default port omitted", "authority", base="https://api.example.com:443")
    yield one("rule: default port added", 'join(":", host, port)', base="http://localhost/v1")
    yield one("rule: other port", 'join(" ", authority, host, port, url)', base="http://localhost:443/v1")
    yield one("rule: path not normalised, rule: double slashes", "path", path="//items/./%7Ea//{id}/", fields=[["path", "id", "..a%2F"]])


def failures():
    yield case("failure: secret does not decode", "failure: secret does not decode, rule: secrets in no error",
               steps={"fine": "path", "key": "secret.decode_hex()"}, fails_at="key")  # fmt: skip
    for at, (key, method) in enumerate([("QQ=A", "base64"), ("Q", "base64"), ("QQ===", "base64"), ("Q Q=", "base64"), ("-_8A", "base64"),
                                        ("+/8A", "base64url"), ("0", "hex"), ("0g", "hex"), (" 00", "hex")]):  # fmt: skip
        yield case("failure: secret does not decode %d" % (at + 1), "failure: secret does not decode", credentials={"secret": key},
                   steps={"key": "hmac_sha256(secret.decode_%s(), path)" % method}, fails_at="key")  # fmt: skip
    yield case("failure: missing header", "failure: missing header", steps={"value": 'header("X-None")'}, fails_at="value")
    yield case("failure: missing field", "failure: missing field", steps={"value": 'params.get("none")'}, fails_at="value")
    for value in ('params.keep("none").pairs("=").join("&")', 'list("").drop_empty().join("")', 'list(sha256("").first(0)).drop_empty().join("")',
                  'join("|", method, headers.keep_prefix("none").names().join(";"))'):  # fmt: skip
        yield case("failure: empty list", "failure: empty list", steps={"value": value}, fails_at="value")
    yield case("failure: line break in a header", "failure: line break in a header", steps={"value": 'concat("a", secret)'}, credentials={"secret": "b\r\nX: y"},
               send={"X-Value": {"in": "header", "value": "value"}}, fails_at="X-Value")  # fmt: skip
    yield case("failure: bytes are no text", "failure: bytes are no text", steps={"value": 'secret.decode_hex().text()'},
               credentials={"secret": "ff"}, fails_at="value")
    whole = PATH + [["query", "b", "2"], ["document", "", ["a", 1, None]]]
    for source in ("params", "body_params"):
        yield case("failure: body without members of %s" % source, "failure: body without members", method="POST", fields=whole,
                   steps={"fine": 'concat(body, query, query_params.and(path_params).pairs("=").join("&"))', "value": '%s.names().join_or("", "")' % source},
                   fails_at="value")  # fmt: skip
    for document in ("text", 7, True, None, []):
        yield one("rule: signed bytes are sent bytes", "sha256(concat(body, target)).hex()", 'headers.get("content-type")', method="PUT",
                  fields=whole[:-1] + [["document", "", document]])  # fmt: skip


GROUPS = [sources, field_lists, selects, transforms, escapes, orders, formats, joins, clocks, digests, codecs, conditions,
          placements, rules, failures]  # fmt: skip


def cases():
    """All cases, once it is certain that they cover all rows and use all functions."""
    made = [case for group in GROUPS for case in group()]
    for at, case in enumerate(made):
        same = sum(1 for other in made[:at] if other["name"].split(" #")[0] == case["name"])
        case["name"] += " #%d" % (same + 1) if same else ""
    covered = {row for case in made for row in case["covers"]}
    assert covered == set(rows()), covered.symmetric_difference(rows())
    used = set().union(*map(names_in, made))
    every = {"header", "if_empty", "if_method", *FUNCTIONS, *(name for methods in METHODS.values() for name in methods)}
    assert every <= used, every - used
    return made
