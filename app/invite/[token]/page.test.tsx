import { eq, sql } from 'drizzle-orm';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { orgInvites } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import InvitePage from './page';

vi.mock('next/headers', () => ({
  cookies: async () => ({ get: () => undefined, getAll: () => [] }),
  headers: async () => new Headers(),
}));

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

/** The page as whoever holds the link sees it, signed out. */
const shown = async (token: string) => renderToStaticMarkup(await InvitePage({ params: Promise.resolve({ token }) }));

async function invited() {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: guest.email, role: 'member' });
  return { owner, guest, invite: body };
}

test('an invitation that has expired says so and whom to ask, and offers no way to accept it', async () => {
  const { owner, guest, invite } = await invited();
  await db().update(orgInvites).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(orgInvites.id, invite.id));
  const html = await shown(invite.token);
  expect(html).toContain('This invitation has expired');
  expect(html).toMatch(/Ask .+ to send a new one for/);
  expect(html).not.toMatch(/<form|Sign in to accept/);
  for (const address of [owner.email, guest.email]) expect(html).not.toContain(address);
});

test('an invitation that was withdrawn says so', async () => {
  const { owner, invite } = await invited();
  await owner.call('DELETE', `/v1/orgs/${owner.org.id}/invites/${invite.id}`);
  expect(await shown(invite.token)).toContain('This invitation was withdrawn');
});

test('a link nobody made reads the same, however it looks', async () => {
  const { invite } = await invited();
  const pages = await Promise.all(['x', 'a'.repeat(43), `${invite.token}x`, invite.token.slice(1), '../../x'].map(shown));
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).toContain('This invitation link does not work');
});
