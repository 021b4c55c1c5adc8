'use client';

import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { EmailText } from '@/app/_ui/email-text';
import { Initial } from '@/app/_ui/initial';
import { PageHeader } from '@/app/_ui/page-header';
import { RangeLinks } from '@/app/_ui/range-links';
import { RelativeTime } from '@/app/_ui/relative-time';
import { SegmentedLinks } from '@/app/_ui/segmented-links';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { TimeChart } from '@/app/_ui/time-chart';
import { LONG, Row, Specimen } from './specimen';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 1);
const ROWS = Array.from({ length: 24 }, (_, hour) => ({
  at: START + hour * HOUR_MS,
  requests: hour % 7 === 3 ? null : 40 + ((hour * 37) % 60),
  errors: (hour * 5) % 9,
}));
const SERIES = [
  { name: 'requests', label: 'Requests', color: 'accent', shape: 'area', gaps: true },
  { name: 'errors', label: 'Errors', color: 'danger', shape: 'line' },
] as const;
const PRESETS = ['1h', '24h', '7d'].map((name) => ({
  name,
  label: `Last ${name}`,
  href: `/gallery?last=${name}`,
  current: name === '24h',
}));

/** What shows things. */
export function Data() {
  return (
    <>
      <Specimen title="Card">
        <Card
          title="A title"
          description="What it is about."
          actions={<Button size="sm">Act</Button>}
          footer="A quiet bar"
          className="w-full"
        >
          Content
        </Card>
        <Card title={LONG} className="w-full" />
        <Card className="w-full">Content alone</Card>
        <Card title="Flush" flush className="w-full">
          <People bare />
        </Card>
      </Specimen>
      <Specimen title="Table, Thead, Th, ActionsTh, Tr, Td" note="Hover a row; narrow the window, and it scrolls in its own box.">
        <div className="w-full">
          <People />
        </div>
        <div className="w-full">
          <Table label="Empty">
            <Head />
            <tbody />
          </Table>
        </div>
      </Specimen>
      <Specimen title="PageHeader">
        <div className="w-full">
          <PageHeader
            title="Members"
            description="3 people in Acme."
            actions={<Button variant="primary">Invite people</Button>}
          />
          <PageHeader title={LONG} />
        </div>
      </Specimen>
      <Specimen title="EmailText, Initial, RelativeTime" note="Hover for the whole of it.">
        <Row>
          <Initial of="Acme" /> <Initial of="ada@example.com" round /> <Initial of="" />
        </Row>
        <div className="w-40">
          <EmailText>{LONG}</EmailText>
        </div>
        <Row>
          <RelativeTime date={new Date(START)} /> <RelativeTime date="not a time" />
        </Row>
      </Specimen>
      <Specimen title="RangeLinks, SegmentedLinks">
        <RangeLinks path="/gallery" presets={PRESETS} from="" to="" />
        <SegmentedLinks label="State" links={PRESETS} />
      </Specimen>
      <Specimen title="TimeChart" note="Hover, or focus it and use the arrow keys.">
        <div className="w-full">
          <TimeChart label="Requests" unit="count" rows={ROWS} series={SERIES} spanMs={24 * HOUR_MS} />
          <TimeChart label="Nothing" unit="gib-hours" rows={[]} series={SERIES} spanMs={24 * HOUR_MS} />
        </div>
      </Specimen>
    </>
  );
}

function Head() {
  return (
    <Thead>
      <tr>
        <Th>Person</Th>
        <Th>Role</Th>
        <ActionsTh />
      </tr>
    </Thead>
  );
}

function People({ bare = false }: { bare?: boolean }) {
  return (
    <Table label="People" bare={bare}>
      <Head />
      <tbody>
        {['ada@example.com', LONG].map((email) => (
          <Tr key={email}>
            <Td className="w-full max-w-0 truncate">{email}</Td>
            <Td>
              <Badge>owner</Badge>
            </Td>
            <Td>
              <Button variant="ghost" size="sm">
                Remove
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
