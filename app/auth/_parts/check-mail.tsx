'use client';

import { MailCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { EmailText } from '@/app/_ui/email-text';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Note } from '@/app/_ui/note';
import * as words from '@/messages/check-mail';
import { type AuthProblem, authProblem } from './auth-problem';

interface CheckMailProps {
  email: string;
  /** What was sent, and to whom if anybody: must read the same whether the address has an account or not. */
  text: string;
  onCode: (code: string) => Promise<void>;
  onResend: () => Promise<void>;
  onBack: () => void;
}

const WAIT_SECONDS = 60;

/** After a mail was asked for: the link does the rest, or the code from the mail is typed in here (on another device). */
export function CheckMail({ email, text, onCode, onResend, onBack }: CheckMailProps) {
  const [code, setCode] = useState('');
  const [pending, setPending] = useState<'code' | 'resend' | null>(null);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const [wait, setWait] = useState(WAIT_SECONDS);

  useEffect(() => {
    if (wait === 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);

  async function run(what: 'code' | 'resend', work: () => Promise<void>) {
    if (pending) return;
    setPending(what);
    setProblem(null);
    try {
      await work();
      if (what === 'resend') setWait(WAIT_SECONDS);
    } catch (error) {
      setProblem(await authProblem(error));
    }
    setPending(null);
  }

  function submit() {
    void run('code', () => onCode(code.trim()));
  }

  return (
    <div className="flex flex-col gap-5">
      <Note tone="accent" icon={<MailCheck />} title={words.title(<EmailText>{email}</EmailText>)} role="status">
        {text}
      </Note>
      <Form onSubmit={submit} className="flex flex-col gap-3">
        {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
        <Field
          label={words.orEnterCode}
          name="code"
          value={code}
          onValue={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\s*[0-9]{6,10}\s*"
          title={words.codeFormat}
          placeholder="123456"
          className="[&_input]:font-mono [&_input]:tracking-[0.2em]"
          required
        />
        <Button type="submit" size="lg" pending={pending === 'code'}>
          {words.signIn}
        </Button>
      </Form>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button variant="ghost" className="-ml-3" onClick={onBack}>
          {words.otherAddress}
        </Button>
        <Button
          variant="ghost"
          className="-mr-3"
          disabled={wait > 0}
          pending={pending === 'resend'}
          onClick={() => void run('resend', onResend)}
        >
          {wait > 0 ? words.sendAgainIn(wait) : words.sendAgain}
        </Button>
      </div>
    </div>
  );
}
