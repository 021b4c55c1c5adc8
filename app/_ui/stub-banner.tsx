import * as words from '@/messages/ui';

/** Says on every page that nobody is really signed in here. */
export function StubBanner({ email }: { email?: string }) {
  return (
    <aside
      aria-label={words.stubMode}
      className="stripes border-warn-line border-b bg-warn-soft text-center text-warn-ink text-xs"
    >
      <p className="inline-block bg-warn-soft px-3 py-1">
        {words.stubNote(
          (text) => (
            <strong className="font-semibold">{text}</strong>
          ),
          (text) => (
            <span className="max-sm:hidden">{text}</span>
          ),
          email ?? words.stubPerson,
        )}
      </p>
    </aside>
  );
}
