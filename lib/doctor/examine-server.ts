import process from 'node:process';
import { z } from 'zod';
import { db } from '@/db/postgres';
import type { OrgAccess } from '@/lib/access/org-access';
import { runDoctor } from './run-doctor';

type Examination = Awaited<ReturnType<typeof runDoctor>> & { at: Date };

const holder = globalThis as typeof globalThis & { __pandastackExamination?: Promise<Examination> | undefined };

/** The doctor's report of the server that answers. Whoever asks while one is being made waits for that one. */
export function examineServer(_access: OrgAccess<'server:examine'>): Promise<Examination> {
  holder.__pandastackExamination ??= runDoctor(process.env, db())
    .then((report) => ({ ...report, at: new Date() }))
    .finally(() => {
      holder.__pandastackExamination = undefined;
    });
  return holder.__pandastackExamination;
}

/** As /v1 tells it. */
export function presentExamination({ usable, findings, at }: Examination): z.input<typeof examinationAnswer> {
  return { usable, checked_at: at.toISOString(), findings };
}

export const examinationAnswer = z
  .object({
    usable: z.boolean().meta({ description: 'False: the service would refuse to start with this configuration.' }),
    checked_at: z.iso.datetime(),
    findings: z.array(
      z
        .object({
          id: z.string().meta({ description: 'Stable; docs/troubleshooting.md lists them.' }),
          status: z.enum(['ok', 'warn', 'fail', 'skipped']),
          seen: z.string(),
          expected: z.string(),
          fix: z.string().nullable(),
          command: z.string().nullable().meta({ description: 'A command, SQL or setting that does it.' }),
          symptom: z.string().nullable().meta({ description: 'The chapter of the guide that it answers.' }),
        })
        .meta({ id: 'Finding', description: 'What one check saw, and what to do.' }),
    ),
  })
  .meta({ id: 'Examination', description: 'What the doctor says of the server. Never a secret.' });
