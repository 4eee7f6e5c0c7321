extension SQLGrouping {
    /// The median of `time` over a query of times; twice, because it may lie in the middle of two. The query is indented by 4.
    func median(of times: String) -> String {
        """
        SELECT \(name)sum(CASE WHEN n % 2 = 1 THEN 2 * time ELSE time END) AS twice_median_ms
        FROM (
          SELECT \(name)time, count(*) OVER (\(each)) AS n, row_number() OVER (\(eachInOrder)ORDER BY time) AS place
          FROM (
        \(times)
          )
        )
        WHERE place IN ((n + 1) / 2, n / 2 + 1)\(groups)
        """
    }

    /// Of the waits, the least after which at most `:rest` (0.5 for the median, 0.1 for p90) still wait, as Kaplan and Meier
    /// have it; twice, because it may lie in the middle of two. The query has `wait` and `has_ended`, and is indented by 2.
    func survival(of waits: String) -> String {
        """
        WITH RECURSIVE waits(\(name)wait, has_ended) AS (
        \(waits)
        ), steps AS (
          SELECT \(name)wait, sum(has_ended) AS ended, max(at_risk) AS at_risk
          FROM (SELECT *, count(*) OVER (\(eachInOrder)ORDER BY wait DESC) AS at_risk FROM waits)
          GROUP BY \(name)wait HAVING sum(has_ended) > 0
        ), numbered AS (
          SELECT *, row_number() OVER (\(eachInOrder)ORDER BY wait) AS n FROM steps
        ), survival(\(name)n, wait, waiting) AS (
          SELECT \(name)n, wait, 1.0 * (at_risk - ended) / at_risk FROM numbered WHERE n = 1
          UNION ALL
          SELECT \(ofStep)s.n, s.wait, v.waiting * (s.at_risk - s.ended) / s.at_risk
          FROM survival v JOIN numbered s ON s.n = v.n + 1\(same)
        )
        SELECT \(name)wait + coalesce(CASE WHEN waiting + 0.000000001 >= :rest THEN next END, wait) AS twice_ms
        FROM (
          SELECT *, lead(wait) OVER (\(eachInOrder)ORDER BY n) AS next, row_number() OVER (\(eachInOrder)ORDER BY n) AS place
          FROM survival WHERE waiting <= :rest + 0.000000001
        )
        WHERE place = 1\(order)
        """
    }
}
