import Link from 'next/link';
import { Card } from '@/app/_ui/card';
import { fullMeasure } from '@/app/_ui/measure';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { type BusySandbox, MOST_SANDBOXES } from '@/lib/metrics/list-sandboxes';
import * as words from '@/messages/observability';

interface BusySandboxesProps {
  sandboxes: readonly BusySandbox[];
  /** Of the page that a row leads to, without the id. */
  path: string;
  /** Keeps the range that is shown. */
  search: string;
}

export function BusySandboxes({ sandboxes, path, search }: BusySandboxesProps) {
  return (
    <Card className="mt-5" title={words.busiest} description={words.busiestHint(MOST_SANDBOXES)} flush>
      {sandboxes.length === 0 ? (
        <p className="px-4 py-6 text-center text-faint text-sm">{words.noReadings}</p>
      ) : (
        <Table label={words.busiest} bare>
          <Thead>
            <tr>
              <Th>{words.sandbox}</Th>
              <Th className="text-right">{words.cpuMean}</Th>
              <Th className="text-right">{words.memoryHighest}</Th>
              <Th className="text-right">{words.lastReading}</Th>
            </tr>
          </Thead>
          <tbody>
            {sandboxes.map(({ id, cpuPct, memBytes, lastSeenAt }) => (
              <Tr key={id}>
                <Td className="h-9 whitespace-nowrap">
                  <Link
                    href={`${path}/${encodeURIComponent(id)}/metrics${search}`}
                    className="rounded-sm font-mono underline-offset-4 hover:underline"
                  >
                    {id}
                  </Link>
                </Td>
                <Td className="h-9 whitespace-nowrap text-right tabular-nums">{fullMeasure(cpuPct, 'percent')}</Td>
                <Td className="h-9 whitespace-nowrap text-right tabular-nums">{fullMeasure(memBytes, 'bytes')}</Td>
                <Td className="h-9 whitespace-nowrap text-right text-muted">
                  <RelativeTime date={lastSeenAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
