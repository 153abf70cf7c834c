"""English singular and plural of one word, as far as names of resources and models need them."""

from dataclasses import dataclass

__all__ = ["ENGLISH", "Inflections", "plural", "singular"]

_UNCOUNTED = frozenset(
    """
    access address alias analysis analytics atlas axis basis bias bonus bus business campus canvas census
    chaos class compass consensus corps css data diagnosis dns express focus gas gps https ios iris kudos
    lens loss mass media meta metadata news os pass plus pos press previous process progress radius redis
    series sms sos species status success synopsis thesis tls us via virus vps whois
    """.split()
)
"""Words that end in s and are no plural."""

_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot",
    "geese": "goose", "indices": "index", "indexes": "index", "vertices": "vertex", "matrices": "matrix",
    "appendices": "appendix", "criteria": "criterion", "analyses": "analysis", "axes": "axis",
    "bases": "base", "databases": "database", "crises": "crisis", "diagnoses": "diagnosis",
    "theses": "thesis", "statuses": "status", "aliases": "alias", "buses": "bus", "bonuses": "bonus",
    "viruses": "virus", "campuses": "campus", "canvases": "canvas", "lenses": "lens", "gases": "gas",
    "leaves": "leaf", "halves": "half", "shelves": "shelf", "wolves": "wolf", "knives": "knife",
    "lives": "life", "movies": "movie", "cookies": "cookie", "ties": "tie", "pies": "pie",
    "series": "series", "zombies": "zombie", "caches": "cache", "niches": "niche", "heroes": "hero",
    "potatoes": "potato", "echoes": "echo", "vetoes": "veto", "quizzes": "quiz", "biases": "bias",
    "focuses": "focus", "apis": "api", "uris": "uri", "emojis": "emoji", "wikis": "wiki", "kpis": "kpi",
}  # fmt: skip

_IRREGULAR_PLURAL = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet",
    "index": "indexes", "criterion": "criteria", "analysis": "analyses", "axis": "axes",
    "crisis": "crises", "diagnosis": "diagnoses", "leaf": "leaves", "half": "halves", "shelf": "shelves",
    "knife": "knives", "life": "lives", "quiz": "quizzes", "hero": "heroes", "echo": "echoes",
    "data": "data", "media": "media", "metadata": "metadata", "news": "news", "series": "series",
    "species": "species", "people": "people",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inflections:
    """How nouns become singular and plural in the names of one client: its own nouns, then the rules of English."""

    nouns: tuple[tuple[str, str], ...] = ()
    """Plural and singular of nouns that the rules get wrong, in lower case; equal for a noun without a plural."""

    def singular(self, word: str) -> str:
        """The singular of one lower-case word, or the word itself."""
        own = dict(self.nouns)
        if word in own:
            return own[word]
        return word if word in own.values() else singular(word)

    def plural(self, word: str) -> str:
        """The plural of one lower-case word, or the word itself."""
        for many, one in self.nouns:
            if word in (many, one):
                return many
        return plural(word)

    def is_plural(self, word: str) -> bool:
        return self.singular(word) != word


ENGLISH = Inflections()
"""No nouns of its own."""


def singular(word: str) -> str:
    """The singular of one lower-case English word, or the word itself: `users` -> `user`, `status` -> `status`."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _UNCOUNTED or len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zzes", "shes", "tches", "rches", "nches", "aches")):
        return word[:-2]
    return word[:-1]


def plural(word: str) -> str:
    """The plural of one lower-case English word: `user` -> `users`, `policy` -> `policies`."""
    if word in _IRREGULAR_PLURAL:
        return _IRREGULAR_PLURAL[word]
    if word in _IRREGULAR or (word.endswith("s") and singular(word) != word) or not word:
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"
