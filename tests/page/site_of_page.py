"""A realm of samples/realm with a gateway whose page is looked at, and secondaries of every kind."""
import contextlib
import json
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Role, and what is the matter with it.
SECONDARIES = {
    "kdc1": "Replace",
    "kdc2": "Replace",  # its kpropd does not run
    "kdc3": "Manual",   # waits for an order
    "kdc4": "Update",
    "kdc5": "Compat",   # frozen by an operator
}


class Site:
    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kpropgw-page-"))
        self.home = self.folder / "gateway"
        self.configuration = self.home / "kpropgw.conf"
        self.realm("create", "--principals", "20")
        self.realm("start")
        for name, role in SECONDARIES.items():
            self.realm("add-secondary", name, *(["--follow", "gateway"] if role == "Update" else []))
        self.configure()
        self.start()
        for name in ("kdc1", "kdc3", "kdc4", "kdc5"):
            self.realm("start-kpropd", name)
        self.kpropgw("freeze", "kdc5.kpropgw.test", "--reason", "its disk is being replaced")

    def realm(self, *words):
        done = subprocess.run([ROOT / "samples/realm", self.folder, *words], text=True, capture_output=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"samples/realm {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def value(self, host, name):
        return (self.folder / host / name).read_text().strip()

    @property
    def url(self):
        return f"http://127.0.0.2:{self.value('gateway', 'http_port')}/"

    def configure(self):
        ports = {host: self.value(host, "port") for host in ("gateway", *SECONDARIES)}
        self.configuration.write_text(f"""[gateway]
    realm = KPROPGW.TEST
    host = gateway.kpropgw.test
    acl_file = kpropd.acl
    keytab = keytab
    store = lmdb:store
    control = control.sock
    listen = 127.0.0.2:{ports["gateway"]}
    iprop_listen = 127.0.0.2:{self.value("gateway", "iprop_port")}
    prop_interval = 1s
    retry_min = 1s
    retry_max = 2s
[probe]
    interval = 0s
[status]
    http_listen = 127.0.0.2:{self.value("gateway", "http_port")}
""")
        self.write_acl([f"{name}.kpropgw.test:{ports[name]} {role}" for name, role in SECONDARIES.items()])

    def write_acl(self, lines):
        unfinished = self.home / "kpropd.acl.new"
        unfinished.write_text("\n".join(["primary.kpropgw.test:754 Primary", *lines]) + "\n")
        unfinished.rename(self.home / "kpropd.acl")

    def start(self):
        self.realm("start-gateway", self.program, str(self.configuration))
        wait_for("the gateway answers", lambda: self.get("healthz") == b"ok\n")

    def stop_gateway(self):
        self.realm("stop-gateway")

    def kpropgw(self, *words):
        return self.realm("run", "gateway", self.program, *words, "-c", str(self.configuration))

    def get(self, target):
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(self.url + target, timeout=10) as answer:
                return answer.read()
        return None

    def status(self):
        return json.loads(self.get("v1/status"))

    def state_of(self, name):
        return next(each["state"] for each in self.status()["secondaries"] if each["host"] == f"{name}.kpropgw.test")

    def change_and_push(self, user="user00001"):
        self.realm("kadmin", "cpw", "-pw", f"Another-password-{time.monotonic_ns()}", user)
        self.realm("push")

    def log(self):
        return (self.folder / "log/gateway.kpropgw.log").read_text()

    def end(self):
        with contextlib.suppress(RuntimeError):
            self.realm("stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_for(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"did not come true within {seconds} s: {what}")
        time.sleep(0.1)
