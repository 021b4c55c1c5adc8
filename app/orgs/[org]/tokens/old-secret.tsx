import { CornerDownRight } from 'lucide-react';
import { Badge } from '@/app/_ui/badge';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Td, Tr } from '@/app/_ui/table';
import type { TokenView } from '@/lib/tokens/present-token';
import * as words from '@/messages/tokens';
import { EndOldSecret } from './end-old-secret';

/** Uses are written in batches, so one from just before the rotation may be dated just after it. */
const BATCH_MS = 10_000;

interface OldSecretProps {
  orgId: string;
  token: TokenView;
  mayEnd: boolean;
}

/** The second line of a rotated token, as long as its old secret works: whether anything still uses it, and when it ends. */
export function OldSecret({ orgId, token, mayEnd }: OldSecretProps) {
  const { id, label, prefix, previousPrefix, previousExpiresAt, previousLastUsedAt, rotatedAt } = token;
  if (!token.previousLives || !previousPrefix || !previousExpiresAt) return null;
  const stillUsed = (previousLastUsedAt?.getTime() ?? 0) > (rotatedAt?.getTime() ?? 0) + BATCH_MS;
  const name = (text: string) => <span className="text-ink">{text}</span>;
  const secret = <code className="font-mono">{previousPrefix}…</code>;
  const ends = <RelativeTime date={previousExpiresAt} />;
  return (
    <Tr>
      <Td colSpan={6} className="h-auto pt-0 pb-2">
        <div className="flex items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-2 text-muted text-xs">
          <CornerDownRight aria-hidden="true" className="size-3.5 shrink-0 text-faint max-sm:hidden" />
          <p className="min-w-0 flex-1 leading-5">
            {previousLastUsedAt
              ? words.oldSecretUsed(name, secret, <RelativeTime date={previousLastUsedAt} />, ends)
              : words.oldSecretUnused(name, secret, ends)}
            {previousLastUsedAt && (
              <Badge tone={stillUsed ? 'warn' : 'accent'} className="ml-2">
                {stillUsed ? words.stillInUse : words.notUsedSince}
              </Badge>
            )}
          </p>
          {mayEnd && (
            <EndOldSecret orgId={orgId} tokenId={id} label={label || prefix} prefix={previousPrefix} stillUsed={stillUsed} />
          )}
        </div>
      </Td>
    </Tr>
  );
}
