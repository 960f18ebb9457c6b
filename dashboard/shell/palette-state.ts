// Whether the command palette is open; apart from its drawing, so that keys and buttons open it without loading it.
import { signal } from '@preact/signals'

export const paletteOpen = signal(false)
export const openPalette = (): void => {
  paletteOpen.value = true
}
export const closePalette = (): void => {
  paletteOpen.value = false
}
