// `suar plan`: what a change would do, step by step, without doing it; of a website from a file the change is made first.
import { readFileSync } from 'node:fs'
import type { Asking } from '../cli/ask.ts'
import { doing, followed, numberIn, planText } from '../cli/change-text.ts'
import { COMMON_HELP, hostingCommand, reasonIn, textIn, type Values } from '../cli/hosting-command.ts'
import { readDocument, sayMistake } from '../domain/document.ts'
import type { ChangeRow } from '../domain/hosting-view.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Organisation } from '../domain/people.ts'
import { Website } from '../domain/website.ts'

/** From a file: a new website, or another document of one that is there. Gives the number of the change. */
async function asked({ ask }: Asking, file: string, values: Values): Promise<Outcome<string>> {
  const reason = reasonIn(values)
  if (!reason.ok) return reason
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return failed('invalid', `${file}: ${(error as Error).message}. Give a readable file.`)
  }
  const read = readDocument(file, text, Website)
  if (!read.ok) return failed('invalid', read.mistakes.map(sayMistake).join('\n'))
  const website = read.value
  const there = await ask<unknown>('GET', `/websites/${website.name}`)
  if (!there.ok && there.failure.kind !== 'notFound') return there
  if (there.ok) {
    const made = await ask<ChangeRow>('POST', `/websites/${website.name}/changes`, { purpose: 'edit', website, reason: reason.value })
    return made.ok ? done(made.value.number) : made
  }
  const short = textIn(values, 'organisation')
  if (short === null) return failed('invalid', `--organisation is missing: whose is the new website ${website.name}?`)
  const found = await ask<{ readonly items: readonly Organisation[] }>('GET', `/organisations?size=500&search=${encodeURIComponent(short)}`)
  if (!found.ok) return found
  const organisation = found.value.items.find(one => one.short.toLowerCase() === short.toLowerCase())
  if (organisation === undefined) return failed('notFound', `There is no organisation "${short}".`)
  const made = await ask<ChangeRow>('POST', '/websites', { organisation: organisation.id, website, reason: reason.value })
  return made.ok ? done(made.value.number) : made
}

export default hostingCommand({
  name: 'plan',
  summary: 'Show what a change would do, and do nothing',
  help: `Usage: suar plan CHANGE [options]
       suar plan --file WEBSITE.yaml --reason TEXT [--organisation SHORT]

  --file FILE           a website as it is to be; new when there is none of its name, which asks for --organisation
  --organisation SHORT  whose it is
  --reason TEXT         stands with the change and in the trail
  --full                with what changes in every file
${COMMON_HELP}
Exit codes: 0 planned, 1 refused or failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  options: { file: { type: 'string' }, organisation: { type: 'string' }, reason: { type: 'string' }, full: { type: 'boolean' } },
  positionals: { min: 0, max: 1, what: 'CHANGE' },
  async run(asking, [given], values, io) {
    const file = textIn(values, 'file')
    const number = file === null ? numberIn(given) : await asked(asking, file, values)
    if (!number.ok) return number
    const begun = await doing(asking, number.value, { kind: 'plan' })
    if (!begun.ok) return begun
    const view = await followed(asking, number.value, ({ plan, why }) => plan !== null || why !== null, io.signal)
    if (!view.ok) return view
    return done({ value: view.value, text: planText(view.value, values['full'] === true), ok: view.value.plan !== null })
  },
})
