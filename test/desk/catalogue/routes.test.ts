// The catalogue over the API: the list and its search, a service as it stands and stood, answers checked before they are sent in.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, openCatalogue } from '../../../daemon/desk/catalogue.ts'
import { openPrinting } from '../../../daemon/desk/papers/print.ts'
import type { Checked } from '../../../daemon/domain/form-check.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import type { ServiceVersion } from '../../../daemon/domain/service.ts'
import type { ServiceView } from '../../../daemon/http/contract.ts'
import { cataloguePaperRoutes, catalogueRoutes } from '../../../daemon/http/routes/catalogue.ts'
import { type Front, openFront } from '../../../daemon/http/server.ts'
import { SILENT } from '../../../daemon/log.ts'
import { openPaper, type PaperRoom } from '../../../daemon/paper/open.ts'
import type { Records } from '../../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../../store/support/folder.ts'
import { must, NOON } from '../../store/support/must.ts'
import { viewer } from '../../support/viewers.ts'

describe('the catalogue over the API', () => {
  let records: Records
  let catalogue: Catalogue
  let front: Front
  let press: PaperRoom
  let url: string
  let who: Viewer | null = null

  before(async () => {
    const folder = tempFolder()
    records = await recordsIn(folder)
    writeFileSync(join(folder, 'fax.yaml'), 'key: fax\n')
    catalogue = must(await openCatalogue({ folders: [folder], versions: records.services }, SILENT))
    press = openPaper({ log: SILENT })
    front = openFront({
      routes: [
        ...catalogueRoutes({
          services: () => catalogue.services,
          service: key => catalogue.service(key),
          serviceVersion: (key, version) => catalogue.version(key, version),
          catalogueTroubles: () => catalogue.troubles,
        }),
        ...cataloguePaperRoutes(openPrinting({ catalogue, render: press.render, clock: () => NOON, holder: async () => null })),
      ],
      viewerOf: async () => who,
      dashboard: folder,
      version: '0',
      figures: () => [],
      notReady: () => null,
      log: SILENT,
    })
    url = must(await front.listen('127.0.0.1', 0)).url
  })
  after(async () => {
    await front.close()
    await press.close()
    await records.close()
  })
  beforeEach(() => {
    who = viewer('requester')
  })

  const get = async <T>(path: string): Promise<{ status: number; body: T }> => {
    const response = await fetch(new URL(`/api/v1${path}`, url))
    return { status: response.status, body: (await response.json()) as T }
  }
  const list = async (search = '') => (await get<{ items: ServiceView[]; troubles: string[] }>(`/services?search=${encodeURIComponent(search)}`)).body
  const send = async (key: string, body: unknown): Promise<Checked> => {
    const response = await fetch(new URL(`/api/v1/services/${key}/check`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Checked
  }

  it('is for those who are signed in', async () => {
    who = null
    assert.equal((await get('/services')).status, 401)
    who = viewer('requester', { pending: 'password' })
    assert.equal((await get('/services')).status, 403)
  })

  it('lists the services in the order of their page, and tells its troubles to those who can mend them', async () => {
    const { items, troubles } = await list()
    assert.equal(items[0]?.key, 'colocation')
    assert.equal(items.at(-1)?.key, 'complaint')
    assert.deepEqual(troubles, [])
    who = viewer('officer')
    assert.match((await list()).troubles.join(), /"fax" is not offered/)
  })

  it('finds services by every word, in both languages, in what they offer too', async () => {
    const keys = async (search: string) => (await list(search)).items.map(({ key }) => key)
    assert.deepEqual(await keys('stress BEBAN'), ['feasibility-test'])
    assert.deepEqual(await keys('licences'), ['licence'])
    assert.deepEqual(await keys('SV13'), ['data-management'])
    assert.deepEqual(await keys('tidak ada yang begini'), [])
  })

  it('gives a service whole, as it stands and as it stood', async () => {
    const now = await get<ServiceVersion>('/services/splp')
    assert.deepEqual([now.status, now.body.version, now.body.service.steps.length], [200, 1, 9])
    assert.deepEqual((await get<ServiceVersion>('/services/splp/versions/1')).body, now.body)
    assert.equal((await get('/services/splp/versions/2')).status, 404)
    assert.equal((await get('/services/nothing')).status, 404)
    assert.equal((await get('/services/..%2f..')).status, 400)
  })

  it('tells everything that is wrong with answers, to an applicant nothing of what the officer fills in', async () => {
    const asked = { answers: { email: 'x', complete: 1 }, products: ['stress'] }
    const mine = await send('feasibility-test', asked)
    const paths = mine.mistakes.map(({ path }) => path)
    for (const path of ['name', 'email', 'usersPerDay', 'signer.echelon']) assert.ok(paths.includes(path), path)
    assert.ok(!paths.includes('scenarioPresent') && !paths.includes('testUrl'))
    assert.deepEqual(mine.answers, { email: 'x' })
    who = viewer('officer')
    const theirs = (await send('feasibility-test', asked)).mistakes.map(({ path }) => path)
    assert.ok(theirs.includes('scenarioPresent'))
    assert.deepEqual(
      (await send('feasibility-test', { ...asked, as: 'requester' })).mistakes.map(({ path }) => path),
      paths,
    )
    assert.deepEqual((await send('feasibility-test', { answers: {}, partial: true })).mistakes, [])
  })

  it('prints the papers of a service, and none that it does not have', async () => {
    const paper = async (path: string) => {
      const response = await fetch(new URL(`/api/v1/services/${path}`, url))
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        head: Buffer.from(await response.arrayBuffer())
          .subarray(0, 5)
          .toString('latin1'),
      }
    }
    const whole = { status: 200, type: 'application/pdf', head: '%PDF-' }
    for (const what of ['sheet', 'procedure', 'standard', 'form']) assert.deepEqual(await paper(`splp/papers/${what}`), whole, what)
    assert.deepEqual(await paper('splp/papers/form?language=en'), whole)
    assert.equal((await paper('complaint/papers/standard')).status, 404)
    assert.equal((await paper('splp/papers/secret')).status, 400)
  })
})
