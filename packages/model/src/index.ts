// The aem importer's exports follow.
export { type AemImport, importAem } from './aem/import.ts'
export type { Metadata as AemMetadata } from './aem/metadata.ts'
export { type AemAssignment, type AemNote, type AemReport, type AemUnbound, type AemUnboundKind, printAemReport } from './aem/report.ts'
export { AEM_FREE_DIFFERENCES, type AemDifference, compareAemRuntime } from './aem/runtime/compare.ts'
export { exportAem } from './aem/runtime/export.ts'
export { parseAemRuntime } from './aem/runtime/parse.ts'
export { printAemRuntime } from './aem/runtime/print.ts'
export type { AemNode, AemNodeType, AemRuntime, AemTransition } from './aem/runtime/runtime.ts'
export { toAemRuntime } from './aem/runtime/to-runtime.ts'
export { type CheckedModel, checkModel, locate, soundnessFindings } from './check-model.ts'
export type { Change, DataChange, ModelChange, NodeChange, TransitionChange } from './diff/change.ts'
export { diffModels } from './diff/diff-models.ts'
export { addDuration, normalizeDuration } from './duration.ts'
export { type CompiledExpression, compileExpression, evaluateExpression } from './expression/compile.ts'
export { type Declarations, declarationsOf, EXPRESSION_NAMES, type ExpressionContext, payloadValue } from './expression/context.ts'
export { ExpressionError } from './expression/error.ts'
export { celEvaluator, dateOf, type Evaluator, principalsOf } from './expression/evaluator.ts'
export type { ExpressionProblem } from './expression/problem.ts'
export { type CompiledTemplate, compileTemplate, evaluateTemplate, evaluateTemplateText, isTemplate } from './expression/template.ts'
export type { Expects } from './expression/type-problem.ts'
export { canonicalJson } from './hash/canonical-json.ts'
export { hashModel } from './hash/hash-model.ts'
export { sha256 } from './hash/sha256.ts'
export { modelSchema } from './json-schema/model-schema.ts'
export type { MergeConflict, MergedThing, MergeSide } from './merge/conflict.ts'
export { type Merge, mergeTexts } from './merge/merge-texts.ts'
export type {
  AndJoinNode,
  AndSplitNode,
  Assign,
  ContainerNode,
  EndNode,
  GotoNode,
  Imported,
  ImportedChoice,
  JsonSchema,
  JsonValue,
  Model,
  Node,
  NodeBase,
  NodeType,
  OrJoinNode,
  OrSplitNode,
  ParticipantNode,
  PayloadKind,
  Poll,
  ProcessNode,
  Retry,
  Route,
  Rule,
  StartNode,
  Timeout,
  TimeoutHandler,
  Transition,
  WaitNode,
  WaitUntil,
} from './model.ts'
export { LANGUAGE } from './model.ts'
export { nearest, suggest } from './nearest.ts'
export { compileGraph, compileNet, type Join, joinOf, type Net, type NetNode, type Split, splitOf } from './net/net.ts'
export { type Finding, hasErrors, type Position, type Problem, sortProblems } from './problem.ts'
export { PROBLEM_CODES, type ProblemCode } from './problem-code.ts'
export { checkNet, checkSoundness, DEFAULT_BUDGET, type NetWords, type Soundness } from './soundness/check-soundness.ts'
export type { Counterexample, PlayStep } from './soundness/counterexample.ts'
export { isIdentifier } from './text/identifier.ts'
export { type ParsedModel, parseModel } from './text/parse-model.ts'
export { type Place, type Positions, positionAt } from './text/positions.ts'
export { modelFields, printModel } from './text/print-model.ts'
export { titleFromId } from './text/title.ts'
export { type ExpressionSite, expressionSites } from './validate/expression-sites.ts'
export { type ValidateOptions, validateModel } from './validate/validate-model.ts'
