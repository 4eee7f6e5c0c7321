internal import Logging
internal import ServiceLifecycle

/// Runs beside the server: a round for every moment of the company, errands as they fall due.
struct CourierService: Service {
    let courier: Courier
    let site: Site

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await rounds() }
                group.addTask { await courier.keepAtErrands() }
            }
        }
    }

    private func rounds() async {
        let changes = site.company.changes()
        await round { try await site.company.upToDate() }
        for await present in changes { await round { present } }
    }

    private func round(_ present: () async throws -> Present) async {
        do {
            try await courier.round(try await present())
        } catch is CancellationError {
        } catch {
            site.logger.error("nobody told", metadata: ["error": "\(type(of: error))"])
        }
    }
}
