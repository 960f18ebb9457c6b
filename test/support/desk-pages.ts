// Hands on the desk's pages: fills a form of the catalogue as a person would, and does what stands next on a ticket.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { Answer, LeafField } from '../../daemon/domain/form.ts'
import type { Service } from '../../daemon/domain/service.ts'
import { SIGNED_FORM } from '../../daemon/domain/ticket.ts'
import { type Office, PASSWORD, type Somebody } from './office.ts'
import { type Asked, answersOf, letter } from './procedure.ts'

/** A file for the browser's chooser. */
export const paper = (name: string, text = name) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(letter(text)) })

/** Leaves of a form by their path without the numbers of rows: `devices.height`. */
function leavesOf({ form }: Service): ReadonlyMap<string, LeafField> {
  const found = new Map<string, LeafField>()
  for (const field of form.sections.flatMap(section => section.fields))
    if (field.type === 'group') for (const leaf of field.fields) found.set(`${field.key}.${leaf.key}`, leaf)
    else found.set(field.key, field)
  return found
}

function answerAt(answers: unknown, path: string): Answer | undefined {
  let value: unknown = answers
  for (const part of path.split('.')) value = value !== null && typeof value === 'object' ? Reflect.get(value, part) : undefined
  return value as Answer | undefined
}

async function put(box: Locator, field: LeafField, value: Answer): Promise<void> {
  switch (field.type) {
    case 'files': {
      await box.locator('input[type=file]').setInputFiles(paper(`${field.key}.pdf`))
      return box.locator('.filelist li').first().waitFor()
    }
    case 'choice':
    case 'choices': {
      for (const one of [value].flat() as string[]) {
        const label = field.options?.find(option => option.value === one)?.label.id ?? one
        if ((await box.locator('select').count()) > 0) await box.locator('select').selectOption({ label })
        else await box.getByLabel(label, { exact: true }).check()
      }
      return
    }
    case 'terms':
      return box.getByRole('checkbox').check()
    case 'place': {
      if (field.many) return box.locator('textarea').fill([value].flat().join('\n'))
      if ((await box.locator('select').count()) === 0) return box.locator('input').fill(String(value))
      return void (await box.locator('select').selectOption({ label: String(value) }))
    }
    case 'yesno':
    case 'present':
      return box
        .locator('input[type=radio]')
        .nth(value === true ? 0 : 1)
        .check()
    default: {
      const text = Array.isArray(value) ? value.join('\n') : String(value)
      return box.locator('input, textarea').first().fill(text)
    }
  }
}

/** What is shown of a step now and can be answered, until nothing new appears. */
async function fillStep(page: Page, leaves: ReadonlyMap<string, LeafField>, answers: unknown): Promise<void> {
  const done = new Set<string>()
  for (;;) {
    const paths = (await page.locator('.formbody .leaf').evaluateAll(all => all.map(one => one.getAttribute('data-path') ?? ''))).filter(
      path => !done.has(path),
    )
    if (paths.length === 0) return
    for (const path of paths) {
      done.add(path)
      const field = leaves.get(path.replace(/\.\d+(?=\.)/, ''))
      const value = answerAt(answers, path)
      if (field !== undefined && value !== undefined && value !== null) await put(page.locator(`.leaf[data-path="${path}"]`), field, value)
    }
  }
}

/** Writes a request on its pages, from the catalogue to the last step, with the letter brought along; `send` presses the button. */
export async function writeRequest(office: Office, page: Page, who: Somebody, asked: Asked): Promise<void> {
  const { service } = await who.get<{ service: Service }>(`/services/${asked.service}`)
  const leaves = leavesOf(service)
  // A number that stands for a file wherever one is wanted.
  const answers = answersOf(office, service, asked, 1)
  await page.goto(`${office.url}/requests`)
  await page.locator(`a[href="/requests/new/${asked.service}"]`).first().click()
  // Who has a draft of the service already is asked first.
  const anew = page.getByRole('button', { name: 'Mulai dari awal' })
  await page.locator('.formpanel').or(anew).first().waitFor()
  if (await anew.isVisible()) await anew.click()
  await page.locator('.formpanel').waitFor()
  for (let step = 0; step < 20; step++) {
    if ((await page.locator('.sendbtn').count()) > 0) {
      if (asked.title !== undefined) await page.getByLabel('Judul permohonan').fill(asked.title)
      return
    }
    for (const key of asked.products ?? []) {
      const name = service.products.find(one => one.key === key)?.name.id ?? key
      const box = page.locator('.productlist .product', { hasText: name }).locator('input')
      if ((await box.count()) > 0) await box.check()
    }
    await fillStep(page, leaves, answers)
    for (const [key, name] of [['letter', 'surat-permohonan'], ...(service.form.signer.wetStamp ? [[SIGNED_FORM, 'formulir-basah']] : [])] as const) {
      const slot = page.locator(`[data-path="paper ${key}"]`)
      if ((await slot.count()) === 0 || (await slot.locator('.filelist li').count()) > 0) continue
      await slot.locator('input[type=file]').setInputFiles(paper(`${name}.pdf`, name))
      await slot.locator('.filelist li').first().waitFor()
    }
    const title = await page.locator('.formbody h2').first().textContent()
    await page.locator('.formfoot .btn.primary').click()
    await page.waitForFunction(`document.querySelector('.formbody h2')?.textContent !== ${JSON.stringify(title)}`)
  }
  throw new Error('the form has no last step')
}

/** Agrees to the statement and hands in; the number on the receipt. */
export async function handIn(page: Page): Promise<string> {
  await page.getByLabel('Saya menyatakan demikian').check()
  await page.locator('.sendbtn').click()
  await page.getByRole('heading', { name: 'Permohonan diterima' }).waitFor()
  const number = (await page.locator('.receiptnumber b').innerText()).trim()
  assert.match(number, /^T-\d{4}-\d{4,}$/)
  return number
}

/** A ticket's page, and what its viewer does on it. */
export function desk(office: Office, page: Page) {
  const next = page.locator('.next')
  const send = (name: string) => next.locator('button.send', { hasText: name }).click()
  const done = async (): Promise<void> => {
    await page.locator('.toast', { hasText: 'Tercatat' }).last().waitFor()
  }
  /** One of the actions that stand below the next step: opens its form. */
  const other = async (name: string): Promise<Locator> => {
    const details = next.locator('details.others')
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
    await details.getByRole('button', { name }).click()
    return page.getByRole('dialog')
  }
  const at = (step: string) => page.locator('.chain .now', { hasText: step }).waitFor()
  return {
    page,
    next,
    other,
    at,
    open: (number: string) => page.goto(`${office.url}/tickets/${number}`),
    /** Sees every paper and fills in the officer's part. */
    async verify() {
      await next.locator('button.send', { hasText: 'Berkas lengkap' }).waitFor()
      for (const box of await next.locator('input[type=checkbox]').all()) await box.check()
      for (const field of await next.locator('fieldset input[type=text]').all()) await field.fill('Siti Maimunah')
      await send('Berkas lengkap')
    },
    async giveBack(reason: string) {
      const dialog = await other('Kembalikan…')
      await dialog.getByLabel('Alasan').fill(reason)
      await dialog.getByRole('button', { name: 'Kembalikan' }).click()
    },
    async dispose(to: string, note: string, last = false) {
      await next.locator('.receiver', { hasText: to }).locator('input').check()
      await next.getByLabel(last ? 'Isi perintah' : 'Isi disposisi').fill(note)
      await send(last ? 'Beri perintah' : 'Kirim disposisi')
    },
    async pause(reason: string, note: string) {
      const dialog = await other('Jeda…')
      await dialog.getByLabel(reason).check()
      await dialog.getByLabel('Alasan').fill(note)
      await dialog.getByRole('button', { name: 'Jeda' }).click()
      await dialog.waitFor({ state: 'detached' })
    },
    async resume(note: string) {
      await next.getByLabel(/Catatan/).fill(note)
      await send('Lanjutkan')
    },
    async work(note: string) {
      await next.getByLabel('Catatan pelaksanaan').fill(note)
      await send('Selesai dikerjakan')
    },
    async report(text: string, recommendation: string) {
      await next.getByLabel('Isi laporan').fill(text)
      await next.getByLabel(/Saran dan rekomendasi/).fill(recommendation)
      await send('Kirim laporan')
    },
    async minutes() {
      await send('Buat berita acara')
    },
    /** In the application or by the seal; the last proof is too old by then and is asked for anew. */
    async approve(seal = false) {
      office.later(6 * 60_000)
      if (seal) await next.getByRole('button', { name: 'Segel elektronik instansi' }).click()
      await send('Tanda tangani')
      const proof = page.getByRole('dialog')
      await proof.getByRole('textbox', { name: 'Kata sandi' }).fill(PASSWORD)
      await proof.locator('button[type=submit]').click()
      await proof.waitFor({ state: 'detached' })
    },
    /** By hand and scanner; `all`: by everybody who had not signed yet. */
    async scan(bytes: Uint8Array, all = false) {
      if (!all) await next.getByRole('button', { name: 'Hasil pindai', exact: true }).click()
      await next
        .locator('input[type=file]')
        .setInputFiles({ name: 'berita-acara-ditandatangani.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) })
      await next.getByLabel('Sama dengan yang asli').check()
      if (all) await next.getByLabel('Semua pihak sudah').check()
      await send('Unggah hasil pindai')
    },
    async archive() {
      await send('Arsipkan')
    },
    async evaluate(comment: string) {
      await next.locator('fieldset.scores').first().waitFor()
      for (const scores of await next.locator('fieldset.scores').all()) await scores.getByLabel('Sangat baik').check()
      await next.getByLabel(/Yang dapat diperbaiki/).fill(comment)
      await send('Beri penilaian')
    },
    done,
  }
}
