"""What was said is there after a reload, told by the server; a new conversation forgets it, there as well."""

import json
from urllib.request import urlopen

from support import Running, browser, sync

sync()
with Running("serve") as server, browser(server.port) as page:
    page.open()
    answer = page.answer("How many days of annual leave do I get?")
    # Only the server knows it now.
    page.run("""
        const key = 'policy-assistant:conversation';
        localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage[key]), messages: [] }));
    """)
    page.driver.refresh()
    page.until(lambda: page.text(".answer-text") == answer)
    assert page.text(".bubble") == "How many days of annual leave do I get?"
    assert page.text(".source-name") == "annual-leave.md"

    user = json.loads(page.run("return localStorage['policy-assistant:user']"))
    said = json.load(urlopen(f"{page.url}/threads/{user}/messages"))["messages"]
    assert len(said) == 2, said

    page.one("#new-conversation").click()
    page.driver.switch_to.alert.accept()
    page.until(lambda: page.one("#welcome"))
    assert answer not in page.run("return document.body.textContent"), "not even where only screen readers look"
    try:
        urlopen(f"{page.url}/threads/{user}/messages")
        raise AssertionError("the thread is still there")
    except OSError as error:
        assert error.code == 404
    page.driver.refresh()
    page.until(lambda: page.one("#welcome h2"))
    assert not page.all(".message")
