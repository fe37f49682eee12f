#if os(Linux) && arch(x86_64)
    import CBLAS
    import Foundation
    import Testing

    @testable import Inference

    /// The kernels with which OpenBLAS computes.
    @Suite
    struct KernelTests {
        @Test(.enabled(if: Self.hasVectorUnit, "the processor has no AVX2"))
        func areThoseOfTheProcessorHoweverNewItIs() {
            let name = unsafe String(cString: openblas_get_corename())
            let chosen = ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"].map { [$0] }
            #expect((chosen ?? ["Haswell", "SkylakeX", "Zen"]).contains(name))
        }

        /// Swift's runtime finds the arguments of a program in front of its environment, where the system has put both.
        @Test func areChosenWithoutAChangeOfTheEnvironment() throws {
            let name = "OPENBLAS_CORETYPE"
            let given = try String(contentsOfFile: "/proc/self/environ", encoding: .utf8).split(separator: "\0")
            let value = given.first { $0.hasPrefix("\(name)=") }?.dropFirst(name.count + 1)
            #expect(ProcessInfo.processInfo.environment[name] == value.map(String.init))
        }

        private static var hasVectorUnit: Bool {
            let flags = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
            return flags.contains(" avx2 ") && flags.contains(" fma ")
        }
    }
#endif
