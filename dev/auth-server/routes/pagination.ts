import type { Context } from 'hono';
import { badRequest } from '../auth-error';
import type { User, UserPage } from '../store/users';

const DEFAULT_PER_PAGE = 50;

type Page = Pick<UserPage, 'page' | 'perPage' | 'direction'>;

/** Reads `page`, `per_page` and `sort`, and writes the `Link` and `X-Total-Count` headers clients page by. */
export function paginate(c: Context, read: (page: Page) => { users: User[]; total: number }): User[] {
  const page = readNumber(c.req.query('page'), 1);
  const perPage = readNumber(c.req.query('per_page'), DEFAULT_PER_PAGE);
  const { users, total } = read({ page, perPage, direction: readDirection(c.req.query('sort')) });
  const lastPage = Math.ceil(total / perPage);
  const links = [`<${pageUrl(c, lastPage)}>; rel="last"`];
  if (lastPage > page) links.unshift(`<${pageUrl(c, page + 1)}>; rel="next"`);
  c.header('Link', links.join(', '));
  c.header('X-Total-Count', String(total));
  return users;
}

function readNumber(given: string | undefined, fallback: number): number {
  if (!given) return fallback;
  if (!/^\d{1,9}$/.test(given)) {
    throw badRequest('validation_failed', `Bad Pagination Parameters: strconv.ParseUint: parsing "${given}": invalid syntax`);
  }
  return Math.max(1, Number(given));
}

function readDirection(sort: string | undefined): Page['direction'] {
  if (!sort) return 'DESC';
  const [field = '', direction = 'desc'] = sort.split(' ', 2);
  if (field !== 'created_at') throw badRequest('validation_failed', `Bad Sort Parameters: bad field for sort '${field}'`);
  if (/^(asc|desc)$/i.test(direction)) return direction.toUpperCase() === 'ASC' ? 'ASC' : 'DESC';
  throw badRequest(
    'validation_failed',
    `Bad Sort Parameters: bad direction for sort '${direction}', only 'asc' and 'desc' allowed`,
  );
}

function pageUrl(c: Context, page: number): string {
  const url = new URL(c.req.url);
  url.searchParams.set('page', String(page));
  url.searchParams.sort();
  // Without /auth/v1: the gateway strips it, so Supabase never sees it.
  return `${url.pathname.replace(/^\/auth\/v1/, '')}${url.search}`;
}
