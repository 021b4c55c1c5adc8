import { html, raw } from 'hono/html';
import { STYLE } from './page-assets';

/** What hono's template tag returns. */
export type Markup = ReturnType<typeof html>;

interface Page {
  title: string;
  header: Markup;
  main: Markup;
  script?: string;
}

export function pageLayout({ title, header, main, script }: Page): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>${header}</header>
<main>${main}</main>
${script ? html`<script>${raw(script)}</script>` : ''}
</body>
</html>`;
}

/** A fixed form in UTC, so that the page says the same to everybody and to a test. */
export function mailTime(receivedAt: string): Markup {
  return html`<time datetime="${receivedAt}">${receivedAt.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
