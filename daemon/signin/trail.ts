// What sign-in writes into the audit trail: who did what to what, from where.
import type { Knock } from '../domain/signin.ts'

/** Never with a secret. `knock` null: the daemon itself, or a command. */
export type Trail = (actor: string, action: string, subject: string, detail: object, knock: Pick<Knock, 'address' | 'agent'> | null) => Promise<void>

export interface TrailKept {
  append(actor: string, action: string, subject: string, detail?: unknown): Promise<unknown>
}

export const trailInto =
  (audit: TrailKept): Trail =>
  async (actor, action, subject, detail, knock) => {
    await audit.append(actor, action, subject, knock === null ? detail : { ...detail, address: knock.address, agent: knock.agent.slice(0, 120) })
  }
