"""Reading a document from a web server."""

from __future__ import annotations

from base64 import b64encode
from http.client import HTTPException, HTTPResponse, responses
from threading import Event
from typing import cast
from urllib.error import URLError
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import AbsentError, Address
from polyaxon_sdk.polyaxonfile.limits import Limits
from polyaxon_sdk.version import __version__

__all__ = ["read_web"]

_MOVED = frozenset({301, 302, 303, 307, 308})
_ABSENT = frozenset({404, 410})
_CHUNK = 1 << 16


def read_web(address: Address, limits: Limits, given_up: Event) -> tuple[bytes, Address]:
    """What a web server answers, and the address that answered in the end.

    Args:
        given_up: set when nobody waits for it any more.

    Raises:
        AbsentError: the server has no such document.
        InputError: it can't be reached, redirects in circles, answers otherwise, or at too great a length.
    """
    opener = _opener()
    asked = address
    for _ in range(limits.redirects + 1):
        try:
            with _open(opener, asked, limits) as answer:
                if answer.status not in _MOVED:
                    return _body(answer, asked, limits, given_up), asked
                asked = _moved(asked, answer.headers.get("Location"))
        except TimeoutError:
            raise InputError(f"no answer within {limits.connect:g} s", where=asked.shown) from None
        except URLError as error:
            raise _unreachable(error, asked, limits) from None
        except (HTTPException, OSError) as error:
            told = asked.scrubbed(str(error)) or type(error).__name__
            raise InputError(f"the connection broke: {told}", where=asked.shown) from None
    raise InputError(f"redirected more than {limits.redirects} times", where=address.shown)


def _opener() -> OpenerDirector:
    """An opener for http and https, through the proxies that the environment names; it follows nothing."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    return opener


def _open(opener: OpenerDirector, address: Address, limits: Limits) -> HTTPResponse:
    request = Request(address.bare, headers={"User-Agent": f"polyaxon-sdk/{__version__}"})  # noqa: S310  # web only
    if address.credentials:
        word = b64encode(":".join(address.credentials).encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {word}")
    return cast(HTTPResponse, opener.open(request, timeout=limits.connect))


def _moved(address: Address, location: str | None) -> Address:
    if not location:
        raise InputError("redirected to nowhere", where=address.shown)
    target = address.joined(location)
    if not target.is_web or (address.parts.scheme, target.parts.scheme) == ("https", "http"):
        raise InputError(f"redirected to {target.shown}", where=address.shown, expected="https")
    return target


def _body(answer: HTTPResponse, address: Address, limits: Limits, given_up: Event) -> bytes:
    if answer.status != 200:
        kind = AbsentError if answer.status in _ABSENT else InputError
        told = f"{answer.status} {responses.get(answer.status, '')}".rstrip()
        raise kind(f"the server answers {told}", where=address.shown)
    if answer.headers.get_content_type() == "text/html":
        raise InputError("a web page", where=address.shown, expected="the address of the raw file")
    told = answer.headers.get("Content-Length", "")
    size = int(told[:18]) if told.isdecimal() else 0
    body = b""
    while len(body) <= limits.size >= size and not given_up.is_set():
        chunk = answer.read1(_CHUNK)
        if not chunk:
            break
        body += chunk
    if max(size, len(body)) > limits.size:
        raise limits.too_large(address)
    if len(body) < size:
        raise InputError(f"cut off after {len(body)} of {size} bytes", where=address.shown)
    return body


def _unreachable(error: URLError, address: Address, limits: Limits) -> InputError:
    if isinstance(error.reason, TimeoutError):
        return InputError(f"no connection within {limits.connect:g} s", where=address.shown)
    told = getattr(error.reason, "strerror", None) or error.reason
    return InputError(f"can't be reached: {address.scrubbed(str(told))}", where=address.shown)
