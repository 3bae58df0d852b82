import { describe, expect, test } from 'vitest'
import { parseCode } from './code.ts'
import { format } from './finding.ts'
import { repositoryCode } from './repository.ts'
import { fileLength } from './rules/file-length.ts'
import { indexIsAList } from './rules/index-is-a-list.ts'
import { noAny } from './rules/no-any.ts'
import { noDefaultExport } from './rules/no-default-export.ts'
import { noExportStar } from './rules/no-export-star.ts'
import { noFocusedTests } from './rules/no-focused-tests.ts'
import { noOpenEnds } from './rules/no-open-ends.ts'
import { purePackages } from './rules/pure-packages.ts'

const code = repositoryCode()

describe.each([noExportStar, noDefaultExport, noAny, noOpenEnds, noFocusedTests, purePackages, indexIsAList, fileLength])(
  '$rule',
  ({ rule, check, refuses, accepts }) => {
    test('holds in every source file', () => {
      expect(code.flatMap(check).map(format), rule).toEqual([])
    })

    test.each(refuses)('refuses in %s: %s', (path, text) => {
      expect(check(parseCode(path, text))).not.toEqual([])
    })

    test.each(accepts)('accepts in %s: %s', (path, text) => {
      expect(check(parseCode(path, text))).toEqual([])
    })
  },
)
