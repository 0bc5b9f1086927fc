"""What tests planted, and where it is."""

from pathlib import Path

__all__ = ["found_in"]


def found_in(folder: Path, texts: list[str]) -> set[str]:
    """Which of `texts` are in the files below `folder`, or in their names."""
    data = b"".join(str(path).encode() + b"\n" for path in folder.rglob("*"))
    data += b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {text for text in texts if text.encode() in data}
