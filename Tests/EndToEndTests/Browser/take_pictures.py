"""Takes the pictures of the page: no scenario of the tests, but what scripts/make-screenshots runs."""

import sys
from pathlib import Path

from support import Running, add_user, browser, sync

FOLDER = Path(sys.argv[1])
PASSWORD = "correct horse battery"
USERS = {"AUTH_MODE": "jwt", "AUTH_USERS": "redis", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it"}
QUESTIONS = ["How many days of annual leave do full-time employees receive?", "What is the daily allowance for Switzerland?"]


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


def be_wrong(page):
    page.one("#username").send_keys("ana")
    page.one("#password").send_keys("not her password\n")
    page.until(lambda: page.text("#sign-in-problem"))


def arrive(page):
    page.until(lambda: page.one(".sign-in-form"))


def try_the_api(page):
    page.driver.get(page.url + "/docs")
    asking = page.until(lambda: page.one("#operations-chat-ask"))
    asking.find_element("css selector", ".opblock-summary-control").click()
    page.until(lambda: asking.find_element("css selector", ".try-out__btn")).click()
    page.until(lambda: asking.find_element("css selector", ".execute")).click()
    page.until(lambda: asking.find_element("css selector", ".live-responses-table .microlight"))
    page.run("arguments[0].scrollIntoView()", asking.find_element("css selector", ".responses-wrapper"))


def see_the_api(page):
    page.driver.get(page.url + "/docs")
    page.until(lambda: page.all(".opblock"))


def see_more_of_the_api(page):
    see_the_api(page)
    page.run("document.getElementById('operations-tag-documents').scrollIntoView()")


PICTURES = [
    ("page-desktop-light", 1280, 800, False, open_source),
    ("page-desktop-dark", 1280, 800, True, open_source),
    ("page-welcome-light", 1280, 800, False, greet),
    ("page-welcome-dark", 1280, 800, True, greet),
    ("page-phone-light", 390, 844, False, converse),
    ("page-phone-dark", 390, 844, True, converse),
    ("page-phone-german", 390, 844, False, greet_in_german),
    ("docs-desktop-light", 1280, 800, False, see_the_api),
    ("docs-desktop-dark", 1280, 800, True, see_more_of_the_api),
    ("docs-try-light", 1280, 800, False, try_the_api),
    ("docs-phone-light", 390, 844, False, see_the_api),
    ("docs-phone-dark", 390, 844, True, see_the_api),
]

PICTURES_SIGNING_IN = [
    ("page-sign-in-desktop-light", 1280, 800, False, arrive),
    ("page-sign-in-desktop-dark", 1280, 800, True, be_wrong),
    ("page-sign-in-phone-light", 390, 844, False, be_wrong),
    ("page-sign-in-phone-dark", 390, 844, True, arrive),
]


def take(pictures, **settings):
    with Running("serve", **settings) as server:
        for name, width, height, dark, act in pictures:
            # A wrong password is noted by the browser itself.
            with browser(server.port, width=width, height=height, dark=dark, may_complain=act == be_wrong) as page:
                page.open()
                act(page)
                page.driver.save_screenshot(str(FOLDER / f"{name}.png"))


sync()
add_user("ana", PASSWORD)
take(PICTURES)
take(PICTURES_SIGNING_IN, **USERS)
