"""Markup in a question, an answer, a document's name and its text is shown as the text that it is, and runs nothing."""

from support import Running, browser, sync

markup = "<img src=x onerror=hacked=1><script>hacked=1</script>"
sync()
with Running("serve") as server, browser(server.port) as page:
    page.open()
    page.answer(f"What is this? {markup}")
    assert page.text(".bubble").endswith(markup)
    # Before a model the text has a blank in each opening mark.
    answer = page.answer("What is the parking allowance?").replace("< ", "<")
    assert "<b onclick=hacked=1>40 euros</b>" in answer, answer
    assert any("<b onclick=hacked=1>40 euros</b>" in quote.text for quote in page.all(".source-quote"))
    page.all(".source")[-1].click()
    page.until(lambda: page.one(".document mark"))
    assert "<script>hacked=1</script>" in page.text(".document-text")
    page.driver.get(page.url + "/#document=%3Cscript%3E&name=%3Cimg%20src%3Dx%20onerror%3Dhacked%3D1%3E&quote=" + markup)
    page.driver.refresh()
    page.until(lambda: markup in page.text(".document blockquote"))
    assert page.run("return document.querySelectorAll('#messages img, #messages script, #document img, b').length") == 0
    assert page.run("return window.hacked") is None
    # The one complaint is about the file that is not there.
    complaints = page.complaints()
    assert all("404" in complaint for complaint in complaints), complaints

    page.driver.get(page.url + "/files/" + page.run("return fetch('files').then((r) => r.json()).then((f) => f.files.find("
                    "(file) => file.filename.startsWith('parking')).file_id)") + "/content")
    assert "<script>hacked=1</script>" in page.text("pre"), "a document is text, whatever it holds"
    assert page.run("return window.hacked") is None
