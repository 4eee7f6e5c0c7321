import Testing

@testable import Postman

@Suite struct InnerAddressTests {
    @Test(arguments: [
        ("8.8.8.8", true), ("93.184.216.34", true), ("172.15.0.1", true), ("172.32.0.1", true), ("100.63.0.1", true),
        ("127.0.0.1", false), ("10.0.0.1", false), ("172.16.0.1", false), ("172.31.255.255", false),
        ("192.168.1.1", false), ("169.254.169.254", false), ("100.64.0.1", false), ("0.0.0.0", false),
        ("224.0.0.1", false), ("255.255.255.255", false), ("198.18.0.1", false), ("203.0.113.7", false),
    ])
    func ofTheOpenInternet(_ address: String, _ isOpen: Bool) {
        let bytes = address.split(separator: ".").compactMap { UInt8($0) }
        #expect(InnerAddress.mayCall(v4: bytes, allowsLoopback: false) == isOpen)
    }

    @Test(arguments: [
        ("20010db8000000000000000000000001", false), ("2a00145040160805000000000000200e", true),
        ("00000000000000000000000000000001", false), ("00000000000000000000000000000000", false),
        ("fe800000000000000000000000000001", false), ("fd000000000000000000000000000001", false),
        ("ff020000000000000000000000000001", false), ("00000000000000000000ffff7f000001", false),
        ("00000000000000000000ffff0a000001", false), ("00000000000000000000ffff08080808", true),
        ("0064ff9b0000000000000000a9fea9fe", false), ("20027f000001000000000000000000aa", false),
        ("20010000000000000000000000000001", false),
    ])
    func ofTheOpenInternetBySix(_ address: String, _ isOpen: Bool) {
        let digits = Array(address)
        let bytes = stride(from: 0, to: 32, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
        #expect(bytes.count == 16)
        #expect(InnerAddress.mayCall(v6: bytes, allowsLoopback: false) == isOpen)
    }

    @Test func loopbackOnlyWhereItIsAllowed() {
        #expect(InnerAddress.mayCall(v4: [127, 0, 0, 1], allowsLoopback: true))
        #expect(InnerAddress.mayCall(v6: [UInt8](repeating: 0, count: 15) + [1], allowsLoopback: true))
        #expect(!InnerAddress.mayCall(v4: [10, 0, 0, 1], allowsLoopback: true))
    }
}
