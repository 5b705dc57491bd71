"""What the benchmarks share."""

import os
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KPROPGW = ROOT / "build/release/gateway/cli/kpropgw"


def say(text):
    print(text, file=sys.stderr, flush=True)


def build(*targets):
    subprocess.run(f"cmake --preset release && cmake --build --preset release --target {' '.join(targets)}", shell=True,
                   cwd=ROOT, check=True, stdout=sys.stderr)


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="ascii")
                  if line.startswith("model name")), platform.machine())
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} cores of {model}, {pages / 2**30:.0f} GiB, Linux {platform.release()}"
