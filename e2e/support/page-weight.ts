import type { Browser, BrowserContext, Page, Response } from '@playwright/test';

export interface PageWeight {
  /** Compressed bytes of JavaScript, as they came over the wire. */
  scripts: number;
  /** The largest scripts, for whoever has to find out what became large. */
  largest: string[];
  /** Cumulative layout shift (web.dev/cls), the sum of all shifts without an input before them. */
  shift: number;
  /** What moved most. */
  moved: string[];
}

/** Slow enough that what is loaded late is seen to come late. */
const SLOW_NETWORK = { offline: false, latency: 80, downloadThroughput: 600_000, uploadThroughput: 600_000 };
/** Longer than anything here waits before it shows something. */
const SETTLED_MS = 700;

/** A page of a context whose loads are slow and never come out of a cache. */
export async function slowPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools.send('Network.emulateNetworkConditions', SLOW_NETWORK);
  await page.addInitScript(() => {
    const shifts: { value: number; what: string }[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        const rectOf = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ');
        const what = entry.sources.map(({ node, previousRect, currentRect }) => {
          const name = node instanceof Element ? node.outerHTML.slice(0, 100) : node?.nodeName;
          return `${name} from ${rectOf(previousRect)} to ${rectOf(currentRect)}`;
        });
        shifts.push({ value: entry.value, what: what.join(' | ') });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return page;
}

/** Loads a page and weighs it once nothing more arrives. */
export async function weigh(page: Page, path: string): Promise<PageWeight> {
  const scripts: Response[] = [];
  const note = (response: Response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  };
  page.on('response', note);
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.waitForTimeout(SETTLED_MS);
  page.off('response', note);
  const sizes = await Promise.all(
    scripts.map(async (response) => ({
      name: new URL(response.url()).pathname.split('/').at(-1) ?? '',
      bytes: (await response.request().sizes()).responseBodySize,
    })),
  );
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: { value: number; what: string }[] }).shifts);
  return {
    scripts: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    largest: sizes
      .toSorted((a, b) => b.bytes - a.bytes)
      .slice(0, 6)
      .map(({ name, bytes }) => `${name} ${bytes}`),
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
    moved: shifts.toSorted((a, b) => b.value - a.value).map(({ value, what }) => `${value.toFixed(3)} ${what}`),
  };
}

/** The same profile on a phone. */
export async function onPhone(browser: Browser, context: BrowserContext): Promise<BrowserContext> {
  return browser.newContext({ storageState: await context.storageState(), viewport: { width: 360, height: 740 } });
}
