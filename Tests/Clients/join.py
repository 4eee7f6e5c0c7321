"""Joins by a link, as a browser would, and prints the cookie of the sign-in.

    join.py BASE JOIN_URL EMAIL
"""

import sys
import urllib.error
import urllib.parse
import urllib.request


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def main():
    base, link, email = sys.argv[1:]
    form = urllib.parse.urlencode({"name": email, "email": email, "password": "drei woerter im regen"}).encode()
    request = urllib.request.Request(base + urllib.parse.urlparse(link).path, form, {"Origin": base})
    try:
        answer = urllib.request.build_opener(NoRedirect).open(request)
        sys.exit(f"not joined: {answer.status}")
    except urllib.error.HTTPError as answer:
        cookie = answer.headers.get("Set-Cookie", "")
        if answer.status != 303 or not cookie:
            sys.exit(f"not joined: {answer.status}")
        print(cookie.split(";")[0])


main()
