import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { width: 360, height: 740 };

/** What axe finds on the page as it stands, but within `ignored`. In the middle of a navigation a page may have no title yet. */
export async function axeFaults(page: Page, ignored: string[] = []): Promise<string[]> {
  await expect(page).toHaveTitle(/./);
  const axe = ignored.reduce((builder, part) => builder.exclude(part), new AxeBuilder({ page }).withTags(RULES));
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target).join(' | ')}`);
}

/** What is wrong with what stands on the screen, in both themes and on a phone; `state` names it. */
export async function faultsOf(page: Page, state: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    faults.push(...(await axeFaults(page)).map((fault) => `${state} (${colorScheme}): ${fault}`));
    await picture(page, `${state}-${colorScheme}`);
  }
  const desktop = page.viewportSize();
  await page.setViewportSize(PHONE);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) faults.push(`${state}: ${overflow} px wider than a phone`);
  await picture(page, `${state}-phone`);
  if (desktop) await page.setViewportSize(desktop);
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

/** For a person's eyes: E2E_PICTURES names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.E2E_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/[^\w-]+/g, '_')}.png` });
}
