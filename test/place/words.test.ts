// Every mistake that the check of an inventory can tell is also told in Indonesian: found in the check's own source, so that a new one cannot be forgotten.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Inventory } from '../../daemon/domain/inventory.ts'
import { foundWords } from '../../daemon/domain/words/found-words.ts'
import { checkInventory } from '../../daemon/inventory-check.ts'

/** What stands where the source has `${…}`: a value of the kind the sentence wants there. */
const filled = (text: string): string =>
  text
    .replace(/\$\{what\}/g, 'row')
    .replace(/\$\{(?:feed\.name|psu\.feed)\}/g, 'A')
    .replace(/\$\{face\}/g, 'front')
    .replace(/\$\{feeds\.join[^}]*\}/g, 'A, B')
    .replace(/\$\{(?:u|sensor\.u|units|rack\.units|item\.u \+ item\.height - 1)\}/g, '7')
    .replace(/\$\{[^}]*\}/g, 'x')

describe('mistakes of an inventory in Indonesian', () => {
  it('has words for every sentence in the source of the checks', () => {
    const source = ['inventory-check.ts', 'inventory-racks.ts']
      .map(file => readFileSync(join(import.meta.dirname, '../../daemon', file), 'utf8'))
      .join('\n')
    const sentences = [...source.matchAll(/(?:`([^`]*)`|'([^']*)')(?=,\s*(?:'|`)[A-Z])/g)].map(([, one, two]) => one ?? two ?? '')
    const remedies = [...source.matchAll(/(?:`([A-Z][^`]*\.)`|'((?:[A-Z])(?:[^'\\]|\\.)*\.)'|"([A-Z][^"]*\.)")/g)].map(
      ([, one, two, three]) => one ?? two ?? three ?? '',
    )
    const reasons = sentences.filter(text => / /.test(text) && /^[a-z"$]/.test(text))
    assert.ok(reasons.length >= 15 && remedies.length >= 12, `${reasons.length} reasons, ${remedies.length} remedies`)
    for (const reason of reasons) assert.ok(foundWords({ reason: filled(reason), remedy: 'Correct u.' }) !== null, filled(reason))
    for (const remedy of remedies) assert.ok(foundWords({ reason: '"x" is used twice', remedy: filled(remedy) }) !== null, filled(remedy))
  })

  it('keeps the names and figures of the mistake', () => {
    const rack = { id: 'a1', name: 'A1', row: 'r', room: 'h', x: 0, y: 0, width: 1, depth: 1, facing: 'south', units: 10 }
    const item = (id: string, u: number) => ({ id, name: id.toUpperCase(), rack: 'a1', u, height: 2 })
    const inventory = Inventory.parse({
      site: { id: 'dc', name: 'DC' },
      rooms: [{ id: 'h', name: 'H', x: 0, y: 0, width: 5, depth: 5 }],
      rows: [{ id: 'r', name: 'R', room: 'h' }],
      racks: [rack],
      equipment: [item('one', 3), item('two', 4), item('high', 10)],
    })
    const told = checkInventory(inventory).map(found => foundWords(found)?.id)
    assert.deepEqual(told.sort(), [
      'HIGH akan berakhir di U11, sedangkan raknya 10 U. Betulkan U atau tingginya.',
      'TWO dan ONE sama-sama di U4 rak A1, sisi depan. Betulkan U, tinggi, atau sisi salah satunya.',
    ])
  })
})
