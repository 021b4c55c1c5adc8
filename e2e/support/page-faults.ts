import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a theme may change; the other rules look at what is the same in both. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
export const PHONE = { width: 360, height: 740 };
/** A desktop of 1280 px at a zoom of 400 % (WCAG 1.4.10). */
const REFLOW = { width: 320, height: 640 };
export const SCHEMES = ['light', 'dark'] as const;

/** What is wrong with what stands on the screen, in both themes and on a phone; `state` names it. */
export async function faultsOf(page: Page, state: string): Promise<string[]> {
  const faults = await axeFaultsOf(page, state);
  const desktop = page.viewportSize();
  for (const size of [REFLOW, PHONE]) {
    await page.setViewportSize(size);
    const { wider, small } = await page.evaluate(measured);
    if (wider > 0) faults.push(`${state}: ${wider} px wider than ${size.width} px`);
    faults.push(...small.map((target) => `${state} (${size.width} px): smaller than 24 px: ${target}`));
  }
  await picture(page, `${state}-phone`);
  if (desktop) await page.setViewportSize(desktop);
  return faults;
}

interface Exceptions {
  /** Parts whose markup is not ours. */
  foreign?: readonly string[];
  /** Rules that do not hold in this state. */
  excused?: readonly string[];
}

/** What axe finds in both themes. */
export async function axeFaultsOf(page: Page, state: string, exceptions: Exceptions = {}): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = axeOf(page, exceptions);
    if (colorScheme === 'light') axe.withTags(RULES);
    else axe.withRules(OF_COLOUR);
    faults.push(...(await violationsOf(axe, page)).map((fault) => `${state} (${colorScheme}): ${fault}`));
    await picture(page, `${state}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

/** As axeFaultsOf, of the page at this path, loaded anew in each theme. */
export async function faultsAt(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return faultsOf(page, path);
}

/** Our pages have no frames: what axe does for them, a page of its own for each look, takes longer than all its rules. */
function axeOf(page: Page, { foreign = [], excused = [] }: Exceptions): AxeBuilder {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .disableRules([...excused]);
  for (const part of foreign) axe.exclude(part);
  return axe;
}

/** While a page is read anew its title is away for a moment: that is no fault, and not what anybody should look at. */
async function violationsOf(axe: AxeBuilder, page: Page): Promise<string[]> {
  let violations: Awaited<ReturnType<typeof axe.analyze>>['violations'] = [];
  await expect(async () => {
    await expect(page).toHaveTitle(/\S/);
    violations = (await axe.analyze()).violations;
    expect(violations.map(({ id }) => id)).not.toContain('document-title');
  }).toPass();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target).join(' | ')}`);
}

/** In the page: how much wider it is than its window, and the targets of a finger that are too small (WCAG 2.5.8, but for links in a sentence). */
function measured(): { wider: number; small: string[] } {
  const MIN = 24;
  const root = document.documentElement;
  const targets = document.querySelectorAll<HTMLElement>(
    'button, [role="menuitem"], [role="tab"], select, input:not([type="hidden"]), nav a[href]',
  );
  const small = [...targets].filter((target) => {
    // A press on its label counts for a box as well.
    const { width, height } = (target.closest('label') ?? target).getBoundingClientRect();
    const shown = target.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return (
      shown &&
      width > 1 &&
      (width < MIN - 0.5 || height < MIN - 0.5) &&
      !target.closest('.scalar-app, [data-sonner-toaster], .xterm')
    );
  });
  return {
    wider: root.scrollWidth - root.clientWidth,
    small: small.map((target) => `${target.tagName.toLowerCase()} “${target.ariaLabel ?? target.textContent}”`),
  };
}

/** For a person's eyes: E2E_PICTURES names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.E2E_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/[^\w-]+/g, '_')}.png` });
}
