// The field on a canvas: each region its own picture of cells, blown up smoothly within its own edges; strokes where a limit is passed.
import { colour } from '../../charts/colours.ts'
import { cellsOf, type Grid } from './field.ts'
import { type Limits, rampOf, STEPS } from './heat-ramp.ts'
import type { Rect } from './plan.ts'
import { PX } from './scale.ts'

/** Pixels that a canvas has at most: a hall is painted coarser, not slower. */
const MOST = 1_500_000
/** Strokes stand this far apart, m. */
const STROKES = 0.2

export interface Size {
  readonly width: number
  readonly height: number
  /** Canvas pixels for one of the drawing. */
  readonly scale: number
}

/** The canvas for a view of the plan. */
export function sizeOf(view: Rect): Size {
  const scale = Math.min(1.5, Math.sqrt(MOST / (view.w * view.h)))
  return { width: Math.max(1, Math.round(view.w * scale)), height: Math.max(1, Math.round(view.h * scale)), scale }
}

/** `rgb(1, 2, 3)` and what else a browser writes of opaque colours. */
function partsOf(text: string): readonly [number, number, number] {
  const [r = 0, g = 0, b = 0] = (text.match(/[\d.]+/g) ?? []).map(Number)
  return [r, g, b]
}

const steps = (): readonly (readonly [number, number, number])[] => STEPS.map(name => partsOf(colour(`--${name}`)))

/** Paints one region anew; the others stay. */
export function paintAir(
  canvas: CanvasRenderingContext2D,
  grid: Grid,
  values: readonly (number | null)[],
  view: Rect,
  size: Size,
  limits: Limits,
): void {
  const { air, columns, rows } = grid
  const at = {
    x: (air.x * PX - view.x) * size.scale,
    y: (air.y * PX - view.y) * size.scale,
    w: air.width * PX * size.scale,
    h: air.depth * PX * size.scale,
  }
  const cells = cellsOf(grid, values)
  const ramp = rampOf(air.side, limits, steps())
  const picture = new ImageData(columns, rows)
  for (let c = 0; c < cells.length; c++) {
    const value = cells[c]!
    if (Number.isNaN(value)) continue
    const [r, g, b] = ramp(value)
    picture.data.set([r, g, b, 255], 4 * c)
  }
  const small = scratch(columns, rows)
  small.putImageData(picture, 0, 0)
  canvas.clearRect(at.x, at.y, at.w, at.h)
  canvas.imageSmoothingEnabled = true
  canvas.drawImage(small.canvas, 0, 0, columns, rows, at.x, at.y, at.w, at.h)
  if (air.side === 'cold') stroke(canvas, grid, cells, at, limits, size.scale)
}

/** Not by colour alone: one stroke where it is above the recommended limit, a cross above the allowed one. */
function stroke(canvas: CanvasRenderingContext2D, { air, columns, rows }: Grid, cells: Float32Array, at: Rect, limits: Limits, scale: number): void {
  const [across, down] = [Math.max(1, Math.floor(air.width / STROKES)), Math.max(1, Math.floor(air.depth / STROKES))]
  const half = 4.5 * scale
  canvas.lineWidth = Math.max(1, 1.2 * scale)
  canvas.strokeStyle = colour('--on-warn')
  canvas.beginPath()
  for (let i = 0; i < across * down; i++) {
    const [u, v] = [((i % across) + 0.5) / across, (Math.floor(i / across) + 0.5) / down]
    const value = cells[Math.floor(v * rows) * columns + Math.floor(u * columns)]!
    if (!(value > limits.warning)) continue
    const [x, y] = [at.x + u * at.w, at.y + v * at.h]
    canvas.moveTo(x - half, y + half)
    canvas.lineTo(x + half, y - half)
    if (value <= limits.critical) continue
    canvas.moveTo(x - half, y - half)
    canvas.lineTo(x + half, y + half)
  }
  canvas.stroke()
}

let kept: CanvasRenderingContext2D | null = null

/** One small canvas serves all regions, one after the other. */
function scratch(width: number, height: number): CanvasRenderingContext2D {
  kept ??= document.createElement('canvas').getContext('2d')
  if (kept === null) throw new Error('this browser paints no canvas')
  // Setting the size empties it, too.
  kept.canvas.width = width
  kept.canvas.height = height
  return kept
}
