/** Every kind of problem the AEM importer reports, by its stable code, and what it means. */
export const AEM_PROBLEM_CODES = {
  AEM_XML_MALFORMED: 'The file is not well-formed XML.',
  AEM_XML_DOCTYPE: 'The file has a document type declaration, which is refused unread.',
  AEM_JSON_MALFORMED: 'The file is not JSON.',
  AEM_TOO_LARGE: 'The file or its model is larger than the limit.',
  AEM_NOT_A_MODEL: 'The file is something else than a workflow model.',
  AEM_NODE_TYPE: 'A node has a type that AEM does not know.',
  AEM_NODE_ID: 'A node has no usable id, or two have the same.',
  AEM_GRAPH: 'The graph has no start or end, or a transition leads nowhere.',
  AEM_GOTO_TARGET: 'A goto jumps to a step that does not exist.',
  AEM_SPLIT_UNKNOWN: 'A component holds branches but is no split that Sync knows.',
  AEM_STEP_IGNORED: 'A component of the design is no workflow step and is left out.',
  AEM_FIELD_MISSING: 'A step does not say what it does.',
  AEM_BRANCH_EMPTY: 'A branch of a split has no step.',
  AEM_BRANCH_IGNORED: 'A split has more branches than it says; they are left out.',
  AEM_BRANCH_ORDER: 'A split shows its branches in another order than their numbers.',
  AEM_RULE_LEFT_OUT: 'A rule stands where nothing is chosen.',
  AEM_SPLIT_UNDECIDED: 'Neither a rule nor a person decides a split.',
  AEM_EXPORT_LOSS: 'A model has something that AEM has no words for.',
} as const

export type AemProblemCode = keyof typeof AEM_PROBLEM_CODES
