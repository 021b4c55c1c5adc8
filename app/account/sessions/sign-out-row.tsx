import { Button } from '@/app/_ui/button';

interface SignOutRowProps {
  scope: 'local' | 'others' | 'global';
  label: string;
  /** What it does, said beside it. */
  text: string;
}

/** A plain form: works while scripts are still loading, and no link can do it. */
export function SignOutRow({ scope, label, text }: SignOutRowProps) {
  return (
    <li className="px-4 py-3">
      <form
        method="post"
        action="/auth/sign-out"
        className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 sm:flex-nowrap"
      >
        <input type="hidden" name="scope" value={scope} />
        {scope === 'others' && <input type="hidden" name="next" value="/account/sessions" />}
        <p className="text-pretty text-muted text-sm">{text}</p>
        <Button type="submit" size="sm">
          {label}
        </Button>
      </form>
    </li>
  );
}
