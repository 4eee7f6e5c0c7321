#!/usr/bin/env python3
"""A large company's agreement, the same at every run: generate.py FOLDER [REPS] [RULES] [ACCOUNTS]

500 reps in 20 teams, 200 scoring rules, 10,000 target accounts, and everything that goes with them: a calendar for each
team, routing by country, consent, promises that differ by segment.
"""
import os
import sys

COUNTRIES = "DE AT CH FR BE NL LU ES PT IT GB IE DK SE NO FI PL CZ SK HU SI HR RO BG GR US CA MX BR AR".split()
ZONES = ["Europe/Berlin", "Europe/London", "Europe/Paris", "America/New_York"]


def calendars(teams):
    yield "calendars:"
    for team in range(teams):
        yield f"  office_{team}:"
        yield f"    timezone: {ZONES[team % len(ZONES)]}"
        yield "    hours: {mon-thu: [08:30-12:00, 13:00-17:30], fri: 08:30-15:00}"
        yield "    holidays: [2026-01-01, 2026-04-03, 2026-04-06, 2026-05-01, 2026-12-25, 2026-12-26]"


def people(teams, reps):
    yield "teams:"
    for team in range(teams):
        yield f"  team_{team}:"
        yield f"    manager: manager.{team}@large.example"
        yield f"    calendar: office_{team}"
        yield "    reps:"
        for rep in range(team, reps, teams):
            yield (
                f"      - {{email: rep.{rep}@large.example, weight: {1 + rep % 3}, capacity: {40 + rep % 30} per month, "
                f"quota: {{2026-Q1: {300 + rep}k EUR, 2026-Q2: {310 + rep}k EUR}}, since: 2025-0{1 + rep % 9}-01}}")


def scoring(rules):
    fit, engagement = rules // 2, rules - rules // 2
    yield "activities:"
    for rule in range(engagement):
        yield f"  visit_{rule}: page where path matches '/topic-{rule}/*'"
    yield "  demo_request: event = 'Form Submitted' where form = 'Request a demo'"
    yield "scoring:"
    yield "  fit:"
    yield "    rules:"
    for rule in range(fit):
        country = COUNTRIES[rule % len(COUNTRIES)]
        yield f"      - {{when: country = {country} and employees between {rule * 10} and {rule * 10 + 9}, points: {1 + rule % 20}}}"
    yield "    grades: {A: 15, B: 8, C: 0}"
    yield "  engagement:"
    yield "    half_life: 30 days"
    yield "    rules:"
    for rule in range(engagement):
        yield f"      - {{for: visit_{rule}, points: {1 + rule % 12}, at_most: 3 within 7 days}}"


def routing(teams):
    yield "routing:"
    yield "  rules:"
    yield "    - {name: named accounts, when: account in targets, to: account owner}"
    for number, country in enumerate(COUNTRIES[:teams]):
        yield f"    - {{name: {country.lower()}, when: country = {country}, to: team team_{number}}}"
    yield "    - {name: rest, to: team team_0}"
    yield "  last_resort: manager.0@large.example"


FORM = """interlock: 1
company: Large Instruments
timezone: Europe/Berlin
currencies: {base: EUR}
parties: {executive: a@large.example, marketing: m@large.example, sales: s@large.example, operations: o@large.example}
responsibilities: {reports: {side: operations, deputy: sales}}
"""

PROCESS = """fields:
  email: {type: email, owner: marketing, required_at: lead}
  country: {type: country, owner: marketing, required_at: mql}
  employees: {type: integer, owner: sales}
entry_points:
  website_form: {may_write: [email, country, employees]}
stages:
  lead: {side: marketing, enter: email is known}
  mql: {side: marketing, enter: "(engagement >= 20 and grade in (A, B)) or demo_request within 7 days", hand_over: sales}
  sal: {side: sales, enter: accepted}
  sql: {side: sales, enter: meeting held}
  customer: {side: sales, enter: deal won}
detours:
  nurture: {side: marketing, from: [mql, sal, sql], enters: recycled or deal lost, returns: engagement >= 30, to: lead}
verdicts:
  reject_reasons: {wrong_person: nurture, too_early: nurture}
  silence: {after: 2 business days, means: accepted}
promises:
  sales:
    respond:
      - {to: mql, where: employees >= 1000, by: [call, email], within: 30 business minutes}
      - {to: mql, by: [call, email], within: 1 business hour}
    decide: {about: mql, within: 1 business day}
    qualify: {from: sal, to: sql, within: 20 business days, otherwise: nurture}
  marketing:
    quality: {acceptance: 70%}
consent:
  default: deny
  purposes: {sales_email: {channel: email}}
  rules:
    - {otherwise: true, sales_email: opt_in}
targets: {accounts: targets.csv}
"""


def main():
    folder = sys.argv[1]
    reps, rules, accounts = [int(number) for number in (sys.argv[2:5] + ["500", "200", "10000"][len(sys.argv) - 2:])]
    teams = 20
    lines = [FORM.rstrip(), *calendars(teams), *people(teams, reps), *scoring(rules), PROCESS.rstrip(), *routing(teams)]
    with open(os.path.join(folder, "agreement.yaml"), "w") as file:
        file.write("\n".join(lines) + "\n")
    with open(os.path.join(folder, "targets.csv"), "w") as file:
        file.write("account_id,account,domain,team\n")
        for account in range(accounts):
            file.write(f"0017Q{account:08d}AAA,\"Company {account}, Ltd\",company-{account}.example,team_{account % teams}\n")


if __name__ == "__main__":
    main()
