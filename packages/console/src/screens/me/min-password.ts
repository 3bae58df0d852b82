/** As in protocol, whose module would bring zod into the page; min-password.test.ts holds them equal. */
export const MIN_PASSWORD_LENGTH = 10
