import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'

/** A version of an item holds from now on. */
export const knowledgePublished = defineEvent('knowledge.published', z.object({ id: z.string(), version: z.number() }), 'id')
