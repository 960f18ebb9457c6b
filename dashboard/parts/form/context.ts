// What the fields of one form share: the answers as typed, what is wrong, and where one has been already.
import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ApplicationChoice } from '../../../daemon/domain/application-view.ts'
import type { Answer, Answers, FormMistake } from '../../../daemon/domain/form.ts'
import type { Places } from '../../../daemon/domain/form-place.ts'
import type { Attachment } from '../../../daemon/domain/ticket-view.ts'
import type { Side } from './model.ts'

export interface FormDesk {
  readonly answers: ReadonlySignal<Answers>
  /** In normal form: what conditions go by. */
  readonly clean: ReadonlySignal<Answers>
  readonly products: ReadonlySignal<readonly string[]>
  readonly mistakes: ReadonlySignal<readonly FormMistake[]>
  /** Paths whose mistakes are told: those one has left. */
  readonly left: ReadonlySignal<ReadonlySet<string>>
  /** Somebody tried to hand in: then all of them are told. */
  readonly tried: ReadonlySignal<boolean>
  readonly attachments: ReadonlySignal<readonly Attachment[]>
  /** Applications of the organisation that asks; null: not there yet; `failed`: they could not be brought. */
  readonly applications: ReadonlySignal<readonly ApplicationChoice[] | 'failed' | null>
  /** What of the site may be asked for, likewise. */
  readonly places: ReadonlySignal<Places | 'failed' | null>
  readonly side: Side
  /** Keys of what is known of the applicant: others often answer for it themselves. */
  readonly applicant: ReadonlySet<string>
  /** Keys of the form's groups. */
  readonly groups: ReadonlySet<string>
  /** Where files of the form go to. */
  readonly uploads: string
  set(path: string, value: Answer | undefined): void
  leave(path: string): void
  attached(files: readonly Attachment[]): void
  /** Takes a file off the request; `after`, when it is off. */
  remove(file: Attachment, after?: () => void): void
}

export const FormContext = createContext<FormDesk | null>(null)

export function useForm(): FormDesk {
  const desk = useContext(FormContext)
  if (desk === null) throw new Error('a field of a form stands outside of it')
  return desk
}
