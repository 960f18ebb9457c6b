// Telephone numbers as people write them, in one form that can be compared.

/** Of the country the desk is in (ITU E.164): what a leading zero stands for. */
const HOME = '62'

/** Digits with the country's code, without a plus: `0812-3456-7890`, `+62 812 3456 7890` → `6281234567890`. Null: no number, or more than one. */
export function phoneOf(text: string): string | null {
  if (!/^\s*\+?[\d\s().\-/]+$/.test(text)) return null
  const digits = text.replace(/\D/g, '')
  const whole = digits.startsWith('00')
    ? digits.slice(2)
    : digits.startsWith('0')
      ? `${HOME}${digits.slice(1)}`
      : // Without its zero, as spreadsheets leave a mobile of here.
        digits.startsWith('8') && !text.includes('+') && digits.length <= 12
        ? `${HOME}${digits}`
        : digits
  // E.164: fifteen digits at most; what is shorter than eight is an extension.
  return whole.length >= 8 && whole.length <= 15 ? whole : null
}
