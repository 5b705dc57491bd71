"""Hosts of a realm on one machine: each has its own name, address, /etc, /var, /run and /usr/sbin, by namespaces.

Everything ends with the process that calls `enter`, and nothing of the machine itself is changed."""

import atexit
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading

DOMAIN = "example.com"
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.abspath(os.path.join(HERE, "../../.."))
INSIDE = "KPROPGW_INSIDE_NETWORK"

# What a host is made of. It stays, as the process that holds its namespaces, until the network ends.
HOLDER = r"""
set -e
name=$1 home=$2 source=$3 program=$4
hostname "$name"
for part in /etc /var /usr/sbin; do
  mkdir -p "$home$part" "$home/work$part"
  mount -t overlay "$name" -o "lowerdir=$part,upperdir=$home$part,workdir=$home/work$part" "$part"
done
for part in /run /etc/krb5kdc /etc/default /etc/systemd/system /var/lib /var/lib/krb5kdc /var/tmp; do
  mkdir -p "$part"
  mount -t tmpfs -o size=8m "$name" "$part"
done
mkdir -p "$home/dev/shm" "$home/log"
for device in null zero full random urandom tty; do touch "$home/dev/$device"; mount --bind "/dev/$device" "$home/dev/$device"; done
ln -s /proc/self/fd "$home/dev/fd"
mount --rbind "$home/dev" /dev
mount --bind "$home/log" /var/log
mkdir -p /etc/kpropgw
rm -f /etc/krb5.keytab /etc/krb5.conf /etc/hosts /etc/resolv.conf
ln -sf "$program" /usr/sbin/kpropgw
for tool in systemctl journalctl scp; do ln -sf "$source/tests/operations/hosts/$tool" "/usr/sbin/$tool"; done
cp "$source/samples/kpropgw.service" /etc/systemd/system/
cp "$(dirname "$home")/names" /etc/hosts
ip link set lo up
echo ready
exec sleep infinity
"""

# A host whose clock is wrong has the error in /run/clock.
COMMAND = r"""
cd /
if [[ -e /run/clock ]]; then exec faketime -f "$(</run/clock)" bash -o pipefail -c "$1"; else exec bash -o pipefail -c "$1"; fi
"""


NOT_POSSIBLE_HERE = 77  # what CMakeLists.txt calls a skipped test


def enter():
    """Begins again as the first process of namespaces of its own; returns only there."""
    if os.environ.get(INSIDE):
        return
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    own = ["unshare", *user, "--mount", "--net", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"]
    tried = subprocess.run([*own, "true"], stderr=subprocess.PIPE, text=True, check=False)
    if tried.returncode != 0:
        print(f"SKIPPED: this machine gives no namespaces: {tried.stderr.strip()}")
        sys.exit(NOT_POSSIBLE_HERE)
    os.environ[INSIDE] = "yes"
    sys.stdout.flush()
    os.execvp("unshare", [*own, sys.executable, *sys.argv])


class Network:
    """The hosts of one realm. To be made after `enter`; `program` is the kpropgw that they have installed."""

    def __init__(self, names, program):
        self.home = tempfile.mkdtemp(prefix="kpropgw-operations.")
        atexit.register(os.rmdir, self.home)
        subprocess.run(["mount", "-t", "tmpfs", "hosts", self.home], check=True)
        atexit.register(subprocess.run, ["umount", "--lazy", self.home], check=False)
        self.holders = {}
        with open(f"{self.home}/names", "w", encoding="ascii") as table:
            print("127.0.0.1 localhost", file=table)
            for number, name in enumerate(names, 10):
                print(f"192.0.2.{number} {name}.{DOMAIN} {name}", file=table)
        self.ip("link", "add", "switch", "type", "bridge")
        self.ip("link", "set", "switch", "up")
        for number, name in enumerate(names, 10):
            self.add(name, f"192.0.2.{number}/24", program)

    @staticmethod
    def ip(*words):
        subprocess.run(["ip", *words], check=True)

    def add(self, name, address, program):
        holder = subprocess.Popen(
            ["unshare", "--net", "--uts", "--mount", "bash", "-c", HOLDER, "host", f"{name}.{DOMAIN}",
             f"{self.home}/{name}", SOURCE, program], stdout=subprocess.PIPE, text=True)
        if holder.stdout.readline() != "ready\n":
            raise RuntimeError(f"host {name} could not be made; what unshare or mount said is above")
        self.holders[name] = holder
        self.keep_syslog(name)
        with open(f"{self.home}/{name}/pid", "w", encoding="ascii") as file:
            file.write(str(holder.pid))
        self.ip("link", "add", f"to-{name}"[:15], "type", "veth", "peer", "name", "eth0", "netns", str(holder.pid))
        self.ip("link", "set", f"to-{name}"[:15], "master", "switch", "up")
        for words in (["address", "add", address, "dev", "eth0"], ["link", "set", "eth0", "up"]):
            subprocess.run(["nsenter", f"--target={holder.pid}", "--net", "ip", *words], check=True)

    def keep_syslog(self, name):
        """What programs of the host tell syslog goes to the log of their service, as in systemd's journal."""
        services = {"kpropd": "krb5-kpropd", "krb5kdc": "krb5-kdc", "kadmind": "krb5-admin-server"}
        door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        door.bind(f"{self.home}/{name}/dev/log")

        def keep():
            while True:
                line = door.recv(65536).decode("utf-8", "replace").rstrip("\0\n")
                said = re.match(r"<\d+>[A-Z][a-z]{2} [ \d]\d [\d:]{8} ([^\[:]+)(?:\[\d+\])?: (.*)", line, re.DOTALL)
                service, text = (services.get(said[1], said[1]), said[2]) if said else ("other", line)
                with open(f"{self.home}/{name}/log/{service}.log", "a", encoding="utf-8") as log:
                    print(text, file=log)

        threading.Thread(target=keep, daemon=True).start()

    def run(self, host, command, seconds=60):
        """What the command printed on either stream, and its exit status; 124 when it took longer."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8",
                       "KPROPGW_HOSTS": self.home}
        done = subprocess.run(
            ["nsenter", f"--target={self.holders[host].pid}", "--net", "--uts", "--mount", "timeout", "--foreground",
             str(seconds), "bash", "-c", COMMAND, host, command], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.stdout.decode("utf-8", "backslashreplace"), done.returncode

    def log(self, host):
        """What the services of a host wrote, for a test that failed."""
        return self.run(host, "tail -n 20 /var/log/krb5-*.log /var/log/kpropgw.log 2>/dev/null | cut -c -300")[0]
