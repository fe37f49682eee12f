"""A question is asked aloud, with the mouse or the keyboard, and the answer is read aloud on wish."""

from accessibility import check
from selenium.webdriver.common.action_chains import ActionChains
from support import Keys, Running, browser, say, sync

# Notes what is played.
LISTEN = """
window.played = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { played.push(this); return play.call(this); };
"""

# Notes the highest level that is shown.
WATCH_LEVEL = """
window.highest = 0;
const shown = Object.getOwnPropertyDescriptor(HTMLMeterElement.prototype, 'value');
Object.defineProperty(HTMLMeterElement.prototype, 'value', {
  ...shown,
  set(value) { highest = Math.max(highest, value); shown.set.call(this, value); },
});
"""

QUESTION = "How many days of annual leave do I get?"


def status(page):
    return page.run("return document.getElementById('status').textContent")


def question(page):
    return page.run("return document.getElementById('question').value")


def hear(page, seconds):
    """Waits until everything has been said, which the page has to show that it hears."""
    page.until(lambda: page.one("#listening"))
    page.until(lambda: page.text("#recorded") >= f"0:{int(seconds) + 1:02}")
    assert page.run("const heard = highest; highest = 0; return heard") > 0.3


def wait_for_answer(page, count):
    page.until(lambda: len(page.all(".icon-copy")) == count)
    assert "annual leave" in page.text(".bubble").lower(), page.text(".bubble")
    assert "27 days" in page.text(".answer-text"), page.text(".answer-text")
    assert page.text(".source-name") == "annual-leave.md"


def state(page):
    return page.driver.execute_async_script("""
        navigator.permissions.query({ name: 'microphone' }).then(({ state }) => arguments[0](state));
    """)


def ask_and_listen(page, seconds):
    page.open()
    page.until(lambda: page.one("#microphone"))
    page.run(WATCH_LEVEL)
    assert state(page) == "prompt", "nobody is asked before anything is pressed"
    page.permit("microphone", "denied")
    page.one("#microphone").click()
    page.until(lambda: "does not let this page use the microphone" in page.text("#notice"))
    page.permit("microphone", "granted")

    # What was said can be corrected before it is asked.
    page.one("#microphone").click()
    page.until(lambda: page.one("#listening"))
    assert status(page).startswith("Listening") and not page.text("#notice")
    hear(page, seconds)
    page.one("#microphone").click()
    page.until(lambda: question(page))
    assert "annual leave" in question(page).lower(), question(page)
    assert status(page) == f"Understood: {question(page)}"
    assert page.run("return document.activeElement.id") == "question" and not page.all(".message")
    page.driver.find_element("id", "question").clear()
    page.ask(QUESTION)
    wait_for_answer(page, 1)

    # The answer is read, and falls silent at once.
    page.run(LISTEN)
    page.one(".answer-actions button:last-child").click()
    page.until(lambda: page.run("return played.length === 1 && played[0].currentTime > 0"))
    assert page.text(".answer-actions button:last-child") == "Stop reading"
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    assert page.run("return played[0].paused")
    assert page.text(".answer-actions button:last-child") == "Read aloud"

    # By keyboard: asked at once, and read as soon as it is whole.
    page.one("#read-aloud").click()
    page.run("document.getElementById('microphone').focus()")
    ActionChains(page.driver).send_keys(Keys.SPACE).perform()
    hear(page, seconds)
    assert page.run("return document.activeElement.id") == "microphone"
    ActionChains(page.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    wait_for_answer(page, 2)
    page.until(lambda: page.run("return played.length === 2 && played[1].currentTime > 0"))
    page.one("#read-aloud").click()
    assert page.run("return played[1].paused")

    # Held for as long as somebody speaks.
    ActionChains(page.driver).click_and_hold(page.one("#microphone")).perform()
    hear(page, seconds)
    ActionChains(page.driver).release().perform()
    wait_for_answer(page, 3)
    assert page.run("return played.length") == 2, "it is read no more"

    # What is discarded is not asked, and the microphone is given back.
    page.one("#microphone").click()
    page.until(lambda: page.one("#listening"))
    check(page)
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    page.until(lambda: not page.one("#listening"))
    assert status(page) == "The recording is discarded."
    assert page.run("return document.activeElement.id") == "microphone"
    assert len(page.all(".bubble")) == 3 and question(page) == ""


def ask_on_a_phone(page, seconds):
    """What is for the voice fits, can be hit by a finger, and works by touch."""
    page.open()
    page.until(lambda: page.one("#microphone"))
    page.run(WATCH_LEVEL)
    page.permit("microphone", "granted")
    page.one("#microphone").click()
    page.until(lambda: page.one("#listening"))
    check(page)
    for selector in ["#microphone", "#discard", "#send", "#read-aloud"]:
        box = page.one(selector).rect
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360, (selector, box)
        assert min(box["width"], box["height"]) >= 24, (selector, box)
    assert page.run("return document.documentElement.scrollWidth <= innerWidth"), "it is too wide"
    page.one("#discard").click()
    page.until(lambda: not page.one("#listening"))

    # The checks take their time, so the question is said after them.
    page.one("#microphone").click()
    hear(page, seconds)
    page.one("#send").click()
    page.until(lambda: page.one(".is-hearing"))
    check(page)
    wait_for_answer(page, 1)
    check(page)


sync()
recording, length = say(QUESTION, "en-gb+f2", 140)
with Running("serve", VOICE="local") as server:
    with browser(server.port, microphone=recording) as page:
        ask_and_listen(page, length)
    with browser(server.port, width=360, height=640, microphone=recording) as page:
        ask_on_a_phone(page, length)

with Running("serve", VOICE="off") as server, browser(server.port) as page:
    page.open()
    page.answer(QUESTION)
    assert not page.one("#microphone") and not page.one("#read-aloud")
    offered = [found.text for found in page.all(".answer-actions button")]
    assert offered == ["Copy", "Remember"], "nothing is offered that there is not"
