import Testing

@testable import PolicyServer

@Suite struct ProcessStatisticsTests {
    private let status = """
        71 (name) (odd) S 1 71 71 0 -1 4194560 20 0 0 0 150 50 0 0 20 0 4 0 6000 8192000 300 18446744073709551615 1
        """

    @Test func parsesTheKernelsLinesForAnyProgramName() throws {
        let statistics = try #require(
            ProcessStatistics(
                status: status,
                system: "cpu 1 2 3\nbtime 1000\nprocesses 9\n",
                openDescriptors: 12,
                ticksPerSecond: 100,
                pageBytes: 4096
            )
        )
        #expect(statistics.startTime == 1060)
        #expect(statistics.processorSeconds == 2)
        #expect(statistics.virtualBytes == 8_192_000)
        #expect(statistics.residentBytes == 300 * 4096)
        #expect(statistics.openDescriptors == 12)
    }

    @Test(arguments: ["", "71 (cut", "71 (name) S 1 2"])
    func rejectsOtherFormats(_ status: String) {
        let statistics = ProcessStatistics(
            status: status,
            system: "btime 1000",
            openDescriptors: 0,
            ticksPerSecond: 100,
            pageBytes: 4096
        )
        #expect(statistics == nil)
    }

    #if os(Linux)
        @Test func seesThisProcess() throws {
            let statistics = try #require(ProcessStatistics.now())
            #expect(statistics.residentBytes > 1_048_576)
            #expect(statistics.virtualBytes >= statistics.residentBytes)
            #expect(statistics.openDescriptors >= 3)
            #expect(statistics.startTime > 1_700_000_000)
        }
    #endif
}
