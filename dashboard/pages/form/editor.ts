// A request being written: answers as typed, what is wrong with them, and the saving that goes on by itself.
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { ApplicationChoice } from '../../../daemon/domain/application-view.ts'
import type { Answer, Answers, FormMistake } from '../../../daemon/domain/form.ts'
import { applicationField, isApplication } from '../../../daemon/domain/form-application.ts'
import type { Places } from '../../../daemon/domain/form-place.ts'
import type { LetterMark } from '../../../daemon/domain/letter-mark.ts'
import type { Attachment, TicketView } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { type Answer as ApiAnswer, api } from '../../api.ts'
import { nowExact } from '../../live/index.ts'
import { withAnswer } from '../../parts/form/answers.ts'
import type { FormDesk } from '../../parts/form/context.ts'
import { chosenOf, type FormStep, type Looked, look, type Side, stepsOf } from '../../parts/form/model.ts'
import { toast } from '../../parts/index.ts'
import { type LocalDraft, writeLocal } from './local.ts'

export type Saving =
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** It was saved from elsewhere meanwhile: what the server has, and what was typed here. */
  | { readonly kind: 'torn'; readonly view: TicketView; readonly local: LocalDraft }

export interface Editor extends FormDesk {
  readonly view: TicketView
  readonly title: ReadonlySignal<string>
  readonly letter: ReadonlySignal<LetterMark>
  readonly looked: ReadonlySignal<Looked>
  readonly steps: ReadonlySignal<readonly FormStep[]>
  readonly saving: ReadonlySignal<Saving>
  /** The file that is about to be withdrawn, once its reason is told. */
  readonly striking: ReadonlySignal<{ readonly file: Attachment; readonly done: () => void } | null>
  /** Steps one has been at. */
  readonly been: ReadonlySignal<ReadonlySet<string>>
  setTitle(title: string): void
  setLetter(letter: LetterMark): void
  setProducts(products: readonly string[]): void
  /** Leaves a step: what is missing in it is told from now on. */
  leaveStep(key: string): void
  keepFile(): void
  /** Saves at once; false when the server does not have it. */
  flush(): Promise<boolean>
  submit(): Promise<ApiAnswer<{ readonly number: string }>>
  /** It was thrown away: nothing of it is saved or kept any more. */
  discard(): void
  close(): void
}

interface Saved {
  readonly savedAt: number
}

const PAUSE = 900
const RETRY = [2_000, 5_000, 10_000, 30_000] as const

type Written = Pick<LocalDraft, 'title' | 'products' | 'answers' | 'letter'>
const textOf = ({ title, products, answers, letter }: Written): string => JSON.stringify([title, products, answers, letter.number, letter.date])

/** `from`: what this browser kept of it, if that goes before what the server has. */
export function openEditor(view: TicketView, side: Side, account: number, from: LocalDraft | null): Editor {
  const { serviceDefinition: service, number } = view
  const url = `/api/v1/tickets/${encodeURIComponent(number)}`
  const answers = signal<Answers>(from?.answers ?? view.answers)
  const products = signal<readonly string[]>(chosenOf(service, from?.products ?? view.products))
  const title = signal(from?.title ?? view.title)
  const letter = signal<LetterMark>(from?.letter ?? view.letter)
  const attachments = signal<readonly Attachment[]>(view.attachments.filter(one => one.struck === undefined))
  const striking = signal<{ readonly file: Attachment; readonly done: () => void } | null>(null)
  const left = signal<ReadonlySet<string>>(new Set())
  const been = signal<ReadonlySet<string>>(new Set())
  const tried = signal(false)
  /** What only the server could know, until the answer at its place changes. */
  const refused = signal<readonly FormMistake[]>([])
  const savedAt = view.savedAt ?? 0
  const saving = signal<Saving>(from === null ? { kind: 'saved', at: savedAt } : { kind: 'pending' })
  let base = savedAt

  // What the form asks of an application is looked for among those of the organisation, once they are here.
  const applications = signal<readonly ApplicationChoice[] | 'failed' | null>(null)
  if (applicationField(service.form) !== null)
    void api.get<{ readonly items: readonly ApplicationChoice[] }>(`${url}/applications`).then(answer => {
      applications.value = answer.ok ? answer.value.items : 'failed'
    })
  const places = signal<Places | 'failed' | null>(null)
  if (service.form.sections.some(({ fields }) => fields.some(({ type }) => type === 'place')))
    void api.get<Places>('/api/v1/visits/places').then(answer => {
      places.value = answer.ok ? answer.value : 'failed'
    })
  const known = computed(() => {
    const named = Object.values(view.answers).filter(isApplication)
    const rooms = places.value === null || places.value === 'failed' ? {} : { places: places.value }
    return applications.value === null || applications.value === 'failed'
      ? rooms
      : { ...rooms, applications: new Map([...named, ...applications.value].map(({ id, name }) => [id, name] as const)) }
  })

  const filled = computed(() => ({ service, answers: answers.value, products: products.value, side, was: view.answers, ...known.value }))
  const looked = computed(() => look(filled.value))
  const mistakes = computed(() => {
    const known = new Set(looked.value.mistakes.map(({ path }) => path))
    return [...looked.value.mistakes, ...refused.value.filter(({ path }) => !known.has(path))]
  })
  const brought = computed(() => new Set(attachments.value.flatMap(({ slot }) => (slot === null ? [] : [slot]))))
  const steps = computed(() => stepsOf(filled.value, { clean: looked.value.clean, mistakes: mistakes.value }, brought.value))

  // ---- Saving ----
  let version = 0
  let saved = from === null ? 0 : -1
  let running: Promise<boolean> | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  /** What may have reached the server though it did not say so. */
  const unanswered = new Set<string>()
  let closed = false

  const body = () => ({ title: title.peek().slice(0, 200), products: products.peek(), answers: looked.peek().clean, letter: letter.peek() })
  const later = (ms: number): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }
  const local = (): LocalDraft => ({ ...body(), at: nowExact(), base })
  const keepHere = (): void => {
    if (!closed) writeLocal(account, number, saved === version ? null : local())
  }

  function save(): Promise<boolean> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (running !== null) return running.then(() => (saved === version ? true : save()))
    if (saved === version || closed) return Promise.resolve(saved === version)
    running = put().finally(() => {
      running = null
    })
    return running
  }

  /** The server has another than this was written upon. It may be what was sent from here, whose answer was lost. */
  async function compare(problem: Problem): Promise<boolean> {
    const answer = await api.get<TicketView>(url)
    if (closed) return false
    if (!answer.ok) {
      saving.value = { kind: 'failed', problem }
      later(RETRY[0])
      return false
    }
    const there = answer.value
    if (unanswered.has(textOf(there))) {
      base = there.savedAt ?? 0
      return put()
    }
    const mine = local()
    keepHere()
    closed = true
    saving.value = { kind: 'torn', view: there, local: mine }
    return false
  }

  async function put(): Promise<boolean> {
    const writing = version
    const sent = body()
    const answer = await api.put<Saved>(`${url}/draft`, sent, { seen: base })
    if (closed) return answer.ok
    if (!answer.ok && answer.problem.status === 412) return compare(answer.problem)
    if (!answer.ok) {
      if (answer.problem.status === 0 || answer.problem.status >= 500) unanswered.add(textOf(sent))
      saving.value = { kind: 'failed', problem: answer.problem }
      // What the server does not want it will not want later either; a lost line comes back.
      const { status } = answer.problem
      if (status === 0 || status >= 500 || status === 429) later(RETRY[Math.min(failures++, RETRY.length - 1)] ?? 30_000)
      return false
    }
    failures = 0
    unanswered.clear()
    saved = writing
    base = answer.value.savedAt
    saving.value = saved === version ? { kind: 'saved', at: base } : { kind: 'pending' }
    keepHere()
    if (saved !== version) later(PAUSE)
    return saved === version
  }

  let first = true
  const stop = effect(() => {
    // Whatever is written is kept here at once, and sent when the typing rests.
    const now = [answers.value, products.value, title.value, letter.value]
    if (first && now.length > 0) {
      first = false
      if (from !== null) later(0)
      return
    }
    version++
    if (saving.peek().kind === 'saved') saving.value = { kind: 'pending' }
    keepHere()
    later(PAUSE)
  })
  const again = (): void => void save()
  addEventListener('online', again)

  return {
    view,
    answers,
    clean: computed(() => looked.value.clean),
    products,
    title,
    letter,
    looked,
    mistakes,
    left,
    tried,
    attachments,
    applications,
    places,
    side,
    applicant: new Set(
      service.form.sections
        .flatMap(section => section.fields)
        .flatMap(field => (field.type !== 'group' && field.from !== undefined ? [field.key] : [])),
    ),
    groups: new Set(service.form.sections.flatMap(section => section.fields).flatMap(field => (field.type === 'group' ? [field.key] : []))),
    uploads: `${url}/attachments`,
    steps,
    saving,
    been,
    set(path: string, value: Answer | undefined) {
      batch(() => {
        answers.value = withAnswer(answers.peek(), path, value)
        if (refused.peek().length > 0) refused.value = refused.peek().filter(one => one.path !== path && !one.path.startsWith(`${path}.`))
      })
    },
    leave(path) {
      if (!left.peek().has(path)) left.value = new Set([...left.peek(), path])
    },
    attached(files) {
      const ids = new Set(files.map(({ id }) => id))
      attachments.value = [...attachments.peek().filter(({ id }) => !ids.has(id)), ...files]
    },
    remove(file, after = () => undefined) {
      const done = (): void => {
        batch(() => {
          attachments.value = attachments.peek().filter(one => one.id !== file.id)
          after()
        })
      }
      if (file.removal === 'strike') striking.value = { file, done }
      // What somebody else brought stays; the field lets go of it.
      else if (file.removal === undefined) after()
      else
        void api.delete(`/api/v1/attachments/${file.id}`).then(answer => {
          if (answer.ok) done()
          else toast('failed', answer.problem.title, answer.problem.detail)
        })
    },
    striking,
    keepFile() {
      striking.value = null
    },
    setTitle(to) {
      title.value = to
    },
    setLetter(to) {
      letter.value = to
    },
    setProducts(to) {
      products.value = to
    },
    leaveStep(key) {
      const step = steps.peek().find(one => one.key === key)
      batch(() => {
        been.value = new Set([...been.peek(), key])
        left.value = new Set([
          ...left.peek(),
          ...(step?.fields.map(field => field.key) ?? []),
          ...(step?.mistakes.map(({ path }) => path.replace(/(\.\d+)$/, '')) ?? []),
          ...(step?.mistakes.map(({ path }) => path) ?? []),
        ])
      })
    },
    flush: save,
    async submit() {
      tried.value = true
      if (!(await save())) {
        const is = saving.peek()
        if (is.kind === 'failed') return { ok: false, problem: is.problem }
        if (is.kind === 'torn') return { ok: false, problem: { type: 'about:blank', title: '', status: 412 } }
      }
      // The daemon would say the same; what is wrong stands on the page already.
      if (looked.peek().mistakes.length > 0) return { ok: false, problem: { type: 'about:blank', title: '', status: 400 } }
      const answer = await api.post<{ readonly number: string }>(`${url}/submit`, {}, { seen: base })
      if (answer.ok) {
        closed = true
        writeLocal(account, number, null)
      } else if (answer.problem.status === 412) await compare(answer.problem)
      else {
        refused.value = (answer.problem.errors ?? []).map(({ field, reason, words }) => ({
          path: field,
          reason: words ?? { id: reason, en: reason },
        }))
      }
      return answer
    },
    discard() {
      closed = true
      writeLocal(account, number, null)
    },
    close() {
      stop()
      removeEventListener('online', again)
      const end = (): void => {
        closed = true
        if (timer !== null) clearTimeout(timer)
      }
      if (saved === version || closed) return end()
      keepHere()
      // The last words go out as one leaves the page; what fails is still kept here.
      void save().finally(end)
    },
  }
}
