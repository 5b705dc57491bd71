"""The page of a real gateway in a real Chromium: page_test.py KPROPGW [FOLDER], the latter for screenshots to be kept."""
import pathlib
import sys
import unittest

from browser import Browser
from site_of_page import SECONDARIES, Site, wait_for

program = sys.argv[1]
shots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None


def host(name):
    return f"{name}.kpropgw.test"


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(program)
        cls.addClassCleanup(cls.site.end)
        cls.site.do("push")
        cls.browser = Browser(cls.site.url)
        cls.addClassCleanup(cls.browser.end)
        for name, state in {"kdc1": "healthy", "kdc2": "failing", "kdc3": "held", "kdc4": "healthy", "kdc5": "held"}.items():
            wait_for(f"{name} is {state}", lambda: cls.site.state_of(name) == state)

    def open(self, **how):
        self.browser.open(**how)
        wait_for("the picture is drawn", lambda: self.browser.label(host("kdc1")))

    def shot(self, name):
        if shots:
            self.browser.shot(shots / f"{name}.png")

    def tearDown(self):
        # Read in any case, so that what one test causes is not taken for another's.
        said = self.browser.console()
        elsewhere = [url for url in self.browser.requested() if not url.startswith((self.site.url, "data:", "chrome:", "about:"))]
        self.assertEqual(elsewhere, [], "something was fetched from elsewhere")
        if not getattr(self, "may_complain", False):
            self.assertEqual(said, [], "the console complains")

    def test_the_picture_shows_each_with_its_state(self):
        self.open()
        self.assertEqual(self.browser.label(host("kdc1")), "kdc1.kpropgw.test: healthy, Replace")
        self.assertRegex(self.browser.label(host("kdc2")), r"kdc2.kpropgw.test: failing, (\d+ behind.*|sending.*), Replace$")
        self.assertRegex(self.browser.label(host("kdc3")), "held, .*, Manual$")
        self.assertEqual(self.browser.label(host("kdc4")), "kdc4.kpropgw.test: healthy, Update")
        self.assertRegex(self.browser.label(host("kdc5")), "held, .*, Compat$")
        marks = {}
        for name in SECONDARIES:
            mark = self.browser.run("return document.querySelector(`[data-host='${arguments[0]}'] .mark`).getAttribute('d')", host(name))
            marks.setdefault(self.site.state_of(name), set()).add(mark)
        self.assertEqual({state: len(shapes) for state, shapes in marks.items()}, {"healthy": 1, "failing": 1, "held": 1})
        self.assertEqual(len(set.union(*marks.values())), 3, "states are told by colour alone")
        roles = self.browser.run("return [...document.querySelectorAll('[role=listbox]')].map((each) => each.dataset.role)")
        self.assertEqual(roles, ["Update", "Replace", "Compat", "Manual"])
        self.assertIn("primary", self.browser.text("#picture .source"))
        self.assertIn("KPROPGW.TEST", self.browser.text("header"))
        self.assertIn("failing", self.browser.text("#attention"))
        self.shot("light")

    def test_the_keyboard_is_enough(self):
        self.open()
        for _ in range(20):
            self.browser.press("TAB")
            if self.browser.focused("data-host"):
                break
        self.assertEqual(self.browser.focused("data-host"), host("kdc4"), "Tab reaches the first role")
        self.browser.press("TAB")
        self.assertEqual(self.browser.focused("data-host"), host("kdc1"), "Tab goes from role to role")
        self.browser.press("ARROW_RIGHT")
        self.assertEqual(self.browser.focused("data-host"), host("kdc2"))
        stroke = self.browser.run("return getComputedStyle(document.activeElement.querySelector('.face')).strokeWidth")
        self.assertEqual(stroke, "2.5px", "the focus cannot be seen")
        self.browser.press("ENTER")
        self.assertEqual(self.browser.focused("id"), "detail-title")
        self.assertIn(host("kdc2"), self.browser.text("#detail-title"))
        self.browser.press("ESCAPE")
        self.assertEqual(self.browser.focused("data-host"), host("kdc2"))
        self.assertFalse(self.browser.one("#detail").is_displayed())

    def test_a_failing_one_tells_its_error_its_lag_and_its_tries(self):
        self.open()
        self.browser.one(f"[data-host='{host('kdc2')}']").click()
        wait_for("its tries are listed", lambda: "failed" in self.browser.text("#detail .sheet"))
        self.assertTrue(self.browser.text("#detail .problem"))
        painted = """const canvas = document.querySelector("#detail canvas");
            return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte !== 0)"""
        wait_for("the lag is drawn", lambda: self.browser.run(painted))
        self.shot("detail")

    def test_a_frozen_one_tells_why(self):
        self.open()
        self.browser.one(f"[data-host='{host('kdc5')}']").click()
        self.assertIn("its disk is being replaced", self.browser.text("#detail"))

    def test_a_search_finds_by_name_role_and_state(self):
        self.open()
        self.browser.one("#find").send_keys("FAILING")
        self.assertEqual(self.browser.text("#found"), "1 found")
        dimmed = self.browser.run("return [...document.querySelectorAll('[data-host].dimmed')].map((each) => each.dataset.host)")
        self.assertEqual(sorted(dimmed), [host(name) for name in ("kdc1", "kdc3", "kdc4", "kdc5")])
        self.browser.press("ENTER")
        self.assertIn(host("kdc2"), self.browser.text("#detail-title"))

    def test_dark_where_the_reader_wants_it_dark(self):
        def lightness(what):
            colour = self.browser.run(f"return getComputedStyle({what}).backgroundColor")
            return sum(int(part) for part in colour[4:-1].split(","))
        self.open(dark=True)
        self.assertLess(lightness("document.body"), 3 * 60)
        self.browser.one(f"[data-host='{host('kdc2')}']").click()
        wait_for("its tries are listed", lambda: "failed" in self.browser.text("#detail .sheet"))
        self.shot("dark")
        self.browser.media(dark=False)
        self.assertGreater(lightness("document.body"), 3 * 200)

    def test_a_phone_is_wide_enough(self):
        self.open(width=360, height=740)
        self.browser.one(f"[data-host='{host('kdc2')}']").click()
        wait_for("its tries are listed", lambda: "failed" in self.browser.text("#detail .sheet"))
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360)
        self.shot("phone")

    def test_an_event_arrives_as_it_happens(self):
        self.open()
        seen = "return document.querySelectorAll('#feed [data-event=push-taken]').length"
        wait_for("what happened before is told", lambda: self.browser.text("#feed li"))
        before, serial = self.browser.run(seen), self.site.status()["serial"]
        self.site.change_and_push()
        wait_for("the push is told", lambda: self.browser.run(seen) > before, 10)
        wait_for("the serial is the new one", lambda: f"serial {serial + 1}" in self.browser.text("#summary"), 10)

    def test_a_dump_that_is_not_let_in_stands_in_red_at_the_top(self):
        dump = self.site.directory / "cut"
        self.site.do("dump", "r1_11", dump)
        dump.write_bytes(dump.read_bytes()[:-100])
        self.assertNotEqual(self.site.run("push", dump).returncode, 0)
        self.open()
        wait_for("it is told", lambda: self.browser.text("#alerts .held-dump"))
        self.assertIn("it was cut", self.browser.text("#alerts .held-dump"))
        red, green, blue = self.browser.run("""return getComputedStyle(document.querySelector("#alerts .held-dump strong")).color
            .match(/\\d+/g).map(Number)""")
        self.assertGreater(red, green + blue)
        self.assertLess(self.browser.one("#alerts .held-dump").rect["y"], self.browser.one("#picture").rect["y"])
        self.site.do("push")
        wait_for("it is over", lambda: not self.browser.text("#alerts .held-dump"))

    def test_a_gateway_that_is_gone_is_said_and_asked_again(self):
        self.may_complain = True
        self.open()
        self.site.stop_gateway()
        try:
            wait_for("the page says so", lambda: "does not answer" in self.browser.text("#alerts"), 30)
            self.assertTrue(self.browser.label(host("kdc1")), "what was known is still shown")
        finally:
            self.site.start()
        wait_for("the page is live again", lambda: "does not answer" not in self.browser.text("#alerts"), 30)
        seen = "return document.querySelectorAll('#feed [data-event=serving]').length"
        wait_for("events come again", lambda: self.browser.run(seen) >= 1, 30)


class Thousand(unittest.TestCase):
    """A kpropd.acl with a thousand names; nobody answers behind them."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site(program)
        cls.addClassCleanup(cls.site.end)
        cls.site.write_acl([f"branch{number:04}.kpropgw.test {'Update' if number % 10 else 'Manual'}" for number in range(1000)])
        cls.site.do("push")
        wait_for("the file is read", lambda: len(cls.site.status()["secondaries"]) == 1000)
        cls.browser = Browser(cls.site.url)
        cls.addClassCleanup(cls.browser.end)

    def test_all_are_there_and_only_what_changed_is_touched(self):
        # Frames and long tasks are measured from the beginning, and printed: a loaded machine has slow frames of its own.
        self.browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
            window.frames_seen = []; let last = performance.now();
            requestAnimationFrame(function frame(now) { window.frames_seen.push(now - last); last = now; requestAnimationFrame(frame); });
            window.tasks_seen = []; new PerformanceObserver((list) => list.getEntries().forEach((each) => window.tasks_seen.push(each.duration)))
                .observe({ type: "longtask", buffered: true });"""})
        self.browser.open()
        wait_for("all are drawn", lambda: self.browser.run("return document.querySelectorAll('.cell[data-host]').length") == 1000)
        if shots:
            self.browser.shot(shots / "thousand.png")
        self.browser.run("""window.touched = 0;
            new MutationObserver((list) => { window.touched += list.length; })
                .observe(document.getElementById("picture"), { subtree: true, childList: true, attributes: true, characterData: true });""")
        first = self.browser.text("#link")
        wait_for("the gateway was asked again", lambda: self.browser.text("#link") != first)
        self.assertLess(self.browser.run("return window.touched"), 100, "a status that says the same is drawn anew")
        self.browser.one("#find").send_keys("branch0777")
        self.assertEqual(self.browser.text("#found"), "1 found")
        self.browser.press("ENTER")
        wait_for("it is selected", lambda: "branch0777" in self.browser.text("#detail-title"))
        print("a thousand: slowest frames", self.browser.run("return window.frames_seen.sort((a, b) => b - a).slice(0, 3).map(Math.round)"),
              "ms, long tasks", self.browser.run("return window.tasks_seen.map(Math.round)"), "ms")
        self.assertEqual(self.browser.console(), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
