// What the grounds of the plan mean in the mode that is shown.
import type { ReadonlySignal } from '@preact/signals'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { t } from '../../words/index.ts'
import { measured, number } from '../../words/say.ts'
import { REACH } from './field.ts'
import type { Pointed } from './heat-at.ts'
import { HOT_STOPS } from './heat-ramp.ts'
import type { Mode } from './modes.ts'

const HEATS = ['heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4', 'heat-5', 'heat-6'] as const
const TENANTS = ['heat-1', 'heat-3', 'heat-0', 'heat-4', 'heat-2'] as const

/** Strokes as the plan has them over its colours. */
const MARKS: Readonly<Record<string, string>> = { 'heat-5': ' stroked', 'heat-6': ' crossed' }

interface ScaleProps {
  readonly steps: readonly { readonly ground: string; readonly text: string; readonly wide?: boolean }[]
  /** The plan has strokes over these colours. */
  readonly marked?: boolean
}

function Scale({ steps, marked = false }: ScaleProps) {
  return (
    <div class="heatscale">
      {steps.map(step => (
        <div key={step.ground} class={step.wide === true ? 'wide' : ''}>
          <i class={`${step.ground}${marked ? (MARKS[step.ground] ?? '') : ''}`} />
          <span>{step.text === '' ? '\u00a0' : step.text}</span>
        </div>
      ))}
    </div>
  )
}

/** Figures stand at the left edge of the step they begin. */
function stepsOf(mode: Mode, limits: Layout['site']['inlet']) {
  const words = t.value.pages.floor.legend
  if (mode === 'inlet') {
    const from = [
      '',
      ...[7, 5, 3, 1].map(below => number(limits.warning - below)),
      words.recommended(number(limits.warning)),
      words.allowed(number(limits.critical)),
    ]
    return HEATS.map((ground, index) => ({ ground, text: from[index] ?? '', wide: index > 4 }))
  }
  if (mode === 'free') return HEATS.slice(0, 5).map((ground, index) => ({ ground, text: `${number((index * 18) / 0.9)} %` }))
  const from = ['0 %', '18 %', '36 %', '54 %', '72 %', '90 %', '100 %']
  return HEATS.map((ground, index) => ({ ground, text: from[index] ?? '' }))
}

interface LegendProps {
  readonly mode: Mode
  readonly limits: Layout['site']['inlet']
  readonly tenants: readonly string[]
  /** The air at the pointer. */
  readonly pointed: ReadonlySignal<Pointed | null>
  /** Sides of the racks whose air is measured. */
  readonly sides: ReadonlySet<Pointed['side']>
}

/** What the colours between the racks mean, and what the pointer is at. */
function AirLegend({ pointed, sides }: Pick<LegendProps, 'pointed' | 'sides'>) {
  const words = t.value.pages.floor.legend
  const is = pointed.value
  return (
    <>
      {sides.has('hot') ? (
        <div class="scaleline hot">
          <span class="small mid">{words.hot}</span>
          <Scale steps={HOT_STOPS.map((stop, index) => ({ ground: `heat-${index}`, text: number(stop) }))} />
        </div>
      ) : null}
      <p class="tiny dim airnote">
        {words.field(number(REACH, 1))} <b class="num">{is === null ? '' : words.pointed(measured(is.value, 'temperature'), words.sides[is.side])}</b>
      </p>
    </>
  )
}

export function Legend({ mode, limits, tenants, pointed, sides }: LegendProps) {
  const words = t.value.pages.floor.legend
  return (
    <div class="legend">
      <div class="scaleline">
        <span class="small mid">{words[mode]}</span>
        {mode === 'tenant' ? (
          <div class="tenants">
            {tenants.map((tenant, index) => (
              <span key={tenant}>
                <i class={TENANTS[index % TENANTS.length] ?? 'heat-0'} />
                {tenant}
              </span>
            ))}
            <span>
              <i class="none" />
              {words.noTenant}
            </span>
          </div>
        ) : (
          <Scale steps={stepsOf(mode, limits)} marked={mode === 'inlet'} />
        )}
      </div>
      {mode === 'inlet' && sides.size > 0 ? <AirLegend pointed={pointed} sides={sides} /> : null}
      <div class="keys tiny dim">
        <span>
          <i class="hatch" />
          {words.noData}
        </span>
        <span>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <path d="M5 1l4 4-4 4-4-4z" fill="none" stroke="var(--ink-3)" stroke-width="1.2" />
          </svg>
          {words.sensor}
        </span>
        <span>
          <svg width="16" height="4" aria-hidden="true">
            <path d="M0 2H16" stroke="var(--ink-2)" stroke-width="2" />
          </svg>
          {words.front}
        </span>
      </div>
    </div>
  )
}
