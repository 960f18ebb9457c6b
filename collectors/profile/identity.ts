// Who a device is: the first of its profiles that knows, most particular first.
import type { Identity, Kind } from '../../daemon/domain/device.ts'
import { KINDS } from '../../daemon/domain/device.ts'
import type { IdentitySource, Profile } from '../../daemon/domain/profile.ts'
import { patternOf } from '../../daemon/domain/profile.ts'
import { textOf } from './decode.ts'
import type { SystemGroup } from './match.ts'
import { type Answers, columnOf } from './rows.ts'

export function identityOf(profiles: readonly Profile[], system: SystemGroup, answers: Answers): Identity {
  const first = (field: 'vendor' | 'model' | 'serial' | 'firmware'): string | null => {
    for (const profile of profiles) {
      const text = textFrom(profile.identity[field] ?? [], system, answers)
      if (text !== null) return text
      if (field === 'vendor' && profile.vendor !== undefined) return profile.vendor
    }
    return null
  }
  return {
    kind: kindOf(profiles, system, answers),
    vendor: first('vendor'),
    model: first('model'),
    serial: first('serial'),
    firmware: first('firmware'),
    sysName: system.sysName,
    sysDescr: system.sysDescr,
    sysObjectID: system.sysObjectID,
    profiles: profiles.map(profile => profile.name),
  }
}

function kindOf(profiles: readonly Profile[], system: SystemGroup, answers: Answers): Kind {
  for (const { kind } of profiles) {
    if (kind === undefined) continue
    if (typeof kind === 'string') return kind
    const text = textFrom(kind.from, system, answers)
    return KINDS.find(one => one === text) ?? kind.else
  }
  return 'other'
}

/** The first source that gives a text. */
function textFrom(sources: readonly IdentitySource[], system: SystemGroup, answers: Answers): string | null {
  for (const source of sources) {
    for (const raw of textsOf(source, system, answers)) {
      const matched = source.match === undefined ? raw : passed(patternOf(source.match), raw)
      if (matched === null) continue
      const text = (source.map === undefined ? matched : (source.map[matched] ?? '')).trim()
      if (text !== '') return text
    }
  }
  return null
}

function* textsOf(source: IdentitySource, system: SystemGroup, answers: Answers): Generator<string> {
  if (source.oid !== undefined) {
    const varbind = answers.scalars.get(source.oid)
    const text = varbind === undefined ? null : textOf(varbind)
    if (text !== null) yield text
  } else if (source.column !== undefined) {
    for (const varbind of columnOf(answers, source.column).values()) {
      const text = textOf(varbind)
      if (text !== null) yield text
    }
  } else if (source.sysDescr !== undefined) {
    const text = passed(patternOf(source.sysDescr), system.sysDescr ?? '')
    if (text !== null) yield source.text ?? text
  } else if (source.text !== undefined) yield source.text
}

function passed(pattern: RegExp, text: string): string | null {
  const matched = pattern.exec(text)
  return matched === null ? null : (matched[1] ?? matched[0])
}
