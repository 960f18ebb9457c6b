#!/usr/bin/python3 -IS
"""A broker of a test: greets as the real one does and otherwise does what shows how requests travel."""
import hashlib, json, os, sys, time

with open(__file__, "rb") as file:
    SHA256 = hashlib.sha256(file.read()).hexdigest()
SERVERS = {"nginx": True, "apache": False, "php": ["8.2"], "mariadb": False, "postgresql": False, "bind": False, "nftables": True}
FACTS = {"system": "Debian", "hostname": os.uname().nodename, "systemd": False, "quota": "none", **SERVERS}


def hello(_):
    with open("/etc/suar-host/broker.json") as settings:
        return {"protocol": 1, "broker": "0.0.1", "sha256": SHA256, "facts": {**FACTS, "listen": json.load(settings)["listen"]}}


def taken(request):
    with open("/var/lib/suar-host/inbox/" + request["sha256"]) as file:
        return file.read()


VERBS = {
    "hello": hello,
    "put": lambda request: request,
    "read": lambda request: request,
    "who": lambda _: [os.getuid(), os.getpid(), dict(os.environ)],
    "long": lambda request: "x" * request["bytes"],
    "slow": lambda request: time.sleep(request["seconds"]) or "late",
    "taken": taken,
    "end": lambda _: sys.exit("the broker gave up"),
    "prattle": lambda _: print("Welcome!", flush=True),
}
for line in sys.stdin:
    request = json.loads(line)
    if request["verb"] == "refuse":
        answer = {"ok": False, **request["with"]}
    else:
        answer = {"ok": True, "value": VERBS[request["verb"]](request)}
    print(json.dumps({"id": request["id"], **answer}), flush=True)
