// The daemon's clock as the pages see it: ages and countdowns go by it, whatever the viewer's own clock says.
import { type ReadonlySignal, signal } from '@preact/signals'

const offset = { ms: 0, known: false }
const tick = signal(Date.now())

/** Milliseconds since 1970 on the daemon's clock; changes once a second. */
export const now: ReadonlySignal<number> = tick

/** The same, exactly now and without following it. */
export const nowExact = (): number => Date.now() + offset.ms

/** Told with every frame. A late frame only makes the daemon look early, so the largest offset of late is nearest the truth. */
export function setNow(daemon: number): void {
  const is = daemon - Date.now()
  // A jump of more than two seconds is a clock set anew, not a slow network: shown at once.
  const jumps = !offset.known || Math.abs(is - offset.ms) > 2000
  if (jumps || is > offset.ms) offset.ms = is
  offset.known = true
  if (jumps) tick.value = nowExact()
}

/** Starts the second hand; call once. */
export function startClock(): void {
  const beat = (): void => {
    tick.value = nowExact()
    setTimeout(beat, 1000 - (nowExact() % 1000) + 5)
  }
  beat()
}
