import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/src/**/*.test.tsx', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.browser.test.ts'],
    // Two cores: more workers only take each other's time.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
})
