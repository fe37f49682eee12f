internal import Foundation

extension StringProtocol {
    /// The text on one line.
    ///
    /// White space becomes one blank, and is trimmed at both ends. Invisible characters (soft hyphens, zero-width
    /// spaces, control characters, directional marks) are removed. Ligatures and presentation forms of Arabic letters
    /// become their letters.
    package var onOneLine: String {
        var line = String.UnicodeScalarView()
        var blankIsDue = false
        for scalar in unicodeScalars {
            if scalar.isBlank {
                blankIsDue = !line.isEmpty
            } else if !scalar.isInvisible {
                if blankIsDue { line.append(" ") }
                blankIsDue = false
                if let letters = CompatibilityForms.letters(of: scalar) {
                    line.append(contentsOf: letters)
                } else {
                    line.append(scalar)
                }
            }
        }
        return String(line)
    }

    /// The number of words separated by blanks.
    package var wordCount: Int {
        var count = 0
        var inWord = false
        for byte in utf8 {
            let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isBlank && !inWord { count += 1 }
            inWord = !isBlank
        }
        return count
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is white space, no-break spaces included.
    package var isBlank: Bool {
        switch value {
        case 0x20, 0x09...0x0D: true
        case 0x21...0x84: false
        default: properties.isWhitespace
        }
    }

    /// Whether the scalar is invisible; a zero-width joiner is not, since it changes characters.
    fileprivate var isInvisible: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}

/// Compatibility characters for letters: ligatures such as `ﬁ`, and presentation forms of Arabic letters.
///
/// Others are not replaced: an exponent such as `²` has another meaning than its figure.
enum CompatibilityForms {
    /// The letters of a compatibility character; nil for any other character.
    static func letters(of scalar: Unicode.Scalar) -> String.UnicodeScalarView? {
        switch scalar.value {
        case ..<0xFB00: nil
        case 0xFB00...0xFB06, 0xFB13...0xFB17, 0xFB1D...0xFBC1, 0xFBD3...0xFD3D, 0xFD50...0xFDFF, 0xFE70...0xFEFC:
            String(Character(scalar)).precomposedStringWithCompatibilityMapping.unicodeScalars
        default: nil
        }
    }
}
