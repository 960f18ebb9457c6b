// A site's own catalogue laid over ours: what it changes, what is said of its mistakes, and what happens to services that were good before.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, openCatalogue } from '../../../daemon/desk/catalogue.ts'
import { OWN_CATALOGUE, readCatalogue, siteCatalogue } from '../../../daemon/desk/catalogue-read.ts'
import { sayMistake } from '../../../daemon/domain/document.ts'
import { SILENT } from '../../../daemon/log.ts'
import type { Records } from '../../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../../store/support/folder.ts'
import { must, NOON } from '../../store/support/must.ts'
import { suar } from '../../support/cli.ts'

describe("a site's own catalogue", () => {
  let folder = ''
  let records: Records
  let now = NOON

  beforeEach(async () => {
    now = NOON
    const data = tempFolder()
    folder = join(data, 'catalogue')
    mkdirSync(folder)
    records = await recordsIn(data, () => now)
  })
  afterEach(() => records.close())

  const ours = (name: string): string => readFileSync(join(OWN_CATALOGUE, name), 'utf8')
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const open = async (): Promise<Catalogue> => must(await openCatalogue({ folders: [folder], versions: records.services }, SILENT))
  const said = async (): Promise<string[]> => (await readCatalogue([folder])).mistakes.map(sayMistake)

  it('is version 1 of every service at first, and the same again after a restart', async () => {
    const first = await open()
    assert.ok(first.services.length >= 15)
    assert.ok(first.services.every(({ version, since }) => version === 1 && since === NOON))
    now += 1000
    const again = await open()
    assert.deepEqual(
      again.services.map(({ key, version, hash, since }) => [key, version, hash, since]),
      first.services.map(({ key, version, hash, since }) => [key, version, hash, since]),
    )
  })

  it('makes a changed service its next version, and keeps the one before for its tickets', async () => {
    const first = await open()
    write('domain.yaml', ours('domain.yaml').replace('min: 1, max: 2', 'min: 1, max: 3'))
    now += 1000
    const second = await open()
    const domain = must(second.service('domain'))
    assert.deepEqual([domain.version, domain.since, domain.service.products[0]?.standard.max], [2, NOON + 1000, 3])
    assert.equal(must(second.service('hosting')).version, 1)
    const before = must(await second.version('domain', 1))
    assert.deepEqual(before.service, must(first.service('domain')).service)
    const nothing = await second.version('domain', 7)
    assert.ok(!nothing.ok && nothing.failure.kind === 'notFound')
  })

  it('does not take another order of keys for a change', async () => {
    const first = await open()
    const text = ours('domain.yaml')
    write('domain.yaml', text.replace('key: domain\nreference: SV4\n', 'reference: SV4\nkey: domain\n'))
    assert.equal(must((await open()).service('domain')).hash, must(first.service('domain')).hash)
  })

  it('offers a broken service as it was before, and says so', async () => {
    await open()
    write('domain.yaml', ours('domain.yaml').replace('steps: [{ use: steps }]', 'steps: [{ use: stepps }]'))
    const broken = await open()
    assert.equal(must(broken.service('domain')).version, 1)
    assert.equal(broken.troubles.length, 1)
    assert.match(broken.troubles[0] ?? '', /"domain" is offered as it was before.*suar catalogue check/)
  })

  it('does not offer a new service that is broken from the beginning', async () => {
    write('fax.yaml', 'key: fax\nname: Fax\n')
    const catalogue = await open()
    assert.ok(!catalogue.service('fax').ok)
    assert.match(catalogue.troubles.join(), /"fax" is not offered/)
  })

  it('lies in the data folder, unless another folder is set', () => {
    const data = join(folder, '..')
    assert.deepEqual(siteCatalogue(data, undefined), [folder])
    assert.deepEqual(siteCatalogue(data, '/srv/own'), ['/srv/own'])
    assert.deepEqual(siteCatalogue(folder, undefined), [])
  })

  it('adds a service by adding a file', async () => {
    write('colocation-small.yaml', ours('colocation.yaml').replace('key: colocation\n', 'key: colocation-small\n'))
    const { services, mistakes } = await readCatalogue([folder])
    assert.deepEqual(mistakes, [])
    assert.ok(services.some(({ key }) => key === 'colocation-small'))
  })

  it('speaks of its own agency in every service', async () => {
    write('agency.yaml', 'name: Dinas Kominfo Kota Bahari\ncode: KOMINFOBHR\nplace: Bahari\n')
    const { services, agency, mistakes } = await readCatalogue([folder])
    assert.deepEqual(mistakes, [])
    assert.equal(agency?.place, 'Bahari')
    const splp = services.find(({ key }) => key === 'splp')
    assert.equal(splp?.minutes?.number, '{no}/BA-LIA/SC-05/KOMINFOBHR/{year}')
    assert.match(splp?.sheet?.desk.id ?? '', /^Dinas Kominfo Kota Bahari\n/)
  })

  it('replaces a shared part for all services that take it', async () => {
    write('_own.yaml', 'statement: { id: Pernyataan kami sendiri., en: Our own statement. }\n')
    const { services } = await readCatalogue([folder])
    assert.equal(services.find(({ key }) => key === 'hosting')?.form.statement.id, 'Pernyataan kami sendiri.')
  })

  describe('says of a mistake where it is and what to do', () => {
    const cases: readonly (readonly [what: string, name: string, text: () => string, says: RegExp])[] = [
      [
        'an unknown key',
        'domain.yaml',
        () => ours('domain.yaml').replace('summary:', 'sumary:'),
        /domain\.yaml:6: sumary: unknown key "sumary"\. .*write "summary"/,
      ],
      ['not YAML', 'domain.yaml', () => 'key: [domain\nname: x\n', /domain\.yaml:\d+: not YAML: .*\. Check quotes, indentation and brackets/],
      [
        'a shared part that is not there',
        'domain.yaml',
        () => ours('domain.yaml').replace('use: applicant', 'use: aplicant'),
        /domain\.yaml:21: form\.sections\.0\.use: there is no shared part "aplicant"\. Write "applicant"\./,
      ],
      [
        'a chair nobody has',
        'csirt.yaml',
        () => ours('csirt.yaml').replace('owner: kabid', 'owner: kabit'),
        /csirt\.yaml:\d+: steps\.2\.owner: there is no chair "kabit"\. Write "kabid"\./,
      ],
      [
        'a phase with a product that is not there',
        'splp.yaml',
        () => ours('splp.yaml').replace('product: integration', 'product: integrate'),
        /splp\.yaml:\d+: phases\.4\.product: there is no product "integrate"/,
      ],
      [
        'a related service that is not there',
        'domain.yaml',
        () => ours('domain.yaml').replace('related: [hosting,', 'related: [hostin,'),
        /domain\.yaml:\d+: related\.0: there is no service "hostin"\. Write "hosting"\./,
      ],
      [
        'a condition on a field that is not there',
        'hosting.yaml',
        () => ours('hosting.yaml').replace('when: { field: backup, in: [true] }', 'when: { field: backups, in: [true] }'),
        /hosting\.yaml:\d+: form\.sections\.3\.fields\.1\.when\.field: no field "backups" stands before this one/,
      ],
      [
        'a condition on a value that cannot be',
        'dc-operations.yaml',
        () => ours('dc-operations.yaml').replace('when: { field: kind, in: [backup] }', 'when: { field: kind, in: [bakup] }'),
        /dc-operations\.yaml:\d+: .*"kind" is never bakup\. Use one of: backup, restore/,
      ],
      [
        'an expression that does not compile',
        'complaint.yaml',
        () => ours('complaint.yaml').replace('"^T-\\\\d{4}-\\\\d{4,}$"', '"^T-(\\\\d"'),
        /complaint\.yaml:\d+: .*pattern\.expression: Invalid regular expression/,
      ],
      [
        'a number that does not run',
        '_own.yaml',
        () => ours('_common.yaml').replace('"{no}/BA-{code}', '"BA-{code}'),
        /_own\.yaml:\d+: minutes\.number: ".*" has no \{no\}/,
      ],
      [
        'a word the agency does not have',
        'domain.yaml',
        () => ours('domain.yaml').replace('{agency.domain}', '{agency.domian}'),
        /domain\.yaml:\d+: summary\.id: the agency has no "domian"\. Write \{agency\.domain\}\./,
      ],
      [
        'a name that minutes do not know',
        'domain.yaml',
        () => ours('domain.yaml').replace('{ticket}', '{tiket}'),
        /domain\.yaml:\d+: minutes\.clauses\.0\.id: \{tiket\} means nothing in minutes\. Write \{ticket\}\./,
      ],
      [
        'a file with another name than its key',
        'domains.yaml',
        () => ours('domain.yaml'),
        /domains\.yaml:\d+: key: the file is named domains\.yaml\. Write "domains"/,
      ],
      [
        'a letter that names no field',
        'data-management.yaml',
        () => ours('data-management.yaml').replace('number: { id: "{letterNumber}"', 'number: { id: "{letterNo}"'),
        /data-management\.yaml:\d+: form\.letter\.number: \{letterNo\} is no field of the form/,
      ],
      [
        'parts in a circle',
        '_own.yaml',
        () => 'statement: { use: closing }\nclosing: { use: statement }\n',
        /_own\.yaml:2: closing\.use: the parts use each other in a circle: statement → closing → statement/,
      ],
      ["the agency's own key", 'agency.yaml', () => 'nam: Kominfo\n', /agency\.yaml:1: nam: unknown key "nam"\. .*"name"/],
    ]
    for (const [what, name, text, says] of cases)
      it(what, async () => {
        write(name, text())
        const found = await said()
        assert.ok(
          found.some(one => says.test(one)),
          `none of these is ${says}:\n${found.join('\n')}`,
        )
      })
  })

  it('is checked by a command: every mistake, and 1 at the end', async () => {
    write('domain.yaml', ours('domain.yaml').replace('group: data-centre', 'group: data-center'))
    const ran = await suar(['catalogue', 'check', folder])
    assert.equal(ran.code, 1)
    assert.match(ran.stdout, /domain\.yaml:9: group: .*Use one of: data-centre, /)
    const json = await suar(['catalogue', 'check', folder, '--json'])
    const { ok, mistakes } = JSON.parse(json.stdout) as { ok: boolean; mistakes: { line: number }[] }
    assert.deepEqual([ok, mistakes.map(({ line }) => line)], [false, [9]])
    assert.equal((await suar(['catalogue', 'check', join(folder, 'nowhere')])).code, 2)
    assert.match((await suar(['catalogue', 'check'])).stdout, /^\d+ services, all in order\.\n$/)
  }).timeout(30_000)

  it('survives files that are no catalogue at all', async () => {
    cpSync(process.execPath, join(folder, 'node.yaml'))
    write('list.yaml', '- a\n- b\n')
    write('empty.yaml', '')
    write('alias.yaml', 'key: *nothing\n')
    const { services, broken, mistakes } = await readCatalogue([folder])
    assert.ok(services.length >= 15)
    assert.deepEqual(broken.toSorted(), ['alias', 'empty', 'list'])
    assert.ok(mistakes.some(({ file, reason }) => file.endsWith('node.yaml') && reason === 'the file is larger than 1 MB'))
  })
})
