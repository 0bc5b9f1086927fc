"""Names whose values are secrets, as people spell them: `DB_PASSWORD`, `apiKey`, `hf-token`."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["WORDS", "is_secret_name", "is_weak_name"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STRONG = frozenset(
    {
        "apikey",
        "apitoken",
        "authtoken",
        "credential",
        "credentials",
        "passphrase",
        "passwd",
        "password",
        "passwords",
        "privatekey",
        "pwd",
        "secret",
        "secretkey",
        "secrets",
    }
)
"""Words that make a name secret wherever they stand in it."""

_KEYS = frozenset(
    {
        "access",
        "account",
        "admin",
        "api",
        "auth",
        "client",
        "encryption",
        "functions",
        "host",
        "license",
        "master",
        "private",
        "service",
        "shared",
        "signing",
        "storage",
        "subscription",
        "write",
    }
)
"""Words that make a `key` behind them secret."""

_ABOUT = _words(
    """
    arn count dir enabled env expires expiry field file files folder format hash header id ids kind label length len
    limit max min mode name names num path paths policy prefix prompt provider ref required rule rules set size sock
    source store strength suffix ttl type types uri url version vault
    """
)
"""Last words of names that tell something about a secret, and are none: `token_count`, `password_file`."""

_VOCABULARY = _words(
    """
    additional audio begin bos cls dec decoder enc end eol eos eot first forced image last mask max min new newline
    next num pad padding per prefix prev sep separator special start stop suffix unk video vision
    """
)
"""First words of the tokens of language models: `eos_token`, `max_token`."""

WORDS = ("passw", "passphrase", "pwd", "secret", "credential", "token", "key", "authorization")
"""Lower-case parts of which every secret name has at least one."""

_PARTS = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+"


@lru_cache(maxsize=4096)
def is_secret_name(name: str, added: frozenset[str] = frozenset()) -> bool:
    """Whether what bears this name is a secret.

    Args:
        name: of a variable, an input, an option or a field, in any spelling.
        added: more such names, in lower case with `_` between words; a name ends with it or is it.

    >>> is_secret_name("DB_PASSWORD"), is_secret_name("eos_token"), is_secret_name("num_tokens")
    (True, False, False)
    """
    words = [word.lower() for word in re.findall(_PARTS, name)]
    plain = "_".join(words)
    if any(plain == each or plain.endswith(f"_{each}") for each in added):
        return True
    if not words or words[-1] in _ABOUT:
        return False
    return not _STRONG.isdisjoint(words) or is_weak_name(name)


@lru_cache(maxsize=4096)
def is_weak_name(name: str) -> bool:
    """Whether the name speaks of a token or a key, so that a number under it is no secret.

    >>> is_weak_name("api_key"), is_weak_name("password")
    (True, False)
    """
    words = [word.lower() for word in re.findall(_PARTS, name)]
    if not words:
        return False
    before = words[-2] if len(words) > 1 else ""
    if words[-1] == "token":
        return _VOCABULARY.isdisjoint(words[:-1])
    return words[-1] == "authorization" or (words[-1] == "key" and before in _KEYS)
