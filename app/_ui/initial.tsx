import { cn } from './class-names';

interface InitialProps {
  of: string;
  /** Round for people, square for organizations. */
  round?: boolean;
}

/** The first letter of a name, as a picture: it is no text, so it is no part of any spoken name. */
export function Initial({ of, round = false }: InitialProps) {
  return (
    <span
      aria-hidden="true"
      data-initial={[...of.trim()][0] ?? '?'}
      className={cn(
        'grid size-5 shrink-0 place-items-center font-semibold text-[10px] uppercase before:content-[attr(data-initial)]',
        round ? 'rounded-full bg-accent-soft text-accent-ink' : 'rounded-sm bg-ink text-surface',
      )}
    />
  );
}
