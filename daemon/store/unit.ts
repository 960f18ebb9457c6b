// A unit of work over several stores: what it writes and what it says in the audit trail are one transaction, or nothing of it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver } from 'kysely'
import type { Outcome, Together } from '../domain/outcome.ts'
import type { Db } from './schema.ts'

/** Everything asked of the database within `work`, also in stores that begin a transaction of their own, joins the transaction around it. */
export type Within = <T>(work: () => Promise<T>) => Promise<T>

export const togetherOver =
  (db: Db, within: Within): Together =>
  async <T>(work: () => Promise<Outcome<T>>) => {
    const refused: { outcome?: Outcome<T> } = {}
    try {
      return await db.transaction().execute(async () => {
        const outcome = await within(work)
        if (outcome.ok) return outcome
        refused.outcome = outcome
        throw new Error('the unit of work was given up')
      })
    } catch (error) {
      if (refused.outcome !== undefined) return refused.outcome
      throw error
    }
  }

/**
 * A dialect of one connection whose queries know the unit they are asked in: Kysely's own lock on the connection would let a store that is asked
 * within a unit wait for the end of that very unit. A transaction within a unit is a savepoint of it.
 */
export function joining(dialect: Dialect): { readonly dialect: Dialect; readonly within: Within } {
  const units = new AsyncLocalStorage<{ open: boolean }>()
  const driver = () => joinedDriver(dialect.createDriver(), () => units.getStore()?.open === true)
  return {
    dialect: {
      createDriver: driver,
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: db => dialect.createIntrospector(db),
      // The driver keeps the turns.
      createAdapter: () => Object.defineProperty(dialect.createAdapter(), 'supportsMultipleConnections', { value: true }),
    },
    within: work => {
      const unit = { open: true }
      return units.run(unit, async () => {
        try {
          return await work()
        } finally {
          // What was begun in it and not waited for is on its own from here.
          unit.open = false
        }
      })
    },
  }
}

const SAVEPOINT = 'within'

function joinedDriver(inner: Driver, inUnit: () => boolean): Driver {
  const borrowed = new WeakSet<DatabaseConnection>()
  const waiting: (() => void)[] = []
  let busy = false
  const say = (connection: DatabaseConnection, sql: string) => connection.executeQuery(CompiledQuery.raw(sql)).then(() => undefined)

  return {
    init: options => inner.init(options),
    async acquireConnection(options) {
      if (inUnit()) {
        const connection = await inner.acquireConnection(options)
        const lent: DatabaseConnection = {
          executeQuery: (query, given) => connection.executeQuery(query, given),
          streamQuery: (query, size, given) => connection.streamQuery(query, size, given),
        }
        borrowed.add(lent)
        return lent
      }
      if (busy) await new Promise<void>(resolve => waiting.push(resolve))
      busy = true
      return await inner.acquireConnection(options)
    },
    async releaseConnection(connection, options) {
      if (borrowed.has(connection)) return
      await inner.releaseConnection(connection, options)
      const next = waiting.shift()
      if (next === undefined) busy = false
      else next()
    },
    beginTransaction: (connection, settings) =>
      borrowed.has(connection) ? say(connection, `savepoint ${SAVEPOINT}`) : inner.beginTransaction(connection, settings),
    commitTransaction: connection => (borrowed.has(connection) ? say(connection, `release ${SAVEPOINT}`) : inner.commitTransaction(connection)),
    async rollbackTransaction(connection) {
      if (!borrowed.has(connection)) return await inner.rollbackTransaction(connection)
      await say(connection, `rollback to ${SAVEPOINT}`)
      await say(connection, `release ${SAVEPOINT}`)
    },
    destroy: options => inner.destroy(options),
  }
}
