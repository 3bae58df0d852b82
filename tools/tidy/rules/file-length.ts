import type { CodeRule } from '../rule.ts'

const LIMIT_LINES = 500

/** Files that may be longer, each with the reason why cutting it would be worse. */
const ALLOWED: Readonly<Record<string, string>> = {}

export const fileLength: CodeRule = {
  rule: `no file over ${LIMIT_LINES} lines: it knows two things, and the next change will not know where to go`,
  check: ({ path, text }) => {
    const lines = text.split('\n').length - 1
    if (lines <= LIMIT_LINES || path in ALLOWED) return []
    return [{ path, message: `${lines} lines: cut it along its concepts, or list it with a reason in tools/tidy/rules/file-length.ts` }]
  },
  refuses: [['packages/engine/src/engine.ts', '// …\n'.repeat(LIMIT_LINES + 1)]],
  accepts: [['packages/engine/src/engine.ts', '// …\n'.repeat(LIMIT_LINES)]],
}
