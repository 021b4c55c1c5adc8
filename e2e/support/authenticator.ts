import { expect, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';

/** Walks the enrolment that is open; returns the secret the page showed. */
export async function enrol(page: Page): Promise<string> {
  const secret = await startedEnrolment(page);
  await page.getByLabel('Code from the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  return secret;
}

/** Walks the enrolment that is open until its QR code shows; returns the secret beside it. */
export async function startedEnrolment(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Show the QR code' }).click();
  const picture = page.getByRole('img', { name: /QR code/ });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(0);
  const key = page.locator('code').filter({ hasText: /^[A-Z2-7]{16,}$/ });
  return (await key.textContent()) ?? '';
}

/** The code that an authenticator with this secret shows now. */
export function codeOf(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}
