# Shapes of Terraform resources from `terraform providers schema -json`.
# Decides what of a schema block becomes a field, a nested shape or an output.
# Knows no resource by name: exceptions stand in inputs/hcl.json.
from __future__ import annotations

import json
import re

from .model import Field, Shape, split

SCALARS = {"string": "String", "number": "Int", "bool": "Bool", "dynamic": "Text"}
# Outputs that repeat arguments or belong to the provider's own bookkeeping.
SKIPPED = {"tags_all"}


class Resource:
    """Collects the shapes of one resource type. `name` is its path inside hcl."""

    def __init__(self, name: str, doc: str, inputs: dict):
        self.name, self.doc = name, doc
        self.decimals = set(inputs.get("decimal", []))
        self.texts = set(inputs.get("text", []))
        self.levels = inputs.get("levels", {}).get(name)
        self.shapes: list[Shape] = []
        self.known: dict[tuple[str, str], str] = {}

    def build(self, block: dict) -> list[Shape]:
        queue = [(self.name, block, self.doc)]
        while queue:  # breadth first: equal nested blocks are named after the shallowest
            path, block, doc = queue.pop(0)
            fields, nested = self.fields(path, block)
            self.shapes.append(Shape("hcl." + path, fields, doc))
            queue += [(p, b, "") for p, b in nested]
        return self.shapes

    def fields(self, path: str, block: dict) -> tuple[list[Field], list[tuple[str, dict]]]:
        required, optional, outs, nested = [], [], [], []
        for name, a in sorted(block.get("attributes", {}).items()):
            where = f"{path}.{name}"
            if a.get("deprecated") or name in SKIPPED:
                continue
            if not self.settable(path, name, a):
                outs.append(Field(name, self.output(a, where), out=True))
            elif as_block := attribute_as_block(a):
                optional.append(Field(name, self.sub(path, name, as_block, many=True, queue=nested), optional=True))
            elif a.get("required"):
                required.append(Field(name, self.argument(a, where)))
            else:
                optional.append(Field(name, self.argument(a, where), optional=True))
        for name, b in sorted(block.get("block_types", {}).items()):
            if b["block"].get("deprecated") or self.too_deep(f"{path}.{name}", b["block"]):
                continue
            many = b["nesting_mode"] in ("list", "set") and b.get("max_items") != 1
            must = b.get("min_items", 0) > 0
            f = Field(name, self.sub(path, name, b["block"], many, nested), optional=not must)
            (required if must else optional).append(f)
        return required + optional + outs, nested

    def settable(self, path: str, name: str, a: dict) -> bool:
        """A resource's own `id` is optional in the provider's schema for historical reasons only."""
        return bool(a.get("required") or a.get("optional") and (path, name) != (self.name, "id"))

    def too_deep(self, path: str, block: dict) -> bool:
        """Whether the block, or one that it cannot do without, is nested deeper than we keep."""
        if not self.levels:
            return False
        hits = [p for p in path.split(".") if re.fullmatch(self.levels["segment"], p)]
        if len(hits) > self.levels["at_most"]:
            return True
        needed = {n: b["block"] for n, b in block.get("block_types", {}).items() if b.get("min_items", 0) > 0}
        return any(self.too_deep(f"{path}.{n}", b) for n, b in needed.items())

    def sub(self, path: str, name: str, block: dict, many: bool, queue: list) -> str:
        key = (name, json.dumps(self.pruned(f"{path}.{name}", block), sort_keys=True))
        if key not in self.known:
            self.known[key] = f"{path}.{name}"
            queue.append((f"{path}.{name}", block))
        return f"List<{self.known[key]}>" if many else self.known[key]

    def pruned(self, path: str, block: dict) -> dict:
        """The block as far as levels let it show, to tell whether two are the same."""
        if not self.levels:
            return block
        below = {n: {**b, "block": self.pruned(f"{path}.{n}", b["block"])}
                 for n, b in block.get("block_types", {}).items() if not self.too_deep(f"{path}.{n}", b["block"])}
        return {**block, "block_types": below}

    def type_of(self, t, where: str, wrap) -> str:
        if isinstance(t, str):
            return wrap("Decimal" if t == "number" and where in self.decimals else "Text" if where in self.texts else SCALARS[t])
        kind, of = t[0], t[1]
        if kind in ("list", "set"):
            return f"List<{self.type_of(of, where, wrap)}>"
        if kind == "map":
            return f"Map<String, {self.type_of(of, where, wrap)}>"
        if kind == "object":
            inside = ", ".join(f"{k}: {self.type_of(v, f'{where}.{k}', wrap)}" for k, v in sorted(of.items()))
            return f"{{ {inside} }}"
        raise ValueError(f"{where}: type {t}")

    def nested_type(self, n: dict, where: str, output: bool) -> str:
        parts = []
        for k, a in sorted(n["attributes"].items()):
            of = self.output(a, f"{where}.{k}") if output else self.argument(a, f"{where}.{k}")
            parts.append(f"{k}: {of}{'' if output or a.get('required') else '?'}")
        record = "{ " + ", ".join(parts) + " }"
        mode = n["nesting_mode"]
        return record if mode == "single" else f"Map<String, {record}>" if mode == "map" else f"List<{record}>"

    def argument(self, a: dict, where: str) -> str:
        if "nested_type" in a:
            return self.nested_type(a["nested_type"], where, output=False)
        secret = a.get("sensitive") or a.get("write_only")
        return self.type_of(a["type"], where, (lambda t: f"Secret<{t}>") if secret else (lambda t: t))

    def output(self, a: dict, where: str) -> str:
        if "nested_type" in a:
            return self.nested_type(a["nested_type"], where, output=True)
        late = (lambda t: f"Secret<Late<{t}>>") if a.get("sensitive") else (lambda t: f"Late<{t}>")
        return self.type_of(a["type"], where, late)


def attribute_as_block(a: dict) -> dict | None:
    """An argument that the provider lets authors write as blocks: a list of objects. Every part is optional there."""
    t = a.get("type")
    if isinstance(t, list) and t[0] in ("list", "set") and isinstance(t[1], list) and t[1][0] == "object":
        return {"attributes": {k: {"type": v, "optional": True} for k, v in t[1][1].items()}}
    return None


def generate(schema: dict, inputs: dict) -> dict[str, str]:
    """File name (below formats/hcl/generated) -> text."""
    provider = schema["provider_schemas"]["registry.terraform.io/hashicorp/aws"]
    title = f"AWS provider {inputs['provider']}"
    kinds = [("", "resource_schemas", inputs["groups"]), ("data.", "data_source_schemas", inputs["data"]),
             ("ephemeral.", "ephemeral_resource_schemas", inputs["ephemeral"])]
    files = {}
    for prefix, table, groups in kinds:
        for group, names in groups.items():
            shapes = []
            for name in names:
                block = provider[table][name]["block"]
                shapes += Resource(prefix + name, f"{prefix}{name} ({title}).", inputs).build(block)
            header = [f"Terraform shapes, {group}: what {title} accepts and what it tells afterwards.",
                      "Generated by stdlib/tools/generate_shapes.py from the provider's own schema; do not edit.",
                      "Units, limits, files and sinks stand in formats/hcl/facts."]
            header += [inputs["levels"][n]["note"] for n in names if n in inputs.get("levels", {})]
            files |= split(group, header, shapes)
    return files
