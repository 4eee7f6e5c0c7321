"""Looks at every room of a running server in a real browser: light and dark, wide and narrow.

    look.py BASE_URL JOIN_URL SCREENSHOT_FOLDER [BROWSER]

Joins as the first operator, signs out and in again, visits each room of rooms.txt, keeps a picture of it, and asks axe
whether it meets WCAG 2.2 AA. With - for JOIN_URL it has joined before. Prints one line for each fault, and exits with 1 where there is one.
"""

import json
import pathlib
import sys
import urllib.parse
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError, sync_playwright

EMAIL, PASSWORD = "olga@birch.example", "drei woerter im regen"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHAPES = {"wide": (1280, 900), "narrow": (390, 844)}


def rooms():
    for line in pathlib.Path(__file__).with_name("rooms.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, path, heading = line.split(None, 2)
            yield name, path, heading.strip()


class Visit:
    """One way of looking: a colour scheme and a shape."""

    def __init__(self, browser, base, folder, scheme, shape):
        self.base, self.folder, self.look = base, folder, f"{scheme}-{shape}"
        width, height = SHAPES[shape]
        self.context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        # Patient: what is looked at is how pages look, not how fast a busy machine is.
        self.page.set_default_timeout(120_000)
        self.faults = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.fault(f"a script failed: {error}"))

    def hear(self, message):
        # A page that answers 422 says so on the console: that is what was asked for.
        if message.type == "error" and "status of 4" not in message.text:
            self.fault(f"console: {message.text}")

    def fault(self, text):
        self.faults.append(f"{self.look} {self.page.url}: {text}")

    def join(self, link):
        self.page.goto(link)
        self.check("join")
        self.page.fill("[name=name]", "Olga Operator")
        self.page.fill("[name=email]", EMAIL)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url("**/scoreboard")
        self.page.click(".who button")

    def sign_in(self):
        self.page.goto(self.base + "/sign-in")
        self.check("sign-in")
        self.page.fill("[name=email]", EMAIL)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url("**/scoreboard")

    def visit(self, name, path, heading):
        if path.startswith(">"):
            link = self.page.locator(f"main a[href^='{path[1:]}']").first
            if link.count() == 0:
                return self.fault(f"no link to {path[1:]} for {name}")
            path = link.get_attribute("href")
        answer = self.page.goto(self.base + path)
        if answer.status >= 500 or answer.status in (401, 403, 404):
            self.fault(f"{name} answers {answer.status}")
        found = self.page.locator("h1").first.inner_text()
        if heading not in ("*", found):
            self.fault(f"{name} is headed “{found}”, not “{heading}”")
        self.check(name)

    def hear_of_news(self):
        """A fact that another program sends shows on an open page, without anybody loading it anew."""
        self.page.goto(self.base + "/people")
        self.page.fill("form[action='/keys'] [name=name]", "Browser test")
        self.page.check("form[action='/keys'] [value=send]")
        self.page.fill("form[action='/keys'] [name=user_record]", "hubspot/contact")
        self.page.click("form[action='/keys'] button")
        key = self.page.locator(".note code").inner_text()
        self.page.goto(self.base + "/leads")
        link = self.page.locator("main tbody a[href*='record%3Ahubspot%2Fcontact%2F']").first.get_attribute("href")
        person = urllib.parse.unquote(link).rsplit("/", 1)[-1]
        self.page.goto(self.base + link)
        body = json.dumps({"event": "Browser Looked", "userId": person, "messageId": f"look-{person}"})
        request = urllib.request.Request(
            self.base + "/v1/track",
            body.encode(),
            {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        urllib.request.urlopen(request).close()
        try:
            self.page.get_by_text("Browser Looked").first.wait_for(timeout=120_000)
        except TimeoutError:
            self.fault("a fact that came does not show on the open page of its lead")

    def check(self, name):
        # Whatever can be opened is part of the page too.
        self.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        room = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if room[0] > room[1]:
            self.fault(f"{name} is {room[0]} px wide in a window of {room[1]}")
        results = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": RULES}})
        for violation in results.response["violations"]:
            for node in violation["nodes"]:
                self.fault(f"{violation['id']}: {violation['help']}: {node['html'][:200]}")
        self.page.evaluate("document.querySelectorAll('details:not(.handover)').forEach((one) => { one.open = false; })")
        self.page.screenshot(path=str(self.folder / f"{name}-{self.look}.png"), full_page=True)


def main():
    base, link, folder = sys.argv[1].rstrip("/"), sys.argv[2], pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    program = sys.argv[4] if len(sys.argv) > 4 else "/usr/bin/chromium"
    faults, joined = [], link == "-"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for scheme in ["light", "dark"]:
            for shape in SHAPES:
                visit = Visit(browser, base, folder, scheme, shape)
                is_first = scheme == "light" and shape == "wide"
                if not joined:
                    visit.join(link)
                    joined = True
                visit.sign_in()
                if is_first:
                    visit.hear_of_news()
                for name, path, heading in rooms():
                    visit.visit(name, path, heading)
                faults += visit.faults
                visit.context.close()
        browser.close()
    for fault in dict.fromkeys(faults):
        print(fault)
    print(f"{len(faults)} faults; pictures are in {folder}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
