import { Badge } from '@/app/_ui/badge';
import { CopyField } from '@/app/_ui/copy-field';
import type { Finding } from '@/lib/doctor/finding';
import * as words from '@/messages/admin-doctor';

/** A line for what needs nobody; for the rest what was seen, what was expected, and the fix. */
export function FindingRow({ finding }: { finding: Finding }) {
  const { id, seen, expected, fix, command, symptom, status } = finding;
  if (fix === null) {
    return (
      <li className="flex flex-col gap-x-4 px-4 py-2 text-sm sm:flex-row sm:items-baseline">
        <code className="wrap-anywhere shrink-0 font-mono text-muted text-xs sm:w-44">{id}</code>
        <span className="wrap-anywhere min-w-0">{seen}</span>
      </li>
    );
  }
  return (
    <li className="flex flex-col gap-3 px-4 py-3.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={status === 'fail' ? 'danger' : 'warn'} className="max-w-full">
          <code className="truncate font-mono">{id}</code>
        </Badge>
        {symptom && <span className="text-muted text-xs">{words.guide(symptom)}</span>}
      </div>
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[5rem_minmax(0,1fr)]">
        <Fact name={words.seen}>{seen}</Fact>
        <Fact name={words.expected}>{expected}</Fact>
        <Fact name={words.fix} strong>
          {fix}
        </Fact>
      </dl>
      {command && <CopyField value={command} label={words.copyFix} className="sm:ml-24" />}
    </li>
  );
}

function Fact({ name, strong = false, children }: { name: string; strong?: boolean; children: string }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:text-xs">{name}</dt>
      <dd className={`wrap-anywhere text-pretty max-sm:mb-1 ${strong ? 'font-medium' : ''}`}>{children}</dd>
    </div>
  );
}
