import { ArrowRight, Check } from 'lucide-react';
import Link from 'next/link';
import { Card } from '@/app/_ui/card';
import { cn } from '@/app/_ui/class-names';
import * as words from '@/messages/overview';
import type { Overview } from './read-overview';

interface FirstStepsProps {
  base: string;
  overview: Overview;
  mayInvite: boolean;
}

interface Step {
  title: string;
  text: string;
  href: string;
  done: boolean;
}

/** Ticks itself off by what the org holds, and goes away with the last step. */
export function FirstSteps({ base, overview, mayInvite }: FirstStepsProps) {
  const steps: Step[] = [
    { title: words.tokenStep, text: words.tokenStepHint, href: `${base}/tokens?new`, done: overview.tokens > 0 },
    {
      title: words.callStep,
      text: words.callStepHint,
      href: `${base}#call-the-api`,
      done: overview.hasCalled,
    },
  ];
  if (mayInvite) {
    steps.unshift({
      title: words.inviteStep,
      text: words.inviteStepHint,
      href: `${base}/members?invite`,
      done: overview.hasInvited,
    });
  }
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  return (
    <Card
      title={words.firstSteps}
      actions={<span className="text-muted text-sm tabular-nums">{words.stepsDone(done, steps.length)}</span>}
      flush
    >
      <ol className="divide-y">
        {steps.map((step) => (
          <StepLine key={step.title} {...step} />
        ))}
      </ol>
    </Card>
  );
}

function StepLine({ title, text, href, done }: Step) {
  const line = (
    <>
      <span
        aria-hidden="true"
        className={cn(
          'grid size-5 shrink-0 place-items-center rounded-full border',
          done ? 'border-transparent bg-accent-soft text-accent-ink' : 'border-line-strong',
        )}
      >
        {done && <Check className="size-3" />}
      </span>
      <span className="min-w-0 flex-1">
        <span className={cn('block', done ? 'text-muted line-through decoration-line-strong' : 'font-medium')}>{title}</span>
        {!done && <span className="block text-muted text-sm">{text}</span>}
        {done && <span className="sr-only">{words.stepDone}</span>}
      </span>
    </>
  );
  if (done) return <li className="flex items-center gap-3 px-4 py-2.5">{line}</li>;
  return (
    <li>
      <Link href={href} className="-outline-offset-2 flex items-center gap-3 px-4 py-2.5 transition-colors hover:bg-canvas">
        {line}
        <ArrowRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
      </Link>
    </li>
  );
}
