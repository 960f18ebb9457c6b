// What each register shows in its list and asks in its form.
import { type Application, type Office, type Organisation, type Person, responsibleAt, type Team } from '../../../daemon/domain/people.ts'
import { ECHELONS, ROLES } from '../../../daemon/domain/roles.ts'
import { now } from '../../live/index.ts'
import type { Column } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateShort } from '../../words/say.ts'
import type { Draft, FieldSpec, ResponsibleTyped, Typed } from './fields.ts'
import { learnOrganisation, learnPerson, organisationShort, personName } from './lookup.ts'

export interface Row {
  readonly id: number
  readonly goneAt?: number | null
}

export interface Spec<T extends Row> {
  readonly part: 'persons' | 'organisations' | 'teams' | 'applications' | 'chairs'
  /** Under /api/v1. */
  readonly path: string
  readonly nameOf: (row: T) => string
  readonly columns: readonly Column<T>[]
  readonly fields: readonly FieldSpec[]
  readonly sort: string
  readonly learn?: (row: T) => void
  /** A page of its own, beside the form in the register. */
  readonly page?: (row: T) => { readonly href: string; readonly label: string }
}

const KINDS: readonly Organisation['kind'][] = ['own', 'agency', 'district', 'other']

const span = (from: number | null, until: number | null): string => {
  const { register } = t.value.people
  if (from === null && until === null) return register.openEnd
  return `${from === null ? '…' : dateShort(from)} – ${until === null ? register.openEnd : dateShort(until)}`
}

export function personsSpec(): Spec<Person> {
  const { person } = t.value.people
  return {
    part: 'persons',
    path: 'people',
    nameOf: row => row.name,
    sort: 'name',
    learn: learnPerson,
    columns: [
      {
        key: 'name',
        label: person.name,
        sortable: true,
        cell: row => (
          <>
            <b>{row.name}</b>
            {row.nip === null ? null : <span class="small dim num under">{row.nip.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, '$1 $2 $3 $4')}</span>}
          </>
        ),
      },
      { key: 'position', label: person.position, sortable: true, wide: true, cell: row => row.position },
      { key: 'organisation', label: person.organisation, sortable: true, cell: row => organisationShort(row.organisation) },
      { key: 'echelon', label: person.echelon, sortable: true, wide: true, cell: row => (row.echelon === 'none' ? '' : row.echelon) },
      { key: 'contact', label: person.mobile, wide: true, cell: row => <span class="num">{row.mobile || row.email}</span> },
    ],
    fields: [
      { kind: 'text', key: 'name', label: person.name, max: 120 },
      {
        kind: 'text',
        key: 'nip',
        label: person.nip,
        optional: true,
        nullable: true,
        max: 24,
        check: value => (/^\d{18}$/.test(String(value).replaceAll(/\s/g, '')) ? '' : person.nipWrong),
      },
      { kind: 'organisation', key: 'organisation', label: person.organisation },
      { kind: 'text', key: 'position', label: person.position, optional: true, max: 200 },
      { kind: 'text', key: 'unit', label: person.unit, optional: true, max: 200 },
      { kind: 'choice', key: 'echelon', usual: 'none', label: person.echelon, options: ECHELONS.map(key => ({ key, label: person.echelons[key] })) },
      { kind: 'text', key: 'rank', label: person.rank, optional: true, max: 100 },
      { kind: 'text', key: 'email', label: person.email, optional: true, type: 'email', max: 200 },
      { kind: 'text', key: 'mobile', label: person.mobile, optional: true, type: 'tel', max: 30 },
      { kind: 'text', key: 'extension', label: person.extension, optional: true, type: 'tel', max: 30 },
      { kind: 'words', key: 'skills', label: person.skills, optional: true, help: person.skillsHelp, max: 2000 },
    ],
  }
}

export function organisationsSpec(): Spec<Organisation> {
  const { organisation } = t.value.people
  return {
    part: 'organisations',
    path: 'organisations',
    nameOf: row => row.name,
    sort: 'name',
    learn: learnOrganisation,
    columns: [
      { key: 'short', label: organisation.short, sortable: true, width: '20%', cell: row => <b>{row.short}</b> },
      { key: 'name', label: organisation.name, sortable: true, cell: row => row.name },
      { key: 'kind', label: organisation.kind, sortable: true, wide: true, cell: row => organisation.kinds[row.kind] },
      { key: 'contact', label: organisation.email, wide: true, cell: row => row.email || row.phone },
    ],
    fields: [
      { kind: 'text', key: 'name', label: organisation.name, max: 200 },
      { kind: 'text', key: 'short', label: organisation.short, max: 40 },
      {
        kind: 'choice',
        key: 'kind',
        usual: 'agency',
        label: organisation.kind,
        options: KINDS.map(key => ({ key, label: organisation.kinds[key] })),
      },
      { kind: 'area', key: 'address', label: organisation.address, optional: true, max: 500 },
      { kind: 'text', key: 'phone', label: organisation.phone, optional: true, type: 'tel', max: 50 },
      { kind: 'text', key: 'email', label: organisation.email, optional: true, type: 'email', max: 200 },
    ],
  }
}

export function teamsSpec(): Spec<Team> {
  const { team, register } = t.value.people
  return {
    part: 'teams',
    path: 'teams',
    nameOf: row => row.name,
    sort: 'name',
    columns: [
      { key: 'name', label: team.name, sortable: true, cell: row => <b>{row.name}</b> },
      { key: 'decree', label: team.decree, wide: true, cell: row => row.decree },
      { key: 'from_at', label: team.validity, sortable: true, wide: true, cell: row => <span class="nw">{span(row.from, row.until)}</span> },
      {
        key: 'members',
        label: team.members,
        cell: row => (
          <>
            <span class="num">{row.members.length}</span>
            <span class="small dim">
              {' '}
              {row.members
                .slice(0, 3)
                .map(one => personName(one.person))
                .join('; ')}
            </span>
          </>
        ),
      },
    ],
    fields: [
      { kind: 'text', key: 'name', label: team.name, max: 200 },
      { kind: 'text', key: 'decree', label: team.decree, max: 200 },
      { kind: 'from', key: 'from', label: register.from, optional: true },
      { kind: 'until', key: 'until', label: register.until, optional: true, check: inOrder },
      { kind: 'members', key: 'members', label: team.members, optional: true },
    ],
  }
}

export function applicationsSpec(): Spec<Application> {
  const { application } = t.value.people
  const backups = ['house', 'owner', 'nobody'] as const
  const phases = ['study', 'planning', 'design', 'building', 'testing', 'maintenance', 'evaluation'] as const
  return {
    part: 'applications',
    path: 'applications',
    nameOf: row => row.name,
    sort: 'name',
    page: row => ({ href: `/applications/${row.id}`, label: t.value.applications.edit.openPage }),
    columns: [
      { key: 'name', label: application.name, sortable: true, cell: row => <b>{row.name}</b> },
      { key: 'organisation', label: application.organisation, sortable: true, cell: row => organisationShort(row.organisation) },
      { key: 'structural', label: application.structural, wide: true, cell: row => personName(responsibleAt(row, 'structural', now.peek())) },
      { key: 'technical', label: application.technical, wide: true, cell: row => personName(responsibleAt(row, 'technical', now.peek())) },
      { key: 'backup', label: application.backup, wide: true, cell: row => application.backups[row.backup] },
      { key: 'phase', label: application.phase, sortable: true, wide: true, cell: row => application.phases[row.phase] },
    ],
    fields: [
      { kind: 'text', key: 'name', label: application.name, max: 200 },
      { kind: 'organisation', key: 'organisation', label: application.organisation },
      { kind: 'responsible', key: 'responsible', label: t.value.applications.responsible, optional: true, check: eachInOrder },
      {
        kind: 'choice',
        key: 'backup',
        usual: 'nobody',
        label: application.backup,
        help: application.backupHelp,
        options: backups.map(key => ({ key, label: application.backups[key] })),
      },
      {
        kind: 'choice',
        key: 'phase',
        usual: 'maintenance',
        label: application.phase,
        options: phases.map(key => ({ key, label: application.phases[key] })),
      },
      { kind: 'area', key: 'note', label: application.note, optional: true, max: 2000 },
    ],
  }
}

export function officesSpec(): Spec<Office> {
  const { office, register, roles } = t.value.people
  const kinds = ['definitive', 'plh', 'plt'] as const
  return {
    part: 'chairs',
    path: 'offices',
    nameOf: row => `${personName(row.person)}, ${row.position ?? roles[row.role]}`,
    sort: 'position',
    columns: [
      { key: 'person', label: office.person, cell: row => <b>{personName(row.person)}</b> },
      { key: 'role', label: office.role, sortable: true, cell: row => roles[row.role] },
      { key: 'organisation', label: office.organisation, wide: true, cell: row => organisationShort(row.organisation) },
      { key: 'from_at', label: office.period, sortable: true, cell: row => <span class="nw">{span(row.from, row.until)}</span> },
      { key: 'decree', label: office.decree, wide: true, cell: row => row.decree },
    ],
    fields: [
      { kind: 'person', key: 'person', label: office.person },
      { kind: 'choice', key: 'role', usual: 'officer', label: office.role, options: ROLES.map(key => ({ key, label: roles[key] })) },
      {
        kind: 'organisation',
        key: 'organisation',
        label: office.organisation,
        help: office.organisationHelp,
        when: draft => draft['role'] === 'requester',
      },
      {
        kind: 'text',
        key: 'position',
        label: office.position,
        help: office.positionHelp,
        optional: true,
        nullable: true,
        max: 40,
        when: draft => draft['role'] !== 'requester',
        check: value => (/^[a-z][a-z0-9-]*$/.test(String(value)) ? '' : office.positionWrong),
      },
      { kind: 'choice', key: 'kind', usual: 'definitive', label: office.kind, options: kinds.map(key => ({ key, label: office.kindWords[key] })) },
      { kind: 'from', key: 'from', label: register.from, optional: true },
      { kind: 'until', key: 'until', label: register.until, optional: true, check: inOrder },
      { kind: 'text', key: 'decree', label: office.decree, optional: true, max: 200 },
    ],
  }
}

const eachInOrder = (value: Typed): string =>
  Array.isArray(value) && (value as readonly ResponsibleTyped[]).some(({ from, until }) => from !== '' && until !== '' && until < from)
    ? t.peek().applications.edit.order
    : ''

/** Days are typed as `2026-11-20`, which are in order as texts. */
const inOrder = (value: unknown, draft: Draft): string =>
  typeof draft['from'] === 'string' && draft['from'] !== '' && String(value) < draft['from'] ? t.peek().people.office.order : ''
