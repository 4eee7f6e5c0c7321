import ArgumentParser
import Web

/// `--public-url`, the same for every command that has it.
enum SiteOriginOption {
    static func origin(_ publicURL: String?) throws -> SiteOrigin {
        guard let origin = SiteOrigin(publicURL: publicURL) else {
            throw ValidationError("--public-url: write it as https://interlock.acme.example, without a path")
        }
        return origin
    }
}
