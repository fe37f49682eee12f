"""An answer is read aloud sentence by sentence while it comes, survives a lost connection, and falls silent at once."""

import re

from accessibility import check
from proxy import Held, Proxy
from selenium.webdriver.common.action_chains import ActionChains
from support import Keys, Running, browser, sync

# Notes each sound that is played: where it is, and when it is over.
LISTEN = """
window.played = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const sound = { player: this, isOver: false };
  this.addEventListener('ended', () => { sound.isOver = true; }, { once: true });
  played.push(sound);
  return play.call(this);
};
"""

QUESTION = "How many days of annual leave do I get?"


def played(page):
    return page.run("return played.length")


def is_silent(page):
    return page.run("return played.every(({ player }) => player.paused)")


def release_a_sentence(page, upstream):
    """Lets one piece of the newest answer come after another until a sentence stands."""

    def next_piece():
        shown = page.text(".answer-text")
        if re.search(r"\. \w", shown):
            return True
        upstream.held.release(1)
        page.until(lambda: page.text(".answer-text") != shown)

    page.until(next_piece)


def ask_and_listen(page, upstream, network):
    network.seen.clear()
    page.open()
    page.until(lambda: page.one("#read-aloud"))
    page.run("document.getElementById('read-aloud').focus()")
    ActionChains(page.driver).send_keys(Keys.ENTER).perform()
    assert page.run("return document.getElementById('read-aloud').ariaPressed") == "true"
    page.run(LISTEN)

    # The first sentence is heard while the answer comes.
    upstream.held = Held()
    page.ask(QUESTION)
    release_a_sentence(page, upstream)
    page.until(lambda: played(page) == 1)
    assert page.one("#stop") and not page.all(".icon-copy"), "the answer is not whole yet"
    check(page)
    # What was heard before the connection was lost is not said again.
    page.until(lambda: page.run("return played[0].isOver"))
    network.cut()
    page.until(lambda: len(network.headers("GET", "/events?audio=mp3", "last-event-id")) == 2)
    upstream.held.release(1 << 20)
    page.until(lambda: page.all(".icon-copy") and "27 days" in page.text(".answer-text"))
    assert page.text(".answer-actions button:last-child") in ("Stop reading", "Read aloud")
    page.until(lambda: page.text(".answer-actions button:last-child") == "Read aloud")
    heard = played(page)
    assert heard >= 2 and page.run("return played.every(({ isOver }) => isOver)")
    turn = next(path for method, path, _ in network.seen if path.endswith("/events?audio=mp3")).split("/")[2]
    sentences = page.driver.execute_async_script("""
        const [turn, done] = arguments;
        fetch(`chat/${turn}/events?audio=mp3`).then((response) => response.text())
          .then((events) => done(events.split('\\nevent: audio\\n').length + events.startsWith('event: audio') - 1));
    """, turn)
    assert heard == sentences, (heard, sentences)

    # Escape ends the reading, and the answer with it.
    upstream.held = Held()
    page.ask(QUESTION)
    release_a_sentence(page, upstream)
    page.until(lambda: played(page) == heard + 1)
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    assert is_silent(page)
    page.until(lambda: "You stopped this answer." in page.text(".answer-state"))

    # The button that reads answers ends only the reading, and begins it again.
    upstream.held = Held()
    page.one(".retry").click()
    release_a_sentence(page, upstream)
    page.until(lambda: played(page) == heard + 2)
    page.one("#read-aloud").click()
    assert is_silent(page)
    upstream.held.release(1 << 20)
    page.until(lambda: len(page.all(".icon-copy")) == 2)
    assert played(page) == heard + 2, "it is read no more"
    assert "27 days" in page.text(".answer-text")


with Running("engine") as engine, Proxy(engine.port) as upstream:
    settings = {"OPENAI_API_KEY": "sk-local", "OPENAI_BASE_URL": f"http://127.0.0.1:{upstream.port}/v1", "VOICE": "local"}
    sync(**settings)
    with Running("serve", **settings) as server, Proxy(server.port) as network:
        # What the browser says of cut connections is no fault of the page.
        for width in [1100, 360]:
            with browser(network.port, width=width, may_complain=True) as page:
                ask_and_listen(page, upstream, network)
