// What stands in the rack, one below the other; one of them opened: whose, where, what it draws by plate, agreement and meter, its label.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { useDerived } from '../../live/derived.ts'
import { Empty, Panel } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { liveReader } from '../floor/live.ts'
import './items.css'

type Item = Layout['equipment'][number]

interface ItemsProps {
  readonly rack: Layout['racks'][number]
  readonly layout: Layout
  readonly picked: string | null
}

const topOf = ({ u, height }: Item): number => u + height - 1

export function Items({ rack, layout, picked }: ItemsProps) {
  const words = t.value.place.item
  const items = layout.equipment.filter(item => item.rack === rack.id).sort((one, other) => other.u - one.u)
  const chosen = items.find(item => item.id === picked)
  return (
    <Panel title={words.list} padded>
      {picked !== null && chosen === undefined ? <p class="mid">{words.unknown}</p> : null}
      {items.length === 0 ? (
        <Empty title={words.emptyRack} hint={words.emptyRackHint} />
      ) : (
        <ul class="itemlist">
          {items.map(item => (
            <li key={item.id}>
              <button
                type="button"
                class="itemrow"
                aria-expanded={item.id === picked}
                onClick={() => setQuery({ item: item.id === picked ? null : item.id })}
              >
                <span class="dim">{words.unitsOf(item.u, topOf(item))}</span>
                <b>{item.name}</b>
                <span class="dim">{item.tenant ?? ''}</span>
              </button>
              {item.id === picked ? <Sheet item={item} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Sheet({ item }: { readonly item: Item }) {
  const { item: words, fields, options, export: out } = t.value.place
  const measured = useDerived(() => {
    let sum: number | null = null
    for (const psu of item.psus) {
      const value = psu.power === undefined ? null : (liveReader(psu.power)?.value ?? null)
      if (value !== null) sum = (sum ?? 0) + value
    }
    return sum === null ? t.value.place.item.noMeasure : `${number(sum)} W`
  }, [item])
  const watts = (value: number | undefined) => (value === undefined ? undefined : `${number(value)} W`)
  const rows: readonly (readonly [string, string | undefined])[] = [
    [fields.make, item.make],
    [fields.face, options.face[item.face]],
    [fields.weight, item.weight === undefined ? undefined : `${number(item.weight, 1)} kg`],
    [fields.nameplate, watts(item.nameplate)],
    [fields.agreed, watts(item.agreed)],
    [fields.serial, item.serial],
    [fields.asset, item.asset],
    [fields.addresses, item.addresses.length === 0 ? undefined : item.addresses.join(', ')],
    [
      fields.psus,
      item.psus.length === 0
        ? undefined
        : item.psus.map(({ feed, outlet, power }) => [feed, outlet ?? power?.key].filter(each => each !== undefined).join(' ')).join(', '),
    ],
  ]
  return (
    <div class="itemsheet">
      <dl>
        {rows.map(([label, value]) =>
          value === undefined ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        <div>
          <dt>{fields.measured}</dt>
          <dd>{measured}</dd>
        </div>
      </dl>
      <div class="row wrap">
        {item.device === undefined ? null : (
          <a class="btn" href={`/devices/${encodeURIComponent(item.device)}`}>
            {words.openDevice}
          </a>
        )}
        {may('place.export') ? (
          <a
            class="btn"
            href={`/api/v1/place/labels?equipment=${encodeURIComponent(item.id)}&language=${lang.value}`}
            target="_blank"
            rel="noreferrer"
          >
            {out.labelRack}
          </a>
        ) : null}
      </div>
    </div>
  )
}
