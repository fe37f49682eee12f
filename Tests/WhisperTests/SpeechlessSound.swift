import Foundation
import Testing

/// Sounds in which nobody speaks.
enum SpeechlessSound: String, CaseIterable, CustomTestStringConvertible {
    case silence, faintNoise, noise, loudNoise, rumble, hum, tone, beeps, sweep, clicks, music

    var testDescription: String { rawValue }

    /// The sound, the same for each call.
    func samples(seconds: Int) -> [Float] {
        var random = Random(state: 1)
        var state = 0.0
        return (0..<(seconds * 16_000)).map { index in
            let time = Double(index) / 16_000
            switch self {
            case .silence: return 0
            case .faintNoise: return Float(random.next() * 1e-3)
            case .noise: return Float(random.next() * 0.02)
            case .loudNoise: return Float(random.next() * 0.3)
            case .rumble:
                state = 0.995 * state + 0.02 * random.next()
                return Float(state)
            case .hum: return Float(0.2 * sin(2 * .pi * 50 * time) + 0.1 * sin(2 * .pi * 150 * time))
            case .tone: return Float(0.3 * sin(2 * .pi * 440 * time))
            case .beeps: return Float(Int(time * 2).isMultiple(of: 2) ? 0 : 0.3 * sin(2 * .pi * 880 * time))
            case .sweep: return Float(0.3 * sin(2 * .pi * (100 * time + 200 * time * time)))
            case .clicks: return random.next() > 0.9994 ? 0.8 : 0
            case .music: return Float(Self.chord(at: time))
            }
        }
    }

    /// Two chords a second, with harmonics that fade.
    private static func chord(at time: Double) -> Double {
        let chords = [[262.0, 330, 392], [220, 262, 330], [294, 349, 440], [247, 294, 392]]
        let beat = Int(time * 2)
        let since = time - Double(beat) / 2
        return chords[beat % chords.count].reduce(0) { sum, frequency in
            (1...5).reduce(sum) { $0 + sin(2 * .pi * frequency * Double($1) * since) / Double($1) * 0.12 }
        } * exp(-3 * since)
    }
}

/// Numbers between -1 and 1 that look random, the same for the same state (xorshift).
private struct Random {
    var state: UInt64

    mutating func next() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) / 0x1p52 - 1
    }
}
