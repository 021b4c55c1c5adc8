import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import * as words from '@/messages/account';

/** With OpenID Connect the provider keeps the account; this server only hears of it. */
export function ManagedElsewhere() {
  return (
    <Card title={words.managedTitle} description={words.managedHint}>
      <form method="post" action="/auth/sign-out">
        <Button type="submit">{words.signOutHere}</Button>
      </form>
    </Card>
  );
}
