// Texts with `{names}` in them, filled with what is known. What somebody typed never becomes a mark or a name itself.
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { marked, type Run } from '../domain/paper.ts'

const NAME = /\{([A-Za-z][\w.]*)\}/g

/** `invalid`: a name nobody knows; says which there are. */
export function fillText(template: string, values: Readonly<Record<string, string>>): Outcome<string> {
  const unknown = [...template.matchAll(NAME)].map(([, name]) => name ?? '').filter(name => !Object.hasOwn(values, name))
  if (unknown.length > 0) {
    const known = Object.keys(values).join(', ')
    return failed('invalid', `nothing is known for {${unknown.join('}, {')}} in "${template.slice(0, 60)}"; there are: ${known}`)
  }
  return done(template.replaceAll(NAME, (_, name: string) => values[name] ?? ''))
}

/** The same with the marks of the catalogue's texts: they are read before the values are put in. */
export function fillMarked(template: string, values: Readonly<Record<string, string>>): Outcome<readonly Run[]> {
  const checked = fillText(template, values)
  if (!checked.ok) return checked
  const runs: Run[] = []
  for (const run of marked(template)) {
    if ('check' in run) runs.push(run)
    else {
      const filled = fillText(run.text, values)
      if (!filled.ok) return filled
      runs.push({ ...run, text: filled.value })
    }
  }
  return done(runs)
}
