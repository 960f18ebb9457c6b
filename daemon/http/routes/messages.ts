// /api/v1: how the desk's channels are doing, messages that are held, and whose chat is whose.
import { z } from 'zod'
import type { Instant } from '../../domain/call.ts'
import type { ChannelTrouble, HeldWhy } from '../../domain/channel-trouble.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import type { ChatLink, DeskChannelView, HeldAnswer, OwnChats } from '../contract.ts'
import { type Route, route } from '../route.ts'

const Held = z.object({
  id: z.number(),
  source: z.string(),
  sender: z.string(),
  subject: z.string(),
  at: z.number(),
  state: z.string(),
  /** Why it is held: a code with its figures. */
  why: z.custom<HeldWhy>(),
})
type Held = z.output<typeof Held>

const Status = z.object({
  name: z.string(),
  connectedSince: z.number().nullable(),
  lastIn: z.number().nullable(),
  lastOut: z.number().nullable(),
  trouble: z.custom<ChannelTrouble>().nullable(),
})

export interface MessageSources {
  /** How each channel is doing. */
  status(): readonly z.output<typeof Status>[]
  /** Held, or not taken by the desk; oldest first. */
  held(): Promise<readonly Held[]>
  /** Lets one through, for the trail by whom. `notFound`. */
  release(id: number, viewer: Viewer): Promise<Outcome<void>>
  /** Name of the Telegram bot; null: there is none. */
  bot(): string | null
  newCode(person: number): Promise<{ readonly code: string; readonly expiresAt: Instant; readonly lives: number }>
  chatsOf(person: number): Promise<readonly { readonly source: string; readonly address: string; readonly boundAt: Instant }[]>
  unbind(source: string, address: string): Promise<void>
}

const Id = z.strictObject({ id: z.coerce.number().int().positive() })
const Chat = z.strictObject({ source: z.enum(['telegram', 'whatsapp']), address: z.string().regex(/^-?\d{1,20}$/) })

export const messageRoutes = (sources: MessageSources): readonly Route[] => [
  route({
    method: 'get',
    path: '/desk/channels',
    needs: 'channel.read',
    summary: 'How the channels of the desk are doing: connected since, last message in and out, trouble',
    answer: z.object({ items: z.array(Status) }),
    handle: async () => done<{ readonly items: readonly DeskChannelView[] }>({ items: sources.status() }),
  }),
  route({
    method: 'get',
    path: '/desk/held',
    needs: 'agenda.read',
    summary: 'Messages that wait for a person: one sender wrote too many, or the desk could not take them',
    answer: z.object({ items: z.array(Held), channels: z.number() }),
    handle: async () =>
      done<HeldAnswer>({
        channels: sources.status().length,
        items: (await sources.held())
          .map(({ id, source, sender, subject, at, state, why }) => ({ id, source, sender, subject, at, state, why }))
          .sort((a, b) => a.at - b.at),
      }),
  }),
  route({
    method: 'post',
    path: '/desk/held/:id/release',
    needs: 'ticket.work',
    summary: 'Let a held message through: it is taken as if it had just come',
    params: Id,
    handle: async ({ params, viewer }) => sources.release(params.id, viewer),
  }),
  route({
    method: 'get',
    path: '/account/chats',
    needs: 'account.own',
    summary: 'Chats that are bound to oneself, and the bot that more can be bound to',
    answer: z.object({ items: z.array(z.object({ source: z.string(), address: z.string(), boundAt: z.number() })), bot: z.string().nullable() }),
    handle: async ({ viewer }) => done<OwnChats>({ items: await sources.chatsOf(viewer.person), bot: sources.bot() }),
  }),
  route({
    method: 'post',
    path: '/account/chats/telegram',
    needs: 'account.own',
    summary: 'A link that binds a Telegram chat to oneself; good once, for a quarter of an hour',
    answer: z.object({ link: z.string(), code: z.string(), expiresAt: z.number(), lives: z.number() }),
    async handle({ viewer }) {
      const bot = sources.bot()
      if (bot === null) return failed('notFound', 'Telegram is not among the settings of this desk.')
      const { code, expiresAt, lives } = await sources.newCode(viewer.person)
      return done<ChatLink>({ link: `https://t.me/${bot}?start=${code}`, code, expiresAt, lives })
    },
  }),
  route({
    method: 'delete',
    path: '/account/chats/:source/:address',
    needs: 'account.own',
    summary: 'Unbind one of one’s own chats',
    params: Chat,
    async handle({ params: { source, address }, viewer }) {
      // Of others not even that it exists is told.
      if (!(await sources.chatsOf(viewer.person)).some(chat => chat.source === source && chat.address === address))
        return failed('notFound', 'None of your chats.')
      await sources.unbind(source, address)
      return done({})
    },
  }),
]
