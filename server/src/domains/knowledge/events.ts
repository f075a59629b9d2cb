import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'

/** A version of an item holds from now on. */
export const knowledgePublished = defineEvent('knowledge.published', z.object({ id: z.string(), version: z.number() }), 'id')

/** A report from the portal is settled; `accountId` is who was signed in when it was sent. */
export const publicReportClosed = defineEvent('knowledge.publicReportClosed', z.object({ id: z.string(), number: z.string(), accountId: z.string(), title: z.string(), reply: z.string() }), 'id')
