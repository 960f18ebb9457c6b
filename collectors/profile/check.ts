// What the schema cannot see: whether the parts of a profile fit each other.
import type { Found } from '../../daemon/domain/explain.ts'
import type { ColumnPoint, Condition, LimitSpec, NameSource, Profile, Ref, ScalarPoint, Table } from '../../daemon/domain/profile.ts'
import { fits, RATES, UNIT_OF, UNITS_IN } from '../../daemon/domain/quantity.ts'
import { DECODER_NAMES, isDecoder } from './decode.ts'

type Path = Found['path']

const PLACEHOLDER = /\{([A-Za-z0-9.-]+)\}/g

/** Everything that does not fit, each with its path. */
export function checkProfile(profile: Omit<Profile, 'name'>): Found[] {
  const found: Found[] = []
  const say = (path: Path, reason: string, remedy: string) => void found.push({ path, reason, remedy })
  const place = (path: Path, at: { oid?: string | undefined; column?: unknown; join?: string | undefined }, inTable: boolean) => {
    if (at.oid !== undefined && at.column !== undefined) say([...path, 'oid'], 'both a scalar and a column', 'Keep one of oid and column.')
    if (at.column !== undefined && !inTable && at.join === undefined)
      say([...path, 'column'], 'a column outside a table', 'Use oid, or name the table with join.')
    for (const key of ['oid', 'join'] as const)
      if (at[key]?.startsWith('.') && profile.root === undefined)
        say([...path, key], 'begins with a dot, but the profile has no root', 'Add root, or write the whole OID.')
  }
  const refs = (path: Path, point: ScalarPoint | ColumnPoint, inTable: boolean) => {
    const check = (key: string, ref: Ref | undefined) => {
      if (ref === undefined) return
      if (ref.oid === undefined && ref.column === undefined) say([...path, key], 'says neither oid nor column', 'Add one.')
      place([...path, key], ref, inTable)
    }
    for (const key of ['exponent', 'digits', 'factor', 'divisor'] as const) check(key, point[key])
    check('sensorScale', point.sensorScale?.scale)
    check('sensorScale', point.sensorScale?.precision)
    for (const [key, limit] of Object.entries(point.limits ?? {}) as [string, LimitSpec | undefined][])
      if (typeof limit === 'object') check(`limits.${key}`, limit)
    conditions([...path, 'where'], point.where, inTable)
    for (const [key, limit] of Object.entries(point.limits ?? {}))
      if (typeof limit === 'object') {
        conditions([...path, 'limits', key, 'when'], limit.when ?? [], inTable)
        conditions([...path, 'limits', key, 'among'], limit.among ?? [], true)
        if (limit.among !== undefined && limit.join === undefined) say([...path, 'limits', key, 'among'], 'among what', 'Name the table with join.')
      }
  }
  const conditions = (path: Path, list: readonly Condition[], inTable: boolean) =>
    list.forEach((condition, k) => {
      place([...path, k], condition, inTable)
      const asks = [condition.in, condition.not, condition.match, condition.noMatch, condition.bit].filter(ask => ask !== undefined)
      if (asks.length !== 1) say([...path, k], 'a condition asks exactly one thing', 'Write one of in, not, match, noMatch, bit.')
      if (condition.oid === undefined && condition.column === undefined && condition.index === undefined)
        say([...path, k], 'looks at nothing', 'Add oid, column or index.')
    })
  const point = (path: Path, one: ScalarPoint | ColumnPoint, names: ReadonlySet<string> | null) => {
    if (one.unit !== undefined && one.unit in UNITS_IN && !fits(one.quantity, one.unit))
      say([...path, 'unit'], `${one.unit} does not measure ${one.quantity}`, `Use a unit that converts to ${UNIT_OF[one.quantity] || 'no unit'}.`)
    if (one.decoder !== undefined && !isDecoder(one.decoder))
      say([...path, 'decoder'], `no decoder is called "${one.decoder}"`, `Use one of: ${DECODER_NAMES.join(', ')}.`)
    if (one.quantity === 'state' && one.states === undefined) say(path, 'a state without states', 'Add states: a map, or the name of one.')
    if (one.quantity !== 'state' && one.states !== undefined) say([...path, 'states'], `states of a ${one.quantity}`, 'Make the quantity state.')
    if (typeof one.states === 'string' && !(one.states in profile.states) && profile.extends.length === 0)
      say([...path, 'states'], `no states are called "${one.states}"`, `Use one of: ${Object.keys(profile.states).join(', ') || '(none defined)'}.`)
    if (RATES.has(one.quantity) && one.counter === undefined) say(path, `${one.quantity} needs a counter`, 'Add counter: 32 or 64.')
    for (const [field, text] of [
      ['key', one.key],
      ['label', typeof one.label === 'string' ? one.label : one.label.en],
    ] as const)
      for (const [, name = ''] of text.matchAll(PLACEHOLDER))
        if (names === null) say([...path, field], `{${name}} in a scalar`, 'Write a name in its place: scalars have no instances.')
        else if (!names.has(name) && !/^index(\.-?\d+)?$/.test(name))
          say([...path, field], `{${name}} stands for nothing`, 'Use {name}, {label}, {index}, {index.1} or one of vars.')
    refs(path, one, names !== null)
  }
  profile.points.forEach((one, k) => {
    place(['points', k], one, false)
    point(['points', k], one, null)
  })
  for (const [k, table] of profile.tables.entries()) checkTable(['tables', k], table)
  function checkTable(path: Path, table: Table): void {
    if (table.entry.startsWith('.') && profile.root === undefined)
      say([...path, 'entry'], 'begins with a dot, but the profile has no root', 'Add root, or write the whole OID.')
    const names = new Set(['name', 'label', ...Object.keys(table.vars), ...Object.keys(table.vars).map(one => `${one}-label`)])
    const sources: [Path, readonly NameSource[]][] = [
      [[...path, 'names'], table.names ?? []],
      ...Object.entries(table.vars).map(([one, list]): [Path, readonly NameSource[]] => [[...path, 'vars', one], list]),
    ]
    for (const [at, list] of sources)
      list.forEach((source, n) => {
        place([...at, n], source, true)
        if ([source.oid, source.column, source.index, source.text, source.whole, source.indexText].every(one => one === undefined))
          say([...at, n], 'a name from nowhere', 'Add column, oid, index, indexText, whole or text.')
      })
    conditions([...path, 'where'], table.where, true)
    table.points.forEach((one, n) => {
      point([...path, 'points', n], one, names)
      place([...path, 'points', n], { column: one.column, join: one.join }, true)
    })
  }
  if (profile.match.length === 0 && profile.points.length + profile.tables.length > 0 && profile.priority > 0)
    say(['match'], 'matches no device', 'Add match, or priority: 0 for a part that others extend.')
  return found
}
