"""Makes the inputs that scripts/fuzz begins with: fuzz_seeds.py FOLDER.

Archives become the names and contents of their members, each ended by a zero byte; PDFs what pdftohtml prints.
"""
import pathlib
import subprocess
import sys
import zipfile

target = pathlib.Path(sys.argv[1])
sources = [pathlib.Path("assets"), pathlib.Path("scripts/sample-policies"), pathlib.Path("docs"), pathlib.Path("README.md"),
           pathlib.Path("Tests"), pathlib.Path("Sources/PolicyServer/Web")]

# What the documents above have little of.
SMALL = {
    "html": ["<table><tr><th rowspan=2>a<th colspan=3>b<tr><td>1<td>2</table><dl><dt>t<dd>d</dl><ul><li>x<ol><li>y</ul>",
             "<meta charset=iso-8859-1><title>T</title><p hidden>x<p style='display:none'>y<pre>a\nb</pre>&amp;&#x41;&#99999999;"],
    "csv": ['a;b;c\n1;"x;""y""";3\n', "a\tb\n1\t2\n", "Name,Days\nAnna,27\n,\nEmil,30\n"],
    "json": ['{"title": "T", "list": [1, 2.5e3, null, true, "\\ud83d\\ude00"], "o": {"a": {"b": "<p>x</p>"}}}'],
    "tex": ["\\documentclass{a}\\begin{document}\\section{S}\\begin{tabular}{ll}a & b \\\\ 1 & 2\\end{tabular}"
            "\\newcommand{\\x}{y}\\x{} $a^2$ % note\n\\begin{itemize}\\item one\\end{itemize}\\end{document}"],
    "md": ["# T\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n- x\n  - y\n1. z\n\n> q\n\n```\nc\n```\n\ntext[^1] [l](u) ![i](p) `c` **b**\n\n[^1]: n\n"
           "<details><table><tr><td>1</table></details>\n\n---\ntitle: t\n---\n"],
    "txt": ["+---+---+\n| a | b |\n+---+---+\n", "Name      Days\nAnna      27\nEmil      30\n", "A line that is wrap-\nped.\n1. one\n2. two\n"],
}
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ARCHIVES = {
    "docx": {"word/document.xml": f'<w:document {WORD}><w:body><w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/>'
             '<w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>x</w:t><w:tab/><w:fldChar '
             'w:fldCharType="begin"/><w:footnoteReference w:id="1"/></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan '
             'w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
             '<w:del><w:r><w:delText>d</w:delText></w:r></w:del></w:body></w:document>',
             "word/numbering.xml": f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
             '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">'
             '<w:abstractNumId w:val="0"/></w:num></w:numbering>',
             "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="1"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote></w:footnotes>',
             "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="n" Type="{MAIN}/numbering" Target="numbering.xml"/></Relationships>',
             "word/styles.xml": f'<w:styles {WORD}><w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/></w:style></w:styles>'},
    "xlsx": {"xl/workbook.xml": f'<workbook xmlns:r="{MAIN}"><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
             "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{MAIN}/worksheet" Target="s.xml"/><Relationship '
             f'Id="r2" Type="{MAIN}/sharedStrings" Target="t.xml"/><Relationship Id="r3" Type="{MAIN}/styles" Target="f.xml"/></Relationships>',
             "xl/s.xml": '<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s" s="1"><v>0</v></c>'
             '<c r="D1" s="1"><v>45000.5</v></c></row><row r="2" hidden="1"><c t="b"><v>1</v></c></row></sheetData></worksheet>',
             "xl/t.xml": "<sst><si><t>text</t></si></sst>",
             "xl/f.xml": '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy;[Red]#,##0.00%"/></numFmts><fonts><font><b/>'
             '</font></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="170" fontId="0"/></cellXfs></styleSheet>'},
    "pptx": {"ppt/slides/slide1.xml": '<p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>T</a:t></a:r></a:p></p:sp>'
             '<a:tbl><a:tr><a:tc gridSpan="2"><a:p><a:r><a:t>c</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:sld>',
             "ppt/slides/_rels/slide1.xml.rels": f'<Relationships><Relationship Id="n" Type="{MAIN}/notesSlide" Target="../n.xml"/></Relationships>',
             "ppt/n.xml": '<p:notes><p:sp><p:nvPr><p:ph type="body"/></p:nvPr><a:p><a:r><a:t>n</a:t></a:r></a:p></p:sp></p:notes>'},
}


def packed(members):
    return b"".join(name.encode() + b"\0" + content.replace(b"\0", b" ") + b"\0" for name, content in members)


def keep(format, name, content):
    folder = target / format
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


for format, texts in SMALL.items():
    for number, text in enumerate(texts):
        keep(format, f"small-{number}", text.encode())
for format, members in ARCHIVES.items():
    keep(format, "small", packed((name, text.encode()) for name, text in members.items()))
for source in sources:
    for path in [source] if source.is_file() else source.rglob("*"):
        format, name = path.suffix[1:], "-".join(path.parts)
        if not path.is_file() or path.stat().st_size > 400_000:
            continue
        if format == "pdf":
            run = subprocess.run(["pdftohtml", "-q", "-xml", "-i", "-hidden", "-nodrm", "-noroundcoord", "-enc", "UTF-8", "-stdout", path],
                                 capture_output=True)
            keep("pdf", name, run.stdout)
        elif format in ("docx", "xlsx", "pptx"):
            keep("zip", name, path.read_bytes())
            with zipfile.ZipFile(path) as file:
                keep(format, name, packed((member, file.read(member)) for member in file.namelist() if member.endswith((".xml", ".rels"))))
        elif format in ("txt", "md", "html", "json", "csv", "tex", "py"):
            keep(format, name, path.read_bytes())
