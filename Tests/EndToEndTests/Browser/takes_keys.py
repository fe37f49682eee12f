"""Where the server asks for a key, the page does: it keeps the key in its tab, and takes none that is not a person's."""

from support import Running, add_key, browser, sync

SETTINGS = {"AUTH_MODE": "api-key"}


def present(page, key):
    page.until(lambda: page.one("#key")).send_keys(key)
    page.one(".sign-in-form button").click()


sync()
own = add_key("Ana's", "--user", "ana")
program = add_key("portal")
admin = add_key("operations", "--admin")
with Running("serve", **SETTINGS) as server:
    # The browser notes each refused request by itself.
    with browser(server.port, may_complain=True) as page:
        page.open()
        assert "Whoever runs this assistant gives you one" in page.text(".sign-in-introduction")
        assert page.one("#key").get_attribute("type") == "password"
        present(page, "pa_nonsense")
        page.until(lambda: "This key is not valid" in page.text("#sign-in-problem"))
        present(page, program)
        page.until(lambda: "made for a program" in page.text("#sign-in-problem"))
        present(page, own)
        page.until(lambda: page.all(".suggestion"))
        assert page.text("#user-name") == "ana"
        answer = page.answer("How many days of annual leave do I get?")
        page.driver.refresh()
        page.until(lambda: page.text(".answer-text") == answer)
        assert own not in page.run("return JSON.stringify({ ...localStorage })"), "only the tab keeps it"

        page.one("#sign-out").click()
        page.until(lambda: page.one("#key"))
        assert own not in page.run("return JSON.stringify({ ...sessionStorage })")
        page.driver.refresh()
        present(page, admin)
        page.until(lambda: page.all(".suggestion"))
        assert "27 days" in page.answer("How many days of annual leave do I get?")
