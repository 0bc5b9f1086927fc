"""Each name of the specification that `polyaxon.schemas` 2.18 has is here too, or docs/deviations.md says why not."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest

from polyaxon_sdk import polyflow
from polyaxon_sdk.alias import schemas
from tests.house import ROOT

PUBLIC = """
    AcquisitionFunctions GaussianProcessConfig GaussianProcessesKernels LifeCycle LiveState ManagedBy ParamSpec
    PullPolicy UtilityFunctionConfig V1Activity V1Agent V1AgentStateResponse V1AgentStateResponseAgentState
    V1AgentStatusBodyRequest V1AnalyticsSpec V1ArtifactKind V1ArtifactTree V1ArtifactsMount V1ArtifactsType
    V1Auth V1Bayes V1BucketConnection V1Build V1Cache V1ClaimConnection V1CleanPodPolicy V1CleanerJob V1Cloning
    V1CloningKind V1Compatibility V1CompiledOperation V1Component V1Connection V1ConnectionKind
    V1ConnectionResource V1ConnectionResponse V1CreatePtyRequest V1Credentials V1CronSchedule V1Dag V1DagRef
    V1Dashboard V1DashboardSpec V1DaskCluster V1DaskReplica V1DateTimeSchedule V1DiffStoppingPolicy
    V1DockerfileType V1EntitiesTags V1EntitiesTransfer V1EntityNotificationBody V1EntityStageBodyRequest
    V1EntityStatusBodyRequest V1Environment V1Event V1EventArtifact V1EventAudio V1EventChart V1EventChartKind
    V1EventConfusionMatrix V1EventCurve V1EventCurveKind V1EventDataframe V1EventHistogram V1EventImage
    V1EventKind V1EventModel V1EventTrigger V1EventType V1EventVideo V1Events V1EventsResponse V1ExecBgList
    V1ExecBgLogs V1ExecBgRequest V1ExecBgStart V1ExecBgStatus V1ExecRequest V1ExecResult V1FailureEarlyStopping
    V1FileType V1FsEntry V1FsListResult V1FsMkdirRequest V1FsPathResult V1FsStatResult V1GcsType V1GitConnection
    V1GitType V1GridSearch V1Hook V1HostConnection V1HostPathConnection V1HpChoice V1HpDateRange
    V1HpDateTimeRange V1HpGeomSpace V1HpLinSpace V1HpLogNormal V1HpLogSpace V1HpLogUniform V1HpNormal
    V1HpPChoice V1HpQLogNormal V1HpQLogUniform V1HpQNormal V1HpQUniform V1HpRange V1HpUniform V1HubRef
    V1Hyperband V1IO V1Init V1Installation V1IntervalSchedule V1Iterative V1Job V1Join V1JoinParam V1KFReplica
    V1ListActivitiesResponse V1ListAgentsResponse V1ListBookmarksResponse V1ListConnectionsResponse
    V1ListDashboardsResponse V1ListOrganizationMembersResponse V1ListOrganizationsResponse V1ListPresetsResponse
    V1ListProjectVersionsResponse V1ListProjectsResponse V1ListQueuesResponse V1ListRunArtifactsResponse
    V1ListRunConnectionsResponse V1ListRunEdgesResponse V1ListRunsResponse V1ListSearchesResponse
    V1ListServiceAccountsResponse V1ListTagsResponse V1ListTeamMembersResponse V1ListTeamsResponse
    V1ListTokenResponse V1Log V1LogHandler V1Logs V1MPIJob V1Mapping V1Matrix V1MatrixKind
    V1MedianStoppingPolicy V1MetricEarlyStopping V1MultiEventsResponse V1Notification V1NotifierJob V1Operation
    V1OperationBody V1Optimization V1OptimizationMetric V1OptimizationResource V1Organization
    V1OrganizationMember V1Param V1PasswordChange V1PatchStrategy V1PathRef V1PingResponse V1Pipeline
    V1PipelineKind V1Plugins V1PolyaxonCleaner V1PolyaxonInitContainer V1PolyaxonNotifier
    V1PolyaxonSidecarContainer V1Polyaxonfile V1Preset V1Project V1ProjectFeature V1ProjectSettings
    V1ProjectVersion V1ProjectVersionKind V1Pty V1PtyList V1PytorchJob V1Queue V1RandomSearch V1RayCluster
    V1RayReplica V1ResizePtyRequest V1ResourceType V1Run V1RunArtifact V1RunArtifacts V1RunConnection V1RunEdge
    V1RunEdgeKind V1RunKind V1RunPending V1RunReferenceCatalog V1RunResources V1RunSettings V1Runtime V1S3Type
    V1ScheduleKind V1SchedulingPolicy V1Search V1SearchSpec V1SectionSpec V1Service V1ServiceAccount
    V1SettingsCatalog V1SignalRequest V1Stage V1StageCondition V1Stages V1Status V1StatusCondition V1Statuses
    V1TFJob V1TPE V1Tag V1Team V1TeamMember V1TeamSettings V1Template V1TensorboardType V1Termination V1Token
    V1TrialStart V1TriggerPolicy V1TruncationStoppingPolicy V1Tuner V1TunerJob V1UriType V1UrlRef V1User
    V1UserAccess V1UserEmail V1UserSingup V1Uuids V1Version V1WasbType
""".split()  # noqa: SIM905  # a list of so many words would take as many lines

DEVIATIONS = (ROOT / "docs" / "deviations.md").read_text(encoding="utf-8")
ABSENT = [
    name
    for row in re.findall(
        r"^\| (`.*?) \|", DEVIATIONS.partition("## Names of")[2].partition("\n## ")[0], re.MULTILINE
    )
    for name in re.findall(r"`([\w*]+)`", row)
]


def test_each_public_name_is_here_or_said_to_be_absent() -> None:
    missing = sorted(set(PUBLIC) - set(dir(schemas)))
    assert [name for name in missing if not any(fnmatchcase(name, each) for each in ABSENT)] == []


def test_nothing_is_said_to_be_absent_that_is_here() -> None:
    assert sorted(set(ABSENT) & {*dir(schemas), *polyflow.__all__}) == []


@pytest.mark.parametrize("name", polyflow.__all__)
def test_each_name_opens(name: str) -> None:
    assert getattr(polyflow, name).__module__
