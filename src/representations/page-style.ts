/** The hash of the style below, for `Content-Security-Policy`. A spec checks it and prints the right value. */
export const PAGE_STYLE_HASH = 'sha256-8vXPkLXSK5RLY6Ip25wocwz1Y978E4t+GKqMBkn9bvI='

/** The style of the page. Long words break, so that it never scrolls sideways. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fdfcfa;
  --ink: #212329;
  --quiet: #5e626b;
  --rule: #dfdcd6;
  --link: #0b57a6;
  background: var(--paper);
  color: var(--ink);
  font: 106.25%/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181b;
    --ink: #e9e7e3;
    --quiet: #a5a8af;
    --rule: #383a40;
    --link: #90bdf9;
  }
}
*, ::before, ::after {
  box-sizing: border-box;
}
body {
  margin: 0 auto;
  max-inline-size: 44rem;
  padding: clamp(2rem, 12vh, 7rem) clamp(1.25rem, 6vw, 3rem) 3rem;
  overflow-wrap: anywhere;
}
h1 {
  margin: 0;
  font-size: clamp(1.5rem, 1.1rem + 2.2vw, 2.125rem);
  font-weight: 600;
  line-height: 1.25;
  letter-spacing: -0.011em;
  text-wrap: balance;
}
.status {
  display: block;
  margin-block-end: 0.12em;
  margin-inline-start: -0.03em;
  color: var(--quiet);
  font-size: clamp(4rem, 3rem + 6vw, 6.5rem);
  font-weight: 200;
  font-variant-numeric: lining-nums tabular-nums;
  line-height: 1;
  letter-spacing: -0.03em;
}
.title {
  display: block;
}
p {
  margin: 1.25rem 0 0;
  max-inline-size: 36rem;
  text-wrap: pretty;
}
.detail {
  font-size: 1.125rem;
  white-space: pre-line;
}
.retry {
  padding-inline-start: 0.875rem;
  border-inline-start: 3px solid var(--link);
  font-weight: 500;
}
.label, caption, dt {
  color: var(--quiet);
  font-size: 0.875rem;
}
.label {
  display: block;
}
a {
  color: var(--link);
  text-decoration-thickness: from-font;
  text-underline-offset: 0.18em;
}
a:hover {
  text-decoration-thickness: 2px;
}
a:focus-visible {
  outline: 2px solid var(--link);
  outline-offset: 3px;
  border-radius: 2px;
}
table {
  inline-size: 100%;
  margin: 2.25rem 0 0;
  border-collapse: collapse;
  table-layout: fixed;
  font-size: 0.9375rem;
  line-height: 1.5;
}
caption {
  padding-block-end: 0.375rem;
  text-align: start;
}
tr {
  border-block-start: 1px solid var(--rule);
}
th, td {
  padding: 0.5rem 0;
  text-align: start;
  vertical-align: baseline;
}
th {
  inline-size: 32%;
  padding-inline-end: 1rem;
  font-weight: 500;
}
td {
  white-space: pre-wrap;
  font-variant-numeric: tabular-nums;
}
pre {
  margin: 0;
  font: 0.8125rem/1.55 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap;
}
@media (max-width: 30rem) {
  th {
    inline-size: 7.25rem;
  }
}
footer {
  margin-block-start: 2.25rem;
  padding-block-start: 0.75rem;
  border-block-start: 1px solid var(--rule);
  color: var(--quiet);
  font-size: 0.875rem;
}
dl, dd {
  margin: 0;
}
dl div {
  display: flex;
  gap: 0 0.75rem;
}
dt {
  flex: none;
  min-inline-size: 4.5rem;
}
@media print {
  :root {
    --paper: #fff;
    --ink: #000;
    --quiet: #444;
    --rule: #999;
    --link: #000;
    font-size: 11pt;
  }
  body {
    max-inline-size: none;
    padding: 0;
  }
}
`
