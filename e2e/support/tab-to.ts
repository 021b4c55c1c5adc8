import { expect, type Locator } from '@playwright/test';

/**
 * Presses Tab until this has the focus, as somebody does who has no mouse. Whatever has it on the way must show that it has.
 */
export async function tabTo(wanted: Locator): Promise<void> {
  const page = wanted.page();
  await wanted.waitFor();
  for (let presses = 0; presses < 50; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement || activeElement === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
      return outlineStyle === 'none' || outlineWidth === '0px' ? activeElement.outerHTML.slice(0, 200) : null;
    });
    expect(hidden, 'has the focus and does not show it').toBeNull();
  }
  await expect(wanted).toBeFocused();
}
