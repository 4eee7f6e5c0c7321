"""Writes the files of the benchmark: the same bytes for the same arguments, whatever the machine.

    generate.py events|ndjson|contacts ROWS FILE
"""
import json
import random
import sys
from datetime import datetime, timedelta, timezone

EVENTS = ["page_view", "form_submit", "download", "video_play", "pricing_view", "signup"]
PATHS = ["/", "/pricing", "/docs/getting-started", "/blog/why-slas-fail", "/webinar/2026-03", "/contact", "/customers/acme"]
REFERRERS = ["https://www.google.com/", "https://news.example/item?id=4711", "", "https://www.linkedin.com/feed/"]
DEVICES = ["desktop", "mobile", "tablet"]
SOURCES = ["google", "newsletter", "linkedin", "partner", ""]
MEDIA = ["cpc", "email", "social", "referral", ""]
CAMPAIGNS = ["spring-launch-2026", "brand", "webinar-march", "always-on-dach", ""]
EVENT_COLUMNS = [
    "id", "contact", "visitor", "event", "path", "timestamp", "session", "device", "referrer", "utm_source", "utm_medium", "utm_campaign"]


def events(rows):
    chance = random.Random(2026)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    for row in range(rows):
        contact = str(chance.randrange(1, 80_000)) if chance.random() < 0.4 else ""
        yield [
            f"ev-{row:010d}", contact, f"v{chance.randrange(400_000):06d}", chance.choice(EVENTS), chance.choice(PATHS),
            (start + timedelta(milliseconds=row * 1700)).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            f"s{chance.getrandbits(48):012x}", chance.choice(DEVICES), chance.choice(REFERRERS), chance.choice(SOURCES), chance.choice(MEDIA), chance.choice(CAMPAIGNS)]


def contacts(rows):
    chance = random.Random(501)
    start = datetime(2025, 1, 1, tzinfo=timezone.utc)
    for row in range(rows):
        first, last = chance.choice(["Ada", "Björn", "Chloé", "Dmitri", "Eun-ji"]), f"Name{chance.randrange(9_000)}"
        yield [
            str(row), f"{last}.{row}@company{row % 5000}.example".lower(), f"+49 30 {chance.randrange(10**7):07d}",
            first, last, f"Company {row % 5000}", chance.choice(["DE", "FR", "KR", "US"]),
            chance.choice(["lead", "mql", "sql", "customer"]),
            (start + timedelta(seconds=row * 7)).isoformat(timespec="seconds").replace("+00:00", "Z")]


def main(kind, rows, path):
    with open(path, "w", encoding="utf-8") as file:
        if kind == "ndjson":
            for row in events(rows):
                file.write(json.dumps(dict(zip(EVENT_COLUMNS, row)), separators=(",", ":")) + "\n")
            return
        columns, source = {
            "events": (EVENT_COLUMNS, events),
            "contacts": (
                ["id", "email", "phone", "first_name", "last_name", "company", "country", "stage", "modified"], contacts),
        }[kind]
        file.write(",".join(columns) + "\n")
        for row in source(rows):
            file.write(",".join(row) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
