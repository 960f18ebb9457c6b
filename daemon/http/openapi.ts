// The OpenAPI 3.1 document, made from the routes themselves.
import { z } from 'zod'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return json
}

const fields = (schema: z.ZodType, place: 'path' | 'query'): Json[] => {
  const json = schemaOf(schema) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }))
}

const PROBLEM = {
  description: 'What went wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

export function openapi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`
    const body = route.method === 'post' ? schemaOf(route.body) : null
    paths[path] = {
      ...paths[path],
      [route.method]: {
        summary: route.summary,
        operationId: `${route.method}${route.path.replace(/[/:](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
        tags: [route.path.split('/')[1] ?? ''],
        parameters: [...fields(route.params, 'path'), ...fields(route.query, 'query')],
        ...(body === null || Object.keys((body['properties'] as Json | undefined) ?? {}).length === 0
          ? {}
          : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
        responses: { 200: { description: 'Done', content: { 'application/json': { schema: schemaOf(route.answer) } } }, default: PROBLEM },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Suar',
      version,
      description: 'Operations daemon of a data centre. Live values come over the socket; this is for history, actions and other programs.',
    },
    paths,
    components: {
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, reason: { type: 'string' } } } },
          },
        },
      },
    },
  }
}
