import type { ComponentProps } from 'react';
import { Field } from '@/app/_ui/field';
import * as words from '@/messages/code-field';

type CodeFieldProps = ComponentProps<typeof Field> & { value: string; onValue: (value: string) => void };

/** A one-time code: digits on a phone's keyboard, filled in by the system where it can. */
export function CodeField(props: CodeFieldProps) {
  return (
    <Field
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*[0-9]{3}\s?[0-9]{3,7}\s*"
      title={words.format}
      placeholder="123456"
      spellCheck={false}
      required
      {...props}
      className="[&_input]:font-mono [&_input]:tracking-[0.2em]"
    />
  );
}

/** The code without the spaces that people type or paste. */
export function plainCode(code: string): string {
  return code.replace(/\s+/g, '');
}
