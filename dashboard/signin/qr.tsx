// A QR code as one SVG path, drawn here: nothing leaves the page.
import { useEffect, useState } from 'preact/hooks'
import { bring } from '../upgrade.ts'

interface Drawn {
  readonly size: number
  readonly path: string
}

/** Quiet zone around it, modules (ISO/IEC 18004 asks for four). */
const QUIET = 4

async function draw(text: string): Promise<Drawn> {
  const { create } = await bring(() => import('qrcode'))
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size, data } = modules
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (data[y * size + x] !== 1) continue
      let run = 1
      while (x + run < size && data[y * size + x + run] === 1) run++
      path += `M${x + QUIET} ${y + QUIET}h${run}v1h-${run}z`
      x += run
    }
  }
  return { size: size + 2 * QUIET, path }
}

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [drawn, show] = useState<Drawn | null>(null)
  useEffect(() => {
    let gone = false
    // Without the code the secret below it can still be typed.
    draw(text).then(
      one => {
        if (!gone) show(one)
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [text])
  if (drawn === null) return <div class="qr skel" />
  return (
    <svg class="qr" viewBox={`0 0 ${drawn.size} ${drawn.size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={drawn.size} height={drawn.size} fill="#fff" />
      <path d={drawn.path} fill="#000" />
    </svg>
  )
}
