"""Holds a Terraform plan against the facts that stand in `plan/ENVIRONMENT.json` of an
example or golden: resource by address, its arguments, as deep as they are given; `null` for what must not be planned."""
import json


def values(plan):
    """Address -> what is planned; `output.NAME` -> the value of an output."""
    out = {}

    def module(one):
        for resource in one.get("resources", []):
            out[resource["address"]] = resource.get("values", {})
        for child in one.get("child_modules", []):
            module(child)

    planned = plan.get("planned_values", {})
    module(planned.get("root_module", {}))
    for name, output in planned.get("outputs", {}).items():
        out[f"output.{name}"] = output.get("value")
    return out


def differences(expected, found, where):
    """What of `expected` does not stand in `found`."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{where}: expected an object, found {json.dumps(found)}"]
        return [line for key, value in expected.items() for line in differences(value, found.get(key), f"{where}.{key}")]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(expected) != len(found):
            return [f"{where}: expected {len(expected)} items, found {json.dumps(found)}"]
        return [line for i, value in enumerate(expected) for line in differences(value, found[i], f"{where}[{i}]")]
    # a number is no text and true is no 1
    return [] if type(expected) is type(found) and expected == found else [f"{where}: expected {json.dumps(expected)}, found {json.dumps(found)}"]


def check(expected, plan):
    """Problems; an address that the plan does not have is one, or that it has though `null` stands for it."""
    found = values(plan)
    problems = [f"{address}: not planned" for address, facts in expected.items() if facts is not None and address not in found]
    problems += [f"{address}: planned" for address, facts in expected.items() if facts is None and address in found]
    return problems + [line for address, facts in expected.items() if facts is not None and address in found for line in differences(facts, found[address], address)]
