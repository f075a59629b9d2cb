// A rule of supervision as data: conditions on facts of an order, and what follows when all of them hold. Pure.
import { z } from 'zod'

export const ruleEffects = ['task', 'alert', 'finding', 'list'] as const
export type RuleEffect = (typeof ruleEffects)[number]

export const durationUnits = ['naturalHours', 'naturalDays', 'workingHours', 'workingDays'] as const

/** Stages of a task with a limit of their own: signing, answer, decision on the answer (SUP-14). */
export const taskStages = ['acknowledge', 'reply', 'close'] as const
export type TaskStage = (typeof taskStages)[number]
export const stagePeople = ['handlers', 'unitLeaders', 'supervisor', 'managers'] as const

/** Who is told of an alert: people of the unit that has the order, its leaders, the desks of the centre. */
export const recipientKinds = ['handlers', 'unitLeaders', 'supervisors', 'dispatchDesk', 'reviewers'] as const
export const channelKinds = ['system', 'sms'] as const

/** The seven kinds of automatic inspection (SUP-27), and of alerts (SUP-06). */
export const findingKinds = ['dispatch', 'attachments', 'replies', 'supervised', 'urged', 'flow', 'upper'] as const
export type FindingKind = (typeof findingKinds)[number]

/**
 * `value`: a length of time for facts that say since when or until when, a number for counts, a list of codes for choices,
 * areas and units, true or false for marks.
 */
export const condition = z.object({
  fact: z.string().min(1).max(40),
  op: z.enum(['>=', '<=', '=', 'in', 'notIn']),
  value: z.union([z.number().min(0).max(100_000), z.boolean(), z.array(z.string().min(1).max(60)).min(1).max(50)]),
  /** Of a length of time. */
  unit: z.enum(durationUnits).optional(),
})
export type Condition = z.output<typeof condition>

export const definition = z.object({
  conditions: z.array(condition).min(1).max(12),
  /** What the unit is asked to do, or what an alert says. */
  text: z.string().trim().min(1).max(500),
  /** Task: level it opens at, and hours for the answer. */
  level: z.number().int().min(1).max(5).default(1),
  replyHours: z.number().int().min(1).max(24 * 30).default(24),
  /** Task: limits of its stages in hours from the stage's begin, and who is reminded when one has passed; running tasks keep theirs. */
  stages: z.array(z.object({ stage: z.enum(taskStages), hours: z.number().int().min(1).max(24 * 30), person: z.enum(stagePeople) })).max(3).default([]),
  /** Alert, list: who is told. Alert: how, and how often while nobody has answered; null: once. */
  recipients: z.array(z.enum(recipientKinds)).max(5).default([]),
  channels: z.array(z.enum(channelKinds)).max(2).default(['system']),
  repeatHours: z.number().int().min(1).max(24 * 30).nullable().default(null),
  /** Finding: which of the seven kinds. */
  kind: z.enum(findingKinds).nullable().default(null),
  /** List: for centres or for units. */
  audience: z.enum(['centre', 'unit']).default('centre'),
})
export type Definition = z.output<typeof definition>
