private import Foundation
internal import Inference

/// The log-mel spectrogram of up to 30 seconds of sound, as Whisper models take it.
///
/// A frame has the power of 400 samples, weighted by a Hann window, in 80 bands of Slaney's mel scale. The next frame begins 160
/// samples later. The power's logarithm reaches down to 8 below its greatest.
///
/// `@unchecked Sendable`: nothing writes the matrices after the initializer.
struct MelSpectrogram: @unchecked Sendable {
    /// Samples a second.
    static let sampleRate = 16_000
    /// How many frames a spectrogram has at most.
    static let frames = 3000
    /// How many bands a frame has.
    static let bands = 80
    /// How many samples lie between the beginnings of two frames.
    static let hop = 160
    /// How many samples a spectrogram covers at most.
    static let samples = frames * hop

    private static let frameLength = 400
    private static let frequencies = frameLength / 2 + 1
    /// How many frames are computed at once.
    private static let batch = 100

    private let memory: FloatMemory
    /// The discrete Fourier transform of a weighted frame: rows of cosines, then rows of sines.
    private let transform: Matrix
    /// The weight of each frequency in each band.
    private let filters: Matrix

    init() {
        memory = FloatMemory(capacity: Self.frequencies * (2 * Self.frameLength + Self.bands))
        transform = memory.matrix(rows: 2 * Self.frequencies, columns: Self.frameLength)
        filters = memory.matrix(rows: Self.bands, columns: Self.frequencies)
        for frequency in 0..<Self.frequencies {
            let cosines = unsafe transform.row(frequency)
            let sines = unsafe transform.row(Self.frequencies + frequency)
            for place in 0..<Self.frameLength {
                let window = 0.5 - 0.5 * cos(2 * Double.pi * Double(place) / Double(Self.frameLength))
                let turns = Double(frequency * place % Self.frameLength) / Double(Self.frameLength)
                unsafe cosines[place] = Float(window * cos(2 * Double.pi * turns))
                unsafe sines[place] = Float(window * sin(2 * Double.pi * turns))
            }
        }
        for band in 0..<Self.bands {
            let filter = unsafe filters.row(band)
            for frequency in 0..<Self.frequencies {
                unsafe filter[frequency] = Float(MelScale.weight(of: frequency, in: band))
            }
        }
    }

    /// Computes the spectrogram of a sound.
    ///
    /// - Parameters:
    ///   - sound: At most ``samples`` samples.
    ///   - result: A row for each frame, of as many columns as there are bands. Those behind the sound are silent.
    func compute(_ sound: ArraySlice<Float>, into result: Matrix) {
        // Half a frame is mirrored at the beginning, so that frames are around their time.
        let half = Self.frameLength / 2
        let heard = min(result.rows, (sound.count + half + Self.hop - 1) / Self.hop)
        let scratch = FloatMemory(capacity: Self.batch * (Self.frameLength + 3 * Self.frequencies))
        let weighted = scratch.matrix(rows: Self.batch, columns: Self.frameLength)
        let transformed = scratch.matrix(rows: Self.batch, columns: 2 * Self.frequencies)
        let power = scratch.matrix(rows: Self.batch, columns: Self.frequencies)
        var first = 0
        while first < heard {
            let count = min(Self.batch, heard - first)
            for row in 0..<count {
                let frame = unsafe weighted.row(row)
                let begin = (first + row) * Self.hop - half
                for place in 0..<Self.frameLength { unsafe frame[place] = Self.sample(begin + place, of: sound) }
            }
            let rows = 0..<count
            transformed.rows(rows).setProduct(of: weighted.rows(rows), and: transform, transposed: true)
            for row in rows {
                let (parts, powers) = unsafe (transformed.row(row), power.row(row))
                for index in 0..<Self.frequencies {
                    let (real, imaginary) = unsafe (parts[index], parts[Self.frequencies + index])
                    unsafe powers[index] = real * real + imaginary * imaginary
                }
            }
            result.rows(first..<(first + count)).setProduct(of: power.rows(rows), and: filters, transposed: true)
            first += count
        }
        Self.scale(result, heard: heard)
    }

    /// The sample at a place, which may lie before the beginning or behind the end.
    private static func sample(_ place: Int, of sound: ArraySlice<Float>) -> Float {
        let mirrored = place < 0 ? -place : place < samples ? place : 2 * samples - 2 - place
        return mirrored < sound.count ? sound[sound.startIndex + mirrored] : 0
    }

    /// Replaces powers by their logarithms, between -1 and 1 for most sounds.
    ///
    /// Frames that were not computed are silent.
    private static func scale(_ result: Matrix, heard: Int) {
        let silence: Float = 1e-10
        var greatest = log10(silence)
        for frame in 0..<result.rows {
            let row = unsafe result.row(frame)
            for band in 0..<bands {
                unsafe row[band] = frame < heard ? log10(max(row[band], silence)) : log10(silence)
                greatest = unsafe max(greatest, row[band])
            }
        }
        for frame in 0..<result.rows {
            let row = unsafe result.row(frame)
            for band in 0..<bands { unsafe row[band] = (max(row[band], greatest - 8) + 4) / 4 }
        }
    }
}

/// Slaney's mel scale: linear up to 1000 Hz, logarithmic above.
private enum MelScale {
    /// The weight of a frequency of the transform in a band: a triangle over frequency, whose area is the same in each band.
    static func weight(of frequency: Int, in band: Int) -> Double {
        let hertz = Double(frequency) * 40
        let (low, middle, high) = (edge(band), edge(band + 1), edge(band + 2))
        let height = min((hertz - low) / (middle - low), (high - hertz) / (high - middle))
        return max(0, height) * 2 / (high - low)
    }

    /// The frequency where a band begins, which is the middle of the band before.
    ///
    /// The bands reach up to 8000 Hz.
    private static func edge(_ number: Int) -> Double {
        let top = 15 + log(8.0) / step
        let mel = top * Double(number) / Double(MelSpectrogram.bands + 1)
        return mel < 15 ? mel * 200 / 3 : 1000 * exp((mel - 15) * step)
    }

    private static let step = log(6.4) / 27
}
