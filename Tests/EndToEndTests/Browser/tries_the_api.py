"""Every route can be tried on /docs, signed in or not, with nothing from elsewhere."""

import os
import subprocess

from support import PROGRAM, Running, browser, say, sync


def open_docs(page):
    page.driver.get(page.url + "/docs")
    page.until(lambda: page.all(".opblock"))


def try_out(page, block):
    """Executes an operation as its examples have it, and returns the status that is shown."""
    page.run("arguments[0].scrollIntoView()", block)
    if not block.find_elements("css selector", ".opblock-body"):
        block.find_element("css selector", ".opblock-summary-control").click()
    page.until(lambda: block.find_element("css selector", ".try-out__btn")).click()
    execute = page.until(lambda: block.find_element("css selector", ".execute"))
    for field in block.find_elements("css selector", "input[type=file]"):
        field.send_keys(recording)
    execute.click()
    status = page.until(
        lambda: block.find_element("css selector", ".live-responses-table .response .response-col_status").text)
    return status.split()[0]


def authorize(page, secret):
    page.one(".scheme-container .authorize").click()
    page.until(lambda: page.one(".auth-container input")).send_keys(secret)
    page.one(".auth-container button.authorize").click()
    page.until(lambda: page.one(".btn-done")).click()


sync()
hears = "WHISPER_MODEL_DIR" in os.environ
recording = say("How many days of annual leave do I get?", "en-gb+f2", 140)[0] if hears else __file__
with Running("serve") as server:
    with browser(server.port, may_complain=True) as page:
        open_docs(page)
        described = page.run("return fetch('openapi.json').then((answer) => answer.json())")
        operations = [operation for path in described["paths"].values() for operation in path.values()]
        for operation in operations:
            block = page.one(f"#operations-{operation['tags'][0]}-{operation['operationId']}")
            status = try_out(page, block)
            assert status in operation["responses"], (operation["operationId"], status)
            if operation["operationId"] == "ask":
                assert status == "200", status
                assert "27 days" in block.find_element("css selector", ".live-responses-table .response .microlight").text
            if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}) and hears:
                assert status == "200", (operation["operationId"], status)
            # The console has what a route refuses, and nothing else.
            complaints = page.complaints()
            # The page shows a player for sound, which would ask for it once more, by another method.
            complaints = [complaint for complaint in complaints if "Loading media" not in complaint]
            if int(status) >= 400:
                complaints = [complaint for complaint in complaints if "Failed to load resource" not in complaint]
            assert not complaints, (operation["operationId"], complaints)
            # An operation that stays open makes the page slow.
            block.find_element("css selector", ".opblock-summary-control").click()

sealed = {"AUTH_MODE": "api-key"}
key = subprocess.run([PROGRAM, "keys", "add", "docs", "--admin"], env=os.environ | sealed, check=True,
                     capture_output=True, text=True).stdout.strip()
with Running("serve", **sealed) as server, browser(server.port, may_complain=True) as page:
    open_docs(page)
    metrics = page.one("#operations-operations-metrics")
    assert try_out(page, metrics) == "401"
    authorize(page, key)
    assert try_out(page, page.one("#operations-chat-ask")) == "200"
    metrics.find_element("css selector", ".execute").click()
    page.until(lambda: metrics.find_element(
        "css selector", ".live-responses-table .response .response-col_status").text.startswith("200"))
