import type { ComponentProps } from 'react';
import { Field } from '@/app/_ui/field';
import { useEarlyTyping } from '@/app/_ui/use-early-typing';

type CodeFieldProps = Omit<ComponentProps<typeof Field>, 'onChange' | 'value'> & {
  value: string;
  onValue: (value: string) => void;
};

/** A one-time code: digits on a phone's keyboard, filled in by the system where it can. */
export function CodeField({ value, onValue, ref, ...props }: CodeFieldProps) {
  const typing = useEarlyTyping({ value, onValue, ref });
  return (
    <Field
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*[0-9]{3}\s?[0-9]{3,7}\s*"
      title="The digits of the code"
      placeholder="123456"
      spellCheck={false}
      required
      {...props}
      {...typing}
      className="[&_input]:font-mono [&_input]:tracking-[0.2em]"
    />
  );
}

/** The code without the spaces that people type or paste. */
export function plainCode(code: string): string {
  return code.replace(/\s+/g, '');
}
