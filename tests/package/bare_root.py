"""A bare Debian 12 root that is nobody else's, and programs in it. Each runs in namespaces of its own, so that its mounts and
what it starts end with it. Root only: mounts and chroot take CAP_SYS_ADMIN.

    bare_root.py ROOT [--alone] [--boot] COMMAND...    # what run() and boot() have unshare start: mounts, chroot, exec
"""
import fcntl
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import time

SUITE = "bookworm"
CGROUPS = pathlib.Path("/sys/fs/cgroup")


def said(command, timeout, **more):
    """What a program prints; one that fails is an error with all that it said."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, text=True, timeout=timeout, **more)
    if done.returncode != 0:
        raise AssertionError(f"{command}: status {done.returncode}\n{done.stdout}")
    return done.stdout


def sources():
    """The files in which this machine's apt keeps Debian's mirrors; those with keys of others are left out."""
    folder = pathlib.Path("/etc/apt")
    found = [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*.list")),
             *sorted((folder / "sources.list.d").glob("*.sources"))]

    def is_debians(text):
        keys = re.findall(r"(?i)signed-by[:=]\s*(\S+)", text)
        return SUITE in text and all("debian-archive" in key for key in keys)

    return [file for file in found if file.exists() and is_debians(file.read_text())]


def settings():
    """How this machine's apt gets at its mirrors: proxies, patience, whether dates are believed."""
    wanted = re.compile(r"Acquire::(https?::(\S+::)?Proxy|Check-|Retries)")
    dumped = said(["apt-config", "dump"], 30).splitlines()
    return [line for line in dumped if wanted.match(line) and not line.endswith('"";')]


class BareRoot:
    def __init__(self, folder):
        """Made by mmdebstrap; apt in it has its lists and starts no daemon."""
        self.path = pathlib.Path(folder) / "root"
        options = [f"--aptopt={line}" for line in settings()]
        said(["mmdebstrap", "--mode=root", "--variant=minbase", "--skip=cleanup/apt", "--dpkgopt=force-unsafe-io", *options, SUITE,
              self.path, *sources()], 400)
        for file in ("/etc/resolv.conf", "/etc/hosts"):
            shutil.copyfile(file, f"{self.path}{file}")
        policy = self.path / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)

    def run(self, *command, alone=False, timeout=120):
        """A program to its end, `alone` without a network but loopback."""
        return said(self._inside(["--net"] if alone else [], ["--alone"] if alone else [], command), timeout)

    def install(self, *packages):
        self.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends", *packages,
                 timeout=300)

    def boot(self):
        return Booted(self)

    def files(self):
        """Every path that is not of the kernel's, of apt's or dpkg's own, or of what runs."""
        listed = self.run("find", "/", "-xdev", "-not", "-path", "/proc/*", "-not", "-path", "/var/lib/dpkg/*", "-not", "-path",
                          "/var/cache/*", "-not", "-path", "/var/log/*", "-not", "-path", "/tmp/*")
        return set(listed.splitlines())

    def _inside(self, namespaces, options, command):
        return ["unshare", "--mount", "--pid", "--ipc", "--uts", *namespaces, "--fork", "--kill-child", sys.executable, __file__, self.path,
                *options, *command]


class Booted:
    """systemd as the first process of that root. To be used in a `with`."""

    def __init__(self, root):
        self.root = root
        self.cgroup = f"kpropgw-test-{os.getpid()}"

    def __enter__(self):
        # In a group of its own in each hierarchy, so that what systemd makes there can be found and taken away.
        self.groups = [group / self.cgroup for group in own_groups()]
        for group in self.groups:
            group.mkdir()
        self.process = subprocess.Popen([str(word) for word in self.root._inside(
            ["--net", "--cgroup"], ["--alone", "--boot"], ["/lib/systemd/systemd", "--system", "--show-status=no", "--unit=basic.target"])],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            preexec_fn=lambda: [(group / "cgroup.procs").write_text(str(os.getpid())) for group in self.groups])
        deadline = time.monotonic() + 60
        while "running" not in self.try_to("systemctl", "is-system-running").stdout:
            if time.monotonic() > deadline or self.process.poll() is not None:
                self.__exit__()
                raise AssertionError(f"systemd did not come up: {self.process.stdout.read()}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        for group in self.groups:
            for folder, _, _ in sorted(os.walk(group), reverse=True):
                await_removal(folder)

    def try_to(self, *command, timeout=60):
        pid = self.process.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if not children:
            return subprocess.CompletedProcess(command, 1, "", "nothing runs yet")
        entered = ["nsenter", "-t", children[0], "-m", "-p", "-n", "-i", "-u", "-C", "chroot", str(self.root.path)]
        return subprocess.run([*entered, *command], capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL)

    def run(self, *command):
        done = self.try_to(*command)
        if done.returncode != 0:
            journal = self.try_to("journalctl", "--no-pager", "-n", "50").stdout
            raise AssertionError(f"{command}: status {done.returncode}\n{done.stdout}{done.stderr}\n{journal}")
        return done.stdout


def await_removal(group):
    """A control group can be removed when the last of its processes is gone, which a kill does not wait for."""
    for _ in range(100):
        try:
            os.rmdir(group)
            return
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{group} cannot be removed")


def own_groups():
    """The control groups that this process is in, one in each hierarchy that is mounted and can be divided."""
    groups = []
    for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        hierarchy = CGROUPS / (controllers.removeprefix("name=") or "unified")
        if not controllers and not hierarchy.exists():
            hierarchy = CGROUPS
        group = hierarchy / path.lstrip("/")
        # cpuset takes nobody in before it is set up.
        if controllers != "cpuset" and (group / "cgroup.procs").exists():
            groups.append(group)
    return groups


def raise_loopback():
    """With an address that is not of loopback too: without one kpropd's getaddrinfo (AI_ADDRCONFIG) finds nothing to bind."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up = struct.pack("16sh", b"lo", 0x1 | 0x40)  # IFF_UP, IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, up)  # SIOCSIFFLAGS
        address = struct.pack("16sHH4s8x", b"lo:1", socket.AF_INET, 0, socket.inet_aton("192.0.2.1"))  # RFC 5737
        fcntl.ioctl(any_socket, 0x8916, address)  # SIOCSIFADDR


def why_impossible():
    """Why this machine lets nobody make such a root, or ""."""
    if os.geteuid() != 0:
        return "only root can make a Debian root"
    tried = subprocess.run(["unshare", "--mount", "--pid", "--ipc", "--uts", "--net", "--fork", "mount", "--make-rprivate", "/"],
                           stderr=subprocess.PIPE, text=True, check=False)
    return tried.stderr.strip()


def why_not_booted():
    """Why systemd cannot be a first process here, or ""."""
    try:
        groups = [group / f"kpropgw-try-{os.getpid()}" for group in own_groups()]
        for group in groups:
            group.mkdir()
            group.rmdir()
    except OSError as problem:
        return f"no control group can be made: {problem}"
    return "" if groups else "no control groups are mounted"


def mount(*arguments):
    subprocess.run(["mount", *[str(word) for word in arguments]], check=True)


def mount_control_groups(at):
    if (CGROUPS / "cgroup.controllers").exists():
        mount("-t", "cgroup2", "cgroup2", at)
        return
    mount("-t", "tmpfs", "tmpfs", at)
    for name, kind in (("systemd", ["-t", "cgroup", "-o", "none,name=systemd"]), ("unified", ["-t", "cgroup2"])):
        (at / name).mkdir()
        mount(*kind, "cgroup", at / name)


def enter(root, options, command):
    """The first process of new namespaces becomes `command` in the root."""
    mount("--make-rprivate", "/")
    mount("--bind", root, root)
    mount("-t", "proc", "proc", root / "proc")
    mount("-t", "tmpfs", "tmpfs", root / "tmp")
    mount("-t", "tmpfs", "tmpfs", root / "dev/shm")
    if "--alone" in options:
        raise_loopback()
    if "--boot" in options:
        mount("-t", "sysfs", "sysfs", root / "sys")
        mount("-t", "tmpfs", "tmpfs", root / "run")
        mount_control_groups(root / "sys/fs/cgroup")
    os.chroot(root)
    os.chdir("/")
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root"}
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        if name in os.environ:
            environment[name] = os.environ[name]
    if "--boot" in options:
        environment["container"] = "kpropgw-test"
    os.execvpe(command[0], command, environment)


if __name__ == "__main__":
    words = sys.argv[2:]
    given = []
    while words and words[0] in ("--alone", "--boot"):
        given.append(words.pop(0))
    enter(pathlib.Path(sys.argv[1]), given, words)
