/// Cuts sound into windows that a model can take, at pauses.
enum SoundWindows {
    /// A sound whose samples all lie below this is silence: -70 dB of the greatest.
    private static let silence: Float = 3e-4
    /// How long a pause is looked for: 0.3 seconds.
    private static let pause = MelSpectrogram.sampleRate * 3 / 10
    /// The energy of the sound is measured in steps of 10 milliseconds.
    private static let step = MelSpectrogram.sampleRate / 100

    /// Returns windows that cover the sound, of at most 30 seconds each.
    ///
    /// A window ends at the quietest moment of its last ten seconds, if sound is left behind it.
    static func windows(of sound: [Float]) -> [Range<Int>] {
        var windows: [Range<Int>] = []
        var start = 0
        while sound.count - start > MelSpectrogram.samples {
            let end = quietest(
                in: (start + MelSpectrogram.samples * 2 / 3)..<(start + MelSpectrogram.samples),
                of: sound
            )
            windows.append(start..<end)
            start = end
        }
        if start < sound.count { windows.append(start..<sound.count) }
        return windows
    }

    /// Whether there is nothing to hear.
    static func isSilent(_ sound: ArraySlice<Float>) -> Bool {
        !sound.contains { abs($0) > silence }
    }

    /// The middle of the stretch of a pause's length that has the least energy; the last one, if several have.
    private static func quietest(in range: Range<Int>, of sound: [Float]) -> Int {
        let energies = stride(from: range.lowerBound, to: range.upperBound, by: step).map { start in
            sound[start..<min(start + step, range.upperBound)].reduce(Float(0)) { $0 + $1 * $1 }
        }
        let length = pause / step
        var sum = energies.prefix(length).reduce(0, +)
        var (least, best) = (sum, 0)
        for first in 1...(energies.count - length) {
            // A sum that went on from the one before would keep its rounding errors.
            sum = energies[first..<(first + length)].reduce(0, +)
            if sum <= least { (least, best) = (sum, first) }
        }
        return range.lowerBound + best * step + pause / 2
    }
}
