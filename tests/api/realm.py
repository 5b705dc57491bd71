"""A throw-away realm with the gateway in it, whose control socket is spoken to without the program."""
import http.client
import json
import pathlib
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Realm:
    """kdc1 takes dumps, and takes 2 s to load one; kdc2 is to follow by updates and never asks. `readers`: the group that
    may look. `follows`: the primary's kadmind is asked, which is not started."""

    def __init__(self, program, readers=None, follows=False):
        self.program = program
        self.folder = tempfile.TemporaryDirectory(prefix="kpropgw-api-")
        self.directory = pathlib.Path(self.folder.name)
        self.socket = self.directory / "gateway/control.sock"
        self.configuration = self.directory / "gateway/kpropgw.conf"
        try:
            self.start(readers, follows)
        except BaseException:
            self.end()
            raise

    def start(self, readers, follows):
        home = self.directory / "gateway"
        self.do("create", "--principals", "3", *(["--iprop"] if follows else []))
        self.do("add-secondary", "kdc1")
        self.do("add-secondary", "kdc2", "--follow", "gateway")
        ports = {name: (home / name).read_text().strip() for name in ("port", "iprop_port")}
        lines = [f"{name}.kpropgw.test:{self.do('port', name).strip()} {role}"
                 for name, role in (("kdc1", "Replace"), ("kdc2", "Update"))]
        (home / "kpropd.acl").write_text("\n".join(["primary.kpropgw.test:754 Primary", *lines]) + "\n")
        self.configuration.write_text(f"""[gateway]
            realm = KPROPGW.TEST
            host = gateway.kpropgw.test
            acl_file = kpropd.acl
            keytab = keytab
            store = lmdb:store
            control = control.sock
            listen = 127.0.0.2:{ports["port"]}
            iprop_listen = 127.0.0.2:{ports["iprop_port"]}
            prop_interval = 1s
            retry_min = 1s
            retry_max = 1s
            source = {f"iprop:primary.kpropgw.test:{self.iprop_port}" if follows else "kprop"}
        [status]
            http_listen = off
            {f"readers = {readers}" if readers else ""}
        """)
        loader = self.directory / "slow-loader"
        loader.write_text('#!/bin/sh\nsleep 2\nexec kdb5_util "$@"\n')
        loader.chmod(0o755)
        self.do("start")
        self.do("start-kpropd", "kdc1", loader)
        self.do("start-gateway", self.program, self.configuration)
        self.wait_for(self.socket.exists)

    @property
    def iprop_port(self):
        return (self.directory / "primary/iprop_port").read_text().strip()

    @staticmethod
    def wait_for(condition):
        """What it gives once it is true; fails after 30 s."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(0.05)
        raise AssertionError("not so within 30 s")

    def status(self):
        return json.loads(self.cli("status", "--json"))

    def do(self, *words):
        done = subprocess.run([ROOT / "samples/realm", self.directory, *map(str, words)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def cli(self, *words):
        return self.do("run", "gateway", self.program, *words, "-c", self.configuration)

    def ask(self, verb, path, body=None):
        """Status and body; a body that is no text goes as JSON."""
        text = body if body is None or isinstance(body, (str, bytes)) else json.dumps(body)
        connection = Connection(self.socket)
        try:
            try:
                connection.request(verb, path, body=text)
            except BrokenPipeError:
                pass  # it has answered before it read everything
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), answer.read()
        finally:
            connection.close()

    def end(self):
        try:
            self.do("stop")
        finally:
            self.folder.cleanup()
