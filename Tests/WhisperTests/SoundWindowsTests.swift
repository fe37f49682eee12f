import Testing

@testable import Whisper

@Suite struct SoundWindowsTests {
    private static let rate = MelSpectrogram.sampleRate

    @Test func keepsShortSoundWhole() {
        #expect(SoundWindows.windows(of: []) == [])
        #expect(SoundWindows.windows(of: [0.5]) == [0..<1])
        #expect(SoundWindows.windows(of: Self.loud(seconds: 30)) == [0..<(30 * Self.rate)])
    }

    /// A pause between 24 and 25 seconds is where the window ends.
    @Test func cutsAtAPause() throws {
        let windows = SoundWindows.windows(of: Self.loud(seconds: 24) + Self.quiet(seconds: 1) + Self.loud(seconds: 15))
        #expect(windows.count == 2)
        let cut = try #require(windows.first?.upperBound)
        #expect((24 * Self.rate..<25 * Self.rate).contains(cut))
    }

    @Test(arguments: [31, 45, 75, 600])
    func coversLongSoundWithoutAPause(seconds: Int) {
        let windows = SoundWindows.windows(of: Self.loud(seconds: seconds))
        #expect(windows.first?.lowerBound == 0)
        #expect(windows.last?.upperBound == seconds * Self.rate)
        #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(windows.allSatisfy { !$0.isEmpty && $0.count <= 30 * Self.rate })
        #expect(windows.dropLast().allSatisfy { $0.count >= 20 * Self.rate })
    }

    @Test func knowsSilence() {
        #expect(SoundWindows.isSilent([]))
        #expect(SoundWindows.isSilent(Self.quiet(seconds: 1)[...]))
        #expect(!SoundWindows.isSilent(Self.loud(seconds: 1)[...]))
    }

    private static func loud(seconds: Int) -> [Float] {
        (0..<(seconds * rate)).map { $0.isMultiple(of: 2) ? 0.5 : -0.5 }
    }

    private static func quiet(seconds: Int) -> [Float] {
        (0..<(seconds * rate)).map { $0.isMultiple(of: 2) ? 1e-4 : -1e-4 }
    }
}
