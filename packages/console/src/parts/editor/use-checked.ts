import { useEffect, useRef, useState } from 'react'
import { CheckRunner, type CheckWorker } from './check/check-runner.ts'
import type { Checked } from './checked.ts'

/** What is wrong with a text, a moment after it was typed; undefined until it was read once. */
export const useChecked = (text: string | undefined): Checked | undefined => {
  const [checked, setChecked] = useState<Checked>()
  const runner = useRef<CheckRunner>(undefined)
  useEffect(() => {
    const own = new CheckRunner({ createWorker, onChecked: setChecked })
    runner.current = own
    return () => own.close()
  }, [])
  useEffect(() => {
    if (text !== undefined) runner.current?.check(text)
  }, [text])
  return checked
}

function createWorker(): CheckWorker {
  // What this worker posts is always Checked, which the type of a Worker cannot say.
  return new Worker(new URL('./check/check.worker.ts', import.meta.url), { type: 'module' }) as CheckWorker
}
