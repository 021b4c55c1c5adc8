import { expect, type Page, test } from '@playwright/test';
import { accessTokenOf, bearer, founder } from '../support/person';

/** Longer than this somebody sees it move. */
const MOST_MS = 10;

declare global {
  interface Window {
    moved: string[];
  }
}

/** Writes down, from the first moment of every page, what moves for longer than that. */
async function watchMotion(page: Page): Promise<void> {
  await page.addInitScript((most) => {
    window.moved = [];
    const look = () => {
      for (const animation of document.getAnimations()) {
        const { activeDuration = 0 } = animation.effect?.getComputedTiming() ?? {};
        if (Number(activeDuration) <= most) continue;
        const { target } = animation.effect as KeyframeEffect;
        const what =
          'animationName' in animation
            ? animation.animationName
            : 'transitionProperty' in animation && animation.transitionProperty;
        window.moved.push(`${target?.tagName} ${target?.className}: ${what} for ${activeDuration} ms`);
      }
    };
    for (const event of ['animationstart', 'transitionrun']) document.addEventListener(event, look, true);
  }, MOST_MS);
}

/** Opens a menu and a dialog, and does what is told in a toast. */
async function useThings(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: /^Account of/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page
    .getByRole('button', { name: /^Revoke the token/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByText(/^The token .* was revoked$/).first()).toBeVisible();
  await page.getByRole('link', { name: 'Observability' }).click();
  await expect(page.getByRole('slider', { name: 'Requests' })).toBeVisible();
}

test('whoever asked for less motion sees none, in a menu, a dialog, a toast or a page on its way', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = ada;
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  for (const label of ['one', 'two']) await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label });
  await watchMotion(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await useThings(page, `/orgs/${ada.slug}/tokens`);
  const moved = await page.evaluate(() => [...new Set(window.moved)]);
  // Who did not ask sees things move: this is how it would be noticed.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.getByRole('link', { name: 'API tokens' }).click();
  await useThings(page, `/orgs/${ada.slug}/tokens`);
  expect(await page.evaluate(() => window.moved)).not.toEqual([]);
  expect(moved).toEqual([]);
});

/** Of everything drawn in charts and their legends: how it stands out from the page, by the colours the browser paints. */
function contrasts(): { what: string; colour: string; contrast: number }[] {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas');
  const luminance = (colour: string) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data]
      .map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = luminance(getComputedStyle(document.documentElement).backgroundColor);
  const told = (what: string, colour: string) => {
    const own = luminance(colour);
    return { what, colour, contrast: (Math.max(own, page) + 0.05) / (Math.min(own, page) + 0.05) };
  };
  const lines = [...document.querySelectorAll('main [data-line]')];
  const marks = [...document.querySelectorAll('main [data-mark]')];
  return [
    ...lines.map((line) => told('line', getComputedStyle(line).stroke)),
    ...[...document.querySelectorAll('main [data-bars]')].map((bar) => told('bar', getComputedStyle(bar).fill)),
    ...marks.map((mark) => told('mark', getComputedStyle(mark).backgroundColor)),
  ];
}

test('where the system paints its own colours, the lines of charts and their legends stand out in them, each in its own', async ({
  browser,
}) => {
  const ada = await founder(browser);
  const { page } = ada;
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  for (let call = 0; call < 3; call++) await api('GET', `/v1/orgs/${ada.slug}/members`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' });
    await page.goto(`/orgs/${ada.slug}/observability?range=1h&compare=1`);
    await expect(page.locator('main [data-line]').first()).toBeAttached();
    const drawn = await page.evaluate(contrasts);
    expect(drawn.filter(({ what }) => what === 'line').length).toBeGreaterThan(3);
    expect(drawn.filter(({ what }) => what === 'mark').length).toBeGreaterThan(5);
    expect(drawn.filter(({ contrast }) => contrast < 3)).toEqual([]);
    const boots = page.locator('section', { has: page.getByRole('heading', { name: 'Boot times', exact: true }) });
    const colours = await boots
      .locator('[data-mark]')
      .evaluateAll((marks) => marks.slice(0, 3).map((mark) => getComputedStyle(mark).backgroundColor));
    expect(new Set(colours).size).toBe(3);
  }
});

test('where the system paints its own colours, the overview and the usage keep what can be pressed in a frame', async ({
  browser,
}) => {
  const { page, slug } = await founder(browser);
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  for (const path of [`/orgs/${slug}`, `/orgs/${slug}/usage`]) {
    await page.goto(path);
    await expect(page.locator('main .animate-breathe')).toHaveCount(0);
    const current = page.getByRole('navigation', { name: 'Main' }).locator('[aria-current="page"]');
    await expect(current).toHaveCSS('outline-style', 'solid');
  }
});
