// What the engines ask of later domains: what people confirmed, and what a value is called.
import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'
import type { Field } from './engines/features.ts'

export type TrainingSample = { id: string; fields: Field[]; label: string }

/** Confirmed orders of an application as samples, latest first, at most `most`; null where the domain knows nothing of it. */
export const trainingSource = definePort<(ctx: Ctx, application: string, most: number) => Promise<TrainingSample[] | null>>('ai.trainingSource')

/** Names of values of an application, only those that may be chosen today; null where the domain knows nothing of it. */
export const candidateNames = definePort<(ctx: Ctx, application: string, values: readonly string[]) => Promise<Map<string, string> | null>>('ai.candidateNames')
