"""The Debian package that cpack makes of a build, and the unit of systemd in it: package_test.py BUILD KPROPGW"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BUILD, KPROPGW = sys.argv[1:3]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
UNIT = SOURCE / "samples/kpropgw.service"


def said(*command):
    """What a program prints; one that fails is an error with all that it said."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=200)
    if done.returncode != 0:
        raise AssertionError(f"{command}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="kpropgw-package-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        said("cpack", "-G", "DEB", "--config", f"{BUILD}/CPackConfig.cmake", "-B", cls.folder)
        [cls.deb] = cls.folder.glob("*.deb")
        said("dpkg-deb", "-R", cls.deb, cls.folder / "root")
        cls.root = cls.folder / "root"

    def test_holds_all_that_an_operator_needs(self):
        listed = said("dpkg-deb", "-c", self.deb)
        files = {line.split()[5][1:]: line.split()[:2] for line in listed.splitlines()}
        for name in ("usr/sbin/kpropgw", "usr/share/man/man8/kpropgw.8.gz", "usr/share/man/man5/kpropgw.conf.5.gz",
                     "usr/share/man/man5/kpropgw.acl.5.gz", "usr/share/bash-completion/completions/kpropgw",
                     "usr/share/zsh/vendor-completions/_kpropgw", "usr/lib/systemd/system/kpropgw.service",
                     "usr/lib/sysusers.d/kpropgw.conf", "usr/lib/tmpfiles.d/kpropgw.conf", "etc/kpropgw/kpropgw.conf",
                     "usr/share/doc/kpropgw/copyright", "usr/share/doc/kpropgw/examples/kpropgw.conf",
                     "usr/share/doc/kpropgw/examples/kpropd.acl", "usr/share/doc/kpropgw/examples/quickstart",
                     "usr/share/doc/kpropgw/examples/realm", "usr/share/doc/kpropgw/examples/lib/hosts.bash",
                     "usr/share/doc/kpropgw/examples/lib/processes.bash"):
            self.assertIn("/" + name, files)
        self.assertEqual(files["/usr/sbin/kpropgw"], ["-rwxr-xr-x", "root/root"])
        self.assertEqual({owner for _, owner in files.values()}, {"root/root"})
        self.assertEqual([name for name in files if "local" in name or "_test" in name], [])

    def test_needs_the_libraries_that_the_program_is_linked_to(self):
        needs = said("dpkg-deb", "-f", self.deb, "Depends")
        for library in ("libkrb5-3", "libgssapi-krb5-2", "liblmdb0", "libc-ares2", "libicu", "libc6"):
            self.assertIn(library, needs)
        self.assertIn("systemd | systemd-standalone-sysusers", needs)

    def test_keeps_a_configuration_that_was_changed(self):
        self.assertEqual((self.root / "DEBIAN/conffiles").read_text(), "/etc/kpropgw/kpropgw.conf\n")

    def test_has_scripts_that_a_shell_takes(self):
        for script in ("postinst", "prerm", "postrm"):
            said("sh", "-n", self.root / "DEBIAN" / script)
            self.assertEqual((self.root / "DEBIAN" / script).stat().st_mode & 0o777, 0o755)

    def test_makes_the_user_and_the_folders_in_a_root_of_its_own(self):
        root = self.folder / "users"
        (root / "etc").mkdir(parents=True)
        said("systemd-sysusers", f"--root={root}", self.root / "usr/lib/sysusers.d/kpropgw.conf")
        self.assertRegex((root / "etc/passwd").read_text(), r"(?m)^kpropgw:.*:/var/lib/kpropgw:/usr/sbin/nologin$")
        said("systemd-tmpfiles", "--create", f"--root={root}", self.root / "usr/lib/tmpfiles.d/kpropgw.conf")
        self.assertEqual((root / "etc/kpropgw").stat().st_mode & 0o777, 0o750)
        self.assertEqual((root / "var/lib/kpropgw").stat().st_mode & 0o777, 0o700)

    def test_has_a_program_and_a_configuration_that_go_together(self):
        program = self.root / "usr/sbin/kpropgw"
        self.assertEqual(said(program, "--version"), said(KPROPGW, "--version"))
        shown = said(program, "config", "show", "-c", self.root / "etc/kpropgw/kpropgw.conf")
        self.assertIn(f"acl_file = {self.root}/etc/kpropgw/kpropd.acl\n", shown)


class Unit(unittest.TestCase):
    def setUp(self):
        # systemd wants the program to be there, so the unit names the one that was built.
        temporary = tempfile.TemporaryDirectory(prefix="kpropgw-unit-")
        self.addCleanup(temporary.cleanup)
        self.unit = pathlib.Path(temporary.name) / UNIT.name
        self.unit.write_text(UNIT.read_text().replace("/usr/sbin/kpropgw", KPROPGW))

    def test_is_taken_by_systemd_without_a_word(self):
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", self.unit], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_is_exposed_by_two_at_most(self):
        told = said("systemd-analyze", "security", "--no-pager", "--offline=true", self.unit)
        self.assertLessEqual(float(re.search(r"for kpropgw\.service: ([0-9.]+) ", told)[1]), 2.0, told)


class Page(unittest.TestCase):
    """docs/man/kpropgw.acl.5, the one that is written by hand."""

    page = SOURCE / "docs/man/kpropgw.acl.5"

    def test_has_nothing_wrong_for_the_formatters(self):
        self.assertEqual(said("mandoc", "-Tlint", "-Wwarning", self.page), "")
        done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-z", self.page], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_has_an_example_that_is_a_list_of_servers(self):
        example = re.search(r"\.SH EXAMPLES\n\.EX\n(.*?)\.EE", self.page.read_text(), re.S)[1].replace("\\-", "-")
        with tempfile.NamedTemporaryFile("w", suffix=".acl") as file:
            file.write(example)
            file.flush()
            self.assertIn("4 servers, no errors", said(KPROPGW, "acl", "check", file.name, "--host", "gateway.test"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
