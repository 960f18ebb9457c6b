// The order of test files: long ones that mostly wait begin first, so that the short ones fill the machine meanwhile. No file may fall out of it.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

describe('the order of the tests', () => {
  it('has every test file, and each once', () => {
    const { spec } = JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8')) as { spec: readonly string[] }
    const ordered = spec.flatMap(pattern => globSync(pattern, { cwd: root }))
    assert.deepEqual(ordered.toSorted(), globSync('test/**/*.test.ts', { cwd: root }).toSorted())
  })
})
