// The clipboard, which browsers keep from pages that came without TLS: there what is shown is marked and copied by hand.
export const copied = (text: string): Promise<boolean> =>
  isSecureContext
    ? navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false)
