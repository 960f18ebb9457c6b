// uPlot set up our way: ink first, a band from lowest to highest, limits as dashed lines with tinted ground, times of the site's zone.
import uPlot from 'uplot'
import { colour, seriesColour, seriesDash } from './colours.ts'
import type { Limit, Mark } from './limits.ts'

/** Pixels left and right of the plotting area; ribbons below a chart keep the same. */
export const GUTTER = { left: 54, right: 14 } as const

export interface PlotSetup {
  readonly width: number
  readonly height: number
  readonly zone: string
  /** One a series: which of the two value axes it goes by. */
  readonly axes: readonly ('left' | 'right')[]
  readonly sync: string | null
  readonly limits: () => readonly Limit[]
  readonly marks: () => readonly Mark[]
  readonly span: (axis: 'left' | 'right') => readonly [number, number]
  /** Text of a tick on a value axis, and of a time. */
  readonly value: (axis: 'left' | 'right', value: number, step: number) => string
  readonly time: (at: number, step: number) => string
  readonly hover: (u: uPlot) => void
  readonly zoom: (from: number, to: number) => void
}

const font = '11px "Inter Variable", Inter, system-ui, sans-serif'

const alpha = (paint: string, opacity: number, ctx: CanvasRenderingContext2D, draw: () => void): void => {
  ctx.save()
  ctx.globalAlpha = opacity
  ctx.fillStyle = paint
  draw()
  ctx.restore()
}

/** Limits under the lines: the ground beyond is tinted, the line dashed, its words in the corner. */
function drawLimits(u: uPlot, limits: readonly Limit[]): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  for (const limit of limits) {
    const y = u.valToPos(limit.value, 'left', true)
    if (!Number.isFinite(y) || y < bbox.top - 1 || y > bbox.top + bbox.height + 1) continue
    const paint = colour(limit.severity === 'critical' ? '--crit' : '--warn')
    alpha(paint, 0.07, ctx, () =>
      limit.side === 'high'
        ? ctx.fillRect(bbox.left, bbox.top, bbox.width, y - bbox.top)
        : ctx.fillRect(bbox.left, y, bbox.width, bbox.top + bbox.height - y),
    )
    ctx.save()
    ctx.strokeStyle = paint
    ctx.lineWidth = ratio
    ctx.setLineDash([4 * ratio, 4 * ratio])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.font = `${11 * ratio}px "Inter Variable", Inter, system-ui, sans-serif`
    ctx.fillStyle = colour(limit.severity === 'critical' ? '--crit-text' : '--warn-text')
    ctx.textBaseline = 'bottom'
    ctx.textAlign = 'left'
    const above = y - bbox.top > 16 * ratio
    ctx.fillText(limit.label, bbox.left + 6 * ratio, above ? y - 3 * ratio : y + 15 * ratio)
    ctx.restore()
  }
}

/** Marks over the lines: a stroke from top to bottom and words beside it. */
function drawMarks(u: uPlot, marks: readonly Mark[]): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  for (const mark of marks) {
    const x = u.valToPos(mark.at, 'x', true)
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue
    ctx.save()
    ctx.strokeStyle = colour(mark.severity === 'critical' ? '--crit' : mark.severity === 'warning' ? '--warn' : '--unknown')
    ctx.lineWidth = 1.25 * ratio
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.font = `560 ${11 * ratio}px "Inter Variable", Inter, system-ui, sans-serif`
    ctx.fillStyle = colour(mark.severity === 'critical' ? '--crit-text' : mark.severity === 'warning' ? '--warn-text' : '--ink-2')
    ctx.textBaseline = 'top'
    const right = x + ctx.measureText(mark.label).width + 10 * ratio > bbox.left + bbox.width
    ctx.textAlign = right ? 'right' : 'left'
    ctx.fillText(mark.label, x + (right ? -5 : 5) * ratio, bbox.top + 5 * ratio)
    ctx.restore()
  }
}

/** A dot on the newest value of the first series, as on every sparkline. */
function drawEnd(u: uPlot): void {
  const [at, values] = [u.data[0], u.data[1]]
  if (!at || !values) return
  let row = at.length - 1
  while (row >= 0 && values[row] == null) row--
  const [time, value] = [at[row], values[row]]
  if (time === undefined || value == null) return
  const { ctx, bbox } = u
  const [x, y] = [u.valToPos(time, 'x', true), u.valToPos(value, 'left', true)]
  if (x < bbox.left || x > bbox.left + bbox.width + 2) return
  ctx.save()
  ctx.fillStyle = seriesColour(0)
  ctx.beginPath()
  ctx.arc(x, y, 3.2 * devicePixelRatio, 0, 2 * Math.PI)
  ctx.fill()
  ctx.restore()
}

export function createPlot(host: HTMLElement, setup: PlotSetup): uPlot {
  const right = setup.axes.includes('right')
  const axis = (scale: 'left' | 'right'): uPlot.Axis => ({
    scale,
    side: scale === 'left' ? 3 : 1,
    size: scale === 'left' ? GUTTER.left : 48,
    font,
    gap: 6,
    stroke: () => colour('--ink-3'),
    grid: { show: scale === 'left', stroke: () => colour('--grid'), width: 1 },
    ticks: { show: false },
    values: (_, splits, __, ___, step) => splits.map(value => setup.value(scale, value, step)),
  })
  const series = setup.axes.flatMap((scale, index): uPlot.Series[] => [
    { scale, stroke: () => seriesColour(index), width: 1.75, dash: seriesDash(index), points: { show: false } },
    { scale, points: { show: false }, stroke: 'transparent', width: 0 },
    { scale, points: { show: false }, stroke: 'transparent', width: 0 },
  ])
  return new uPlot(
    {
      width: setup.width,
      height: setup.height,
      ms: 1,
      tzDate: at => uPlot.tzDate(new Date(at), setup.zone),
      padding: [8, right ? 4 : GUTTER.right, 0, 0],
      legend: { show: false },
      cursor: {
        drag: { x: true, y: false, setScale: false, uni: 8 },
        points: {
          size: 8,
          width: 2,
          fill: () => colour('--surface'),
          stroke: (_, index) => seriesColour(Math.floor((index - 1) / 3)),
          show: (_, index) => pointMark(index),
        },
        ...(setup.sync === null ? {} : { sync: { key: setup.sync, setSeries: false } }),
      },
      scales: {
        x: { time: true },
        left: { range: () => [...setup.span('left')] as [number, number] },
        ...(right ? { right: { range: () => [...setup.span('right')] as [number, number] } } : {}),
      },
      axes: [
        {
          font,
          gap: 4,
          size: 26,
          space: 88,
          stroke: () => colour('--ink-3'),
          grid: { show: false },
          ticks: { show: false },
          values: (_, splits, __, ___, step) => splits.map(at => setup.time(at, step)),
        },
        axis('left'),
        ...(right ? [axis('right')] : []),
      ],
      series: [{}, ...series],
      bands: setup.axes.map((_, index) => ({
        series: [index * 3 + 3, index * 3 + 2] as [number, number],
        fill: () => (index === 0 ? colour('--band') : 'transparent'),
      })),
      hooks: {
        drawAxes: [u => drawLimits(u, setup.limits())],
        draw: [
          u => {
            drawMarks(u, setup.marks())
            drawEnd(u)
          },
        ],
        setCursor: [setup.hover],
        setSelect: [
          u => {
            if (u.select.width < 8) return
            setup.zoom(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'))
            u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          },
        ],
      },
    },
    [[]],
    host,
  )
}

/** Only the mean of each series carries a dot under the cursor. */
function pointMark(index: number): HTMLElement {
  const dot = document.createElement('div')
  if ((index - 1) % 3 !== 0) dot.style.display = 'none'
  return dot
}
