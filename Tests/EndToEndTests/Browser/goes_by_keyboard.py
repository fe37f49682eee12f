"""Everything can be done without a mouse, and where the focus is can be seen at each step."""

from selenium.webdriver.common.action_chains import ActionChains
from support import Keys, Running, add_user, browser, sync

PASSWORD = "correct horse battery"
SETTINGS = {"AUTH_MODE": "jwt", "AUTH_USERS": "redis", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it"}

# Whether there is a line around what has the focus, or around the form that it is in, and nothing lies over it.
FOCUS_IS_SEEN = """
const node = document.activeElement;
const hasLine = ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
const { left, top, width, height } = node.getBoundingClientRect();
const above = document.elementFromPoint(left + width / 2, top + Math.min(height, 40) / 2);
return (hasLine(getComputedStyle(node)) || hasLine(getComputedStyle(node.closest('form') ?? node))) && node.contains(above);
"""


def press(page, *keys):
    ActionChains(page.driver).send_keys(*keys).perform()


def is_at(page, selector):
    return page.run("return document.activeElement.matches(arguments[0])", selector)


def tab_to(page, selector, backwards=False):
    for _ in range(30):
        if backwards:
            ActionChains(page.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        else:
            press(page, Keys.TAB)
        where = page.run("return document.activeElement.outerHTML")
        # Past the last there is the browser's own frame.
        assert page.run(FOCUS_IS_SEEN) or is_at(page, "body"), where
        if is_at(page, selector):
            return
    raise AssertionError(f"{selector} is not to be reached")


def visit_source(page):
    """Opens a source and closes it again, from the question and back."""
    tab_to(page, ".source", backwards=True)
    press(page, Keys.ENTER)
    page.until(lambda: page.one(".document mark"))
    assert is_at(page, "#document-name") and page.run(FOCUS_IS_SEEN)
    tab_to(page, ".document .icon-button")
    tab_to(page, ".document-text")
    before = page.run("return document.activeElement.scrollTop")
    press(page, Keys.HOME)
    page.until(lambda: page.run("return document.activeElement.scrollTop") < before)
    press(page, Keys.ESCAPE)
    page.until(lambda: not page.all(".document"))
    assert is_at(page, ".source"), "one goes on where one was"

    press(page, Keys.ENTER)
    page.until(lambda: page.one(".document mark"))
    page.driver.refresh()
    page.until(lambda: page.one(".document mark"))
    press(page, Keys.ESCAPE)
    page.until(lambda: not page.all(".document"))
    assert is_at(page, ".source"), "a reload does not change that"


sync(**SETTINGS)
add_user("ana", PASSWORD)
with Running("serve", **SETTINGS) as server:
    for width in (1280, 390):
        with browser(server.port, width=width) as page:
            page.open()
            page.until(lambda: is_at(page, "#username"))
            press(page, "ana", Keys.TAB)
            assert is_at(page, "#password") and page.run(FOCUS_IS_SEEN)
            press(page, PASSWORD, Keys.ENTER)
            page.until(lambda: is_at(page, "#question"))

            press(page, "How many days of annual leave do I get?", Keys.ENTER)
            page.until(lambda: page.all(".icon-copy"))
            assert is_at(page, "#question") and page.run(FOCUS_IS_SEEN)
            visit_source(page)

            tab_to(page, "#language", backwards=True)
            press(page, "D")
            page.until(lambda: page.run("return document.documentElement.lang") == "de")
            assert is_at(page, "#language"), "the menu stays where it was"
            tab_to(page, ".skip", backwards=True)
            press(page, Keys.ENTER)
            page.until(lambda: is_at(page, "#question"))

            tab_to(page, "#sign-out", backwards=True)
            press(page, Keys.ENTER)
            page.until(lambda: is_at(page, "#username"))
            assert "Sie haben sich abgemeldet" in page.text(".sign-in-introduction")
            assert "abgemeldet" in page.run("return document.getElementById('status').textContent")
