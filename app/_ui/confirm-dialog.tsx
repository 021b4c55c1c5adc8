'use client';

import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import * as words from '@/messages/ui';
import { Button } from './button';
import { Dialog, DialogActions, DialogClose } from './dialog';
import { ErrorNote } from './error-note';
import { Field } from './field';
import { focusBeside } from './focus-beside';
import { Form } from './form';

interface ConfirmDialogProps {
  title: ReactNode;
  /** What will happen, what ends with it, whether it can be undone. */
  description?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The verb on the button: "Remove", never "OK". */
  confirmLabel: string;
  tone?: 'danger' | 'primary';
  /** The person must type this (an org's slug) before the button works. */
  typeToConfirm?: string;
  /** False while something must be shown before the button works. */
  ready?: boolean;
  /** Throw to keep the dialog open: the error's message (and hint, if it has one) is shown inside. */
  onConfirm: () => Promise<void>;
  children?: ReactNode;
}

interface Failure {
  message: string;
  hint?: string;
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: words.failed };
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined;
  return { message: error.message, hint };
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, trigger, confirmLabel, tone = 'danger', typeToConfirm, ready = true, onConfirm, children } = props;
  const [ownOpen, setOwnOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const open = props.open ?? ownOpen;
  const rememberOpener = useFocusBesideLost();
  const blocked = !ready || (typeToConfirm !== undefined && typed.trim() !== typeToConfirm);

  function changeOpen(next: boolean) {
    if (pending) return;
    setTyped('');
    setFailure(null);
    if (next) rememberOpener();
    setOwnOpen(next);
    props.onOpenChange?.(next);
  }

  async function confirm() {
    if (blocked || pending) return;
    setPending(true);
    setFailure(null);
    try {
      await onConfirm();
      setOwnOpen(false);
      props.onOpenChange?.(false);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog title={title} description={description} trigger={trigger} open={open} onOpenChange={changeOpen}>
      <Form onSubmit={() => void confirm()} className="flex flex-col gap-3">
        {children}
        {typeToConfirm !== undefined && (
          <Field
            label={words.typeToConfirm(<code className="select-all font-mono text-xs">{typeToConfirm}</code>)}
            value={typed}
            onValue={setTyped}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {failure && <ErrorNote {...failure} />}
        <DialogActions>
          <DialogClose>
            <Button disabled={pending}>{words.cancel}</Button>
          </DialogClose>
          <Button type="submit" variant={tone} pending={pending} disabled={blocked}>
            {confirmLabel}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

/** Once done, the button that asked may go with what it stood for. If it has the focus then, that goes on from beside it. */
function useFocusBesideLost(): () => void {
  const opener = useRef<Element | null>(null);
  useLayoutEffect(
    () => () => {
      if (opener.current && opener.current === document.activeElement) focusBeside(opener.current);
    },
    [],
  );
  return () => {
    opener.current = document.activeElement;
  };
}
