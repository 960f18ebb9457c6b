// Every picture of the pages, drawn by hand: state shapes on 12, things on 16, the beacon on 20. No icon font, no request.
import type { ComponentChildren, JSX } from 'preact'

const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.4', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } as const
const cut = { stroke: 'var(--ico-cut, var(--surface))', 'stroke-width': '1.45', 'stroke-linecap': 'round' } as const

const SHAPES = {
  ok: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6" />,
  warn: (
    <>
      <path d="M6 .9c.4 0 .7.2.9.5l4.7 8.3c.4.7-.1 1.5-.9 1.5H1.3c-.8 0-1.3-.8-.9-1.5L5.1 1.4c.2-.3.5-.5.9-.5z" fill="currentColor" />
      <path d="M6 4.2v3M6 8.9v.4" {...cut} />
    </>
  ),
  'warn-o': <path d="M6 1.6 11 10.4H1z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" />,
  crit: (
    <>
      <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z" fill="currentColor" />
      <path d="M6 3.2v3.2M6 8.5v.3" {...cut} />
    </>
  ),
  'crit-o': <path d="M4 1.1h4L10.9 4v4L8 10.900H4L1.1 8V4z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" />,
  unknown: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2 1.6" />,
  suppressed: <path d="M6 1.2 10.8 6 6 10.8 1.2 6z" fill="none" stroke="currentColor" stroke-width="1.4" />,
  person: (
    <>
      <circle cx="6" cy="3.4" r="2.5" fill="currentColor" />
      <path d="M1 11.400c0-2.8 2.2-4.6 5-4.600s5 1.8 5 4.600z" fill="currentColor" />
    </>
  ),
  spanner: (
    <path
      d="M10.9 3.2 9 5.1 7 3.1 8.9 1.200A3.3 3.3 0 0 0 4.6 5.400L.9 9.100a1.4 1.4 0 0 0 2 2l3.7-3.700a3.3 3.3 0 0 0 4.3-4.200z"
      fill="currentColor"
    />
  ),
  right: <path d="M4.4 2.4 8 6 4.4 9.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />,
  down: <path d="M2.4 4.4 6 8l3.6-3.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />,
  up: <path d="M2.4 7.6 6 4l3.6 3.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />,
  check: <path d="M2 6.5 4.8 9.2 10 3.2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />,
  close: <path d="M2.5 2.500l7 7M9.5 2.500l-7 7" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />,
} as const satisfies Record<string, JSX.Element>

const THINGS = {
  wall: (
    <path d="M1.5 4A1.5 1.5 0 0 1 3 2.500h10A1.5 1.5 0 0 1 14.5 4v6a1.5 1.5 0 0 1-1.5 1.500H3A1.5 1.5 0 0 1 1.5 10zM5.5 14h5M4.5 8.500l2-2 2 1.5 3-3" />
  ),
  floor: <path d="M1.8 2.200h12.400v11.600H1.800zM8.5 2.200v4M8.5 9v4.800M1.8 8.800h4.4" />,
  racks: (
    <path d="M4.2 1.500h7.600A1.2 1.2 0 0 1 13 2.700v10.600a1.2 1.2 0 0 1-1.2 1.200H4.200A1.2 1.2 0 0 1 3 13.300V2.700a1.2 1.2 0 0 1 1.2-1.200zM3 5.500h10M3 9.500h10M5.5 3.500h.1M5.5 7.500h.1M5.5 11.700h.1" />
  ),
  mine: <path d="M3 14.500V1.500h10v13zM3 5.500h10M3 9.500h10M5 7.500h6M5 11.700h6" />,
  stays: <path d="M2 9.500h12v4H2zM8 1.500v5.500M5.500 4.700 8 7.200l2.500-2.500M11.500 11.500h.1" />,
  devices: (
    <path d="M3.5 3h9A1.5 1.5 0 0 1 14 4.500v7a1.5 1.5 0 0 1-1.5 1.500h-9A1.5 1.5 0 0 1 2 11.500v-7A1.5 1.5 0 0 1 3.5 3zM4.5 8h1.600l1.2-2.6 1.8 5L10.4 8h1.2" />
  ),
  alarms: <path d="M8 2a4 4 0 0 0-4 4c0 4-1.5 5-1.5 5h11S12 10 12 6a4 4 0 0 0-4-4zM6.8 13.600a1.3 1.3 0 0 0 2.4 0" />,
  admin: (
    <>
      <path d="M2 4.500h7M13 4.500h1M2 11.500h1M7 11.500h7" />
      <circle cx="11" cy="4.5" r="1.7" />
      <circle cx="5" cy="11.5" r="1.7" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.3 10.3 3.2 3.2" />
    </>
  ),
  power: (
    <path d="M2 3.500h3.500v3.500H2zM10.500 2h3.500v3.500h-3.500zM10.500 10.500H14V14h-3.500zM5.500 5.300h2.500v-1.500h2.500M8 5.300v6.900h2.500" />
  ),
  capacity: <path d="M3 14V8.500h2.500V14M6.800 14V5h2.500v9M10.500 14V2H13v12M1.500 14h13" />,
  bolt: <path d="M9 1.5 3.5 9H7.500L7 14.5 12.5 7H8.500z" />,
  moon: <path d="M13.5 9.500A6 6 0 0 1 6.5 2.500a6 6 0 1 0 7 7z" />,
  language: <path d="M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8zM2 8h12M8 2c2 1.8 2.5 4 2.5 6S10 12.2 8 14C6 12.2 5.5 10 5.5 8S6 3.8 8 2z" />,
  play: <path d="M4.5 2.500v11l8.5-5.500z" />,
  refresh: <path d="M13 8a5 5 0 1 1-1.5-3.500L13 6M13 2.800V6H9.8" />,
  comment: <path d="M2 3h12v8H7l-3 2.500V11H2z" />,
  download: <path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.500h11" />,
  mail: <path d="M2 3.500h12v9H2zM2 4.500l6 4.5 6-4.5" />,
  door: <path d="M4 14V2h8v12M2 14h12M9.5 8v.6" />,
  doors: <path d="M4.500 14V2h7v12M2 14h12M9.300 8.200h.1M1.500 4.500v5M14.500 4.500v5" />,
  drop: <path d="M8 1.800S3.8 6.3 3.8 9.500a4.2 4.2 0 0 0 8.4 0C12.2 6.3 8 1.8 8 1.800z" />,
  flame: (
    <path d="M8 14.200c2.6 0 4.3-1.7 4.3-4.1 0-3.3-3-4.3-3-8.1-2.5 1-3.3 3.2-3 5.1-.9-.3-1.3-1-1.4-1.700C3.9 6.7 3.7 8.3 3.7 10c0 2.5 1.7 4.2 4.3 4.200z" />
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.500V8l2.5 1.5" />
    </>
  ),
  home: <path d="M2.5 7.200 8 2.500l5.5 4.700v6.300h-11zM6.3 13.500V9.300h3.400v4.200" />,
  tickets: (
    <path d="M1.8 4h12.400v2.500a1.500 1.500 0 0 0 0 3V12H1.800V9.500a1.500 1.500 0 0 0 0-3zM9.500 4v1.500M9.500 7.300v1.400M9.500 10.500V12" />
  ),
  requests: <path d="M3 1.800h7l3 3v9.400H3zM10 1.800v3h3M5.5 8h5M5.5 11h3.500" />,
  websites: (
    <path d="M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8zM2.400 6h11.200M2.400 10h11.200M8 2C5.500 4.500 5.500 11.500 8 14c2.500-2.500 2.500-9.500 0-12z" />
  ),
  calendar: <path d="M2 3.500h12v10H2zM2 6.500h12M5 1.800v3M11 1.800v3M5 9.500h.1M8 9.500h.1M11 9.500h.1" />,
  care: (
    <path d="M10.500 2a3.500 3.500 0 0 0-3.300 4.700L2.300 11.600l2.100 2.100 4.900-4.900A3.500 3.500 0 0 0 13.800 4.500L11.700 6.600 9.400 4.300 11.500 2.200A3.500 3.500 0 0 0 10.500 2z" />
  ),
  visits: <path d="M3 14V2.500h7V14M10 4h3v10M1.500 14h13M7.500 8.200h.1" />,
  agenda: (
    <path d="M3.500 2h8A1.500 1.500 0 0 1 13 3.500v10.500H4.500A1.500 1.500 0 0 1 3 12.500v-10zM3 12.500A1.500 1.500 0 0 1 4.500 11H13M6 5h4" />
  ),
  people: (
    <>
      <circle cx="6" cy="5.2" r="2.4" />
      <path d="M1.800 13c0-2.500 1.800-4 4.200-4s4.200 1.500 4.200 4M10.500 3.200a2.200 2.200 0 0 1 0 4.200M11.800 9.500c1.500.500 2.400 1.800 2.400 3.500" />
    </>
  ),
  accounts: (
    <>
      <circle cx="5.5" cy="10.5" r="3" />
      <path d="m7.700 8.300 5.800-5.800M11 5l1.800 1.800M9.300 6.700 10.500 8" />
    </>
  ),
  audit: <path d="M3 1.800h7l3 3v9.400H3zM10 1.800v3h3M5.600 9.600l1.600 1.600 3.200-3.400" />,
  key: (
    <>
      <circle cx="5.5" cy="10.5" r="3" />
      <path d="m7.700 8.300 5.800-5.800M11 5l1.800 1.800" />
    </>
  ),
  more: <path d="M3.500 8h.1M8 8h.1M12.500 8h.1" stroke-width="2.4" />,
  out: <path d="M9.500 2.500H3v11h6.500M6.500 8h7.500M11.500 5.500 14 8l-2.500 2.500" />,
  plus: <path d="M8 3v10M3 8h10" />,
  print: <path d="M4.500 6V2h7v4M4.500 11.500H2.500V6h11v5.500h-2M4.500 9.500h7V14h-7z" />,
  upload: <path d="M8 10.500V2.300M4.800 5.300 8 2.100l3.200 3.200M2.500 13.500h11" />,
} as const satisfies Record<string, JSX.Element>

export type ShapeName = keyof typeof SHAPES
export type ThingName = keyof typeof THINGS

interface IconProps {
  readonly name: ShapeName | ThingName
  readonly class?: string
  /** Says it in words where no text stands beside; without, it is decoration. */
  readonly label?: string
}

const isShape = (name: string): name is ShapeName => name in SHAPES

export function Icon({ name, class: more = '', label }: IconProps) {
  const words = label === undefined ? { 'aria-hidden': 'true' as const } : { role: 'img' as const, 'aria-label': label }
  if (isShape(name)) {
    return (
      // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label or hidden, as `words` says
      <svg class={`i ${more}`} viewBox="0 0 12 12" {...words}>
        {SHAPES[name]}
      </svg>
    )
  }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label or hidden, as `words` says
    <svg class={`i ${more}`} viewBox="0 0 16 16" {...words}>
      <g {...line}>{THINGS[name] as ComponentChildren}</g>
    </svg>
  )
}

/** The mark of the house: a lighthouse that sends. */
export const Beacon = ({ class: more = '' }: { readonly class?: string }) => (
  <svg class={`beacon ${more}`} viewBox="0 0 20 20" aria-hidden="true">
    <path d="M7.2 18.500h5.600L11.6 9H8.400z" fill="currentColor" />
    <circle cx="10" cy="6" r="2.1" fill="currentColor" />
    <path
      d="M4.7 9.200a6 6 0 0 1 0-6.400M15.3 9.200a6 6 0 0 0 0-6.400M2 10.700a9.3 9.3 0 0 1 0-9.400M18 10.700a9.3 9.3 0 0 0 0-9.4"
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
      stroke-linecap="round"
    />
  </svg>
)
