// A change that was under way when the daemon went, on a host that is away when it comes back.
import assert from 'node:assert/strict'
import type { Change } from '../../../daemon/domain/change.ts'
import { SILENT } from '../../../daemon/log.ts'
import { must } from '../../store/support/must.ts'
import { until } from '../../support/daemon.ts'
import { canHost } from '../../support/host/start.ts'
import { officer, openYard, type Yard } from './yard.ts'

describe('a change whose host is away', function () {
  this.timeout(120_000)
  let yard: Yard
  before(async function () {
    if (!canHost()) this.skip()
    yard = await openYard(['nginx'], {}, { round: 500 })
    await yard.adopt()
  })
  after(() => yard?.close())

  it('is taken up as soon as the host answers again, not at the next start', async () => {
    const sent = { organisation: yard.organisation, website: yard.website(), ticket: null, reason: 'asked for' }
    const { number } = must(await yard.hosting.websites.create(sent, officer))
    await yard.reached(number, ['planned'])
    // As a daemon leaves it that dies right behind the beginning.
    const kept = (await yard.records.changes.find(number)) ?? assert.fail('it is not there')
    assert.ok(kept.change.state === 'planned')
    const by = { account: officer.account, name: officer.name, at: Date.now() }
    const applying: Change = { ...kept.change, state: 'applying', applier: by }
    assert.ok(await yard.records.changes.put(applying, kept.revision))
    await yard.records.changes.append(kept.change.id, { at: by.at, kind: 'began', by })

    await yard.host.run(['sh', '-c', 'kill "$(cat /run/sshd.pid)"'])
    await yard.host.breakConnections()
    await yard.reopen()
    await until(
      'the host is missed',
      async () => await yard.hosting.engine.drift({ kind: 'host', id: yard.host.name }, { signal: AbortSignal.timeout(10_000), log: SILENT }),
      report => !report.ok,
    )
    assert.equal((await yard.records.changes.find(number))?.change.state, 'applying')
    await yard.host.run(['/usr/sbin/sshd'])
    assert.equal((await yard.reached(number, ['verified', 'undone', 'undoFailed'])).state, 'verified')
  })
})
