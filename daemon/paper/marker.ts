// How the items of lists are counted.
import type { Marker } from '../domain/paper.ts'

const ROMAN: readonly (readonly [value: number, sign: string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

/** 4 "IV"; nothing below 1. */
function roman(n: number): string {
  let left = n
  let text = ''
  for (const [value, sign] of ROMAN)
    while (left >= value) {
      text += sign
      left -= value
    }
  return text
}

/** 1 "a", 26 "z", 27 "aa". */
function letter(n: number): string {
  let text = ''
  for (let left = n; left > 0; left = Math.floor((left - 1) / 26)) text = String.fromCharCode(97 + ((left - 1) % 26)) + text
  return text
}

export function markerOf(marker: Marker, n: number): string {
  switch (marker) {
    case 'decimal':
      return `${n}.`
    case 'decimal-paren':
      return `${n})`
    case 'letter':
      return `${letter(n)}.`
    case 'letter-paren':
      return `${letter(n)})`
    case 'roman':
      return `${roman(n)}.`
    case 'dash':
      return '–'
  }
}
