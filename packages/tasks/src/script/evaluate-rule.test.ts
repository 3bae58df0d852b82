import { afterAll, describe, expect, test } from 'vitest'
import { attemptOf, never } from '../attempt.fixture.ts'
import { evaluateRule, isTrue, openBuiltinTasks, ScriptThreads } from '../index.ts'

const threads = new ScriptThreads({ threads: 1 })
const tasks = openBuiltinTasks({ scripts: threads })
afterAll(() => threads.close())

const scope = {
  payload: { path: '/content/dam/a.png/jcr:content/renditions/original' },
  data: { amount: 120, approved: 'true' },
  initiator: 'ana',
}
const rule = (js: string) => evaluateRule(threads, js, scope)

describe('a JavaScript rule', () => {
  test.each([
    ['an expression', 'data.amount > 100 && initiator === "ana"', true],
    ['several statements', 'const limit = 200; data.amount > limit', false],
    ['a body with return', 'if (data.amount > 100) return "group:chiefs"\nreturn "group:editors"', 'group:chiefs'],
    ['check()', 'function check() {\r\n  return payload.path.startsWith("/content");\r\n}\r\n', true],
    ['a list of principals', '["user:ana", "group:editors"]', ['user:ana', 'group:editors']],
    ['nothing', 'undefined', null],
  ])('may be %s', async (_, js, result) => expect(await rule(js)).toEqual(result))

  test('finds what AEM gives to scripts', async () => {
    expect(await rule('function check() { return workflowData.getMetaDataMap().get("approved", "").equals("true"); }')).toBe(true)
    expect(await rule('workflowData.getMetaDataMap().get("missing", "fallback")')).toBe('fallback')
    expect(await rule('workItem.getWorkflowData().getMetaDataMap().get("missing", java.lang.String)')).toBe(null)
    expect(await rule('graniteWorkItem.getWorkflow().getInitiator()')).toBe('ana')
    expect(await rule('workflowData.getPayloadType()')).toBe('JCR_PATH')
    expect(
      await rule(
        'function check() { var path = workflowData.getPayload().toString(); log.info("Check " + path); path = path.replaceAll("/jcr:content/renditions/original", ""); return path.matches("/content/dam/.*[.]png"); }',
      ),
    ).toBe(true)
  })

  test('says which part of AEM is not there', async () => {
    await expect(rule('jcrSession.getNode("/content")')).rejects.toMatchObject({
      code: 'RULE_FAILED',
      retryable: false,
      message: expect.stringContaining('jcrSession exists only inside AEM'),
    })
  })

  test('that throws or never ends is RULE_FAILED', async () => {
    await expect(rule('const a = 1\ndata.missing.deep')).rejects.toMatchObject({
      code: 'RULE_FAILED',
      message: "The rule failed: TypeError: cannot read property 'deep' of undefined, at line 2.",
    })
    await expect(rule('if (true)\n return data.missing.deep')).rejects.toThrow('at line 2.')
    await expect(rule('for (;;);')).rejects.toMatchObject({ code: 'RULE_FAILED', details: { reason: 'timed-out' } })
  })

  test('is true for a branch when JavaScript or AEM would say so', () => {
    expect([true, 1, 'x', {}, 'true'].map(isTrue)).toEqual([true, true, true, true, true])
    expect([false, 0, '', null, 'false'].map(isTrue)).toEqual([false, false, false, false, false])
  })
})

describe('the task the kernel runs rules with', () => {
  const run = (rules: { readonly [name: string]: string }) => tasks.run(attemptOf('millrace.rule', { ...scope, rules }), never)

  test('answers by transition up to the first true one, so that a later rule cannot fail it', async () => {
    expect(await run({ 4: 'false', 11: 'data.amount > 100', 12: 'nothing.here' })).toEqual({ ok: true, output: { 4: false, 11: true } })
    expect(await run({ 4: 'nothing.here', 11: 'true' })).toMatchObject({ ok: false, error: { code: 'RULE_FAILED', retryable: false } })
  })

  test('gives what a chooser returned', async () => {
    expect(await run({ assign: '["group:editors"]' })).toEqual({ ok: true, output: ['group:editors'] })
  })
})
