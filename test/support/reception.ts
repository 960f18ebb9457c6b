// The real sign-in for pages: records in a folder of their own, the demonstration's people or nobody at all, and a clock the test turns.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Config } from '../../daemon/config.ts'
import type { Call } from '../../daemon/domain/call.ts'
import { openReception } from '../../daemon/reception.ts'
import { openRecords } from '../../daemon/store/records.ts'
import { trailFeed } from '../../daemon/stream/trail.ts'
import { openStage } from './stage.ts'

const quiet: Call['log'] = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

export type House = Awaited<ReturnType<typeof openHouse>>

interface HouseOptions {
  readonly people: boolean
  readonly port?: number
  readonly oidc?: { readonly name: string; readonly issuer: string; readonly clientId: string; readonly clientSecret: string }
  readonly secondFactor?: 'optional' | 'required'
}

/** A stage with the real sign-in. `people`: those of the demonstration, to be signed in as by a press; without, the first account is still to be made. */
export async function openHouse({ people, port = 0, oidc, secondFactor }: HouseOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'suar-house-'))
  let ahead = 0
  const clock = (): number => Date.now() + ahead
  const opened = await openRecords({ folder, log: quiet, clock, environmentKey: undefined })
  if (!opened.ok) throw new Error(opened.failure.message)
  const records = opened.value
  let url = ''
  const config = Config.parse({
    data: folder,
    demonstration: { enabled: people },
    signin: { ...(secondFactor === undefined ? {} : { secondFactor }), ...(oidc === undefined ? {} : { oidc }) },
  })
  const reception = await openReception({ config, records, clock, log: quiet, base: () => url.replace(/\/$/, '') })
  const stage = await openStage({ reception, port, feeds: [trailFeed(records.audit), ...reception.feeds] })
  // A name, not an address: passkeys are made for names.
  url = stage.url.replace('127.0.0.1', 'localhost')
  return {
    url,
    stage,
    records,
    reception,
    /** Lets time pass for sign-in. */
    later: (ms: number): void => {
      ahead += ms
    },
    close: async (): Promise<void> => {
      await stage.close()
      await reception.close()
      await records.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
