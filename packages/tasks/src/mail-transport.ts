import type { Transporter } from 'nodemailer'
import type { MailSettings } from './builtin/mail-send.ts'

const CONNECT_TIMEOUT_MS = 10_000
const SOCKET_TIMEOUT_MS = 30_000
/** Mail servers limit connections per client; three keep a burst of messages moving. */
const MAX_CONNECTIONS = 3

/** Opens the pooled connection to the mail server. nodemailer is loaded on first use: it costs 40 ms that a host without mail should not pay. */
export async function openMailTransport(settings: MailSettings): Promise<{ readonly transport: Transporter; readonly from: string }> {
  const { createTransport } = await import('nodemailer')
  const { host, secure = false, port = secure ? 465 : 587, user, password, from, tls } = settings
  const transport = createTransport({
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    host,
    port,
    secure,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...(tls === undefined ? {} : { tls }),
  })
  return { transport, from }
}
