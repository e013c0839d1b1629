namespace DepthPro.Reports;

/// <summary>How pages look, in light and in dark.</summary>
internal static class PageStyle
{
    public const string Common = """
        :root { color-scheme: light dark; --line: light-dark(#d8dce2, #3a3f47); --quiet: light-dark(#5f6873, #9aa3ae); --back: light-dark(#fff, #16181c); --bar: light-dark(#3b6fb6, #6fa3e8) }
        body { margin: 2rem auto; max-width: 100rem; padding: 0 1.5rem; font: 15px/1.45 system-ui, sans-serif; background: var(--back) }
        h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem } p { margin: .25rem 0; color: var(--quiet) }
        .figures { display: flex; flex-wrap: wrap; gap: 2.5rem } figure { margin: 0 } figcaption { font-size: .8rem; color: var(--quiet) }
        svg { display: block; overflow: visible } svg rect { fill: var(--bar) } svg text { fill: var(--quiet); font-size: 11px } svg line { stroke: var(--line) }
        """;
}
