# Shapes of Kubernetes objects from the models of the official JavaScript client,
# which are generated from the OpenAPI document of one Kubernetes version.
# Knows how those files look; kinds, enums and quantities stand in inputs/kubernetes.json.
from __future__ import annotations

import json
import re
from pathlib import Path

from .model import Field, Shape, literals, split

SCALARS = {"string": "String", "boolean": "Bool", "Date": "String", "V1MicroTime": "String", "any": "Text",
           "object": "Map<String, Text>", "IntOrString": "IntOrString"}


class Models:
    """Reads `dist/gen/models` of the unpacked package."""

    def __init__(self, folder: Path):
        self.folder = folder / "dist" / "gen" / "models"

    def version(self) -> str:
        text = (self.folder / "V1Deployment.d.ts").read_text()
        return re.search(r"OpenAPI spec version: v([\d.]+)", text).group(1)

    def attributes(self, model: str) -> list[dict]:
        text = (self.folder / f"{model}.js").read_text()
        return json.loads(re.search(r"attributeTypeMap = (\[.*?\n\]);", text, re.S).group(1))

    def required(self, model: str) -> set[str]:
        text = (self.folder / f"{model}.d.ts").read_text()
        return set(re.findall(r"^    '([^']+)': ", text, re.M))


def short(model: str) -> str:
    """V1DeploymentSpec and RbacV1Subject -> DeploymentSpec and Subject."""
    return re.sub(r"^(Core|Rbac|Storage|Events)?V\d+((alpha|beta)\d+)?(?=[A-Z])", "", model)


class Builder:
    def __init__(self, models: Models, inputs: dict):
        self.models, self.inputs = models, inputs
        self.model_of: dict[str, str] = {}


    def reach(self, model: str) -> list[str]:
        name = short(model)
        if self.model_of.setdefault(name, model) != model:
            raise ValueError(f"two models are called {name}: {self.model_of[name]}, {model}")
        found = [m for a in self.kept(model) for m in re.findall(r"\b(?:Core|Rbac|Storage|Events)?V\d\w+", a["type"])]
        return [m for m in found if m not in SCALARS]

    def kept(self, model: str) -> list[dict]:
        name = short(model)
        only = self.inputs["only"].get(name)
        drop = set(self.inputs["omit"].get(name, [])) | ({"status"} if model in self.inputs["kinds"] else set())
        return [a for a in self.models.attributes(model)
                if a["baseName"] not in drop and (only is None or a["baseName"] in only)]

    def type(self, t: str, format: str, where: str) -> str:
        if where in self.inputs["quantities"]:
            return t.replace("string; }", "Quantity; }").replace("{ [key: string]: Quantity; }", "Map<String, Quantity>") \
                if "{" in t else "Quantity"
        if where in self.inputs["enums"]:
            of = literals(self.inputs["enums"][where])
            return f"List<{of}>" if t.startswith("Array<") else of
        if m := re.fullmatch(r"Array<(.*)>", t):
            return f"List<{self.type(m.group(1), format, where)}>"
        if m := re.fullmatch(r"\{ \[key: string\]: (.*); \}", t):
            inner = "Text" if where in self.inputs["texts"] else self.type(m.group(1), format, where)
            return f"Map<String, {inner}>"
        if t == "number":
            return "Decimal" if format in ("double", "float") else "Int"
        return SCALARS.get(t) or short(t)

    def shape(self, model: str) -> Shape:
        name, fields = short(model), []
        constants = {}
        doc = ""
        if model in self.inputs["kinds"]:
            api = self.inputs["kinds"][model]
            constants = {"apiVersion": api, "kind": name}
            doc = f"{name}, {api} (Kubernetes {self.models.version()})."
        required = self.models.required(model)
        first = [*self.inputs["order"].get(name, []), *self.inputs["order"]["*"]]
        for a in sorted(self.kept(model), key=lambda a: first.index(a["baseName"]) if a["baseName"] in first else len(first)):
            key = a["baseName"]
            if key in constants:
                fields.append(Field(key, constant=constants[key]))
                continue
            fields.append(Field(key, self.type(a["type"], a["format"], f"{name}.{key}"), optional=a["name"] not in required))
        return Shape("kubernetes." + name, fields, doc)


def generate(folder: Path, inputs: dict) -> dict[str, str]:
    """File name (below formats/kubernetes/generated) -> text."""
    models = Models(folder)
    if models.version() != inputs["version"]:
        raise ValueError(f"the models are of Kubernetes {models.version()}, not {inputs['version']}")
    builder, files, done = Builder(models, inputs), {}, set()
    for group, roots in inputs["groups"].items():
        order, queue = [], list(roots)
        while queue:
            model = queue.pop(0)
            if model in done:
                continue
            done.add(model)
            order.append(model)
            queue += builder.reach(model)
        header = [f"Kubernetes shapes, {group}: Kubernetes {inputs['version']}, with every type that its kinds reach.",
                  "Generated by stdlib/tools/generate_shapes.py from the OpenAPI models; do not edit.",
                  "Durations, sinks, limits and files stand in formats/kubernetes/facts.envc."]
        files |= split(group, header, [builder.shape(m) for m in order])
    unused = (set(inputs["enums"]) | set(inputs["quantities"])) - \
        {f"{short(m)}.{a['baseName']}" for m in done for a in builder.kept(m)}
    if unused:
        raise ValueError(f"inputs name fields that no kind has: {sorted(unused)}")
    return files
