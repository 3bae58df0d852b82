/**
 * Text from a server or a file, safe to print: a title may hold escape sequences that move the cursor, change the window's title or hide what
 * follows. Line breaks become a visible space.
 */
export const plain = (text: string): string =>
  text
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replace(/\t/g, ' ')
    // oxlint-disable-next-line eslint/no-control-regex -- these are what must not be printed
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
