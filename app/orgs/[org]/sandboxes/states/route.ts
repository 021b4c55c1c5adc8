import { orgPage } from '@/lib/page/org-page';
import { listSandboxes } from '@/lib/sandboxes/list-sandboxes';
import { firstPageIfForeign } from '../../_parts/first-page-if-foreign';
import { statesOf } from '../_parts/states';
import { ROWS, readListChoice } from '../(list)/filter';

interface StatesContext {
  params: Promise<{ org: string }>;
}

/**
 * The states of what a list shows, for a page that stays open. One bounded query, as for the page itself: asking every machine for
 * all it has, every few seconds and for every open page, would be a storm.
 */
export async function GET(request: Request, { params }: StatesContext): Promise<Response> {
  const access = await orgPage(params, 'sandboxes:use', '/sandboxes');
  const choice = readListChoice(Object.fromEntries(new URL(request.url).searchParams));
  const { items } = await firstPageIfForeign(choice.cursor, (cursor) => listSandboxes(access, choice, { limit: ROWS, cursor }));
  return Response.json(statesOf(items), { headers: { 'cache-control': 'private, no-store' } });
}
