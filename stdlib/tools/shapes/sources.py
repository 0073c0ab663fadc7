# Where the schemas come from: the provider (through terraform and a filesystem
# mirror), the OpenAPI models (through npm), botocore. Everything is found at run
# time; what is not there is a Missing, never a guess.
from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path


class Missing(Exception):
    """A source is not on this machine; the text says which."""


def mirror(version: str) -> Path:
    """The folder that holds registry.terraform.io/hashicorp/aws/VERSION."""
    below = Path("registry.terraform.io") / "hashicorp" / "aws" / version
    if named := os.environ.get("ENVC_TF_MIRROR"):
        if (Path(named) / below).is_dir():
            return Path(named)
        raise Missing(f"ENVC_TF_MIRROR has no AWS provider {version}")
    found = subprocess.run(["find", "/", "-xdev", "-type", "d", "-path", f"*/{below}", "-prune", "-print"],
                           capture_output=True, text=True).stdout.split("\n")
    # A mirror rather than some project's own .terraform folder, and always the same one.
    found = sorted((f for f in found if f), key=lambda f: (".terraform/" in f, len(f), f))
    if not found:
        raise Missing(f"no filesystem mirror with AWS provider {version}")
    return Path(found[0]).parents[len(below.parts) - 1]


@contextlib.contextmanager
def terraform(version: str):
    """A fresh configuration with the AWS provider: (its folder, a function that runs terraform in it)."""
    program = shutil.which("terraform")
    if not program:
        raise Missing("terraform not found")
    folder = mirror(version)
    with tempfile.TemporaryDirectory() as d:
        rc = Path(d) / "rc"
        rc.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{folder}"\n  }}\n}}\ndisable_checkpoint = true\n')
        (Path(d) / "versions.tf").write_text(
            f'terraform {{\n  required_providers {{\n    aws = {{ source = "hashicorp/aws", version = "{version}" }}\n  }}\n}}\n')
        env = {**os.environ, "TF_CLI_CONFIG_FILE": str(rc), "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
        env.pop("TF_PLUGIN_CACHE_DIR", None)

        def run(*args: str) -> subprocess.CompletedProcess:
            return subprocess.run([program, *args], cwd=d, env=env, capture_output=True, text=True)

        init = run("init", "-input=false", "-no-color")
        if init.returncode:
            raise Missing(f"terraform init failed: {init.stderr.strip()[:400]}")
        yield Path(d), run


def provider_schema(version: str) -> dict:
    """What `terraform providers schema -json` says of the AWS provider."""
    with terraform(version) as (_, run):
        answer = run("providers", "schema", "-json")
        if answer.returncode:
            raise Missing(f"terraform has no schema: {answer.stderr.strip()[:400]}")
        return json.loads(answer.stdout)


def npm_package(pin: dict) -> Path:
    """The unpacked package, fetched through npm once and checked against its pinned hash."""
    cache = Path(tempfile.gettempdir()) / f"envc-{os.getuid()}-{pin['name'].replace('/', '-')}-{pin['version']}"
    if (cache / "package" / "package.json").is_file():
        return cache / "package"
    npm = shutil.which("npm")
    if not npm:
        raise Missing("npm not found")
    with tempfile.TemporaryDirectory() as d:
        run = subprocess.run([npm, "pack", "--silent", f"{pin['name']}@{pin['version']}"], cwd=d, capture_output=True, text=True)
        if run.returncode:
            raise Missing(f"npm has no {pin['name']} {pin['version']}")
        archive = next(Path(d).glob("*.tgz"))
        digest = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != pin["integrity"]:
            raise ValueError(f"{pin['name']} {pin['version']} is not what inputs/kubernetes.json pins: {digest}")
        unpacked = Path(d) / "unpacked"
        with tarfile.open(archive) as t:
            t.extractall(unpacked, filter="data") if hasattr(tarfile, "data_filter") else t.extractall(unpacked)
        shutil.rmtree(cache, ignore_errors=True)
        shutil.move(str(unpacked), str(cache))
    return cache / "package"


def botocore_model(version: str, service: str, api: str) -> dict:
    try:
        import botocore
    except ImportError:
        raise Missing("botocore not found") from None
    if botocore.__version__ != version:
        raise Missing(f"botocore {botocore.__version__}, not {version}")
    base = Path(botocore.__file__).parent / "data" / service / api / "service-2.json"
    packed = base.with_suffix(".json.gz")
    return json.loads(gzip.decompress(packed.read_bytes()) if packed.is_file() else base.read_bytes())
