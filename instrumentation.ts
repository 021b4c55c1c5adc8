/** Next calls this before it serves: under `next dev` it opens the stores; in the built product server.ts already has. */
export async function register(): Promise<void> {
  // Written with the global `process`: Next replaces this expression and drops the branch from its edge build.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { boot } = await import('./lib/boot');
    await boot();
  }
}
