"""Terraform with the real AWS provider, offline: fmt -check, init, validate, plan
with invented credentials, and a whole apply against a provider that only pretends.
A warning fails like an error."""
import json
import os
import re
import shutil
from pathlib import Path

import plan_facts
from report import find_tool, run

# Where Terraform itself looks for providers, then where machines keep such things.
MIRROR_PARENTS = ("~/.terraform.d/plugins", "~/.local/share/terraform/plugins", "/usr/local/share/terraform/plugins",
                  "/usr/share/terraform/plugins", "/opt", "/srv", "/usr/local", "/var/lib")
PROVIDER = "registry.terraform.io/hashicorp/aws"
# By the end of the variable's name: something of the right form.
INVENTED = (("digest", "sha256:" + "0123456789abcdef" * 4), ("arn", "arn:aws:iam::123456789012:role/example"), ("image", "example.com/app:1.2.3"), ("version", "1.2.3"),
            ("domain", "example.com"), ("email", "team@example.com"), ("zone_id", "Z0123456789ABCDEFGHIJ"),
            ("cidr", "10.0.0.0/16"), ("account", "123456789012"), ("region", "eu-central-1"))


def find_mirror():
    named = os.environ.get("ENVC_TF_MIRROR")
    if named:
        return Path(named)
    for parent in MIRROR_PARENTS:
        top = Path(parent).expanduser()
        for depth in ("", "*/", "*/*/"):
            for found in sorted(top.glob(depth + PROVIDER)) if top.is_dir() else []:
                if any(found.glob("*/*/terraform-provider-*")):
                    return found.parents[2]
    return None


def blocks(text, head):
    """The bodies of top-level blocks whose first line matches `head`."""
    for match in re.finditer(rf"^{head}[^\n]*\{{\n(.*?)^\}}", text, re.M | re.S):
        yield match


def variables(text):
    """TF_VAR_… for every variable without a default."""
    out = {}
    for match in blocks(text, r'variable "([^"]+)" '):
        name, body = match.group(1), match.group(2)
        if re.search(r"^  default\s+=", body, re.M):
            continue
        kind = (re.search(r"^  type\s+=\s+(.*)$", body, re.M) or [None, "string"])[1]
        value = {"number": "1", "bool": "true"}.get(kind.strip())
        if value is None:
            value = "[]" if kind.startswith(("list", "set", "tuple")) else "{}" if kind.startswith(("map", "object")) else None
        if value is None:
            value = next((example for ending, example in INVENTED if name.endswith(ending)), "example")
        out["TF_VAR_" + name] = value
    return out


def override(text):
    """Settings that keep the provider from asking the world, for each provider block there is."""
    out = 'terraform {\n  backend "local" {}\n}\n'
    for match in blocks(text, 'provider "(aws)" '):
        alias = re.search(r'^  alias\s+=\s+("[^"]+")', match.group(2), re.M)
        out += 'provider "aws" {\n' + (f"  alias = {alias.group(1)}\n" if alias else "")
        out += '  access_key = "invented"\n  secret_key = "invented"\n  skip_credentials_validation = true\n'
        out += "  skip_requesting_account_id = true\n  skip_metadata_api_check = true\n  allowed_account_ids = null\n}\n"
    return out


def pretended(text):
    """A test that applies everything; whatever is referred to by its ARN has one of the right form."""
    types = sorted(set(re.findall(r"\b(aws_\w+)\.\w+(?:\[[^\]]*\])?\.arn\b", text)))
    arns = "".join(f'  mock_resource "{one}" {{\n    defaults = {{\n      arn = "arn:aws:iam::123456789012:role/{one}"\n    }}\n  }}\n' for one in types)
    return f'mock_provider "aws" {{\n{arns}}}\n\nrun "apply" {{\n  command = apply\n}}\n'


def said(diagnostic):
    place = diagnostic.get("range") or {}
    line = place.get("start", {}).get("line", "")
    return f"{diagnostic['severity']}: {place.get('filename', '')}:{line} {diagnostic['summary']}: {diagnostic.get('detail', '')}"


class Terraform:
    def __init__(self, report, work):
        self.report, self.work = report, work
        self.path, version = find_tool("terraform", "version")
        self.mirror = find_mirror() if self.path else None
        if not self.path:
            report.skip("terraform", "not found")
        else:
            report.consumer("terraform", version)
            if not self.mirror:
                report.skip("terraform-provider-aws", f"no mirror with {PROVIDER}; ENVC_TF_MIRROR names one")
            else:
                report.consumer("provider mirror", ", ".join(sorted(path.name for path in (self.mirror / PROVIDER).iterdir())))

    def jobs(self, output):
        folder = output.folder / "terraform"
        if self.path and folder.is_dir():
            yield lambda: self.judge(output)

    def judge(self, output):
        copy = self.work / "terraform" / output.name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(output.folder, copy)  # the whole environment: files refer to their neighbours
        folder = copy / "terraform"
        text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.tf")))
        settings = self.work / "terraform" / f"{output.name}.tfrc"
        settings.write_text("disable_checkpoint = true\n" + (
            f'provider_installation {{\n  filesystem_mirror {{\n    path = "{self.mirror}"\n  }}\n}}\n' if self.mirror else ""))
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("TF_", "AWS_"))}
        environment.update(variables(text), TF_CLI_CONFIG_FILE=str(settings), TF_IN_AUTOMATION="1", AWS_EC2_METADATA_DISABLED="true")

        def terraform(*arguments):
            return run([self.path, *arguments], cwd=folder, env=environment)

        formatted = terraform("fmt", "-check", "-recursive", "-diff", "-no-color")
        self.report.add("terraform fmt", output.name, [formatted.stdout + formatted.stderr] if formatted.returncode else [])
        if not self.mirror:
            return
        (folder / "invented_override.tf").write_text(override(text))
        started = terraform("init", "-input=false", "-no-color")
        if started.returncode:
            self.report.add("terraform validate", output.name, [started.stdout + started.stderr])
            return
        validated = terraform("validate", "-json")
        try:
            problems = [said(one) for one in json.loads(validated.stdout)["diagnostics"]]
        except ValueError:
            problems = [validated.stdout + validated.stderr]
        self.report.add("terraform validate", output.name, problems)
        # Providers that pretend do not know ephemeral resources (Terraform 1.11).
        if not problems and not re.search(r"^ephemeral ", text, re.M):
            (folder / "pretended.tftest.hcl").write_text(pretended(text))
            tested = terraform("test", "-no-color")
            self.report.add("terraform test", output.name, [tested.stdout + tested.stderr] if tested.returncode else [])
            (folder / "pretended.tftest.hcl").unlink()
        if problems or not (output.is_example or output.plan.is_file()):  # a plan takes longer than all the rest
            return
        planned = terraform("plan", "-json", "-input=false", "-lock=false", "-refresh=false", "-out=plan.bin")
        events = [json.loads(line) for line in planned.stdout.splitlines() if line.startswith("{")]
        problems = [said(event["diagnostic"]) for event in events if event.get("type") == "diagnostic"]
        if planned.returncode and not problems:
            problems = [planned.stdout[-2000:] + planned.stderr]
        self.report.add("terraform plan", output.name, problems)
        if output.plan.is_file() and not planned.returncode:
            shown = terraform("show", "-json", "plan.bin")
            facts = json.loads(output.plan.read_text(encoding="utf-8"))
            self.report.add("facts of a plan", output.name, plan_facts.check(facts, json.loads(shown.stdout)))
        shutil.rmtree(folder / ".terraform", ignore_errors=True)
