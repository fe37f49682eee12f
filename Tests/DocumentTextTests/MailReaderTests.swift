import Foundation
import TestSupport
import Testing

@testable import DocumentText

@Suite struct MailReaderTests {
    private func read(_ lines: [String], named name: String = "a.eml") async throws -> ExtractedDocument {
        try await extract(lines.joined(separator: "\r\n").utf8, named: name)
    }

    @Test func tellsSubjectSenderDateAndText() async throws {
        let document = try await read([
            "From: =?ISO-8859-1?Q?J=F6rg_Blau?= <j.blau@example.com>", "To: all@example.com",
            "Subject: =?utf-8?B?UHLDpG1pZQ==?=", " =?utf-8?Q?_2026_f=C3?= =?utf-8?Q?=BCr_alle?=",
            "Date: Tue, 3 Feb 2026 09:00:00 +0100", "Content-Type: text/plain; charset=ISO-8859-1",
            "Content-Transfer-Encoding: quoted-printable", "", "Die Pr=E4mie betr=", "=E4gt 310 Euro.", "",
            "> Wann wird sie gezahlt?",
        ])
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Prämie 2026 für alle"),
                .paragraph("From: Jörg Blau <j.blau@example.com>. Date: Tue, 3 Feb 2026 09:00:00 +0100"),
                .paragraph("Die Prämie beträgt 310 Euro."), .heading(level: 2, text: "Earlier message"),
                .paragraph("Wann wird sie gezahlt?"),
            ]
        )
    }

    @Test(arguments: [
        (
            ["New: 8 days.", "", "Am Montag schrieb Tom:", "> Old: 5 days.", ">", "> Right?"],
            ["New: 8 days.", "Frühere Nachricht", "Am Montag schrieb Tom:", "Old: 5 days.", "Right?"]
        ),
        (["> Old: 5 days.", "", "New: 8 days."], ["Earlier message: Old: 5 days.", "New: 8 days."]),
        (
            [
                "New: 8 days.", "", "-----Message d'origine-----", "De : Ana", "Envoyé : lundi", "Objet : x", "",
                "Old: 5 days.",
            ],
            [
                "New: 8 days.", "Message précédent", "-----Message d'origine----- De : Ana Envoyé : lundi Objet : x",
                "Old: 5 days.",
            ]
        ),
        (
            ["From: 1 May we pay 8 euros.", "", "Subject: to change."],
            ["From: 1 May we pay 8 euros.", "Subject: to change."]
        ),
    ])
    func tellsWhichTextIsOfAnEarlierMessage(lines: [String], text: [String]) async throws {
        let document = try await read(["Subject: Re: Leave", "Content-Type: text/plain; charset=utf-8", ""] + lines)
        #expect(document.blocks.dropFirst().map(\.text) == text)
    }

    @Test(arguments: [
        (
            "Re: Leave",
            "<p>New: 8.</p><div class=gmail_quote><div>On Monday Tom wrote:</div><blockquote type=cite><h1>Old</h1>5.</blockquote></div>",
            ["New: 8.", "Earlier message", "On Monday Tom wrote:", "Old", "5."]
        ),
        (
            "Re: Leave", "<blockquote type=cite>Is it 5?</blockquote><p>No: 8.</p>",
            ["Earlier message: Is it 5?", "No: 8."]
        ),
        (
            "Re: Leave",
            "<p>New: 8.</p><p><b>From:</b> Tom<br><b>Sent:</b> Monday<br><b>Subject:</b> x</p><table><tr><th>Who<th>Days<tr><td>All<td>5</table>",
            ["New: 8.", "Earlier message", "From: Tom Sent: Monday Subject: x", "Who: All; Days: 5"]
        ),
        (
            "Fwd: Leave",
            "<p>See below.</p><div class=gmail_quote>From: Tom<br>Sent: Monday<br>Subject: x<p>New: 8.</p></div>",
            ["See below.", "From: Tom Sent: Monday Subject: x", "New: 8."]
        ),
        ("Leave", "<blockquote>A quotation.</blockquote>", ["A quotation."]),
    ])
    func tellsWhichMarkupIsOfAnEarlierMessage(subject: String, page: String, text: [String]) async throws {
        let document = try await read(["Subject: \(subject)", "Content-Type: text/html; charset=utf-8", "", page])
        #expect(document.blocks.dropFirst().map(\.text) == text)
    }

    @Test func takesTheRichestAlternativeAndTheFirstOfRelatedParts() async throws {
        let document = try await read([
            "Subject: Limits", "Content-Type: multipart/alternative; boundary=\"a b\"", "", "no part", "--a b",
            "Content-Type: text/plain", "", "Plain only.", "--a b",
            "Content-Type: multipart/related; boundary=inner", "", "--inner", "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: base64", "",
            Data("<h1>Hotel</h1><table><tr><th>City<th>Limit<tr><td>Graz<td>95 €</table>".utf8).base64EncodedString(),
            "--inner", "Content-Type: image/png; name=logo.png", "Content-Transfer-Encoding: base64", "", "AAAA",
            "--inner--", "--a b--", "the end",
        ])
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Limits"), .heading(level: 2, text: "Hotel"),
                .tableRow("City: Graz; Limit: 95 €"),
            ]
        )
        #expect(document.warnings == [])
    }

    @Test func readsAttachmentsUnderTheirNames() async throws {
        var zip = ZipFixture()
        let text = "<w:p><w:r><w:t>The desk is in room 7.</w:t></w:r></w:p>"
        zip.add("word/document.xml", "<w:document><w:body>\(text)</w:body></w:document>")
        let document = try await read([
            "Subject: Move", "Content-Type: multipart/mixed; boundary=x", "", "--x", "", "See below.", "--x",
            "Content-Type: application/octet-stream; name=\"=?utf-8?Q?R=C3=A4ume.docx?=\"",
            "Content-Disposition: attachment; filename*0*=utf-8''R%C3%A4ume; filename*1=.docx",
            "Content-Transfer-Encoding: base64", "", Data(zip.bytes).base64EncodedString(), "--x",
            "Content-Type: text/markdown; name=notes.md", "Content-Disposition: attachment", "", "# Keys",
            "Keys are at the desk.", "--x", "Content-Type: application/zip; name=all.zip", "", "PK", "--x",
            "Content-Type: message/rfc822", "", "Subject: Earlier", "From: Ana <ana@example.com>", "",
            "It moves in May.",
            "--x--",
        ])
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Move"), .paragraph("See below."), .heading(level: 2, text: "Räume.docx"),
                .paragraph("The desk is in room 7."), .heading(level: 2, text: "notes.md"),
                .heading(level: 3, text: "Keys"), .paragraph("Keys are at the desk."),
                .heading(level: 2, text: "message.eml"), .heading(level: 3, text: "Earlier"),
                .paragraph("From: Ana <ana@example.com>."), .paragraph("It moves in May."),
            ]
        )
        #expect(
            document.warnings == [
                "The attachment all.zip was left out. Files with the extension .zip are not supported."
            ]
        )
    }

    @Test func boundsMessagesWithinMessages() async throws {
        var message = ["Subject: 9", "", "the innermost"]
        for level in (0..<9).reversed() {
            message =
                ["Subject: \(level)", "Content-Type: multipart/mixed; boundary=b\(level)", "", "--b\(level)"]
                + ["Content-Type: message/rfc822", ""] + message + ["--b\(level)--"]
        }
        let document = try await read(message)
        let titles = document.blocks.map(\.text).filter { Int($0) != nil }
        #expect(titles == ["0", "1", "2", "3"])
        #expect(
            document.warnings == ["The attachment message.eml is too deep within others and was left out."]
        )
    }

    @Test func readsAPageThatWasSavedAsOneFile() async throws {
        let document = try await read(
            [
                "From: <Saved by Blink>", "Subject: Parking", "MIME-Version: 1.0",
                "Content-Type: multipart/related; type=\"text/html\"; boundary=\"----M\"", "", "------M",
                "Content-Type: text/html", "Content-Transfer-Encoding: quoted-printable", "",
                "<meta charset=3Dutf-8><p>A place costs 30=E2=82=AC.", "------M--",
            ],
            named: "a.mht"
        )
        #expect(document.blocks == [.heading(level: 1, text: "Parking"), .paragraph("A place costs 30€.")])
    }

    @Test func rejectsWhatIsEncryptedOrNoMessage() async throws {
        let sealed = ["Subject: Pay", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "", "MIAG"]
        #expect(
            try await extractionFailure(sealed.joined(separator: "\n").utf8, named: "a.eml")
                == .invalid("The message is encrypted or sealed by S/MIME or PGP: save it without.")
        )
        #expect(
            try await extractionFailure("Just some words.".utf8, named: "a.eml")
                == .invalid("The file is not a message: it has none of the header fields of one.")
        )
    }

    @Test(arguments: [
        (
            "yes", ["The bus leaves at 6:4 ", "5 and costs 2.30 euros a  ", "ride.", "No cash."],
            "6:45 and costs 2.30 euros a ride."
        ),
        (
            "no", ["The bus leaves at 6:45 ", "and costs 2.30 euros a ", " ride.", "No cash."],
            "6:45 and costs 2.30 euros a ride."
        ),
    ])
    func joinsTheLinesOfFlowedText(deletes: String, lines: [String], end: String) async throws {
        let type = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=\(deletes)"
        let document = try await read(
            ["Subject: Bus", type, ""] + lines + ["", "> Is it at 7:10?", ">From here on."]
        )
        #expect(
            document.blocks.map(\.text) == [
                "Bus", "The bus leaves at \(end) No cash.", "Earlier message: Is it at 7:10?", "From here on.",
            ]
        )
    }

    @Test(arguments: [
        ["On Mon, 2 Mar 2026, Bo <bo@x.example> wrote:"],
        ["On Mon, 2 Mar 2026 at 10:00, Bo Berg", "<bo@x.example> wrote:"],
    ])
    func partsTheTextFromTheLineAboveAnEarlierMessage(introduction: [String]) async throws {
        let lines = ["Subject: Bus", "", "The bus leaves at 6:50."] + introduction + ["> Does it leave at 5:30?"]
        let texts = try await read(lines).blocks.map(\.text)
        #expect(texts.prefix(3) == ["Bus", "The bus leaves at 6:50.", "Earlier message"])
        #expect(texts.last == "Does it leave at 5:30?")
    }
}
