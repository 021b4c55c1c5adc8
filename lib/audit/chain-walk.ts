import { hashEvent, type SealedEvent } from './chain-link';

/** As the table says: `TTL … INTERVAL 365 DAY`. */
const KEPT_MS = 365 * 86_400_000;

export interface ChainBreak {
  /**
   * missing: an event is gone. altered: an event is not what was sealed. reordered: an event does not follow the one before it.
   * truncated: the end is gone. rewritten: the end is not what Postgres knows. foreign: an event the chain does not know.
   */
  kind: 'missing' | 'altered' | 'reordered' | 'truncated' | 'rewritten' | 'foreign';
  /** The number of the first event concerned; null for one without. */
  seq: number | null;
  /** Null for an event that is gone. */
  eventId: string | null;
}

/** Follows a chain from its beginning, in steps, until its first break. */
export class ChainWalk {
  broken: ChainBreak | null = null;
  verified = 0;
  expired = 0;
  /** The number that comes next, and the event before it; undefined at the start. */
  private next = 1;
  private before: SealedEvent | undefined;

  constructor(private readonly nowMs: number) {}

  /** Takes the events up to a number, ordered by theirs. */
  take(events: SealedEvent[]): void {
    for (const event of events) {
      if (this.broken) return;
      this.broken = this.judge(event);
      if (this.broken) return;
      this.verified += 1;
      this.next = event.seq + 1;
      this.before = event;
    }
  }

  /** Compares the end with what Postgres knows of it. */
  end(head: { seq: number; hash: string; lastAt: Date | null }): void {
    if (this.broken || head.seq === 0) return;
    if (this.next <= head.seq) {
      if (this.isKept(head.lastAt?.getTime() ?? 0)) this.broken = { kind: 'truncated', seq: this.next, eventId: null };
      else this.expired += head.seq - this.next + 1;
    } else if (this.before && this.before.hash !== head.hash)
      this.broken = { kind: 'rewritten', seq: head.seq, eventId: this.before.event_id };
  }

  private judge(event: SealedEvent): ChainBreak | null {
    const broken = (kind: ChainBreak['kind']) => ({ kind, seq: event.seq, eventId: event.event_id });
    // A number met again: two versions of one event.
    if (event.seq < this.next || hashEvent(event) !== event.hash) return broken('altered');
    if (event.seq > this.next) return this.judgeGap(event);
    const follows = event.prev_hash === (this.before?.hash ?? '') && event.prev_ts === (this.before?.ts ?? 0);
    return follows ? null : broken('reordered');
  }

  /** What is missing may have expired: the event after it says, under its hash, how old the last of them was. */
  private judgeGap(event: SealedEvent): ChainBreak | null {
    if (this.isKept(event.prev_ts)) return { kind: 'missing', seq: this.next, eventId: null };
    this.expired += event.seq - this.next;
    return null;
  }

  private isKept(atMs: number): boolean {
    return atMs > this.nowMs - KEPT_MS;
  }
}
