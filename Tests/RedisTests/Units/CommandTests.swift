import Foundation
import NIOCore
import Testing

@testable import Redis

@Suite struct CommandTests {
    private func wire(_ command: RedisCommand) throws -> String {
        var bytes = ByteBuffer()
        try bytes.writeCommand(command)
        return String(buffer: bytes)
    }

    @Test func isWrittenAsAnArrayOfStrings() throws {
        #expect(try wire(.ping) == "*1\r\n$4\r\nPING\r\n")
        #expect(try wire(.set("clé", "a b\r\n")) == "*3\r\n$3\r\nSET\r\n$4\r\nclé\r\n$5\r\na b\r\n\r\n")
        #expect(try wire(RedisCommand("SET", ["", ""])) == "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$0\r\n\r\n")
    }

    @Test func mayHoldAnyBytes() throws {
        var bytes = ByteBuffer()
        try bytes.writeCommand(RedisCommand("ECHO", bytes: [[0, 255, 10, 13, 0]]))
        #expect(Array(buffer: bytes) == Array("*2\r\n$4\r\nECHO\r\n$5\r\n".utf8) + [0, 255, 10, 13, 0, 13, 10])
    }

    @Test func needsAName() {
        let error = #expect(throws: RedisError.self) { try wire(RedisCommand("", ["x"])) }
        #expect(error?.code == .invalidCommand)
    }

    @Test func showsNoArguments() {
        let command = RedisCommand.hset("thread:ana", ["id": "secret"])
        var dumped = ""
        dump(command, to: &dumped)
        for text in ["\(command)", String(reflecting: command), dumped] {
            #expect(text.contains("HSET (3 arguments)"))
            #expect(!text.contains("ana") && !text.contains("secret"))
        }
    }

    @Test func lifetimesAreWholeMilliseconds() throws {
        #expect(try wire(.set("k", "v", lifetime: .seconds(1.5))).contains("PX\r\n$4\r\n1500\r\n"))
        #expect(try wire(.expire("k", after: .microseconds(1))).hasSuffix("$1\r\n1\r\n"))
        #expect(try wire(.expire("k", after: .seconds(Int64.max))).hasSuffix("$16\r\n3000000000000000\r\n"))
    }

    @Test func isRepeatableOnlyIfASecondRunTellsTheSame() {
        let repeatable: [RedisCommand] = [
            .ping, .get("k"), .mget(["k"]), .set("k", "v"), .exists("k"), .expire("k", after: .seconds(1)),
            .hget("k", "f"), .hgetall("k"), .hmget("k", ["f"]), .hset("k", ["f": "v"]), .smembers("k"),
            .sismember("k", "m"), .scard("k"), .scan(cursor: "0", matching: "*", count: 1), .del("k").repeatable(),
        ]
        let once: [RedisCommand] = [
            .setIfAbsent("k", "v"), .del("k"), .incr("k"), .hdel("k", ["f"]), .hincr("k", "f"), .sadd("k", ["m"]),
            .srem("k", ["m"]), RedisCommand("GETDEL", ["k"]),
        ]
        for command in repeatable { #expect(command.isRepeatable, "\(command)") }
        for command in once { #expect(!command.isRepeatable, "\(command)") }
    }

    @Test func scriptIsNamedByItsHash() {
        #expect(RedisScript("return 1").digest == "e0e1f9fabfc9d4800c877a703b823ac0578ff8db")
    }

    @Test func isEncodedAsAnArrayForAScript() throws {
        let command = RedisCommand.hset("file:clé", ["b": "2", "a": "1"])
        let json = try JSONEncoder().encode(command)
        #expect(try JSONDecoder().decode([String].self, from: json) == ["HSET", "file:clé", "a", "1", "b", "2"])
        #expect(command.key == "file:clé")
        #expect(RedisCommand.ping.key == nil)
        let binary = RedisCommand("SET", bytes: [[0xFF], []])
        #expect(binary.key == nil)
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(binary) }
    }

    @Test func globCharactersInAPrefixAreEscaped() {
        #expect(RedisScan.escaped("file:a*b?[c]\\d") == "file:a\\*b\\?\\[c\\]\\\\d")
        #expect(RedisScan.escaped("Überstunden-^1") == "Überstunden-^1")
    }
}
