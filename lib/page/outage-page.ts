import { NextResponse } from 'next/server';
import { language } from '@/messages/language';
import * as words from '@/messages/outage';

const RETRY_AFTER_SECONDS = 5;

/**
 * 503 for somebody whose session has run out while the auth server is away: they are still signed in, so a sign-in form would be
 * wrong, and no page can be shown. Needs nothing that could be away too: no script, no style sheet, no data.
 */
export function outagePage(): NextResponse {
  return new NextResponse(HTML, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': String(RETRY_AFTER_SECONDS),
      'cache-control': 'private, no-store',
    },
  });
}

// The colours of app/globals.css, for whichever theme the system asks for.
const STYLE = `
:root{color-scheme:light dark;--canvas:#fafbfa;--ink:#161a17;--muted:#4d534e;--accent:#1f6f3d;--on:#fdfffd;--line:#e0e3e0}
@media(prefers-color-scheme:dark){:root{--canvas:#0f1110;--ink:#eceeec;--muted:#abb0ac;--accent:#2a8049;--line:#2a2d2b}}
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;background:var(--canvas);color:var(--ink);font:14px/22px ui-sans-serif,system-ui,sans-serif}
header{display:flex;height:56px;align-items:center;padding:0 24px;font-weight:600;letter-spacing:-.015em}
main{max-width:22.5rem;margin:0 auto;padding:max(3rem,11vh) 1rem 4rem;box-sizing:content-box}
h1{margin:0;font-size:24px;line-height:32px;font-weight:600;letter-spacing:-.02em;text-wrap:balance}
p{margin:4px 0 0;color:var(--muted)}
a{display:inline-flex;align-items:center;height:40px;margin-top:24px;padding:0 16px;border-radius:6px;background:var(--accent);color:var(--on);font-weight:500;text-decoration:none}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
footer{margin-top:24px;padding-top:16px;border-top:1px solid var(--line);color:var(--muted);font-size:13px;line-height:20px}
`;

const HTML = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title} · PandaStack</title>
<style>${STYLE}</style>
</head>
<body>
<header>PandaStack</header>
<main>
<h1>${words.title}</h1>
<p>${words.description}</p>
<a href="">${words.tryAgain}</a>
<footer>${words.operators((text) => `<code>${text}</code>`)}</footer>
</main>
</body>
</html>
`;
