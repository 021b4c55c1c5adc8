import type { ReactNode } from 'react';

export const LONG = 'An-unbroken-name-of-an-organization-that-somebody-has-really-given-it-0123456789@a-long-domain.example.com';

interface SpecimenProps {
  title: string;
  /** What to do to see a state that does not stand here. */
  note?: string;
  children: ReactNode;
}

/** The same twice: in light and in dark. */
export function Specimen({ title, note, children }: SpecimenProps) {
  return (
    <section aria-label={title}>
      <h2 className="font-semibold text-lg">{title}</h2>
      {note && <p className="text-muted text-sm">{note}</p>}
      <div className="mt-2 grid gap-3 md:grid-cols-2">
        {['light', 'dark'].map((theme) => (
          <div key={theme} className={`${theme} min-w-0 rounded-lg border bg-canvas p-4 text-ink`}>
            <div className="flex flex-col items-start gap-3">{children}</div>
          </div>
        ))}
      </div>
    </section>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex w-full flex-wrap items-center gap-2">{children}</div>;
}
