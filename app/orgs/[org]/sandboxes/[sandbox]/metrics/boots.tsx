import { Card } from '@/app/_ui/card';
import { fullMeasure } from '@/app/_ui/measure';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { Boot } from '@/lib/metrics/get-sandbox-boots';

/** The last boots of a sandbox, whatever the range: most have only one. */
export function Boots({ boots }: { boots: readonly Boot[] }) {
  return (
    <Card className="mt-5" title="Boots" description="The last ones, whatever the range." flush>
      {boots.length === 0 ? (
        <p className="px-4 py-6 text-center text-faint text-sm">No boot of this sandbox was reported</p>
      ) : (
        <Table label="Boots" bare>
          <Thead>
            <tr>
              <Th>When</Th>
              <Th>Template</Th>
              <Th>Kind</Th>
              <Th>Snapshot</Th>
              <Th className="text-right">Time</Th>
            </tr>
          </Thead>
          <tbody>
            {boots.map(({ at, template, mode, fromSnapshot, bootMs }) => (
              <Tr key={at.getTime()}>
                <Td className="h-9 whitespace-nowrap">
                  <RelativeTime date={at} />
                </Td>
                <Td className="h-9">{template || '–'}</Td>
                <Td className="h-9">{mode || '–'}</Td>
                <Td className="h-9 font-mono">{fromSnapshot || '–'}</Td>
                <Td className="h-9 whitespace-nowrap text-right tabular-nums">{fullMeasure(bootMs, 'ms')}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
