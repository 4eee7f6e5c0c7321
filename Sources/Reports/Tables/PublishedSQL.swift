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
}
