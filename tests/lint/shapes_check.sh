#!/bin/sh
# Whether the generated shapes are what their tools would write, and whether the
# hand-written facts agree with them. A format whose source (terraform with a
# provider mirror, npm, botocore) is not on this machine is SKIPPED, with the
# reason; facts are always checked. Exit status 77: there is no python3.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! command -v python3 >/dev/null 2>&1; then
  echo "SKIPPED: python3 not found"
  exit 77
fi
PYTHONDONTWRITEBYTECODE=1 exec python3 "$root/stdlib/tools/generate_shapes.py" --check "$@"
