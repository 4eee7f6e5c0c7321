// The numbers of the report funnel.

extension PublishedSQL {
    static let conversion = PublishedSQL(of: .stageEntry) { by in
        """
        SELECT \(by.name)count(*) AS entered,
               coalesce(sum(mature), 0) AS mature,
               coalesce(sum(mature AND converted), 0) AS reached,
               coalesce(sum(NOT mature), 0) AS immature
        FROM (
          SELECT \(by.segment()):horizon IS NULL OR a.evaluated_to_ms - s.entered_ms >= :horizon AS mature,
                 e.entered_ms IS NOT NULL
                   AND (:horizon IS NULL OR e.entered_ms - s.entered_ms <= :horizon) AS converted
          FROM stage_entry s CROSS JOIN about a
          LEFT JOIN stage_entry e ON e.unit = s.unit AND e.stage = :end
          WHERE s.stage = :start AND s.counts
            AND (:from IS NULL OR s.entered_ms >= :from) AND (:to IS NULL OR s.entered_ms < :to)
        )\(by.groups)
        """
    }

    static let medianTime = PublishedSQL(of: .stageEntry) { by in
        by.median(
            of: """
                    SELECT \(by.segment(11))e.entered_ms - s.entered_ms AS time
                    FROM stage_entry s JOIN stage_entry e ON e.unit = s.unit AND e.stage = :end
                    WHERE s.stage = :start AND s.counts AND NOT s.is_skipped AND NOT e.is_skipped
                      AND (:from IS NULL OR s.entered_ms >= :from) AND (:to IS NULL OR s.entered_ms < :to)
                """)
    }

    static let skipped = PublishedSQL(of: .stageEntry) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(s.is_skipped), 0) AS part, count(*) AS whole
        FROM stage_entry s
        WHERE s.stage = :start AND s.counts
          AND (:from IS NULL OR s.entered_ms >= :from) AND (:to IS NULL OR s.entered_ms < :to)\(by.groups)
        """
    }

    static let flow = PublishedSQL(of: .stageEntry) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(s.stage = :start), 0) AS first, coalesce(sum(s.stage = :end), 0) AS second
        FROM stage_entry s
        WHERE s.stage IN (:start, :end) AND s.counts
          AND (:from IS NULL OR s.entered_ms >= :from) AND (:to IS NULL OR s.entered_ms < :to)\(by.groups)
        """
    }

    /// By place; told apart, by segment, as the report has both.
    static let snapshot = PublishedSQL(of: .standing) { by in
        by.name.isEmpty
            ? """
            SELECT coalesce(stage, detour) AS place, count(*) AS people
            FROM person
            WHERE coalesce(stage, detour) IS NOT NULL
            GROUP BY place ORDER BY place
            """
            : """
            SELECT \(by.segment(7))count(*) AS people
            FROM person w LEFT JOIN pass p ON p.person = w.person AND p.pass = w.pass
            WHERE coalesce(w.stage, w.detour) IS NOT NULL\(by.groups)
            """
    }
}
