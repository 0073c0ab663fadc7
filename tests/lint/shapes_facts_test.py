#!/usr/bin/env python3
"""The check of hand-written facts finds what it is there to find."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "stdlib" / "tools"))
sys.dont_write_bytecode = True
from shapes import facts  # noqa: E402

GENERATED = """
shape hcl.aws_a {
  name: String
  size: Int?
  rule: List<aws_a.rule>?
  secret: Secret<String>?
  out arn: Late<String>
}
shape hcl.aws_a.rule { "x.y": String?, in: { a: Int, b: String? }? }
"""


def problems(written: str) -> list[str]:
    with tempfile.TemporaryDirectory() as d:
        hcl = Path(d) / "hcl"
        (hcl / "generated").mkdir(parents=True)
        (hcl / "facts").mkdir()
        (hcl / "generated" / "a.envc").write_text(GENERATED)
        (hcl / "facts" / "a.envc").write_text(written)
        return facts.check(Path(d))


class Facts(unittest.TestCase):
    def fact(self, field: str) -> list[str]:
        return problems("shape hcl.aws_a in 'a.tf' { %s }" % field)

    def test_agrees(self):
        for field in ("", "name: String where (it matches '[a-z{}]+')", "size: Bytes in whole GiB where (it in [1GiB, 2GiB])?",
                      'name: "a" | "b", size: Int where (it in -1..5)?', "rule: aws_a.rule?", "name: Json", "size: Int"):
            self.assertEqual(self.fact(field), [], field)
        self.assertEqual(problems("shape hcl.aws_a in 'a.tf' { }\nshape hcl.aws_a.rule { \"x.y\": String }"), [])

    def test_contradicts(self):
        for field, word in (("nam: String", "does not exist"), ("name: String?", "is required"), ("size: Bool?", "Int"),
                            ("arn: String", "output"), ("out name: Late<String>", "output"), ("rule: String?", "List"),
                            ("rule: List<aws_b.rule>?", "no shape")):
            found = self.fact(field)
            self.assertTrue(found and word in " ".join(found), (field, found))

    def test_whole_shapes(self):
        self.assertIn("no file", problems("shape hcl.aws_a { }")[0])
        self.assertIn("was not generated", problems("shape hcl.aws_a in 'a.tf' { }\nshape hcl.aws_b { }")[0])
        self.assertIn("twice", problems("shape hcl.aws_a in 'a.tf' { }\nshape hcl.aws_a { }")[0])


if __name__ == "__main__":
    unittest.main()
