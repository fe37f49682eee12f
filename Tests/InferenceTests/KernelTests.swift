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
            #expect(name == ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"])
            #expect(["Haswell", "SkylakeX", "Zen"].contains(name))
        }

        private static var hasVectorUnit: Bool {
            let flags = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
            return flags.contains(" avx2 ") && flags.contains(" fma ")
        }
    }
#endif
