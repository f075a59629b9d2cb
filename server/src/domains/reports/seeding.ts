// What the demo city has of reports: last month's, published, and last week's as a draft, by the same use-cases as people.
import type { Ctx } from '../../kernel/ctx.ts'
import { localDate } from '../../kernel/time/index.ts'
import { tenantById } from '../platform/index.ts'
import { changeReportState } from './life.ts'
import { lastPeriod } from './periods.ts'
import { makeReport } from './reports.ts'

export async function seedReports(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  const readers = { all: true, unitIds: [], userIds: [] }
  const last = lastPeriod('month', today)
  const id = await makeReport(ctx, { template: 'monthly', from: last.from, to: last.to, name: '', readers })
  await changeReportState(ctx, { id, act: 'submit', opinion: '', untracedConfirmed: false, personalConfirmed: false })
  await changeReportState(ctx, { id, act: 'publish', opinion: '同意发布', untracedConfirmed: false, personalConfirmed: true })
  const week = lastPeriod('week', today)
  await makeReport(ctx, { template: 'weekly', from: week.from, to: week.to, name: '', readers })
}
