// Minutes under the agency's seal, judged by poppler: the second party's approval leaves the sealed file as it is.
import assert from 'node:assert/strict'
import { openSigner } from '../../../daemon/paper/signer.ts'
import p12 from '../../../daemon/paper/signers/p12.ts'
import { type Desk, havePoppler, openAuthority, openDesk, PASSWORD } from '../../paper/support/poppler.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { openHouse } from './support/house.ts'

describe('minutes under the seal', function () {
  this.timeout(60_000)
  let tools: Desk
  before(function () {
    if (!havePoppler()) this.skip()
    tools = openDesk()
  })
  after(() => tools?.close())

  it('hold their seal after the other party approved, and any change shows', async () => {
    const file = openAuthority(tools).issue('Segel Dinas Kominfo')
    const seal = must(await openSigner({ via: 'p12', file, password: PASSWORD }, new Map([['p12', p12]])))
    const house = await openHouse(tempFolder(), { now: Date.now() + 60_000, seal })
    const number = await house.filed('splp')
    await house.do(number, 'petugas', { kind: 'urgent', to: await house.person('petugas'), reason: 'Layanan mati.' })
    await house.do(number, 'petugas', { kind: 'work', note: 'Dipulihkan.' })
    await house.do(number, 'petugas', { kind: 'report', text: 'Selesai.', recommendation: '' })
    const { documents } = await house.do(number, 'petugas', { kind: 'minutes' })
    const id = documents[0]?.id ?? 0
    const sealed = must(await house.desk.sign(id, { party: 0, method: 'seal' }, await house.as('kabid')))
    const returned = must(await house.desk.sign(id, { party: 1, method: 'approval' }, await house.as('pemohon')))
    assert.deepEqual([sealed.sha256, returned.state], [returned.sha256, 'returned'])
    const { content } = must(await house.desk.content(id, await house.as('pemohon')))
    const judged = (pdf: Uint8Array) => tools.run('pdfsig', ['-nocert', tools.file('judged.pdf', pdf)], true)
    assert.match(judged(content), /Signature is Valid/)
    const changed = Buffer.from(content)
    const at = changed.indexOf('%PDF') + 700
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.doesNotMatch(judged(changed), /Signature is Valid/)
    await house.close()
  })
})
