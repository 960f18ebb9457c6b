// The stretch of time the plan can go back through: asked of history once, shown up to now, young sites from their first reading.
import type { ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { firstOf } from '../../charts/align.ts'
import { grown, lastOf, type Range, SPANS } from '../../charts/range.ts'
import { useTracks } from '../../charts/tracks.ts'
import { useDerived } from '../../live/derived.ts'
import { now, nowExact } from '../../live/index.ts'
import { numbersOf } from './live.ts'
import { BUCKETS } from './timeline.ts'

interface Spanned {
  readonly asked: Range
  readonly shown: ReadonlySignal<Range>
}

/** `past`: somebody left the present; what is asked then reaches up to that moment. */
export function useSpan(layout: Layout, span: keyof typeof SPANS, past: boolean): Spanned {
  const whole = useMemo(() => lastOf(span, nowExact()), [span, past])
  const few = useDerived(() => numbersOf(layout.sensors.filter(sensor => sensor.side === 'inlet').map(sensor => sensor.point)).slice(0, 3), [layout])
  const probe = useTracks(few.value, whole, { live: false, buckets: BUCKETS })
  const first = useDerived(() => (probe.value.kind === 'ready' ? firstOf(probe.value.tracks) : null), [probe]).value
  const asked = useMemo(() => grown(whole, first), [whole, first])
  const shown = useDerived(() => grown({ from: now.value - SPANS[span], to: now.value }, first), [span, first])
  return { asked, shown }
}
