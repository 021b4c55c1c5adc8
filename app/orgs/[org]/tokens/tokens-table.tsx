import { Badge } from '@/app/_ui/badge';
import { cn } from '@/app/_ui/class-names';
import { RelativeTime } from '@/app/_ui/relative-time';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { roleOfToken } from '@/lib/auth/role';
import { stateOfToken, type TokenView } from '@/lib/tokens/present-token';
import * as words from '@/messages/tokens';
import { LeavingRows } from '../_parts/leaving-rows';
import { OldSecret } from './old-secret';
import { RevokeToken } from './revoke-token';
import { RotateToken } from './rotate-token';

const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

interface TokensTableProps {
  orgId: string;
  tokens: TokenView[];
  mayRevoke: boolean;
  /** The person who may rotate the tokens they made; null for who may rotate none. */
  rotator: string | null;
  /** Off for those who see only their own. */
  showMaker: boolean;
}

export function TokensTable({ tokens, ...rest }: TokensTableProps) {
  return (
    <Table label={words.title}>
      <Thead>
        <tr>
          <Th>{words.token}</Th>
          <Th className="max-sm:hidden">{words.role}</Th>
          {rest.showMaker && <Th className="max-lg:hidden">{words.maker}</Th>}
          <Th className="w-32 max-sm:hidden">{words.lastUsed}</Th>
          <Th className="w-32 max-sm:hidden">{words.expires}</Th>
          <ActionsTh />
        </tr>
      </Thead>
      <tbody>
        {tokens.map((token) => (
          <LeavingRows key={token.id}>
            <TokenRow token={token} {...rest} />
          </LeavingRows>
        ))}
      </tbody>
    </Table>
  );
}

function TokenRow({ token, orgId, mayRevoke, rotator, showMaker }: { token: TokenView } & Omit<TokensTableProps, 'tokens'>) {
  const { id, prefix, createdBy, createdByEmail, previousLives } = token;
  const label = token.label || prefix;
  const active = stateOfToken(token) === 'active';
  return (
    <>
      <Tr className={cn(previousLives && 'border-b-0')}>
        <TokenName token={token} />
        <Td className="whitespace-nowrap text-muted max-sm:hidden">
          <Role token={token} />
        </Td>
        {showMaker && <Td className="max-w-48 truncate text-muted max-lg:hidden">{createdByEmail ?? words.unknownMaker}</Td>}
        <Td className="whitespace-nowrap text-muted max-sm:hidden">
          <LastUse token={token} />
        </Td>
        <Td className="whitespace-nowrap text-muted max-sm:hidden">
          <Expiry token={token} />
        </Td>
        <Td className="w-px whitespace-nowrap text-right">
          {active && createdBy !== null && createdBy === rotator && (
            <RotateToken orgId={orgId} tokenId={id} label={label} olderPrefix={previousLives ? token.previousPrefix : null} />
          )}
          {mayRevoke && <RevokeToken orgId={orgId} tokenId={id} label={label} />}
        </Td>
      </Tr>
      <OldSecret orgId={orgId} token={token} mayEnd={mayRevoke} />
    </>
  );
}

function TokenName({ token }: { token: TokenView }) {
  const { label, prefix, rotatedAt } = token;
  return (
    <Td className="w-full max-w-0 sm:w-2/5 md:w-1/3">
      <span className="block font-medium max-sm:wrap-anywhere sm:truncate" title={label}>
        {label || words.noLabel}
      </span>
      <span className="block truncate text-muted text-xs">
        <code className="font-mono">{prefix}…</code>
        {rotatedAt && (
          <span className="max-sm:hidden">
            {' · '}
            {words.rotated(<RelativeTime date={rotatedAt} />)}
          </span>
        )}
      </span>
      <span className="block text-muted text-xs sm:hidden">
        {words.roleAndExpiry(<Role token={token} />, <Expiry token={token} />)}
      </span>
      <span className="block text-muted text-xs sm:hidden">{words.lastUse(<LastUse token={token} />)}</span>
    </Td>
  );
}

/** Of the current secret: after a rotation the old one has a line of its own. */
function LastUse({ token: { lastUsedAt, rotatedAt } }: { token: TokenView }) {
  if (lastUsedAt) return <RelativeTime date={lastUsedAt} />;
  return rotatedAt ? <span title={words.newSecretUnusedHint}>{words.newSecretUnused}</span> : words.neverUsed;
}

/** What the token may do today; where that is less than it was given, both. */
function Role({ token }: { token: TokenView }) {
  const effective = roleOfToken(token);
  if (effective === token.role) return token.role;
  if (!effective) return <Badge tone="danger">{words.makerLeft}</Badge>;
  return (
    <span title={words.makerIsLess(token.role, effective)}>
      {effective} <s className="text-faint">{token.role}</s>
    </span>
  );
}

function Expiry({ token: { expiresAt, expired } }: { token: TokenView }) {
  if (!expiresAt) return words.neverExpires;
  if (expired) return <Badge tone="danger">{words.expired}</Badge>;
  const time = <RelativeTime date={expiresAt} />;
  return expiresAt.getTime() - Date.now() < SOON_DAYS * DAY_MS ? <Badge tone="warn">{time}</Badge> : time;
}
