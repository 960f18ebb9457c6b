// Hosting on the live stream: its lists row by row, and each change whole for who looks at it.
import type { Call } from './domain/call.ts'
import { openListeners } from './domain/listeners.ts'
import type { Viewer } from './domain/people.ts'
import type { Certificates } from './hosting-certificates.ts'
import type { Changes } from './hosting-changes.ts'
import type { Hosts } from './hosting-hosts.ts'
import type { Websites } from './hosting-websites.ts'
import type { Zones } from './hosting-zones.ts'
import { changeFeed } from './stream/changes.ts'
import type { FeedOpener } from './stream/feed.ts'
import { newsFeed, rowFeed } from './stream/rows.ts'

interface FeedSources {
  readonly changes: Changes
  readonly hosts: Hosts
  readonly zones: Zones
  readonly certificates: Certificates
  readonly log: Call['log']
}

/** Every row of it is to be told anew. */
const ALL = ''
/** The one row of whether changes may be applied at all. */
const SWITCH = 'switch'

export function hostingFeeds({ changes, hosts, zones, certificates, log }: FeedSources) {
  const turned = openListeners<[names: readonly string[]]>(log)

  return {
    websites: turned.tell,
    everyWebsite: () => turned.tell([ALL]),
    feeds(websites: Websites): readonly FeedOpener[] {
      const keyed = async (names: readonly string[] | null) => {
        const all = await certificates.all()
        return new Map([...all].filter(([name]) => names === null || names.includes(name)))
      }
      const listed = async (ids: readonly string[] | null) => {
        const all = await hosts.list()
        return new Map(all.filter(({ id }) => ids === null || ids.includes(id)).map(host => [host.id, host]))
      }
      const halted = async () => new Map([[SWITCH, await hosts.provisioning()]])
      return [
        newsFeed({
          topic: 'websites',
          some: async (names: readonly string[], viewer: Viewer) => await websites.rows(names.includes(ALL) ? null : names, viewer),
          onChange: turned.onChange,
        }),
        newsFeed({
          topic: 'changes',
          some: async (numbers: readonly string[]) => new Map((await changes.rows(numbers)).map(row => [row.number, row])),
          onChange: changes.onChange,
        }),
        rowFeed({ topic: 'hosts', all: () => listed(null), some: listed, onChange: hosts.onChange }),
        rowFeed({
          topic: 'provisioning',
          all: halted,
          some: halted,
          onChange: tell => hosts.onSwitch(() => tell([SWITCH])),
        }),
        rowFeed({ topic: 'zones', all: () => zones.rows(null), some: zones.rows, onChange: zones.onChange }),
        rowFeed({ topic: 'certificates', all: () => keyed(null), some: keyed, onChange: certificates.onChange }),
        changeFeed({ view: changes.view, onChange: changes.onChange }),
      ]
    },
  }
}
