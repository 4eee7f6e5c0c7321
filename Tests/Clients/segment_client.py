"""Delivers events with the unmodified segment-analytics-python through a network that fails on purpose.

    segment_client.py PORT WRITE_KEY EVENTS SEED

Between client and server stands a proxy that, by a seeded dice, answers 500 or 429 without asking the server, drops the
connection before the request reaches the server, or drops it after the server has answered: the last is the one that makes
clients send twice. Prints how often it did what, as JSON, and ends with 0 when the client believes that all is delivered.
"""

import json
import random
import socket
import sys
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Weather:
    """What happens to the next request."""

    KINDS = ["passes", "answers 500", "answers 429", "drops before", "drops after"]

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.lock = threading.Lock()
        self.happened = {kind: 0 for kind in self.KINDS}

    def next(self):
        with self.lock:
            kind = self.dice.choices(self.KINDS, weights=[60, 10, 10, 10, 10])[0]
            self.happened[kind] += 1
            return kind


def make_proxy(port, weather):
    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kind = weather.next()
            if kind == "drops before":
                return self.drop()
            if kind.startswith("answers"):
                status = int(kind.split()[1])
                extra = {"Retry-After": "0"} if status == 429 else {}
                return self.answer(status, b'{"code":"injected","message":"injected"}', extra)
            status, answer, retry_after = self.forward(body)
            if kind == "drops after":
                return self.drop()
            self.answer(status, answer, {"Retry-After": retry_after} if retry_after else {})

        def forward(self, body):
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
            headers["Host"] = "127.0.0.1:%d" % port
            connection.request("POST", self.path, body, headers)
            response = connection.getresponse()
            answer = response.read()
            connection.close()
            return response.status, answer, response.getheader("Retry-After")

        def answer(self, status, body, headers):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def drop(self):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            self.connection.close()

        def log_message(self, *_):
            pass

        def handle(self):
            try:
                super().handle()
            except OSError:
                pass

        def finish(self):
            try:
                super().finish()
            except (OSError, ValueError):
                pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Proxy)


def main():
    port, write_key, events, seed = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    weather = Weather(seed)
    proxy = make_proxy(port, weather)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()

    from segment.analytics.client import Client

    failures = []
    client = Client(
        write_key, host="http://127.0.0.1:%d" % proxy.server_address[1], max_queue_size=events + 1, max_retries=30,
        upload_size=100, upload_interval=0.05, thread=4, timeout=30, on_error=lambda error, items: failures.append(repr(error)))
    for number in range(events):
        user = str(number % 500)
        if number % 10 == 0:
            client.identify(user_id=user, traits={"plan": "pro", "seats": number % 7}, message_id="m-%d" % number)
        elif number % 10 == 1:
            client.page(user_id=user, name="Pricing", properties={"path": "/pricing"}, message_id="m-%d" % number)
        else:
            client.track(user_id=user, event="Form Submitted", properties={"number": number}, message_id="m-%d" % number)
    client.flush()
    client.join()
    print(json.dumps({"happened": weather.happened, "failures": failures[:5]}))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
