// What a schema cannot see in a service of the catalogue: chairs nobody has, steps out of order, products and phases that lead nowhere.
import type { Agency } from '../domain/agency.ts'
import type { Found } from '../domain/explain.ts'
import { nearest } from '../domain/nearest.ts'
import { MINUTES_NAMES, type Service } from '../domain/service.ts'
import { checkForm } from './catalogue-form-check.ts'

export function checkService(service: Service, file: string, { chairs }: Pick<Agency, 'chairs'>): Found[] {
  const found: Found[] = []
  const say = (path: Found['path'], reason: string, remedy: string) => void found.push({ path, reason, remedy })
  const seated = new Set([...Object.keys(chairs), 'requester'])

  const sits = (chair: string, path: Found['path']): void => {
    if (seated.has(chair)) return
    const meant = nearest(chair, seated)
    say(
      path,
      `there is no chair "${chair}"`,
      meant === null ? `Use one of: ${[...seated].join(', ')}; or add it to agency.yaml.` : `Write "${meant}".`,
    )
  }
  const unique = (name: 'steps' | 'products' | 'phases' | 'papers'): Set<string> => {
    const keys = new Set<string>()
    for (const [i, { key }] of service[name].entries()) {
      if (keys.has(key)) say([name, i, 'key'], `"${key}" is used twice`, 'Give each its own key.')
      keys.add(key)
    }
    return keys
  }

  if (service.key !== file) say(['key'], `the file is named ${file}.yaml`, `Write "${file}", or rename the file.`)
  const products = unique('products')
  unique('steps')
  unique('papers')

  for (const [i, { owner }] of service.steps.entries()) sits(owner, ['steps', i, 'owner'])
  if (service.steps[0]?.kind !== 'submit') say(['steps', 0, 'kind'], 'the first step is not the request itself', 'Begin with a step of kind submit.')
  if (service.steps.at(-1)?.kind !== 'archive')
    say(['steps', service.steps.length - 1, 'kind'], 'the last step does not put the ticket away', 'End with a step of kind archive.')
  if (!service.steps.some(({ kind }) => kind === 'work')) say(['steps'], 'nobody does the work', 'Add a step of kind work.')
  if (service.minutes === null && service.steps.some(({ kind }) => kind === 'minutes'))
    say(['minutes'], 'a step writes minutes, and there are none', 'Add minutes, or remove the step.')

  unique('phases')
  for (const [i, phase] of service.phases.entries()) {
    if (phase.product !== undefined && !products.has(phase.product))
      say(['phases', i, 'product'], `there is no product "${phase.product}"`, `Use one of: ${[...products].join(', ')}.`)
    const earlier = service.phases.slice(0, i).map(({ key }) => key)
    if (phase.backTo !== undefined && !earlier.includes(phase.backTo))
      say(
        ['phases', i, 'backTo'],
        `"${phase.backTo}" is no phase before this one`,
        earlier.length === 0 ? 'Remove it.' : `Use one of: ${earlier.join(', ')}.`,
      )
  }

  checkMinutes(service, sits, say)
  checkForm(service, say)
  return found
}

function checkMinutes(
  { minutes }: Service,
  sits: (chair: string, path: Found['path']) => void,
  say: (path: Found['path'], reason: string, remedy: string) => void,
): void {
  if (minutes === null) return
  for (const name of ['{no}', '{year}'])
    if (!minutes.number.includes(name)) say(['minutes', 'number'], `"${minutes.number}" has no ${name}`, `Put ${name} where it belongs.`)
  for (const [, name = ''] of minutes.number.matchAll(/\{([^}]*)\}/g))
    if (name !== 'no' && name !== 'year') say(['minutes', 'number'], `{${name}} means nothing in a number`, 'Use {no}, {code}, {sheet} and {year}.')
  for (const [i, { who }] of minutes.parties.entries()) sits(who, ['minutes', 'parties', i, 'who'])
  const texts = [
    [['minutes', 'opening'], minutes.opening],
    [['minutes', 'closing'], minutes.closing],
    ...minutes.clauses.map((clause, i): [Found['path'], typeof clause] => [['minutes', 'clauses', i], clause]),
  ] as const
  for (const [path, words] of texts)
    for (const language of ['id', 'en'] as const)
      for (const [, name = ''] of words[language].matchAll(/\{([^}]*)\}/g))
        if (!(MINUTES_NAMES as readonly string[]).includes(name)) {
          const meant = nearest(name, MINUTES_NAMES)
          say(
            [...path, language],
            `{${name}} means nothing in minutes`,
            meant === null ? `Use one of: ${MINUTES_NAMES.join(', ')}.` : `Write {${meant}}.`,
          )
        }
}
