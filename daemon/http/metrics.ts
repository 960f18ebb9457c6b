// /metrics for Prometheus: figures of Suar itself, read from the rooms at the moment of the scrape.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** A figure by name, with labels where it has several; counters end in `_total` by Prometheus' custom. */
export interface Figure {
  readonly name: string
  readonly help: string
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
}

export function openMetrics(figures: () => readonly Figure[]) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauges = new Map<string, Gauge>()
  return {
    contentType: registry.contentType,
    async scrape(): Promise<string> {
      for (const { name, help, values } of figures()) {
        // The first value says which labels there are: without any, a gauge made now would refuse all labels later.
        if (values.length === 0 && !gauges.has(name)) continue
        let gauge = gauges.get(name)
        if (gauge === undefined) {
          gauge = new Gauge({ name, help, labelNames: Object.keys(values[0]?.labels ?? {}), registers: [registry] })
          gauges.set(name, gauge)
        }
        gauge.reset()
        for (const { labels, value } of values) gauge.set(labels ?? {}, value)
      }
      return await registry.metrics()
    },
  }
}
