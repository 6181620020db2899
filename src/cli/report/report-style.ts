/** How a report looks, by day and by night. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #fff; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --panel: #f6f8fa;
  --green: #1a7f37; --red: #cf222e; --amber: #9a6700; --blue: #0969da; --gray: #d1d9e0; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --text: #e6edf3; --soft: #9198a1; --line: #30363d; --panel: #161b22;
  --green: #3fb950; --red: #f85149; --amber: #d29922; --blue: #4493f8; --gray: #3d444d; } }
body { overflow-wrap: anywhere; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; max-width: 840px; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0; }
p { margin: .4rem 0; } .soft { color: var(--soft); }
section { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 1.25rem 0; }
a { color: inherit; } nav ul { list-style: none; margin: 1rem 0; padding: 0; } nav li { margin: .35rem 0; } nav .badge { margin: 0 .5em 0 0; }
details.job { margin: 0; } details.job > summary > h2 { display: inline; }
.badge { border: 1px solid currentColor; border-radius: 1em; font-size: .8rem; font-weight: 600; padding: .1em .7em; margin-left: .5em; vertical-align: .1em; white-space: nowrap; }
.left { color: var(--soft); } .good { color: var(--green); } .bad { color: var(--red); } .open { color: var(--amber); }
.hint { background: var(--panel); border-left: 3px solid var(--blue); padding: .4rem .75rem; }
svg[role] { display: block; overflow: visible; margin: 1rem 0 .25rem; font: 12px ui-monospace, monospace; fill: var(--text); }
.legend { font-size: .85rem; } svg.key { display: inline-block; width: .75em; height: .75em; margin: 0 .35em 0 .9em; } svg.key:first-child { margin-left: 0; }
svg .label, svg .exit { text-anchor: end; } svg .tick { text-anchor: middle; fill: var(--soft); font-size: 11px; } svg .grid { stroke: var(--line); }
svg .exit { fill: var(--soft); } svg .exit.bad { fill: var(--red); }
.succeeded { fill: var(--green); } .failed { fill: var(--red); } .killed { fill: var(--amber); } .running { fill: var(--blue); } .waiting { fill: var(--gray); }
svg.graph { margin: 1rem auto; padding: 1px; box-sizing: content-box; } svg.graph .arrow { fill: none; stroke: var(--soft); } svg.graph .head { fill: var(--soft); }
svg.graph rect { fill: var(--ground); stroke: currentColor; } svg.graph text { text-anchor: middle; fill: var(--text); } svg.graph a:hover rect { stroke-width: 2; }
svg.graph .bad rect { fill: currentColor; } svg.graph .bad text { fill: var(--ground); font-weight: 700; } svg.graph .left rect { stroke-dasharray: 4 3; } svg.graph .left text { fill: var(--soft); }
table { border-collapse: collapse; font: 13px ui-monospace, monospace; } td, th { padding: .15rem 1.25rem .15rem 0; text-align: left; } th { color: var(--soft); font-weight: 400; }
details { margin-top: .75rem; } .scroll { overflow-x: auto; } td, th { white-space: nowrap; } summary { cursor: pointer; }
pre { background: var(--panel); border-radius: 6px; font: 13px/1.45 ui-monospace, monospace; margin: .5rem 0; overflow-x: auto; padding: .6rem .8rem; }
@media (max-width: 600px) { body { margin: 1rem auto; padding: 0 .75rem; } section { padding: .75rem; } td, th { padding-right: .75rem; } }
`;
