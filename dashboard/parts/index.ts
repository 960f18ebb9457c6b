// The building blocks of every page, and how they are used.
//
// A page is `pages/<name>/page.tsx` with a default export `(props: PageProps) => JSX`; its route stands in `pages.ts`.
//
//   live/index.ts    store.layout|devices|alarms|health|demo  signals of the site (always followed)
//                    store.pointsOf(device), pointOf({device,key}), reading(no), readingOf(ref)  signals; pointNow(no)
//                    useTopic('device:ups-a') → {kind: waiting|ready|refused}; now (daemon's clock, ticks each second), nowExact()
//   words/index.ts   t.value.<section>.<text>, lang, setLang; page texts in words/pages.{id,en}.ts under `pages`
//   words/say.ts     figure, measured, reading, number, age, duration, countdown, clock, moment, dateTime, text, stateWord, titleOf(alarm) …
//   router.ts        plain <a href="/racks/a4">; where.value {path, query}; go(url), setQuery({point: 3})
//   api.ts           api.get|post|put|delete<T>(path, body) → {ok, value} | {ok: false, problem}; api.upload(path, form, {onProgress, signal})
//   signin/session.ts  me (who is signed in), may('ticket.work', {organisation}), prove() before signing; ended sessions heal by themselves
//   parts/field.tsx  TextField, SelectField, AreaField, CheckField, PasswordField: name, control, help, mistake
//
// To keep a page calm at 1,000 updates a second: read signals inside `useComputed`, hand the signal itself to markup (`{number}`,
// `class={name}`), and never read `.value` of a reading in the body of a component that draws a list.

export { initials } from '../signin/initials.ts'
export { AckDialog, acknowledge, comment } from './acknowledge.tsx'
export { askDevice } from './ask-device.ts'
export { BusyButton, Button, Meter, SearchField, Segmented, Tabs } from './controls.tsx'
export { AreaField, CheckField, Field, SelectField, TextField } from './field.tsx'
export { Icon, type ShapeName } from './icons.tsx'
export { Empty, ErrorBox, PageHead, Panel, Skeleton, TopicGate } from './layout.tsx'
export { Dialog, Drawer, Toasts, toast } from './overlay.tsx'
export type { Series } from './series.ts'
export { Sparkline } from './sparkline.tsx'
export { AlarmPill, Pill, StateShape } from './state.tsx'
export { type Column, Pager, type Sort, Table } from './table.tsx'
export { PointTile, Tile, Tiles, TrendLine } from './tile.tsx'
export { limitsOf, shapeOfAlarm, type Tone, toneOfAlarm, toneOfNormal, worse } from './tone.ts'
export { useTrend } from './trend.ts'
export { useValue, Value, ValueAge } from './value.tsx'
