import { Badge } from '@/app/_ui/badge';
import { fullMeasure } from '@/app/_ui/measure';
import { Meter } from '@/app/_ui/meter';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { AgentView, Share } from '@/lib/gateway/examine-agents';
import * as words from '@/messages/admin-agents';

const MIB = 1_048_576;
const TONES = { active: 'accent', draining: 'info', offline: 'danger' } as const;

export function AgentsTable({ agents }: { agents: readonly AgentView[] }) {
  return (
    <Table label={words.title}>
      <Thead>
        <tr>
          <Th>{words.agent}</Th>
          <Th className="max-sm:hidden">{words.state}</Th>
          <Th>{words.cpu}</Th>
          <Th>{words.memory}</Th>
          <Th className="max-md:hidden">{words.volumes}</Th>
          <Th className="text-right max-sm:hidden">{words.sandboxes}</Th>
          <Th className="max-lg:hidden">{words.heardOf}</Th>
        </tr>
      </Thead>
      <tbody>
        {agents.map((agent) => (
          <AgentRow key={agent.id} agent={agent} />
        ))}
      </tbody>
    </Table>
  );
}

function AgentRow({ agent }: { agent: AgentView }) {
  const { id, endpoint, region, zone, version, status, cpu, memoryMb, volumeBytes, sandboxes, lastSeenAt } = agent;
  const state = (
    <Badge tone={TONES[status]} title={words.meanings[status]}>
      {words.states[status]}
    </Badge>
  );
  const seen = lastSeenAt ? <RelativeTime date={lastSeenAt} /> : words.never;
  const place = [region, zone].filter((part) => part !== '').join(' / ');
  return (
    <Tr>
      <Td className="w-full min-w-44 max-w-0">
        <span className="block truncate font-medium" title={id}>
          {id}
        </span>
        <span className="block truncate font-mono text-muted text-xs" title={endpoint}>
          {endpoint}
        </span>
        <span className="block truncate text-muted text-xs">{[place, version].filter((part) => part !== '').join(' · ')}</span>
        <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs sm:hidden">
          {state} {seen}
        </span>
      </Td>
      <Td className="max-sm:hidden">{state}</Td>
      <Td>
        <Taken label={words.cpusOf(id)} share={cpu} measure={(amount) => fullMeasure(amount, 'count')} mayExceed />
      </Td>
      <Td>
        <Taken label={words.memoryOf(id)} share={memoryMb} measure={(amount) => fullMeasure(amount * MIB, 'bytes')} />
      </Td>
      <Td className="max-md:hidden">
        <Taken label={words.volumesOf(id)} share={volumeBytes} measure={(amount) => fullMeasure(amount, 'bytes')} />
      </Td>
      <Td className="text-right tabular-nums max-sm:hidden">{sandboxes}</Td>
      <Td className="whitespace-nowrap text-muted max-lg:hidden">{seen}</Td>
    </Tr>
  );
}

interface TakenProps {
  label: string;
  share: Share | null;
  measure: (amount: number) => string;
  mayExceed?: boolean;
}

function Taken({ label, share, measure, mayExceed = false }: TakenProps) {
  if (!share) return <span className="text-faint">–</span>;
  return <Meter label={label} {...share} text={words.usedOf(measure(share.used), measure(share.total))} mayExceed={mayExceed} />;
}
