#!/usr/bin/env python3
"""The README's examples on files print what it shows: readme_test.py KPROPGW. What needs a realm is in docs/operations.md."""

import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop())
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")


def examples():
    """Each `$ kpropgw ...` of the README with the lines below it, up to the next one or the end of its block."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        text = file.read()
    return re.findall(r"^\$ kpropgw (.*)\n((?:(?!\$ |```).*\n)*)", text, re.MULTILINE)


def write_files(folder):
    """The files that the examples name: a list and a configuration with errors, two dumps a day apart."""
    def write(name, data):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)

    write("kpropd.acl", b"primary.example.com Primary\nkdc1.example.com:99999 Replce\n")
    write("kpropgw.conf", b"[gateway]\n    prop_intervall = 1m\n")
    with open(os.path.join(ROOT, "tests/golden/dumps/policies.v7"), "rb") as file:
        yesterday = file.read()
    today = yesterday.replace(b"\tlocked@EXAMPLE.COM\t0\t86400\t", b"\tlocked@EXAMPLE.COM\t0\t36000\t")
    today = re.sub(rb"^princ.*\tunlocked@.*\n", b"", today, flags=re.MULTILINE)
    today = today.replace(b"policy\tstrict\t0\t7776000\t", b"policy\tstrict\t0\t2592000\t")
    write("yesterday", yesterday)
    write("today", today)


class Readme(unittest.TestCase):
    def test_its_examples_print_what_it_shows(self):
        self.assertGreaterEqual(len(examples()), 4)
        with tempfile.TemporaryDirectory() as folder:
            write_files(folder)
            for command, shown in examples():
                done = subprocess.run([PROGRAM, *command.split()], cwd=folder, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True, check=False)
                self.assertEqual(done.stdout, shown, command)


unittest.main()
