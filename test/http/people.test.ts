// The registers of people over the API: what is kept, what may not be, who sits where when, and tables with mistakes in them.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Office, Organisation, Person } from '../../daemon/domain/people.ts'
import type { ImportAnswer } from '../../daemon/domain/signin.ts'
import { type Browser, type Door, openDoor, setUp } from '../signin/support/door.ts'

const DAY = 86_400_000
interface Page<T> {
  readonly items: readonly T[]
  readonly total: number
}

describe('the registers of people', () => {
  let door: Door
  let admin: Browser
  beforeEach(async () => {
    door = await openDoor()
    admin = await setUp(door)
  })
  afterEach(() => door.close())

  const add = async <T>(path: string, body: object): Promise<T> => {
    const answer = await admin.post<T>(`/${path}`, body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const table = async (what: string, text: string | Uint8Array<ArrayBuffer>, commit = false) => {
    const form = new FormData()
    form.append('file', new Blob([text]), 'daftar.csv')
    const answer = await admin.post<ImportAnswer & { detail?: string }>(`/import/${what}${commit ? '?commit=true' : ''}`, form)
    return { status: answer.status, ...answer.body }
  }

  it('finds people by any word of theirs, sorted, page by page, in one organisation or in all', async () => {
    const dinkes = await add<Organisation>('organisations', { name: 'Dinas Kesehatan', short: 'Dinkes', kind: 'agency' })
    for (const name of ['Ani', 'Budi', 'Cici'])
      await add('people', { name: `${name} Lestari`, organisation: dinkes.id, unit: name === 'Cici' ? 'Keuangan 50%' : '' })
    const list = async (query: string) => (await admin.get<Page<Person>>(`/people?${query}`)).body
    assert.deepEqual(
      (await list('search=LESTARI&sort=-name&size=2')).items.map(({ name }) => name),
      ['Cici Lestari', 'Budi Lestari'],
    )
    assert.deepEqual(
      (await list('search=lestari&sort=-name&size=2&page=2')).items.map(({ name }) => name),
      ['Ani Lestari'],
    )
    assert.equal((await list(`organisation=${dinkes.id}`)).total, 3)
    assert.equal((await list('search=50%25')).total, 1)
    assert.equal((await list('search=%25')).total, 1, 'a sign of the query language is a sign')
    assert.equal((await list("search=' or 1=1 --")).total, 0)
    assert.equal((await admin.get('/people?sort=search')).status, 200)
    assert.equal((await admin.get('/people?sort=name;drop')).status, 400)
  })

  it('refuses what refers to nothing, ends before it begins, or is somebody else’s', async () => {
    const wrong = async (path: string, body: object) => (await admin.post(`/${path}`, body)).status
    assert.equal(await wrong('people', { name: 'Ani', organisation: 99 }), 400)
    assert.equal(await wrong('people', { name: 'Ani', organisation: 1, nip: '123' }), 400)
    const ani = await add<Person>('people', { name: 'Ani', organisation: 1, nip: '1983 0120 2009 0410 02' })
    assert.equal(ani.nip, '198301202009041002')
    assert.equal(await wrong('people', { name: 'Budi', organisation: 1, nip: '198301202009041002' }), 409)
    assert.equal(await wrong('organisations', { name: 'Lain', short: 'pusat data', kind: 'agency' }), 409)
    assert.equal(await wrong('offices', { person: 99, role: 'noc' }), 400)
    assert.equal(await wrong('offices', { person: ani.id, role: 'noc', from: 2, until: 1 }), 400)
    assert.equal(await wrong('offices', { person: ani.id, role: 'requester' }), 400, 'a requester asks for somebody')
    assert.equal(await wrong('offices', { person: ani.id, role: 'officer', organisation: 1 }), 400)
    assert.equal(await wrong('offices', { person: ani.id, role: 'approver', kind: 'plh' }), 400, 'a stand-in sits in a chair')
    assert.equal(await wrong('teams', { name: 'Tim', decree: 'SK 1', members: [{ person: 99 }] }), 400)
    const answers = (person: number, from: number | null, until: number | null) => ({ as: 'technical', person, from, until })
    const simpeg = (name: string, ...responsible: object[]) => wrong('applications', { name, organisation: 1, responsible })
    assert.equal(await simpeg('SIMPEG', answers(99, null, null)), 400)
    assert.equal(await simpeg('SIMPEG', answers(ani.id, 2, 1)), 400)
    assert.equal(await simpeg('SIMPEG', answers(ani.id, null, 10), answers(ani.id, 10, null)), 400, 'two at the same time')
    assert.equal(await simpeg('SIMPEG', answers(ani.id, null, 9), answers(ani.id, 10, null)), 200)
    assert.equal(await simpeg(' simpeg '), 409, 'two spellings are one application')
    assert.equal((await admin.ask('PUT', '/people/99', { name: 'Ani', organisation: 1 })).status, 404)
    assert.equal((await admin.remove('/organisations/1')).status, 409, 'people belong to it')
  })

  it('keeps who left readable where they are referred to, and out of the lists', async () => {
    const ani = await add<Person>('people', { name: 'Ani', organisation: 1 })
    assert.equal((await admin.remove(`/people/${ani.id}`)).status, 200)
    assert.equal((await admin.get<Page<Person>>('/people?search=ani')).body.total, 0)
    assert.equal((await admin.get<Page<Person>>('/people?search=ani&gone=true')).body.total, 1)
    assert.equal((await admin.get<Person>(`/people/${ani.id}`)).body.goneAt, door.now())
    assert.equal((await admin.remove(`/people/${ani.id}`)).status, 404)
    assert.equal((await admin.post('/accounts', { login: 'ani', person: 99 })).status, 400)
  })

  it('knows who sits in a chair at a moment: the stand-in in his days, and whoever it was back then', async () => {
    const [chief, deputy, next] = [
      await add<Person>('people', { name: 'Kabid', organisation: 1 }),
      await add<Person>('people', { name: 'Plh', organisation: 1 }),
      await add<Person>('people', { name: 'Pengganti', organisation: 1 }),
    ]
    const now = door.now()
    const office = (person: number, kind: string, from: number | null, until: number | null) =>
      add<Office>('offices', { person, role: 'approver', position: 'kabid', kind, from, until })
    const old = await office(chief.id, 'definitive', null, now + 30 * DAY)
    await office(deputy.id, 'plh', now + 2 * DAY, now + 7 * DAY)
    await office(next.id, 'definitive', now + 30 * DAY + 1, null)
    const holders = async (at: number) =>
      (await admin.get<{ items: { person: Person; office: Office }[] }>(`/offices/holders?position=kabid&at=${at}`)).body.items.map(
        ({ person }) => person.name,
      )
    assert.deepEqual(await holders(now), ['Kabid'])
    assert.deepEqual(await holders(now + 3 * DAY), ['Plh', 'Kabid'])
    assert.deepEqual(await holders(now + 7 * DAY + 1), ['Kabid'])
    assert.deepEqual(await holders(now + 31 * DAY), ['Pengganti'])
    // Taken out of the register an hour later: papers of today still find him.
    door.later(DAY / 24)
    assert.equal((await admin.remove(`/offices/${old.id}`)).status, 200)
    assert.deepEqual(await holders(now), ['Kabid'])
    assert.deepEqual(await holders(now + 2 * DAY - 1), [])
  })

  it('says what a table would do, line by line, and does it only when all of it is right', async () => {
    const text =
      'Nama;Singkatan;Jenis\nDinas Kesehatan;Dinkes;dinas\n;Kosong;dinas\nDinas Sosial;Dinsos;planet\nDinas Kesehatan Lagi;DINKES;dinas\n"Kab; Utara";Utara;kabupaten;zuviel\n'
    const preview = await table('organisations', text, true)
    assert.equal(preview.committed, false)
    assert.deepEqual(
      preview.mistakes.map(({ line, column }) => [line, column]),
      [
        [3, 'name'],
        [4, 'kind'],
        [5, 'short'],
        [6, ''],
      ],
    )
    assert.equal((await admin.get<Page<Organisation>>('/organisations')).body.total, 1, 'nothing was taken in')

    const good = '\uFEFFNama;Singkatan;Jenis\r\nDinas Kesehatan;Dinkes;dinas\r\n"Kab; Utara";Utara;kabupaten\r\n'
    assert.deepEqual(
      (await table('organisations', good)).added.map(({ line }) => line),
      [2, 3],
    )
    assert.equal((await table('organisations', good, true)).committed, true)
    assert.deepEqual((await table('organisations', good, true)).same, 2)
    const renamed = await table('organisations', 'short,name\nDinkes,Dinas Kesehatan Provinsi\n', true)
    assert.deepEqual(renamed.changed, [{ line: 2, name: 'Dinas Kesehatan Provinsi', fields: ['name'] }])
    const { items } = (await admin.get<Page<Organisation>>('/organisations?search=dinkes')).body
    assert.deepEqual([items[0]?.name, items[0]?.kind], ['Dinas Kesehatan Provinsi', 'agency'], 'a column that is not there changes nothing')
  })

  it('takes in all of a table or nothing of it, when a line is refused only as it is written', async () => {
    await table('organisations', 'nama,singkatan\nDinas Kesehatan,Dinkes\n', true)
    const total = async () => (await admin.get<Page<Organisation>>('/organisations?size=1')).body.total
    const trail = async () => (await admin.get<{ items: unknown[] }>('/audit?size=100')).body.items.length
    const [organisations, entries] = [await total(), await trail()]
    // A disk that fails at the last line.
    const db = new Database(join(door.folder, 'records.db'))
    db.exec(`create trigger no_rakyat before insert on organisations when new.short = 'Rakyat' begin select raise(abort, 'the disk said no'); end`)
    db.close()
    const sent = new FormData()
    sent.append('file', new Blob(['nama,singkatan\nDinas Sosial,Dinsos\nDinas Pangan,Pangan\nPerumahan Rakyat,Rakyat\n']), 'pd.csv')
    const refused = await admin.ask('POST', '/import/organisations?commit=true', sent)
    assert.ok(refused.status >= 400, String(refused.status))
    assert.deepEqual([await total(), await trail()], [organisations, entries], 'no line and no entry of the trail is left of it')
    const again = new Database(join(door.folder, 'records.db'))
    again.exec('drop trigger no_rakyat')
    again.close()
    assert.equal((await table('organisations', 'nama,singkatan\nDinas Sosial,Dinsos\nPerumahan Rakyat,Rakyat\n', true)).committed, true)
    assert.equal(await total(), organisations + 2)
  })

  it('takes in people and then their accounts, by NIP or e-mail', async () => {
    await table('organisations', 'nama,singkatan\nDinas Kesehatan,Dinkes\n', true)
    const people =
      'Nama,NIP,Jabatan,Eselon,PD,Email,Kompetensi\n"Ani, S.Kom.",198301202009041002,Kabid,III.a,dinkes,ani@example.org,jaringan|server\nBudi,,Staf,-,Dinas Kesehatan,budi@example.org,\n'
    const made = await table('people', people, true)
    assert.deepEqual([made.committed, made.added.length, made.mistakes], [true, 2, []])
    const { items } = (await admin.get<Page<Person>>('/people?search=ani')).body
    assert.deepEqual([items[0]?.name, items[0]?.echelon, items[0]?.skills], ['Ani, S.Kom.', 'III', ['jaringan', 'server']])
    assert.equal((await table('people', people, true)).same, 2)
    const wrong = await table('accounts', 'login,orang\nani,198301202009041002\nani,budi@example.org\nx,budi@example.org\ncici,cici@example.org\n')
    assert.deepEqual(
      wrong.mistakes.map(({ line, column }) => [line, column]),
      [
        [3, 'login'],
        [4, 'login'],
        [5, 'person'],
      ],
    )
    const accounts = await table('accounts', 'login,orang\nani,198301202009041002\nbudi,BUDI@example.org\n', true)
    assert.deepEqual(
      accounts.links.map(({ login }) => login),
      ['ani', 'budi'],
    )
    const code = new URL(accounts.links[0]?.link ?? '').searchParams.get('code')
    const ani = door.browser()
    assert.equal((await ani.post('/setup', { code, password: 'katak biru melompat' })).status, 200)
    assert.equal((await ani.session()).viewer?.name, 'Ani, S.Kom.')
  })

  it('says what is wrong with a table as a whole', async () => {
    for (const [text, says] of [
      ['', /empty/],
      ['nama,warna\nx,rot\n', /lacks short and has columns.*warna.*Columns are: name, short/],
      ['name,short,nama\n', /there twice: nama/],
      ['name,short\n"open,x\n', /never closed/],
    ] as const) {
      const answer = await table('organisations', text)
      assert.equal(answer.status, 400, text)
      assert.match(answer.detail ?? '', says)
    }
    assert.equal((await admin.post('/import/organisations', { not: 'a file' })).status, 400)
    assert.equal((await table('planets', 'a\n')).status, 400)
  })

  it('lets requesters see nothing of it, and others change nothing of it', async () => {
    const demo = await openDoor({ demonstration: { enabled: true } })
    try {
      const as = async (login: string) => {
        const browser = demo.browser()
        assert.equal((await browser.post('/session', { demo: login })).status, 200)
        return browser
      }
      const requester = await as('pemohon')
      for (const path of ['/people', '/organisations', '/offices', '/accounts', '/audit', '/people/1'])
        assert.equal((await requester.get(path)).status, 403, path)
      const noc = await as('noc')
      assert.equal((await noc.get('/people')).status, 200)
      assert.equal((await noc.post('/people', { name: 'Eve', organisation: 1 })).status, 403)
      // The stand-in of the demonstration has his chair next week.
      const prakom = await as('prakom')
      assert.deepEqual((await prakom.session()).viewer?.positions, ['prakom'])
      demo.later(7 * DAY)
      assert.deepEqual((await (await as('prakom')).session()).viewer?.positions, ['prakom', 'kabid'])
    } finally {
      await demo.close()
    }
  })
})
