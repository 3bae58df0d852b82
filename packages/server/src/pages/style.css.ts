/** Style of the pages the server writes itself; the console has its own. Colours of CONSOLE.md section 1. No font is loaded from anywhere. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:#F6F5F1;--surface:#FFFFFF;--line:#DEDBD2;--text:#1B1D1A;--muted:#5C6059;--accent:#0B5C5A}
@media (prefers-color-scheme:dark){:root{--ground:#121513;--surface:#191D1A;--line:#30362F;--text:#E8E9E3;--muted:#9BA297;--accent:#5CC4B8}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:14px/20px "IBM Plex Sans",system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:32px 16px 96px}
h1{font-size:28px;line-height:36px;margin:0 0 8px}
h2{font-size:20px;line-height:28px;margin:48px 0 8px;border-bottom:1px solid var(--line);padding-bottom:8px}
h3{font-size:14px;line-height:20px;margin:16px 0 4px}
a{color:var(--accent)}
p{max-width:68ch;margin:0 0 12px}
code,pre{font:13px/18px "IBM Plex Mono",ui-monospace,monospace}
code{overflow-wrap:anywhere}
pre{margin:0 0 12px;padding:12px;background:var(--ground);border:1px solid var(--line);border-radius:4px;overflow:auto}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin:16px 0 0}
details{background:var(--surface);border:1px solid var(--line);border-radius:4px;margin:0 0 8px}
summary{display:flex;flex-wrap:wrap;gap:4px 12px;padding:8px 12px;cursor:pointer;align-items:baseline}
summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
details>div{padding:4px 12px 12px;border-top:1px solid var(--line)}
.method{font-weight:600;min-width:56px}
.who{color:var(--muted);margin-left:auto}
table{border-collapse:collapse;width:100%;margin:0 0 12px}
th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--muted)}
.muted{color:var(--muted)}
`
