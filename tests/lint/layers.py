"""Who may know whom: the #include rules of the house."""
import re

from cpp_source import sources

ORDER = ["base", "diag", "syntax", "sema", "eval", "model", "plan", "graph", "driver", "lsp"]
GRAPH = {"base", "diag", "syntax", "sema", "eval", "model", "graph"}  # pictures are made of environments, not of plans
BACKENDS = {"base", "diag", "plan"}
# What reaches across: the tools run when the compiler is built, `tools/embedded.h` is plain data.
TOOLS = {"base", "diag", "syntax", "sema", "tools"}
ANYBODY = {"tools/embedded.h"}
IO = re.compile(r"^(fstream|iostream|filesystem|cstdio|stdio\.h|unistd\.h|sys/.*|fcntl\.h)$")
IO_ALLOWED = re.compile(r"^compiler/(driver|lsp|tools)/|^compiler/base/(file_system\.cpp|expected\.h)$")


def allowed(name):
    parts = name.split("/")
    if parts[0] == "backends":
        return BACKENDS
    if parts[0] == "grammar":
        return {"base", "diag", "syntax"}
    folder = parts[1]
    if folder == "tools":
        return TOOLS
    if folder == "graph":
        return GRAPH
    return set(ORDER[:ORDER.index(folder) + 1]) if folder in ORDER else set()


def check():
    problems = []
    pegtl_units = set()
    for source in sources("compiler", "backends", "grammar"):
        may = allowed(source.name)
        in_backends = source.name.startswith("backends/")
        for line, include in source.includes:
            where = f"{source.name}:{line}"
            first = include.split("/")[0]
            if include.startswith("tao/") or include.startswith("grammar/envc_grammar"):
                if source.name.endswith(".cpp"):
                    pegtl_units.add(source.name)
                elif not source.name.startswith("grammar/"):
                    problems.append(f"{where}: only grammar/ and one unit may see PEGTL")
            if (first in ORDER or first == "tools") and include not in ANYBODY and first not in may:
                problems.append(f"{where}: {first} is not below {source.name.split('/')[1]}: `{include}`")
            if include == "backend.h" and not in_backends and not source.name.startswith("compiler/driver/"):
                problems.append(f"{where}: only the driver knows the backends")
            if first == "grammar" and not source.name.startswith(("grammar/", "compiler/syntax/")):
                problems.append(f"{where}: only syntax/ knows the grammar")
            if IO.match(include) and not IO_ALLOWED.match(source.name):
                if include in ("cstdio", "stdio.h") and not any(source.words(r"\b(f?open|fopen|fwrite|printf|fprintf|puts|remove|rename)\s*\(")):
                    continue  # snprintf and EOF are no IO
                problems.append(f"{where}: IO belongs into driver/ and base/file_system: <{include}>")
            if include == "regex":
                problems.append(f"{where}: <regex> costs 4 s a unit and recurses on its input")
        for line, match in source.words(r"\bthrow\b|\bstd::getenv\b|\bstd::shared_ptr\b"):
            if match.group(0) == "std::getenv" and source.name.startswith("compiler/driver/"):
                continue
            problems.append(f"{source.name}:{line}: `{match.group(0)}` is not used in this house")
    if len(pegtl_units) > 1:
        problems.append(f"PEGTL is compiled in {len(pegtl_units)} units: {', '.join(sorted(pegtl_units))}")
    return problems
