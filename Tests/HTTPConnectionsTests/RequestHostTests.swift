import Testing

import IPAddresses

@testable import HTTPConnections

@Suite struct RequestHostTests {
    @Test(arguments: [
        ("localhost", "localhost"), ("LOCALHOST:8000", "localhost"),
        ("assistant.example.com.:443", "assistant.example.com"),
        ("127.0.0.1:8000", "127.0.0.1"), ("[::1]:8000", "::1"), ("[2001:DB8::1]", "2001:db8::1"),
        ("a_b.example:", "a_b.example"),
        ("xn--bro-hoa.example", "xn--bro-hoa.example"),
    ])
    func parsesTheNameAndIgnoresThePort(text: String, name: String) {
        #expect(RequestHost(text)?.name == name)
    }

    @Test(arguments: [
        "", ".", ":8000", "a b/c@d", "user@localhost", "localhost/", "localhost:99999", "localhost:8000x",
        "localhost:-1",
        "[::1", "::1", "[127.0.0.1]", "[::1]8000", "[localhost]", "[fe80::1%eth0]", "büro.example", "local\u{0}host",
        "localhost\t", String(repeating: "a", count: 256),
    ])
    func rejectsEverythingElse(text: String) {
        #expect(RequestHost(text) == nil)
    }

    @Test func equalAddressesHaveManySpellings() {
        #expect(RequestHost("[::FFFF:127.0.0.1]")?.address == RequestHost("127.0.0.1")?.address)
        #expect(RequestHost("[2001:db8:0:0::1]")?.address == RequestHost("[2001:db8::1]:1")?.address)
        #expect(RequestHost("0177.0.0.1")?.address == nil)
        #expect(RequestHost("127.1")?.address == nil)
        #expect(IPAddress("127.0.0.1\u{0}") == nil)
        #expect(IPAddress("127.200.3.4")?.isLoopback == true)
        #expect(IPAddress("::1")?.isLoopback == true)
        #expect(IPAddress("::2")?.isLoopback == false)
        #expect(IPAddress("128.0.0.1")?.isLoopback == false)
    }
}

@Suite struct AllowedHostsTests {
    private func allows(_ host: String, _ entries: [String] = [], at local: String? = nil) throws -> Bool {
        AllowedHosts(entries).contains(try #require(RequestHost(host)), at: local.flatMap { IPAddress($0) })
    }

    @Test(arguments: ["localhost:8000", "LocalHost.", "app.localhost", "127.0.0.1", "127.9.9.9:1", "[::1]:8000"])
    func loopbackIsAlwaysAllowed(host: String) throws {
        #expect(try allows(host))
    }

    @Test(arguments: [
        "evil.example", "localhost.evil.example", "evillocalhost", "127.0.0.1.evil.example", "10.0.0.5",
        "[2001:db8::1]",
        "0.0.0.0", "2130706433", "0x7f000001",
    ])
    func otherHostsHaveToBeListed(host: String) throws {
        #expect(try !allows(host))
    }

    @Test func listedHostsAreAllowedAndNoOthers() throws {
        let entries = ["Assistant.Example.com", "*.intranet.example", "10.0.0.5", "0.0.0.0"]
        for host in [
            "assistant.example.com:443", "assistant.example.com.", "a.b.intranet.example", "10.0.0.5", "0.0.0.0:80",
        ] {
            #expect(try allows(host, entries), "\(host)")
        }
        for host in [
            "xassistant.example.com", "intranet.example", ".intranet.example", "evilintranet.example", "10.0.0.6",
        ] {
            #expect(try !allows(host, entries), "\(host)")
        }
        #expect(try allows("anything.example", ["*"]))
    }

    @Test func theAddressOfTheConnectionIsAllowed() throws {
        #expect(try allows("10.0.0.5:8000", at: "10.0.0.5"))
        #expect(try allows("[2001:db8::5]:8000", at: "2001:db8:0::5"))
        #expect(try !allows("10.0.0.5:8000", at: "10.0.0.6"))
    }
}
