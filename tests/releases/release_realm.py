"""A throw-away realm whose secondaries' programs are of one MIT release, with build/dev's kpropgw in between. Shared by
tests/releases/run and tests/releases/updates."""
import ctypes
import json
import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from realm import REALM, ROOT, Realm  # noqa: E402

KPROPGW = pathlib.Path(os.environ.get("KPROPGW", ROOT / "build/dev/gateway/cli/kpropgw"))
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


class ReleaseRealm(Realm):
    def __init__(self, directory, prefix):
        super().__init__(directory, KPROPGW)
        self.prefix = pathlib.Path(prefix)

    def do(self, *words, old=False, check=True):
        """samples/realm; `old`: with the release's programs before the installed ones. What became of it."""
        path = f"{self.prefix}/sbin:" if old else ""
        done = self.run(*words, environment={"PATH": path + os.environ["PATH"], "KRB5RCACHEDIR": str(self.directory)})
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip() or done.stdout.strip()}")
        return done

    def kpropd(self, host, loader=None):
        """Its command line, without what makes it a daemon. `loader`: in the place of its kdb5_util."""
        home = self.directory / host
        return [f"{self.prefix}/sbin/kpropd", "-P", (home / "port").read_text().strip(), "-r", REALM, "-a", home / "kpropd.acl",
                "-f", home / "from_master", "-F", home / "principal", "-s", home / "keytab", "-p", loader or f"{self.prefix}/sbin/kdb5_util"]

    def configure_gateway(self, acl_lines, secondaries=""):
        self.configure(acl_lines, sections=f"[status]\nhttp_listen = off\n{secondaries}\n")

    def start_gateway(self):
        super().start_gateway()
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
