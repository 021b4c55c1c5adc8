/** Says on every page that nobody is really signed in here. */
export function StubBanner({ email }: { email?: string }) {
  return (
    <aside aria-label="Stub mode" className="stripes border-warn-line border-b bg-warn-soft text-center text-warn-ink text-xs">
      <p className="inline-block bg-warn-soft px-3 py-1">
        <strong className="font-semibold">Stub mode.</strong>{' '}
        <span className="max-sm:hidden">Everybody is {email ?? 'the local developer'}; no password is asked. </span>Never for
        production.
      </p>
    </aside>
  );
}
