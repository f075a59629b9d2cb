// Shapes that many contracts share: instants, pages, ids, telephone numbers.
import { z } from 'zod'
import { type Instant, parseIso, toIso } from '../time/index.ts'

/** ISO 8601 with offset on the wire, Instant inside. */
export const instant = z.codec(z.iso.datetime({ offset: true }), z.custom<Instant>((v) => typeof v === 'number'), {
  decode: (text) => parseIso(text),
  encode: (value) => toIso(value),
})

export const id = z.uuid()
export const localDate = z.iso.date()

/** Query parameters of every list: keyset paging, no page numbers. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** A bounded count: above `value` it is only known that there are more. */
export const boundedCount = z.object({ value: z.number().int(), capped: z.boolean() })

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable(), count: boundedCount })

export type Page<T> = { items: T[]; next: string | null; count: { value: number; capped: boolean } }

/** What may be done with an object now, and if not, why. */
export const actState = z.object({
  act: z.string(),
  label: z.string(),
  enabled: z.boolean(),
  rule: z.string().optional(),
  reason: z.string().optional(),
  until: z.string().optional(),
})
export type ActState = z.output<typeof actState>

/** A comma-separated list in a query parameter: `?state=a,b`. */
export const listOf = <T extends z.ZodType<unknown, string>>(item: T) =>
  z.codec(z.string(), z.array(item), {
    decode: (text) => (text === '' ? [] : text.split(',')) as z.input<T>[],
    encode: (values) => values.join(','),
  })

/** "true"/"false" in a query parameter. */
export const flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })

export const empty = z.object({})
