import { html } from 'hono/html';
import type { Mail } from '../store/mails';
import { POLL_SCRIPT } from './page-assets';
import { type Markup, mailTime, pageLayout } from './page-layout';

/** The list, newest first; it refreshes itself. */
export function inboxPage(to: string, mails: Mail[]): Markup {
  return pageLayout({
    title: to ? `Inbox of ${to}` : 'Inbox',
    header: html`<h1>Inbox</h1>
<p class="notice">Development auth server: mail stops here, nothing is delivered. Never use it for real accounts.</p>`,
    main: html`${filterForm(to)}${mailList(to, mails)}`,
    script: POLL_SCRIPT,
  });
}

function filterForm(to: string): Markup {
  return html`<form method="get" action="/inbox" role="search">
<label>Recipient <input type="email" name="to" value="${to}" autocomplete="off" placeholder="everybody"></label>
<button type="submit">Show</button>
${to ? html`<a href="/inbox">Show everybody's</a>` : ''}
</form>`;
}

function mailList(to: string, mails: Mail[]): Markup {
  const latest = mails[0]?.id ?? 0;
  if (mails.length === 0) {
    return html`<div id="mails" data-latest="${latest}"><p class="empty">No mail ${to ? `for ${to} ` : ''}yet.</p></div>`;
  }
  return html`<div id="mails" data-latest="${latest}"><ul>${mails.map(mailItem)}</ul></div>`;
}

function mailItem(mail: Mail): Markup {
  return html`<li><a href="/inbox/${mail.id}"><strong>${mail.subject || '(no subject)'}</strong>
<span>To ${mail.recipient}</span>
<span class="quiet">${mailTime(mail.received_at)}</span></a></li>`;
}
