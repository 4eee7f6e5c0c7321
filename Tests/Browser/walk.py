"""Walks through a new server as its people do, in a real browser: the first operator joins and invites one person in every
role, an agreement is proposed, signed by all who must, and in force; a file is imported
and its reject mended; a rep works leads by keyboard, marketing sees it and
disputes, the arbiter rules; somebody counts the records behind a number, reads why a lead is not further, and a change is
proposed, back-tested, and signed by both sides. What is for reading is read without JavaScript too.

    walk.py BASE_URL OPERATOR_LINK AGREEMENT_FILE SCREENSHOT_FOLDER [BROWSER]

Prints a line for each step, and exits with 1 at the first that does not go as it should.
"""

import json
import pathlib
import re
import sys
import time
import urllib.parse
import urllib.request

from playwright.sync_api import expect, sync_playwright

PASSWORD = "drei woerter im regen"
PATIENCE = 120_000
# By the agreement's parties and teams.
PEOPLE = {
    "operator": "otto@birch.example", "marketing": "maria@birch.example", "sales manager": "carlos@birch.example",
    "rep": "jonas@birch.example", "executive": "ada@birch.example", "auditor": "aurel@birch.example",
}

# What the browser was asked to show, beside showing it.
RECORDING = """
window.shown = [];
window.Notification = new Proxy(Notification, {
  construct(real, words) { window.shown.push(words[0]); return new real(...words); }
});
"""


class Walk:
    def __init__(self, browser, base, folder):
        self.browser, self.base, self.folder = browser, base, folder
        self.people = {}
        self.key = None

    def person(self, role, address, link=None, script=True, shape=(1280, 900)):
        """A browser of somebody's own; they join by a link, or sign in."""
        context = self.browser.new_context(
            viewport={"width": shape[0], "height": shape[1]}, java_script_enabled=script, reduced_motion="reduce"
        )
        context.grant_permissions(["notifications"], origin=self.base)
        context.add_init_script(RECORDING)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if link:
            page.goto(link)
            page.fill("[name=name]", address.split("@")[0].title())
            page.fill("[name=email]", address)
        else:
            page.goto(self.base + "/sign-in")
            page.fill("[name=email]", address)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/scoreboard")
        expect(page.locator(".who")).to_contain_text(role)
        self.people[role] = page
        return page

    def step(self, words):
        print(words, flush=True)

    def picture(self, page, name):
        page.screenshot(path=str(self.folder / f"walk-{name}.png"), full_page=True)

    def open(self, role, path):
        page = self.people[role]
        page.goto(self.base + path)
        return page

    def invite(self):
        """The operator invites everybody else, and each joins in a browser of their own."""
        for role in list(PEOPLE)[1:]:
            page = self.open("operator", "/people")
            page.select_option("form[action='/people/invite'] [name=role]", role)
            page.click("form[action='/people/invite'] button")
            self.person(role, PEOPLE[role], page.locator(".note code").inner_text())
        self.step("everybody joins in their role: " + ", ".join(self.people))

    # The agreement.

    def propose(self, text):
        """Writes a text, and is shown what is wrong with it while writing."""
        page = self.open("marketing", "/agreement/propose")
        page.fill("#text", text.replace("half_life: 30 days", "half_life: 30 dayz"))
        page.locator("#verdict", has_text="1 error").wait_for()
        self.picture(page, "findings")
        page.fill("#text", text)
        page.locator("#verdict button[value=propose]").wait_for()
        self.step("findings come as one types, and go")
        return page

    def sign(self, link, roles):
        for role in roles:
            page = self.open(role, link)
            page.locator("form.card [name=password]").first.fill(PASSWORD)
            page.locator("form.card button").first.click()
            page.wait_for_load_state()
        self.step("signed by " + ", ".join(roles))

    def agree(self, text):
        page = self.propose(text)
        page.click("#verdict button[value=propose]")
        page.wait_for_url("**/agreement/versions/*")
        link = urllib.parse.urlparse(page.url).path
        self.sign(link, ["marketing", "sales manager", "executive"])
        page = self.open("rep", link)
        expect(page.locator("main")).to_contain_text("in force")
        self.step("the agreement is in force")

    def change(self, text):
        page = self.propose(text)
        page.click("button[value=backtest]")
        page.wait_for_url("**/agreement/backtests/*")
        page.get_by_text("What cannot be known").first.wait_for()
        self.picture(page, "backtest")
        self.step("a back-test of the change, before anybody signs")
        page.click("button[value=check]")
        page.click("#verdict button[value=propose]")
        page.wait_for_url("**/agreement/versions/*")
        link = urllib.parse.urlparse(page.url).path
        self.sign(link, ["marketing", "sales manager"])
        page = self.open("auditor", link)
        expect(page.locator("main")).to_contain_text("in force")
        self.picture(page, "in-force")
        self.step("the change is in force")

    # Files of other systems.

    def bring(self):
        """A file through the wizard: looked at, its mapping corrected, imported, and a row of it mended."""
        file = self.folder / "contacts.csv"
        file.write_text(
            "Contact ID,Email,Country,Employees,Created\n"
            "901,ina@import-works.example,DE,300,2026-01-05T08:00:00Z\n"
            "902,igor@import-works.example,AT,many,2026-01-06T08:00:00Z\n"
        )
        page = self.open("marketing", "/import")
        page.set_input_files("[name=file]", str(file))
        page.click("main form[enctype] button")
        expect(page.locator("h1")).to_have_text("contacts.csv")
        expect(page.locator("section", has_text="Its first rows")).to_contain_text("ina@import-works.example")
        self.picture(page, "import")
        mapping = page.locator("#mapping").input_value()
        corrected = re.sub(r"employees: .*", "employees: {named: Employees, as: number}", mapping)
        page.fill("#mapping", corrected)
        page.click("button[value=check]")
        expect(page.locator("main")).to_contain_text("1 of them cannot be read")
        self.picture(page, "import-tried")
        page.click("button[value=import]")
        page.get_by_text("Rows to mend").wait_for()
        expect(page.locator("pre")).to_contain_text("1  accepted")
        with page.expect_download() as saved:
            page.click("a[href^='/import/rejects/']")
        mended = self.folder / "mended.csv"
        mended.write_text(pathlib.Path(saved.value.path()).read_text().replace("many", "20"))
        page = self.open("marketing", "/import")
        page.set_input_files("[name=file]", str(mended))
        page.click("main form[enctype] button")
        page.click("button[value=mend]")
        expect(page.locator("pre")).to_contain_text("1  accepted")
        page = self.open("marketing", "/leads?q=igor")
        expect(page.locator("main")).to_contain_text("igor@import-works.example")
        self.step("a file is imported through the wizard, and its reject mended")

    # Numbers and leads.

    def count(self):
        """A number, the records behind it, and whether they are as many."""
        page = self.open("executive", "/reports/funnel")
        figure = page.locator("main td a[href^='/records']").first
        number = int(re.sub(r"[^0-9]", "", figure.inner_text()))
        figure.click()
        page.wait_for_url(re.compile("/records"))
        rows = page.locator("main tbody tr").count()
        if rows != number:
            raise AssertionError(f"{number} is said, and {rows} records stand behind it")
        self.step(f"a number says {number}, and {rows} records stand behind it")

    def why(self):
        page = self.open("marketing", "/leads")
        page.keyboard.press("/")
        page.keyboard.type("wanda")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=wanda*")
        page.locator("main tbody th a").first.click()
        expect(page.locator("main")).to_contain_text("Why not further")
        expect(page.locator("ul.obstacles")).to_contain_text("deal won")
        self.step("finds a lead, and reads why it is not further")

    def without_script(self):
        """Everything there is to read, and a deed, without JavaScript."""
        page = self.person("rep", PEOPLE["rep"], script=False)
        for path, words in [
            ("/scoreboard", "Scoreboard"), ("/day", "Your day"), ("/leads", "Leads"), ("/reports/funnel", "Funnel"),
            ("/agreement", "In force"), ("/verdicts", "Verdicts"),
        ]:
            page.goto(self.base + path)
            expect(page.locator("main")).to_contain_text(words)
        page.goto(self.base + "/day")
        card = page.locator("article.card").first
        card.locator("summary", has_text="Note a touch").click()
        card.locator("select[name=outcome]").select_option("reached")
        card.locator("button", has_text="Note it").click()
        page.wait_for_url("**/day?done=touch*")
        self.step("all of it without JavaScript, a touch noted too")

    # Facts that other programs send.

    def make_key(self):
        page = self.open("operator", "/people")
        page.fill("form[action='/keys'] [name=name]", "Walk")
        page.check("form[action='/keys'] [value=send]")
        page.fill("form[action='/keys'] [name=user_record]", "hubspot/contact")
        page.click("form[action='/keys'] button")
        self.key = page.locator(".note code").inner_text()
        self.step("an operator makes a key")

    def send(self, path, body, kind="application/json"):
        request = urllib.request.Request(
            self.base + path,
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.key}", "Content-Type": kind},
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"{}")

    def lead(self, name, owner):
        """Somebody new who asks for a demonstration, and whom the CRM gives to a rep."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        who = [f"record:hubspot/contact/{name}", f"email:{name}@{name}-works.example"]

        def fact(kind, identifier, **more):
            return {"object": kind.replace(" ", "_"), "id": identifier, "kind": kind, "occurred": now, "persons": who, **more}

        fields = {
            "email": f"{name}@{name}-works.example", "first_name": name.title(), "last_name": "Walker",
            "company": f"{name.title()} Works", "country": "DE", "employees": 400, "job_level": "vp",
        }
        self.send("/v1/facts", [fact("observed", name, properties=fields)])
        self.send(
            "/v1/facts",
            [
                fact(
                    "consent given", f"yes-{name}",
                    properties={"purpose": "sales_call", "channel": "phone", "basis": "form", "proof": f"form-{name}"},
                ),
                fact("activity", f"demo-{name}", name="Demo Requested", properties={"form": "pricing"}),
                fact("owned", f"own-{name}", actor=f"email:{owner}"),
            ],
        )

    # A rep's day.

    def day(self, owner):
        page = self.open("rep", "/alerts")
        page.get_by_role("button", name="Show notices in this browser").click()
        expect(page.get_by_role("button", name="Show no more notices in this browser")).to_be_visible()
        page = self.open("rep", "/day")
        run = str(int(time.time()))
        self.wanda, self.willy = f"Wanda{run} Walker", f"Willy{run} Walker"
        self.lead("wanda" + run, owner)
        self.lead("willy" + run, owner)
        # The open page renews itself: they are notified without loading it anew.
        card = page.locator("article.card", has_text=self.wanda).first
        card.wait_for()
        page.locator("article.card", has_text=self.willy).first.wait_for()
        page.wait_for_function("name => window.shown.some(title => title.includes(name))", arg=self.wanda)
        self.step("a rep is notified in the browser, and sees new leads on the open page")
        self.picture(page, "day")
        self.focus(page, self.wanda)
        page.keyboard.press("a")
        page.keyboard.press("3")
        page.wait_for_url("**/day?done=accept*")
        expect(page.locator("[role=status]", has_text="Accepted")).to_contain_text(self.wanda)
        self.step("accepts one with two keys")
        self.focus(page, self.willy)
        page.keyboard.press("r")
        reason = page.locator("details.deed[open] button[name=reason]").first.get_attribute("value")
        page.keyboard.press("1")
        page.wait_for_url("**/day?done=reject*")
        self.step(f"rejects another with two keys: {reason}")
        self.focus(page, self.wanda)
        page.keyboard.press("h")
        page.keyboard.type("Does it run on steam?")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/day?done=heard*")
        self.step("passes on what they heard, by keyboard")
        marketing = self.open("marketing", "/verdicts")
        row = marketing.locator("tr", has_text=self.willy).first
        expect(row).to_contain_text(reason.replace("_", " "))
        expect(marketing.locator("tr", has_text=self.wanda).first).to_contain_text("accepted")
        expect(marketing.get_by_text("Does it run on steam?")).to_be_visible()
        self.picture(marketing, "verdicts")
        self.step("marketing sees both, and what was heard")
        row.locator("summary", has_text="Dispute").click()
        row.locator("textarea").fill("He asked for a demonstration")
        row.locator("button", has_text="Dispute it").click()
        expect(marketing.locator("tr", has_text=self.willy).first).to_contain_text("not ruled on yet")
        arbiter = self.open("operator", "/disputes")
        case = arbiter.locator("article.card", has_text=self.willy)
        expect(case).to_contain_text("He asked for a demonstration")
        self.picture(arbiter, "disputes")
        case.locator("textarea").fill("He did")
        case.locator("button", has_text="Overturn").click()
        expect(arbiter.locator("tr", has_text=self.willy)).to_contain_text("overturned")
        self.step("the arbiter overturns a disputed rejection")
        self.watch()

    def watch(self):
        """An alert of one's own: set on a lead's page, heard of, ended."""
        page = self.open("rep", "/leads?q=" + self.wanda.split()[0])
        page.locator("table a", has_text=self.wanda).first.click()
        page.get_by_role("link", name="Tell me when they do something").click()
        page.fill("form[action='/alerts'] [name=page]", "pricing")
        page.get_by_role("button", name="Tell me", exact=True).click()
        row = page.locator("table tr", has_text="“pricing”")
        expect(row).to_contain_text(self.wanda)
        self.send("/v1/page", {
            "userId": self.wanda.split()[0].lower(), "messageId": "p" + self.wanda.split()[0], "name": "Prices",
            "properties": {"path": "/pricing"},
        })
        page.wait_for_function("() => window.shown.length > 0")
        expect(page.locator("ol.timeline li", has_text=self.wanda).first).to_be_visible()
        self.picture(page, "alerts")
        row.get_by_role("button", name=re.compile("^End")).click()
        expect(page.get_by_text("You have set no alert.")).to_be_visible()
        self.step("an alert of one's own is set, heard of and ended")

    def focus(self, page, title):
        """Goes down the list by key until the lead has the focus."""
        for _ in range(60):
            page.keyboard.press("j")
            if title in (page.evaluate("document.activeElement.textContent") or ""):
                return
        raise AssertionError(f"j does not reach {title}")


def main():
    base, link, agreement, folder = sys.argv[1].rstrip("/"), sys.argv[2], pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
    folder.mkdir(parents=True, exist_ok=True)
    program = sys.argv[5] if len(sys.argv) > 5 else "/usr/bin/chromium"
    text = agreement.read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        walk = Walk(browser, base, folder)
        walk.person("operator", PEOPLE["operator"], link)
        walk.step("the first operator joins by the link that the server printed")
        walk.invite()
        walk.agree(text)
        walk.bring()
        walk.make_key()
        walk.day(PEOPLE["rep"])
        walk.why()
        walk.count()
        walk.without_script()
        today = time.strftime("%Y-%m-%d", time.gmtime())
        changed = re.sub(r"effective: [0-9-]+", f"effective: {today}", text)
        walk.change(changed.replace("{for: demo_request, points: 60}", "{for: demo_request, points: 50}"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
