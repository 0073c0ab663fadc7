#!/usr/bin/env python3
"""`envc graph`: the pictures of the project beside this file, kept to the byte;
SVGs are XML and need nothing from elsewhere, also those of the examples; what
the command says of mistakes. ENVC_UPDATE=1 accepts the pictures."""
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ENDS = {"mermaid": "mmd", "dot": "dot", "svg": "svg"}
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "style", "rect", "path", "circle", "ellipse", "g", "text", "tspan"}
problems = []


def expect(holds, what):
    if not holds:
        problems.append(what)


def run(envc, *arguments):
    done = subprocess.run([envc, "graph", *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def judge_svg(text, name):
    root = xml.fromstring(text)
    children = [one.tag for one in root]
    expect(children[:2] == [SVG + "title", SVG + "desc"], f"{name}: no title and desc first")
    named = {one.get("id") for one in root.iter() if one.get("id")}
    expect(set(root.get("aria-labelledby").split()) == named, f"{name}: aria-labelledby names what is not there")
    expect("prefers-color-scheme:dark" in text, f"{name}: no dark mode")
    for one in root.iter():
        expect(one.tag.removeprefix(SVG) in ALLOWED, f"{name}: an element {one.tag}")
        for attribute, value in one.attrib.items():
            expect(not attribute.startswith("on") and "href" not in attribute and "url(" not in value, f"{name}: {attribute}={value}")
    style = root.find(SVG + "style").text
    expect("@import" not in style and "url(" not in style and "@font-face" not in style, f"{name}: the style needs something from elsewhere")


def pictures(envc, project, folder):
    """All forms of all environments, as {file: text}."""
    for form in ENDS:
        code, said, wrong = run(envc, project, "--form", form, "--out", f"{folder}/")
        expect(code == 0, f"{project.name} as {form}: exit {code}\n{wrong}")
        expect(said.count("wrote ") == len(list(pathlib.Path(folder).glob(f"*.{ENDS[form]}"))), f"{project.name} as {form}: said {said}")
    for path in sorted(pathlib.Path(folder).glob("*.svg")):
        judge_svg(path.read_text(), f"{project.name}/{path.name}")
    return {path.name: path.read_text() for path in sorted(pathlib.Path(folder).iterdir())}


def kept(envc):
    expected, update = HERE / "harbour/expected", os.environ.get("ENVC_UPDATE") == "1" and not os.environ.get("CI")
    with tempfile.TemporaryDirectory() as folder:
        made = pictures(envc, HERE / "harbour", folder)
        expect(run(envc, HERE / "harbour", "--out", folder, "--form", "svg")[1].count("is up to date") == 2, "a second run writes again")
    if update:
        expected.mkdir(exist_ok=True)
        for path in expected.iterdir():
            path.unlink()
        for name, text in made.items():
            (expected / name).write_text(text)
    known = {path.name: path.read_text() for path in expected.iterdir()} if expected.is_dir() else {}
    for name in sorted(made.keys() | known.keys()):
        expect(made.get(name) == known.get(name), f"harbour/expected/{name} is not what the sources say: accept with ENVC_UPDATE=1 python3 tests/graph/run.py")


def streams(envc):
    code, said, _ = run(envc, HERE / "harbour", "-e", "small")
    expect(code == 0 and said.startswith("flowchart LR\n"), "one environment is not bare")
    code, said, _ = run(envc, HERE / "harbour")
    expect(code == 0 and said.startswith("%% harbour: local on compose\nflowchart LR\n") and "\n\n%% harbour: small on compose\n" in said, "several without a heading")
    code, said, wrong = run(envc, HERE / "harbour", "--form", "svg")
    expect(code == 2 and not said and "one environment" in wrong, "two SVGs in one stream")
    code, said, wrong = run(envc, HERE / "harbour", "-e", "smal")
    expect(code == 2 and "did you mean `small`?" in wrong, "an unknown environment")
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder)
        (project / "main.envc").write_text("edition 2026\nsystem s { }\nservice web { image = nowhere }\nenvironment local on compose { }\n")
        out = project / "picture.svg"
        code, said, wrong = run(envc, project, "--out", out)
        expect(code == 1 and not said and "error[E0316]" in wrong and not out.exists(), "a picture of a program with mistakes")


def main():
    envc = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/release/envc")
    kept(envc)
    streams(envc)
    for example in sorted({path.parent for path in ROOT.glob("examples/*/*.envc")}):
        with tempfile.TemporaryDirectory() as folder:
            expect(pictures(envc, example, folder), f"{example.name}: no picture")
    print("\n".join(problems) or "the pictures are as they should be")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
