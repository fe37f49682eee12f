extension UInt8 {
    /// Whether the byte is an ASCII letter.
    var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    /// Whether the byte is ASCII white space.
    var isBlankByte: Bool {
        self == 0x20 || (0x09...0x0D).contains(self)
    }
}
