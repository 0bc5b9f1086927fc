"""Tokens of clouds."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib import import_module

__all__ = ["with_token"]


def with_token(variables: Mapping[str, str], *, write: bool) -> str:
    """A connection string of Azure with a token that lets one read, or write too, in place of the account's key."""
    blob = import_module("azure.storage.blob")  # adlfs brings it
    text = variables["AZURE_STORAGE_CONNECTION_STRING"]
    said = dict(part.partition("=")[::2] for part in text.split(";"))
    token = blob.generate_account_sas(
        said["AccountName"],
        said["AccountKey"],
        blob.ResourceTypes(service=True, container=True, object=True),
        blob.AccountSasPermissions(read=True, list=True, write=write, create=write, delete=write),
        datetime.now(UTC) + timedelta(hours=1),
    )
    return f"BlobEndpoint={said['BlobEndpoint']};SharedAccessSignature={token}"
