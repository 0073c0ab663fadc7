"""What checkers want of CronJobs and Jobs."""
import re

from .cluster import at
from .registry import rule
from .workloads import settings

settings("cron-deadline", ("CronJob",), "startingDeadlineSeconds", "A run that was missed is started late or not at all, not all at once")
settings("cron-concurrency", ("CronJob",), "concurrencyPolicy", "It is said whether a run may begin while the last one goes on")
settings("cron-time-zone", ("CronJob",), "timeZone", "A schedule says whose clock it follows")


@rule("cron-history", "It is said how many finished runs of a CronJob are kept")
def cron_history(cluster):
    for item in cluster.of("CronJob"):
        for key in ("successfulJobsHistoryLimit", "failedJobsHistoryLimit"):
            if at(item.spec, key) is None:
                yield item, f"{key} is missing"


@rule("cron-schedule", "A schedule has five fields and no time zone in it")
def cron_schedule(cluster):
    for item in cluster.of("CronJob"):
        schedule = at(item.spec, "schedule", default="")
        if not re.fullmatch(r"\S+( \S+){4}|@(hourly|daily|midnight|weekly|monthly|yearly|annually)", schedule):
            yield item, f"schedule is `{schedule}`"


@rule("cron-no-ttl", "A CronJob's history limits clear up after it, not a time to live")
def cron_no_ttl(cluster):
    for item in cluster.of("CronJob"):
        if at(item.spec, "jobTemplate", "spec", "ttlSecondsAfterFinished") is not None:
            yield item, "ttlSecondsAfterFinished is set"


settings("job-ttl", ("Job",), "ttlSecondsAfterFinished", "A Job of its own goes away some time after it has finished")


@rule("job-restart", "Pods of jobs end: restartPolicy is Never or OnFailure")
def job_restart(cluster):
    for pod in cluster.pods:
        if pod.owner.kind in ("Job", "CronJob") and at(pod.spec, "restartPolicy") not in ("Never", "OnFailure"):
            yield pod.owner, f"restartPolicy is {at(pod.spec, 'restartPolicy')}"
