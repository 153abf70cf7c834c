"""Names that reveal secrets, placeholders for secrets, and the examples that replace them. Independent of the format."""

import re

from ..model.types import Json
from ..naming.words import split_words

__all__ = [
    "is_real",
    "is_secret_field",
    "is_secret_name",
    "is_secret_value",
    "is_strong",
    "name_words",
    "placeholder",
    "shown_instead",
]

_LETTERS_OR_DIGITS = re.compile(r"[a-z]+|\d+")
_STRONG = frozenset(
    "token tokens secret secrets password passwords passwd passphrase pwd "
    "apikey authkey accesskey secretkey privatekey bearer jwt cookie pin cvv cvc".split()
)
_LAST = frozenset("authorization credential credentials".split())
_WEAK = frozenset("key keys".split())
_KEY_KINDS = frozenset(
    "api access secret private auth oauth signing encryption client app consumer master account".split()
)
_PUBLIC = frozenset("idempotency search sort public publishable primary foreign partition".split())
"""Kinds of keys that are no secret."""
_HARMLESS = frozenset(
    "type types expiry expires expire expiration ttl name names count limit policy status url uri endpoint format "
    "algorithm size length version kind lifetime required enabled in at on until date time valid validity usage "
    "requirement requirements max min prefix mode location method provider scope scopes issuer audience hint result "
    "strength rule rules settings setting to params request requests".split()
)
_ABOUT = frozenset(
    "add require requires required has is allow allows enable enabled disable show hide use uses can need needs force "
    "reset change forgot generate validate embed with no include number num min max total".split()
)
_PLACEHOLDER = re.compile(
    r"[\W_]+|<[^<>]*>|\[[^\[\]]*\]|\([^()]*\)|\.{2,}|[*xX•?_\-.#0]+|\$\w+|%\w+%"
    r"|(?:your|insert|enter|replace|example|sample|dummy|placeholder|todo)(?:[\s_\-].*|$)"
    r"|(?-i:(?:MY|THE|SOME)(?:[ _-][A-Z]+)+)"
    r"|string|null|none|undefined|true|false|value|token|secret|password|key|api[\s_-]?key|access[\s_-]?token|bearer|basic",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDERS = re.compile(r"\{\{[^{}]*\}\}")


def name_words(name: str) -> tuple[str, ...]:
    """The lower-case words of a name, letters and digits apart: `X-Api-Key`, `apiKey` and `api_key` alike end in `key`,
    `token2` in `token`, `2`."""
    return tuple(piece for word in split_words(name[:200]) for piece in _LETTERS_OR_DIGITS.findall(word))


def is_secret_name(name: str) -> bool:
    """True for the name of a secret: one of its whole words is token, secret, password, key …

    Words about the secret and not for it (`token_type`, `require_password`) make it harmless.
    """
    words = name_words(name)
    if not words:
        return False
    if words[-1] in _LAST:
        return True
    position = max(
        (index for index, word in enumerate(words) if word in _STRONG or word in _WEAK), default=-1
    )
    if position < 0 or (
        position and (words[0] in _ABOUT or (words[position] in _WEAK and words[position - 1] in _PUBLIC))
    ):
        return False
    return not any(word in _HARMLESS for word in words[position + 1 :])


def is_strong(name: str) -> bool:
    """True for a secret's name that leaves no doubt: a mere `key` names all kinds of things."""
    words = name_words(name)
    return (
        (bool(words) and words[-1] in _LAST)
        or any(word in _STRONG for word in words)
        or any(word in _WEAK and index and words[index - 1] in _KEY_KINDS for index, word in enumerate(words))
    )


def is_real(value: str) -> bool:
    """False for a placeholder of a secret: `<token>`, `{{token}}`, `string`, empty."""
    bare = _PLACEHOLDERS.sub("", value).strip()
    return bool(bare) and not _PLACEHOLDER.fullmatch(bare)


def placeholder(name: str) -> str:
    """A text for a secret in documentation and examples."""
    words = [word for word in name_words(name) if word in _STRONG or word in _WEAK or word in _LAST]
    return f"example-{words[-1]}" if words else "example-secret"


def is_secret_value(value: Json) -> bool:
    """True for a value that is secret wherever a secret is expected: a real text that we have not replaced, a number."""
    match value:
        case bool():
            return False
        case str():
            return is_real(value) and "example-" not in value[:30]
        case int() | float():
            return bool(value)
        case _:
            return False


def is_secret_field(name: str, value: Json) -> bool:
    """True for the secret value of a field. A mere `key` names all kinds of things, unless its value looks random."""
    if not is_secret_name(name):
        return False
    if not is_strong(name) and not (isinstance(value, str) and _looks_random(value)):
        return False
    return is_secret_value(value)


def shown_instead(name: str, value: Json) -> Json:
    """What documentation and examples show for a secret value: of the same JSON type."""
    return placeholder(name) if isinstance(value, str) else 0


def _looks_random(value: str) -> bool:
    """True for letters mixed with digits, as keys are written; `vector` and `enum key 1` are names."""
    return len(value) >= 8 and " " not in value and sum(map(str.isdigit, value)) > 1 and not value.isdigit()
