import { html } from 'hono/html';
import type { Mail } from '../store/mails';
import { splitLinks, type TextPart } from './mail-links';
import { type Markup, mailTime, pageLayout } from './page-layout';

/** One mail: its HTML in a sandboxed frame, its text with links to follow. */
export function messagePage(mail: Mail): Markup {
  const subject = mail.subject || '(no subject)';
  return pageLayout({
    title: subject,
    header: html`<p><a href="/inbox?to=${encodeURIComponent(mail.recipient)}">Back to the inbox</a></p><h1>${subject}</h1>`,
    main: html`<dl>
<dt>To</dt><dd>${mail.recipient}</dd>
<dt>From</dt><dd>${mail.sender}</dd>
<dt>Received</dt><dd>${mailTime(mail.received_at)}</dd>
</dl>
${mail.html ? htmlPart(mail) : ''}
${mail.text ? textPart(mail) : ''}`,
  });
}

function htmlPart(mail: Mail): Markup {
  return html`<h2>Message</h2>
<iframe title="Message as HTML" src="/inbox/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

function textPart(mail: Mail): Markup {
  return html`<h2>As text</h2>
<pre>${splitLinks(mail.text).map(textOrLink)}</pre>`;
}

function textOrLink({ text, isLink }: TextPart): Markup | string {
  return isLink ? html`<a href="${text}" rel="noreferrer">${text}</a>` : text;
}
