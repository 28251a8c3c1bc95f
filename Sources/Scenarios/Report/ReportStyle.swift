/// The style sheet of a report: light and dark by the reader's own setting.
enum ReportStyle {
  static let sheet = """
    :root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1b2330;
      --quiet: #667085; --line: #dfe3ea; --good: #12805c; --bad: #c8321f; --warn: #a15c00;
      --c0: #1f5fbf; --c1: #c2571a; --c2: #12805c; --c3: #8438b0; --c4: #a08400; --c5: #b0315f;
      --c6: #3c7f95; --c7: #555f6f; }
    @media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1a2028;
      --text: #e4e8ee; --quiet: #94a0b0; --line: #2d3642; --good: #3fbf8f; --bad: #ff7a66;
      --warn: #f0b24a; --c0: #6aa5ff; --c1: #ff9b57; --c2: #4fd1a1; --c3: #c58bf0; --c4: #e0c846;
      --c5: #ff85ad; --c6: #7fd0e8; --c7: #aab4c2; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--text);
      font: 14px/1.5 system-ui, sans-serif; }
    main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 60px; }
    header, section { background: var(--card); border: 1px solid var(--line);
      border-radius: 10px; padding: 20px 24px; margin-bottom: 18px; }
    h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 0 0 10px; }
    .verdict { float: right; margin: 0; padding: 4px 14px; border-radius: 99px; font-weight: 600;
      text-transform: uppercase; letter-spacing: .06em; font-size: 12px; color: #fff; }
    .verdict.passed { background: #12805c; } .verdict.failed { background: #c8321f; }
    .verdict.unsupported { background: #8a5a00; }
    .counts, .hint, .place { color: var(--quiet); }
    .place { display: block; font-size: 12px; }
    dl { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 14px 0 0; }
    dt { color: var(--quiet); font-size: 12px; } dd { margin: 0; font-weight: 500;
      overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; } .tall { max-height: 520px; overflow-y: auto; }
    table { border-collapse: collapse; width: 100%; }
    th { text-align: left; color: var(--quiet); font-weight: 500; font-size: 12px; }
    th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
    tr.met td:first-child { color: var(--good); } tr.notMet td:first-child { color: var(--bad);
      font-weight: 700; }
    tr.notReached td:first-child, tr.unsupported td:first-child { color: var(--warn); }
    #log tr.alarm td { color: var(--warn); } #log tr.failure td { color: var(--bad); }
    #log tr.stimulus td { color: var(--quiet); }
    .plot { position: relative; margin-top: 14px; }
    .plot h3 { font-size: 13px; margin: 0; font-weight: 600; }
    .plot canvas { width: 100%; height: 210px; display: block; touch-action: pan-y; }
    .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 12px;
      color: var(--quiet); font-variant-numeric: tabular-nums; }
    .legend i { display: inline-block; width: 10px; height: 3px; border-radius: 2px;
      margin-right: 6px; vertical-align: middle; }
    .legend b { color: var(--text); font-weight: 600; }
    @media print { body { background: #fff; } .tall { max-height: none; } }
    """
}
