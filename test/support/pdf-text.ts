// What stands on a PDF, as a reader of it finds it: by poppler's own hand.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'

/** In reading order, white space drawn together. */
export function textOfPdf(pdf: Uint8Array): string {
  const { status, stdout, stderr } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return stdout.replaceAll(/\s+/g, ' ')
}
