/// Cards of leads and what can be done about them.
enum DayStyle {
    static let text = """
        article.card {
          background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 1rem; margin: 0.75rem 0;
        }
        article.card > header { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between; align-items: baseline; }
        article.card h3 { margin: 0; font-size: 1.05rem; }
        article.card h3 .soft { font-weight: 400; font-size: 0.95rem; }
        article.card dl.pairs { margin: 0.5rem 0; font-size: 0.95rem; }
        ul.brief { list-style: none; margin: 0; padding: 0; }
        .deeds { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: flex-start; margin-top: 0.5rem; }
        .deed > summary {
          list-style: none; border: 1px solid var(--accent); border-radius: 6px; padding: 0.3rem 0.8rem; font-weight: 600;
          min-height: 2.2rem;
        }
        .deed > summary::-webkit-details-marker { display: none; }
        .deed[open] { flex-basis: 100%; order: 1; }
        .deed[open] > summary { display: inline-block; background: var(--mark); }
        .deed form { margin: 0.5rem 0; max-width: 36rem; gap: 0.6rem; }
        .deed .row, .reasons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
        .reasons button small { display: block; font-weight: 400; font-size: 0.8rem; }
        h2 .soft { font-weight: 400; }
        @media (max-width: 30rem) {
          article.card dl.pairs { grid-template-columns: minmax(0, 1fr); }
          article.card dl.pairs dt { font-size: 0.8rem; margin-top: 0.3rem; }
          .deed > summary { padding: 0.5rem 0.9rem; min-height: 2.75rem; }
        }

        """
}
