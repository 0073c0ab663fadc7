"""C++ sources as the lint sees them: includes, code without comments, string
literals with their lines. No parser: the house's style keeps it that simple."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|^#include[^\n]*'        # comments, and names of files
    r'|R"(?P<delim>[^(\s]*)\((?P<raw>.*?)\)(?P=delim)"'  # raw strings
    r'|"(?P<text>(?:\\.|[^"\\\n])*)"'            # strings
    r"|'(?:\\.|[^'\\\n])+'",                     # characters
    re.S | re.M)


class Source:
    def __init__(self, path):
        self.path = path
        self.name = path.relative_to(ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.includes = [(self.line(m.start()), m.group(1)) for m in re.finditer(r'^#include\s+[<"]([^>"]+)[>"]', self.text, re.M)]
        self.literals = []
        pieces, last = [], 0
        for match in TOKEN.finditer(self.text):
            literal = match.group("text") if match.group("text") is not None else match.group("raw")
            if literal is not None:
                self.literals.append((self.line(match.start()), literal))
            pieces.append(self.text[last:match.start()])
            pieces.append("\n" * match.group(0).count("\n") + " ")
            last = match.end()
        pieces.append(self.text[last:])
        self.code = "".join(pieces)

    def line(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def words(self, pattern):
        """(line, match) in the code, outside comments and literals."""
        for match in re.finditer(pattern, self.code):
            yield self.code.count("\n", 0, match.start()) + 1, match


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cpp", ".h") and "build" not in path.parts:
                yield Source(path)
