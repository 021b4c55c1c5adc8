import type { ChildProcess } from 'node:child_process';
import type { Database } from '@/db/postgres';
import type { AgentOptions } from './options';

/** What one running stand-in knows. Files lie in `folder`, which goes with it. */
export interface Agent {
  id: string;
  endpoint: string;
  options: AgentOptions;
  folder: string;
  database: Database;
  sandboxes: Map<string, Sandbox>;
  snapshots: Map<string, Snapshot>;
  templates: Map<string, Template>;
  builds: Map<string, Build>;
  volumes: Volume[];
  boots: Boot[];
  /** Rows still being written: as the real agent does, after the caller has their answer. */
  writing: Set<Promise<unknown>>;
  log(line: string): void;
}

export type SandboxStatus = 'creating' | 'running' | 'paused' | 'hibernated';
export type Metadata = Record<string, string>;

export interface Sandbox {
  id: string;
  template: string;
  cpu: number;
  memoryMb: number;
  status: SandboxStatus;
  metadata: Metadata;
  fromSnapshot: string;
  bootMs: number;
  bootMode: string;
  createdAt: Date;
  persistent: boolean;
  ttlSeconds: number;
  /** What its processes take for their home, and what the file routes call "/". */
  root: string;
  /** The root, and the folders of its volumes: where a path may lead. */
  reachable: string[];
  console: string;
  lastActivity: number;
  runningSince: number | undefined;
  /** Process groups that live, by their leader's process id. */
  groups: Set<number>;
  /** Settles when a paused sandbox goes on; commands wait for it. */
  resumed: PromiseWithResolvers<void> | undefined;
  sessions: Map<string, ReplSession>;
  events: BusEvent[];
  listeners: Set<(event: BusEvent) => void>;
}

export interface BusEvent {
  time: string;
  sandbox_id: string;
  type: string;
  payload?: Record<string, unknown>;
}

export interface ReplSession {
  id: string;
  language: string;
  createdAt: Date;
  cells: number;
  process: ChildProcess;
  run(code: string, timeoutMs: number): Promise<Record<string, unknown>>;
}

export interface Snapshot {
  id: string;
  sandboxId: string;
  workspace: string;
  template: string;
  createdAt: Date;
  folder: string;
}

export interface Template {
  name: string;
  cpu: number;
  memoryMb: number;
  sizeBytes: number;
  /** Empty for one that everybody sees and nobody may remove. */
  owner: string;
}

export interface Build {
  id: string;
  name: string;
  status: 'queued' | 'running' | 'done' | 'failed';
  error?: string;
  startedAt: Date;
  endedAt?: Date;
  sizeMb: number;
  cpu: number;
  memoryMb: number;
  bytes: number;
  owner: string;
}

export interface Volume {
  name: string;
  workspace: string;
  sizeMb: number;
  folder: string;
}

export interface Boot {
  sandboxId: string;
  workspace: string;
  template: string;
  bootMode: string;
  bootMs: number;
  at: Date;
}

export const workspaceOf = (sandbox: Pick<Sandbox, 'metadata'>): string => sandbox.metadata.workspace ?? '';
