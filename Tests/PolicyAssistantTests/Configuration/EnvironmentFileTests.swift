import Foundation
import TestSupport
import Testing

@testable import PolicyAssistant

/// A `.env` file and its value of one setting.
struct EnvironmentFileCase: Sendable, CustomTestStringConvertible {
    let text: String
    /// The value of `NAME`; nil where it is not set.
    let value: String?

    init(_ text: String, _ value: String?) {
        self.text = text
        self.value = value
    }

    var testDescription: String { text.debugDescription }

    static let all = [
        Self("NAME=value", "value"),
        Self("NAME=value\n", "value"),
        // Line ends.
        Self("# settings\r\nA=1\r\nNAME=value\r\nB=2\r\n", "value"),
        Self("A=1\rNAME=value\rB=2", "value"),
        Self("\r\n\r\nNAME=value\r\n", "value"),
        // Marks and blanks.
        Self("\u{FEFF}NAME=value", "value"),
        Self("export NAME=value", "value"),
        Self("  export \t NAME = value \t ", "value"),
        Self("NAME = value", "value"),
        Self("\tNAME=\u{A0}value\u{A0}", "value"),
        Self("NAME: value", "value"),
        Self("export=1\nNAME=value", "value"),
        // Comments.
        Self("NAME=value # comment", "value"),
        Self("NAME=value\t#comment", "value"),
        Self("NAME=val#ue", "val#ue"),
        Self("NAME=#value", "#value"),
        Self("NAME= # comment", ""),
        Self("  # NAME=value", nil),
        Self("#NAME=value", nil),
        // Empty values, and later lines.
        Self("NAME=", ""),
        Self("NAME=\nB=2", ""),
        Self("NAME=\"\"", ""),
        Self("NAME=''", ""),
        Self("NAME=one\nNAME=two", "two"),
        Self("NAME=one\nNAME=", ""),
        // Quotes.
        Self("NAME=\"value\"", "value"),
        Self("NAME='value'", "value"),
        Self("NAME=`value`", "value"),
        Self("NAME = \"value\" # comment", "value"),
        Self("NAME=\"value\"# comment", "value"),
        Self("NAME=\"a # b\"", "a # b"),
        Self("NAME='a # b'", "a # b"),
        Self("NAME=\" padded \"", " padded "),
        Self("NAME='\"inner\"'", "\"inner\""),
        Self("NAME=\"it's\"", "it's"),
        Self("NAME=it's", "it's"),
        Self("NAME={\"a\": 1}", "{\"a\": 1}"),
        // Escapes.
        Self(#"NAME="a\nb\tc""#, "a\nb\tc"),
        Self(#"NAME="a\"b""#, "a\"b"),
        Self(#"NAME="a\\""#, "a\\"),
        Self(#"NAME="a\$b\qc""#, "a$b\\qc"),
        Self(#"NAME='a\nb'"#, #"a\nb"#),
        Self(#"NAME='it\'s'"#, "it's"),
        Self(#"NAME='C:\folder\'"#, #"C:\folder\"#),
        Self(#"NAME=a\nb"#, #"a\nb"#),
        Self("NAME=$HOME/${B}", "$HOME/${B}"),
        // Values of several lines.
        Self("NAME=\"one\ntwo\"\nB=2", "one\ntwo"),
        Self("NAME='one\r\ntwo'\r\nB=2", "one\ntwo"),
        Self("NAME=\"one\n# two\n\"", "one\n# two\n"),
        Self("A=\"one\nNAME=no\n\"\nB=2", nil),
        Self("A=\"not closed\nNAME=value", "value"),
        // Values that are like an entry, and signs in them.
        Self("NAME=a=b==", "a=b=="),
        Self("NAME=https://example.com/v1?a=b", "https://example.com/v1?a=b"),
        Self("NAME=größe", "größe"),
        Self("MY_NAME=no\nNAME2=no", nil),
        Self("nonsense\nNAME=value", "value"),
    ]
}

@Suite struct EnvironmentFileTests {
    @Test(arguments: EnvironmentFileCase.all)
    func readsWhatOthersRead(_ example: EnvironmentFileCase) throws {
        let text = try TextFile.text(of: Array(example.text.utf8))
        #expect(EnvironmentFile(text).values["NAME"] == example.value)
    }

    /// The scripts read settings with a program of their own, before this one is built.
    @Test func theScriptsReadTheSame() async throws {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        try await withTemporaryFolder { folder in
            let cases = EnvironmentFileCase.all
            for (index, example) in cases.enumerated() {
                try Data(example.text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(index).env"))
            }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            let script = """
                import sys; sys.path.insert(0, "\(project)/scripts/lib"); import setting
                print(*(setting.setting("NAME", "default", f"\(folder)/{i}.env") for i in range(\(cases.count))), sep="\\0")
                """
            process.arguments = ["PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1", "python3", "-c", script]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let values = String(decoding: data.dropLast(), as: UTF8.self).split(
                separator: "\0",
                omittingEmptySubsequences: false
            )
            try #require(values.count == cases.count)
            for (example, value) in zip(cases, values) {
                let expected = example.value.flatMap { $0.isEmpty ? nil : $0 } ?? "default"
                #expect(String(value) == expected, "\(example.testDescription)")
            }
        }
    }

    @Test(arguments: [
        ("AUTH_MODE", 1), ("A=1\nAUTH_MODE api-key", 2), ("A=1\r\n\r\n=value", 3), ("set AUTH_MODE=x", 1),
        ("export AUTH_MODE", 1), ("AUTH MODE=x", 1), ("1A=x", 1), ("A=\"one\" two", 1), ("A=1\nB=\"one", 2),
        ("A=“one”", 1), ("A:value", 1), ("{ \"AUTH_MODE\": 1 }", 1),
    ])
    func aLineThatCannotBeReadIsToldByItsNumber(_ text: String, _ line: Int) {
        let faults = EnvironmentFile(text).faults
        #expect(faults.map(\.line) == [line])
    }

    @Test func faultsOfLinesShowNoValue() async throws {
        let file = "REDIS_PASSWORD \"hunter2\nOPENAI_API_KEY=\"hunter2\nA=“hunter2”\nhunter2\nhunter2+/==\n"
        let error = try await configurationFaults(file: file)
        let faults = try #require(error)
        let lines = faults.faults.compactMap { $0.name.split(separator: " ").last }
        #expect(lines == ["1", "2", "3", "4", "5"])
        #expect(!faults.description.contains("hunter2"))
    }

    @Test func readsUTF16WithAMarkAndRefusesOtherEncodings() throws {
        let text = "PORT=1\nNAME=größe\n"
        for (encoding, mark) in [(String.Encoding.utf16LittleEndian, [0xFF, 0xFE]), (.utf16BigEndian, [0xFE, 0xFF])] {
            let bytes = mark.map(UInt8.init) + Array(try #require(text.data(using: encoding)))
            #expect(try TextFile.text(of: bytes) == text)
            #expect(throws: TextFile.Failure.self) { try TextFile.text(of: Array(bytes.dropFirst(2))) }
            #expect(throws: TextFile.Failure.otherEncoding(line: nil)) {
                try TextFile.text(of: Array(bytes.dropLast()))
            }
        }
        let latin = Array(try #require("A=1\r\n# gr\u{FC}n\n".data(using: .isoLatin1)))
        #expect(throws: TextFile.Failure.otherEncoding(line: 2)) { try TextFile.text(of: latin) }
        let utf32: [UInt8] = [0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0]
        #expect(throws: TextFile.Failure.otherEncoding(line: nil)) { try TextFile.text(of: utf32) }
    }

    @Test func aFileThatCannotBeReadIsAFaultAndAMissingOneIsIfItWasNamed() async throws {
        try await withTemporaryFolder { folder in
            #expect(EnvironmentFile(at: "\(folder)/.env", isRequired: false).faults.isEmpty)
            #expect(EnvironmentFile(at: "\(folder)/.env", isRequired: true).faults.map(\.line) == [nil])
            #expect(EnvironmentFile(at: folder, isRequired: false).faults.first?.problem.contains("directory") == true)
            let large = String(repeating: "# much\n", count: 200_000)
            try large.write(toFile: "\(folder)/.env", atomically: true, encoding: .utf8)
            #expect(
                EnvironmentFile(at: "\(folder)/.env", isRequired: false).faults.map(\.problem) == [
                    "is larger than 1 MiB"
                ]
            )
        }
    }
}
