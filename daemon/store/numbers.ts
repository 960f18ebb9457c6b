// Running numbers without gaps: drawn within the transaction that uses them, so one that fails gives its number back.
import type { Draw } from '../domain/ticket-record.ts'
import type { Trx } from './schema.ts'

/** The next of `pattern` in `year`, from 1. Only within a transaction: what is rolled back was never drawn. */
export async function nextNumber(trx: Trx, { pattern, year }: Draw): Promise<number> {
  const { last } = await trx
    .insertInto('numbers')
    .values({ pattern, year, last: 1 })
    .onConflict(conflict => conflict.columns(['pattern', 'year']).doUpdateSet(({ eb, ref }) => ({ last: eb(ref('numbers.last'), '+', 1) })))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}
