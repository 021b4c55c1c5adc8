'use client';

import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { toast } from '@/app/_ui/toast';
import * as words from '@/messages/ui';
import { rememberOrg } from '../remember-org';
import type { Effect } from './command';

/** Does what a command is for. */
export function useRun(onHelp: () => void): (effect: Effect) => void {
  const router = useRouter();
  const { setTheme } = useTheme();

  return (effect) => {
    switch (effect.kind) {
      case 'open':
        return router.push(effect.href);
      case 'switch':
        void rememberOrg(effect.org);
        return router.push(effect.href);
      case 'copy':
        return void copy(effect.value);
      case 'theme':
        return setTheme(effect.theme);
      case 'sign-out':
        return signOut();
      case 'help':
        return onHelp();
    }
  };
}

async function copy(value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
    toast.success(words.copied, { description: value });
  } catch {
    // Plain http on another host has no clipboard; the toast's text can be selected.
    toast.error(words.copyRefused, { description: value });
  }
}

/** As the account's menu does: a plain form, so that the answer is a page. */
function signOut(): void {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: '/auth/sign-out', hidden: true });
  document.body.append(form);
  form.submit();
}
