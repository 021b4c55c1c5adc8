'use client';

import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import * as words from '@/messages/templates';
import { useAgentList } from '../_parts/use-agent-list';

interface Build {
  id: string;
  name: string;
  status: string;
  error?: string;
  started_at?: string;
  owner_workspace?: string;
}

const TONES: Record<string, 'accent' | 'danger' | 'info'> = { done: 'accent', failed: 'danger', running: 'info' };

/** How the org's templates were built; nothing where none was, or where no machine tells. */
export function Builds({ orgId, tenant }: { orgId: string; tenant: string }) {
  const { items, reload } = useAgentList<Build>(orgId, '/v1/templates/builds');
  const own = items?.filter(({ owner_workspace: owner }) => owner === tenant) ?? [];
  if (own.length === 0) return null;
  return (
    <Card
      title={words.builds}
      actions={
        <Button size="sm" variant="ghost" onClick={reload}>
          {words.lookAgain}
        </Button>
      }
      flush
    >
      <Table label={words.builds} bare>
        <Thead>
          <tr>
            <Th>{words.template}</Th>
            <Th>{words.state}</Th>
            <Th className="max-sm:hidden">{words.started}</Th>
          </tr>
        </Thead>
        <tbody>
          {own.map(({ id, name, status, error, started_at }) => (
            <Tr key={id}>
              <Td className="w-full max-w-0">
                <span className="block truncate font-mono text-xs">{name}</span>
                {error && <span className="wrap-anywhere block text-danger-ink text-xs">{error}</span>}
              </Td>
              <Td>
                <Badge tone={TONES[status] ?? 'neutral'}>{words.buildStates[status] ?? status}</Badge>
              </Td>
              <Td className="whitespace-nowrap text-muted max-sm:hidden">
                {started_at ? <RelativeTime date={started_at} /> : '–'}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
