"""V1ConnectionKind: what a connection may be."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias

__all__ = ["ConnectionKind", "V1ConnectionKind"]


class V1ConnectionKind(StrEnum):
    """What a connection may be (semantics 1.18).

    >>> V1ConnectionKind.S3 == "s3"
    True
    """

    HOST_PATH = "host_path"
    VOLUME_CLAIM = "volume_claim"
    GCS = "gcs"
    S3 = "s3"
    WASB = "wasb"
    REGISTRY = "registry"
    GIT = "git"
    AWS = "aws"
    GCP = "gcp"
    AZURE = "azure"
    MYSQL = "mysql"
    POSTGRES = "postgres"
    ORACLE = "oracle"
    VERTICA = "vertica"
    SQLITE = "sqlite"
    MSSQL = "mssql"
    REDIS = "redis"
    PRESTO = "presto"
    MONGO = "mongo"
    CASSANDRA = "cassandra"
    FTP = "ftp"
    GRPC = "grpc"
    HDFS = "hdfs"
    HTTP = "http"
    PIG_CLI = "pig_cli"
    HIVE_CLI = "hive_cli"
    HIVE_METASTORE = "hive_metastore"
    HIVE_SERVER2 = "hive_server2"
    JDBC = "jdbc"
    JENKINS = "jenkins"
    SAMBA = "samba"
    SNOWFLAKE = "snowflake"
    SSH = "ssh"
    CLOUDANT = "cloudant"
    DATABRICKS = "databricks"
    SEGMENT = "segment"
    SLACK = "slack"
    TEAMS = "teams"
    EMAIL = "email"
    DISCORD = "discord"
    MATTERMOST = "mattermost"
    PAGERDUTY = "pagerduty"
    HIPCHAT = "hipchat"
    WEBHOOK = "webhook"
    CUSTOM = "custom"


ConnectionKind: TypeAlias = Literal[
    "host_path", "volume_claim", "gcs", "s3", "wasb", "registry", "git", "aws", "gcp", "azure",
    "mysql", "postgres", "oracle", "vertica", "sqlite", "mssql", "redis", "presto", "mongo",
    "cassandra", "ftp", "grpc", "hdfs", "http", "pig_cli", "hive_cli", "hive_metastore",
    "hive_server2", "jdbc", "jenkins", "samba", "snowflake", "ssh", "cloudant", "databricks",
    "segment", "slack", "teams", "email", "discord", "mattermost", "pagerduty", "hipchat",
    "webhook", "custom",
]  # fmt: skip
"""The words of `V1ConnectionKind`."""
