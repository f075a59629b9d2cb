import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'
import { standardKinds } from './standard/content.ts'

/** A standard object was published, changed, taken offline or voided: from now on this version holds. */
export const standardPublished = defineEvent('matters.published', z.object({ id: z.string(), kind: z.enum(standardKinds), version: z.number(), state: z.string() }), 'id')

/** A time-limit rule was saved or removed; it acts on new orders only. */
export const limitRuleChanged = defineEvent('matters.limitRuleChanged', z.object({ id: z.string() }), 'id')
