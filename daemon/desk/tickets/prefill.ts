// First values of a form from what is known of who asks, so that nobody types his own name again.
import type { Answer, Answers, Form, LeafField } from '../../domain/form.ts'
import type { Organisation, Person } from '../../domain/people.ts'

/** Answers of another ticket as the first of a new one. Its files stay there, and what was agreed to: they belong to what it was. */
export function carried({ sections }: Form, answers: Answers): Answers {
  const files = new Set(sections.flatMap(({ fields }) => fields).flatMap(({ key, type }) => (type === 'files' || type === 'terms' ? [key] : [])))
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !files.has(key)))
}

export function prefill({ sections }: Form, person: Person | null, organisation: Organisation | null): Answers {
  const known: Readonly<Record<NonNullable<LeafField['from']>, string | null>> = {
    name: person?.name ?? null,
    nip: person?.nip ?? null,
    position: person?.position ?? null,
    unit: person?.unit ?? null,
    address: organisation?.address ?? null,
    mobile: person?.mobile ?? null,
    extension: person?.extension ?? null,
    email: person?.email ?? null,
    organisation: organisation?.name ?? null,
  }
  const of = ({ from, filledBy }: LeafField): string | null => (from === undefined || filledBy === 'officer' ? null : known[from] || null)
  const answers: Record<string, Answer> = {}
  for (const field of sections.flatMap(section => section.fields)) {
    if (field.type !== 'group') {
      const value = of(field)
      if (value !== null) answers[field.key] = value
      continue
    }
    const inside = field.fields.flatMap(leaf => {
      const value = of(leaf)
      return value === null ? [] : [[leaf.key, value] as const]
    })
    if (inside.length > 0 && field.repeat === undefined) answers[field.key] = Object.fromEntries(inside)
  }
  return answers
}
