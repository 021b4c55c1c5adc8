import { Card } from '@/app/_ui/card';
import { fullMeasure } from '@/app/_ui/measure';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { Boot } from '@/lib/metrics/get-sandbox-boots';
import * as words from '@/messages/sandbox-metrics';

/** The last boots of a sandbox, whatever the range: most have only one. */
export function Boots({ boots }: { boots: readonly Boot[] }) {
  return (
    <Card className="mt-5" title={words.boots} description={words.bootsHint} flush>
      {boots.length === 0 ? (
        <p className="px-4 py-6 text-center text-faint text-sm">{words.noBoots}</p>
      ) : (
        <Table label={words.boots} bare>
          <Thead>
            <tr>
              <Th>{words.when}</Th>
              <Th>{words.template}</Th>
              <Th>{words.kind}</Th>
              <Th>{words.snapshot}</Th>
              <Th className="text-right">{words.time}</Th>
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
