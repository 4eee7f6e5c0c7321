// The numbers of the reports wins, pipeline and coverage.

extension PublishedSQL {
    static let winRate = PublishedSQL(of: .closedDeal) { by in
        """
        SELECT \(by.segment(7))sum(d.state = 'won') AS won, sum(d.state = 'lost') AS lost
        FROM deal d
        WHERE d.state IN ('won', 'lost')
          AND (:from IS NULL OR d.closed_ms >= :from) AND (:to IS NULL OR d.closed_ms < :to)\(by.groups)
        """
    }

    /// Where all amounts are in one currency.
    static let winRateByValue = PublishedSQL(of: .closedDeal) { by in
        """
        SELECT \(by.segment(7))coalesce(sum(CASE WHEN d.state = 'won' THEN d.value_minor END), 0) AS won,
               sum(d.value_minor) AS decided
        FROM deal d
        WHERE d.state IN ('won', 'lost')
          AND (:from IS NULL OR d.closed_ms >= :from) AND (:to IS NULL OR d.closed_ms < :to)\(by.groups)
        """
    }

    static let wonValue = PublishedSQL(of: .closedDeal) { by in
        """
        SELECT \(by.segment(7))d.value_currency AS currency, sum(d.value_minor) AS minor, count(*) AS deals
        FROM deal d
        WHERE d.state = 'won' AND d.value_minor IS NOT NULL
          AND (:from IS NULL OR d.closed_ms >= :from) AND (:to IS NULL OR d.closed_ms < :to)
        GROUP BY \(by.name)currency ORDER BY \(by.name)currency
        """
    }

    static let cycle = PublishedSQL(of: .dealOfAnyAge) { by in
        by.survival(
            of: """
                  SELECT \(by.segment())coalesce(d.closed_ms, a.evaluated_to_ms) - d.opened_ms, d.state = 'won'
                  FROM deal d CROSS JOIN about a
                  WHERE d.state = 'open' OR d.state IN ('won', 'lost')
                    AND (:from IS NULL OR d.closed_ms >= :from) AND (:to IS NULL OR d.closed_ms < :to)
                """)
    }

    static let cycleOfWon = PublishedSQL(of: .closedDeal) { by in
        by.median(
            of: """
                    SELECT \(by.segment(11))d.closed_ms - d.opened_ms AS time
                    FROM deal d
                    WHERE d.state = 'won'
                      AND (:from IS NULL OR d.closed_ms >= :from) AND (:to IS NULL OR d.closed_ms < :to)
                """)
    }

    static let origins = PublishedSQL(
        ofAll: """
            SELECT origin, sum(state = 'won') AS won, sum(state = 'lost') AS lost
            FROM deal
            WHERE state IN ('won', 'lost')
              AND (:from IS NULL OR closed_ms >= :from) AND (:to IS NULL OR closed_ms < :to)
            GROUP BY origin ORDER BY origin
            """)

    /// `:at` is the instant, `:first` and `:after` the first day of the period and the day after its last.
    static let pipeline = PublishedSQL(of: .pipelineDeal) { by in
        """
        SELECT \(by.segment(7))count(*) AS deals, c.pipeline_currency AS currency, sum(c.pipeline_minor) AS minor
        FROM (
          SELECT *, row_number() OVER (PARTITION BY deal ORDER BY number DESC) AS latest
          FROM deal_change WHERE changed_ms < :at
        ) c JOIN deal d ON d.deal = c.deal
        WHERE c.latest = 1 AND c.state <> 'ignored'
          AND CASE WHEN c.close_date >= :first AND c.close_date < :after
                THEN c.counts_if_due ELSE c.counts_otherwise END
        GROUP BY \(by.name)currency ORDER BY \(by.name)currency
        """
    }
}
