import { defineConfig } from 'vitest/config'

/** Tests that drive Chromium: `npm run test:browser`. They need minutes, and a machine with a browser, so `npm test` leaves them out. */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.browser.test.ts'],
    // Each starts a server and a browser and some measure times: one after the other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
    // A page is looked at until it shows what it should: a busy machine takes a while.
    expect: { poll: { timeout: 15_000, interval: 100 } },
  },
})
