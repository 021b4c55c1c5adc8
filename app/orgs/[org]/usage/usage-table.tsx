import Link from 'next/link';
import { Card } from '@/app/_ui/card';
import { fullMeasure } from '@/app/_ui/measure';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { MOST_ROWS } from '@/lib/usage/read-usage';
import type { Amounts } from '@/lib/usage/used-spans';
import * as words from '@/messages/usage';
import { HOUR, MEASURES } from './usage-totals';

interface UsageTableProps {
  title: string;
  /** Of the first column. */
  heading: string;
  rows: readonly (Amounts & { name: string; detail?: string; href?: string })[];
}

/** What each used, the largest first. */
export function UsageTable({ title, heading, rows }: UsageTableProps) {
  const order = rows.length === MOST_ROWS ? words.byTimeLargest(MOST_ROWS) : words.byTime;
  return (
    <Card className="mt-5" title={title} description={order} flush>
      <Table label={title} bare>
        <Thead>
          <tr>
            <Th>{heading}</Th>
            {MEASURES.map(({ name, label }) => (
              <Th key={name} className="text-right">
                {label}
              </Th>
            ))}
          </tr>
        </Thead>
        <tbody>
          {rows.map(({ name, detail, href, ...amounts }) => (
            <Tr key={name}>
              <Td className="h-9 whitespace-nowrap">
                <Named name={name} href={href} />
                {detail && <span className="ml-2 text-faint text-sm">{detail}</span>}
              </Td>
              {MEASURES.map(({ name: measure, unit }) => (
                <Td key={measure} className="h-9 whitespace-nowrap text-right tabular-nums">
                  {fullMeasure(amounts[measure] / HOUR, unit)}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Named({ name, href }: { name: string; href: string | undefined }) {
  if (!href) return <span className="font-mono">{name}</span>;
  return (
    <Link href={href} className="rounded-sm font-mono underline-offset-4 hover:underline">
      {name}
    </Link>
  );
}
