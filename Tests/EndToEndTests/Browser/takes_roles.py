"""Roles, what is remembered, and the settings of the model: by mouse, by keyboard and on a phone, kept over a reload.

The test that plays it looks at what of that reaches upstream.
"""

from accessibility import check
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from support import Running, browser

TEACHER = "You are a patient teacher who gives an example."
LONG = "A role whose text is as long as it may be. " * 5


def open_drawer(page):
    page.one("#show-options").click()
    page.until(lambda: page.one("#options"))


def close_drawer(page):
    page.one("#options .drawer-head button").click()
    page.until(lambda: not page.one("#options"))


def save_role(page, name, text):
    for field, words in (("role-edit-name", name), ("role-edit-text", text)):
        found = page.driver.find_element(By.ID, field)
        found.clear()
        found.send_keys(words)
    page.one("#options form button[type=submit]").click()
    page.until(lambda: Select(page.driver.find_element(By.ID, "role")).first_selected_option.text == name)


def choose(page, field, value):
    Select(page.driver.find_element(By.ID, field)).select_by_value(value)


with Running("serve") as server:
    with browser(server.port) as page:
        page.open()
        assert not page.one("#role-name")
        page.answer("Without a role")
        open_drawer(page)
        check(page)
        save_role(page, "Teacher", TEACHER)
        assert page.run("return document.getElementById('role-edit-name').maxLength") == 20
        check(page)
        close_drawer(page)
        assert page.text("#role-name") == "Role: Teacher"
        # Each role has a conversation of its own.
        assert not page.all(".message")
        page.answer("With a role")

        # An answer is remembered, and a question; both by their buttons.
        answer = page.all(".answer")[-1]
        answer.find_element(By.CSS_SELECTOR, ".remember").click()
        page.until(lambda: answer.find_element(By.CSS_SELECTOR, ".remember").get_attribute("aria-pressed") == "true")
        question = page.all(".question")[-1]
        question.find_element(By.CSS_SELECTOR, ".remember").click()
        page.until(lambda: question.find_element(By.CSS_SELECTOR, ".remember").get_attribute("aria-pressed") == "true")
        check(page)

        # All of it outlives a reload.
        page.driver.refresh()
        page.until(lambda: len(page.all(".message")) == 2)
        assert page.text("#role-name") == "Role: Teacher"
        assert [found.get_attribute("aria-pressed") for found in page.all(".remember")] == ["true", "true"]
        open_drawer(page)
        assert len(page.all(".remembered li")) == 2
        check(page)

        # Settings hold for the next question.
        choose(page, "setting-effort", "low")
        assert not page.driver.find_element(By.ID, "setting-temperature").is_enabled(), "taken with no other effort"
        choose(page, "setting-effort", "none")
        temperature = page.driver.find_element(By.ID, "setting-temperature")
        temperature.send_keys("0.5", Keys.TAB)
        choose(page, "setting-verbosity", "low")
        close_drawer(page)
        page.answer("With settings")

        # What is forgotten is no longer told to the next conversation.
        page.one("#new-conversation").click()
        page.driver.switch_to.alert.accept()
        page.until(lambda: page.one("#welcome"))
        page.answer("Remembered?")
        open_drawer(page)
        page.all(".remembered button")[0].click()
        page.until(lambda: len(page.all(".remembered li")) == 1)

        # Without the role, its text and its conversation are not there.
        choose(page, "role", "")
        close_drawer(page)
        page.until(lambda: page.text(".bubble") == "Without a role")
        page.answer("And now?")

        # By keyboard: the drawer opens, holds the focus, and gives it back.
        page.driver.find_element(By.ID, "show-options").send_keys(Keys.ENTER)
        page.until(lambda: page.run("return document.activeElement.closest('#options') !== null"))
        for _ in range(30):
            page.driver.switch_to.active_element.send_keys(Keys.TAB)
            assert page.run("return document.activeElement === document.body || "
                            "document.activeElement.closest('#options') !== null")
        choose(page, "role", "Teacher")
        page.until(lambda: page.one("#options form .drawer-actions button:nth-child(2)")).send_keys(Keys.ENTER)
        page.until(lambda: len(Select(page.driver.find_element(By.ID, "role")).options) == 1)
        page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        page.until(lambda: not page.one("#options"))
        assert page.run("return document.activeElement.id") == "show-options"
        assert page.complaints() == []

    # On a phone, in the dark, in German.
    with browser(server.port, dark=True, language="de", width=360, height=640) as page:
        page.open()
        open_drawer(page)
        save_role(page, "Lehrerin der Klasse", LONG[:200])
        check(page)
        assert page.run("return document.getElementById('options').scrollWidth <= innerWidth")
        close_drawer(page)
        assert page.text("#role-name") == "Rolle: Lehrerin der Klasse"
        assert page.run("return document.documentElement.scrollWidth <= innerWidth")
        page.answer("Frage")
        check(page)
        assert page.complaints() == []
