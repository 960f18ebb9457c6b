// /api/docs: the OpenAPI document as a page to read, made on the server so that it needs no script and no other network.

type Json = Record<string, unknown>

const escaped = (text: unknown): string =>
  String(text).replace(/[&<>"']/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign)

export const DOCS_STYLE = `:root{color-scheme:light dark;--line:light-dark(#e3e3e7,#25272c);--soft:light-dark(#63656d,#90939c);--sunken:light-dark(#efeff1,#1a1c20)}
body{font:14px/1.5 "Inter Variable",system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;background:light-dark(#fff,#121316);color:light-dark(#17181a,#edeef0)}
h1{font-size:26px}h2{font-size:16px;margin:2rem 0 .5rem}article{border-top:1px solid var(--line);padding:.75rem 0}h3{margin:0;font-size:14px;font-weight:600}
code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;background:var(--sunken);padding:.1em .35em;border-radius:4px}
p{margin:.25rem 0;color:var(--soft)}table{border-collapse:collapse;margin:.5rem 0}td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top;font-weight:400}th{color:var(--soft)}a{color:inherit}`

const typeOf = (schema: Json): string => {
  const of = schema['anyOf'] as readonly Json[] | undefined
  if (of !== undefined) return of.map(typeOf).join(' or ')
  if (Array.isArray(schema['enum'])) return schema['enum'].join(' | ')
  const limits = [
    schema['minimum'] === undefined ? '' : `≥ ${schema['minimum']}`,
    schema['maximum'] === undefined || schema['maximum'] === Number.MAX_SAFE_INTEGER ? '' : `≤ ${schema['maximum']}`,
    schema['default'] === undefined ? '' : `default ${JSON.stringify(schema['default'])}`,
  ].filter(Boolean)
  return [schema['type'] ?? 'any', ...limits].join(', ')
}

const row = (name: string, schema: Json, required: boolean): string =>
  `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${escaped(typeOf(schema))}</td><td>${required ? 'required' : ''}</td></tr>`

function operation(method: string, path: string, what: Json): string {
  const parameters = (what['parameters'] as readonly Json[] | undefined) ?? []
  const content = ((what['requestBody'] as Json | undefined)?.['content'] as Json | undefined)?.['application/json'] as Json | undefined
  const body = content?.['schema'] as { properties?: Record<string, Json>; required?: string[] } | undefined
  const rows = [
    ...parameters.map(parameter => row(String(parameter['name']), parameter['schema'] as Json, parameter['required'] === true)),
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) => row(name, schema, (body?.required ?? []).includes(name))),
  ]
  return `<article><h3><code>${method.toUpperCase()} ${escaped(path)}</code></h3><p>${escaped(what['summary'])}</p>${rows.length === 0 ? '' : `<table>${rows.join('')}</table>`}</article>`
}

export function docsPage(document: Json): string {
  const info = document['info'] as Json
  const sections = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document['paths'] as Record<string, Record<string, Json>>)) {
    for (const [method, what] of Object.entries(methods)) {
      const tag = String((what['tags'] as readonly string[] | undefined)?.[0] ?? '')
      sections.set(tag, [...(sections.get(tag) ?? []), operation(method, path, what)])
    }
  }
  const body = [...sections].map(([tag, parts]) => `<section><h2>${escaped(tag)}</h2>${parts.join('')}</section>`).join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Suar API</title><link rel="stylesheet" href="/api/docs.css"><main><h1>${escaped(info['title'])} API ${escaped(info['version'])}</h1><p>${escaped(info['description'])}</p><p><a href="/api/openapi.json">openapi.json</a> · errors are <code>application/problem+json</code> (RFC 9457)</p>${body}</main></html>`
}
