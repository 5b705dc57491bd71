"""The alerts and the dashboard of samples/monitoring, against promtool and against what the gateway says it exposes."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "monitoring"
RULES = SAMPLES / "kpropgw.rules.yaml"
DASHBOARD = SAMPLES / "kpropgw-dashboard.json"
RULES_TEST = pathlib.Path(__file__).with_name("kpropgw.rules_test.yaml")
KPROPGW = "kpropgw"

# What Prometheus itself records of a target, and what it makes of a histogram.
OF_PROMETHEUS = {"up"}
OF_HISTOGRAMS = ("_bucket", "_sum", "_count")


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def catalogue():
    """The names, types and labels that `kpropgw manual metrics` lists."""
    printed = run(KPROPGW, "manual", "metrics").stdout
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| [^|]* \| ([^|]*) \|", printed, re.M)
    return {name: (kind, set(filter(None, labels.strip().split(", ")))) for name, kind, labels in rows}


def alerts():
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def panels():
    return json.loads(DASHBOARD.read_text())["panels"]


def with_values_for_variables(expression):
    """Grafana puts a window and a choice of gateways in place of these."""
    return expression.replace("$__rate_interval", "1m").replace("$instance", ".*")


def dashboard_expressions():
    return [with_values_for_variables(target["expr"]) for panel in panels() for target in panel.get("targets", [])]


def metrics_of(expression):
    """The names of metrics in an expression: words before a selector, a range or an operator that are not PromQL's."""
    without_text = re.sub(r'"[^"]*"', '""', expression)
    without_labels = re.sub(r"\{[^}]*\}|\b(by|on|ignoring|without|group_left|group_right)\s*\([^)]*\)", "", without_text)
    return set(re.findall(r"\b(?:kpropgw|process)_\w+\b|\bup\b", without_labels))


def base_name(name, known):
    for ending in OF_HISTOGRAMS:
        if name.endswith(ending) and known.get(name.removesuffix(ending), ("",))[0] == "histogram":
            return name.removesuffix(ending)
    return name


class Alerts(unittest.TestCase):
    def test_promtool_takes_them(self):
        checked = run("promtool", "check", "rules", str(RULES))
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertIn(f"{len(alerts())} rules found", checked.stdout)

    def test_each_fires_and_does_not_where_it_must_not(self):
        with tempfile.TemporaryDirectory() as directory:
            for file in (RULES, RULES_TEST):
                (pathlib.Path(directory) / file.name).write_text(file.read_text())
            tested = run("promtool", "test", "rules", RULES_TEST.name, cwd=directory)
        self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)

    def test_none_is_untested(self):
        firing, silent = set(), set()
        for test in yaml.safe_load(RULES_TEST.read_text())["tests"]:
            for case in test["alert_rule_test"]:
                (firing if case["exp_alerts"] else silent).add(case["alertname"])
        names = {rule["alert"] for rule in alerts()}
        self.assertEqual(names, firing)
        self.assertEqual(names, silent)

    def test_each_asks_for_metrics_that_the_gateway_has(self):
        known = catalogue()
        self.assertGreater(len(known), 30)
        for rule in alerts():
            asked = {base_name(name, known) for name in metrics_of(rule["expr"])}
            self.assertTrue(asked, rule["alert"])
            self.assertLessEqual(asked, known.keys() | OF_PROMETHEUS, rule["alert"])

    def test_each_says_what_is_wrong_and_what_to_type(self):
        for rule in alerts():
            with self.subTest(rule["alert"]):
                self.assertIn(rule["labels"]["severity"], {"warning", "critical"})
                self.assertTrue(rule["annotations"]["summary"])
                self.assertRegex(rule["annotations"]["description"], r"\.$")
                self.assertTrue((ROOT / rule["annotations"]["runbook"]).is_file())

    def test_the_commands_that_they_name_exist(self):
        named = set()
        for rule in alerts():
            named |= set(re.findall(r"(?<!-u )(?<!status )kpropgw ((?:[a-z]+ )?[a-z]+)\b", rule["annotations"]["description"]))
        self.assertIn("status", named)
        for words in named:
            group = words.split()[0] in {"acl", "config", "journal", "dump"}
            command = words.split()[: 2 if group else 1]
            self.assertEqual(run(KPROPGW, *command, "--help").returncode, 0, words)

    def test_the_manual_lists_each(self):
        manual = (ROOT / "docs" / "metrics.md").read_text()
        listed = set(re.findall(r"^\| `(Kpropgw\w+)` \|", manual, re.M))
        self.assertEqual(listed, {rule["alert"] for rule in alerts()})


class Dashboard(unittest.TestCase):
    def test_is_of_grafana_9_or_later(self):
        whole = json.loads(DASHBOARD.read_text())
        self.assertGreaterEqual(whole["schemaVersion"], 36)
        ids = [panel["id"] for panel in panels()]
        self.assertEqual(len(ids), len(set(ids)))

    def test_places_panels_beside_each_other(self):
        taken = set()
        for panel in panels():
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
            for x in range(place["x"], place["x"] + place["w"]):
                for y in range(place["y"], place["y"] + place["h"]):
                    self.assertNotIn((x, y), taken, panel["title"])
                    taken.add((x, y))

    def test_promql_takes_every_expression(self):
        expressions = dashboard_expressions()
        self.assertGreater(len(expressions), 20)
        rules = [{"record": f"expression:{i}", "expr": each} for i, each in enumerate(expressions)]
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
            file.flush()
            checked = run("promtool", "check", "rules", file.name)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_asks_for_metrics_and_labels_that_the_gateway_has(self):
        known = catalogue()
        for expression in dashboard_expressions():
            names = {base_name(name, known) for name in metrics_of(expression)}
            self.assertTrue(names, expression)
            self.assertLessEqual(names, known.keys(), expression)
            labels = set().union(*(known[name][1] for name in names)) | {"job", "instance", "le"}
            asked = set(re.findall(r"(\w+)(?:=~|!=|=)\"", expression))
            for grouping in re.findall(r"\bby \(([^)]*)\)", expression):
                asked |= set(grouping.split(", "))
            self.assertLessEqual(asked, labels, expression)

    def test_shows_every_state_a_role_can_be_in(self):
        whole = DASHBOARD.read_text()
        for state in ("failing", "behind", "needs-full", "held"):
            self.assertIn(state, whole)


if __name__ == "__main__":
    KPROPGW = sys.argv.pop(1)
    unittest.main(verbosity=2)
