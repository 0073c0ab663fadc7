"""The Compose specification as far as envc writes it: for each key the forms its
value may have. Unknown keys are errors, as in the specification's own schema."""
import re


def fail(path, text):
    return [f"{path or '/'}: {text}"]


def text(value, path):
    return [] if isinstance(value, str) else fail(path, f"a string was expected, not {value!r}")


def flag(value, path):
    return [] if isinstance(value, bool) else text(value, path)


def number(value, path):
    return [] if isinstance(value, (int, float)) and not isinstance(value, bool) else text(value, path)


def whole(value, path):
    return [] if isinstance(value, int) and not isinstance(value, bool) else text(value, path)


def matches(pattern, what):
    compiled = re.compile(pattern)

    def check(value, path):
        if isinstance(value, str) and (compiled.fullmatch(value) or "${" in value):
            return []
        return fail(path, f"{what} was expected, not {value!r}")
    return check


duration = matches(r"(\d+(\.\d+)?(us|ms|s|m|h))+", "a duration such as 1m30s")
size = matches(r"\d+(\.\d+)?(b|k|kb|m|mb|g|gb|B|K|KB|M|MB|G|GB)", "a size such as 512M")


def words(*allowed):
    return lambda value, path: [] if value in allowed and isinstance(value, str) else fail(path, f"one of {', '.join(allowed)} was expected, not {value!r}")


def either(*forms):
    def check(value, path):
        tries = [form(value, path) for form in forms]
        return min(tries, key=len) if all(tries) else []
    return check


def listing(form):
    def check(value, path):
        if not isinstance(value, list):
            return fail(path, "a list was expected")
        return [problem for index, item in enumerate(value) for problem in form(item, f"{path}/{index}")]
    return check


def mapping(form, key=r".+"):
    def check(value, path):
        if not isinstance(value, dict):
            return fail(path, "a map was expected")
        out = []
        for name, item in value.items():
            if not isinstance(name, str) or not re.fullmatch(key, name):
                out += fail(f"{path}/{name}", "not a valid key")
            out += form(item, f"{path}/{name}")
        return out
    return check


def record(_must=(), **fields):
    def check(value, path):
        if not isinstance(value, dict):
            return fail(path, "a map was expected")
        out = [problem for name in _must if name not in value for problem in fail(path, f"`{name}` is missing")]
        for name, item in value.items():
            if not isinstance(name, str):
                out += fail(path, f"the key {name!r} is no string")
            elif name in fields:
                out += fields[name](item, f"{path}/{name}")
            elif not name.startswith("x-"):
                out += fail(path, f"unknown key `{name}`")
        return out
    return check


def nothing(value, path):
    return [] if value is None else fail(path, "nothing was expected")


KEY = r"[a-zA-Z0-9._-]+"
strings = listing(text)
string_or_list = either(text, strings)
scalar = either(text, number, flag, nothing)
labels = either(mapping(either(text, number, flag, nothing)), strings)
limits = record(cpus=number, memory=size, pids=whole, devices=listing(mapping(scalar)))
update = record(parallelism=whole, delay=duration, failure_action=words("continue", "rollback", "pause"), monitor=duration,
                max_failure_ratio=number, order=words("start-first", "stop-first"))
mounted_file = either(text, record(source=text, target=text, uid=text, gid=text, mode=either(whole, text)))

service = record(
    image=text, container_name=text, hostname=text, platform=text, user=text, working_dir=text, network_mode=text, pid=text,
    stop_signal=text, runtime=text, mac_address=text, ipc=text, cgroup=text, userns_mode=text, domainname=text,
    init=flag, read_only=flag, privileged=flag, tty=flag, stdin_open=flag, attach=flag, oom_kill_disable=flag,
    cpus=number, scale=whole, pids_limit=whole, cpu_shares=number, oom_score_adj=whole,
    mem_limit=size, mem_reservation=size, memswap_limit=size, shm_size=size, stop_grace_period=duration,
    command=either(text, strings, nothing), entrypoint=either(text, strings, nothing),
    restart=matches(r"no|always|on-failure(:\d+)?|unless-stopped", "no, always, on-failure or unless-stopped"),
    pull_policy=matches(r"always|never|missing|if_not_present|build|daily|weekly|every_.+", "a pull policy"),
    cap_add=strings, cap_drop=strings, security_opt=strings, profiles=listing(matches(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*", "a profile's name")),
    devices=listing(either(text, mapping(text))), dns=string_or_list, dns_search=string_or_list, group_add=listing(either(text, number)),
    expose=listing(either(text, number)), links=strings, tmpfs=string_or_list, extra_hosts=either(strings, mapping(text)),
    env_file=either(text, listing(either(text, record(_must=["path"], path=text, required=flag, format=text)))),
    environment=either(mapping(scalar), strings), labels=labels, annotations=labels, sysctls=either(mapping(either(text, number)), strings),
    ulimits=mapping(either(whole, record(hard=whole, soft=whole))),
    build=either(text, record(context=text, dockerfile=text, dockerfile_inline=text, target=text, args=either(mapping(scalar), strings),
                              labels=labels, cache_from=strings, cache_to=strings, network=text, platforms=strings, pull=flag,
                              no_cache=flag, shm_size=size, tags=strings, secrets=listing(mounted_file), ssh=either(strings, mapping(text)),
                              additional_contexts=either(strings, mapping(text)))),
    depends_on=either(strings, mapping(record(_must=["condition"], restart=flag, required=flag,
                                              condition=words("service_started", "service_healthy", "service_completed_successfully")))),
    healthcheck=record(test=either(text, strings), interval=duration, timeout=duration, retries=whole, start_period=duration,
                       start_interval=duration, disable=flag),
    logging=record(driver=text, options=mapping(either(text, number, nothing))),
    networks=either(strings, mapping(either(nothing, record(aliases=strings, ipv4_address=text, ipv6_address=text, priority=number)), KEY)),
    ports=listing(either(matches(r"[0-9.:/a-z${}?A-Z_\[\]-]+", "a quoted port mapping"),
                         record(target=whole, published=text, host_ip=text, protocol=text, mode=words("host", "ingress"), name=text, app_protocol=text))),
    volumes=listing(either(text, record(_must=["type"], type=words("bind", "volume", "tmpfs", "cluster", "npipe", "image"), source=text,
                                        target=text, read_only=flag, consistency=text, bind=mapping(either(flag, text)),
                                        volume=mapping(either(flag, text)), tmpfs=record(size=either(whole, size), mode=whole)))),
    secrets=listing(mounted_file), configs=listing(mounted_file),
    deploy=record(mode=words("global", "replicated", "replicated-job", "global-job"), replicas=whole, labels=labels,
                  resources=record(limits=limits, reservations=limits), update_config=update, rollback_config=update,
                  restart_policy=record(condition=words("none", "on-failure", "any"), delay=duration, max_attempts=whole, window=duration),
                  placement=record(constraints=strings, max_replicas_per_node=whole), endpoint_mode=text),
    develop=record(watch=listing(mapping(either(text, strings)))),
    extends=either(text, record(service=text, file=text)), storage_opt=mapping(scalar),
)

network = record(name=text, driver=text, driver_opts=mapping(either(text, number)), internal=flag, attachable=flag, enable_ipv6=flag,
                 external=flag, labels=labels, ipam=record(driver=text, config=listing(mapping(text)), options=mapping(text)))
volume = record(name=text, driver=text, driver_opts=mapping(either(text, number)), external=flag, labels=labels)
secret = record(name=text, file=text, environment=text, external=flag, labels=labels, driver=text, driver_opts=mapping(scalar))
config = record(name=text, file=text, environment=text, content=text, external=flag, labels=labels)

document = record(
    _must=["services"], name=matches(r"[a-z0-9][a-z0-9_-]*", "a project name in lower case"), include=listing(either(text, mapping(string_or_list))),
    services=mapping(service, KEY), networks=mapping(either(network, nothing), KEY), volumes=mapping(either(volume, nothing), KEY),
    secrets=mapping(secret, KEY), configs=mapping(config, KEY),
)
