// Webhooks: what other houses tell us of their own accord. They are not signed in; they prove themselves by a signature over the octets.
import { z } from 'zod'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { FileAnswer, openRoute, type Route } from '../route.ts'

export interface HookSources {
  /** Null: WhatsApp is not among the settings. */
  readonly whatsapp: {
    challenge(mode: string, token: string, challenge: string): Outcome<string>
    take(body: Uint8Array, signature: string | undefined): Promise<Outcome<void>>
  } | null
}

const Handshake = z.strictObject({
  'hub.mode': z.string().max(50),
  'hub.verify_token': z.string().max(500),
  'hub.challenge': z.string().max(500),
})

const NOT_HERE = failed('notFound', 'WhatsApp is not among the settings of this desk.')

export const hookRoutes = ({ whatsapp }: HookSources): readonly Route[] => [
  openRoute({
    method: 'get',
    path: '/hooks/whatsapp',
    summary: 'Handshake of the WhatsApp Cloud API: gives the challenge back to who knows the agreed token',
    query: Handshake,
    async handle({ query }) {
      if (whatsapp === null) return NOT_HERE
      const answer = whatsapp.challenge(query['hub.mode'], query['hub.verify_token'], query['hub.challenge'])
      return answer.ok ? done(new FileAnswer('challenge.txt', 'text/plain', Buffer.from(answer.value), true)) : answer
    },
  }),
  openRoute({
    method: 'post',
    path: '/hooks/whatsapp',
    summary: 'Messages and their fate, told by the WhatsApp Cloud API; signed with X-Hub-Signature-256. Answered at once, worked on afterwards',
    takes: 'raw',
    async handle({ raw, header }) {
      if (whatsapp === null) return NOT_HERE
      return whatsapp.take(raw, header('x-hub-signature-256'))
    },
  }),
]
