// Labels to stick on racks and equipment: what it is, whose, where, and a QR code that leads to its page.
import type { Instant } from '../domain/call.ts'
import type { Inventory } from '../domain/inventory.ts'
import type { Block, Cell, Paper } from '../domain/paper.ts'
import type { Lang } from '../domain/words/lang.ts'

const WORDS = {
  id: { title: 'Label rak dan perangkat', serial: 'No. seri', asset: 'No. inventaris (KIB)' },
  en: { title: 'Labels of racks and equipment', serial: 'Serial', asset: 'Inventory no.' },
} as const

interface Label {
  readonly url: string
  readonly name: string
  readonly lines: readonly string[]
}

/** Two beside one another; each is 8.5 cm wide. */
export function labelsOf(
  inventory: Inventory,
  asked: { readonly racks: ReadonlySet<string>; readonly equipment: ReadonlySet<string> },
  { base, language, date }: { readonly base: string; readonly language: Lang; readonly date: Instant },
): Paper {
  const words = WORDS[language]
  const racks = new Map(inventory.racks.map(rack => [rack.id, rack]))
  const room = (id: string) => inventory.rooms.find(each => each.id === id)?.name ?? id
  const line = (...parts: readonly (string | undefined)[]) => parts.filter(part => part !== undefined && part !== '').join(' · ')
  const labels: Label[] = [
    ...inventory.racks
      .filter(({ id }) => asked.racks.has(id))
      .map(rack => ({
        url: `${base}/racks/${encodeURIComponent(rack.id)}`,
        name: rack.name,
        lines: [line(room(rack.room), `${rack.units} U`), line(rack.use, rack.tenant)],
      })),
    ...inventory.equipment
      .filter(({ id }) => asked.equipment.has(id))
      .map(item => {
        const rack = racks.get(item.rack)
        const top = item.u + item.height - 1
        return {
          url: `${base}/racks/${encodeURIComponent(item.rack)}?item=${encodeURIComponent(item.id)}`,
          name: item.name,
          lines: [
            line(`${rack?.name ?? item.rack} U${item.u}${top === item.u ? '' : `–${top}`}`, item.tenant),
            item.asset === undefined ? '' : `${words.asset} ${item.asset}`,
            item.serial === undefined ? '' : `${words.serial} ${item.serial}`,
          ],
        }
      }),
  ]
  const cells = (label: Label | undefined): readonly Cell[] =>
    label === undefined
      ? [{ content: '' }, { content: '' }]
      : [
          { content: [{ kind: 'qr', text: label.url, size: 64 }] },
          {
            content: [
              { kind: 'paragraph', content: [{ text: label.name, bold: true }], align: 'left', gap: 1 },
              ...label.lines
                .filter(text => text !== '')
                .map((text): Block => ({ kind: 'paragraph', content: text, align: 'left', size: 8.5, gap: 0 })),
            ],
          },
        ]
  const rows = Array.from({ length: Math.ceil(labels.length / 2) }, (_, index) => [...cells(labels[2 * index]), ...cells(labels[2 * index + 1])])
  return {
    kind: 'sheet',
    title: words.title,
    number: null,
    letterhead: null,
    blocks: [{ kind: 'table', columns: [{ width: 28 }, { width: 52 }, { width: 28 }, { width: 52 }], head: [], rows }],
    footer: null,
    verification: null,
    language,
    date,
    author: 'Suar',
  }
}
