// What a camera sees that looks at a QR code, and a browser whose camera it is.
import { writeFileSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { create } from 'qrcode'

/** A second of it, black on white in the middle of the picture, as Chromium takes it for a camera's. */
export function film(file: string, text: string): void {
  const [width, height, scale] = [640, 480, 10]
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const [left, top] = [(width - size * scale) >> 1, (height - size * scale) >> 1]
  const luma = Buffer.alloc(width * height, 235)
  for (let y = 0; y < size * scale; y++)
    for (let x = 0; x < size * scale; x++)
      if (data[Math.floor(y / scale) * size + Math.floor(x / scale)] === 1) luma[(top + y) * width + left + x] = 16
  const chroma = Buffer.alloc((width * height) / 2, 128)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array.from({ length: 10 }, () => frame)]),
  )
}

export const openCamera = (executablePath: string, file: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
  })
