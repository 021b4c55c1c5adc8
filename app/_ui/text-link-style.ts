import { cn } from './class-names';

/** A link inside a sentence: underlined, because colour alone does not say "link". */
export function textLinkStyle(className?: string): string {
  return cn(
    'rounded-sm font-medium underline base:text-ink decoration-line-strong underline-offset-3 hover:decoration-ink',
    className,
  );
}
