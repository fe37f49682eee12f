"""Who signs in may ask and stays signed in over a reload; who signs out leaves nothing behind, and forged requests fail."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from support import Running, add_user, browser, change_password, sync

PASSWORD = "correct horse battery"
SETTINGS = {"AUTH_MODE": "jwt", "AUTH_USERS": "redis", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it"}

# What a page may try: its own server's cookie goes along by itself, the word in the header does not.
SEND = """
const [url, method, headers, body, done] = arguments;
fetch(url, { method, headers, body, credentials: 'include' }).then((r) => r.status, () => 'refused').then(done);
"""


def fill_in(page, name, password):
    page.until(lambda: page.one(".sign-in-form"))
    for field, value in (("username", name), ("password", password)):
        page.one(f"#{field}").clear()
        page.one(f"#{field}").send_keys(value)
    page.one(".sign-in-form button").click()


def storage(page):
    return page.run("return JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another site."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title>")

    def log_message(self, *_):
        pass


sync(**SETTINGS)
add_user("ana", PASSWORD)
with Running("serve", **SETTINGS) as server:
    # The browser notes each refused request by itself.
    with browser(server.port, may_complain=True) as page:
        page.open()
        page.until(lambda: page.one("#username"))
        assert page.complaints() == [], "nobody was signed in, which is no error"
        assert not page.one("#question") and not page.one("#sign-out")
        assert page.run("return document.activeElement.id") == "username"

        page.one(".sign-in-form button").click()
        page.until(lambda: "fill in" in page.text("#sign-in-problem"))
        fill_in(page, "Ana", "not her password")
        page.until(lambda: "user name or the password is wrong" in page.text("#sign-in-problem"))
        assert page.run("return document.activeElement.id") == "password"
        assert page.one("#password").get_attribute("value") == ""
        assert page.one("#username").get_attribute("value") == "Ana"
        assert all(page.one(field).get_attribute("aria-invalid") == "true" for field in ("#username", "#password"))

        fill_in(page, "Ana", PASSWORD)
        page.until(lambda: page.all(".suggestion"))
        assert page.text("#user-name") == "ana"
        answer = page.answer("How many days of annual leave do I get?")
        assert "27 days" in answer
        page.driver.refresh()
        page.until(lambda: page.text(".answer-text") == answer)

        [cookie] = page.driver.get_cookies()
        assert cookie["name"] == "__Host-policy-assistant", cookie
        assert cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "Strict", cookie
        assert page.run("return document.cookie") == ""
        token = cookie["value"].split(".")[2]
        assert token not in storage(page) and PASSWORD not in storage(page)

        def send(path, headers=None, body=None, method="POST"):
            return page.driver.execute_async_script(SEND, page.url + path, method, headers or {}, body)

        question = json.dumps({"message": "How many days of annual leave do I get?"})
        content = {"content-type": "application/json"}
        word = page.driver.execute_async_script("fetch('session').then((r) => r.json()).then(arguments[0])")["csrf_token"]
        assert send("/chat", content, question) == 403
        assert send("/chat", {**content, "x-csrf-token": "AAAA"}, question) == 403
        assert send("/threads/ana", method="DELETE") == 403
        assert send("/logout") == 403
        assert send("/chat", {**content, "x-csrf-token": word}, question) == 200

        # Another site, whose requests browsers would send with cookies if these allowed it.
        elsewhere = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
        Thread(target=elsewhere.serve_forever, daemon=True).start()
        page.driver.get(f"http://localhost:{elsewhere.server_port}/")
        assert send("/logout") == "refused"
        assert send("/chat", {"content-type": "text/plain"}, question) == "refused"
        page.hosts()
        page.driver.get(page.url)
        elsewhere.shutdown()
        # The session goes on.
        page.until(lambda: page.text(".answer-text") == answer)

        page.one("#sign-out").click()
        page.until(lambda: page.one("#username"))
        assert "You have signed out" in page.text(".sign-in-introduction")
        assert page.driver.get_cookies() == []
        assert "27 days" not in storage(page) and "ana" not in storage(page)
        assert "27 days" not in page.run("return document.body.textContent")
        page.driver.add_cookie({"name": cookie["name"], "value": cookie["value"], "secure": True, "path": "/"})
        # What has ended opens nothing.
        page.driver.refresh()
        page.until(lambda: page.one("#username"))

        # A session that is ended elsewhere: who signs in again goes on, and the question is asked.
        fill_in(page, "ana", PASSWORD)
        page.until(lambda: page.text(".answer-text") == answer or page.one("#welcome h2"))
        change_password("ana", PASSWORD + "!", **SETTINGS)
        page.ask("What is the daily meal allowance abroad?")
        page.until(lambda: "Your session has ended" in page.text(".sign-in-introduction"))
        fill_in(page, "ana", PASSWORD + "!")
        page.until(lambda: "64 euros" in page.text(".answer-text"))
