// The catalogue sheet: all its rows in the order and wording of the documents.
import type { ComponentChildren } from 'preact'
import type { Words } from '../../../daemon/domain/form.ts'
import type { Service } from '../../../daemon/domain/service.ts'
import { Empty } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { number, text } from '../../words/say.ts'
import { Prose, Proses, Under } from './prose.tsx'

export function SheetRows({ service }: { readonly service: Service }) {
  const words = t.value.requests.sheet
  const { sheet } = service
  if (sheet === null) return <Empty title={words.none} hint={words.noneHint} />
  const one = (given: Words): ComponentChildren => <Prose text={text(given)} />
  const many = (given: readonly Words[]): ComponentChildren => <Proses texts={given.map(text)} none={words.noValue} />
  const rows: readonly (readonly [keyof typeof words.rows, ComponentChildren])[] = [
    ['name', text(sheet.title ?? service.name)],
    ['description', one(sheet.description)],
    ['specification', one(sheet.specification)],
    ['requirements', one(sheet.requirements)],
    ['users', one(sheet.users)],
    [
      'managers',
      <>
        <Under title={words.desk}>{one(sheet.desk)}</Under>
        <Under title={words.first}>{many(sheet.firstLevel)}</Under>
        <Under title={words.second}>{many(sheet.secondLevel)}</Under>
      </>,
    ],
    [
      'links',
      <>
        <Under title={words.supportedBy}>{many(sheet.supportedBy)}</Under>
        <Under title={words.supports}>{many(sheet.supports)}</Under>
      </>,
    ],
    ['components', many(sheet.components)],
    [
      'times',
      <>
        <Under title={words.requestTimes}>{one(sheet.requestTimes)}</Under>
        <Under title={words.response}>{one(sheet.responseTime)}</Under>
        <Under title={words.priority}>{one(sheet.priority)}</Under>
      </>,
    ],
    ['sla', <Prose text={sheet.sla.map(text).join('\n')} />],
    ['charging', one(sheet.charging)],
    ['process', one(sheet.process)],
    ['impact', one(sheet.impact)],
    ['supporting', many(sheet.supporting)],
    ['availability', `${number(sheet.availability, Number.isInteger(sheet.availability) ? 0 : 2)} %`],
    ['outcome', one(sheet.outcome)],
  ]
  return (
    <>
      <dl class="sheethead">
        <div>
          <dt>{words.number}</dt>
          <dd>{sheet.number ?? words.notGiven}</dd>
        </div>
        <div>
          <dt>{words.decided}</dt>
          <dd>{sheet.decided ?? words.notGiven}</dd>
        </div>
      </dl>
      <dl class="sheetrows">
        {rows.map(([key, content]) => (
          <div key={key}>
            <dt>{words.rows[key]}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
