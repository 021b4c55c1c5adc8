import { html } from 'hono/html';
import { type Markup, pageLayout } from '../inbox/page-layout';
import type { StandInPerson } from '../store/stand-in-people';

interface PersonPage {
  title: string;
  people: StandInPerson[];
  /** A provider may refuse and may not vouch for the address; an organization's identity provider always does. */
  isProvider?: boolean;
}

/** Where a developer says who they are: somebody from before, or anybody new. */
export function personPage({ title, people, isProvider = false }: PersonPage): Markup {
  return pageLayout({
    title: `Sign in with ${title} (stand-in)`,
    header: html`<h1>Sign in with ${title}</h1>
<p class="notice">A stand-in of the development auth server: it believes what you type, and nothing leaves this machine.</p>`,
    main: html`<form method="post">
<label>Email <input type="email" name="email" required autocomplete="off"></label>
<label>Name <input type="text" name="name" autocomplete="off"></label>
${isProvider ? html`<label class="choice"><input type="checkbox" name="email_verified" checked> Email verified by ${title}</label>` : ''}
<button type="submit" name="decision" value="allow">Continue</button>
${isProvider ? html`<button type="submit" name="decision" value="deny" formnovalidate>Deny</button>` : ''}
</form>
${people.length > 0 ? html`<h2>Somebody from before</h2><ul>${people.map(personItem)}</ul>` : ''}`,
  });
}

function personItem(person: StandInPerson): Markup {
  return html`<li><form method="post">
<input type="hidden" name="email" value="${person.email}"><input type="hidden" name="name" value="${person.name}">
${person.email_verified ? html`<input type="hidden" name="email_verified" value="on">` : ''}
<button type="submit" name="decision" value="allow">${person.email}${person.email_verified ? '' : ' (not verified)'}</button>
</form></li>`;
}
