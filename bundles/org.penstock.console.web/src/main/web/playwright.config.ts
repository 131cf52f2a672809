import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));

/** Run by distrib/acceptance's ConsoleTest, which sets the stage and says so in the environment (e2e/stage.ts). */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['junit']],
  outputDir: `${process.env['PENSTOCK_SHOTS'] ?? '/tmp/penstock-console'}/failures`,
  use: {
    baseURL: process.env['PENSTOCK_ADDRESS'] ?? 'https://localhost:8443',
    ignoreHTTPSErrors: true,
    actionTimeout: 60_000,
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? chromium ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
