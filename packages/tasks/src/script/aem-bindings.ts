/**
 * What scripts of an imported AEM model find around them: `workflowData`, `workItem`, `log` and the Java string methods their authors use.
 * Source text, because it runs inside the script's engine, before the script, with `payload`, `data` and `initiator` defined.
 *
 * AEM binds other names in a split than in a step (field reports of `workItem is not defined`); here all are bound everywhere. There is no
 * repository behind them: a script that asks for a session or a Java class fails and says which.
 */
export const AEM_BINDINGS = `(() => {
  const missing = (what) => { throw new ReferenceError(what + ' exists only inside AEM; bind this rule to one of your own') }
  const typed = (type, value) => value === undefined ? null : value
  const map = (values) => ({
    get: (key, fallback) => {
      const value = Object.hasOwn(values, key) ? values[key] : undefined
      if (value !== undefined && value !== null) return value
      return typeof fallback === 'function' || fallback === undefined ? typed(fallback, undefined) : fallback
    },
    containsKey: (key) => Object.hasOwn(values, key),
    keySet: () => Object.keys(values),
    put: () => missing('MetaDataMap.put in a rule'),
  })
  const kinds = { path: 'JCR_PATH', uuid: 'JCR_UUID', url: 'URL' }
  const kind = typeof payload === 'object' && payload !== null ? Object.keys(kinds).find((name) => typeof payload[name] === 'string') : undefined
  const payloadText = kind === undefined ? payload : payload[kind]
  const payloadType = kind === undefined ? 'JAVA_OBJECT' : kinds[kind]
  const metaData = map({ userId: initiator, initiator, ...data })
  const workflowData = {
    getPayload: () => payloadText,
    getPayloadType: () => payloadType,
    getMetaDataMap: () => metaData,
    getMetaData: () => metaData,
  }
  const workflow = { getInitiator: () => initiator, getWorkflowData: () => workflowData, getMetaDataMap: () => metaData }
  const workItem = { getWorkflowData: () => workflowData, getWorkflow: () => workflow, getMetaDataMap: () => map({}) }
  const log = { trace: console.debug, debug: console.debug, info: console.info, warn: console.warn, error: console.error }
  const names = {
    workflowData, graniteWorkflowData: workflowData, workItem, graniteWorkItem: workItem, workflow, metaData, log,
    java: { lang: { String, Boolean, Long: Number, Integer: Number, Double: Number } },
  }
  for (const name in names) globalThis[name] = names[name]
  for (const name of ['workflowSession', 'graniteWorkflowSession', 'jcrSession', 'Packages', 'importClass', 'importPackage', 'sling'])
    Object.defineProperty(globalThis, name, { get: () => missing(name), configurable: true })
  const add = (prototype, methods) => {
    for (const name in methods) Object.defineProperty(prototype, name, { value: methods[name], configurable: true, writable: true })
  }
  add(String.prototype, {
    equals(other) { return String(this) === String(other) },
    equalsIgnoreCase(other) { return String(this).toLowerCase() === String(other).toLowerCase() },
    contains(part) { return String(this).includes(String(part)) },
    isEmpty() { return this.length === 0 },
    matches(pattern) { return new RegExp('^(?:' + pattern + ')$').test(String(this)) },
  })
  add(Boolean.prototype, { equals(other) { return this.valueOf() === other }, booleanValue() { return this.valueOf() } })
  add(Number.prototype, { equals(other) { return this.valueOf() === other }, intValue() { return Math.trunc(this.valueOf()) } })
})()`
