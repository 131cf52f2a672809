import { defineConfig } from '@playwright/test';

/** Run by distrib/acceptance's ConsoleTest, which sets the stage and says so in the environment (e2e/stage.ts). */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['junit']],
  outputDir: `${process.env['PENSTOCK_SHOTS'] ?? '/tmp/penstock-console'}/failures`,
  use: {
    baseURL: process.env['PENSTOCK_ADDRESS'] ?? 'https://localhost:8443',
    ignoreHTTPSErrors: true,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
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
