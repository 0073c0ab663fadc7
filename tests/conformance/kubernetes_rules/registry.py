"""What a rule is, and how a finding is allowed: an annotation of the object that
breaks the rule, `envc.dev/allow.RULE: reason`."""
from dataclasses import dataclass
from typing import Callable

ALLOW = "envc.dev/allow."
RULES = {}


@dataclass
class Rule:
    id: str
    sentence: str
    check: Callable  # (Cluster) -> iterable of (Object, text)


@dataclass
class Finding:
    rule: str
    object: object
    text: str

    def __str__(self):
        return f"{self.object}: {self.text}"


def rule(id, sentence):
    """Registers a check under a stable id; the sentence says what holds where it finds nothing."""
    def register(check):
        assert id not in RULES, id
        RULES[id] = Rule(id, sentence, check)
        return check
    return register


def judge(cluster):
    """What no annotation allows, and annotations that allow nothing."""
    found = [Finding(one.id, item, text) for one in RULES.values() for item, text in one.check(cluster)]
    open_, used = [], set()
    for finding in found:
        key = ALLOW + finding.rule
        if str(finding.object.annotations.get(key) or "").strip():
            used.add((id(finding.object), key))
        else:
            open_.append(finding)
    for item in cluster.objects:
        for key, reason in item.annotations.items():
            if not key.startswith(ALLOW):
                continue
            name = key.removeprefix(ALLOW)
            if name not in RULES:
                open_.append(Finding("allow-known", item, f"`{key}` names no rule"))
            elif not str(reason or "").strip():
                open_.append(Finding("allow-reason", item, f"`{key}` gives no reason"))
            elif (id(item), key) not in used:
                open_.append(Finding("allow-needed", item, f"`{key}` allows nothing: the rule holds"))
    return open_


def nothing(_):
    return ()


rule("allow-known", "An allow annotation names a rule")(nothing)
rule("allow-reason", "An allow annotation gives a reason")(nothing)
rule("allow-needed", "An allow annotation is there only where its rule does not hold")(nothing)
