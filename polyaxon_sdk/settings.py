"""Settings: the only reader of environment variables and of the home's `config.yaml`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.rank import Rank, rank_in, whole
from polyaxon_sdk.setting import KNOWN
from polyaxon_sdk.setting_values import flag_in, listed, number_in, pairs_in, queues_in
from polyaxon_sdk.workplace import project_here

__all__ = [
    "Rank",
    "Settings",
    "export",
    "held",
    "inherited",
    "load",
    "rank_of",
    "replace_environment",
    "saved_state",
    "write",
]


def _copied(text: str) -> str:
    return text.encode().decode()


_LOADED = [tuple(map(_copied, (each.name, each.variable, each.default))) for each in KNOWN.values()]
"""Copies of the texts lie side by side: a forked process copies the memory around each that it reads."""


class Settings:
    """The settings in force, each with the place that it comes from.

    Attributes:
        texts: by the names of the settings.
        sources: likewise: a variable, a file, or `default`.

    >>> load(environ={"POLYAXON_PROJECT": "digits"}).project
    'digits'
    """

    __slots__ = ("sources", "texts")

    def __init__(self, texts: Mapping[str, str], sources: Mapping[str, str]) -> None:
        self.texts = texts
        self.sources = sources

    @property
    def home(self) -> Path:
        """The folder of runs, index and configuration."""
        return Path(self.texts["home"])

    @property
    def runs(self) -> Path:
        """The folder that holds one folder a run."""
        return self.home / "runs"

    @property
    def spools(self) -> Iterator[Path]:
        """This machine's folders for journals of runs on a network, the best first: they outlive a reboot.

        Most runs are on no network and ask for none, so that each is worked out as it is asked for.
        """
        yield Path(f"/var/tmp/polyaxon-{os.getuid()}")  # noqa: S108  # taken only where it is this person's alone
        yield self.cache / "spool"

    @property
    def cache(self) -> Path:
        """This machine's folder for what can be made anew."""
        text = self.texts["cache"]
        return Path(os.path.expanduser(text or os.path.join("~", ".cache", "polyaxon")))

    @property
    def index_url(self) -> str | None:
        """The PostgreSQL server that keeps the index, or None where a file of the home does."""
        return self.texts["index_url"] or None

    @property
    def project(self) -> str:
        """The project of new runs."""
        return self.texts["project"]

    @property
    def artifacts_store(self) -> str | None:
        """The URL that runs are shipped to, or None where they stay in the home."""
        return self.texts["artifacts_store"] or None

    @property
    def read_store(self) -> str | None:
        """The URL of the store whose runs are read in place of the home's, or None."""
        return self.texts["read_store"] or None

    @property
    def ship_interval(self) -> float:
        """Seconds between two shipments of a running run."""
        return self.number("ship_interval")

    @property
    def ship_bandwidth(self) -> float | None:
        """Bytes a second that shipping may take; None: all there are."""
        return self.number("ship_bandwidth") or None

    @property
    def ship_requests(self) -> int:
        """How many requests shipping makes at once, at most; one at least."""
        return int(self.number("ship_requests"))

    @property
    def max_parallel(self) -> int:
        """How many runs of the home are carried out at once; 0 for all."""
        return int(self.number("max_parallel"))

    @property
    def queues(self) -> dict[str, int]:
        """How many runs of a queue are carried out at once, by its name.

        Raises:
            InputError: an item names no number.
        """
        return queues_in(self.texts["queues"], where=self.sources["queues"])

    @property
    def ship_wait(self) -> float | None:
        """Seconds that the end of a script waits until its run is shipped; None: as many as its place asks for."""
        return self.number("ship_wait") if self.texts["ship_wait"] else None

    @property
    def chunk_from(self) -> int | None:
        """Bytes from which a file ships in chunks, or None where all ship whole."""
        return int(self.number("ship_chunks") * (1 << 20)) or None

    @property
    def sync_interval(self) -> float:
        """Seconds between two syncs of what is logged to the disk itself."""
        return self.number("sync_interval")

    @property
    def hubs(self) -> tuple[str, ...]:
        """The folders and URLs in which components are looked up, between the home's and the package's."""
        registry = (self.texts["public_registry"],) if self.flag("use_git_registry") else ()
        return (*listed(self.texts["hub"]), *registry)

    @property
    def git_mirrors(self) -> dict[str, str]:
        """Where repositories lie, a URL or a folder, by what their URLs begin with.

        Raises:
            InputError: an item names no place.
        """
        return self._places("git_mirrors")

    @property
    def url_mirrors(self) -> dict[str, str]:
        """Where documents lie, a URL or a folder, by what their URLs begin with.

        Raises:
            InputError: an item names no place.
        """
        return self._places("url_mirrors")

    def _places(self, name: str) -> dict[str, str]:
        pairs = self._pairs(name, "URL=PLACE").items()
        return {url: os.path.expanduser(place) for url, place in pairs}

    @property
    def image_commands(self) -> dict[str, str]:
        """What an image runs by itself, as a shell would split it, by the image's name, with or without a tag.

        Raises:
            InputError: an item names no command.
        """
        return self._pairs("image_commands", "IMAGE=COMMAND")

    def _pairs(self, name: str, expected: str) -> dict[str, str]:
        return pairs_in(self.texts[name], name, where=self.sources[name], expected=expected)

    @property
    def trusted(self) -> tuple[str, ...]:
        """The URLs and folders from which operations run without being asked for."""
        return listed(self.texts["trusted"])

    @property
    def secret_names(self) -> tuple[str, ...]:
        """More names whose values are masked."""
        return listed(self.texts["secret_names"])

    @property
    def secret_patterns(self) -> tuple[str, ...]:
        """More regular expressions of what is masked."""
        return tuple(self.texts["secret_patterns"].split())

    @property
    def run_uuid(self) -> str | None:
        """The run that a runner started this process for."""
        instance = self.texts["run_instance"]
        return self.texts["run_uuid"] or instance.rpartition(".")[2] or None

    @property
    def run_process(self) -> int | None:
        """The process whose run `run_uuid` is, where one that was tracking started this one."""
        number = whole(self.texts["run_process"])
        return None if number == os.getpid() else number

    def offline(self) -> Settings:
        """The same with the offline root, where there is one, for a home."""
        root = self.texts["offline_root"]
        return self.replaced(home=os.path.abspath(os.path.expanduser(root))) if root else self

    def replaced(self, **texts: str) -> Settings:
        """The same with other texts for some of them."""
        return Settings({**self.texts, **texts}, self.sources)

    def flag(self, name: str) -> bool:
        """A setting that is on or off.

        Raises:
            InputError: the text is no boolean.
        """
        return flag_in(self.texts[name], name, where=self.sources[name])

    def number(self, name: str) -> float:
        """A setting that counts something, as its unit says.

        Raises:
            InputError: the text is no such number.
        """
        return number_in(self.texts[name], KNOWN[name], where=self.sources[name])

    def usable(self, *names: str) -> tuple[Settings, tuple[str, ...]]:
        """The same, with the defaults of those numbers that can't be read, and a line on each of them.

        What works beside a training goes on with these.
        """
        texts, lines = dict[str, str](), list[str]()
        for name in names:
            try:
                if self.texts[name]:
                    self.number(name)
            except InputError as error:
                texts[name] = KNOWN[name].default
                lines.append(f"{error}; it counts as {texts[name] or 'not set'}")
        return self.replaced(**texts) if texts else self, tuple(lines)


_HELD: list[Settings | None] = []


@contextmanager
def held() -> Iterator[None]:
    """Let what is done meanwhile read the settings once: that costs more than most of it.

    What people write, which may set variables, is not to be called meanwhile.
    """
    _HELD.append(_HELD[-1] if _HELD else None)
    try:
        yield
    finally:
        _HELD.pop()


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force now: environment before `config.yaml` before defaults.

    The project of the folder that this process works in (`polyaxon init`) goes before that of `config.yaml`.

    Raises:
        InputError: `config.yaml` can't be read as a mapping of known settings.
    """
    if not _HELD or environ is not None:
        return _read(environ)
    found = _HELD[-1]
    if found is None:
        found = _HELD[-1] = _read(None)
    return found


def _read(environ: Mapping[str, str] | None) -> Settings:
    env = _variables() if environ is None else environ
    home = _home_in(env)
    file = os.path.join(home, "config.yaml")
    here = None if KNOWN["project"].variable in env else project_here()
    source = env, _folder(), _version_of(file), here
    last = _LAST[0] if _LAST else None
    if environ is None and last is not None and last[0] == source:
        return last[1]
    found = _found(env, home, file, here)
    if environ is None:
        _LAST[:] = [(source, found)]
    return found


_LAST: list[tuple[object, Settings]] = []
"""What the settings were read from last, and they: who starts many runs asks for them several times a run."""


def _folder() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError:  # it was deleted
        return ""


def _version_of(file: str) -> tuple[int, int, int] | None:
    """What tells one content of a file from another; None where it is not there."""
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _found(env: Mapping[str, str], home: str, file: str, here: tuple[str, str] | None) -> Settings:
    saved = _saved_in(file)
    texts, sources = {}, {}
    for name, variable, default in _LOADED:
        if variable in env:
            texts[name], sources[name] = env[variable], variable
        elif name == "project" and here is not None:
            texts[name], sources[name] = here
        elif name in saved:
            texts[name], sources[name] = saved[name], file
        else:
            texts[name], sources[name] = default, "default"
    texts["home"] = os.path.abspath(home)
    found = Settings(texts, sources)
    return found.offline() if found.flag("is_offline") else found


def _home_in(env: Mapping[str, str]) -> str:
    return os.path.expanduser(env.get("POLYAXON_HOME") or os.path.join("~", ".polyaxon"))


def saved_state() -> object:
    """What tells the home's `config.yaml` from another one that it was, or will be; None where there is none."""
    return _version_of(os.path.join(_home_in(os.environ), "config.yaml"))


def _saved_in(file: str) -> dict[str, str]:
    """The settings that a file has, where there is one."""
    if not os.path.isfile(file):
        return {}
    from polyaxon_sdk.configuration import read_saved  # many homes have none

    return read_saved(Path(file))


def rank_of(environ: Mapping[str, str] | None = None) -> Rank | None:
    """Which of several processes this is; None where it is the only one, or nothing tells."""
    return rank_in(_variables() if environ is None else environ)


def export(variables: Mapping[str, str | None]) -> dict[str, str | None]:
    """Set variables for the processes that this one starts, or take those away that are None; what they were."""
    before = {name: os.environ.get(name) for name in variables}
    for name, value in variables.items():
        if value == before[name]:
            continue
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
    return before


def replace_environment(variables: Mapping[str, str]) -> None:
    """Let this process, forked from another one, have the variables that it would have been started with."""
    os.environ.clear()
    os.environ.update(variables)


def inherited(added: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child process: this process', with `added` above it."""
    return {**_variables(), **added}


_DECODED: list[tuple[dict[bytes, bytes], dict[str, str]]] = []


def _variables() -> Mapping[str, str]:
    """The variables of this process; those that are as they were are not decoded again, which takes `os.environ`
    longer than most of what asks for them."""
    encoded: dict[bytes, bytes] | None = getattr(os.environ, "_data", None)
    if encoded is None:
        return dict(os.environ)
    known = _DECODED[0] if _DECODED else None
    if known is None or known[0] != encoded:
        known = encoded.copy(), dict(os.environ)
        _DECODED[:] = [known]
    return known[1]


def write(name: str, value: str, *, environ: Mapping[str, str] | None = None) -> Path:
    """Set `name` in the home's `config.yaml`; an empty value takes it out. Returns the file.

    Raises:
        InputError: no such setting, one that only the environment sets, or a value that it can't have.
    """
    import yaml  # third-party, and only `polyaxon config set` needs it

    from polyaxon_sdk.configuration import check_saved  # see above

    home = load(environ).home
    file = home / "config.yaml"
    check_saved(name, "config set")
    _check_value(name, value)
    texts = {**_saved_in(str(file)), name: value}
    if not value:
        del texts[name]
    home.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"config.yaml.{os.getpid()}")
    draft.write_text(yaml.safe_dump(texts, allow_unicode=True), encoding="utf-8")
    draft.replace(file)
    return file


def _check_value(name: str, value: str) -> None:
    """Read a value as the kind of thing that the default is; an empty one stands for the default."""
    settings, known = Settings({name: value}, {name: "config set"}), KNOWN[name]
    if value and known.default in {"true", "false"}:
        settings.flag(name)
    elif value and known.unit:
        settings.number(name)
