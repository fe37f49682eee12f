import Testing

@testable import DocumentText

@Suite struct HelperProgramTests {
    @Test func namesThePackageOfAMissingProgram() async {
        let program = HelperProgram(name: "no-such-program", package: "no-such-package")
        await #expect(
            throws: ExtractionError.server(
                "The program no-such-program is missing: install the package no-such-package."
            )
        ) {
            try await program.run([], within: ExtractionLimits())
        }
    }

    @Test func endsAProgramThatDoesNotEnd() async {
        let program = HelperProgram(name: "sleep", package: "coreutils")
        await #expect(throws: ExtractionError.invalid("Reading the file took longer than 0.05 seconds.")) {
            try await program.run(["600"], within: ExtractionLimits(helperTime: .milliseconds(50)))
        }
    }

    @Test func endsWithItsTask() async {
        let program = HelperProgram(name: "sleep", package: "coreutils")
        await withTaskGroup(of: ExtractionError?.self) { group in
            group.addTask {
                do throws(ExtractionError) {
                    _ = try await program.run(["60"], within: ExtractionLimits())
                    return nil
                } catch {
                    return error
                }
            }
            group.cancelAll()
            for await failure in group { #expect(failure == .server("The file was not read to its end.")) }
        }
    }

    @Test func boundsItsMemoryAndHidesOurEnvironment() async throws {
        let shell = HelperProgram(name: "sh", package: "dash")
        let limits = ExtractionLimits(helperMemoryBytes: 64 << 20)
        let outcome = try await shell.run(["-c", "ulimit -v; env | grep -c HOME"], within: limits)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "65536\n0\n")
    }
}
