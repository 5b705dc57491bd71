#!/usr/bin/env python3
"""What the runner of documents takes for a transcript, and that it fails where a document is wrong."""

import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import transcript  # noqa: E402


def block(*lines):
    return transcript.read_blocks(["```console task=some", *lines, "```"])[0]


class Reading(unittest.TestCase):
    def test_a_command_stands_above_what_it_prints(self):
        steps = block("kdc1# echo one", "one", "", "gateway# true").steps
        self.assertEqual([(s.host, s.command, s.shown) for s in steps],
                         [("kdc1", "echo one", ["one"]), ("gateway", "true", [])])

    def test_a_here_document_belongs_to_its_command(self):
        step, = block("kdc1# cat >file <<'END'", "gateway# no prompt", "END").steps
        self.assertEqual(step.command, "cat >file <<'END'\ngateway# no prompt\nEND")
        self.assertEqual(step.shown, [])

    def test_a_block_that_no_task_runs_is_refused(self):
        for fence in ("```", "```console", "```sh", "~~~", "   ```"):
            with self.assertRaisesRegex(ValueError, "line 1: a block is fenced"):
                transcript.read_blocks([fence, "kdc1# true", fence.strip(), ""])

    def test_a_block_that_does_not_end_is_refused(self):
        with self.assertRaisesRegex(ValueError, 'line 1: no "```" ends'):
            transcript.read_blocks(["```console task=some", "kdc1# true"])

    def test_a_transcript_begins_with_a_command(self):
        with self.assertRaisesRegex(ValueError, "line 2: a transcript begins"):
            block("one", "kdc1# echo one")


class Comparing(unittest.TestCase):
    def equal(self, shown, printed):
        return transcript.normalised(shown.split("\n")) == transcript.normalised(printed.split("\n"))

    def test_times_and_the_width_of_columns_may_differ(self):
        self.assertTrue(self.equal("kdc1  1s ago   in 4s", "kdc1  12s ago  now"))
        self.assertTrue(self.equal("at 2026-11-21T18:57:05Z", "at 2027-01-02T03:04:05.678Z"))

    def test_words_serials_and_ports_may_not(self):
        for shown, printed in (("healthy", "failing"), ("serial 2", "serial 3"), ("port 754", "port 88"),
                               ("1s ago", "never"), ("one\ntwo", "one"), ("", "one")):
            self.assertFalse(self.equal(shown, printed), (shown, printed))

    def test_an_exit_status_is_shown(self):
        self.assertEqual(transcript.shown_of("no\n\n", 69), ["no", "[exit 69]"])
        self.assertEqual(transcript.shown_of("yes\n", 0), ["yes"])


class Running(unittest.TestCase):
    """On real hosts; the program does not matter."""

    def run_document(self, *lines):
        with tempfile.NamedTemporaryFile("w", suffix=".md") as document:
            document.write("\n".join(["```console task=bare", *lines, "```", ""]))
            document.flush()
            done = subprocess.run([f"{HERE}/run", "--program", "/bin/true", "--document", document.name, "bare"],
                                  stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == 77:
            self.skipTest(done.stdout.strip())
        return done.returncode, done.stdout

    def test_a_document_that_is_right_passes(self):
        self.assertEqual(self.run_document("kdc1# hostname; false", "kdc1.example.com", "[exit 1]")[0], 0)

    def test_one_that_shows_something_else_fails_with_the_difference(self):
        status, said = self.run_document("kdc1# hostname", "kdc2.example.com")
        self.assertEqual(status, 1)
        self.assertIn("-kdc2.example.com\n+kdc1.example.com", said)

    def test_another_exit_status_fails(self):
        self.assertEqual(self.run_document("kdc1# false")[0], 1)
        self.assertEqual(self.run_document("kdc1# true", "[exit 1]")[0], 1)

    def test_the_status_of_a_command_before_a_pipe_counts(self):
        self.assertEqual(self.run_document("kdc1# false | cat")[0], 1)

    def test_hosts_share_neither_files_nor_addresses(self):
        self.assertEqual(self.run_document("kdc1# touch /etc/kpropgw/mine", "kdc2# ls /etc/kpropgw",
                                           "kdc2# ip -4 -o address show eth0 | grep -c 192.0.2.12", "0", "[exit 1]")[0],
                         0)
        self.assertFalse(os.path.exists("/etc/kpropgw/mine"))


class Document(unittest.TestCase):
    def test_its_links_lead_to_headings_and_files_that_are_there(self):
        folder = os.path.join(HERE, "../../docs")
        with open(os.path.join(folder, "operations.md"), encoding="utf-8") as file:
            text = file.read()
        headings = {re.sub(r"[^a-z0-9 -]", "", line.lower()).strip().replace(" ", "-")
                    for line in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
        links = re.findall(r"\]\(([^)]+)\)", text)
        self.assertGreater(len(links), 20)
        for link in links:
            if link.startswith("#"):
                self.assertIn(link[1:], headings)
            else:
                self.assertTrue(os.path.exists(os.path.join(folder, link.split("#")[0])), link)


unittest.main()
