"""Deliveries that the schemes of tests/webhooks accept, signed by Python's standard library.

Those with a `source` are the vendors' own examples: their signatures are not computed here but compared.
"""

import base64
import hashlib
import hmac
import json

JSON = [["Content-Type", "application/json"]]
FORM = [["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"]]


def mac(key, message, hash="sha256"):
    return hmac.new(key, message, hash).digest()


def b64(octets):
    return base64.b64encode(octets).decode()


def vector(scheme, name, secret, now, headers, body, covers, method=None, url=None, source=None):
    return {
        "scheme": scheme, "name": name, "secret": secret, "now": now, "method": method, "url": url,
        "headers": headers, "body": body, "covers": covers, "source": source,
    }


def stamped():
    secret, body = "example-secret", '{"type": "order.created", "order": {"id": 7, "email": "a@example.com"}}'
    v1 = mac(secret.encode(), b"1700000000." + body.encode()).hex()
    headers = JSON + [["Example-Signature", f"t=1700000000,v1={v1},v0=abc"]]
    return vector("stamped", "an order", secret, 1_700_000_299_999, headers, body, ["body", "time"])


def prefixed():
    secret, body = "It's a Secret to Everybody", "Hello, World!"
    signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert mac(secret.encode(), body.encode()).hex() == signature
    headers = [["Content-Type", "text/csv"], ["X-GitHub-Event", "ping"], ["X-Hub-Signature-256", f"sha256={signature}"]]
    source = "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries"
    return vector("prefixed", "published", secret, 0, headers, body, ["body"], source=source)


def standard(name, secret, id, stamp, body, signature, source):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert b64(mac(key, f"{id}.{stamp}.{body}".encode())) == signature
    headers = [["webhook-id", id], ["webhook-timestamp", str(stamp)], ["webhook-signature", f"v1,{signature}"]]
    return vector("standard", name, secret, stamp * 1000, headers, body, ["body", "time"], source=source)


def form(pairs):
    return "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in pairs.items())


def address():
    url, token = "https://mycompany.com/myapp.php?foo=1&bar=2", "12345"
    pairs = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309",
             "To": "+18005551212"}
    signed = url + "".join(name + pairs[name] for name in sorted(pairs))
    signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert b64(mac(token.encode(), signed.encode(), "sha1")) == signature
    source = "https://www.twilio.com/docs/usage/security"
    headers = FORM + [["X-Twilio-Signature", signature]]
    yield vector("address", "published form", token, 0, headers, form(pairs), ["body", "url"], "POST", url, source)
    body = '{"property": "value", "boolean": true}'
    url = f"https://mycompany.com:443/myapp.php?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}&foo=1"
    short = url.replace(":443", "")
    headers = JSON + [["X-Twilio-Signature", b64(mac(token.encode(), short.encode(), "sha1"))]]
    yield vector("address", "hash of the body, port left out", token, 0, headers, body, ["body", "url"], "POST", url)
    headers = JSON + [["X-Twilio-Signature", b64(mac(token.encode(), url.encode(), "sha1"))]]
    yield vector("address", "hash of the body, port added", token, 0, headers, body, ["body", "url"], "POST", short)


def command():
    secret, stamp = "8f742231b10e8888abcd99yyyzzz85a5", 1531420618
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signature = "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert mac(secret.encode(), f"v0:{stamp}:{body}".encode()).hex() == signature
    headers = FORM + [["X-Slack-Request-Timestamp", str(stamp)], ["X-Slack-Signature", f"v0={signature}"]]
    source = "https://api.slack.com/authentication/verifying-requests-from-slack"
    return vector("command", "published", secret, stamp * 1000, headers, body, ["body", "time"], source=source)


def members():
    key = "00ff10aa"
    signed = "A-1:12.50::2023-11-14T22:13:20Z"
    signature = b64(mac(bytes.fromhex(key), signed.encode()))
    body = json.dumps({
        "sent": "2023-11-14T22:13:20Z", "order": {"id": "A-1", "amount": {"value": "12.50"}, "state": "paid"},
        "seal": {"signature": signature},
    }, indent=1)
    return vector("members", "members in a fixed order", key, 1_700_000_000_000, [], body, ["time"])


def plain():
    secret, body, stamp = "plain-secret", '{"kind":"report","rows":[]}', "1700000000000"
    sign = hashlib.sha512((body + stamp + secret).encode()).hexdigest().upper()
    url = f"http://hooks.example/in?ts={stamp}&sign={sign}"
    return vector("plain", "a plain hash", secret, 1_700_000_005_000, JSON, body, ["body", "time"], "POST", url)


def values():
    token, stamp, nonce = "Token", "1700000000", "é%2F 7"
    signature = hashlib.sha1("".join(sorted([token, stamp, "é/ 7"])).encode()).hexdigest()
    url = f"https://hooks.example/?nonce={nonce.replace('é', '%C3%A9').replace(' ', '+')}&timestamp={stamp}&signature={signature}"
    return vector("values", "sorted values", token, 1_700_000_000_000, JSON, '{"Event":"subscribe"}', ["time"], "GET", url)


def request():
    secret, body, stamp, url = "request-secret", '{"event":{"name":"opened"}}', "1700000000123", "https://Hooks.example:8443/a%20b?x=1"
    h1 = base64.urlsafe_b64encode(mac(secret.encode(), f"PUT{url}{body}{stamp}".encode())).decode().rstrip("=")
    headers = JSON + [["X-Signature", f"h1={h1} ; ts={stamp}"]]
    return vector("request", "a whole request", secret, 1_700_000_000_000, headers, body, ["body", "url", "time"], "PUT", url)


def deliveries():
    """All of them."""
    return [
        stamped(),
        prefixed(),
        standard("published", "whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", 1731705121,
                 '{"event_type":"ping","data":{"success":true}}', "rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
                 "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"),
        standard("published elsewhere", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                 '{"test": 2432232314}', "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                 "https://docs.svix.com/receiving/verifying-payloads/how-manual"),
        *address(),
        command(),
        members(),
        plain(),
        values(),
        request(),
    ]
