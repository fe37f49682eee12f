"""A source opens its document at the passage, on a desktop beside the conversation and on a phone over it."""

from support import Keys, Running, browser, sync

sync()
with Running("serve") as server:
    for width in (1280, 390):
        with browser(server.port, width=width) as page:
            page.open()
            page.answer("How many days of annual leave do I get?")
            page.one(".source").click()
            page.until(lambda: page.one(".document mark"))
            assert "27 days of paid annual leave" in page.text(".document mark")
            assert page.text("#document-name") == "annual-leave.md"
            assert page.run("""
                const mark = document.querySelector('mark').getBoundingClientRect();
                return mark.top >= 0 && mark.bottom <= innerHeight;
            """), "the passage is in view"
            assert page.run("return document.getElementById('chat').inert") == (width < 1024)

            page.driver.refresh()
            page.until(lambda: page.one(".document mark"))
            page.one("#document-name").send_keys(Keys.ESCAPE)
            page.until(lambda: not page.all(".document"))
            page.driver.back()
            page.until(lambda: page.one(".document mark"))
            page.one(".document .icon-button").click()
            page.until(lambda: page.one(".source"))
