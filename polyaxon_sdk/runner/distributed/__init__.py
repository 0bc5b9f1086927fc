"""Runs of several replicas, as training operators start them on a cluster, as processes of this machine."""
