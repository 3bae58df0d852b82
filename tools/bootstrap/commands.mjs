const VITEST = 'node_modules/vitest/vitest.mjs'

/**
 * What `npm run NAME` means: files to run one after the other under the right Node until one fails, each with its first arguments.
 * What the reader adds after `--` goes to every one of them.
 *
 * @type {Readonly<Record<string, readonly (readonly string[])[]>>}
 */
export const commands = {
  start: [['packages/millrace/src/main.ts', 'start']],
  test: [[VITEST, 'run']],
  'test:browser': [[VITEST, 'run', '--config', 'vitest.browser.config.ts']],
  'test:all': [
    [VITEST, 'run'],
    [VITEST, 'run', '--config', 'vitest.browser.config.ts'],
  ],
  check: [['tools/check/main.ts']],
  format: [['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.']],
  bench: [['packages/millrace/bench/main.ts']],
  sim: [['packages/testing/src/sim/main.ts']],
  lockfile: [['tools/lockfile/main.ts']],
  size: [['packages/console/size.ts']],
}
