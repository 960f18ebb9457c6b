// The daemon's own front door with only the webhooks behind it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Route, ViewerOf } from '../../../daemon/http/route.ts'
import { openFront } from '../../../daemon/http/server.ts'
import { must, quiet } from './desk.ts'

export async function openHooks(routes: readonly Route[], viewerOf: ViewerOf = async () => null) {
  const dashboard = mkdtempSync(join(tmpdir(), 'suar-hooks-'))
  const front = openFront({ routes, viewerOf, dashboard, version: '0', figures: () => [], notReady: () => null, log: quiet })
  const { url } = must(await front.listen('127.0.0.1', 0))
  return {
    url,
    async close() {
      await front.close()
      rmSync(dashboard, { recursive: true, force: true })
    },
  }
}
