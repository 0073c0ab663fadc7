"""The npm packages of package.json: installed once into the work folder, asked
through validate.mjs."""
import json
import shutil
from pathlib import Path

from report import find_tool, run

HERE = Path(__file__).resolve().parent


def npm_reader(report, work):
    """A function (task, files) -> {file: {documents, problems}}, or None."""
    node, version = find_tool("node", "--version")
    npm, npm_version = find_tool("npm", "--version")
    if not node or not npm:
        report.skip("npm", "node or npm not found")
        return None
    folder = work / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    for name in ("package.json", "validate.mjs"):
        shutil.copy(HERE / name, folder / name)
    if not (folder / "node_modules").is_dir() or not (folder / "package-lock.json").is_file() or (folder / "package-lock.json").read_text() != lock:
        (folder / "package-lock.json").write_text(lock)
        result = run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder)
        if result.returncode:
            shutil.rmtree(folder / "node_modules", ignore_errors=True)
            report.skip("npm", "npm ci failed: " + result.stderr.strip().splitlines()[-1] if result.stderr.strip() else "npm ci failed")
            return None
    packages = json.loads((HERE / "package.json").read_text())["dependencies"]
    report.consumer("node", f"{version}, npm {npm_version}, " + ", ".join(f"{name} {number}" for name, number in sorted(packages.items())))

    def ask(task, files):
        result = run([node, folder / "validate.mjs", task, *files])
        try:
            return json.loads(result.stdout)
        except ValueError:
            return {"error": result.stderr}
    return ask
