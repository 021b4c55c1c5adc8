import process from 'node:process';

/** Next calls this before it serves: under `next dev` it opens the stores; in the built product server.ts already has. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { boot } = await import('./lib/boot');
  await boot();
}
