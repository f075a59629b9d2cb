// A report's life: draft → in review → published ↔ unpublished, withdrawn at any time. Published ones are not edited.
import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { formatFull } from '../../kernel/time/index.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { ActState } from '../../kernel/http/codec.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { activeUnits, notify, setting, tenantById, usersByUnit, usersOf } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { personalIn, personalWords, type Personal } from './personal.ts'
import { contentOf, store, viewOf } from './reports.ts'
import { reportsFail } from './reports.errors.ts'
import { noteStep, reportById, type Report } from './reports.queries.ts'
import { ownReview } from './settings.ts'
import { actNames, noticeTexts, personalPlaces, rightNames, stateNames, type ReportState } from './texts.zh-CN.ts'

type Act = Input<typeof contract.reportStateRoute>['act']
const rules: Record<Act, { from: ReportState[]; to: ReportState; needs: 'reports.write' | 'reports.publish' }> = {
  submit: { from: ['draft', 'unpublished'], to: 'inReview', needs: 'reports.write' }, return: { from: ['inReview'], to: 'draft', needs: 'reports.publish' }, publish: { from: ['inReview'], to: 'published', needs: 'reports.publish' },
  unpublish: { from: ['published'], to: 'unpublished', needs: 'reports.publish' }, withdraw: { from: ['draft', 'inReview', 'published', 'unpublished'], to: 'withdrawn', needs: 'reports.publish' },
}
const order: Act[] = ['submit', 'publish', 'return', 'unpublish', 'withdraw']

/** Who drafted a report may drop it himself as long as nobody but editors has seen it; what was published is withdrawn by a publisher. */
const entitled = (ctx: Ctx, act: Act, r: Report): boolean => can(ctx, rules[act].needs) || (act === 'withdraw' && r.state === 'draft' && r.published_at === null && can(ctx, 'reports.write') && r.created_by !== null && r.created_by === ctx.actor.id)

const ownBarred = async (ctx: Ctx, r: Report): Promise<boolean> => r.created_by !== null && r.created_by === ctx.actor.id && !(await setting(ctx, ownReview))

/** What this person may do now; what his right does not reach is left out. */
export async function actsOf(ctx: Ctx, r: Report): Promise<ActState[]> {
  const acts: ActState[] = []
  for (const act of order) {
    const rule = rules[act]
    if (!entitled(ctx, act, r) || !rule.from.includes(r.state)) continue
    const barred = act === 'publish' && (await ownBarred(ctx, r))
    acts.push({ act, label: actNames[act], enabled: !barred, ...(barred ? { rule: ownReview.key, reason: '不能审核自己起草的报告' } : {}) })
  }
  return acts
}

export async function changeReportState(ctx: Ctx, input: Input<typeof contract.reportStateRoute>): Promise<Output<typeof contract.reportStateRoute>> {
  const rule = rules[input.act]
  const r = await reportById(ctx, input.id, true)
  if (!entitled(ctx, input.act, r)) throw kernelErrors('forbidden', { rule: rule.needs, params: { permission: rightNames[rule.needs] } })
  if (!rule.from.includes(r.state)) throw reportsFail('state', { rule: `reports.${input.act}`, params: { state: stateNames[r.state], act: actNames[input.act] } })
  if ((input.act === 'return' || input.act === 'withdraw') && input.opinion === '') throw kernelErrors('invalid', { fields: [{ path: 'opinion', message: '请写明理由' }] })
  let personal: Personal[] = []
  if (input.act === 'publish') {
    if (await ownBarred(ctx, r)) throw reportsFail('ownReview', { rule: ownReview.key })
    const doubtful = contentOf(r).sections.flatMap((s) => s.blocks).reduce((n, b) => n + (b.kind === 'text' ? b.runs.filter((run) => run.untraced).length : 0), 0)
    if (doubtful > 0 && !input.untracedConfirmed) throw reportsFail('untraced', { params: { n: doubtful } })
    personal = personalIn(r.name, contentOf(r))
    if (personal.length > 0 && !input.personalConfirmed) throw reportsFail('personal', { rule: 'reports.personal', params: { places: personalWords(personal) } })
  }
  await store(ctx, r, { state: rule.to, opinion: input.opinion || null, ...(input.act === 'publish' ? published(ctx) : {}) })
  // Who let personal data through is kept with the places.
  const said = [input.opinion, personal.length > 0 ? personalPlaces.confirmed(personalWords(personal)) : ''].filter((text) => text !== '').join('。')
  await noteStep(ctx, r.id, input.act, said ? { new: said } : {})
  if (input.act === 'publish') await tellReaders(ctx, r)
  if (input.act === 'submit') await askReview(ctx, r)
  if (input.act === 'return' && r.created_by !== null) await notify(ctx, { type: 'report.returned', to: { userIds: [r.created_by] }, title: noticeTexts.returned(r.name), text: input.opinion, link: link(r.id), objectType: 'report', objectId: r.id, level: 'P3' })
  return viewOf(ctx, r.id)
}

const link = (id: string): string => `/analytics/reports/${id}`
export const published = (ctx: Ctx) => ({ published_at: ts(ctx.clock.now()), published_by_name: ctx.actor.name })

/** Tells those who may publish that a report waits for them. */
export const askReview = (ctx: Ctx, r: Report) => notify(ctx, { type: 'report.review', to: { permission: 'reports.publish' }, title: noticeTexts.review(r.name), link: link(r.id), objectType: 'report', objectId: r.id, level: 'P3' })

/** Those entitled see the new report come up once. */
export async function tellReaders(ctx: Ctx, r: Report): Promise<void> {
  const { all, unitIds, userIds } = r.readers
  const below = all || unitIds.length === 0 ? [] : (await activeUnits(ctx)).filter((u) => u.path.some((unit) => unitIds.includes(unit))).map((u) => u.id)
  const named = all ? await usersOf(ctx, { permission: 'reports.read' }) : [...(await usersByUnit(ctx, { unitIds: below, permission: 'reports.read' })).values()].flat()
  const to = [...new Set([...named.map((u) => u.id), ...userIds])].filter((id) => id !== ctx.actor.id)
  if (to.length > 0) await notify(ctx, { type: 'report.published', to: { userIds: to }, title: noticeTexts.published(r.name), text: noticeTexts.publishedBy(ctx.actor.name, formatFull(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)), link: link(r.id), objectType: 'report', objectId: r.id, level: 'P2' })
}
