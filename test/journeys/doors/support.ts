// An access controller as the doors' journeys have one: it signs what it tells and knows its secret.
import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpeningView } from '../../../daemon/domain/opening.ts'
import { type Daemon, freshDemonstration, startDaemon } from '../../support/daemon.ts'

const SECRET = 'sebuah rahasia untuk pengendali akses'

/** The demonstration with a controller whose secret the story knows. */
export function startWithGate(data: string): Promise<Daemon> {
  const config = join(data, 'suar.yaml')
  writeFileSync(config, `demonstration: { enabled: true }\ndoors: { controllers: { gerbang: { via: push, secret: '${SECRET}' } } }\n`)
  return startDaemon({ data, config, env: freshDemonstration() })
}

export interface Told {
  readonly door: string
  readonly event: string
  readonly at?: number
  readonly card?: string
  readonly sequence?: number
}

interface Answer {
  readonly status: number
  /** Events that were new. */
  readonly taken: number
}

export interface Gate {
  tell(...events: readonly Told[]): Promise<Answer>
  /** Octets as they are, with whatever signature. */
  send(body: string, signature?: string): Promise<Answer>
}

export function openGate(daemon: () => Daemon, name = 'gerbang'): Gate {
  const sign = (body: string) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
  const send: Gate['send'] = async (body, signature = sign(body)) => {
    const answer = await fetch(`${daemon().url}api/v1/hooks/doors/${name}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...(signature === '' ? {} : { 'x-suar-signature-256': signature }) },
    })
    const said = (await answer.json()) as { readonly taken?: number }
    return { status: answer.status, taken: said.taken ?? 0 }
  }
  return { send, tell: (...events) => send(JSON.stringify({ events })) }
}

export interface Openings {
  readonly items: readonly OpeningView[]
  readonly total: number
}
