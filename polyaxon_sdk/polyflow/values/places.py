"""Texts with a form of their own: addresses, buckets, images, identifiers."""

from __future__ import annotations

import re
from uuid import UUID

__all__ = ["as_email", "as_gcs", "as_image", "as_path", "as_s3", "as_uri", "as_uuid", "as_wasb"]

_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+|[^\s:@/]+:[^\s@]*@\S+")
_EMAIL = re.compile(r"[^@\s]+@(localhost|([^@\s.]+\.)+[^@\s.]{2,})")
_WASB = re.compile(r"wasbs?://[^@/\s]+@[^@/\s.]+\.blob\.core\.windows\.net(/\S*)?")
_IMAGE = re.compile(
    r"(?P<host>[^/\s:@]+(:\d+)?/)?[^\s:@]+(:(?P<tag>[\w][\w.-]{0,127})|@sha256:[0-9a-fA-F]{64})?"
)


def as_path(value: object) -> str:
    """Any text."""
    return _matching(re.compile(r".*", re.DOTALL), value)


def as_uri(value: object) -> str:
    """`http://host/...`, `localhost:80` or `user:password@host`."""
    return _matching(_URI, value)


def as_email(value: object) -> str:
    """`name@example.com` or `name@localhost`."""
    return _matching(_EMAIL, value)


def as_image(value: object) -> str:
    """`name`, `name:tag`, `host:5000/name:tag` or `name@sha256:...`."""
    return _matching(_IMAGE, value)


def as_uuid(value: object) -> str:
    """32 hexadecimal digits, from a spelling with or without dashes.

    >>> as_uuid("1d2c3b4a-5968-7786-95a4-b3c2d1e0f9a8")
    '1d2c3b4a5968778695a4b3c2d1e0f9a8'
    """
    return UUID(str(value)).hex


def as_s3(value: object) -> str:
    """`s3://bucket/key`."""
    return _matching(re.compile(r"s3://[^/\s]+(/.*)?"), value)


def as_gcs(value: object) -> str:
    """`gs://bucket/blob`."""
    return _matching(re.compile(r"gs://[^/\s]+(/.*)?"), value)


def as_wasb(value: object) -> str:
    """`wasbs://container@account.blob.core.windows.net/path`."""
    return _matching(_WASB, value)


def _matching(form: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError
    return value
