extension Stylesheet {
    /// Pages of numbers, of leads, and their charts.
    static let numbers = """
        :root { --warn: #8a5300; --s0: #0b5c8a; --s1: #9a4a00; --s2: #4a5058; --few: #6d7780; }
        @media (prefers-color-scheme: dark) {
          :root { --warn: #e9b872; --s0: #7cc0ea; --s1: #f0a869; --s2: #c3cad1; --few: #98a2ac; }
        }
        h3 { font-size: 1rem; margin: 1.25rem 0 0.5rem; font-weight: 650; }
        h4 { font-size: 0.9rem; margin: 0.75rem 0 0.25rem; font-weight: 650; }
        .lead { font-size: 1.05rem; }
        .big { font-size: 2rem; font-weight: 650; line-height: 1.1; font-variant-numeric: tabular-nums; }
        .big .few small { font-size: 0.9rem; font-weight: 400; }
        .joint { max-width: none; display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; }
        a.figure { color: inherit; text-decoration-color: var(--line); text-decoration-thickness: 1.5px; }
        a.figure:hover { color: var(--accent); text-decoration-color: currentColor; }
        .few { color: var(--few); font-style: italic; }
        td.number, th.number, td .state { white-space: nowrap; }
        table.leads td, table.leads th { padding: 0.5rem 0.6rem; } table.leads td { white-space: nowrap; }
        tr.total > * { font-weight: 650; border-top: 2px solid var(--line); }
        form.question { margin: 0 0 1.5rem; }
        .fields { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end; }
        .fields label { min-width: 9rem; }
        .fields select, .fields input { max-width: 15rem; }
        details > summary { cursor: pointer; padding: 0.35rem 0; color: var(--accent); }
        form.question details .fields { padding: 0.5rem 0; }
        .how, .understood { margin-top: 1.25rem; }
        .how dt { font-weight: 650; margin-top: 0.75rem; }
        .how dd { margin: 0 0 0 1rem; }
        .how dd p { margin: 0.2rem 0; }
        pre { overflow-x: auto; background: var(--mark); padding: 0.75rem; border-radius: 6px; }
        pre code { overflow-wrap: normal; }
        .warnings { padding: 0.6rem 1rem 0.6rem 2rem; background: var(--mark); border-left: 3px solid var(--warn); border-radius: 0 6px 6px 0; }
        .state { white-space: nowrap; font-weight: 600; font-size: 0.9rem; }
        .state.good { color: var(--good); } .state.bad { color: var(--bad); }
        .state.warn { color: var(--warn); } .state.still { color: var(--soft); }
        .sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem; }
        .side > h2 { margin-top: 1rem; }
        ul.promises { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.6rem; }
        ul.promises li {
          background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.6rem 1rem;
          display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 0.25rem 1rem;
        }
        ul.promises h3 { margin: 0; } ul.promises p { margin: 0.15rem 0; }
        .clock { font-variant-numeric: tabular-nums; white-space: nowrap; } .clock.late { color: var(--bad); font-weight: 600; }
        .steps li { margin: 0.5rem 0; max-width: 42rem; } .steps .done { color: var(--soft); }
        .tools { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; margin-bottom: 0.5rem; }
        .tools p { margin: 0; }
        .views { list-style: none; display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; padding: 0; margin: 0 0 1rem; }
        .views li { display: flex; align-items: center; gap: 0.25rem; } .views form { margin: 0; }
        button.small { min-height: 24px; min-width: 24px; padding: 0 0.4rem; border: 0; }
        .news { grid-area: top; justify-self: center; align-self: end; z-index: 2; transform: translateY(60%); background: var(--card); border: 1px solid var(--accent); border-radius: 8px; padding: 0.4rem 1rem; }
        .news[hidden] { display: none; }
        dl.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0.75rem; margin: 0; }
        dl.facts dt { color: var(--soft); font-size: 0.85rem; } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
        ul.clocks, ul.obstacles { padding-left: 1.1rem; } ul.clocks li { margin: 0.4rem 0; }
        ul.obstacles > li { margin-bottom: 0.75rem; } ul.obstacles h3 { margin: 0.25rem 0; }
        .cite { font-size: 0.8rem; overflow-wrap: anywhere; }
        .handover { border: 1px solid var(--line); border-radius: 8px; padding: 0.4rem 1rem; margin: 0.5rem 0; background: var(--card); }
        ol.timeline { list-style: none; margin: 0; padding: 0 0 0 1rem; border-left: 2px solid var(--line); }
        ol.timeline li { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); gap: 0.25rem 1rem; padding: 0.3rem 0; position: relative; }
        ol.timeline li::before { content: ""; position: absolute; left: -1.36rem; top: 0.75rem; width: 0.55rem; height: 0.55rem; border-radius: 50%; background: var(--card); border: 2px solid var(--soft); }
        ol.timeline li.decided::before { border-radius: 1px; background: var(--accent); border-color: var(--accent); }
        ol.timeline li.decided > span { font-weight: 600; } ol.timeline .cite { font-weight: 400; }
        ol.timeline time { color: var(--soft); font-size: 0.85rem; padding-top: 0.1rem; }
        figure.chart { margin: 0.5rem 0 1rem; overflow-x: auto; }
        .chart-room { min-width: 34rem; max-width: 52rem; }
        .chart svg { width: 100%; height: auto; display: block; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        .chart text { fill: var(--ink); } .chart .tick { fill: var(--soft); font-size: 12px; }
        .chart .axis { stroke: var(--soft); stroke-width: 1; } .chart .grid { stroke: var(--line); stroke-width: 1; }
        .chart .bar { fill: var(--s0); } .chart .bar.few { stroke: var(--s0); stroke-width: 1; }
        .chart rect.bar.few { fill: none; } .chart rect.bar.few[fill] { fill: revert-layer; }
        .chart .hatch-ground { fill: var(--card); } .chart .hatch-line { fill: var(--s0); }
        .chart .whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }
        .chart .line { fill: none; stroke-width: 2; }
        .chart .s0 .line { stroke: var(--s0); } .chart .s0 .mark { fill: var(--s0); }
        .chart .s1 .line { stroke: var(--s1); stroke-dasharray: 6 3; } .chart .s1 .mark { fill: var(--s1); }
        .chart .s2 .line { stroke: var(--s2); stroke-dasharray: 2 3; } .chart .s2 .mark { fill: var(--s2); }
        .decay .whole { fill: none; stroke: var(--soft); } .decay .left { fill: var(--s0); }
        @media (max-width: 48rem) {
          .sides { grid-template-columns: minmax(0, 1fr); }
          .fields label { min-width: 0; flex: 1 1 9rem; } .fields select, .fields input { max-width: none; width: 100%; }
          ol.timeline li { grid-template-columns: minmax(0, 1fr); gap: 0; }
          .keys { display: none; }
          ul.promises li { grid-template-columns: minmax(0, 1fr); }
          table.cards, table.cards tbody, table.cards tr, table.cards th, table.cards td { display: block; }
          table.cards thead { position: absolute; left: -99rem; }
          table.cards tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
          table.cards tr > * { border: 0; padding: 0.1rem 0.9rem; white-space: normal; text-align: left; }
          table.cards td.empty { display: none; } table.cards .state { white-space: normal; }
          table.cards td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); }
          table.cards td div { display: inline; margin-left: 0.4rem; }
        }
        @media print { details { display: block; } .news { display: none; } .scroll { overflow: visible; } }

        """
}
