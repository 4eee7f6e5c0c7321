/// The numbers of reports over the outcome tables, as `--how` prints them. Tests hold them equal to the program.
///
/// Names that begin with a colon are the question: `:from` and `:to` are the window in milliseconds, either may be NULL;
/// `:horizon` is in milliseconds, NULL for ever; `:start` and `:end` are stages.
enum PublishedSQL {
    static let conversion = """
        SELECT count(*) AS entered,
               coalesce(sum(mature), 0) AS mature,
               coalesce(sum(mature AND converted), 0) AS reached,
               coalesce(sum(NOT mature), 0) AS immature
        FROM (
          SELECT :horizon IS NULL OR a.evaluated_to_ms - s.entered_ms >= :horizon AS mature,
                 e.entered_ms IS NOT NULL
                   AND (:horizon IS NULL OR e.entered_ms - s.entered_ms <= :horizon) AS converted
          FROM stage_entry s CROSS JOIN about a
          LEFT JOIN stage_entry e ON e.unit = s.unit AND e.stage = :end
          WHERE s.stage = :start AND s.counts
            AND (:from IS NULL OR s.entered_ms >= :from) AND (:to IS NULL OR s.entered_ms < :to)
        )
        """

    static let medianTime = """
        SELECT sum(CASE WHEN n % 2 = 1 THEN 2 * time ELSE time END) AS twice_median_ms
        FROM (
          SELECT e.entered_ms - s.entered_ms AS time, count(*) OVER () AS n,
                 row_number() OVER (ORDER BY e.entered_ms - s.entered_ms) AS place
          FROM stage_entry s JOIN stage_entry e ON e.unit = s.unit AND e.stage = :end
          WHERE s.stage = :start AND s.counts AND NOT s.is_skipped AND NOT e.is_skipped
            AND (:from IS NULL OR s.entered_ms >= :from) AND (:to IS NULL OR s.entered_ms < :to)
        )
        WHERE place IN ((n + 1) / 2, n / 2 + 1)
        """

    static let skipped = """
        SELECT coalesce(sum(is_skipped), 0) AS part, count(*) AS whole
        FROM stage_entry
        WHERE stage = :start AND counts
          AND (:from IS NULL OR entered_ms >= :from) AND (:to IS NULL OR entered_ms < :to)
        """

    static let flow = """
        SELECT coalesce(sum(stage = :start), 0) AS first, coalesce(sum(stage = :end), 0) AS second
        FROM stage_entry
        WHERE counts AND (:from IS NULL OR entered_ms >= :from) AND (:to IS NULL OR entered_ms < :to)
        """

    static let snapshot = """
        SELECT coalesce(stage, detour) AS place, count(*) AS people
        FROM person
        WHERE coalesce(stage, detour) IS NOT NULL
        GROUP BY place ORDER BY place
        """

    static let response = """
        SELECT count(*) AS handed,
               count(responded_ms) AS answered,
               coalesce(sum(kept_response), 0) AS in_time,
               count(kept_response) AS decided,
               CASE WHEN count(responded_ms) > 0
                 THEN 2 * sum(CASE WHEN responded_ms IS NOT NULL THEN waited_business_ms END) / count(responded_ms)
               END AS twice_mean_ms
        FROM hand_over
        WHERE stage = :stage AND told_ms IS NOT NULL
          AND (:from IS NULL OR told_ms >= :from) AND (:to IS NULL OR told_ms < :to)
        """

    static let qualified = """
        SELECT coalesce(sum(is_qualified), 0) AS part, count(*) AS whole
        FROM hand_over
        WHERE told_ms IS NOT NULL AND (:from IS NULL OR told_ms >= :from) AND (:to IS NULL OR told_ms < :to)
        """

    static let winRate = """
        SELECT sum(state = 'won') AS won, sum(state = 'lost') AS lost
        FROM deal
        WHERE state IN ('won', 'lost')
          AND (:from IS NULL OR closed_ms >= :from) AND (:to IS NULL OR closed_ms < :to)
        """

    static let wonValue = """
        SELECT value_currency AS currency, sum(value_minor) AS minor, count(*) AS deals
        FROM deal
        WHERE state = 'won' AND value_minor IS NOT NULL
          AND (:from IS NULL OR closed_ms >= :from) AND (:to IS NULL OR closed_ms < :to)
        GROUP BY currency ORDER BY currency
        """

    static let cycleOfWon = """
        SELECT sum(CASE WHEN n % 2 = 1 THEN 2 * time ELSE time END) AS twice_median_ms
        FROM (
          SELECT closed_ms - opened_ms AS time, count(*) OVER () AS n,
                 row_number() OVER (ORDER BY closed_ms - opened_ms) AS place
          FROM deal
          WHERE state = 'won' AND (:from IS NULL OR closed_ms >= :from) AND (:to IS NULL OR closed_ms < :to)
        )
        WHERE place IN ((n + 1) / 2, n / 2 + 1)
        """

    /// `:at` is the instant, `:first` and `:after` the first day of the period and the day after its last.
    static let pipeline = """
        SELECT count(*) AS deals, pipeline_currency AS currency, sum(pipeline_minor) AS minor
        FROM (
          SELECT *, row_number() OVER (PARTITION BY deal ORDER BY number DESC) AS latest
          FROM deal_change WHERE changed_ms < :at
        )
        WHERE latest = 1 AND state <> 'ignored'
          AND CASE WHEN close_date >= :first AND close_date < :after THEN counts_if_due ELSE counts_otherwise END
        GROUP BY currency ORDER BY currency
        """

    /// `:promise` is respond, decide, explain, pursue or qualify.
    static let promiseKept = """
        SELECT coalesce(sum(state = 'met'), 0) AS part, count(*) AS whole,
               coalesce(sum(state <> 'missed'), 0) AS done
        FROM promise_clock
        WHERE promise = :promise AND state IN ('met', 'missed', 'metLate')
          AND (:from IS NULL OR coalesce(due_ms, began_ms) >= :from)
          AND (:to IS NULL OR coalesce(due_ms, began_ms) < :to)
        """

    static let acceptance = """
        SELECT coalesce(sum(v.stands AND v.is_accepted), 0) AS part, count(*) AS whole
        FROM verdict v JOIN hand_over h ON h.hand_over = v.hand_over
        WHERE (v.stands OR NOT v.is_accepted) AND h.stage = :stage AND NOT h.is_before_start
          AND (:from IS NULL OR h.ready_ms >= :from) AND (:to IS NULL OR h.ready_ms < :to)
        """

    static let meanMark = """
        SELECT coalesce(sum(v.mark), 0) AS millionths, count(v.mark) AS marks
        FROM verdict v JOIN hand_over h ON h.hand_over = v.hand_over
        WHERE v.stands AND v.is_accepted AND h.stage = :stage AND NOT h.is_before_start
          AND (:from IS NULL OR h.ready_ms >= :from) AND (:to IS NULL OR h.ready_ms < :to)
        """

    /// `:detour` is a detour that leads back.
    static let recycleRate = """
        SELECT coalesce(sum(p.left_to = :detour AND p.left_ms >= h.ready_ms), 0) AS part, count(*) AS whole
        FROM (
          SELECT person, pass, min(ready_ms) AS ready_ms
          FROM hand_over
          WHERE stage = :stage AND ready_ms IS NOT NULL AND NOT is_before_start
            AND (:from IS NULL OR ready_ms >= :from) AND (:to IS NULL OR ready_ms < :to)
          GROUP BY person, pass
        ) h LEFT JOIN pass p ON p.person = h.person AND p.pass = h.pass
        """

    // MARK: Where deals come from

    /// Where all amounts are in one currency.
    static let winRateByValue = """
        SELECT coalesce(sum(CASE WHEN state = 'won' THEN value_minor END), 0) AS won, sum(value_minor) AS decided
        FROM deal
        WHERE state IN ('won', 'lost')
          AND (:from IS NULL OR closed_ms >= :from) AND (:to IS NULL OR closed_ms < :to)
        """

    static let origins = """
        SELECT origin, sum(state = 'won') AS won, sum(state = 'lost') AS lost
        FROM deal
        WHERE state IN ('won', 'lost')
          AND (:from IS NULL OR closed_ms >= :from) AND (:to IS NULL OR closed_ms < :to)
        GROUP BY origin ORDER BY origin
        """

    // MARK: What was said

    static let secondThoughts = """
        SELECT coalesce(sum(v.is_return), 0) AS returned,
               coalesce(sum(NOT v.stands AND NOT v.is_accepted), 0) AS passed_on
        FROM verdict v JOIN hand_over h ON h.hand_over = v.hand_over
        WHERE (v.stands OR NOT v.is_accepted) AND h.stage = :stage AND NOT h.is_before_start
          AND (:from IS NULL OR h.ready_ms >= :from) AND (:to IS NULL OR h.ready_ms < :to)
        """

    static let qualifiedByMark = """
        SELECT v.mark AS mark, coalesce(sum(h.is_qualified), 0) AS part, count(*) AS whole
        FROM verdict v JOIN hand_over h ON h.hand_over = v.hand_over
        WHERE v.stands AND v.is_accepted AND v.mark IS NOT NULL AND h.stage = :stage AND NOT h.is_before_start
          AND (:from IS NULL OR h.ready_ms >= :from) AND (:to IS NULL OR h.ready_ms < :to)
        GROUP BY v.mark ORDER BY v.mark
        """

    // MARK: Waits that have not ended

    /// Of the waits, the least after which at most `:rest` (0.5 for the median, 0.1 for p90) still wait, as Kaplan and Meier
    /// have it; twice, because it may lie in the middle of two.
    private static func survival(of waits: String) -> String {
        """
        WITH RECURSIVE waits(wait, has_ended) AS (
        \(waits)
        ), steps AS (
          SELECT wait, sum(has_ended) AS ended, max(at_risk) AS at_risk
          FROM (SELECT wait, has_ended, count(*) OVER (ORDER BY wait DESC) AS at_risk FROM waits)
          GROUP BY wait HAVING sum(has_ended) > 0
        ), numbered AS (
          SELECT *, row_number() OVER (ORDER BY wait) AS n FROM steps
        ), survival(n, wait, waiting) AS (
          SELECT n, wait, 1.0 * (at_risk - ended) / at_risk FROM numbered WHERE n = 1
          UNION ALL
          SELECT s.n, s.wait, v.waiting * (s.at_risk - s.ended) / s.at_risk
          FROM survival v JOIN numbered s ON s.n = v.n + 1
        )
        SELECT s.wait + coalesce(
                 CASE WHEN s.waiting + 0.000000001 >= :rest THEN (SELECT wait FROM survival WHERE n = s.n + 1) END,
                 s.wait) AS twice_ms
        FROM survival s WHERE s.waiting <= :rest + 0.000000001
        ORDER BY s.n LIMIT 1
        """
    }

    static let responseTime = survival(
        of: """
              SELECT waited_business_ms, responded_ms IS NOT NULL
              FROM hand_over
              WHERE stage = :stage AND told_ms IS NOT NULL
                AND (:from IS NULL OR told_ms >= :from) AND (:to IS NULL OR told_ms < :to)
            """)

    static let cycle = survival(
        of: """
              SELECT coalesce(d.closed_ms, a.evaluated_to_ms) - d.opened_ms, d.state = 'won'
              FROM deal d CROSS JOIN about a
              WHERE d.state = 'open' OR d.state IN ('won', 'lost')
                AND (:from IS NULL OR d.closed_ms >= :from) AND (:to IS NULL OR d.closed_ms < :to)
            """)

    // MARK: What came back

    /// Passes that were handed over and went into the detour that leads back, and the next hand-over of the same person.
    private static let recycled = """
        SELECT p.person, p.pass, p.left_ms, a.evaluated_to_ms,
               (SELECT min(n.ready_ms) FROM hand_over n
                WHERE n.person = p.person AND n.pass > p.pass AND n.ready_ms IS NOT NULL AND NOT n.is_before_start)
                 AS again_ms,
               (SELECT min(b.began_ms) FROM pass b WHERE b.person = p.person AND b.pass = p.pass + 1) AS back_ms
        FROM (
          SELECT person, pass, min(ready_ms) AS ready_ms
          FROM hand_over
          WHERE stage = :stage AND ready_ms IS NOT NULL AND NOT is_before_start
            AND (:from IS NULL OR ready_ms >= :from) AND (:to IS NULL OR ready_ms < :to)
          GROUP BY person, pass
        ) h JOIN pass p ON p.person = h.person AND p.pass = h.pass CROSS JOIN about a
        WHERE p.left_to = :detour AND p.left_ms >= h.ready_ms
        """

    static let recovery = """
        SELECT coalesce(sum(again_ms IS NOT NULL AND (:horizon IS NULL OR again_ms - left_ms <= :horizon)), 0) AS part,
               count(*) AS whole
        FROM (
        \(recycled)
        )
        WHERE :horizon IS NULL OR evaluated_to_ms - left_ms >= :horizon
        """

    static let timeAway = survival(
        of: """
            SELECT coalesce(back_ms, evaluated_to_ms) - left_ms, back_ms IS NOT NULL
            FROM (
            \(recycled)
            )
            """)
}
