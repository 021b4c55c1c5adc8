import { KeyRound } from 'lucide-react';
import { PROVIDER_MARKS } from './provider-marks';

/** A provider's mark in the colour of the text beside it, which names it; a key for one without. Made by the server: its paths are no script. */
export function ProviderMark({ provider }: { provider: string }) {
  const mark = Object.hasOwn(PROVIDER_MARKS, provider) && PROVIDER_MARKS[provider];
  if (!mark) return <KeyRound className="size-4 shrink-0" aria-hidden="true" />;
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" className="size-4 shrink-0" aria-hidden="true">
      <path d={mark} />
    </svg>
  );
}
