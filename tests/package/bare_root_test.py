"""The Debian package in a bare Debian 12 root: bare_root_test.py BUILD [TEST...]

apt finds what it depends on, its samples make the quickstart's realm with the installed program, systemd runs its unit, and
what it leaves behind is what it should."""
import os
import pathlib
import re
import shutil
import struct
import sys
import tempfile
import textwrap
import time
import unittest

from bare_root import BareRoot, said, why_impossible, why_not_booted

BUILD = sys.argv[1]
EXAMPLES = "/usr/share/doc/kpropgw/examples"
REALM_PROGRAMS = ("krb5-kdc", "krb5-admin-server", "krb5-kpropd", "krb5-user", "libnss-wrapper", "python3")


def timed(what, work):
    began = time.monotonic()
    result = work()
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)
    return result


def keytab(realm, *components):
    """A keytab (MIT's format 0x502) with one AES key that no KDC knows: no ticket is asked for."""
    def counted(text):
        data = text if isinstance(text, bytes) else text.encode()
        return struct.pack(">H", len(data)) + data

    entry = struct.pack(">H", len(components)) + b"".join(map(counted, (realm, *components)))
    entry += struct.pack(">IIBH", 1, 0, 1, 18) + counted(os.urandom(32))  # name type, time, kvno, aes256-cts-hmac-sha1-96
    return struct.pack(">Hi", 0x502, len(entry)) + entry


def setUpModule():
    global root
    folder = tempfile.mkdtemp(prefix="bare-root-", dir=BUILD)
    unittest.addModuleCleanup(shutil.rmtree, folder)
    timed("cpack", lambda: said(["cpack", "-G", "DEB", "--config", f"{BUILD}/CPackConfig.cmake", "-B", folder], 200))
    [package] = pathlib.Path(folder).glob("*.deb")
    root = timed("a bare Debian 12", lambda: BareRoot(folder))
    shutil.copyfile(package, root.path / "kpropgw.deb")
    timed("kpropgw and what it depends on", lambda: root.install("/kpropgw.deb"))


class Installed(unittest.TestCase):
    def test_answers_without_any_other_package(self):
        self.assertRegex(root.run("kpropgw", "--version"), r"^kpropgw [0-9.]+\n$")
        self.assertIn("acl_file = /etc/kpropgw/kpropd.acl\n", root.run("kpropgw", "config", "show"))

    def test_has_its_user_and_folders(self):
        self.assertEqual(root.run("stat", "-c", "%U:%G %a", "/etc/kpropgw", "/var/lib/kpropgw"),
                         "root:kpropgw 750\nkpropgw:kpropgw 700\n")

    def test_has_a_unit_that_this_systemd_takes_without_a_word(self):
        self.assertEqual(root.run("systemd-analyze", "verify", "--man=no", "kpropgw.service"), "")

    def test_has_a_unit_that_is_exposed_by_two_at_most(self):
        told = root.run("systemd-analyze", "security", "--no-pager", "--offline=true", "/lib/systemd/system/kpropgw.service")
        self.assertLessEqual(float(re.search(r"for kpropgw\.service: ([0-9.]+) ", told)[1]), 2.0, told)

    def test_runs_the_quickstart_that_it_brings(self):
        timed("what the quickstart needs", lambda: root.install(*REALM_PROGRAMS))
        told = timed("quickstart", lambda: root.run(f"{EXAMPLES}/quickstart", alone=True, timeout=240))
        self.assertEqual(told.count("the new password gets a ticket, the old one does not"), 5, told)


class UnderSystemd(unittest.TestCase):
    """systemd itself as the first process of the root, and the unit as the package brings it."""

    @classmethod
    def setUpClass(cls):
        etc = root.path / "etc/kpropgw"
        cls.configuration = etc / "kpropgw.conf"
        cls.as_packaged = cls.configuration.read_text()
        cls.addClassCleanup(cls.configuration.write_text, cls.as_packaged)
        cls.write("prop_interval = 1h")
        cls.add("kpropd.acl", "primary.kpropgw.test Primary\nkdc1.kpropgw.test Manual\n")
        cls.add("krb5.conf", "[libdefaults]\n    default_realm = KPROPGW.TEST\n")
        (etc / "kpropd.ktf").write_bytes(keytab("KPROPGW.TEST", "host", "gateway.kpropgw.test"))
        cls.addClassCleanup((etc / "kpropd.ktf").unlink)
        drop_in = root.path / "etc/systemd/system/kpropgw.service.d"
        drop_in.mkdir()
        cls.addClassCleanup(shutil.rmtree, drop_in)
        (drop_in / "test.conf").write_text("[Service]\nWatchdogSec=3s\nRestartSec=100ms\nEnvironment=KRB5_CONFIG=/etc/kpropgw/krb5.conf\n")
        root.run("systemd-tmpfiles", "--create", "kpropgw.conf")
        if why := why_not_booted():
            raise unittest.SkipTest(why)
        cls.systemd = timed("systemd", cls.enterClassContextOf(root.boot()))

    @classmethod
    def enterClassContextOf(cls, booting):
        cls.addClassCleanup(lambda: booting.__exit__())
        return booting.__enter__

    @classmethod
    def add(cls, name, text):
        file = root.path / "etc/kpropgw" / name
        file.write_text(text)
        cls.addClassCleanup(file.unlink)

    @classmethod
    def write(cls, *lines):
        cls.configuration.write_text(textwrap.dedent("""\
            [gateway]
                realm = KPROPGW.TEST
                host = gateway.kpropgw.test
                acl_file = kpropd.acl
                keytab = kpropd.ktf
            """) + "".join(f"    {line}\n" for line in lines))

    def shown(self, name):
        return self.systemd.run("systemctl", "show", "--value", "-p", name, "kpropgw.service").strip()

    def await_shown(self, name, wanted):
        deadline = time.monotonic() + 30
        while not re.fullmatch(wanted, self.shown(name)):
            self.assertLess(time.monotonic(), deadline, f"{name} is {self.shown(name)}")
            time.sleep(0.1)

    def setUp(self):
        self.systemd.run("systemctl", "start", "kpropgw.service")
        self.addCleanup(self.systemd.run, "systemctl", "stop", "kpropgw.service")

    def test_is_started_when_its_doors_are_open(self):
        self.assertEqual(self.shown("ActiveState"), "active")
        self.systemd.run("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/754")
        self.await_shown("StatusText", "no registry yet, 1 secondaries")
        self.assertIn("primary.kpropgw.test", self.systemd.run("kpropgw", "status", "--json"))

    def test_reloads_what_is_right_and_refuses_what_is_wrong(self):
        self.write("prop_interval = 2h")
        self.systemd.run("systemctl", "reload", "kpropgw.service")
        self.assertIn("prop_interval: 2h, was 1h", self.systemd.run("journalctl", "--no-pager", "-u", "kpropgw.service"))
        self.write("prop_interval = never")
        self.assertNotEqual(self.systemd.try_to("systemctl", "reload", "kpropgw.service").returncode, 0)
        self.assertEqual(self.shown("ActiveState"), "active")
        self.write("prop_interval = 1h")
        self.systemd.run("systemctl", "reload", "kpropgw.service")

    def test_is_started_anew_when_it_hangs(self):
        self.systemd.run("systemctl", "kill", "-s", "STOP", "--kill-whom=main", "kpropgw.service")
        self.await_shown("NRestarts", "1")
        self.await_shown("ActiveState", "active")

    def test_stops_without_a_failure(self):
        self.systemd.run("systemctl", "stop", "kpropgw.service")
        self.assertEqual((self.shown("ActiveState"), self.shown("Result")), ("inactive", "success"))

    def test_is_not_started_with_a_configuration_with_errors(self):
        self.systemd.run("systemctl", "stop", "kpropgw.service")
        self.write("prop_intervall = 1h")
        self.addCleanup(self.systemd.run, "systemctl", "start", "kpropgw.service")
        self.addCleanup(self.write, "prop_interval = 1h")
        self.assertNotEqual(self.systemd.try_to("systemctl", "start", "kpropgw.service").returncode, 0)
        self.assertIn("did you mean \"prop_interval\"?", self.systemd.run("journalctl", "--no-pager", "-u", "kpropgw.service"))


class WhenItGoes(unittest.TestCase):
    """After the others, by its name."""

    def leftovers(self):
        return sorted(name for name in root.files() if "kpropgw" in name and name != "/kpropgw.deb")

    def test_leaves_the_registry_and_the_key_and_nothing_else(self):
        for name in ("etc/kpropgw/kpropd.ktf", "var/lib/kpropgw/data.mdb"):
            (root.path / name).write_text("of the realm\n")
        kept = ["/etc/kpropgw/kpropd.ktf", *sorted(f"/{file.relative_to(root.path)}" for file in (root.path / "var/lib/kpropgw").iterdir())]
        root.run("apt-get", "remove", "-y", "kpropgw")
        self.assertEqual(self.leftovers(), sorted(["/etc/kpropgw", "/etc/kpropgw/kpropgw.conf", "/var/lib/kpropgw", *kept]))
        root.run("apt-get", "purge", "-y", "kpropgw")
        self.assertEqual(self.leftovers(), sorted(["/etc/kpropgw", "/var/lib/kpropgw", *kept]))
        root.run("rm", *kept)
        root.install("/kpropgw.deb")
        root.run("systemctl", "enable", "kpropgw.service")
        root.run("apt-get", "purge", "-y", "kpropgw")
        self.assertEqual(self.leftovers(), [])
        self.assertRegex((root.path / "etc/passwd").read_text(), r"(?m)^kpropgw:")


if __name__ == "__main__":
    if why := why_impossible():
        print(f"SKIPPED: {why}")
        sys.exit(77)  # what CMakeLists.txt calls a skipped test
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
