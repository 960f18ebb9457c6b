// Who is signed in on this page, what they may, and what happens when the daemon no longer knows them.
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Viewer } from '../../daemon/domain/people.ts'
import { type About, may as allows, type Permission } from '../../daemon/domain/policy.ts'
import type { Problem, SessionView, SessionViewer } from '../../daemon/http/contract.ts'
import { api, onRefusal } from '../api.ts'
import { nowExact } from '../live/clock.ts'
import { followLang } from '../words/index.ts'

const known = signal<SessionView | null>(null)
/** GET /session as it was last told; null before the first answer. */
export const session: ReadonlySignal<SessionView | null> = known
/** Who is signed in, or null. */
export const me: ReadonlySignal<SessionViewer | null> = computed(() => known.value?.viewer ?? null)
/** The same as the policy knows it. */
export const viewer: ReadonlySignal<Viewer | null> = computed(() =>
  me.value === null ? null : { ...me.value, organisations: me.value.organisations.map(one => one.id), scopes: null },
)

/** Whether the viewer may, by the policy the daemon asks too. Read inside a component it changes with the viewer. */
export const may = (permission: Permission, about?: About): boolean => allows(viewer.value, permission, about)

const why = signal<Problem | null>(null)
/** Why it is not known who is here, before the first answer. */
export const unknown: ReadonlySignal<Problem | null> = why

/** Asks the daemon who is here; what failed, or null. */
export async function loadSession(): Promise<Problem | null> {
  const answer = await api.get<SessionView>('/api/v1/session')
  batch(() => {
    why.value = answer.ok ? null : answer.problem
    if (answer.ok) known.value = answer.value
    if (answer.ok && answer.value.viewer !== null) followLang(answer.value.viewer.language)
  })
  return why.peek()
}

/** Asks at the beginning, and again until the daemon answers: a tab opened while it restarts comes up by itself. */
export function startSession(): void {
  void loadSession().then(problem => {
    if (problem !== null) return void setTimeout(startSession, 3_000)
    // A window that was only opened to sign in by the house's provider: the page that waits goes on.
    if (me.peek() === null || location.pathname !== '/signin' || !new URLSearchParams(location.search).has('close')) return
    tellOthers('in')
    close()
  })
}

const lost = signal(false)
/** The session has ended under an open page: a dialog asks to sign in again, the page stays as it is. */
export const expired: ReadonlySignal<boolean> = lost
let waiting: ((again: boolean) => void)[] = []

/** Asks to sign in again in place; false when the viewer turned away. */
function signInAgain(): Promise<boolean> {
  lost.value = true
  return new Promise(resolve => waiting.push(resolve))
}

/** The dialog's answer. The same person is here again, or nobody: then what waits for it fails. */
export function settleSignIn(again: boolean): void {
  const all = waiting
  waiting = []
  lost.value = false
  for (const one of all) one(again)
}

/** The daemon has cut the line or refuses it: asks who is here, so that a changed role or an ended session shows at once. */
export async function recheck(): Promise<'here' | 'gone' | 'unknown'> {
  const was = me.peek()
  const answer = await api.get<SessionView>('/api/v1/session')
  if (!answer.ok) return 'unknown'
  if (answer.value.viewer === null && was !== null) {
    lost.value = true
    return 'gone'
  }
  known.value = answer.value
  return answer.value.viewer === null ? 'gone' : 'here'
}

/** Other tabs of this browser hear of signing in and out. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('suar.session')
export const tellOthers = (what: 'in' | 'out'): void => others?.postMessage(what)
others?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data === 'out') void recheck()
  else if (data === 'in') void heardSignIn()
})

// Signed in by another way meanwhile (a link, another window): looked at when the viewer comes back to this tab.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && lost.peek()) void heardSignIn()
})

async function heardSignIn(): Promise<void> {
  const was = me.peek()
  if (was === null) return void (await loadSession())
  const answer = await api.get<SessionView>('/api/v1/session')
  if (!answer.ok || answer.value.viewer === null) return
  // Somebody else sits here now: nothing of the one before may stay on the page.
  if (answer.value.viewer.account !== was.account) return location.assign('/')
  known.value = answer.value
  settleSignIn(true)
}

/** Ends the session and begins with a clean page: nothing of this viewer stays in memory. */
export async function signOut(): Promise<Problem | null> {
  const answer = await api.delete('/api/v1/session')
  if (!answer.ok && answer.problem.status !== 401) return answer.problem
  tellOthers('out')
  location.assign('/')
  return null
}

/** The daemon wants a proof younger than five minutes before something is signed or revealed; asked a little earlier here. */
const FRESH = 4 * 60_000
const asked = signal(false)
/** Whether the dialog that asks for the password or a code is open. */
export const proving: ReadonlySignal<boolean> = asked
let proofs: ((proven: boolean) => void)[] = []

/** Asks for the password or a code. */
function askProof(): Promise<boolean> {
  asked.value = true
  return new Promise(resolve => proofs.push(resolve))
}

/** Makes sure that the viewer has just proven who they are: asks for the password or a code unless they did a moment ago. */
export const prove = (): Promise<boolean> => {
  const at = me.peek()?.provenAt ?? 0
  return nowExact() - at < FRESH ? Promise.resolve(true) : askProof()
}

export function settleProof(proven: boolean): void {
  const all = proofs
  proofs = []
  asked.value = false
  for (const one of all) one(proven)
}

onRefusal({ signInAgain, prove: askProof, pending: () => void loadSession() })
