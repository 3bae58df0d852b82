export { LANGUAGE } from './model.ts'
export type {
  Model,
  Transition,
  Rule,
  Route,
  Node,
  NodeType,
  NodeBase,
  StartNode,
  EndNode,
  ParticipantNode,
  ProcessNode,
  ContainerNode,
  OrSplitNode,
  OrJoinNode,
  AndSplitNode,
  AndJoinNode,
  GotoNode,
  WaitNode,
  WaitUntil,
  Timeout,
  TimeoutHandler,
  Assign,
  Retry,
  Poll,
  PayloadKind,
  Imported,
  ImportedChoice,
  JsonSchema,
  JsonValue,
} from './model.ts'

export { addDuration, normalizeDuration } from './duration.ts'
export { nearest, suggest } from './nearest.ts'
export { PROBLEM_CODES, type ProblemCode } from './problem-code.ts'
export { type Finding, hasErrors, type Position, type Problem, sortProblems } from './problem.ts'
export { isIdentifier } from './text/identifier.ts'
export { type ParsedModel, parseModel } from './text/parse-model.ts'
export { type Place, positionAt, type Positions } from './text/positions.ts'
export { titleFromId } from './text/title.ts'
export { type Declarations, declarationsOf, EXPRESSION_NAMES, type ExpressionContext, payloadValue } from './expression/context.ts'
export { type CompiledExpression, compileExpression, evaluateExpression } from './expression/compile.ts'
export { ExpressionError } from './expression/error.ts'
export { celEvaluator, dateOf, type Evaluator, principalsOf } from './expression/evaluator.ts'
export type { ExpressionProblem } from './expression/problem.ts'
export type { Expects } from './expression/type-problem.ts'
export { type CompiledTemplate, compileTemplate, evaluateTemplate, evaluateTemplateText, isTemplate } from './expression/template.ts'
export { compileGraph, compileNet, type Join, joinOf, type Net, type NetNode, type Split, splitOf } from './net/net.ts'

export { type CheckedModel, checkModel, locate, soundnessFindings } from './check-model.ts'
export type { Change, DataChange, ModelChange, NodeChange, TransitionChange } from './diff/change.ts'
export { diffModels } from './diff/diff-models.ts'
export { canonicalJson } from './hash/canonical-json.ts'
export { hashModel } from './hash/hash-model.ts'
export { sha256 } from './hash/sha256.ts'
export { modelSchema } from './json-schema/model-schema.ts'
export { checkNet, checkSoundness, DEFAULT_BUDGET, type NetWords, type Soundness } from './soundness/check-soundness.ts'
export type { Counterexample, PlayStep } from './soundness/counterexample.ts'
export { modelFields, printModel } from './text/print-model.ts'
export { expressionSites, type ExpressionSite } from './validate/expression-sites.ts'
export { validateModel, type ValidateOptions } from './validate/validate-model.ts'

// The aem importer's exports follow.
export { type AemImport, importAem } from './aem/import.ts'
export { type AemAssignment, type AemNote, type AemReport, type AemUnbound, type AemUnboundKind, printAemReport } from './aem/report.ts'
export type { Metadata as AemMetadata } from './aem/metadata.ts'
export { AEM_FREE_DIFFERENCES, type AemDifference, compareAemRuntime } from './aem/runtime/compare.ts'
export { exportAem } from './aem/runtime/export.ts'
export { parseAemRuntime } from './aem/runtime/parse.ts'
export { printAemRuntime } from './aem/runtime/print.ts'
export type { AemNode, AemNodeType, AemRuntime, AemTransition } from './aem/runtime/runtime.ts'
export { toAemRuntime } from './aem/runtime/to-runtime.ts'
