// The numbers of the report recycling. `:detour` is a detour that leads back.

extension PublishedSQL {
    static let recycleRate = PublishedSQL(of: .handOver) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(p.left_to = :detour AND p.left_ms >= h.ready_ms), 0) AS part, count(*) AS whole
        FROM hand_over h LEFT JOIN pass p ON p.person = h.person AND p.pass = h.pass
        WHERE \(isFirstOfPass)\(by.groups)
        """
    }

    static let recovery = PublishedSQL(of: .handOver) { by in
        """
        SELECT \(by.name)coalesce(sum(again_ms IS NOT NULL AND (:horizon IS NULL OR again_ms - left_ms <= :horizon)), 0) AS part,
               count(*) AS whole
        FROM (
        \(recycled(by))
        )
        WHERE :horizon IS NULL OR evaluated_to_ms - left_ms >= :horizon\(by.groups)
        """
    }

    static let timeAway = PublishedSQL(of: .handOver) { by in
        by.survival(
            of: """
                SELECT \(by.name)coalesce(back_ms, evaluated_to_ms) - left_ms, back_ms IS NOT NULL
                FROM (
                \(recycled(by))
                )
                """)
    }

    /// Passes that were handed over and went into the detour that leads back, and the next hand-over of the same person.
    private static func recycled(_ by: SQLGrouping) -> String {
        """
          SELECT \(by.segment())p.person, p.pass, p.left_ms, a.evaluated_to_ms,
                 (SELECT min(n.ready_ms) FROM hand_over n
                  WHERE n.person = p.person AND n.pass > p.pass AND n.ready_ms IS NOT NULL AND NOT n.is_before_start)
                   AS again_ms,
                 (SELECT min(b.began_ms) FROM pass b WHERE b.person = p.person AND b.pass = p.pass + 1) AS back_ms
          FROM hand_over h JOIN pass p ON p.person = h.person AND p.pass = h.pass CROSS JOIN about a
          WHERE p.left_to = :detour AND p.left_ms >= h.ready_ms AND \(isFirstOfPass)
        """
    }

    /// Of each pass the first hand-over in the window.
    private static let isFirstOfPass = """
        h.hand_over IN (
            SELECT min(hand_over) FROM hand_over
            WHERE told_ms IS NOT NULL AND (:stage IS NULL OR stage = :stage)
              AND (:from IS NULL OR ready_ms >= :from) AND (:to IS NULL OR ready_ms < :to)
            GROUP BY person, pass
          )
        """
}
