// How a channel is doing: since when it is connected, when it last carried something, and what is wrong with it.
import type { Clock, Instant } from '../domain/call.ts'
import type { ChannelTrouble } from '../domain/channel-trouble.ts'

export interface ChannelStatus {
  readonly name: string
  /** Null: not connected now. Channels that are called only when needed are connected from their first success on. */
  readonly connectedSince: Instant | null
  readonly lastIn: Instant | null
  readonly lastOut: Instant | null
  readonly trouble: ChannelTrouble | null
}

export interface StatusBoard {
  connected(): void
  disconnected(): void
  carried(way: 'in' | 'out'): void
  /** Null: what was wrong is over. */
  trouble(what: ChannelTrouble | null): void
  view(): ChannelStatus
}

export function openStatus(name: string, clock: Clock): StatusBoard {
  let status: ChannelStatus = { name, connectedSince: null, lastIn: null, lastOut: null, trouble: null }
  const change = (part: Partial<ChannelStatus>): void => {
    status = { ...status, ...part }
  }
  return {
    connected: () => change({ connectedSince: status.connectedSince ?? clock() }),
    disconnected: () => change({ connectedSince: null }),
    carried: way => change(way === 'in' ? { lastIn: clock() } : { lastOut: clock() }),
    trouble: what => change({ trouble: what }),
    view: () => status,
  }
}
