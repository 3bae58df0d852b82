/**
 * The layer table: every arrow that an import between our packages may follow, and nothing else. Imports point inward:
 *
 *     user    cli   console   millrace (composition root)
 *     edge    server   client
 *     host    engine   runner   tasks   store
 *     pure    kernel   model   workflow   protocol
 *     beside  testing
 *
 * Tests and benches may import any package: they put together what they test.
 */
export const layers: Readonly<Record<string, Layer>> = {
  model: { isPure: true, imports: [] },
  workflow: { isPure: true, imports: [] },
  kernel: { isPure: true, imports: ['model'] },
  // Facts travel through Host and Store, so protocol knows their types; the kernel itself stays out of clients and browsers.
  protocol: { isPure: true, imports: ['model'], types: ['kernel'] },

  store: { imports: ['protocol', 'kernel', 'model'] },
  // kernel for the signature of a call: engine and runner must compare a journal by the same one.
  runner: { imports: ['protocol', 'workflow', 'kernel', 'model'] },
  tasks: { imports: ['protocol', 'workflow', 'model'], types: ['kernel'] },
  // Not store and not runner: the engine meets them through the ports in protocol, so that tests and clusters bring their own.
  engine: { imports: ['protocol', 'kernel', 'model'] },

  client: { imports: ['protocol'], types: ['model'] },
  server: { imports: ['protocol', 'model'], types: ['kernel'] },

  // Loaded by the one command that needs it: runner for bundles, testing for scenarios, millrace to serve.
  cli: { imports: ['protocol', 'client', 'model', 'runner', 'testing', 'millrace'] },
  // model is pure and small enough for a browser: the editor checks a text as it is typed.
  console: { imports: ['protocol', 'client', 'model'] },
  // Puts everything together. Not console: it serves the built files.
  millrace: { imports: [...all('console', 'cli', 'millrace')] },
  // Beside the layers: virtual clock, simulator, contract suites. Not millrace, which may start what is in here.
  testing: { imports: [...all('console', 'millrace', 'cli', 'testing')] },
}

export interface Layer {
  /** Packages whose `src` may be imported, by the folder under `packages`. */
  readonly imports: readonly string[]
  /** Packages of which only types may be imported (`import type`), so that their code is not loaded. */
  readonly types?: readonly string[]
  /** Decides and describes, and does nothing else: no clock, no chance, no I/O, no host globals. */
  readonly isPure?: boolean
}

function all(...but: readonly string[]): readonly string[] {
  const packages = 'model workflow kernel protocol store runner tasks engine client server cli console millrace testing'.split(' ')
  return packages.filter((name) => !but.includes(name))
}
