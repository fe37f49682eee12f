"""A document's tables are shown as tables, with the cell that is quoted marked; headings and pages can be gone to."""

import os
import shutil
import tempfile
from pathlib import Path

from support import Running, browser, sync

POLICY = Path(__file__).parents[3] / "assets/policies/code-of-conduct.pdf"
ROOMS = """# Rooms

| Room | Seats | Rule \\| note |
| --- | --- | --- |
| Lake | 12 seats | Guests may use it in the afternoon after they have asked at the desk. |
| Hill | 40 seats | Only teams may book the hill room, a week before they need it. |

## Desks

Nobody owns a desk.
"""

with tempfile.TemporaryDirectory() as folder:
    shutil.copy(POLICY, folder)
    with open(os.path.join(folder, "rooms.md"), "w") as file:
        file.write(ROOMS)
    sync(ASSETS_DIR=folder)
    with Running("serve", ASSETS_DIR=folder) as server, browser(server.port, width=1280) as page:
        page.open()
        page.answer("How many seats does the hill room have?")
        next(source for source in page.all(".source[href*=rooms]") if "40 seats" in source.text).click()
        page.until(lambda: page.one(".document table mark"))
        assert [cell.text for cell in page.all(".document th")] == ["Room", "Seats", "Rule | note"]
        rows = page.run("return [...document.querySelectorAll('.document tr')].map((row) => row.cells.length)")
        assert rows == [3, 3, 3], rows
        assert "40 seats" in page.run("return document.querySelector('.document tr:has(mark)').textContent")
        options = page.run("return [...document.querySelectorAll('.document-navigation option')].map((o) => o.text.trim())")
        assert options == ["Go to…", "Rooms", "Desks"], options
        choose = """
            const choice = document.querySelector('.document-navigation');
            choice.selectedIndex = arguments[0];
            choice.dispatchEvent(new Event('change'));
            return [document.activeElement.className, document.activeElement.textContent];
        """
        assert page.run(choose, 2) == ["block-heading", "Desks"]

        page.answer("May I accept a gift from a supplier?")
        page.one(".source[href*=conduct]").click()
        page.until(lambda: page.one(".document .block-page"))
        pages = page.run("return [...document.querySelectorAll('.document .block-page')].map((p) => p.textContent)")
        assert pages[:2] == ["Page 1", "Page 2"], pages
        groups = page.run("return [...document.querySelectorAll('.document-navigation optgroup')].map((g) => g.label)")
        assert groups[-1] == "Pages", groups
