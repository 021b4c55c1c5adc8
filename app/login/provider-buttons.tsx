'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';

interface ProviderButtonsProps {
  providers: readonly string[];
  next: string;
  onProblem: (error: unknown) => void;
}

const NAMES: Record<string, string> = {
  azure: 'Microsoft',
  bitbucket: 'Bitbucket',
  github: 'GitHub',
  gitlab: 'GitLab',
  google: 'Google',
  keycloak: 'Keycloak',
  linkedin_oidc: 'LinkedIn',
  slack_oidc: 'Slack',
};

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
    } catch (error) {
      setLeavingFor(null);
      onProblem(error);
    }
  }

  if (providers.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      {providers.map((provider) => (
        <Button key={provider} size="lg" pending={leavingFor === provider} onClick={() => void leaveFor(provider)}>
          Continue with {NAMES[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1)}
        </Button>
      ))}
    </div>
  );
}
