/// The content transfer encodings of mail.
enum TransferEncoding {
    /// Decodes base64, and skips other characters.
    static func base64(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count / 4 * 3)
        var bits = 0
        var count = 0
        for byte in bytes {
            let value: Int
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = Int(byte) - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = Int(byte) - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(byte) + 4
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="):
                // The rest is a new base64 text.
                (bits, count) = (0, 0)
                continue
            default: continue
            }
            bits = (bits << 6 | value) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                decoded.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return decoded
    }

    /// Decodes quoted-printable; invalid codes are unchanged.
    ///
    /// - Parameters:
    ///   - bytes: The encoded bytes.
    ///   - isWord: Whether they are an encoded word of a header field, where `_` is a blank.
    /// - Returns: The bytes.
    static func quotedPrintable(_ bytes: some Collection<UInt8>, isWord: Bool = false) -> [UInt8] {
        let bytes = Array(bytes)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "="), !isWord {
                // Blanks may have been appended to the line.
                let end = bytes[position...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.count
                if end == bytes.count || bytes[end] == 0x0A {
                    position = min(end + 1, bytes.count)
                    continue
                }
                if bytes[end] == 0x0D, end + 1 < bytes.count, bytes[end + 1] == 0x0A {
                    position = end + 2
                    continue
                }
            }
            if byte == UInt8(ascii: "="), position + 1 < bytes.count, let high = hexadecimal(bytes[position]),
                let low = hexadecimal(bytes[position + 1])
            {
                decoded.append(high << 4 | low)
                position += 2
            } else {
                decoded.append(isWord && byte == UInt8(ascii: "_") ? 0x20 : byte)
            }
        }
        return decoded
    }

    /// Decodes the percent encoding of RFC 2231.
    static func percent(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "%"), position + 2 < bytes.count,
                let high = hexadecimal(bytes[position + 1]),
                let low = hexadecimal(bytes[position + 2])
            {
                decoded.append(high << 4 | low)
                position += 3
            } else {
                decoded.append(bytes[position])
                position += 1
            }
        }
        return decoded
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        default: nil
        }
    }
}
