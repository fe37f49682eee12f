"""The page keeps to WCAG AA in each of its states, light and dark, on a desktop and on a phone."""

import json

from accessibility import check
from proxy import Proxy
from support import Running, add_user, browser, sync

SIGN_IN = {"AUTH_MODE": "jwt", "AUTH_USERS": "redis", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it"}
LOOKS = [(1280, False, "en"), (1280, True, "de"), (360, False, "de"), (360, True, "en")]


def refusing(method, path):
    """Answers in the server's place that there were too many questions."""
    headers = {"content-type": "application/problem+json", "retry-after": "600"}
    if path == "/chat":
        return 429, headers, json.dumps({"status": 429, "code": "rate_limited", "detail": "Details."}).encode()


def try_the_chat(port, **look):
    with Proxy(port) as between, browser(between.port, may_complain=True, **look) as page:
        page.open()
        page.until(lambda: page.all(".suggestion"))
        check(page)
        page.answer("How many days of annual leave do I get?")
        check(page)
        page.one(".source").click()
        page.until(lambda: page.one(".document mark"))
        # What is half below an edge has no ground to be told.
        page.run("document.querySelector('.document-text').scrollTop = 0")
        check(page)
        page.one(".document .icon-button").click()
        between.instead = refusing
        page.ask("And how many may I carry over?")
        page.until(lambda: page.one(".state-warning"))
        check(page)


def try_signing_in(port, **look):
    with browser(port, may_complain=True, **look) as page:
        page.open()
        check(page)
        page.one("#username").send_keys("ana")
        page.one("#password").send_keys("not her password\n")
        page.until(lambda: page.text("#sign-in-problem"))
        check(page)


sync()
with Running("serve") as server:
    for width, dark, language in LOOKS:
        try_the_chat(server.port, width=width, dark=dark, language=language)
    with browser(server.port) as page:
        page.driver.get(page.url + "/docs")
        check(page)

add_user("ana", "correct horse battery")
with Running("serve", **SIGN_IN) as server:
    for width, dark, language in LOOKS:
        try_signing_in(server.port, width=width, dark=dark, language=language)

with Running("serve", AUTH_MODE="api-key") as server, browser(server.port) as page:
    page.open()
    check(page)
