"""A mail server on loopback that writes down what it took, one line of JSON each: aiosmtpd from PyPI.

Usage: mail_server.py FILE [FAILURES]. Prints its port. Every third session it refuses for now, or breaks off after it took the
mail over, FAILURES times in all: as servers do.
"""
import asyncio
import email
import email.policy
import json
import sys
import time

from aiosmtpd.smtp import SMTP


class Book:
    def __init__(self, path, failures):
        self.file = open(path, "a", buffering=1)
        self.failures = failures
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        if self.failures > 0 and self.count % 3 == 0:
            self.failures -= 1
            if self.count % 2 == 0:
                return "451 later"
            self.note(envelope)
            server.transport.abort()
            return "421 gone"
        self.note(envelope)
        return "250 taken"

    def note(self, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
        line = {
            "at": time.time(), "to": envelope.rcpt_tos, "from": envelope.mail_from, "id": message["message-id"],
            "subject": message["subject"], "text": parts.get("text/plain", ""), "html": parts.get("text/html", ""),
            "defects": [str(defect) for defect in message.defects],
        }
        self.file.write(json.dumps(line) + "\n")


async def main():
    book = Book(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(book), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
