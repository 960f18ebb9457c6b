// What a colocation form asks for, read from its answers by their keys. Any service whose form has them.
import type { Answer, Answers } from '../domain/form.ts'
import type { Layout } from '../domain/inventory.ts'
import type { PlacementItem, PlacementRequest } from '../domain/placement.ts'
import type { StayItemView, StayView } from '../domain/stay.ts'
import type { TicketRecord } from '../domain/ticket-record.ts'

export interface AskedStay {
  readonly items: readonly StayItemView[]
  readonly site: string
  readonly redundantFeed: boolean
  readonly ports: number
  readonly addresses: number
  /** Months; null: not said. */
  readonly months: number | null
}

const text = (answer: Answer | undefined): string => (typeof answer === 'string' ? answer.trim() : '')
const number = (answer: Answer | undefined): number => (typeof answer === 'number' && Number.isFinite(answer) ? answer : 0)
const groups = (answer: Answer | undefined): readonly { readonly [key: string]: Answer }[] =>
  Array.isArray(answer)
    ? (answer as readonly Answer[])
        .filter(one => typeof one === 'object' && one !== null && !Array.isArray(one))
        .map(one => one as { readonly [key: string]: Answer })
    : []

/** All answers as they stand by the ticket's events. */
export const answersOf = ({ events }: Pick<TicketRecord, 'events'>): Answers => events.findLast(event => event.kind === 'amended')?.answers ?? {}

/** Whether a form with these answers asks for places in a rack: equipment with U and W. */
export const asksForPlace = (answers: Answers): boolean => groups(answers['devices']).some(one => number(one['height']) > 0 && 'power' in one)

/** The site a form means by `dc` or `drc`: the first of that kind; else the first there is. */
function siteOf(kind: string, { site, sites }: Pick<Layout, 'site' | 'sites'>): string {
  const all = [site, ...sites]
  return (all.find(one => one.id === kind) ?? all.find(one => one.kind === kind) ?? site).id
}

export function askedOf(answers: Answers, layout: Pick<Layout, 'site' | 'sites'>): AskedStay {
  const items: StayItemView[] = []
  for (const given of groups(answers['devices'])) {
    const quantity = Math.max(1, Math.min(100, number(given['quantity'])))
    const serials = text(given['serial'])
      .split(/[,;\n]+/)
      .map(one => one.trim())
      .filter(one => one !== '')
    const make = text(given['model'])
    for (let i = 0; i < quantity; i++)
      items.push({
        id: items.length + 1,
        name: quantity === 1 ? make : `${make} #${i + 1}`,
        make,
        // One serial for several pieces names none of them.
        serial: quantity === 1 ? text(given['serial']) : serials.length === quantity ? (serials[i] ?? '') : '',
        asset: text(given['asset']),
        height: number(given['height']),
        depth: given['depth'] === 'half' ? 'half' : 'full',
        weight: number(given['weight']),
        agreed: number(given['power']),
        supplies: number(given['supplies']),
        state: 'asked',
        rack: null,
        u: null,
        face: null,
        reservation: null,
        equipment: null,
        port: null,
        in: null,
        out: null,
        leaving: null,
        media: null,
        began: null,
        installedAt: null,
        verifiedAt: null,
        evidence: [],
        accepted: null,
        moved: [],
      })
  }
  const addresses = answers['addresses']
  return {
    items,
    site: siteOf(text(answers['site']), layout),
    redundantFeed: answers['redundantFeed'] === true,
    ports: groups(answers['ports']).reduce((sum, one) => sum + number(one['count']), 0),
    addresses: Array.isArray(addresses) ? addresses.length : 0,
    months: number(answers['duration']) || null,
  }
}

/** Ports and addresses are asked for all together: they are carried by the first piece. */
export function requestFor(asked: AskedStay, stay: Pick<StayView, 'organisation' | 'items'>, items: readonly StayItemView[]): PlacementRequest {
  const first = stay.items.every(({ rack }) => rack === null)
  return {
    items: items.map(
      ({ name, height, depth, weight, agreed, supplies }, i): PlacementItem => ({
        name: name === '' ? '–' : name,
        height,
        depth,
        weight,
        watts: agreed,
        psus: supplies,
        ports: i === 0 && first ? asked.ports : 0,
        addresses: i === 0 && first ? asked.addresses : 0,
      }),
    ),
    tenant: stay.organisation.short,
    site: asked.site,
    redundantFeed: asked.redundantFeed,
    notBeside: [],
  }
}
