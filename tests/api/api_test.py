"""docs/control-api.yaml and docs/status.schema.json against the gateway's own socket: every path with what its examples
say and with what they do not, every answer against its schema, and no path that one of the two has alone."""
import copy
import grp
import json
import os
import pathlib
import re
import sys
import unittest

import jsonschema
import yaml

from realm_of_api import ROOT, RealmOfApi, wait_for

API = yaml.safe_load((ROOT / "docs/control-api.yaml").read_text())
STATUS = json.loads((ROOT / "docs/status.schema.json").read_text())
WRONG_TYPE = {"string": 5, "integer": "five", "boolean": "yes", "array": {"kdc1": True}}


def closed(schema):
    """The schema without room for fields that it does not name: what is added must be documented."""
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if "properties" in schema and schema.get("type") == "object":
            schema["additionalProperties"] = False
        return schema
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


# A source that pushes cannot be asked, which a test of its own sees.
ASKED_APART = {"/v1/refresh"}

STORE = {"control-api.yaml": closed(API), "status.schema.json": closed(STATUS)}


def resolver(document="control-api.yaml"):
    return jsonschema.RefResolver(document, STORE[document], store=STORE)


def resolve(node):
    """What a $ref of the API's file stands for, its neighbours besides."""
    while "$ref" in node:
        rest = {key: value for key, value in node.items() if key != "$ref"}
        node = {**resolver().resolve(node["$ref"])[1], **rest}
    return node


def check(instance, schema, document="control-api.yaml"):
    jsonschema.Draft202012Validator(schema, resolver=resolver(document)).validate(instance)


def operations():
    for path, verbs in STORE["control-api.yaml"]["paths"].items():
        for verb, operation in verbs.items():
            yield path, verb.upper(), operation


def body_of(operation):
    return operation.get("requestBody", {}).get("content", {}).get("application/json")


def examples(operation, known):
    """(query, body) of each example, with the realm's names, and what an answer before said in place of an example."""
    text = lambda value: json.loads(json.dumps(value).replace("example.com", "kpropgw.test"))
    parameters = [resolve(parameter) for parameter in operation.get("parameters", [])]
    query = "&".join(f"{parameter['name']}={known.get(parameter['name'], parameter['example'])}" for parameter in parameters)
    body = body_of(operation)
    return [(query, text(example["value"])) for example in body["examples"].values()] if body else [(query, None)]


class ControlApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.realm = RealmOfApi(PROGRAM)
        cls.addClassCleanup(cls.realm.end)
        cls.realm.do("push")
        loading = lambda one: one["sent"]["serial"] == 1 and one
        cls.while_loading = wait_for("a dump is being loaded", lambda: loading(cls.realm.status()["secondaries"][0]))
        cls.realm.kpropgw("wait", "--serial", "1", "--host", "kdc1.kpropgw.test", "--timeout", "60")

    def ask(self, verb, path, operation, body=None, want=None):
        """An answer that the file describes; it is checked."""
        status, kind, answer = self.realm.ask(verb, path, body)
        told = f"{verb} {path} {body!r}: {status} {answer!r}"
        if want:
            self.assertEqual(status, want, told)
        self.assertEqual(kind, "application/json", told)
        responses = operation["responses"]
        response = resolve(responses[str(status)] if str(status) in responses else responses["default"])
        check(json.loads(answer), response["content"]["application/json"]["schema"])
        return json.loads(answer)

    def test_the_files_are_what_they_say(self):
        self.assertEqual(API["openapi"], "3.1.0")
        jsonschema.Draft202012Validator.check_schema(STATUS)
        for name, schema in API["components"]["schemas"].items():
            with self.subTest(name):
                jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_route_is_described_and_no_other(self):
        headers = "".join(file.read_text() for file in (ROOT / "gateway/control").glob("*.hpp"))
        targets = dict(re.findall(r'(\w+_target) = "([^"?]+)"', headers))
        routes = re.findall(r"Route\{(\w+),\s*http::verb::(\w+)", (ROOT / "gateway/control/routes.cpp").read_text())
        self.assertGreater(len(routes), 3)
        self.assertEqual(sorted((targets[name], verb.upper()) for name, verb in routes),
                         sorted((path, verb) for path, verb, _ in operations()))

    def test_examples_are_answered_as_described(self):
        known = {}
        for path, verb, operation in operations():
            for query, body in examples(operation, known) if path not in ASKED_APART else []:
                with self.subTest(path=path, body=body):
                    if body is not None:
                        check(body, body_of(operation)["schema"])
                    known.update(self.ask(verb, path + (f"?{query}" if query else ""), operation, body, want=200))

    def test_orders_that_are_none_are_refused(self):
        for path, verb, operation in operations():
            described = body_of(operation)
            if not described:
                continue
            schema = resolve(described["schema"])
            good = examples(operation, {})[0][1]
            bad = ["", "{", "[]", "null", "5", b"\xff\xfe", {**good, "no_such_field": 1}]
            bad += [{**good, name: WRONG_TYPE[resolve(field)["type"]]} for name, field in schema["properties"].items()]
            bad += [{key: good[key] for key in good if key != name} for name in schema.get("required", [])]
            bad += [{**good, name: -1} for name, field in schema["properties"].items() if resolve(field)["type"] == "integer"]
            bad += [{**good, "hosts": [5]}] if "hosts" in schema["properties"] else []
            for body in bad:
                with self.subTest(path=path, body=body):
                    self.ask(verb, path, operation, body, want=400)

    def test_a_host_that_is_none_is_not_found(self):
        for path, verb, operation in operations():
            described = body_of(operation)
            if not described or "404" not in operation["responses"]:
                continue
            field = "host" if "host" in resolve(described["schema"])["properties"] else "hosts"
            good = examples(operation, {})[0][1]
            nobody = "nobody.kpropgw.test"
            with self.subTest(path):
                self.ask(verb, path, operation, {**good, field: nobody if field == "host" else [nobody]}, want=404)

    def test_parameters_that_are_none_are_refused(self):
        for path, verb, operation in operations():
            for parameter in operation.get("parameters", []):
                for query in (f"{parameter['name']}=x", f"{parameter['name']}=-1", f"{parameter['name']}=", "no_such=1"):
                    with self.subTest(path=path, query=query):
                        self.ask(verb, f"{path}?{query}", operation, want=400)

    def test_another_method_is_refused(self):
        for path, verb, operation in operations():
            with self.subTest(path):
                self.ask("POST" if verb == "GET" else "GET", path, operation, want=405)

    def test_what_no_path_has_in_common_with_an_order(self):
        error = {"responses": {"default": {"$ref": "#/components/responses/error"}}}
        self.ask("GET", "/v1/nothing", error, want=404)
        self.ask("POST", "/v1/prop", error, " " * (1024 * 1024 + 1), want=413)
        self.ask("GET", "/v1/status?" + "x" * 8192, error, want=431)

    def test_an_order_is_followed_by_its_number(self):
        prop = API["paths"]["/v1/prop"]["post"]
        report = API["paths"]["/v1/prop/report"]["get"]
        given = self.ask("POST", "/v1/prop", prop, {"hosts": ["kdc1.kpropgw.test", "nobody"], "full": True}, want=200)
        ask = lambda: self.ask("GET", f"/v1/prop/report?order={given['order']}", report, want=200)
        outcomes = lambda: [answer["outcome"] for answer in ask()["answers"]]
        self.assertEqual(wait_for("both are settled", lambda: (now := outcomes())[0] == "sent" and now), ["sent", "unknown"])
        self.ask("GET", "/v1/prop/report?order=1", report, want=404)
        self.ask("POST", "/v1/prop", prop, {"role": "Replce"}, want=400)
        self.ask("POST", "/v1/prop", prop, {"hosts": ["kdc1.kpropgw.test"], "all": True}, want=400)

    def test_a_primary_that_pushes_is_not_asked(self):
        self.ask("POST", "/v1/refresh", API["paths"]["/v1/refresh"]["post"], want=503)

    def test_conflicts_are_told(self):
        thaw = API["paths"]["/v1/thaw"]["post"]
        self.ask("POST", "/v1/thaw", thaw, {"host": "kdc2.kpropgw.test"}, want=409)
        skip = API["paths"]["/v1/skip"]["post"]
        self.ask("POST", "/v1/skip", skip, {"host": "kdc1.kpropgw.test", "serial": 1}, want=409)

    def test_status_is_what_its_schema_says(self):
        said = self.realm.status()
        check(said, STORE["status.schema.json"], "status.schema.json")
        self.assertEqual({secondary["host"] for secondary in said["secondaries"]}, {"kdc1.kpropgw.test", "kdc2.kpropgw.test"})
        broken = copy.deepcopy(said)
        broken["secondaries"][0]["sent"]["serial"] = "1"
        with self.assertRaises(jsonschema.ValidationError):
            check(broken, STORE["status.schema.json"], "status.schema.json")

    def test_what_was_sent_is_not_yet_stored(self):
        loading = self.while_loading
        self.assertEqual((loading["host"], loading["level"], loading["behind"], loading["sending"]), ("kdc1.kpropgw.test", 0, 1, True))
        self.assertEqual(loading["sent"], {"serial": 1, "behind": 0, "behind_since": None})
        kdc1, kdc2 = self.realm.status()["secondaries"]
        self.assertEqual((kdc1["level"], kdc1["sent"]["serial"], kdc1["behind"]), (1, 1, 0))
        self.assertEqual((kdc2["level"], kdc2["sent"]["serial"], kdc2["sent"]["behind"]), (0, 0, 1))

    def test_every_field_of_status_is_explained(self):
        text = (ROOT / "docs/status.md").read_text()
        for schema in (STATUS, *STATUS["$defs"].values()):
            for name in schema.get("properties", {}):
                self.assertIn(f"`{name}`", text)


class Source(unittest.TestCase):
    def test_says_that_it_does_not_answer_and_when_it_did(self):
        realm = RealmOfApi(PROGRAM, follows=True)
        self.addCleanup(realm.end)
        source = wait_for("it fails", lambda: realm.status()["source"]["last_error"] and realm.status()["source"])
        check(source, STORE["status.schema.json"]["$defs"]["source"], "status.schema.json")
        self.assertEqual((source["kind"], source["last_asked"], source["last_change"]), ("iprop", None, None))
        self.assertEqual(source["name"], f"iprop:primary.kpropgw.test:{realm.value('primary', 'iprop_port')}")
        realm.do("stop")
        realm.do("start", "--kadmind", realm.do("port", "gateway").strip())
        realm.start_gateway()
        realm.wait_until_it_listens()
        source = wait_for("it answers", lambda: realm.status()["serial"] and realm.status()["source"]["position"] and realm.status()["source"])
        self.assertIsNone(source["last_error"])
        self.assertIsNotNone(source["last_asked"])
        self.assertIsNotNone(source["last_change"])


class Readers(unittest.TestCase):
    """As root in the tests' own machine; what the rules are is tested of the parts too (tests/control)."""

    def test_look_and_do_not_order(self):
        if os.geteuid() != 0:
            self.skipTest("only root can be somebody else")
        group = grp.getgrgid(1).gr_name
        realm = RealmOfApi(PROGRAM, readers=group)
        self.addCleanup(realm.end)
        for folder in (realm.directory, realm.directory / "gateway"):
            folder.chmod(0o711)
        self.assertEqual(as_somebody([1], lambda: realm.ask("GET", "/v1/status")[0]), 200)
        self.assertEqual(as_somebody([1], lambda: realm.ask("POST", "/v1/prop", {"all": True})[0]), 403)
        self.assertEqual(as_somebody([65534], lambda: realm.ask("GET", "/v1/status")[0]), PermissionError.__name__)
        status, kind, body = realm.ask("POST", "/v1/wait", {})
        self.assertEqual((status, kind), (200, "application/json"), body)


def as_somebody(groups, ask):
    """What a user of these groups gets, or the name of the exception."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups(groups)
            os.setresgid(groups[0], groups[0], groups[0])
            os.setresuid(65534, 65534, 65534)
            told = ask()
        except BaseException as problem:
            told = type(problem).__name__
        os.write(theirs, json.dumps(told).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told)


if __name__ == "__main__":
    PROGRAM = pathlib.Path(sys.argv.pop(1))
    unittest.main(verbosity=2)
