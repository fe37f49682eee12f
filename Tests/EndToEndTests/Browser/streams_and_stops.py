"""The answer is shown as it comes; it can be stopped, which ends it upstream too, and asked for again."""

from urllib.request import Request, urlopen

from proxy import Held, Proxy
from support import Running, browser, sync

# Notes what the page's live regions say, as a screen reader hears it.
LISTEN = """
window.heard = [];
const regions = [...document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')];
for (const region of regions) {
  new MutationObserver(() => heard.push(region.innerText)).observe(region, { childList: true, subtree: true, characterData: true });
}
"""

with Running("engine") as engine, Proxy(engine.port) as upstream:
    settings = {"OPENAI_API_KEY": "sk-local", "OPENAI_BASE_URL": f"http://127.0.0.1:{upstream.port}/v1"}
    sync(**settings)
    with Running("serve", **settings) as server, browser(server.port) as page:
        page.open()
        upstream.held = Held()
        page.ask("How many days of annual leave do I get?")
        page.until(lambda: page.one(".dots"))
        lengths = [0]
        for _ in range(3):
            upstream.held.release(1)
            page.until(lambda: len(page.text(".answer-text")) > lengths[-1])
            lengths.append(len(page.text(".answer-text")))
        assert not page.all(".icon-copy"), "it is not whole yet"

        # A reload loses nothing of what is on its way, and asks nothing again.
        page.driver.refresh()
        page.until(lambda: len(page.text(".answer-text")) >= lengths[-1])
        assert upstream.count("POST", "/v1/responses") == 1

        page.one("#stop").click()
        page.until(lambda: "You stopped this answer." in page.text(".answer-state"))
        assert upstream.hung_up.wait(30), "the turn goes on upstream"
        assert page.one("#send") and not page.one("#stop")

        page.run(LISTEN)
        upstream.held.release(1 << 20)
        page.one(".retry").click()
        page.until(lambda: page.all(".icon-copy"))
        answer = page.text(".answer-text")
        assert "27 days" in answer
        assert len(page.all(".message")) == 2
        assert page.run("return heard") == ["Answering", answer], "it is read out once, when it is whole"

        # Stopped before the server has said anything at all.
        upstream.held = Held()
        upstream.hung_up.clear()
        page.ask("What is the meal allowance abroad?")
        page.until(lambda: upstream.count("POST", "/v1/responses") == 3)
        page.one("#stop").click()
        page.until(lambda: "You stopped this answer." in page.text(".answer-state"))
        assert upstream.hung_up.wait(30), "the turn goes on upstream"

        # Ended on a replica that does not run it.
        upstream.held = Held()
        upstream.hung_up.clear()
        page.one(".retry").click()
        upstream.held.release(1)
        page.until(lambda: page.text(".answer-text") and page.one("#stop"))
        turn = page.run("return JSON.parse(localStorage['policy-assistant:conversation']).turn.id")
        with Running("serve", **settings) as other:
            urlopen(Request(f"http://127.0.0.1:{other.port}/chat/{turn}", method="DELETE"))
        assert upstream.hung_up.wait(30), "the turn goes on upstream"
        page.until(lambda: "You stopped this answer." in page.text(".answer-state"))
