/// How the agreement's pages look, and the contract on paper.
enum AgreementStyle {
    static let text = """
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .standing { border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 0 8px 8px 0;
          background: var(--card); padding: 0.9rem 1.2rem; margin: 0 0 1rem; }
        .standing p { margin: 0.15rem 0; }
        .standing-good { border-left-color: var(--good); }
        .standing-open { border-left-color: var(--accent); }
        .actions { display: flex; flex-wrap: wrap; gap: 0.6rem 1.4rem; align-items: center; max-width: none; }
        a.button { background: var(--accent); color: var(--accent-ink); text-decoration: none; font-weight: 600;
          padding: 0.5rem 0.9rem; border-radius: 6px; }
        table.narrow { width: auto; min-width: 50%; }
        .lacks { color: var(--bad); font-weight: 600; }
        .card { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: 1rem 1.25rem;
          margin: 0 0 1rem; }
        .card h3 { margin: 0; font-size: 1rem; }
        .card p { margin: 0; }
        form.compare { margin-top: 1rem; align-items: end; }
        details > summary { cursor: pointer; color: var(--accent); min-height: 1.6rem; }
        h3 { font-size: 1rem; font-weight: 650; margin: 1.5rem 0 0.5rem; }
        .contract { display: grid; grid-template-columns: minmax(0, 1fr) 14rem; gap: 2.5rem; align-items: start; }
        .contract .sections { grid-column: 2; grid-row: 1; position: sticky; top: 1rem; font-size: 0.85rem; max-height: 95vh;
          overflow-y: auto; }
        .contract .sections ol { padding-left: 1.4rem; margin: 0; }
        .contract .sections li { padding: 0.15rem 0; }
        .clauses { grid-column: 1; grid-row: 1; max-width: 46rem; min-width: 0; }
        .clauses h3:first-child { margin-top: 0; }
        .clauses section { margin-bottom: 1.75rem; }
        .clauses ul { padding-left: 1.1rem; margin: 0; }
        .clauses li { margin: 0.35rem 0; overflow-wrap: anywhere; }
        .clauses small { color: var(--soft); font: 0.75em ui-monospace, "DejaVu Sans Mono", monospace; }
        .clauses li:has(:target) { background: var(--mark); outline: 2px solid var(--accent); outline-offset: 4px;
          border-radius: 2px; }
        .clauses span[id], .clauses h3 { scroll-margin-top: 3rem; }
        .changes ul { list-style: none; padding: 0; display: grid; gap: 0.75rem; }
        .changes li { border-left: 3px solid var(--line); padding: 0.1rem 0 0.1rem 0.9rem; overflow-wrap: anywhere; }
        .changes p { margin: 0.15rem 0; max-width: 50rem; }
        del { color: var(--bad); text-decoration-thickness: 1px; }
        ins { color: var(--good); text-decoration: none; font-weight: 600; }
        .said { color: var(--ink); }
        form.draft { display: grid; gap: 0.6rem; }
        form.draft p { margin: 0; }
        textarea { font: 0.9rem/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; color: inherit;
          background: var(--card); border: 1px solid #7d858e; border-radius: 6px; padding: 0.75rem 0.9rem; width: 100%;
          resize: vertical; tab-size: 2; }
        pre { background: var(--mark); padding: 0.6rem 0.9rem; border-radius: 6px; overflow-x: auto; margin: 0.4rem 0; }
        pre.text { border: 1px solid var(--line); background: var(--card); }
        pre code { overflow-wrap: normal; white-space: pre; }
        pre mark { background: none; color: var(--bad); font-weight: 700; text-decoration: underline wavy; }
        .findings { padding: 0; list-style: none; display: grid; gap: 0.9rem; }
        .finding { border-left: 3px solid var(--accent); padding-left: 0.9rem; }
        .finding.error { border-color: var(--bad); }
        .finding.error strong { color: var(--bad); }
        .finding p { margin: 0.15rem 0; max-width: 52rem; }
        .plan .lead { margin: 0 0 1rem; }
        .plan .lead p, .plan section p { margin: 0.2rem 0; }
        .plan .group { padding: 0.3rem 0; max-width: 54rem; overflow-wrap: anywhere; }
        .plan .sign { display: inline-block; min-width: 1ch; font-family: ui-monospace, monospace; }
        .plan details ul { margin: 0.3rem 0 0.6rem; padding-left: 1.2rem; max-height: 24rem; overflow-y: auto; }
        .plan td.number, .plan th.number { white-space: nowrap; }
        @media (max-width: 64rem) {
          .contract { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
          .contract .sections { grid-column: 1; position: static; max-height: none; }
          .contract .sections ol { columns: 2; column-gap: 1.5rem; }
          .clauses { grid-row: 2; }
        }
        @media (max-width: 40rem) { .contract .sections ol { columns: 1; } table.narrow { width: 100%; } }
        @media print {
          @page { size: A4; margin: 14mm; }
          .actions, .contract .sections, .skip, details:not([open]) { display: none; }
          main { padding: 0; max-width: none; }
          h1 { font-size: 15pt; } h2 { font-size: 11pt; break-after: avoid; } h3 { font-size: 9.5pt; break-after: avoid; }
          .contract { display: block; }
          .clauses { max-width: none; columns: 2; column-gap: 8mm; font-size: 8pt; line-height: 1.3; }
          .clauses li { break-inside: avoid; margin: 0.1rem 0; }
          .standing, .scroll, .note { border: 1px solid #888; background: none; }
          table { font-size: 8pt; } a { color: inherit; text-decoration: none; }
        }

        """
}
