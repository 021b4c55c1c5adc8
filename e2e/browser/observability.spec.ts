import { expect, test } from '@playwright/test';
import { accessTokenOf, bearer, founder } from '../support/person';

test('what an org asks of the API is drawn and told in numbers, by the range in the address', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const api = bearer(request, await accessTokenOf(ada));
  for (let call = 0; call < 5; call++) await api('GET', `/v1/orgs/${ada.slug}/members`);

  await ada.page.getByRole('link', { name: 'Observability' }).click();
  await expect(ada.page.getByRole('heading', { name: 'Observability', level: 1 })).toBeVisible();
  await ada.page.getByRole('link', { name: 'Last hour' }).click();
  await expect(ada.page).toHaveURL(/range=1h$/);
  // A step of 15 seconds is drawn once it is over, and rows are written a moment after their request.
  await expect(async () => {
    await ada.page.reload();
    const requests = ada.page.locator('dl').first().getByText('Requests').locator('..').locator('dd span').first();
    expect(Number(await requests.textContent())).toBeGreaterThanOrEqual(5);
  }).toPass({ timeout: 60_000 });
  const chart = ada.page.locator('section', { has: ada.page.getByRole('heading', { name: 'Requests', exact: true }) });
  const requests = ada.page.getByRole('slider', { name: 'Requests', exact: true });
  await expect(requests).toHaveAttribute('aria-valuetext', 'The arrow keys read out its moments');
  await requests.focus();
  await ada.page.keyboard.press('Home');
  await expect(requests).toHaveAttribute('aria-valuenow', '0');
  const first = await requests.getAttribute('aria-valuetext');
  expect(first).toMatch(/^\w+ \d+, \d{4}.*: Requests \d/);
  await ada.page.keyboard.press('ArrowRight');
  await expect(requests).toHaveAttribute('aria-valuenow', '1');
  // The other charts of the page read out the same moment.
  await expect(ada.page.getByRole('slider', { name: 'Response time' })).toHaveAttribute('aria-valuenow', '1');
  await ada.page.keyboard.press('Tab');
  await expect(requests).toHaveAttribute('aria-valuetext', 'The arrow keys read out its moments');
  await requests.hover({ position: { x: 1, y: 20 } });
  await expect(requests).toHaveAttribute('aria-valuetext', first ?? '');

  await chart.getByText('Numbers').click();
  await expect(chart.getByRole('table', { name: 'Requests, as a table' })).toBeVisible();

  await ada.page.getByRole('link', { name: 'Compare with the period before' }).click();
  await expect(ada.page).toHaveURL(/range=1h&compare=1$/);
  await expect(ada.page.getByText('Requests, before').first()).toBeVisible();
});
