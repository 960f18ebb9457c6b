// What a step forward of the records is.
import type { Kysely } from 'kysely'

/** A step sees tables as they were then, never today's schema type. It uses Kysely's schema builder only, so it runs on PostgreSQL too. */
export interface Migration {
  readonly version: number
  readonly name: string
  up(db: Kysely<unknown>): Promise<void>
}
