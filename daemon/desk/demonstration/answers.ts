// Believable answers to any form of the catalogue: for the demonstration's tickets, and for proof that every form can be filled in.
import type { Answer, Answers, Condition, Form, GroupField, LeafField } from '../../domain/form.ts'

export interface Persona {
  readonly name: string
  readonly nip: string
  readonly position: string
  readonly echelon: string
  readonly unit: string
  readonly address: string
  readonly mobile: string
  readonly email: string
}

export interface Story {
  readonly persona: Persona
  /** What it is about: the application, the data set, the device. */
  readonly subject: string
  readonly domain: string
  /** Local date and time things begin. */
  readonly date: string
  readonly files: readonly number[]
  /** Answers of the story's own, by key. */
  readonly answers: Readonly<Record<string, unknown>>
}

/** An Ed25519 key made for this file and thrown away. */
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUVtS5V0zvAhHqO0LbCrX1B9nCZ5K2qv5V0m3yK1y0R operator@demo.example'

/** What fits a key wherever it stands. */
const BY_KEY: Readonly<Record<string, (story: Story) => Answer>> = {
  name: ({ persona }) => persona.name,
  holder: ({ persona }) => persona.name,
  nip: ({ persona }) => persona.nip,
  position: ({ persona }) => persona.position,
  unit: ({ persona }) => persona.unit,
  address: ({ persona }) => persona.address,
  mobile: ({ persona }) => persona.mobile,
  email: ({ persona }) => persona.email,
  echelon: ({ persona }) => persona.echelon,
  application: ({ subject }) => subject,
  topic: ({ subject }) => subject,
  dataTitle: ({ subject }) => subject,
  surveyTitle: ({ subject }) => subject,
  producer: ({ persona }) => persona.unit,
  conductor: ({ persona }) => persona.unit,
  builderName: ({ persona }) => persona.unit,
  recipient: ({ persona }) => persona.name,
  owner: ({ persona }) => persona.unit,
  letterPlace: () => 'Pangkalpinang',
  letterNumber: () => '555/217/2026',
  letterPosition: ({ persona }) => persona.position,
  letterSigner: ({ persona }) => persona.name,
  recommendation: () => '555/041/REK/2026',
  room: () => 'Ruang Server',
  model: () => 'Server rak 2U',
  serial: () => 'SN-7F21-0412',
  asset: () => '1.3.2.05.01.01.005.00012',
  company: () => 'PT Mitra Solusi Nusantara',
  identity: () => 'KTP ****4412',
  kind: () => 'Laptop',
  testUrl: ({ domain }) => `https://staging.${domain}/`,
  installedOn: () => 'srv-app-03',
  product: () => 'Backup dan pemulihan',
  purpose: ({ subject }) => `Menjalankan ${subject}.`,
  platformVersion: () => '8.2',
  os: () => 'Debian 12',
}

export function believable({ sections }: Form, products: readonly string[], story: Story): Answers {
  const answers = new Map<string, Answer>(Object.entries(story.answers) as [string, Answer][])
  const holds = (condition: Condition | undefined, own: ReadonlyMap<string, Answer>): boolean => {
    if (condition === undefined) return true
    const { field, in: values } = condition
    if (field === 'products') return values === undefined || products.some(key => values.includes(key))
    const value = own.get(field) ?? answers.get(field)
    if (value === undefined || value === null) return false
    return values === undefined || [value].flat().some(one => (values as readonly unknown[]).includes(one))
  }
  const group = (field: GroupField): Answer => {
    const own = new Map<string, Answer>()
    // A system is called as what the story is about, everything else that has a name is a person.
    const called = (leaf: LeafField) => (field.key === 'systems' && leaf.key === 'name' ? story.subject : answerTo(leaf, story))
    for (const leaf of field.fields) if (wanted(leaf) && holds(leaf.when, own)) own.set(leaf.key, called(leaf))
    const item = Object.fromEntries(own)
    return field.repeat === undefined ? item : Array.from({ length: Math.max(1, field.repeat.min) }, () => item)
  }
  const wanted = (leaf: LeafField): boolean => leaf.filledBy === 'requester' && (leaf.required || leaf.key in story.answers)
  for (const section of sections) {
    if (!holds(section.when, answers)) continue
    for (const field of section.fields) {
      if (answers.has(field.key) || !holds(field.when, answers)) continue
      if (field.type === 'group') {
        if (field.required || field.key === 'handedBy') answers.set(field.key, group(field))
      } else if (wanted(field)) answers.set(field.key, answerTo(field, story))
    }
  }
  return Object.fromEntries(answers)
}

/** What an officer ticks when the papers are complete. */
export function completed({ sections }: Form, answers: Answers): Answers {
  const ticked: Record<string, Answer> = {}
  for (const field of sections.flatMap(section => section.fields))
    if (field.type !== 'group' && field.filledBy === 'officer' && answers[field.key] === undefined)
      if (field.type === 'present' || field.type === 'yesno') ticked[field.key] = true
      else if (field.required) ticked[field.key] = 'Petugas pusat data'
  return ticked
}

function answerTo(leaf: LeafField, story: Story): Answer {
  const one = single(leaf, story)
  return leaf.many || leaf.type === 'choices' ? [one] : one
}

function single(leaf: LeafField, story: Story): Answer {
  const known = BY_KEY[leaf.key]
  switch (leaf.type) {
    case 'yesno':
    case 'present':
      return leaf.type === 'present'
    case 'choice':
    case 'choices':
      return leaf.key === 'echelon' ? story.persona.echelon : (leaf.options?.[0]?.value ?? 'lainnya')
    case 'number':
    case 'integer':
      return Math.min(leaf.max ?? Number.POSITIVE_INFINITY, Math.max(leaf.min ?? 1, 2))
    case 'date':
      return story.date
    case 'time':
      return '09:00'
    case 'datetime':
      return `${story.date}T${leaf.key === 'leave' || leaf.key === 'ends' ? '15:00' : '09:00'}`
    case 'ip':
      return leaf.key === 'target' ? '10.10.30.12' : '10.10.20.15'
    case 'domain':
      return story.domain
    case 'sshkey':
      return KEY
    case 'email':
      return story.persona.email
    case 'phone':
      return story.persona.mobile
    case 'nip':
      return story.persona.nip
    case 'files':
      return [...story.files]
    case 'terms':
      return { version: leaf.version ?? '', at: '' }
    case 'paragraph':
      return known?.(story) ?? `Untuk ${story.subject}, sesuai surat permohonan terlampir.`
    default:
      return known?.(story) ?? story.subject
  }
}
