// What a kind of orders is made of besides its conditions: own fields by stage, queue, routes, limits, closing rules (ORD-18). Data, no code.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { DURATION_UNITS, type Duration } from '../../../kernel/time/index.ts'
import { conditions } from '../query/conditions.ts'

/** Where in an order's life its profile's values may be entered, in the order in which it passes there. */
export const profileStages = ['registration', 'centreSorting', 'unitSigning', 'unitHandling', 'sectionSigning', 'sectionHandling', 'unitReview', 'centreClosing'] as const
export type ProfileStage = (typeof profileStages)[number]
export const stage = z.enum(profileStages)

const words = (max: number) => z.string().trim().max(max)
const duration = z.object({ amount: z.number().gt(0, '时限必须大于 0').max(10_000), unit: z.enum(DURATION_UNITS as readonly [Duration['unit'], ...Duration['unit'][]]) })
const keys = z.array(z.string().max(40)).max(60).default([])
/** Null: always. */
const when = conditions.nullable().default(null)

const route = z.object({
  name: words(60).min(1),
  when,
  units: z.array(z.object({ unitId: id, role: z.enum(['lead', 'assist', 'parallel']), requirement: words(500).optional() })).min(1).max(20),
  route: z.enum(['levelByLevel', 'straight']).optional(),
  opinion: words(1000).optional(),
  /** Dispatched without a person as soon as the order waits for it; else only proposed. */
  auto: z.boolean().default(false),
})
const limit = z.object({ name: words(60).min(1), when, response: duration.nullable().default(null), handling: duration.nullable().default(null), yellowBefore: duration.nullable().default(null) })
/** Closing differs by unit; the first variant that names the unit holds, one without units is for all others. */
const variant = z.object({ name: words(60).min(1), unitIds: z.array(id).max(200).default([]), required: keys, leaderReview: z.enum(['setting', 'always', 'never']).default('setting') })

export const profileDefinition = z.strictObject({
  /** Null: never by itself, only marked by hand. */
  match: conditions.nullable().default(null),
  byHand: z.boolean().default(true),
  /** Fields of the form bound to the profile, by key: where they may be entered and where they must be. A field not named may be entered everywhere. */
  fields: z.record(z.string().max(40), z.object({ enter: z.array(stage).default([...profileStages]), required: z.array(stage).default([]) })).default({}),
  /** Code of the task force or seat that sorts these orders. */
  queue: words(40).nullable().default(null),
  skipReview: z.boolean().default(false),
  routes: z.array(route).max(30).default([]),
  limits: z.array(limit).max(30).default([]),
  variants: z.array(variant).max(20).default([]),
  closing: z.object({ /** The closing seat must have approved the values. */ reviewValues: z.boolean().default(false), basis: z.boolean().default(false), evidence: z.boolean().default(false) }).default({ reviewValues: false, basis: false, evidence: false }),
  /** Sent to the requester with the result, after the common text; null: nothing more. */
  notice: words(200).nullable().default(null),
  /** What a callback asks besides the three rates. */
  ratingItems: z.array(words(60).min(1)).max(10).default([]),
  callback: z
    .object({
      /** Called back even where the requester did not ask for it. */
      owed: z.boolean().default(false),
      /** Only members of the profile's queue call, as long as it has any. */
      bySeat: z.boolean().default(false),
      /** Read instead of the common words; empty: the common ones. */
      script: z.array(words(300).min(1)).max(20).default([]),
    })
    .default({ owed: false, bySeat: false, script: [] }),
})
export type ProfileDefinition = z.output<typeof profileDefinition>

/** Keys that must be filled in by the end of a stage, for a unit where the closing differs by unit. Pure. */
export function requiredAt(definition: ProfileDefinition, at: ProfileStage, unitId: string | null): string[] {
  const own = Object.entries(definition.fields).filter(([, field]) => field.required.includes(at)).map(([key]) => key)
  const closing = at === 'unitHandling' || at === 'sectionHandling' ? (variantOf(definition, unitId)?.required ?? []) : []
  return [...new Set([...own, ...closing])]
}

export const variantOf = (definition: ProfileDefinition, unitId: string | null) => definition.variants.find((one) => one.unitIds.length === 0 || (unitId !== null && one.unitIds.includes(unitId)))

/** Keys that may be entered or corrected at a stage. Pure. */
export const enterableAt = (definition: ProfileDefinition, keys: readonly string[], at: ProfileStage): string[] => keys.filter((key) => definition.fields[key]?.enter.includes(at) ?? true)
