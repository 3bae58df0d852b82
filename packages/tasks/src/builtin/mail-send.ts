import { createHash } from 'node:crypto'
import type { Transporter } from 'nodemailer'
import { z } from 'zod'
import { type BuiltinTask, builtinTask } from '../builtin-task.ts'
import { TaskFailure } from '../task-failure.ts'

/** Where mail goes. Given by whoever runs the host, never by a workflow: it holds the password. */
export interface MailSettings {
  readonly host: string
  /** Default 587, or 465 when `secure`. */
  readonly port?: number
  /** TLS from the first byte; false = STARTTLS where the server offers it. */
  readonly secure?: boolean
  readonly user?: string
  readonly password?: string
  /** Sender of messages that name none: `Millrace <workflow@example.org>`. */
  readonly from: string
  /** For servers with a certificate of their own. */
  readonly tls?: { readonly ca?: string; readonly rejectUnauthorized?: boolean }
}

const SEND_TIMEOUT_MS = 60_000
/** Mail servers commonly take 25 MB; what an instance carries must be far smaller. */
const MAX_TEXT = 1_000_000
const MAX_ATTACHMENTS = 20

const Address = z
  .string()
  .min(3)
  .max(320)
  .regex(/@/, 'Write an address: name@host or Name <name@host>')
  .refine((text) => !/[\r\n]/.test(text), 'One line')
const Addresses = z.union([Address, z.array(Address).max(200)]).transform((value) => [value].flat())

const Input = z
  .strictObject({
    to: Addresses.default([]),
    cc: Addresses.default([]),
    bcc: Addresses.default([]),
    from: Address.optional(),
    replyTo: Address.optional(),
    subject: z.string().min(1).max(998),
    text: z.string().max(MAX_TEXT).optional(),
    html: z.string().max(MAX_TEXT).optional(),
    attachments: z
      .array(
        z.strictObject({
          filename: z.string().min(1).max(255),
          content: z.string().max(MAX_TEXT),
          encoding: z.enum(['utf-8', 'base64']).default('utf-8'),
          contentType: z.string().max(100).optional(),
        }),
      )
      .max(MAX_ATTACHMENTS)
      .default([]),
  })
  .refine((input) => input.to.length + input.cc.length + input.bcc.length > 0, 'Name somebody in to, cc or bcc')
  .refine((input) => input.text !== undefined || input.html !== undefined, 'Give text or html')

const Output = z.object({ messageId: z.string(), accepted: z.array(z.string()), rejected: z.array(z.string()) })

/**
 * Sends a mail. Tries of one step carry the same Message-ID, so that a mail system which drops duplicates delivers one.
 *
 * @param open gives the transport, opened on first use; undefined = no mail server is configured.
 */
export const mailSend = (open: (() => Promise<{ readonly transport: Transporter; readonly from: string }>) | undefined): BuiltinTask =>
  builtinTask({
    name: 'mail.send',
    title: 'Send a mail',
    description: 'Sends a mail through the mail server of the configuration, to one or several people, as text, HTML or both.',
    input: Input,
    output: Output,
    run: async (input, { attempt, until }) => {
      if (open === undefined) {
        throw new TaskFailure(
          'MAIL_NOT_CONFIGURED',
          'No mail server is configured. Name one under "mail" in the configuration of the project.',
        )
      }
      until(SEND_TIMEOUT_MS)
      const { transport, from } = await open()
      try {
        const sent = await transport.sendMail({
          ...input,
          from: input.from ?? from,
          messageId: messageIdOf(attempt.key, input.from ?? from),
          // Content comes as text: an attachment never reads a file or an address of this host.
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return { messageId: sent.messageId, accepted: (sent.accepted ?? []).map(nameOf), rejected: (sent.rejected ?? []).map(nameOf) }
      } catch (error) {
        throw mailFailed(error)
      }
    },
  })

const nameOf = (address: string | { readonly address: string }): string => (typeof address === 'string' ? address : address.address)

const messageIdOf = (key: string, from: string): string => {
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'millrace.local'
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${host}>`
}

const mailFailed = (error: unknown): TaskFailure => {
  const { message, code, responseCode } = error as { message: string; code?: string; responseCode?: number }
  const isFinal = responseCode === undefined ? code === 'EAUTH' || code === 'EENVELOPE' : responseCode >= 500
  return new TaskFailure('MAIL_FAILED', `The mail was not sent: ${message}.`, {
    retryable: !isFinal,
    cause: error,
    ...(responseCode === undefined ? {} : { details: { responseCode } }),
  })
}
