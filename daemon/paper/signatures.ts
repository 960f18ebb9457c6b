// Signature blocks: parties beside one another, room for hand and stamp, the name underlined, the NIP in its groups.
import type { Party, Signatures } from '../domain/paper.ts'
import { nipInGroups } from '../domain/words/nip.ts'
import type { Pen } from './line.ts'
import { lines } from './lines.ts'
import { heightOf, type Piece } from './piece.ts'

/** Points for a signature by hand, and for one with a stamp on it. */
const HAND = 52
const STAMP = 70
const BETWEEN = 18
const BELOW = 14

export function signatures({ parties, columns = 2 }: Signatures, pen: Pen, width: number, size: number): Piece[] {
  const made: Piece[] = []
  for (let from = 0; from < parties.length; from += columns) {
    const some = parties.slice(from, from + columns)
    made.push(abreast(pen, some, { width, size, columns, only: parties.length === 1 }))
  }
  return made
}

interface Room {
  readonly width: number
  readonly size: number
  readonly columns: number
  /** Nobody else signs. */
  readonly only: boolean
}

function abreast(pen: Pen, parties: readonly Party[], { width, size, columns, only }: Room): Piece {
  const each = (width - BETWEEN * (columns - 1)) / columns
  // One alone stands at the right, where a letter is signed; what is left over of several, in the middle.
  const spare = width - parties.length * each - (parties.length - 1) * BETWEEN
  const offset = only && columns > 1 ? spare : spare / 2
  const centred = (text: string, bold = false) => lines(pen, text, { size, width: each, align: 'center', bold, leading: 1.18 })
  const columnsOf = parties.map(party => ({
    party,
    place: party.place === null ? [] : centred(party.place),
    top: [...party.title.flatMap(line => centred(line)), ...(party.note === null ? [] : centred(party.note))],
    instead:
      party.instead === null ? [] : lines(pen, party.instead, { size: size - 2.5, width: each - 16, align: 'center', grey: true, leading: 1.15 }),
    bottom: [
      ...lines(pen, [{ text: party.name ?? ' '.repeat(46), bold: party.name !== null, underline: party.name !== null }], {
        size,
        width: each,
        align: 'center',
        leading: 1.25,
      }),
      ...(party.rank === null ? [] : centred(party.rank)),
      ...(party.nip === undefined ? [] : centred(party.nip === null ? `NIP. ${'.'.repeat(34)}` : `NIP. ${nipInGroups(party.nip)}`)),
    ],
  }))
  // Lines of the same kind stand at one height across the columns.
  const place = Math.max(...columnsOf.map(column => heightOf(column.place)))
  const top = Math.max(...columnsOf.map(column => heightOf(column.top)))
  const hand = Math.max(...columnsOf.map(column => Math.max(column.party.stamp ? STAMP : HAND, heightOf(column.instead) + 10)))
  const bottom = Math.max(...columnsOf.map(column => heightOf(column.bottom)))
  return {
    height: place + top + hand + bottom + BELOW,
    draw: (x, y) => {
      for (const [i, column] of columnsOf.entries()) {
        const left = x + offset + i * (each + BETWEEN)
        drawAll(column.place, left, y)
        drawAll(column.top, left, y + place)
        const middle = y + place + top
        drawAll(column.instead, left + 8, middle + (hand - heightOf(column.instead)) / 2)
        if (column.party.stamp && column.party.instead === null) stampMark(pen, left, middle, hand, size)
        if (column.party.name === null) ruleFor(pen, left + each / 2, middle + hand + size, size)
        drawAll(column.bottom, left, middle + hand)
      }
    },
  }
}

function drawAll(pieces: readonly Piece[], x: number, y: number): void {
  let at = y
  for (const piece of pieces) {
    piece.draw(x, at)
    at += piece.height
  }
}

/** A name not yet known: a line to write it on. */
function ruleFor({ doc }: Pen, middle: number, y: number, size: number): void {
  const half = size * 7.5
  doc
    .lineWidth(0.6)
    .moveTo(middle - half, y)
    .lineTo(middle + half, y)
    .stroke('#000000')
}

/** Where the stamp goes: left of the signature, half over it. */
function stampMark(pen: Pen, x: number, y: number, height: number, size: number): void {
  const radius = height / 2 - 8
  const [cx, cy] = [x + radius + 10, y + height / 2]
  pen.doc.save().lineWidth(0.4).dash(2, { space: 2 }).circle(cx, cy, radius).stroke('#aaaaaa').restore()
  const text = lines(pen, 'cap basah', { size: size - 4, width: radius * 2, align: 'center', grey: true })
  drawAll(text, cx - radius, cy - size / 2 + 1)
}
