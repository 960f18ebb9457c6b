// What a schema cannot see in a form of the catalogue: conditions that lead nowhere, choices without a choice, expressions that do not compile.
import type { Found } from '../domain/explain.ts'
import type { Condition, Field, Form, LeafField } from '../domain/form.ts'
import type { Service } from '../domain/service.ts'

type Say = (path: Found['path'], reason: string, remedy: string) => void
type Known = ReadonlyMap<string, Field>

export function checkForm({ form, products }: Pick<Service, 'form' | 'products'>, say: Say): void {
  const keys = new Map<string, Field>()
  const asked = new Set(products.map(({ key }) => key))

  const condition = ({ field, in: values }: Condition, scopes: readonly Known[], path: Found['path']): void => {
    if (field === 'products') {
      for (const [i, value] of (values ?? []).entries())
        if (!asked.has(String(value))) say([...path, 'in', i], `there is no product "${String(value)}"`, `Use one of: ${[...asked].join(', ')}.`)
      return
    }
    const known = scopes.map(scope => scope.get(field)).find(one => one !== undefined)
    if (known === undefined) {
      say([...path, 'field'], `no field "${field}" stands before this one`, 'Name a field of the same group or of the form, further up.')
      return
    }
    if (known.type === 'group') {
      say([...path, 'field'], `"${field}" is a group: it has no value of its own`, 'Name a field that is answered.')
      return
    }
    for (const [i, value] of (values ?? []).entries())
      if (!couldBe(known, value)) say([...path, 'in', i], `"${field}" is never ${String(value)}`, expected(known))
  }

  for (const [s, section] of form.sections.entries()) {
    const at = ['form', 'sections', s]
    if (section.when !== undefined) condition(section.when, [keys], [...at, 'when'])
    for (const [f, field] of section.fields.entries()) {
      const here = [...at, 'fields', f]
      if (field.when !== undefined) condition(field.when, [keys], [...here, 'when'])
      if (keys.has(field.key)) say([...here, 'key'], `"${field.key}" is used twice in this form`, 'Give each field its own key.')
      if (field.key === 'products') say([...here, 'key'], '"products" stands for the products of the ticket', 'Use another key.')
      if (field.type === 'group') {
        const inner = new Map<string, Field>()
        for (const [l, leaf] of field.fields.entries()) {
          const there = [...here, 'fields', l]
          if (leaf.when !== undefined) condition(leaf.when, [inner, keys], [...there, 'when'])
          if (inner.has(leaf.key)) say([...there, 'key'], `"${leaf.key}" is used twice in this group`, 'Give each field its own key.')
          if (leaf.type === 'application') say([...there, 'type'], 'an application stands in no group', 'Ask for it beside the group, or as text.')
          if (leaf.type === 'terms' || leaf.type === 'place')
            say([...there, 'type'], `a field of type ${leaf.type} stands in no group`, 'Ask for it beside the group.')
          checkLeaf(leaf, there, say)
          inner.set(leaf.key, leaf)
        }
        if (field.repeat !== undefined && field.repeat.min > field.repeat.max)
          say([...here, 'repeat', 'min'], 'min is above max', 'Correct one of them.')
      } else {
        if (field.type === 'application' && [...keys.values()].some(({ type }) => type === 'application'))
          say([...here, 'type'], 'the form asks for an application already', 'A request is about one application: leave one of them.')
        if (field.within !== undefined && keys.get(field.within)?.type !== 'choice')
          say([...here, 'within'], `no choice "${field.within}" stands before this field`, 'Name the field that says at which site, further up.')
        checkLeaf(field, here, say)
      }
      keys.set(field.key, field)
    }
  }
  checkWhole(form, keys, condition, say)
}

function checkWhole(form: Form, keys: Known, condition: (one: Condition, scopes: readonly Known[], path: Found['path']) => void, say: Say): void {
  for (const [i, key] of form.unique.entries())
    if (!keys.has(key)) say(['form', 'unique', i], `there is no field "${key}"`, 'Name a field of the form.')
  const signer = keys.get('signer')
  const ranked = signer?.type === 'group' && signer.fields.some(({ key }) => key === 'echelon')
  if (form.signer.echelon !== null && !ranked)
    say(
      ['form', 'signer', 'echelon'],
      'no field "signer.echelon" tells the echelon of who signs',
      'Add `use: signatures` to the sections, or set echelon to null.',
    )
  const { letter } = form
  if (letter === undefined) return
  if (letter.when !== undefined) condition(letter.when, [keys], ['form', 'letter', 'when'])
  const lines = Object.entries(letter).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map(line => ({ key, line })))
  for (const { key, line } of lines)
    for (const text of line !== undefined && 'id' in line ? [line.id, line.en] : [])
      for (const [, name = ''] of text.matchAll(/\{([^}]*)\}/g))
        if (!keys.has(name)) say(['form', 'letter', key], `{${name}} is no field of the form`, 'Name a field of the form.')
}

function checkLeaf(field: LeafField, path: Found['path'], say: Say): void {
  const chosen = field.type === 'choice' || field.type === 'choices'
  if (chosen && field.options === undefined) say([...path, 'options'], 'missing', 'Give the options to choose from.')
  if (!chosen && field.options !== undefined) say([...path, 'options'], `a field of type ${field.type} has none`, 'Remove them, or make it a choice.')
  if (field.creates !== undefined && field.type !== 'application')
    say([...path, 'creates'], `a field of type ${field.type} enters nothing into the register`, 'Remove it, or make it an application.')
  checkPlace(field, path, say)
  checkTerms(field, path, say)
  const seen = new Set<string>()
  for (const [i, { value }] of (field.options ?? []).entries()) {
    if (seen.has(value)) say([...path, 'options', i, 'value'], `"${value}" is there twice`, 'Give each option its own value.')
    seen.add(value)
  }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) say([...path, 'min'], 'min is above max', 'Correct one of them.')
  if (field.pattern !== undefined) {
    try {
      new RegExp(field.pattern.expression, 'u')
    } catch (error) {
      say([...path, 'pattern', 'expression'], error instanceof Error ? error.message : String(error), 'Write a regular expression of ECMAScript.')
    }
  }
}

function checkPlace({ type, of, within, many }: LeafField, path: Found['path'], say: Say): void {
  if (type !== 'place') {
    if (of !== undefined) say([...path, 'of'], `a field of type ${type} has none`, 'Remove it, or make it a place.')
    if (within !== undefined) say([...path, 'within'], `a field of type ${type} has none`, 'Remove it, or make it a place.')
  } else if (of === undefined) say([...path, 'of'], 'missing', 'Say what is asked for: room or rack.')
  else if (of === 'room' && many) say([...path, 'many'], 'a room is one', 'Remove many, or ask for racks.')
}

function checkTerms({ type, text, version, many }: LeafField, path: Found['path'], say: Say): void {
  if (type !== 'terms') {
    if (text !== undefined) say([...path, 'text'], `a field of type ${type} has none`, 'Remove it, or make it terms.')
    if (version !== undefined) say([...path, 'version'], `a field of type ${type} has none`, 'Remove it, or make it terms.')
    return
  }
  if (text === undefined) say([...path, 'text'], 'missing', 'Write what is agreed to.')
  if (version === undefined) say([...path, 'version'], 'missing', 'Name the version: another one asks everybody anew.')
  if (many) say([...path, 'many'], 'terms are agreed to once', 'Remove many.')
}

const couldBe = (field: LeafField, value: string | number | boolean): boolean => {
  if (field.type === 'yesno' || field.type === 'present') return typeof value === 'boolean'
  if (field.options !== undefined && !field.other) return field.options.some(option => option.value === value)
  return true
}

const expected = (field: LeafField): string =>
  field.options === undefined ? 'Use true or false.' : `Use one of: ${field.options.map(({ value }) => value).join(', ')}.`
