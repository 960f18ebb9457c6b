// What a way of sending notices is: an entry of the shelf `channels/`, and one opened with its settings.
import { z } from 'zod'
import type { Call } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Message } from './outbox.ts'

/** What a channel carries. `id` is the same for every try. */
export interface Parcel {
  readonly id: string
  readonly to: string
  readonly message: Message
}

export interface ChannelEntry<Settings = unknown> {
  readonly name: string
  readonly settings: z.ZodType<Settings>
  /**
   * Sends once. Failures: `timeout`, `refused`, `unreachable`, `busy` (try again), `wrongCredential`, `invalid` (this recipient or message will
   * never be taken), `garbage`. Obeys the call's stop. No failure contains a secret.
   */
  send(parcel: Parcel, settings: Settings, call: Call): Promise<Outcome<void>>
}

export interface OpenChannel {
  readonly name: string
  readonly via: string
  readonly send: (parcel: Parcel, call: Call) => Promise<Outcome<void>>
}

/** For reading the shelf. */
export const isChannelEntry = (value: unknown): value is ChannelEntry =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'settings' in value &&
  value.settings instanceof z.ZodType &&
  'send' in value &&
  typeof value.send === 'function'

/** Opens the channels of the settings. `notFound`: no such entry on the shelf. `invalid`: its settings are wrong; names channel, key and reason. */
export function openChannels(
  configured: Readonly<Record<string, { readonly via: string; readonly [key: string]: unknown }>>,
  shelf: ReadonlyMap<string, ChannelEntry>,
): Outcome<ReadonlyMap<string, OpenChannel>> {
  const open = new Map<string, OpenChannel>()
  for (const [name, { via, ...rest }] of Object.entries(configured)) {
    const entry = shelf.get(via)
    if (entry === undefined)
      return failed('notFound', `notify.channels.${name}.via: there is no channel "${via}"; use one of: ${[...shelf.keys()].join(', ')}`)
    const checked = entry.settings.safeParse(rest)
    if (!checked.success) {
      const issue = checked.error.issues[0]
      return failed('invalid', `notify.channels.${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'not understood'}`)
    }
    open.set(name, { name, via, send: (parcel, call) => entry.send(parcel, checked.data, call) })
  }
  return done(open)
}
