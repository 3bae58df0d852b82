#!/usr/bin/env node
/**
 * The program `millrace`. What it answers without a command it answers before anything is imported: shells and editors ask for the version often,
 * and every import costs them time.
 */
import { readFileSync } from 'node:fs'

const argv = process.argv.slice(2)

if (argv[0] === '--version' || argv[0] === '-v') {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
  process.stdout.write(`${version}\n`)
} else {
  const [{ main }, { processTerminal }] = await Promise.all([import('./main.ts'), import('./process-terminal.ts')])
  process.exitCode = await main(argv, processTerminal())
}
