"""Whoever asks for a code on the page, and texts it, may ask from the phone, which is the user's from then on."""

import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

from support import Running, browser, free_port, sync

PROJECT = Path(__file__).resolve().parents[3]


@contextmanager
def phone(webhook):
    """The stand-in of the provider, and the address of its page."""
    port = free_port()
    process = subprocess.Popen(
        [f"{PROJECT}/scripts/sms-phone", "--port", str(port), "--webhook", webhook, "--report-delay", "0.02"],
        stdout=subprocess.PIPE, text=True,
    )
    try:
        assert "the phone is at" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def replies(page):
    # Read at once, because the list is made anew with each message.
    return page.run("return [...document.querySelectorAll('#messages li:not(.own)')].map((item) => item.innerText)")


def text(page, words, expected, file=None):
    """Texts words or a file by the phone's page, and waits for the reply."""
    count = len(replies(page))
    if file:
        page.driver.find_element("id", "file").send_keys(file)
    page.one("#text").send_keys(words)
    page.one("#form button").click()
    page.until(lambda: len(replies(page)) > count and expected in replies(page)[-1])


sync()
port = free_port()
with phone(f"http://127.0.0.1:{port}/channels/twilio/sms") as address:
    settings = {
        "PUBLIC_URL": f"http://127.0.0.1:{port}", "SMS_PROVIDER": "twilio", "SMS_NUMBERS": "+15005550006",
        "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000", "TWILIO_AUTH_TOKEN": "stand-in-auth-token",
        "TWILIO_BASE_URL": address, "SMS_USERS": "known",
    }
    with Running("serve", port=port, **settings), browser(port, may_leave=True) as page:
        page.open()
        page.until(lambda: page.one("#number-code")).click()
        page.until(lambda: "+15005550006" in page.text("#notice"))
        code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", page.text("#notice"))[0]

        # Closed with the profile, or else it would ask on and on for a phone that is gone.
        page.driver.switch_to.window(page.profile.window())
        page.driver.get(address)
        text(page, "How many days of annual leave do I get?", "This number is not known here.")
        text(page, code.lower().replace("-", " "), "This number now belongs to your account.")
        text(page, "How many days of annual leave do I get?", "27 days")
        text(page, "", "cannot read pictures and files", file=f"{PROJECT}/Sources/PolicyServer/Web/icon.svg")

        numbers = subprocess.run([os.environ["PROGRAM"], "numbers", "list"], env=os.environ | settings, check=True,
                                 capture_output=True, text=True).stdout
        assert len(numbers.splitlines()) == 1 and "23" in numbers, numbers
