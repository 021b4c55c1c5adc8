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
import * as words from '@/messages/admin-doctor';
import { LookAgain } from '../_parts/look-again';
import { FindingRow } from './finding-row';

export const metadata: Metadata = { title: words.title };

const STATUSES = ['fail', 'warn', 'skipped', 'ok'] as const;

export default async function DoctorPage() {
  // Before anything is sent, so that others are told 404; the examination may take seconds, and follows.
  const access = await serverPage('server:examine', '/admin/doctor');
  return (
    <>
      <PageHeader title={words.title} description={words.description} actions={<LookAgain>{words.checkAgain}</LookAgain>} />
      <Suspense fallback={<Examining />}>
        <Report access={access} />
      </Suspense>
    </>
  );
}

function Examining() {
  return (
    <div role="status" className="flex flex-col gap-5">
      <span className="sr-only">{words.examining}</span>
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
      {STATUSES.map((status) => {
        const found = findings.filter((finding) => finding.status === status);
        if (found.length === 0) return null;
        const { title, description } = words.groups[status];
        return (
          <Card key={status} flush title={title(found.length)} description={description}>
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
  return (
    <Note
      tone={tone}
      icon={icon}
      title={broken + doubtful === 0 ? words.allInOrder : words.summary(broken, doubtful, count('ok'))}
    >
      <span>
        {words.checked(<RelativeTime date={at} />, (text) => (
          <code className="font-mono text-xs">{text}</code>
        ))}
      </span>
    </Note>
  );
}
