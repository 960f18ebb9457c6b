// What the demonstration runs with unless told otherwise.

export const DEFAULTS = { address: '127.42.0.0', port: 1161, seed: 42, speed: 1 } as const
