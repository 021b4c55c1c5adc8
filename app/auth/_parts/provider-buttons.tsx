'use client';

import { type ReactNode, useState } from 'react';
import type { BrowserAuth } from '@/lib/supabase/browser-client';
import * as words from '@/messages/login-form';
import { refuseInsecurePage, useAuth } from './use-auth';
import { rememberWay } from './use-last-way';
import { WayButton } from './way-button';

/** An OAuth provider, and what people call it. */
export interface Provider {
  id: string;
  name: string;
  mark: ReactNode;
}

interface ProviderButtonsProps {
  providers: readonly Provider[];
  next: string;
  onProblem: (error: unknown) => void;
}

/** One button for every OAuth provider that is switched on at the auth server. */
export function ProviderButtons({ providers, next, onProblem }: ProviderButtonsProps) {
  const { auth, callbackUrl } = useAuth();
  const [leavingFor, setLeavingFor] = useState<string | null>(null);

  async function leaveFor(provider: string) {
    if (leavingFor) return;
    setLeavingFor(provider);
    try {
      refuseInsecurePage();
      const { error } = await (await auth()).signInWithOAuth({
        provider: provider as Parameters<BrowserAuth['signInWithOAuth']>[0]['provider'],
        options: { redirectTo: callbackUrl(next) },
      });
      if (error) throw error;
      rememberWay(`provider:${provider}`);
    } catch (error) {
      setLeavingFor(null);
      onProblem(error);
    }
  }

  return providers.map(({ id, name, mark }) => (
    <WayButton key={id} way={`provider:${id}`} pending={leavingFor === id} onClick={() => void leaveFor(id)}>
      {mark}
      {words.continueWith(name)}
    </WayButton>
  ));
}
