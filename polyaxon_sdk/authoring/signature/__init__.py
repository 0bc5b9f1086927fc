"""What a function's signature and docstring say."""

from __future__ import annotations

from polyaxon_sdk.authoring.signature.parameter import Parameter
from polyaxon_sdk.authoring.signature.whole import Signature, read_signature

__all__ = ["Parameter", "Signature", "read_signature"]
