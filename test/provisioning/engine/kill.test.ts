// kill -9 at every writing of a change's book, before it and after it: the next start brings the change to its end, applied or undone.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const child = resolve(import.meta.dirname, 'kill-child.ts')
/** Compiled once, not by each of some hundred processes. */
const CACHE = resolve(import.meta.dirname, '../../../node_modules/.cache/node')

interface Said {
  readonly signal: string | null
  readonly said: { readonly state: string; readonly calls: number; readonly free: string | null } | null
}

const run = (folder: string, mode: string, at: number, together: string): Promise<Said> =>
  new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [child, folder, mode, String(at), together],
      { env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: CACHE } },
      (error, stdout, stderr) => {
        const signal = error?.signal ?? null
        if (error !== null && signal === null) return reject(new Error(stderr || error.message))
        resolve({ signal, said: stdout === '' ? null : (JSON.parse(stdout) as Said['said']) })
      },
    )
  })

/** A place with one thing that the change removes; before a change it looks like this. */
function ground(): { readonly folder: string; files(): Record<string, string>; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'suar-kill-'))
  const place = join(folder, 'place', 'alpha')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'gone.ours'), JSON.stringify({ content: 'old' }))
  return {
    folder,
    files: () =>
      existsSync(place)
        ? Object.fromEntries(
            readdirSync(place)
              .filter(name => !name.endsWith('.part'))
              .map(name => [name, readFileSync(join(place, name), 'utf8')]),
          )
        : {},
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const BEFORE = { 'gone.ours': '{"content":"old"}' }
const AFTER = { 'first.ours': '{"content":"new"}', 'last.ours': '{"content":"new"}' }
const WITH_MORE = { ...AFTER, 'more.ours': '{"content":"new"}' }

describe('a change whose daemon is killed', () => {
  for (const { mode, ends, together, after } of [
    { mode: 'begin', ends: 'verified', together: '', after: AFTER },
    { mode: 'fail', ends: 'undone', together: '', after: AFTER },
    // Three at once, then one more: the last of a plan is alone, and those before it were done by one call.
    { mode: 'begin', ends: 'verified', together: 'together', after: WITH_MORE },
    { mode: 'fail', ends: 'undone', together: 'together', after: WITH_MORE },
  ])
    it(`${ends === 'verified' ? 'is carried out' : 'is taken back'} all the same, at whichever of its writings it died${together === '' ? '' : ', steps done together'}`, async function () {
      this.timeout(240_000)
      const whole = ground()
      const { said } = await run(whole.folder, mode, 0, together)
      assert.deepEqual([said?.state, said?.free, whole.files()], [ends, null, ends === 'undone' ? BEFORE : after])
      whole.remove()
      const calls = said?.calls ?? 0
      assert.ok(calls > 20, `${calls} calls`)

      const outcomes = new Map<string, number>()
      const one = async (at: number) => {
        const { folder, files, remove } = ground()
        const died = await run(folder, mode, at, together)
        assert.equal(died.signal, 'SIGKILL', `at ${at}`)
        const { said } = await run(folder, 'resume', 0, together)
        const state = said?.state ?? 'nothing'
        outcomes.set(state, (outcomes.get(state) ?? 0) + 1)
        // Killed before it was written down that it began: it is still only planned, and nothing happened.
        const expected = state === 'planned' ? BEFORE : state === 'undone' ? BEFORE : after
        assert.deepEqual({ state, files: files(), free: said?.free }, { state, files: expected, free: null }, `killed at ${at}`)
        assert.ok(['planned', 'verified', 'undone'].includes(state), `killed at ${at}: ${state}`)
        remove()
      }
      let next = 1
      const worker = async () => {
        while (next <= calls) await one(next++)
      }
      await Promise.all([worker(), worker()])
      assert.ok((outcomes.get(ends) ?? 0) > calls / 2, JSON.stringify(Object.fromEntries(outcomes)))
    })
})
