'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { CopyField } from '@/app/_ui/copy-field';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import * as words from '@/messages/authenticator';
import { CodeField, plainCode } from './code-field';
import { startEnrolment, type TotpEnrolment } from './start-enrolment';
import { useAccountWork } from './use-account-work';

interface EnrolTotpProps {
  /** What the new authenticator is called unless the person says otherwise; unique among theirs. */
  suggestion: string;
  /** The page has nothing else to do: its buttons are as large as its fields. */
  size?: 'md' | 'lg';
  /** The session is aal2 and its cookies are written. */
  onDone: () => void;
}

/** Name, QR code, first code: an authenticator counts only after it has shown that it works. */
export function EnrolTotp({ suggestion, size = 'md', onDone }: EnrolTotpProps) {
  const { pending, problem, run } = useAccountWork();
  const [name, setName] = useState(suggestion);
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  const [code, setCode] = useState('');

  function begin() {
    void run(async (auth) => setEnrolment(await startEnrolment(auth, name.trim())));
  }

  function verify() {
    void run(async (auth) => {
      const { error } = await auth.mfa.challengeAndVerify({ factorId: enrolment?.factorId ?? '', code: plainCode(code) });
      if (error) throw error;
      onDone();
    });
  }

  const note = problem && <ErrorNote message={problem.message} hint={problem.hint} />;
  if (!enrolment) {
    return (
      <Form onSubmit={begin} className="flex flex-col gap-4">
        <Field
          label={words.name}
          value={name}
          onValue={setName}
          hint={words.nameHint}
          maxLength={60}
          autoComplete="off"
          required
        />
        {note}
        <Button
          type="submit"
          variant="primary"
          size={size}
          pending={pending}
          className={size === 'md' ? 'self-start' : undefined}
        >
          {words.showQrCode}
        </Button>
      </Form>
    );
  }
  return (
    <Form onSubmit={verify} className="flex flex-col gap-4">
      <p className="text-muted text-sm">{words.scan}</p>
      {/* White whatever the theme: scanners want dark on light, with a margin. */}
      <div className="w-fit self-center rounded-lg border bg-white p-3">
        {/* biome-ignore lint/performance/noImgElement: a picture of a few KB that is in the page already */}
        <img src={enrolment.qrCode} alt={words.qrCode} width={176} height={176} className="size-44" />
      </div>
      <CopyField value={enrolment.secret} label={words.copyKey} />
      <CodeField label={words.code} value={code} onValue={setCode} />
      {note}
      <Button type="submit" variant="primary" size={size} pending={pending} className={size === 'md' ? 'self-start' : undefined}>
        {words.turnOn}
      </Button>
    </Form>
  );
}
