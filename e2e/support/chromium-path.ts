import { existsSync } from 'node:fs';
import process from 'node:process';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** The browser that CHROMIUM names, or Debian's; undefined leaves it to Playwright. */
export function chromiumPath(): string | undefined {
  return process.env.CHROMIUM ?? (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);
}
