"""What a person can set: each setting with its variable, its default and its meaning."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["KNOWN", "Setting"]


class Setting:
    """One thing that a person can set: by `POLYAXON_<NAME>`, or in `config.yaml` where `saved` is true.

    What has a `unit` is a number of them, `least` or more.
    """

    __slots__ = ("default", "least", "meaning", "name", "saved", "unit")

    def __init__(
        self, name: str, default: str, meaning: str, *, saved: bool = False, unit: str = "", least: int = 0
    ) -> None:
        self.name = name
        self.default = default
        self.meaning = meaning
        self.saved = saved
        self.unit = unit
        self.least = least

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"POLYAXON_{self.name.upper()}"


KNOWN: Mapping[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("home", "", "the folder of runs, index and configuration (default: .polyaxon in your home)"),
        Setting(
            "cache",
            "",
            "this machine's folder for what can be made anew (default: .cache/polyaxon in your home)",
        ),
        Setting(
            "index_url",
            "",
            "the PostgreSQL server that keeps the index, for a team: postgresql://host/name; "
            "empty: a file of the home",
            saved=True,
        ),
        Setting("project", "default", "the project of new runs", saved=True),
        Setting(
            "artifacts_store",
            "",
            "the URL, or the connection, that runs are shipped to; empty: they stay in the home",
            saved=True,
        ),
        Setting(
            "read_store",
            "",
            "the URL of a store whose runs `RunClient` and what reads of `polyaxon ops` show in place of the home's",
            saved=True,
        ),
        Setting(
            "connections",
            "",
            "stores and services by name: a list of `{name, kind, schema}`",
            saved=True,
        ),
        Setting(
            "ship_interval",
            "10",
            "seconds between two shipments of a running run",
            saved=True,
            unit="seconds",
        ),
        Setting(
            "ship_bandwidth",
            "0",
            "bytes a second that shipping may take, all files together; 0: all",
            saved=True,
            unit="bytes a second",
        ),
        Setting(
            "ship_requests",
            "32",
            "requests that shipping makes at once, at most",
            saved=True,
            unit="requests",
            least=1,
        ),
        Setting(
            "ship_chunks",
            "0",
            "MiB from which a file ships only the chunks that are new to its run; 0: files ship whole",
            saved=True,
            unit="MiB",
        ),
        Setting("ship_mirror", "false", "take outputs out of the store that were deleted here", saved=True),
        Setting(
            "ship_wait",
            "",
            "seconds that the end of a script waits until its run is shipped; empty: none where the process beside "
            "it goes on without it, else 30",
            saved=True,
            unit="seconds",
        ),
        Setting(
            "sync_interval",
            "2",
            "seconds of what is logged that a loss of power may cost",
            saved=True,
            unit="seconds",
        ),
        Setting(
            "max_parallel",
            "0",
            "runs of the home that are carried out at once; 0: no limit",
            saved=True,
            unit="runs",
        ),
        Setting(
            "stop_grace",
            "15",
            "seconds that the processes of a run have to end by themselves once asked to, before they are killed",
            saved=True,
            unit="seconds",
        ),
        Setting(
            "queues",
            "",
            "how many runs of a queue are carried out at once: `QUEUE=NUMBER`, separated by commas; others: no limit",
            saved=True,
        ),
        Setting(
            "max_cpu",
            "",
            "cpus that runs which ask for some take together, such as 4 or 500m; empty: those of this machine",
            saved=True,
        ),
        Setting(
            "max_memory",
            "",
            "memory that runs which ask for some take together, such as 16Gi; empty: that of this machine",
            saved=True,
        ),
        Setting(
            "gpus",
            "",
            "how many GPUs runs share; any: they are neither counted nor assigned; empty: those of this machine",
            saved=True,
        ),
        Setting(
            "warm_starts",
            "true",
            "fork the runs of a decorated function in a dag or a search from a process that has imported it",
            saved=True,
        ),
        Setting(
            "missed_ticks",
            "last",
            "which runs of a schedule are made up for that were due while no agent looked: skip, last or all",
            saved=True,
        ),
        Setting("timezone", "", "the time zone of cron lines; empty: that of this machine", saved=True),
        Setting("track_code", "true", "capture git commit and diff", saved=True),
        Setting("track_env", "true", "capture python and package versions", saved=True),
        Setting("track_logs", "true", "capture what a script run by hand prints", saved=True),
        Setting("collect_artifacts", "true", "ship runs to the store, where there is one", saved=True),
        Setting("collect_resources", "true", "sample cpu, memory, load and gpu", saved=True),
        Setting(
            "hub",
            "",
            "folders and URLs that hold components by name and tag, separated by commas",
            saved=True,
        ),
        Setting(
            "git_mirrors",
            "",
            "where repositories lie whose URLs begin so, as `URL=PLACE`, separated by commas",
            saved=True,
        ),
        Setting(
            "url_mirrors",
            "",
            "where documents lie whose URLs begin so, as `URL=PLACE`, separated by commas",
            saved=True,
        ),
        Setting(
            "image_commands",
            "",
            "what images run by themselves, where a container has no command, as `IMAGE=COMMAND`, separated by commas",
            saved=True,
        ),
        Setting(
            "trusted",
            "",
            "URLs and folders, separated by commas, from which operations run without being asked for",
            saved=True,
        ),
        Setting("use_git_registry", "false", "look components up in `public_registry` too"),
        Setting(
            "public_registry",
            "https://raw.githubusercontent.com/polyaxon/polyaxon-hub/master",
            "the URL of components that `use_git_registry` turns on",
        ),
        Setting(
            "secret_names",
            "",
            "more names whose values are masked wherever they are written down, separated by commas",
            saved=True,
        ),
        Setting(
            "secret_patterns",
            "",
            "more regular expressions of what is masked, separated by blanks",
            saved=True,
        ),
        Setting("secret_inputs", "", "set by a runner: inputs that it writes down nowhere, as JSON"),
        Setting("connections_catalog", "", "set by a cluster: what `get_connections_catalog` tells, as JSON"),
        Setting("no_op", "false", "make every tracking call do nothing"),
        Setting("is_offline", "false", "accepted for existing scripts: every run here is offline"),
        Setting("offline_root", "", "the folder that takes the home's place where `is_offline` is true"),
        Setting("is_managed", "false", "set by a runner: the script attaches to the run it was started for"),
        Setting("run_uuid", "", "the run to attach to"),
        Setting("run_instance", "", "the run to attach to, as `owner.project.runs.uuid`"),
        Setting(
            "run_process",
            "",
            "set by `tracking.init()` for the processes that a script starts: they join its run",
        ),
    )
}
