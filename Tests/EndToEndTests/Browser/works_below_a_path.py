"""Behind nginx at a path of its own: the page, its sign-in, its streams, and the page on which to try the API."""

import os
import subprocess
from contextlib import contextmanager

from support import Running, add_user, browser, free_port, sync

PASSWORD = "correct horse battery"
SIGN_IN = {"AUTH_MODE": "jwt", "AUTH_USERS": "redis", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it"}
CONFIGURATION = """
daemon off; master_process off; pid nginx.pid; error_log stderr notice;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path bodies; proxy_temp_path proxied; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {{
        listen 127.0.0.1:{port};
        location = /assistant {{ return 301 /assistant/; }}
        location /assistant/ {{
            proxy_pass http://127.0.0.1:{server}/;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
        }}
    }}
}}
"""


@contextmanager
def proxy(port, server):
    """nginx, which takes the path off."""
    with open("nginx.conf", "w") as file:
        file.write(CONFIGURATION.format(port=port, server=server))
    arguments = ["/usr/sbin/nginx", "-p", os.getcwd(), "-c", os.path.abspath("nginx.conf"), "-e", "stderr"]
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True)
    try:
        for line in process.stderr:
            if "event method" in line:
                break
        yield
    finally:
        process.kill()
        process.wait()


def ask(page):
    answer = page.answer("How many days of annual leave do I get?")
    assert "27 days" in answer, answer
    page.one(".source-name").click()
    page.until(lambda: "27 days" in page.text("#document"))


sync()
for public in (False, True):
    port = free_port()
    settings = {"PUBLIC_URL": f"http://127.0.0.1:{port}/assistant"} if public else {}
    with Running("serve", **settings) as server, proxy(port, server.port), browser(port) as page:
        # Without its slash, and with it.
        for path in ("/assistant", "/assistant/"):
            page.open(path)
            assert page.driver.current_url.startswith(f"{page.url}/assistant/"), page.driver.current_url
        ask(page)

        for path in ("/assistant/docs", "/assistant/docs/"):
            page.driver.get(page.url + path)
            page.until(lambda: page.all(".opblock"))
            assert page.driver.current_url.startswith(f"{page.url}/assistant/docs"), page.driver.current_url
        block = page.one("#operations-chat-ask")
        block.find_element("css selector", ".opblock-summary-control").click()
        page.until(lambda: block.find_element("css selector", ".try-out__btn")).click()
        page.until(lambda: block.find_element("css selector", ".execute")).click()
        status = page.until(lambda: block.find_element(
            "css selector", ".live-responses-table .response .response-col_status").text)
        assert status.startswith("200"), status
        asked = block.find_element("css selector", ".request-url").text
        assert f"127.0.0.1:{port}/assistant/chat" in asked, asked

add_user("ana", PASSWORD, **SIGN_IN)
port = free_port()
settings = SIGN_IN | {"PUBLIC_URL": f"http://127.0.0.1:{port}/assistant"}
with Running("serve", **settings) as server, proxy(port, server.port), browser(port, may_complain=True) as page:
    page.open("/assistant/")
    page.until(lambda: page.one("#username")).send_keys("ana")
    page.one("#password").send_keys(PASSWORD)
    page.one(".sign-in-form button").click()
    page.until(lambda: page.one("#question"))
    [cookie] = page.driver.get_cookies()
    assert cookie["name"] == "policy-assistant" and cookie["path"] == "/assistant", cookie
    assert not cookie["secure"], "the page is served by http, as PUBLIC_URL says"
    ask(page)
    page.driver.refresh()
    page.until(lambda: page.one("#sign-out"))

settings["AUTH_COOKIE_SECURE"] = "true"
with Running("serve", **settings) as server, proxy(port, server.port), browser(port, may_complain=True) as page:
    page.open("/assistant/")
    page.until(lambda: page.one("#username")).send_keys("ana")
    page.one("#password").send_keys(PASSWORD)
    page.one(".sign-in-form button").click()
    page.until(lambda: page.one("#question"))
    [cookie] = page.driver.get_cookies()
    assert cookie["name"] == "__Secure-policy-assistant" and cookie["path"] == "/assistant" and cookie["secure"], cookie
    ask(page)
    page.one("#sign-out").click()
    page.until(lambda: page.one("#username"))
    assert page.driver.get_cookies() == []
