/// Addresses that are not the open internet's: whoever may name a webhook must not be able to reach what only this machine or
/// its network can reach.
enum InnerAddress {
    static func mayCall(v4 bytes: [UInt8], allowsLoopback: Bool) -> Bool {
        guard bytes.count == 4 else { return false }
        switch (bytes[0], bytes[1], bytes[2]) {
        case (127, _, _): return allowsLoopback
        case (0, _, _), (10, _, _), (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): return false
        case (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113), (192, 88, 99): return false
        case (224...255, _, _): return false
        default: return true
        }
    }

    static func mayCall(v6 bytes: [UInt8], allowsLoopback: Bool) -> Bool {
        guard bytes.count == 16 else { return false }
        if bytes.prefix(15).allSatisfy({ $0 == 0 }) { return bytes[15] == 1 && allowsLoopback }
        // An IPv4 address in another dress: mapped, compatible, translated (64:ff9b::/96).
        let isMapped =
            bytes.prefix(10).allSatisfy { $0 == 0 } && (bytes[10...11] == [255, 255] || bytes[10...11] == [0, 0])
        let isTranslated = bytes.prefix(4) == [0, 0x64, 0xFF, 0x9B] && bytes[4..<12].allSatisfy { $0 == 0 }
        if isMapped || isTranslated { return mayCall(v4: Array(bytes.suffix(4)), allowsLoopback: allowsLoopback) }
        // 6to4 carries an IPv4 address in its second to fifth byte... only global unicast otherwise, 2000::/3.
        if bytes[0] == 0x20, bytes[1] == 0x02 { return mayCall(v4: Array(bytes[2..<6]), allowsLoopback: false) }
        // Teredo and documentation.
        if bytes.prefix(4) == [0x20, 0x01, 0, 0] || bytes.prefix(4) == [0x20, 0x01, 0x0D, 0xB8] { return false }
        return bytes[0] & 0xE0 == 0x20
    }
}
