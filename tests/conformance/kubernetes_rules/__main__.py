"""python3 -m kubernetes_rules FOLDER…: what the manifests of each folder break.
python3 -m kubernetes_rules: all rules."""
import sys

from . import RULES, judge, read


def main():
    for one in [] if sys.argv[1:] else RULES.values():
        print(f"{one.id}: {one.sentence}")
    found = [finding for folder in sys.argv[1:] for finding in judge(read(folder))]
    for one in RULES.values():
        own = [finding for finding in found if finding.rule == one.id]
        if own:
            print(f"{one.id}: {one.sentence}")
            for finding in own:
                print(f"    {finding}")
    return 1 if found else 0


sys.exit(main())
