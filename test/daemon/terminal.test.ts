// What devices say of themselves, shown on a terminal: it must not steer it.
import assert from 'node:assert/strict'
import { table } from '../../daemon/cli/options.ts'
import { probeText } from '../../daemon/cli/probe-text.ts'

const HOSTILE = 'UPS\u001b]0;owned\u0007 \u009b2J\r\nsecond\u202eline'

describe('a terminal', () => {
  it('gets one line a row, whatever a name holds', () => {
    assert.deepEqual(table(['ID', 'MODEL'], [['a', HOSTILE]]).split('\n'), ['ID  MODEL', 'a   UPS ]0;owned 2J second line'])
  })

  it('gets no control characters from the identity of a device', () => {
    const identity = {
      kind: 'ups',
      vendor: HOSTILE,
      model: null,
      serial: null,
      firmware: null,
      sysName: HOSTILE,
      sysDescr: HOSTILE,
      sysObjectID: null,
      profiles: [],
    } as const
    const nothing = { points: [], interfaces: [], neighbours: [], processors: [], memory: [], storage: [], failure: null, elapsedMs: 1 }
    const text = probeText({ address: '127.0.0.1:161', reachable: true, identity, remarks: [HOSTILE], ...nothing })
    assert.equal(text.split('\n').length, 9)
    assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}|\u202e/u)
  })
})
