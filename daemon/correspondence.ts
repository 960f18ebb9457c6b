// The desk's correspondence: its channels opened over the records and the desk, with the routes that show and release what is held.
import { type DeskChannelsOpen, openDeskChannels } from './channels/open.ts'
import type { DeskChannels } from './channels/settings.ts'
import type { Desk } from './desk/desk.ts'
import type { Call, Clock } from './domain/call.ts'
import { heldWhy } from './domain/channel-trouble.ts'
import { done, type Outcome } from './domain/outcome.ts'
import { throughOf } from './domain/people.ts'
import type { Text } from './domain/point.ts'
import type { Lang } from './domain/words/lang.ts'
import type { Route } from './http/route.ts'
import { hookRoutes } from './http/routes/hooks.ts'
import { messageRoutes } from './http/routes/messages.ts'
import type { Records } from './store/records.ts'

export interface Correspondence {
  readonly routes: readonly Route[]
  /** Channels that messages can be queued for. */
  readonly carriers: readonly string[]
  troubles(): readonly Text[]
  close(): Promise<void>
}

export interface CorrespondenceOptions {
  readonly settings: DeskChannels
  readonly records: Records
  readonly desk: Desk
  readonly language: Lang
  readonly clock: Clock
  readonly log: Call['log']
}

/** What is queued goes out within this, ms. */
const LOOK = 1000

export async function openCorrespondence({ settings, records, desk, language, clock, log }: CorrespondenceOptions): Promise<Outcome<Correspondence>> {
  const { messages, mailings, audit } = records
  const opened = await openDeskChannels({
    settings,
    records: { messages, mailings },
    desk,
    clock,
    log,
    language,
    undelivered: (ticket, channel, to, why) => {
      log.warn({ ticket, channel, why }, 'a message of the desk could not be delivered')
      if (ticket === null) return
      desk
        .undelivered(ticket, channel, to, why)
        .catch((error: unknown) => log.error({ error: String(error), ticket }, 'the ticket could not be told'))
    },
  })
  if (!opened.ok) return opened
  const channels: DeskChannelsOpen = opened.value

  let looking = false
  const beat = setInterval(() => {
    if (looking) return
    looking = true
    channels
      .tick()
      .catch((error: unknown) => log.error({ error: String(error) }, 'the look for messages failed'))
      .finally(() => {
        looking = false
      })
  }, LOOK)

  return done({
    routes: [
      ...hookRoutes({ whatsapp: channels.whatsapp }),
      ...messageRoutes({
        status: channels.status,
        held: async () =>
          [...(await messages.inState('held')), ...(await messages.inState('failed'))].map(one => ({ ...one, why: heldWhy(one.note) })),
        async release(id, viewer) {
          const released = await audit.together(async () => {
            const free = await messages.release(id)
            if (free.ok) await audit.append(viewer.name, 'message.release', String(id), { account: viewer.account, ...throughOf(viewer) })
            return free
          })
          if (released.ok) channels.released()
          return released
        },
        bot: () => channels.bot,
        newCode: messages.newCode,
        chatsOf: messages.chatsOf,
        unbind: messages.unbind,
      }),
    ],
    carriers: channels.carriers,
    troubles: channels.troubles,
    async close() {
      clearInterval(beat)
      await channels.close()
    },
  })
}
