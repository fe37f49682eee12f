import HTTPTypes
import IPAddresses
import PolicyAssistant
import Testing

@testable import PolicyServer

@Suite struct CallerAddressTests {
    private func address(_ notes: [String], peer: String? = "192.0.2.9", proxies: Int) -> String {
        address(notes, peer: peer, behind: .count(proxies))
    }

    private func address(_ notes: [String], peer: String? = "192.0.2.9", behind proxies: TrustedProxies) -> String {
        var headers = HTTPFields()
        if let name = HTTPField.Name("x-forwarded-for") { headers[values: name] = notes }
        return CallerAddress(headers, peer: peer, trustedProxies: proxies).text
    }

    @Test func usesOnlyTheConnectionWithoutProxies() {
        #expect(address([], proxies: 0) == "192.0.2.9")
        #expect(address(["198.51.100.1"], proxies: 0) == "192.0.2.9")
        #expect(address([], peer: nil, proxies: 0) == "local")
    }

    @Test func ignoresEntriesBeforeThoseOfTrustedProxies() {
        #expect(address(["203.0.113.7, 198.51.100.1"], proxies: 1) == "198.51.100.1")
        #expect(address(["203.0.113.7", "198.51.100.1"], proxies: 1) == "198.51.100.1")
        #expect(address(["1.1.1.1, 203.0.113.7 ,198.51.100.1"], proxies: 2) == "203.0.113.7")
        #expect(address(["198.51.100.1"], proxies: 2) == "198.51.100.1")
        #expect(address([], proxies: 1) == "192.0.2.9")
    }

    @Test func returnsTheFirstAddressThatIsNotATrustedProxys() {
        let proxies = TrustedProxies.networks(["192.0.2.0/24", "2001:db8::/32"].compactMap(IPNetwork.init))
        #expect(address(["203.0.113.7, 192.0.2.8"], behind: proxies) == "203.0.113.7")
        #expect(address(["1.1.1.1, 203.0.113.7, [2001:db8::1]:80"], behind: proxies) == "203.0.113.7")
        #expect(address(["203.0.113.7"], peer: "198.51.100.1", behind: proxies) == "198.51.100.1")
        #expect(address(["192.0.2.7"], behind: proxies) == "192.0.2.7", "all are proxies")
        #expect(address([], behind: proxies) == "192.0.2.9")
    }

    @Test(arguments: [
        ("203.0.113.7", "203.0.113.7"), ("203.0.113.7:41234", "203.0.113.7"), ("\"203.0.113.7:41234\"", "203.0.113.7"),
        ("[2001:db8:1:2::a]", "20:1:d:b8:0:1:0:2"), ("[2001:db8:1:2::b]:41234", "20:1:d:b8:0:1:0:2"),
        ("\"[2001:db8:1:2::c]:41234\"", "20:1:d:b8:0:1:0:2"), ("2001:DB8:1:2:3:4:5:6", "20:1:d:b8:0:1:0:2"),
        ("[2001:db8:1:2::d%eth0]:1", "20:1:d:b8:0:1:0:2"), ("fe80::1%eth0", "fe:80:0:0:0:0:0:0"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[::ffff:203.0.113.7]:41234", "203.0.113.7"), ("unknown", "unknown"), ("_hidden:1", "_hidden:1"),
    ])
    func parsesTheAddressOfAnEntry(_ note: String, _ counted: String) {
        #expect(address(["198.51.100.1, \(note)"], proxies: 1) == counted)
    }

    @Test func groupsIPv6AddressesByNetwork() {
        #expect(
            address([], peer: "2001:db8:1:2::1", proxies: 0) == address([], peer: "2001:db8:1:2:3:4:5:6", proxies: 0)
        )
        #expect(address([], peer: "2001:db8:1:2::1", proxies: 0) != address([], peer: "2001:db8:1:3::1", proxies: 0))
        #expect(address([], peer: "::ffff:192.0.2.9", proxies: 0) == "192.0.2.9")
    }
}
