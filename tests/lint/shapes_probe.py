#!/usr/bin/env python3
"""Asks the AWS provider whether it takes what the facts allow: `terraform validate` on one resource for each closed set's
member, each end of a range, each greatest length. A fact that allows what the provider rejects is FAILED. Facts that are
narrower than the provider are no fault: it checks less than AWS does. Takes about half a minute."""
from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "stdlib" / "tools"))
sys.dont_write_bytecode = True
from shapes import facts, sources  # noqa: E402

HCL = ROOT / "stdlib" / "formats" / "hcl"
WORTH = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
SAMPLE = {"String": '"x"', "Text": '"x"', "Json": '"{}"', "Int": "1", "Decimal": "1", "Bool": "true",
          "List < String >": '["x"]', "Map < String , String >": "{}"}


def read(pattern: str) -> list[facts.Decl]:
    return [d for f in sorted(HCL.glob(pattern)) for d in facts.Reader(f).declarations()]


def values(type: str) -> list[str]:
    """HCL expressions that the fact allows and that lie at its edges."""
    if type.startswith('"'):
        return [json.dumps(x) for x in re.findall(r'"([^"]*)"', type)]
    head, _, rule = type.partition(" where ")
    unit = re.search(r" in (?:whole )?(\w+)", head)

    def number(text: str) -> str:
        n, letters = re.fullmatch(r"(-?\d+)(\w*)", text).groups()
        return str(int(n) * WORTH[letters] // WORTH[unit.group(1) if unit else ""])

    if longest := re.search(r"length \( it \) <= (\d+)", rule):
        return [] if "/" in rule else ['"' + "a" * int(longest.group(1)) + '"']
    if pattern := re.search(r"matches '(.*?)(\[[^]']*\])\{(\d+),(\d+)\}'", rule):
        before = pattern.group(1)
        if re.fullmatch(r"(\[a-z[^]]*\])|[a-z]+/|", before):
            return ['"' + ("a" if before.startswith("[") else before) + "a" * int(pattern.group(4)) + '"']
        return []
    found = re.findall(r"it in (-?\w+) \.\. (-?\w+)", rule) + [tuple(x.split(" , ")) for x in re.findall(r"it in \[ ([^]]*) \]", rule)]
    found += [(x,) for x in re.findall(r"it (?:<=|>=|==) (-?\w+)", rule)]
    return [number(x) for group in found for x in group]


class Maker:
    """Writes resources that say one thing on purpose and the least of everything else."""

    def __init__(self):
        self.made = {d.path: d for d in read("generated/*.envc")}

    def block(self, type: str) -> str:
        return "hcl." + re.sub(r"^List < (.*) >$", r"\1", facts.core(type)).replace(" ", "")

    def least(self, path: str, but: str) -> list[str]:
        out = []
        for name, type in self.made[path].fields.items():
            if type.startswith("out ") or type.endswith("?") or name == but:
                continue
            sample = SAMPLE.get(facts.core(type))
            out += [f"{name} = {sample}"] if sample else [name + " {", *self.least(self.block(type), ""), "}"]
        return out

    def way(self, path: str) -> list[tuple[str, str]]:
        """(shape, name of the block in it) from the resource down to the shape."""
        top = ".".join(path.split(".")[:2])
        queue = [(top, [])]
        while queue:
            at, way = queue.pop(0)
            if at == path:
                return way
            for name, type in self.made[at].fields.items():
                below = self.block(type)
                if below in self.made and below != at:
                    queue.append((below, [*way, (at, name)]))
        raise ValueError(path)

    def resource(self, label: str, path: str, name: str, value: str) -> list[str]:
        way, lines = self.way(path), []
        for at, block in way:
            lines += [*self.least(at, block), block + " {"]
        lines += [*self.least(path, name), f"{name} = {value}"]
        return [f'resource "{path.split(".")[1]}" "{label}" {{', *lines, *["}"] * (len(way) + 1)]


def main() -> int:
    version = json.loads((ROOT / "stdlib" / "tools" / "inputs" / "hcl.json").read_text())["provider"]
    maker, text, asked = Maker(), [], {}
    for d in read("facts/*.envc"):
        if d.path.startswith(("hcl.data.", "hcl.ephemeral.")):
            continue
        for name, type in d.fields.items():
            for value in values(type):
                lines = maker.resource(f"r{len(asked)}", d.path, name, value)
                depth = len(maker.way(d.path)) + 1
                asked[len(text) + len(lines) - depth] = (d.path, name, value)
                text += lines
    try:
        with sources.terraform(version) as (folder, run):
            (folder / "main.tf").write_text("\n".join(text) + "\n")
            answer = json.loads(run("validate", "-json", "-no-color").stdout)
    except sources.Missing as e:
        print(f"SKIPPED: {e}")
        return 77
    failed = 0
    for one in answer["diagnostics"]:
        line = one.get("range", {}).get("start", {}).get("line")
        missing_company = one["summary"].startswith(("Missing required argument", "Invalid combination", "Conflicting"))
        if one.get("range", {}).get("filename") == "main.tf" and line in asked and not missing_company:
            path, name, value = asked[line]
            failed += 1
            print(f"FAILED {path}.{name} = {value[:60]}: {one['summary']} {one.get('detail', '')[:200]}")
    print(f"{len(asked)} values, {failed} rejected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
