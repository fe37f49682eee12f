"""Nothing is wider than the window and the page does not scroll as a whole, on the smallest phone and magnified."""

from support import Running, browser, sync

# Phones, and a desktop's 1280 by 800 and 1280 by 1024 at 200 and 400 percent, as WCAG has it (1.4.4, 1.4.10).
WINDOWS = [(320, 568), (360, 640), (844, 390), (640, 400), (320, 256)]


def check(page):
    assert page.run("return document.documentElement.scrollWidth <= innerWidth"), "it is too wide"
    assert page.run("return document.documentElement.scrollHeight <= innerHeight"), "it scrolls as a whole"
    cut = page.run("""
        return [...document.querySelectorAll('button, a, select, textarea, input')].filter((node) => node.checkVisibility())
          .filter((node) => node.getBoundingClientRect().right > innerWidth || node.getBoundingClientRect().left < 0)
          .map((node) => node.outerHTML);
    """)
    assert not cut, cut
    covered = page.run("""
        const title = document.querySelector('.brand span').getBoundingClientRect();
        return title.right > document.querySelector('.bar-actions').getBoundingClientRect().left
          && title.bottom > document.querySelector('.bar-actions').getBoundingClientRect().top;
    """)
    assert not covered, "the title is covered"


sync()
with Running("serve") as server:
    for width, height in WINDOWS:
        with browser(server.port, width=width, height=height, language="de") as page:
            page.open()
            page.until(lambda: page.all(".suggestion"))
            check(page)
            assert page.run("return document.getElementById('scroller').scrollTop") == 0, "it begins with the greeting"
            page.answer("How many days of annual leave do I get?")
            check(page)
            page.one(".source").click()
            page.until(lambda: page.one(".document mark"))
            check(page)

with Running("serve", AUTH_MODE="api-key") as server:
    for width, height in WINDOWS:
        # The browser notes a refused request by itself.
        with browser(server.port, width=width, height=height, language="de", may_complain=True) as page:
            page.open()
            page.one("#key").send_keys("nonsense\n")
            page.until(lambda: "nicht gültig" in page.text("#sign-in-problem"))
            check(page)
