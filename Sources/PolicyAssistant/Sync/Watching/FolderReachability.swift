#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The steps by which a path leads to its folder, through all symbolic links.
struct FolderReachability {
    /// Folders, as paths without links, and the name in each that is the next step.
    private(set) var steps: [(folder: String, name: String)] = []

    /// The number of links that the system follows as well.
    private static let maximumLinks = 40

    init(_ path: String) {
        var links = 0
        var position = "/"
        var rest = Self.absolute(path).pathParts.map(String.init)[...]
        while let name = rest.popFirst() {
            if name == "." { continue }
            if name == ".." {
                position = Self.parent(of: position)
                continue
            }
            steps.append((position, name))
            let next = position == "/" ? "/\(name)" : "\(position)/\(name)"
            guard let target = Self.target(ofLink: next) else {
                position = next
                continue
            }
            links += 1
            guard links <= Self.maximumLinks else { return }
            if target.utf8.first == UInt8(ascii: "/") { position = "/" }
            rest = (target.pathParts.map(String.init) + rest)[...]
        }
    }

    private static func absolute(_ path: String) -> String {
        guard path.utf8.first != UInt8(ascii: "/"), let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return "\(String(cString: current))/\(path)"
    }

    private static func parent(of path: String) -> String {
        let parts = path.pathParts.dropLast()
        return "/" + parts.joined(separator: "/")
    }

    private static func target(ofLink path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
