internal import Foundation

/// Signs that stand for letters in a certain shape: ligatures such as `ﬁ`, and the shapes of Arabic letters in print.
///
/// Only these are replaced: an exponent such as `²` says something else than the figure that it is made of.
enum CompatibilityForms {
    /// The letters that a sign stands for; nil if it is no such sign.
    static func letters(of scalar: Unicode.Scalar) -> String.UnicodeScalarView? {
        switch scalar.value {
        case ..<0xFB00: nil
        case 0xFB00...0xFB06, 0xFB13...0xFB17, 0xFB1D...0xFBC1, 0xFBD3...0xFD3D, 0xFD50...0xFDFF, 0xFE70...0xFEFC:
            String(Character(scalar)).precomposedStringWithCompatibilityMapping.unicodeScalars
        default: nil
        }
    }
}
