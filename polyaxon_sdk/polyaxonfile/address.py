"""Address: the URL of a document, whose credentials are used and never shown."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from attrs import field, frozen

from polyaxon_sdk.exceptions import InputError

__all__ = ["AbsentError", "Address"]

_WEB = ("http", "https")
_LOCAL = ("file", "local")
_KEPT = "".join(map(chr, range(0x21, 0x7F)))
_PORTS = {"http": 80, "https": 443}
_ABSOLUTE = re.compile(r"[a-zA-Z][\w+.-]*://")
_EXPECTED = "a URL such as https://example.com/train.yml"


class AbsentError(InputError):
    """Nothing lies at an address."""


@frozen
class Address:
    """A URL: of the web, or of anything that fsspec reads.

    Args:
        text: all of it, credentials included.

    >>> Address.parse("https://me:secret@example.com/train.yml?token=1").shown
    'https://example.com/train.yml?...'
    """

    text: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that a text is.

        Raises:
            InputError: it is no URL, or one without a host where it needs one.
        """
        address = cls(text.strip())
        try:
            parts = address.parts
            _ = parts.scheme in _WEB and parts.port
        except ValueError:  # which tells the part with the password
            raise InputError(f"invalid URL {address.shown!r}", expected=_EXPECTED) from None
        spaced = parts.scheme in _WEB and (" " in address.text or "\\" in address.text)
        if spaced or not address.text.isprintable() or not _ABSOLUTE.match(address.text):
            raise InputError(f"invalid URL {address.shown!r}", expected=_EXPECTED)
        if parts.scheme in _WEB and not parts.hostname:
            raise InputError(f"no host in the URL {address.shown!r}", expected=_EXPECTED)
        return address

    @property
    def parts(self) -> SplitResult:
        """The URL in parts."""
        return urlsplit(self.text)

    @property
    def is_web(self) -> bool:
        """Whether it is http or https."""
        return self.parts.scheme in _WEB

    @property
    def is_local(self) -> bool:
        """Whether it may name a file of this machine; a chain of file systems may."""
        return self.parts.scheme in _LOCAL or "::" in self.text

    @property
    def origin(self) -> tuple[str, str, int | None]:
        """Scheme, host and port, or scheme and container of a store: what is in one hand."""
        scheme = self.parts.scheme
        if not self.is_web:
            login, at, host = self.parts.netloc.rpartition("@")
            return scheme, login.partition(":")[0] + at + host, None
        return scheme, self.parts.hostname or "", self.parts.port or _PORTS.get(scheme)

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password, where the URL has them."""
        if self.parts.username is None:
            return None
        return unquote(self.parts.username), unquote(self.parts.password or "")

    @property
    def bare(self) -> str:
        """The URL to ask a web server for: in ASCII, without credentials and fragment."""
        parts = self.parts
        return parts._replace(
            netloc=parts.netloc.rpartition("@")[2],
            path=quote(parts.path, safe=_KEPT),
            query=quote(parts.query, safe=_KEPT),
            fragment="",
        ).geturl()

    @property
    def shown(self) -> str:
        """How messages name it: without user, password, query and fragment."""
        return "::".join(_shown(part) for part in self.text.split("::"))

    @property
    def title(self) -> str:
        """What a document read from it is called: as `shown`, without a mark for the query."""
        return self.shown.removesuffix("?...")

    def scrubbed(self, text: str) -> str:
        """A text of others in one line, without this address' credentials."""
        line = " ".join(text.split()).replace(self.text, self.shown).replace(self.bare, self.shown)
        secrets = (self.parts.password, *(self.credentials or ()), self.parts.query, self.parts.fragment)
        for secret in filter(None, secrets):
            line = line.replace(secret, "...")
        return line[:300]

    def joined(self, reference: str) -> Address:
        """What a reference inside this document means: a URL, or a path from here.

        >>> Address("s3://hub/train/v1.yaml").joined("../shared/v2.yaml").text
        's3://hub/shared/v2.yaml'
        """
        if self.is_web:
            joined = Address.parse(urljoin(self.text, reference))
            same = joined.origin == self.origin and joined.credentials is None
            return Address(joined.parts._replace(netloc=self.parts.netloc).geturl()) if same else joined
        if _ABSOLUTE.match(reference):
            return Address.parse(reference)
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(self.parts.path), reference))
        return Address.parse(f"{self.parts.scheme}://{self.parts.netloc}{path}")

    def below(self, *names: str) -> Address:
        """The address of what lies under this one, as under a folder."""
        path = "/".join([self.parts.path.rstrip("/"), *(quote(name) for name in names)])
        return Address(self.parts._replace(path=path, fragment="").geturl())

    def is_within(self, prefix: Address) -> bool:
        """Whether it is the prefix, or lies under it as under a folder; a query plays no part.

        >>> Address("https://x.org/team/a.yml").is_within(Address("https://x.org/team"))
        True
        >>> Address("https://x.org/team/%2e%2e/a.yml").is_within(Address("https://x.org/team"))
        False
        """
        if self.origin != prefix.origin or "::" in self.text:
            return False
        folder, path = _plain(prefix.parts.path), _plain(self.parts.path)
        return path == folder or path.startswith(folder.rstrip("/") + "/")


def _shown(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if not separator:
        return text.partition("?")[0]
    place, query, _ = rest.partition("#")[0].partition("?")
    host, slash, path = place.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}{'?...' if query else ''}"


def _plain(path: str) -> str:
    """A path with its percent codes and its `..` steps worked out, as the most lenient server would."""
    while (decoded := unquote(path)) != path:
        path = decoded
    return posixpath.normpath("/" + path.replace("\\", "/").lstrip("/"))
