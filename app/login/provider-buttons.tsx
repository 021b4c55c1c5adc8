'use client';

import { useState } from 'react';
import { refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';
import { providerName } from './provider-names';
import { rememberWay } from './use-last-way';
import { WayButton } from './way-button';

interface ProviderButtonsProps {
  providers: readonly string[];
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
      const { error } = await auth().signInWithOAuth({
        provider: provider as Parameters<ReturnType<typeof auth>['signInWithOAuth']>[0]['provider'],
        options: { redirectTo: callbackUrl(next) },
      });
      if (error) throw error;
      rememberWay(`provider:${provider}`);
    } catch (error) {
      setLeavingFor(null);
      onProblem(error);
    }
  }

  return providers.map((provider) => (
    <WayButton
      key={provider}
      way={`provider:${provider}`}
      pending={leavingFor === provider}
      onClick={() => void leaveFor(provider)}
    >
      Continue with {providerName(provider)}
    </WayButton>
  ));
}
