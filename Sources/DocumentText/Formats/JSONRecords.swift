/// Records that are the rows of a table: objects of single values under the same keys, in an array or on lines, or arrays of
/// single values.
///
/// The values of an object within a record are below the names of both keys: `{"leave": {"first": 20}}` has `leave first`.
struct JSONRecords {
    /// The names of the columns, in the order in which the keys appear.
    private var keys: [String] = []
    private var places: [String: Int] = [:]
    /// The values of each record by the places of their keys.
    private var rows: [[Int: String]] = []

    /// The maximum number of columns.
    private static let maximumKeys = 64
    /// The maximum size of a value in bytes.
    private static let maximumValueBytes = 1_000
    private static let fewestRecords = 2

    /// Reads the array that is next.
    ///
    /// - Parameter reader: The reader, which is behind the array afterwards; it stays before an array that is no table.
    /// - Returns: The table; nil of an array of fewer than two records, of other values, or of records with few keys in common.
    static func table(from reader: inout JSONReader) -> TableBuilder? {
        var ahead = reader
        var records = JSONRecords()
        guard ahead.take(UInt8(ascii: "[")) else { return nil }
        if ahead.peek() == UInt8(ascii: "[") { return table(ofArraysFrom: &reader) }
        repeat {
            guard records.readRecord(&ahead) else { return nil }
        } while ahead.take(UInt8(ascii: ","))
        guard ahead.take(UInt8(ascii: "]")), records.isTable else { return nil }
        reader = ahead
        return records.builder
    }

    /// Reads the array of arrays that is next; nil if they are fewer than two, or not of the same number of single values.
    private static func table(ofArraysFrom reader: inout JSONReader) -> TableBuilder? {
        var ahead = reader
        var rows: [[String]] = []
        guard ahead.take(UInt8(ascii: "[")) else { return nil }
        repeat {
            guard ahead.take(UInt8(ascii: "[")) else { return nil }
            var row: [String] = []
            repeat {
                guard let value = readValue(&ahead), row.count < maximumKeys else { return nil }
                row.append(value == "null" ? "" : value)
            } while ahead.take(UInt8(ascii: ","))
            guard ahead.take(UInt8(ascii: "]")), row.count > 1, row.count == rows.first?.count ?? row.count else {
                return nil
            }
            rows.append(row)
        } while ahead.take(UInt8(ascii: ","))
        guard ahead.take(UInt8(ascii: "]")), rows.count >= fewestRecords else { return nil }
        reader = ahead
        var table = TableBuilder()
        for row in rows {
            table.beginRow()
            for cell in row { table.addCell(cell) }
        }
        return table
    }

    /// Reads the objects that are next, each on a line of its own, up to the end of the text.
    ///
    /// - Parameter reader: The reader, which is at the end afterwards; it stays before objects that are no table.
    /// - Returns: The table; nil as for an array.
    static func table(ofLinesFrom reader: inout JSONReader) -> TableBuilder? {
        var ahead = reader
        var records = JSONRecords()
        while ahead.peek() != nil {
            guard ahead.beginsRecordOnLine(), records.readRecord(&ahead) else { return nil }
        }
        guard records.isTable else { return nil }
        reader = ahead
        return records.builder
    }

    /// Reads a record; false if it is none, or has values that are no text of a cell.
    private mutating func readRecord(_ reader: inout JSONReader) -> Bool {
        var row: [Int: String] = [:]
        guard readMembers(&reader, into: &row, below: "") else { return false }
        rows.append(row)
        return true
    }

    /// Reads the members of a record, or of an object within it, whose keys are below the name of its own; false as above.
    private mutating func readMembers(_ reader: inout JSONReader, into row: inout [Int: String], below name: String)
        -> Bool
    {
        guard reader.take(UInt8(ascii: "{")) else { return false }
        repeat {
            guard reader.peek() == UInt8(ascii: "\""), let member = try? reader.readString(),
                reader.take(UInt8(ascii: ":"))
            else { return false }
            let key = name.isEmpty ? member : name + " " + member
            if name.isEmpty, reader.peek() == UInt8(ascii: "{") {
                guard readMembers(&reader, into: &row, below: member) else { return false }
                continue
            }
            guard let value = Self.readValue(&reader) else { return false }
            if places[key] == nil {
                guard keys.count < Self.maximumKeys, key.utf8.count <= JSONPath.maximumKeyBytes else { return false }
                places[key] = keys.count
                keys.append(JSONPath.words(of: key))
            }
            if let place = places[key], !value.isEmpty, value != "null" { row[place] = value }
        } while reader.take(UInt8(ascii: ","))
        return reader.take(UInt8(ascii: "}"))
    }

    /// Reads a value; nil of an array, an object or a text of more than a line.
    private static func readValue(_ reader: inout JSONReader) -> String? {
        guard reader.peek() == UInt8(ascii: "\"") else { return try? reader.readLiteral() }
        guard let text = try? reader.readString(), text.utf8.count <= maximumValueBytes,
            !text.contains(where: \.isNewline), !HTMLReader.isMarkup(text), !JSONReader.isMarkdown(text)
        else { return nil }
        return CharacterReference.decode(Array(text.utf8)[...])
    }

    /// Whether there are several records and columns, and most cells have a text.
    private var isTable: Bool {
        rows.count >= Self.fewestRecords && keys.count > 1
            && rows.reduce(0) { $0 + $1.count } * 2 > rows.count * keys.count
    }

    private var builder: TableBuilder {
        var table = TableBuilder()
        table.firstRowIsHeader = true
        table.beginRow()
        for key in keys { table.addCell(key) }
        for row in rows {
            table.beginRow()
            for place in keys.indices { table.addCell(row[place] ?? "") }
        }
        return table
    }
}
