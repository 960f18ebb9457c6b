// Where one is signed in, and the tokens of one's programs: listed, and ended at once.
import type { Clock } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Knock, OwnSession, OwnToken } from '../domain/signin.ts'
import { NO_ACCOUNT, type Owner, UNPROVEN } from './owner.ts'
import type { SessionRow, Sessions } from './sessions.ts'
import { makeToken, type TokensMade, type TokenWish } from './tokens.ts'

export interface OwnAccessOptions {
  readonly sessionsKept: {
    ofAccount(account: number): Promise<readonly SessionRow[]>
    endOthers(account: number, but: number | null): Promise<number>
  }
  readonly tokens: TokensMade & {
    ofAccount(account: number): Promise<readonly OwnToken[]>
    end(account: number, id: number): Promise<boolean>
  }
  readonly sessions: Sessions
  readonly owner: Owner
  readonly clock: Clock
}

export interface OwnAccessDesk {
  sessions(viewer: Viewer): Promise<Outcome<{ readonly items: readonly OwnSession[] }>>
  endSession(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<object>>
  endOtherSessions(viewer: Viewer, knock: Knock): Promise<Outcome<object>>
  tokens(viewer: Viewer): Promise<Outcome<{ readonly items: readonly OwnToken[] }>>
  /** `token` is told this once. */
  addToken(viewer: Viewer, wish: TokenWish, knock: Knock): Promise<Outcome<OwnToken & { readonly token: string }>>
  endToken(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<object>>
}

const MOST_TOKENS = 50

export function openOwnAccess({ sessionsKept, tokens, sessions, owner, clock }: OwnAccessOptions): OwnAccessDesk {
  const { proven, own, note, whole } = owner
  return {
    async sessions(viewer) {
      const items = await sessionsKept.ofAccount(viewer.account)
      return done({ items: items.map(({ account: _, provenAt: __, ...row }) => ({ ...row, current: row.id === viewer.session })) })
    },
    async endSession(viewer, id, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      const mine = (await sessionsKept.ofAccount(account.id)).some(session => session.id === id)
      if (!mine) return failed('notFound', 'You have no such session.')
      return await whole(async () => {
        await sessions.end(id)
        await note(account, 'session.end', { session: id }, knock)
        return done({})
      })
    },
    async endOtherSessions(viewer, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      return await whole(async () => {
        const ended = await sessionsKept.endOthers(account.id, viewer.session ?? null)
        await note(account, 'session.end', { ended }, knock)
        return done({ ended })
      })
    },

    async tokens(viewer) {
      return done({
        items: (await tokens.ofAccount(viewer.account)).map(({ id, name, scopes, createdAt, expiresAt, usedAt }) => ({
          id,
          name,
          scopes,
          createdAt,
          expiresAt,
          usedAt,
        })),
      })
    },
    async addToken(viewer, wish, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      if ((await tokens.ofAccount(account.id)).length >= MOST_TOKENS) return failed('conflict', `You have ${MOST_TOKENS} tokens. End some first.`)
      return await whole(async () => {
        const made = await makeToken(tokens, clock, account.id, wish)
        await note(account, 'token.add', { ...wish, token: made.id }, knock)
        return done(made)
      })
    },
    async endToken(viewer, id, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      return await whole(async () => {
        if (!(await tokens.end(account.id, id))) return failed('notFound', 'You have no such token.')
        await note(account, 'token.end', { token: id }, knock)
        return done({})
      })
    },
  }
}
