namespace Karl.Applications.Curation.Internals;

/// <summary>How the page looks: one column that fits a narrow screen, and colours for light and dark.</summary>
internal static class CurationStyle
{
    public const string Text = """
        :root { color-scheme: light dark; --ground: #fff; --text: #1b1b1b; --quiet: #5a5a5a; --line: #d9d9d9; --all: #b9c4cf; --distinct: #0072b2; --selected: #c75800; }
        @media (prefers-color-scheme: dark) { :root { --ground: #16181b; --text: #ececec; --quiet: #a8adb3; --line: #3a3e44; --all: #56606b; --distinct: #56b4e9; --selected: #f0a040; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 64rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
        .small { color: var(--quiet); font-size: .875rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th { font-weight: 600; } .wide { width: 50%; min-width: 9rem; text-align: left; font-weight: 400; white-space: normal; }
        @media (max-width: 36rem) { th, td { padding: .3rem .35rem; font-size: .85rem; } .wide { min-width: 5rem; } }
        .bar { display: block; height: .45rem; margin: 1px 0; min-width: 1px; } .key { display: inline-block; width: .8rem; height: .8rem; margin: 0 .3rem 0 .6rem; vertical-align: -.1rem; }
        .all { background: var(--all); } .distinct { background: var(--distinct); } .selected { background: var(--selected); }
        details { border-bottom: 1px solid var(--line); padding: .4rem 0; } summary { cursor: pointer; padding: .3rem 0; }
        :focus-visible { outline: 3px solid var(--distinct); outline-offset: 2px; }
        .images { list-style: none; margin: .5rem 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: 1rem .75rem; }
        .images li { min-width: 0; } .images img, .missing { display: block; width: 100%; max-width: 9rem; height: auto; aspect-ratio: 1; border: 1px solid var(--line); }
        .kept img { outline: 3px solid var(--selected); } .missing { padding: .5rem; color: var(--quiet); }
        .name { display: block; font-size: .8rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
        """;
}
