// What stands beside the visits: badges, who is kept out, when nobody works, and who looked the badges through.
import type { Instant } from '../domain/call.ts'
import type { Badge, Block, Freeze, Review } from '../domain/visit-record.ts'
import type { Db, Schema } from './schema.ts'

export interface VisitRegisters {
  badges(): Promise<readonly Badge[]>
  badge(id: number): Promise<Badge | null>
  byCard(card: string): Promise<Badge | null>
  /** New with id 0 (the answer has its number), else over the one before. Null: it is another by now, or the card is another's. */
  putBadge(badge: Badge): Promise<Badge | null>
  /** Those that stand. */
  blocks(): Promise<readonly Block[]>
  addBlock(block: Omit<Block, 'id' | 'goneAt'>): Promise<Block>
  liftBlock(id: number, at: Instant): Promise<Block | null>
  freezes(): Promise<readonly Freeze[]>
  addFreeze(freeze: Omit<Freeze, 'id' | 'goneAt'>): Promise<Freeze>
  liftFreeze(id: number, at: Instant): Promise<Freeze | null>
  reviews(limit: number): Promise<readonly Review[]>
  addReview(review: Omit<Review, 'id'>): Promise<Review>
}

type Listed = 'visit_blocks' | 'visit_freezes' | 'badge_reviews'

export function visitRegisters(db: Db): VisitRegisters {
  const badgeOf = ({ id, document }: Pick<Schema['badges'], 'id' | 'document'>): Badge => ({ ...(JSON.parse(document) as Badge), id })
  const nextOf = async (table: Listed | 'badges'): Promise<number> => {
    const last = await db
      .selectFrom(table)
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirst()
    return (last?.id ?? 0) + 1
  }
  const standing = async <T>(table: Listed): Promise<T[]> => {
    const rows = await db.selectFrom(table).selectAll().where('gone_at', 'is', null).orderBy('id').execute()
    return rows.map(({ id, gone_at, document }) => ({ ...JSON.parse(document), id, goneAt: gone_at }) as T)
  }
  const add = async <T>(table: Listed, at: Instant, value: object): Promise<T> => {
    const id = await nextOf(table)
    await db
      .insertInto(table)
      .values({ id, at, gone_at: null, document: JSON.stringify(value) })
      .execute()
    return { ...value, id, goneAt: null } as T
  }
  const lift = async <T extends { readonly id: number }>(table: Listed, id: number, at: Instant): Promise<T | null> => {
    const found = (await standing<T>(table)).find(one => one.id === id)
    if (found === undefined) return null
    await db.updateTable(table).set({ gone_at: at }).where('id', '=', id).execute()
    return { ...found, goneAt: at }
  }

  return {
    async badges() {
      return (await db.selectFrom('badges').select(['id', 'document']).orderBy('card').execute()).map(badgeOf)
    },
    async badge(id) {
      const row = await db.selectFrom('badges').select(['id', 'document']).where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : badgeOf(row)
    },
    async byCard(card) {
      const row = await db.selectFrom('badges').select(['id', 'document']).where('card', '=', card).executeTakeFirst()
      return row === undefined ? null : badgeOf(row)
    },
    async putBadge(given) {
      const { id: _, ...rest } = given
      const row = {
        card: given.card,
        kind: given.kind,
        state: given.state,
        used_at: given.usedAt,
        reviewed_at: given.reviewedAt,
        revision: given.revision,
        document: JSON.stringify(rest),
      }
      const other = await db.selectFrom('badges').select('id').where('card', '=', given.card).executeTakeFirst()
      if (other !== undefined && other.id !== given.id) return null
      if (given.id === 0) {
        const id = await nextOf('badges')
        await db
          .insertInto('badges')
          .values({ id, ...row })
          .execute()
        return { ...given, id }
      }
      const { numUpdatedRows } = await db
        .updateTable('badges')
        .set(row)
        .where('id', '=', given.id)
        .where('revision', '=', given.revision - 1)
        .executeTakeFirst()
      return numUpdatedRows > 0n ? given : null
    },
    blocks: () => standing<Block>('visit_blocks'),
    addBlock: block => add<Block>('visit_blocks', block.at, block),
    liftBlock: (id, at) => lift<Block>('visit_blocks', id, at),
    freezes: () => standing<Freeze>('visit_freezes'),
    addFreeze: freeze => add<Freeze>('visit_freezes', freeze.from, freeze),
    liftFreeze: (id, at) => lift<Freeze>('visit_freezes', id, at),
    async reviews(limit) {
      const rows = await db.selectFrom('badge_reviews').selectAll().orderBy('id', 'desc').limit(limit).execute()
      return rows.map(({ id, document }) => ({ ...(JSON.parse(document) as Review), id }))
    },
    addReview: review => add<Review>('badge_reviews', review.at, review),
  }
}
