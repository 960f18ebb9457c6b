// Templates: the words of what goes out, in both languages, as data files; filled without letting a value be more than text.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Mistake, readDocument } from '../domain/document.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { LANGS, type Lang } from '../domain/words/lang.ts'
import { cleanText, oneLine } from './enclosure.ts'

const Words = z.strictObject({ subject: z.string().trim().min(1).max(200), body: z.string().trim().min(1).max(5_000) })

const Template = z.strictObject({
  /** Values it needs, in the order approved templates of other houses take them. */
  values: z.array(z.string().regex(/^[a-z][a-zA-Z]*$/)),
  /** Made by an event, not by a person's hand: nobody's machine shall answer it (RFC 3834). */
  automatic: z.boolean().default(true),
  id: Words,
  en: Words,
})
export type Template = z.output<typeof Template>

export interface Filled {
  readonly subject: string
  readonly body: string
  readonly automatic: boolean
}

export interface Templates {
  readonly names: readonly string[]
  /** `notFound`: no such template. `invalid`: a value is missing. */
  fill(name: string, values: Readonly<Record<string, string>>, language: Lang): Outcome<Filled>
}

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g
const NAME = /^([a-z][a-z-]*)\.yaml$/

/** Longest value: a note may be a page. */
const LONGEST = 4_000

const TEMPLATES_FOLDER = join(import.meta.dirname, 'templates')

/** Reads the shelf; a file of one of the site's own folders stands in place of ours of the same name. */
export function readTemplates(own: readonly string[] = []): Outcome<Templates> {
  const templates = new Map<string, Template>()
  const mistakes: Mistake[] = []
  for (const folder of [TEMPLATES_FOLDER, ...own])
    for (const entry of readdirSync(folder).sort()) {
      const name = NAME.exec(entry)?.[1]
      if (name === undefined) continue
      const file = join(folder, entry)
      const read = readDocument(file, readFileSync(file, 'utf8'), Template, unknownPlaceholders)
      if (read.ok) templates.set(name, read.value)
      else mistakes.push(...read.mistakes)
    }
  const [first] = mistakes
  if (first !== undefined) return failed('invalid', `${first.file}:${first.line}: ${first.key}: ${first.reason}. ${first.remedy}`)
  return done({
    names: [...templates.keys()],
    fill(name, values, language) {
      const template = templates.get(name)
      if (template === undefined) return failed('notFound', `There is no template "${name}".`)
      const missing = template.values.filter(value => values[value] === undefined)
      if (missing.length > 0) return failed('invalid', `The template "${name}" needs ${missing.join(', ')}.`)
      const words = template[language]
      const filled = (text: string, clean: (value: string) => string): string =>
        text.replace(PLACEHOLDER, (_, value: string) => clean(values[value] ?? ''))
      return done({
        subject: oneLine(filled(words.subject, value => oneLine(value, 120))),
        body: filled(words.body, value => cleanText(value, LONGEST).trim()),
        automatic: template.automatic,
      })
    },
  })
}

const unknownPlaceholders = (template: Template) =>
  LANGS.flatMap(language =>
    (['subject', 'body'] as const).flatMap(part =>
      [...template[language][part].matchAll(PLACEHOLDER)]
        .filter(([, value = '']) => !template.values.includes(value))
        .map(([whole]) => ({
          path: [language, part],
          reason: `${whole} is not among its values`,
          remedy: 'Add it to values, or correct its spelling.',
        })),
    ),
  )
