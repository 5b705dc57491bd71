"""A throw-away realm whose secondaries' programs are of one MIT release, with build/dev's kpropgw in between. Shared by
tests/releases/run and tests/releases/updates."""
import ctypes
import json
import os
import pathlib
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
KPROPGW = pathlib.Path(os.environ.get("KPROPGW", ROOT / "build/dev/gateway/cli/kpropgw"))
REALM = "KPROPGW.TEST"
DUMPS = {4: "b7", 5: "r13", 6: "r18", 7: "r1_11"}
PR_SET_CHILD_SUBREAPER = 36


def release_of(prefix):
    return [int(part) for part in pathlib.Path(prefix).name.split(".")]


def replace_in(file, *pairs):
    text = file.read_text()
    for old, new in pairs:
        text = text.replace(old, new)
    file.write_text(text)


def adopt_daemons():
    """Daemons that detach become our children, and so can be ended."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def releases_in(words):
    """DIR [VERSION...] as the prefixes of what is there, oldest first."""
    directory = pathlib.Path(words[0]).resolve()
    there = (p.name for p in directory.iterdir() if (p / "sbin/kpropd").exists())
    return [directory / version for version in words[1:] or sorted(there, key=release_of)]


class ReleaseRealm:
    def __init__(self, directory, prefix):
        self.directory, self.prefix = pathlib.Path(directory), pathlib.Path(prefix)
        self.configuration = self.directory / "gateway/kpropgw.conf"

    def do(self, *words, old=False, check=True):
        """samples/realm; `old`: with the release's programs before the installed ones."""
        path = f"{self.prefix}/sbin:" if old else ""
        environment = {**os.environ, "PATH": path + os.environ["PATH"], "KRB5RCACHEDIR": str(self.directory)}
        done = subprocess.run([ROOT / "samples/realm", self.directory, *map(str, words)], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=120)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip() or done.stdout.strip()}")
        return done

    def kpropd(self, host, loader=None):
        """Its command line, without what makes it a daemon. `loader`: in the place of its kdb5_util."""
        home = self.directory / host
        return [f"{self.prefix}/sbin/kpropd", "-P", (home / "port").read_text().strip(), "-r", REALM, "-a", home / "kpropd.acl",
                "-f", home / "from_master", "-F", home / "principal", "-s", home / "keytab", "-p", loader or f"{self.prefix}/sbin/kdb5_util"]

    def acl_line(self, host, role):
        return f"{host}.kpropgw.test:{(self.directory / host / 'port').read_text().strip()} {role}"

    def configure_gateway(self, acl_lines, secondaries=""):
        home = self.directory / "gateway"
        ports = {name: (home / name).read_text().strip() for name in ("port", "iprop_port")}
        self.configuration.write_text(f"""[gateway]
            realm = {REALM}
            host = gateway.kpropgw.test
            acl_file = kpropd.acl
            keytab = keytab
            store = lmdb:store
            control = control.sock
            listen = 127.0.0.2:{ports["port"]}
            iprop_listen = 127.0.0.2:{ports["iprop_port"]}
            prop_interval = 1s
            retry_min = 1s
            retry_max = 2s
        [status]
            http_listen = off
        {secondaries}
        """)
        (home / "kpropd.acl").write_text("\n".join(["primary.kpropgw.test:754 Primary", *acl_lines]) + "\n")

    def start_gateway(self):
        self.do("start-gateway", KPROPGW, self.configuration)
        self.status()

    def status(self):
        for _ in range(100):
            done = self.do("run", "gateway", KPROPGW, "status", "--json", "-c", self.configuration, check=False)
            if done.returncode == 0:
                return json.loads(done.stdout)
            time.sleep(0.1)
        raise RuntimeError(f"kpropgw does not answer: {done.stderr}")

    def secondary(self, name):
        return next(s for s in self.status()["secondaries"] if s["host"] == f"{name}.kpropgw.test")

    def end(self):
        self.do("stop", check=False)
        for child in pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
            os.kill(int(child), signal.SIGTERM)
            os.waitpid(int(child), 0)
