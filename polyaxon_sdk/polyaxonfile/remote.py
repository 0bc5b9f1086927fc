"""Documents from elsewhere: the web, and everything that fsspec reads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Event, Thread
from typing import TypeVar

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import AbsentError, Address
from polyaxon_sdk.polyaxonfile.limits import Limits
from polyaxon_sdk.polyaxonfile.web import read_web

__all__ = ["fetch", "names_below"]

T = TypeVar("T")

_EXTRAS = {
    "s3": "s3",
    "s3a": "s3",
    "gs": "gcs",
    "gcs": "gcs",
    "az": "azure",
    "abfs": "azure",
    "abfss": "azure",
}


def fetch(address: Address, limits: Limits) -> tuple[bytes, Address]:
    """The bytes at an address, and the address that answered in the end.

    Raises:
        AbsentError: there is nothing.
        InputError: it can't be read, is too large, or takes too long.

    >>> fetch(Address.parse("https://example.com/train.yml"), Limits())             # doctest: +SKIP
    """
    read = read_web if address.is_web else _read_store
    return _in_time(lambda given_up: read(address, limits, given_up), address, limits)


def names_below(address: Address, limits: Limits) -> list[str]:
    """The names of what lies under an address, as far as it can tell: a web server can't.

    Raises:
        InputError: it can't be read, or takes too long.
    """
    if address.is_web:
        return []
    return _in_time(lambda _: _list_store(address), address, limits)


def _in_time(work: Callable[[Event], T], address: Address, limits: Limits) -> T:
    """What `work` gives within the deadline.

    It runs in a daemon thread, since neither a look-up of a name nor a server that drips its headers, nor a
    library of another store, can be held to a time from within.
    """
    given_up, future = Event(), Future[T]()

    def run() -> None:
        try:
            future.set_result(work(given_up))
        except BaseException as error:  # the edge of the thread: whoever waits gets it
            future.set_exception(error)

    Thread(target=run, name="polyaxon-fetch", daemon=True).start()
    wait([future], timeout=limits.whole)
    if not future.done():
        given_up.set()
        raise InputError(f"not finished after {limits.whole:g} s", where=address.shown)
    return future.result()


def _read_store(address: Address, limits: Limits, _given_up: Event) -> tuple[bytes, Address]:
    def read() -> bytes:
        import fsspec  # 20 ms, for those who read from a store

        with fsspec.open(address.text, "rb") as file:
            found: bytes = file.read(limits.size + 1)
        return found

    raw = _told(read, address)
    if len(raw) > limits.size:
        raise limits.too_large(address)
    return raw, address


def _list_store(address: Address) -> list[str]:
    def read() -> list[str]:
        import fsspec  # as above

        system, path = fsspec.core.url_to_fs(address.text)
        return [str(found).rstrip("/").rpartition("/")[2] for found in system.ls(path, detail=False)]

    return _told(read, address)


def _told(read: Callable[[], T], address: Address) -> T:
    """What `read` gives; what a store's own library raises is told in one line, without credentials."""
    try:
        return read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise AbsentError("nothing is there", where=address.shown) from None
    except ImportError as error:
        scheme = address.parts.scheme
        extra = _EXTRAS.get(scheme)
        told = f"pip install 'polyaxon-sdk[{extra}]'" if extra else address.scrubbed(str(error))
        raise InputError(
            f"{scheme}:// needs a package that isn't here: {told}", where=address.shown
        ) from None
    except Exception as error:  # each store's library has errors of its own, and fsspec no family for them
        told = address.scrubbed(str(error)) or type(error).__name__
        raise InputError(f"can't be read: {told}", where=address.shown) from None
