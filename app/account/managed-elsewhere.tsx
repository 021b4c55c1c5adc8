import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';

/** With OpenID Connect the provider keeps the account; this server only hears of it. */
export function ManagedElsewhere() {
  return (
    <Card
      title="Sign-in"
      description="Your identity provider manages your address, your password, two-factor sign-in and your other sessions. Change them there; they arrive here with your next sign-in."
    >
      <form method="post" action="/auth/sign-out">
        <Button type="submit">Sign out of this browser</Button>
      </form>
    </Card>
  );
}
