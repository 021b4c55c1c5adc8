import { Badge } from '@/app/_ui/badge';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { TokenView } from '@/lib/tokens/present-token';
import { RevokeToken } from './revoke-token';

const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

interface TokensTableProps {
  orgId: string;
  tokens: TokenView[];
  mayRevoke: boolean;
  /** Off for those who see only their own. */
  showMaker: boolean;
}

export function TokensTable({ tokens, ...rest }: TokensTableProps) {
  return (
    <Table label="API tokens">
      <Thead>
        <tr>
          <Th>Token</Th>
          <Th className="max-sm:hidden">Role</Th>
          {rest.showMaker && <Th className="max-md:hidden">Made by</Th>}
          <Th className="w-32 max-sm:hidden">Last used</Th>
          <Th className="w-32 max-sm:hidden">Expires</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} {...rest} />
        ))}
      </tbody>
    </Table>
  );
}

function TokenRow({ token, orgId, mayRevoke, showMaker }: { token: TokenView } & Omit<TokensTableProps, 'tokens'>) {
  const { id, label, prefix, role, createdByEmail, lastUsedAt, expiresAt } = token;
  return (
    <Tr>
      <Td className="w-full max-w-0 sm:w-2/5 md:w-1/3">
        <span className="block font-medium max-sm:wrap-anywhere sm:truncate" title={label}>
          {label || 'Without a label'}
        </span>
        <code className="block truncate font-mono text-muted text-xs">{prefix}…</code>
        <span className="block text-muted text-xs sm:hidden">
          {role}, expires <Expiry at={expiresAt} />
        </span>
      </Td>
      <Td className="text-muted max-sm:hidden">{role}</Td>
      {showMaker && <Td className="max-w-48 truncate text-muted max-md:hidden">{createdByEmail ?? 'unknown'}</Td>}
      <Td className="whitespace-nowrap text-muted max-sm:hidden">{lastUsedAt ? <RelativeTime date={lastUsedAt} /> : 'never'}</Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">
        <Expiry at={expiresAt} />
      </Td>
      <Td className="w-px text-right">{mayRevoke && <RevokeToken orgId={orgId} tokenId={id} label={label || prefix} />}</Td>
    </Tr>
  );
}

function Expiry({ at }: { at: Date | null }) {
  if (!at) return 'never';
  const leftMs = at.getTime() - Date.now();
  if (leftMs <= 0) return <Badge tone="danger">expired</Badge>;
  const time = <RelativeTime date={at} />;
  return leftMs < SOON_DAYS * DAY_MS ? <Badge tone="warn">{time}</Badge> : time;
}
