import { expect, stage, test } from './stage';

test.describe('policy', () => {
  test.use({ provokes: true });
  test('no script but the gateway’s own runs, and the page says so by its policy', async ({ admin }) => {
    const answer = await admin.goto('/console/');
    const policy = answer?.headers()['content-security-policy'] ?? '';
    console.log(`content-security-policy: ${policy}`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
    await admin.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
    });
    await admin.addScriptTag({ url: 'data:text/javascript,window.injected=true' }).catch(() => undefined);
    expect(await admin.evaluate(() => 'injected' in window)).toBe(false);
    const devtools = await admin.context().newCDPSession(admin);
    const { exceptionDetails } = await devtools.send('Runtime.evaluate', {
      expression: "new Function('return 1')()",
      allowUnsafeEvalBlockedByCSP: false,
    });
    expect(exceptionDetails?.exception?.className).toBe('EvalError');
  });
});

test('the first page weighs at most 500 kB as it comes over the line', async ({ page }) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const sizes = new Map<string, number>();
  const names = new Map<string, string>();
  devtools.on('Network.responseReceived', (e) => names.set(e.requestId, e.response.url));
  devtools.on('Network.loadingFinished', (e) => sizes.set(e.requestId, e.encodedDataLength));
  await page.goto('/console/');
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
  await page.getByLabel('User').fill('admin');
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(stage.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.locator('.card').first()).toBeVisible();
  const bytes = [...sizes].filter(([id]) => names.get(id)?.includes('/console/')).map(([, n]) => n);
  const kB = bytes.reduce((a, b) => a + b, 0) / 1000;
  console.log(`first page: ${kB.toFixed(0)} kB in ${bytes.length} files`);
  expect(bytes.length).toBeGreaterThan(3);
  expect(kB).toBeLessThanOrEqual(500);
});
