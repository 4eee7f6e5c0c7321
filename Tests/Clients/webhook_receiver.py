"""A receiver of webhooks that behaves as receivers do, by the path that is called; writes down what it accepted.

Usage: webhook_receiver.py FILE. Prints its port. `/good` accepts, `/fails` answers 500 the first time it sees an id, `/moved`
sends elsewhere, `/gone` answers 410. A line: path, id, whether the signature is that of Standard Webhooks.
"""
import base64
import hashlib
import hmac
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
seen = set()
book = open(sys.argv[1], "a", buffering=1)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        identity = self.headers["webhook-id"]
        signed = f"{identity}.{self.headers['webhook-timestamp']}.".encode() + body
        expected = "v1," + base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
        isRight = expected in self.headers["webhook-signature"].split(" ")
        name = self.path.strip("/")
        if name == "gone":
            return self.answer(410)
        if name == "moved":
            return self.answer(302, {"Location": "/elsewhere"})
        if name == "fails" and identity not in seen:
            seen.add(identity)
            return self.answer(500)
        book.write(f"{name} {identity} {'signed' if isRight else 'forged'}\n")
        self.answer(204)

    def answer(self, status, headers={}):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_address[1], flush=True)
server.serve_forever()
