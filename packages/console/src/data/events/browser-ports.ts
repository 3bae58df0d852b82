import type { Channel, Message } from './stream.ts'

/** Messages between the tabs of one browser; without BroadcastChannel each tab stands alone. */
export const openChannel = (name: string, signal: AbortSignal): Channel => {
  if (typeof BroadcastChannel === 'undefined') return { post: () => {}, listen: () => {} }
  const channel = new BroadcastChannel(name)
  signal.addEventListener('abort', () => channel.close(), { once: true })
  return {
    post: (message) => {
      if (!signal.aborted) channel.postMessage(message)
    },
    listen: (listener) => {
      channel.addEventListener('message', (event: MessageEvent<Message>) => listener(event.data))
    },
  }
}

/**
 * Runs `hold` while this tab holds the lock of this name. Browsers offer locks only to secure pages (https, or this machine): elsewhere every tab
 * leads, which works up to six of them.
 */
export const leadByLock =
  (name: string) =>
  async (hold: () => Promise<void>, signal: AbortSignal): Promise<void> => {
    const { locks } = navigator as { readonly locks?: LockManager }
    if (locks === undefined) return hold()
    await locks.request(name, { signal }, hold)
  }
