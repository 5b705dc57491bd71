"""A throw-away realm with the gateway in it, whose control socket is spoken to without the program."""
import http.client
import json
import pathlib
import socket
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from realm import ROOT, Realm, wait_for  # noqa: E402,F401


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class RealmOfApi(Realm):
    """kdc1 takes dumps, and takes 2 s to load one; kdc2 is to follow by updates and never asks. `readers`: the group that
    may look. `follows`: the primary's kadmind is asked, which is not started."""

    def __init__(self, program, readers=None, follows=False):
        self.folder = tempfile.TemporaryDirectory(prefix="kpropgw-api-")
        super().__init__(self.folder.name, program)
        self.socket = self.home / "control.sock"
        try:
            self.start(readers, follows)
        except BaseException:
            self.end()
            raise

    def start(self, readers, follows):
        self.do("create", "--principals", "3", *(["--iprop"] if follows else []))
        self.do("add-secondary", "kdc1")
        self.do("add-secondary", "kdc2", "--follow", "gateway")
        self.configure([self.acl_line("kdc1", "Replace"), self.acl_line("kdc2", "Update")],
                       f"source = iprop:primary.kpropgw.test:{self.value('primary', 'iprop_port')}" if follows else "",
                       "[status]\nhttp_listen = off\n" + (f"readers = {readers}\n" if readers else ""))
        loader = self.directory / "slow-loader"
        loader.write_text('#!/bin/sh\nsleep 2\nexec kdb5_util "$@"\n')
        loader.chmod(0o755)
        self.do("start")
        self.do("start-kpropd", "kdc1", loader)
        self.start_gateway()
        self.wait_until_it_listens()

    def wait_until_it_listens(self):
        wait_for("the gateway listens", self.socket.exists)

    def status(self):
        return json.loads(self.kpropgw("status", "--json"))

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
        super().end()
        self.folder.cleanup()
