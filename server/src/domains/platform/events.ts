// What the platform tells later domains.
import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'

export const tenantCreated = defineEvent('tenant.created', z.object({ tenantId: z.string() }), 'tenantId')
export const unitMoved = defineEvent('unit.moved', z.object({ unitId: z.string(), oldPath: z.array(z.string()), newPath: z.array(z.string()), movedIds: z.array(z.string()) }), 'unitId')
export const unitChanged = defineEvent('unit.changed', z.object({ unitId: z.string(), state: z.enum(['active', 'disabled', 'deleted']) }), 'unitId')
export const userChanged = defineEvent('user.changed', z.object({ userId: z.string(), state: z.enum(['active', 'disabled', 'deleted']) }), 'userId')
export const calendarChanged = defineEvent('calendar.changed', z.object({ tenantId: z.string(), from: z.string(), to: z.string() }), 'tenantId')
export const settingChanged = defineEvent('setting.changed', z.object({ key: z.string(), unitId: z.string().nullable() }), 'key')
/** A suggestion of any tenant went live; told in the tenant that decides. */
export const suggestionReleased = defineEvent('suggestion.released', z.object({ suggestionId: z.string(), title: z.string(), content: z.string(), effect: z.string() }), 'suggestionId')
export const labelMerged = defineEvent('label.merged', z.object({ labelId: z.string(), into: z.string() }), 'labelId')

export const platformEvents = [labelMerged, suggestionReleased, tenantCreated, unitMoved, unitChanged, userChanged, calendarChanged, settingChanged]
