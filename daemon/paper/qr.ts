// QR codes as vectors: sharp at any size, a few hundred bytes.
import { create } from 'qrcode'
import type { Pen } from './line.ts'

/** Draws the code of `text`, `size` points wide with its quiet zone of four modules. */
export function drawQr({ doc }: Pen, text: string, x: number, y: number, size: number): void {
  const modules = modulesOf(text)
  const unit = size / (modules.size + 2 * QUIET)
  // Dark modules beside one another are one rectangle.
  for (let line = 0; line < modules.size; line++) {
    let begin = -1
    for (let column = 0; column <= modules.size; column++) {
      const dark = column < modules.size && modules.get(line, column) === 1
      if (dark && begin < 0) begin = column
      if (dark || begin < 0) continue
      doc.rect(x + (begin + QUIET) * unit, y + (line + QUIET) * unit, (column - begin) * unit, unit)
      begin = -1
    }
  }
  doc.fill('#000000')
}

/** By the standard: ISO/IEC 18004. */
const QUIET = 4

/** The same code stands on every page of a paper. */
let last: { readonly text: string; readonly modules: ReturnType<typeof create>['modules'] } | null = null
function modulesOf(text: string) {
  if (last?.text !== text) last = { text, modules: create(text, { errorCorrectionLevel: 'M' }).modules }
  return last.modules
}
