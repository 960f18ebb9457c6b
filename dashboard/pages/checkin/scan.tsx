// The camera looks for a QR code: by the browser's own reader where it has one, else by a small one of ours.
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../words/index.ts'

interface Reader {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
type ReaderClass = new (options: { readonly formats: readonly string[] }) => Reader

async function ownReader(): Promise<Reader> {
  const { default: jsqr } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  return {
    async detect(video) {
      if (pen === null || video.videoWidth === 0) return []
      canvas.width = video.videoWidth
      canvas.height = video.videoHeight
      pen.drawImage(video, 0, 0)
      const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
      const found = jsqr(data, width, height, { inversionAttempts: 'dontInvert' })
      return found === null ? [] : [{ rawValue: found.data }]
    },
  }
}

async function readerOf(): Promise<Reader> {
  const { BarcodeDetector: Detector } = globalThis as {
    readonly BarcodeDetector?: ReaderClass & { getSupportedFormats(): Promise<readonly string[]> }
  }
  if (Detector === undefined || !(await Detector.getSupportedFormats().catch((): readonly string[] => [])).includes('qr_code')) return ownReader()
  return new Detector({ formats: ['qr_code'] })
}

/** A frame looked at is work: so often is quick enough for a hand that holds a phone. */
const EVERY = 180

export function Scan({ onCode }: { readonly onCode: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [failed, fail] = useState(false)
  const tell = useRef(onCode)
  tell.current = onCode
  useEffect(() => {
    let gone = false
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    async function look(reader: Reader, eye: HTMLVideoElement): Promise<void> {
      if (gone) return
      const [found] = await reader.detect(eye).catch(() => [])
      if (gone) return
      if (found !== undefined && found.rawValue !== '') return tell.current(found.rawValue)
      timer = setTimeout(() => void look(reader, eye), EVERY)
    }
    async function begin(): Promise<void> {
      const reader = await readerOf()
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
      const eye = video.current
      if (gone || eye === null) return
      eye.srcObject = stream
      await eye.play()
      await look(reader, eye)
    }
    begin().catch(() => {
      if (!gone) fail(true)
    })
    return () => {
      gone = true
      clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [])
  if (failed)
    return (
      <p class="scanfailed" role="alert">
        {t.value.visits.guard.noCamera}
      </p>
    )
  return <video class="scan" ref={video} muted playsInline aria-label={t.value.visits.guard.scan} />
}
