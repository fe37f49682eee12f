/// The default alphabet of GSM with its extension table (3GPP TS 23.038, section 6.2.1): the characters that a text message
/// carries in seven bits each.
enum GSMAlphabet {
    /// Returns the septets that a character takes: 1, or 2 for one of the extension table; nil for a character of neither.
    static func septets(of scalar: Unicode.Scalar) -> Int? {
        if basic.contains(scalar) { return 1 }
        return extended.contains(scalar) ? 2 : nil
    }

    private static let basic = Set(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars
    )

    private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
