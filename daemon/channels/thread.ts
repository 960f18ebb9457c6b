// Which ticket a letter belongs to, and how sure that is. A number in a subject proves nothing by itself: anybody can write one.

import type { Thread } from './incoming.ts'
import type { Letter } from './letter.ts'
import { namedIn, type Tokens } from './token.ts'

export interface Threading {
  readonly tokens: Tokens
  /** The ticket that a letter with one of these Message-IDs went to, and its sender. */
  ticketOf(messageIds: readonly string[]): Promise<{ readonly ticket: string; readonly sender: string } | null>
  /** Whether this sender takes part in the ticket. */
  knows(address: string, ticket: string): Promise<boolean>
}

export async function threadOf(letter: Letter, verified: boolean | null, { tokens, ticketOf, knows }: Threading): Promise<Thread> {
  const { inReplyTo, references, from, to, subject } = letter
  const found = (ticketNumber: string | null, proof: Thread['proof']): Thread => ({ ticketNumber, proof, inReplyTo, references })
  for (const address of to) {
    const ticket = tokens.ticketOfAddress(address)
    if (ticket !== null) return found(ticket, 'token')
  }
  const named = [...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()]
  for (const id of named) {
    const ticket = tokens.ticketOfMessageId(id)
    if (ticket !== null && ticket !== undefined) return found(ticket, 'reference')
  }
  // From here on the sender's name counts, and a mail server that says it is false takes that away.
  if (verified === false || from.address === '') return found(null, null)
  const earlier = await ticketOf(named)
  if (earlier !== null && (earlier.sender === from.address || (await knows(from.address, earlier.ticket)))) return found(earlier.ticket, 'reference')
  for (const number of namedIn(subject)) if (await knows(from.address, number)) return found(number, 'subject')
  return found(null, null)
}
