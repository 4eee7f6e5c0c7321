// The numbers of the reports response, promises and verdicts.

extension PublishedSQL {
    static let response = PublishedSQL(of: .response) { by in
        """
        SELECT \(by.segment(7))count(*) AS handed,
               count(h.responded_ms) AS answered,
               coalesce(sum(h.kept_response), 0) AS in_time,
               count(h.kept_response) AS decided,
               CASE WHEN count(h.responded_ms) > 0
                 THEN 2 * sum(CASE WHEN h.responded_ms IS NOT NULL THEN h.waited_business_ms END) / count(h.responded_ms)
               END AS twice_mean_ms
        FROM hand_over h
        WHERE h.told_ms IS NOT NULL AND (:stage IS NULL OR h.stage = :stage)
          AND (:from IS NULL OR h.told_ms >= :from) AND (:to IS NULL OR h.told_ms < :to)\(by.groups)
        """
    }

    static let responseTime = PublishedSQL(of: .response) { by in
        by.survival(
            of: """
                  SELECT \(by.segment())h.waited_business_ms, h.responded_ms IS NOT NULL
                  FROM hand_over h
                  WHERE h.told_ms IS NOT NULL AND (:stage IS NULL OR h.stage = :stage)
                    AND (:from IS NULL OR h.told_ms >= :from) AND (:to IS NULL OR h.told_ms < :to)
                """)
    }

    static let qualified = PublishedSQL(
        ofAll: """
            SELECT coalesce(sum(is_qualified), 0) AS part, count(*) AS whole
            FROM hand_over
            WHERE told_ms IS NOT NULL AND (:from IS NULL OR told_ms >= :from) AND (:to IS NULL OR told_ms < :to)
            """)

    /// `:promise` is respond, decide, explain, pursue or qualify.
    static let promiseKept = PublishedSQL(of: .clock) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(c.state = 'met'), 0) AS part, count(*) AS whole,
               coalesce(sum(c.state <> 'missed'), 0) AS done
        FROM promise_clock c JOIN hand_over h ON h.hand_over = c.hand_over
        WHERE c.promise = :promise AND c.state IN ('met', 'missed', 'metLate')
          AND (:from IS NULL OR coalesce(c.due_ms, c.began_ms) >= :from)
          AND (:to IS NULL OR coalesce(c.due_ms, c.began_ms) < :to)\(by.groups)
        """
    }

    static let acceptance = PublishedSQL(of: .verdict) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(v.stands AND v.is_accepted), 0) AS part, count(*) AS whole
        \(lastWords)\(by.groups)
        """
    }

    static let meanMark = PublishedSQL(of: .verdict) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(v.mark), 0) AS millionths, count(v.mark) AS marks
        \(lastWords) AND v.is_accepted\(by.groups)
        """
    }

    static let secondThoughts = PublishedSQL(of: .verdict) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(v.is_return), 0) AS returned,
               coalesce(sum(NOT v.stands AND NOT v.is_accepted), 0) AS passed_on
        \(lastWords)\(by.groups)
        """
    }

    static let qualifiedByMark = PublishedSQL(
        ofAll: """
            SELECT v.mark AS mark, coalesce(sum(h.is_qualified), 0) AS part, count(*) AS whole
            \(lastWords) AND v.is_accepted AND v.mark IS NOT NULL
            GROUP BY v.mark ORDER BY v.mark
            """)

    /// Each receiver's last word on the hand-overs that were ready in the window: what stands, and rejections that passed it on.
    private static let lastWords = """
        FROM verdict v JOIN hand_over h ON h.hand_over = v.hand_over
        WHERE (v.stands OR NOT v.is_accepted) AND h.told_ms IS NOT NULL AND (:stage IS NULL OR h.stage = :stage)
          AND (:from IS NULL OR h.ready_ms >= :from) AND (:to IS NULL OR h.ready_ms < :to)
        """
}
