"""A question is answered with its sources, by keyboard alone, and read out to those who cannot see."""

from support import Keys, Running, browser, sync

# Makes the conversation longer, and once more before it can be told of having been scrolled; tells whether its end is in
# view.
GROW = """
const [done] = arguments;
const scroller = document.getElementById('scroller');
const grow = () => {
  const more = document.createElement('li');
  more.textContent = 'more\\n'.repeat(40);
  more.className = 'bubble';
  document.getElementById('messages').append(more);
};
const settled = (then) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then)));
grow();
scroller.scrollTop += 1;
grow();
settled(() => done(scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1));
"""

sync()
with Running("serve") as server, browser(server.port) as page:
    page.open()
    assert page.text("#welcome h2") == "Hello! What would you like to know?"
    assert not page.one("#send").is_enabled(), "nothing is asked before anything is written"
    page.ask("   ")
    assert not page.all(".message"), "blanks are no question"
    page.driver.find_element("id", "question").clear()

    answer = page.answer("How many days of annual leave do I get?")
    assert "27 days" in answer, answer
    assert page.text(".bubble") == "How many days of annual leave do I get?"
    assert page.text(".source-name") == "annual-leave.md"
    assert "27 days of paid annual leave" in page.text(".source-quote")
    assert page.run("return document.getElementById('status').innerText").strip() == answer
    assert page.run("return document.activeElement.id") == "question", "the next question can be written at once"
    assert not page.all("#welcome")

    page.write("one line")
    page.write(Keys.SHIFT + Keys.ENTER)
    page.write("another")
    page.write(Keys.ENTER)
    page.until(lambda: len(page.all(".icon-copy")) == 2)
    assert page.text(".bubble") == "one line\nanother"

    # Text that comes faster than it is shown is followed all the same, and who goes back is left there.
    assert page.driver.execute_async_script(GROW)
    assert not page.one("#to-newest")
    page.run("document.getElementById('scroller').scrollTop = 0")
    page.until(lambda: page.one("#to-newest"))
    assert page.driver.execute_async_script(GROW) is False
    page.one("#to-newest").click()
    page.until(lambda: not page.one("#to-newest"))

    for place, setting in enumerate(("granted", "denied")):
        for name, value in (("clipboard-read", "granted"), ("clipboard-write", setting)):
            page.permit(name, value)
        page.all(".answer-actions button:first-child")[place].click()
        page.until(lambda: "Copied" in page.all(".answer-actions")[place].text)
        assert page.run("return document.getElementById('status').textContent") == "Copied", "nobody else would hear of it"
        assert page.run("return document.activeElement.closest('.answer-actions') !== null"), "the focus stays"
        copied = page.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0], arguments[0])")
        assert copied == page.all(".answer-text")[place].text, copied
