import type { BusEvent, Sandbox } from '../agent';

/** Tells those who follow the sandbox's events, and keeps it for those who ask later. */
export function emit(sandbox: Sandbox, type: string, payload?: Record<string, unknown>): void {
  const event: BusEvent = { time: new Date().toISOString(), sandbox_id: sandbox.id, type, ...(payload && { payload }) };
  sandbox.events.push(event);
  for (const hear of sandbox.listeners) hear(event);
}
