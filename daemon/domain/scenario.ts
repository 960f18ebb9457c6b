// What can be broken in the demonstration, and mended again.

export interface DemoScenario {
  readonly id: string
  readonly label: { readonly en: string; readonly id: string }
  readonly active: boolean
}
