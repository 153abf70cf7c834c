"""HTTP Digest as a server sees it (RFC 7616, MD5 with `qop=auth`)."""

import re
from dataclasses import replace
from hashlib import md5

from tests.conformance.wire import Sent

__all__ = ["CHALLENGE", "VERIFIED", "verified"]

_NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c093"
CHALLENGE = f'Digest realm="contract", qop="auth", algorithm=MD5, nonce="{_NONCE}"'
VERIFIED = "Digest verified"
_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^,\s]+))')


def _hash(*texts: str) -> str:
    return md5(":".join(texts).encode(), usedforsecurity=False).hexdigest()


def verified(sent: Sent, username: str, password: str) -> Sent | None:
    """The request with a steady text for what proves its sender; None where nothing proves it."""
    scheme, _, rest = sent.header("authorization").partition(" ")
    if scheme.lower() != "digest":
        return None
    given = {name: re.sub(r"\\(.)", r"\1", text) or word for name, text, word in _PARAMETER.findall(rest)}
    if not {"username", "realm", "nonce", "uri", "response", "nc", "cnonce", "qop"} <= set(given):
        return None
    # Header text is Latin-1 on the wire; names and passwords are UTF-8 within it.
    secret = _hash(username, "contract", password)
    wanted = _hash(secret, _NONCE, given["nc"], given["cnonce"], "auth", _hash(sent.method, given["uri"]))
    known = (given["username"], given["realm"], given["nonce"]) == (username, "contract", _NONCE)
    if not known or given["response"] != wanted or given["uri"] != sent.target:
        return None
    kept = tuple(
        (name, VERIFIED) if name == "authorization" else (name, value) for name, value in sent.headers
    )
    return replace(sent, headers=kept)
