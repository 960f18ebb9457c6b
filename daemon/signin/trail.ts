// What sign-in writes into the audit trail: who did what to what, from where.
import type { Together } from '../domain/outcome.ts'
import type { Knock } from '../domain/signin.ts'

export interface Trail {
  /** Never with a secret. `knock` null: the daemon itself, or a command. */
  (actor: string, action: string, subject: string, detail: object, knock: Pick<Knock, 'address' | 'agent'> | null): Promise<void>
  /** For what changes something: the change and its entry, or neither. */
  readonly together: Together
}

export interface TrailKept {
  append(actor: string, action: string, subject: string, detail?: unknown): Promise<unknown>
  readonly together: Together
}

export const trailInto = (audit: TrailKept): Trail =>
  Object.assign(
    async (actor: string, action: string, subject: string, detail: object, knock: Pick<Knock, 'address' | 'agent'> | null) => {
      await audit.append(actor, action, subject, knock === null ? detail : { ...detail, address: knock.address, agent: knock.agent.slice(0, 120) })
    },
    { together: audit.together },
  )
