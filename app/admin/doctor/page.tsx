import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Card } from '@/app/_ui/card';
import { Note } from '@/app/_ui/note';
import { PageHeader } from '@/app/_ui/page-header';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Skeleton } from '@/app/_ui/skeleton';
import type { OrgAccess } from '@/lib/access/org-access';
import { examineServer } from '@/lib/doctor/examine-server';
import type { Finding } from '@/lib/doctor/finding';
import { serverPage } from '@/lib/page/org-page';
import { LookAgain } from '../_parts/look-again';
import { FindingRow } from './finding-row';

export const metadata: Metadata = { title: 'Doctor' };

const GROUPS = [
  { status: 'fail', title: 'Needs fixing', description: 'People are kept out, or let in, by this.' },
  { status: 'warn', title: 'Worth a look', description: 'It works today, and may not hold.' },
  { status: 'skipped', title: 'Not checked', description: 'There was nothing to ask here.' },
  { status: 'ok', title: 'In order', description: null },
] as const;

export default async function DoctorPage() {
  // Before anything is sent, so that others are told 404; the examination may take seconds, and follows.
  const access = await serverPage('server:examine', '/admin/doctor');
  return (
    <>
      <PageHeader
        title="Doctor"
        description="What this server sees of its configuration, database and sign-in."
        actions={<LookAgain>Check again</LookAgain>}
      />
      <Suspense fallback={<Examining />}>
        <Report access={access} />
      </Suspense>
    </>
  );
}

function Examining() {
  return (
    <div role="status" className="flex flex-col gap-5">
      <span className="sr-only">Examining the server</span>
      <Skeleton className="h-16 rounded-md" />
      <Skeleton className="h-72 rounded-lg" />
    </div>
  );
}

async function Report({ access }: { access: OrgAccess<'server:examine'> }) {
  const { findings, at } = await examineServer(access);
  return (
    <div className="flex flex-col gap-5">
      <Summary findings={findings} at={at} />
      {GROUPS.map(({ status, title, description }) => {
        const found = findings.filter((finding) => finding.status === status);
        if (found.length === 0) return null;
        return (
          <Card key={status} flush title={`${title} (${found.length})`} description={description}>
            <ul className="divide-y">
              {found.map((finding) => (
                <FindingRow key={`${finding.id} ${finding.seen}`} finding={finding} />
              ))}
            </ul>
          </Card>
        );
      })}
    </div>
  );
}

function Summary({ findings, at }: { findings: Finding[]; at: Date }) {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const [broken, doubtful] = [count('fail'), count('warn')];
  const tone = broken > 0 ? 'danger' : doubtful > 0 ? 'warn' : 'accent';
  const icon = broken > 0 ? <CircleX /> : doubtful > 0 ? <TriangleAlert /> : <CircleCheck />;
  const counted = [
    broken > 0 && `${broken} ${broken === 1 ? 'needs' : 'need'} fixing`,
    doubtful > 0 && `${doubtful} ${doubtful === 1 ? 'is' : 'are'} worth a look`,
    `${count('ok')} in order`,
  ].filter(Boolean);
  return (
    <Note
      tone={tone}
      icon={icon}
      title={broken + doubtful === 0 ? 'Everything that could be checked is in order.' : `${counted.join(', ')}.`}
    >
      <span>
        Checked <RelativeTime date={at} />. The same as <code className="font-mono text-xs">pandastack doctor</code> on its
        machine.
      </span>
    </Note>
  );
}
