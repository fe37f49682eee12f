"""Takes the pictures of the page: no scenario of the tests, but what scripts/make-screenshots runs."""

import sys
from pathlib import Path

from support import Running, browser, sync

FOLDER = Path(sys.argv[1])
QUESTIONS = ["How many days of annual leave do full-time employees receive?", "What is the daily meal allowance?"]


def greet(page):
    page.until(lambda: page.all(".suggestion"))


def greet_in_german(page):
    greet(page)
    page.one("#language").send_keys("Deutsch")
    page.until(lambda: page.text("#welcome h2").startswith("Hallo"))
    page.driver.find_element("id", "question").click()


def converse(page):
    greet(page)
    for question in QUESTIONS:
        page.answer(question)


def open_source(page):
    converse(page)
    page.all(".source")[-1].click()
    page.until(lambda: page.one(".document mark"))


PICTURES = [
    ("page-desktop-light", 1280, 800, False, open_source),
    ("page-desktop-dark", 1280, 800, True, open_source),
    ("page-welcome-light", 1280, 800, False, greet),
    ("page-welcome-dark", 1280, 800, True, greet),
    ("page-phone-light", 390, 844, False, converse),
    ("page-phone-dark", 390, 844, True, converse),
    ("page-phone-german", 390, 844, False, greet_in_german),
]

sync()
with Running("serve") as server:
    for name, width, height, dark, act in PICTURES:
        with browser(server.port, width=width, height=height, dark=dark) as page:
            page.open()
            act(page)
            page.driver.save_screenshot(str(FOLDER / f"{name}.png"))
