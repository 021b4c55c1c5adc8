import Link from 'next/link';
import * as words from '@/messages/sandbox-files';
import { crumbsOf, placeSearch } from './place';

/** The way to a path; each folder of it a link. */
export function Crumbs({ page, path }: { page: string; path: string }) {
  const crumbs = crumbsOf(path);
  return (
    <nav aria-label={words.path} className="min-w-0 flex-1">
      <ol className="flex flex-wrap items-center gap-x-0.5 font-mono text-xs">
        {crumbs.map(({ name, path: to }, index) => (
          <li key={to} className="flex items-center">
            {index > 1 && (
              <span aria-hidden="true" className="text-faint">
                /
              </span>
            )}
            {index === crumbs.length - 1 ? (
              <span aria-current="page" className="wrap-anywhere px-1 py-1 font-medium">
                {name}
              </span>
            ) : (
              <Link
                href={page + placeSearch(to)}
                className="wrap-anywhere inline-block min-w-6 rounded-sm px-1 py-1 text-center text-muted hover:bg-hover hover:text-ink"
              >
                {name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
