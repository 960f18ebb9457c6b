// Which form each action has. A new action without one does not compile.
import type { ComponentType } from 'preact'
import type { ActionKind } from '../../../../daemon/domain/ticket-action.ts'
import { AnswerForm } from './answer.tsx'
import { DifficultyForm, OverrideForm, PauseForm, PhaseForm } from './choose.tsx'
import { DisposeForm, UrgentForm } from './dispose.tsx'
import { EvaluateForm } from './evaluate.tsx'
import type { FormProps } from './frame.tsx'
import { OfficerForm } from './officer.tsx'
import { RateForm } from './rate.tsx'
import { CancelForm, RatifyForm, RejectForm, ResumeForm, ReturnForm, SendBackForm, WorkForm } from './reason.tsx'
import { ReportForm } from './report.tsx'
import { AgreeForm, ArchiveForm, MergeForm, MinutesForm, TakeForm, TaskForm } from './small.tsx'
import { VerifyForm } from './verify.tsx'

/** `own`: has its own place on the page (notes, files, tasks, watching), or leads to another. */
export const FORMS: Readonly<Record<ActionKind, ComponentType<FormProps> | 'own'>> = {
  verify: VerifyForm,
  return: ReturnForm,
  resubmit: AnswerForm,
  answer: AnswerForm,
  dispose: DisposeForm,
  urgent: UrgentForm,
  ratify: RatifyForm,
  sendBack: SendBackForm,
  take: TakeForm,
  phase: PhaseForm,
  work: WorkForm,
  report: ReportForm,
  minutes: MinutesForm,
  archive: ArchiveForm,
  pause: PauseForm,
  resume: ResumeForm,
  rate: RateForm,
  override: OverrideForm,
  difficulty: DifficultyForm,
  agree: AgreeForm,
  reject: RejectForm,
  cancel: CancelForm,
  merge: MergeForm,
  officerFields: OfficerForm,
  task: TaskForm,
  evaluate: EvaluateForm,
  note: 'own',
  taskDone: 'own',
  watch: 'own',
  attach: 'own',
  sign: 'own',
  complain: 'own',
  change: 'own',
}

/** Steps of the procedure: each has its form open on the page, the others open theirs when asked. */
export const MAIN: ReadonlySet<ActionKind> = new Set([
  'sign',
  'resubmit',
  'answer',
  'resume',
  'verify',
  'dispose',
  'ratify',
  'work',
  'report',
  'minutes',
  'archive',
  'evaluate',
])
