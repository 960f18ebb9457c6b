// How far a time zone is from UTC at an instant: ticks stand on the site's hours, wherever the viewer sits. Pure.

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const was = formats.get(zone)
  if (was !== undefined) return was
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, made)
  return made
}

/** Milliseconds that clocks of `zone` (IANA name) are ahead of UTC at `at`, summer time included. */
export function offsetOf(at: number, zone: string): number {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(one => [one.type, Number(one.value)]),
  )
  const shown = Date.UTC(
    part['year'] ?? 1970,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
    part['second'] ?? 0,
  )
  return shown - Math.floor(at / 1000) * 1000
}
