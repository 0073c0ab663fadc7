"""Projects of any size, as a person would write them: services in files of
fifty, one database, one environment on Kubernetes with everything that a service
may have there: an autoscaler, a budget for disruptions, a public name with TLS."""

PER_FILE = 50


def service(index):
    return f"""service s{index} {{
  image = "example.com/s{index}:1.0.0"
  port http = 8000
  env {{ DATABASE_URL = db.url, LOG_LEVEL = "info", NUMBER = "{index}" }}
  health {{ live = get("/healthz"), ready = get("/ready") }}
  size {{ cpu = 0.5cpu, memory = 1GiB }}
  scale {{ within = 2..5, cpu = target(70%) }}
  expose http {{ host = "s{index}.example.com" }}
}}
"""


def environments(count):
    larger = "".join(f"  s{index} {{ scale {{ within = 3..9 }} }}\n" for index in range(0, count, 10))
    return f"""environment production on kubernetes {{
  data = synthetic
  on kubernetes {{ ingress = nginx {{ certificate = issuer("letsencrypt") }} }}
  db {{ storage = 10GiB }}
{larger}}}
"""


def write_project(folder, count):
    """The files of a project with `count` services."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "system.envc").write_text('edition 2026\nsystem bench { }\ninput version: Version\n\npostgres db { version = "16" }\n')
    for first in range(0, count, PER_FILE):
        texts = [service(index) for index in range(first, min(first + PER_FILE, count))]
        (folder / f"services_{first:06}.envc").write_text("edition 2026\n\n" + "\n".join(texts))
    (folder / "environments.envc").write_text("edition 2026\n\n" + environments(count))
