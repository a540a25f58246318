"""What the vectors of the signing language must cover: every option of every value primitive, and every rule.

A case names the rows it covers; a row without a case, or a case with an unknown row, makes no file.
"""

ROWS = """
source: method, scheme, host, port, path, raw query, path and query, full URL, raw body, header, named field, key id,
    secret, several secrets, other credential, clock, nonce, growing nonce, random hexadecimal nonce, UUID, constant
field list: query, form, JSON members, headers, path parameters, auth parameters, union, injected body hash,
    injected timestamp, injected key id
select: drop by name, keep in stated order present only, keep in stated order missing empty, keep by prefix,
    drop by prefix, drop empty, drop exact duplicates, nothing left
transform: lower-case names, lower-case values, trim and collapse, escape names, escape values, upper-case names
escape: RFC 3986, RFC 3986 keeping slashes, form, replacement table, none, twice
order: as given, by name, by name then value, by value, byte order, merge equal names
format: before between after, separator, names only, values only
join: none, LF, TAB, NUL, colon, dot, ampersand, question mark, slash, raw digest bytes, terminated, separated
clock: epoch seconds, epoch milliseconds, expiry, ISO basic, ISO extended, without zone, date only, GMT, +0000, -0000,
    lower-cased, fraction
digest: MD5, SHA-1, SHA-256, SHA-384, SHA-512, HMAC-MD5, HMAC-SHA-1, HMAC-SHA-256, HMAC-SHA-384, HMAC-SHA-512,
    key is an expression, digest as key, digest as message, text of a digest as key
codec: hex, upper-case hex, base64, base64 unpadded, base64url, base64url unpadded, from base64, from base64url,
    from hex, after a prefix, as text
condition: body, query, header list, methods, statement only for methods, statement unless empty
truncate: first bytes
length: bytes of bytes and of texts
step: string to sign, signing key, body hash, signed-header list
placement: header, query, last in the query, form field, JSON field, header template, Basic, companion key id,
    companion timestamp, companion nonce, companion hash
rule: signed bytes are sent bytes, query as sent, sort after escaping, value decides between equal names,
    empty dropped, empty kept with its name, empty kept as a part, empty body hashed, empty body as empty text,
    empty body drops two lines, trailing empty part, terminated lines, space in profiles, star in profiles,
    tilde in profiles, slash in profiles, case of hex digits, method case, host case, default port omitted,
    default port added, other port, path not normalised, double slashes, nonce grows, timestamp is an expiry,
    timestamp and nonce signed in the body, signature not signed, field excluded, key id excluded,
    clock and nonce injected, one clock a request, secrets in no error
failure: secret does not decode, missing header, missing field, empty list, line break in a header, bytes are no text,
    body without members
"""


def rows():
    """Every row as `group: option`, in order."""
    listed, group = [], ""
    for line in ROWS.strip().splitlines():
        if not line.startswith(" "):
            group, line = line.split(": ", 1)
        listed += ["%s: %s" % (group, option.strip()) for option in line.split(",") if option.strip()]
    return listed
