"""What public scripts call our clients with: the names of public Polyaxon 2.18, and their order."""

import inspect

import pytest

from polyaxon_sdk.client import ProjectClient, RunClient

OF_RUNS = {
    "__init__": "owner project run_uuid client is_offline no_op manual_exceptions_handling log_context",
    "create": "name description tags content",
    "create_from_hub": "component name description tags params presets",
    "create_from_polyaxonfile": "polyaxonfile name description tags params presets",
    "create_from_url": "url name description tags params presets",
    "delete_artifact": "path",
    "delete_artifacts": "path",
    "download_artifact": "path force path_to",
    "download_artifacts": "path path_to untar delete_tar check_path",
    "get_artifact": "path stream force",
    "get_artifacts_lineage": "query sort limit offset",
    "get_artifacts_tree": "path",
    "get_events": "kind names orient force",
    "get_logs": "last_file last_time",
    "get_metrics": "names force",
    "get_metrics_as_bar_chart": "x y color barmode",
    "get_metrics_as_line_chart": "x y color",
    "get_metrics_as_scatter_chart": "x y color",
    "get_multi_run_events": "kind runs names orient force",
    "get_runs_as_hiplot": "query sort limit offset",
    "get_runs_io": "query sort limit offset",
    "get_statuses": "last_status",
    "list": "query sort limit offset all_projects",
    "list_children": "query sort limit offset",
    "load_offline_run": "path",
    "persist_run": "path",
    "promote_to_artifact_version": "version description tags content connection artifacts force",
    "pull_remote_run": "path download_artifacts",
    "push_offline_run": "path upload_artifacts clean agent ignore_agent_host ignore_store",
    "refresh_data": "load_artifacts_lineage load_conditions load_metrics",
    "restart": "content copy recompile copy_dirs copy_files name description tags",
    "resume": "content recompile name description tags",
    "transfer": "to_project async_req",
    "update": "data async_req",
    "upload_artifact": "filepath path overwrite show_progress agent ignore_agent_host",
    "upload_artifacts": "files path overwrite relative_to agent ignore_agent_host",
    "upload_artifacts_dir": "dirpath path overwrite relative_to agent ignore_agent_host",
    "wait_for_condition": "statuses print_status live_update",
    "watch_logs": "hide_time all_info",
    "watch_statuses": "statuses",
}
OF_PROJECTS = {
    "__init__": "owner project client is_offline no_op manual_exceptions_handling log_context",
    "approve_runs": "uuids",
    "copy_artifact_version": "version to_project name description tags content force",
    "copy_version": "kind version to_project name description tags content force",
    "create": "data",
    "create_artifact_version": "data",
    "create_version": "kind data",
    "delete_artifact_version": "version",
    "delete_runs": "uuids",
    "delete_version": "kind version",
    "get_artifact_version": "version",
    "get_artifact_version_stages": "version",
    "get_version": "kind version",
    "get_version_stages": "kind version",
    "invalidate_runs": "uuids",
    "list": "query sort limit offset",
    "list_artifact_versions": "query sort limit offset",
    "list_runs": "query sort limit offset",
    "list_versions": "kind query sort limit offset",
    "patch_artifact_version": "version data",
    "patch_version": "kind version data",
    "pull_artifact_version": "version path download_artifacts",
    "pull_version": "kind version path download_artifacts",
    "push_artifact_version": "version path force clean",
    "push_version": "kind version path force clean",
    "register_artifact_version": "version description tags content run connection artifacts force",
    "register_version": "kind version description tags content run connection artifacts force",
    "skip_runs": "uuids",
    "stage_artifact_version": "version stage reason message last_transition_time last_update_time",
    "stage_version": "kind version stage reason message last_transition_time last_update_time",
    "stop_runs": "uuids",
    "tag_runs": "uuids tags",
    "transfer_artifact_version": "version to_project",
    "transfer_runs": "uuids to_project",
    "transfer_version": "kind version to_project",
    "update": "data",
}
OURS = {"download_artifact": "path_to", "get_logs": "replica", "watch_logs": "replica"}
"""What public Polyaxon takes there is true or false, or means nothing here."""


def parameters(client: type, method: str) -> dict[str, inspect.Parameter]:
    """The arguments of a method, without `self`."""
    found = dict(inspect.signature(getattr(client, method)).parameters)
    found.pop("self", None)
    return found


CALLS = [(RunClient, *each) for each in OF_RUNS.items()] + [
    (ProjectClient, *each) for each in OF_PROJECTS.items()
]


@pytest.mark.parametrize(
    ("client", "method", "names"), CALLS, ids=lambda each: str(getattr(each, "__name__", each))
)
def test_arguments_are_called_as_public_scripts_call_them(client: type, method: str, names: str) -> None:
    assert set(names.split()) <= parameters(client, method).keys()


@pytest.mark.parametrize(
    ("client", "method", "names"), CALLS, ids=lambda each: str(getattr(each, "__name__", each))
)
def test_arguments_stand_where_public_scripts_put_them(client: type, method: str, names: str) -> None:
    by_place = [
        each.name for each in parameters(client, method).values() if each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    known = [name for name in by_place if name != OURS.get(method)]
    public = [name for name in names.split() if name in known]
    assert known[: len(public)] == public
