import { bind } from '../../../kernel/http/route.ts'
import { can } from '../../../kernel/access.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart } from '../part.ts'
import { sessionFeatures } from '../sign-in/session-features.ts'
import { calendarErrors, calendarWarning, getCalendar, importShippedYear, removeCalendarDay, saveCalendarDays } from './change-calendar.ts'
import * as contract from './contract.ts'
import { workingHoursSetting } from './tenant-calendar.ts'

export const part = definePart({
  permissions: { 'platform.manageCalendar': '维护工作日历' },
  roles: { tenantAdmin: { 'platform.manageCalendar': 'tenant' }, systemAdmin: { 'platform.manageCalendar': 'tenant' }, businessAdmin: { 'platform.manageCalendar': 'tenant' } },
  routes: [bind(contract.getCalendar, getCalendar), bind(contract.saveCalendarDays, saveCalendarDays), bind(contract.removeCalendarDay, removeCalendarDay), bind(contract.importShippedYear, importShippedYear)],
  settings: [workingHoursSetting],
  errors: calendarErrors,
  implements: [implement(sessionFeatures, async (ctx) => (can(ctx, 'platform.manageCalendar') ? { calendarWarning: await calendarWarning(ctx) } : {}))],
})
