"""A throw-away realm of samples/realm with a gateway in it, for tests in Python."""
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
REALM = "KPROPGW.TEST"


class Realm:
    """Nothing is made before create(). `program` is the kpropgw that runs in it."""

    def __init__(self, directory, program):
        self.directory = pathlib.Path(directory)
        self.program = program
        self.home = self.directory / "gateway"
        self.configuration = self.home / "kpropgw.conf"

    def run(self, *words, environment=None):
        """samples/realm; `environment` is added to this one's."""
        return subprocess.run([ROOT / "samples/realm", self.directory, *map(str, words)], env={**os.environ, **(environment or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=120)

    def do(self, *words, environment=None):
        """The same, which must succeed; what it printed."""
        done = self.run(*words, environment=environment)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def value(self, host, name):
        return (self.directory / host / name).read_text().strip()

    def acl_line(self, host, role):
        return f"{host}.kpropgw.test:{self.value(host, 'port')} {role}"

    def write_acl(self, lines):
        """At once, as an editor does."""
        unfinished = self.home / "kpropd.acl.new"
        unfinished.write_text("\n".join(["primary.kpropgw.test:754 Primary", *lines]) + "\n")
        unfinished.rename(self.home / "kpropd.acl")

    def configure(self, acl_lines, gateway="", sections="[status]\nhttp_listen = off\n"):
        """kpropgw.conf and kpropd.acl. `gateway`: lines of [gateway] besides what every test needs."""
        self.configuration.write_text(f"""[gateway]
    realm = {REALM}
    host = gateway.kpropgw.test
    acl_file = kpropd.acl
    keytab = keytab
    store = lmdb:store
    control = control.sock
    listen = 127.0.0.2:{self.value("gateway", "port")}
    iprop_listen = 127.0.0.2:{self.value("gateway", "iprop_port")}
    prop_interval = 1s
    retry_min = 1s
    retry_max = 2s
    {gateway}
{sections}""")
        self.write_acl(acl_lines)

    def start_gateway(self):
        """Not waited for."""
        self.do("start-gateway", self.program, self.configuration)

    def kpropgw(self, *words):
        return self.do("run", "gateway", self.program, *words, "-c", self.configuration)

    def end(self):
        self.run("stop")


def wait_for(what, condition, seconds=60):
    """What it gives once it is true."""
    end = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        if time.monotonic() > end:
            raise AssertionError(f"did not come true within {seconds} s: {what}")
        time.sleep(0.1)
