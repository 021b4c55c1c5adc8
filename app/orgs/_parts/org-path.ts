/** The slugs that are pages of ours under /orgs. */
const TAKEN = new Set(['new']);

/** Where an org's pages live. Adopted orgs may hold a slug that fits in no path; their id always does. */
export function orgPath({ id, slug }: { id: string; slug: string }): string {
  return `/orgs/${/^[a-z0-9-]+$/.test(slug) && !TAKEN.has(slug) ? slug : id}`;
}
