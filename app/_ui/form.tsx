'use client';

import { type ComponentProps, createContext, type FormEvent, use } from 'react';

const Scripted = createContext(false);

/** Whether the form around a button is one that only the page's script can send. */
export const useScriptedForm = () => use(Scripted);

interface FormProps extends Omit<ComponentProps<'form'>, 'action' | 'method' | 'onSubmit'> {
  /** What sending does; the browser's own way of sending is prevented already. */
  onSubmit: () => void;
}

/**
 * A form whose sending is script. Its submit button waits for the script (button.tsx), which also stops Enter in a field: sent by the
 * browser itself, the page would load anew and what was typed be lost. POST all the same: a password must never reach the address bar.
 */
export function Form({ onSubmit, ...props }: FormProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }

  return (
    <Scripted value={true}>
      <form method="post" onSubmit={submit} {...props} />
    </Scripted>
  );
}
