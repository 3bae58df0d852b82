/** Marks the answer of a process of ours among what the author's files may print. */
export const ANSWER = '\u0001millrace-answer '
