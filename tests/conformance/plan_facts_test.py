"""plan_facts finds what differs, and only that."""
import unittest

from plan_facts import check

PLAN = {"planned_values": {
    "outputs": {"name": {"value": "shop"}},
    "root_module": {"resources": [{"address": "aws_x.a", "values": {"size": 3, "on": True, "rule": [{"id": "one", "more": 1}]}}]}}}


class PlanFacts(unittest.TestCase):
    def test_what_holds(self):
        self.assertEqual(check({"aws_x.a": {"size": 3, "rule": [{"id": "one"}]}, "output.name": "shop"}, PLAN), [])

    def test_what_differs(self):
        self.assertEqual(check({"aws_x.a": {"size": "3"}}, PLAN), ['aws_x.a.size: expected "3", found 3'])
        self.assertEqual(check({"aws_x.a": {"on": 1}}, PLAN), ["aws_x.a.on: expected 1, found true"])
        self.assertEqual(check({"aws_x.a": {"missing": 1}}, PLAN), ["aws_x.a.missing: expected 1, found null"])
        self.assertEqual(check({"aws_x.a": {"rule": []}}, PLAN), ['aws_x.a.rule: expected 0 items, found [{"id": "one", "more": 1}]'])

    def test_what_is_not_planned(self):
        self.assertEqual(check({"aws_x.b": {}}, PLAN), ["aws_x.b: not planned"])

    def test_what_must_not_be_planned(self):
        self.assertEqual(check({"aws_x.b": None}, PLAN), [])
        self.assertEqual(check({"aws_x.a": None}, PLAN), ["aws_x.a: planned"])


if __name__ == "__main__":
    unittest.main()
