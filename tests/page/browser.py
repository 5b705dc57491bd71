"""Chromium without a window, and what it noticed."""
import json
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


class Browser:
    def __init__(self, url):
        self.url = url
        self.profile = tempfile.TemporaryDirectory(prefix="kpropgw-page-chromium-")
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        # Without a sandbox, since tests run as root too; --disable-background-networking, so that it asks nobody else.
        for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
                     "--disable-background-networking", "--no-first-run", f"--user-data-dir={self.profile.name}"):
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def open(self, width=1280, height=860, dark=False):
        self.resize(width, height)
        self.media(dark)
        self.driver.get(self.url)

    def resize(self, width, height):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def media(self, dark):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.run("const node = document.querySelector(arguments[0]); return node?.innerText ?? node?.textContent ?? ''", selector)

    def label(self, host):
        """What a screen reader is told of a secondary in the picture."""
        return self.run("""return document.querySelector(`[data-host="${arguments[0]}"]`)?.getAttribute("aria-label") ?? "" """, host)

    def focused(self, attribute):
        return self.run("return document.activeElement.getAttribute(arguments[0])", attribute)

    def press(self, *keys):
        for key in keys:
            self.driver.switch_to.active_element.send_keys(getattr(Keys, key, key))

    def console(self):
        """What the console has said since it was last asked."""
        return [f"{entry['level']} {entry['message']}" for entry in self.driver.get_log("browser")]

    def requested(self):
        """Every address that was asked for since this was last called."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]

    def shot(self, path):
        self.driver.save_screenshot(str(path))

    def end(self):
        self.driver.quit()
        self.profile.cleanup()
