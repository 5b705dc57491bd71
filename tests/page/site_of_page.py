"""A realm of samples/realm with a gateway whose page is looked at, and secondaries of every kind."""
import contextlib
import json
import pathlib
import shutil
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from realm import Realm, wait_for  # noqa: E402

# Role, and what is the matter with it.
SECONDARIES = {
    "kdc1": "Replace",
    "kdc2": "Replace",  # its kpropd does not run
    "kdc3": "Manual",   # waits for an order
    "kdc4": "Update",
    "kdc5": "Compat",   # frozen by an operator
}


class Site(Realm):
    def __init__(self, program):
        super().__init__(tempfile.mkdtemp(prefix="kpropgw-page-"), program)
        self.do("create", "--principals", "20")
        self.do("start")
        for name, role in SECONDARIES.items():
            self.do("add-secondary", name, *(["--follow", "gateway"] if role == "Update" else []))
        self.configure([self.acl_line(name, role) for name, role in SECONDARIES.items()], sections=f"""[probe]
    interval = 0s
[status]
    http_listen = 127.0.0.2:{self.value("gateway", "http_port")}
""")
        self.start()
        for name in ("kdc1", "kdc3", "kdc4", "kdc5"):
            self.do("start-kpropd", name)
        self.kpropgw("freeze", "kdc5.kpropgw.test", "--reason", "its disk is being replaced")

    @property
    def url(self):
        return f"http://127.0.0.2:{self.value('gateway', 'http_port')}/"

    def start(self):
        self.start_gateway()
        wait_for("the gateway answers", lambda: self.get("healthz") == b"ok\n")

    def stop_gateway(self):
        self.do("stop-gateway")

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
        self.do("kadmin", "cpw", "-pw", f"Another-password-{time.monotonic_ns()}", user)
        self.do("push")

    def end(self):
        super().end()
        shutil.rmtree(self.directory, ignore_errors=True)
