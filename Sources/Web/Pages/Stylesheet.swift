internal import Hummingbird
internal import Roles

/// How pages look: calm, ink for what is said, light and dark as the reader's system is. Contrasts are at least 4.5 : 1
/// (WCAG 2.2, 1.4.3), and whatever is active shows where the focus is (2.4.11).
enum Stylesheet {
    static let route = Route(.get, "/style.css", .lookWhetherItRuns, .api) { _ in
        var response = Response.text(text + AgreementStyle.text + DayStyle.text, type: "text/css; charset=utf-8")
        response.headers[.cacheControl] = "public, max-age=300"
        return response
    }

    /// The frame first, then what single rooms add.
    static let text = frame + numbers

    private static let frame = """
        :root {
          color-scheme: light dark;
          --paper: #fbfaf8; --card: #ffffff; --ink: #1d2126; --soft: #565d66; --line: #dcd9d3; --accent: #0b5c8a;
          --accent-ink: #ffffff; --bad: #9c2a1c; --good: #22663a; --mark: #eef4f8;
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171a; --card: #1c2024; --ink: #e8e6e1; --soft: #a5adb6; --line: #363c43; --accent: #7cc0ea;
            --accent-ink: #10202b; --bad: #f2998d; --good: #8fd3a4; --mark: #1f2a32;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--paper); color: var(--ink); min-height: 100vh; display: grid;
          grid-template: auto 1fr / 13rem minmax(0, 1fr); grid-template-areas: "top top" "rail main";
        }
        a { color: var(--accent); text-underline-offset: 0.15em; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: 0.5rem; background: var(--card); padding: 0.5rem 1rem; z-index: 1; }
        .top {
          grid-area: top; display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between;
          padding: 0.6rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--card);
        }
        .brand { font-weight: 650; letter-spacing: 0.01em; color: var(--ink); text-decoration: none; }
        .who { display: flex; gap: 1rem; align-items: center; margin: 0; color: var(--soft); font-size: 0.9rem; }
        .rail { grid-area: rail; padding: 1.5rem 0 1.5rem 1.5rem; }
        .rail ul { list-style: none; margin: 0; padding: 0; }
        .rail a { display: block; padding: 0.4rem 0.75rem; border-radius: 6px; color: var(--ink); text-decoration: none; }
        .rail a:hover { background: var(--mark); }
        .rail [aria-current] { background: var(--mark); font-weight: 600; box-shadow: inset 3px 0 var(--accent); }
        main { grid-area: main; padding: 1.5rem 2rem 4rem; max-width: 72rem; min-width: 0; }
        main.door { grid-area: 1 / 1 / -1 / -1; margin: 12vh auto 0; width: min(28rem, 100%); }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; font-weight: 650; }
        h2 { font-size: 1.1rem; margin: 2.25rem 0 0.75rem; font-weight: 650; }
        p { max-width: 42rem; }
        .soft { color: var(--soft); }
        .note { border-left: 3px solid var(--accent); background: var(--mark); padding: 0.75rem 1rem; border-radius: 0 6px 6px 0; }
        .note.bad { border-color: var(--bad); }
        .bad { color: var(--bad); }
        .good { color: var(--good); }
        .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
        table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
        th, td { text-align: left; padding: 0.5rem 0.9rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        tr:last-child > td, tr:last-child > th[scope=row] { border-bottom: 0; }
        thead th { font-size: 0.8rem; color: var(--soft); font-weight: 600; white-space: nowrap; }
        tbody th { font-weight: 500; }
        time { white-space: nowrap; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        code { font: 0.9em ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        dl.pairs { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.1rem 0.9rem; margin: 0; }
        dl.pairs dt { color: var(--soft); }
        dl.pairs dd { margin: 0; overflow-wrap: anywhere; }
        form.stack { display: grid; gap: 1rem; max-width: 28rem; }
        form.row { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin: 0; }
        fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
        legend { padding: 0; font-size: 0.9rem; font-weight: 600; margin-bottom: 0.25rem; }
        label { display: grid; gap: 0.25rem; font-size: 0.9rem; font-weight: 600; }
        label.inline { display: flex; gap: 0.5rem; align-items: center; font-weight: 400; min-height: 24px; }
        label small { font-weight: 400; color: var(--soft); }
        input, select, button {
          font: inherit; font-weight: 400; color: inherit; background: var(--card); border: 1px solid #7d858e; border-radius: 6px;
          padding: 0.45rem 0.7rem; min-height: 2.4rem;
        }
        input[type=checkbox] { min-height: 1.2rem; width: 1.2rem; accent-color: var(--accent); }
        button { background: var(--accent); color: var(--accent-ink); border-color: var(--accent); font-weight: 600; cursor: pointer; }
        button.quiet { background: none; color: var(--accent); font-weight: 500; }
        .pages { display: flex; gap: 1.5rem; margin-top: 1rem; }
        .rooms { list-style: none; padding: 0; display: grid; gap: 0.75rem; max-width: 42rem; }
        .rooms a { font-weight: 600; }
        @media (max-width: 48rem) {
          body { grid-template: auto auto 1fr / minmax(0, 1fr); grid-template-areas: "top" "rail" "main"; }
          .rail { padding: 0.5rem 1rem 0; overflow-x: auto; }
          .rail ul { display: flex; gap: 0.25rem; white-space: nowrap; }
          .rail [aria-current] { box-shadow: inset 0 -3px var(--accent); }
          main { padding: 1rem 1rem 3rem; }
          .top { padding: 0.5rem 1rem; }
        }
        @media print {
          .rail, .top, form { display: none; }
          body { display: block; background: none; }
        }

        """
}
