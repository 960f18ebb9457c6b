// The registers of people, the accounts and one's own sessions on the live stream: which rows of them are new or changed.
import type { Viewer } from './domain/people.ts'
import type { AccountRow, OwnSession } from './domain/signin.ts'
import type { Records } from './store/records.ts'
import type { RegisterRow } from './stream/contract.ts'
import type { FeedOpener } from './stream/feed.ts'
import { newsFeed, rowFeed } from './stream/rows.ts'

type Told = (ids: readonly string[]) => void

export function peopleFeeds(
  { people, accounts, sessions }: Pick<Records, 'people' | 'accounts' | 'sessions'>,
  accountRow: (id: number) => Promise<AccountRow | null>,
): readonly FeedOpener[] {
  const { organisations, persons, offices, teams, applications } = people
  const registers = { organisations, people: persons, offices, teams, applications }
  const names = Object.keys(registers) as readonly RegisterRow['of'][]
  const numbers = (tell: Told) => (ids: readonly number[]) => tell(ids.map(String))
  const own = async ({ account, session }: Viewer): Promise<ReadonlyMap<string, OwnSession>> =>
    new Map(
      (await sessions.ofAccount(account)).map(({ account: _, provenAt: __, ...row }) => [String(row.id), { ...row, current: row.id === session }]),
    )

  return [
    newsFeed({
      topic: 'people',
      async some(ids) {
        const rows = new Map<string, RegisterRow>()
        for (const of of names) {
          const mine = ids.flatMap(id => (id.startsWith(`${of}/`) ? [Number(id.slice(of.length + 1))] : []))
          for (const { value: row, left } of await registers[of].some(mine)) rows.set(`${of}/${row.id}`, { of, row, left })
        }
        return rows
      },
      onChange(tell) {
        const stops = names.map(of => registers[of].onChange(ids => tell(ids.map(id => `${of}/${id}`))))
        return () => {
          for (const stop of stops) stop()
        }
      },
    }),
    newsFeed({
      topic: 'accounts',
      async some(ids) {
        const rows = await Promise.all(ids.map(async id => [id, await accountRow(Number(id))] as const))
        return new Map(rows.flatMap(([id, row]) => (row === null ? [] : [[id, row] as const])))
      },
      onChange: tell => accounts.onChange(numbers(tell)),
    }),
    rowFeed({
      topic: 'sessions',
      own: true,
      all: own,
      some: async (ids, viewer) => new Map([...(await own(viewer))].filter(([id]) => ids.includes(id))),
      onChange: tell => sessions.onChange(numbers(tell)),
    }),
  ]
}
