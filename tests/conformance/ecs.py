"""ECS documents: the API's own parameter model (botocore) of task definitions and of what starts
a task; cfn-lint through a CloudFormation wrapper (enums, Fargate sizes, log options)."""
import json
import re

from report import find_tool, run

# Maps whose keys are the user's words and stay as they are.
FREE_KEYS = {"dockerLabels", "options", "driverOpts", "labels", "systemControls"}
# Names that CloudFormation spells otherwise than by a capital first letter.
RENAMED = {"efsVolumeConfiguration": "EFSVolumeConfiguration", "fileSystemId": "FilesystemId", "iam": "IAM",
           "fsxWindowsFileServerVolumeConfiguration": "FSxWindowsFileServerVolumeConfiguration"}


# What a deploy script fills in: references to what Terraform made. Roles need the
# form of a role's ARN; for everything else any text is good.
ROLE = re.compile(r"\$\{aws_iam_role\.([a-z0-9_]+)\.arn\}")


def filled(text):
    return ROLE.sub(r"arn:aws:iam::123456789012:role/\1", text)


def as_cloudformation(value, free=False):
    if isinstance(value, list):
        return [as_cloudformation(item) for item in value]
    if not isinstance(value, dict):
        return value
    if free:
        return value
    return {RENAMED.get(key, key[0].upper() + key[1:]): as_cloudformation(item, key in FREE_KEYS and isinstance(item, dict))
            for key, item in value.items()}


class Ecs:
    def __init__(self, report, work):
        self.report, self.work, self.validator = report, work, None
        try:
            import botocore
            import botocore.session
            from botocore.validate import ParamValidator
            model = botocore.session.get_session().get_service_model("ecs")

            def validate(document):
                operation = "RegisterTaskDefinition" if "containerDefinitions" in document else "RunTask"
                return ParamValidator().validate(document, model.operation_model(operation).input_shape)

            self.validator = validate
            report.consumer("botocore", botocore.__version__)
        except ImportError:
            report.skip("botocore", "not found")
        self.cfn_lint, version = find_tool("cfn-lint", "--version")
        if self.cfn_lint:
            report.consumer("cfn-lint", version)
        else:
            report.skip("cfn-lint", "not found")

    def jobs(self, output):
        folder = output.folder / "ecs"
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
            yield lambda path=path: self.judge(output, path)

    def judge(self, output, path):
        name = f"{output.name}/{path.relative_to(output.folder)}"
        document = json.loads(filled(path.read_text(encoding="utf-8")))
        if self.validator:
            errors = self.validator(document)
            self.report.add("botocore", name, [errors.generate_report()] if errors.has_errors() else [])
        if self.cfn_lint and "containerDefinitions" in document:
            template = {"AWSTemplateFormatVersion": "2010-09-09",
                        "Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": as_cloudformation(document)}}}
            wrapped = self.work / "cfn" / (name.replace("/", "__"))
            wrapped.parent.mkdir(parents=True, exist_ok=True)
            wrapped.write_text(json.dumps(template, indent=2))
            result = run([self.cfn_lint, "--format", "parseable", "--regions", "eu-central-1", "--", wrapped])
            self.report.add("cfn-lint", name, (result.stdout + result.stderr).splitlines() if result.returncode else [])
