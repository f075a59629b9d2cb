// How one order of the demo city goes: who does what after how long, with the mistakes and delays of an ordinary quarter.
import {
  classesOf, demoTenants, demoUnits, generateAppeal, generateCallback, generateDispatchOpinion, generateExtensionReason, generateFeedback, generatePerson, generateReturnReason, generateReviewOpinion,
  generateSupplement, generateWithdrawal, matterOfCode, pickMatter, type CivilHour, type DemoAppeal, type DemoFeedback, type Rng,
} from '../demo/index.ts'
import { completeCallback, openCallbackOf, recordAttempt } from '../domains/callback/seeding.ts'
import { recommendUnits } from '../domains/matters/index.ts'
import * as orders from '../domains/orders/seeding.ts'
import { DAY, HOUR, localParts, MINUTE, plus, toIso, type Instant } from '../kernel/time/index.ts'
import type { Stage, Step } from './demo-history.ts'

export type Frame = { start: Instant; now: Instant; orders: number }

const unitByCode = new Map(demoUnits.map((u) => [u.code, u]))

/** Moments of registration: evenly over the days, most between eight and ten in the evening of the day's work. */
function registrationMoment(rng: Rng, index: number, frame: Frame): Instant {
  const span = frame.now - frame.start
  const day = plus(frame.start, Math.floor((index / frame.orders) * span))
  const hour = rng.weighted([8, 9, 10, 11, 12, 14, 15, 16, 17, 19, 20, 22], (h) => ([9, 10, 15, 16].includes(h) ? 4 : h > 18 ? 1 : 2))
  const local = localParts(day, 'Asia/Shanghai')
  const at = plus(day, (hour - local.hour) * HOUR + rng.int(0, 59) * MINUTE)
  return at < frame.now ? at : plus(frame.now, -rng.int(5, 240) * MINUTE)
}

export function planOrder(rng: Rng, index: number, frame: Frame): Step {
  const at = registrationMoment(rng, index, frame)
  // Work of today is still on the desks: at each of them a part of the newest orders waits.
  const fresh = frame.now - at < 16 * HOUR
  return { at, run: (stage) => register(stage, rng, at, fresh, upperKind(index)) }
}

const later = (from: Instant, rng: Rng, minMinutes: number, maxMinutes: number): Instant => plus(from, Math.round((minMinutes + (maxMinutes - minMinutes) * rng.next() ** 2) * MINUTE))

/** Of fourteen orders one comes directly from the platform above, another through a level between. By place, not by chance: the rest of the history stays as it is. */
const upperKind = (index: number): 'direct' | 'transferred' | null => (index % 14 === 5 ? 'direct' : index % 14 === 11 ? 'transferred' : null)

async function register(stage: Stage, rng: Rng, at: Instant, fresh: boolean, upper: ReturnType<typeof upperKind>): Promise<Step[]> {
  const tenant = rng.chance(0.88) ? 'LC' : rng.pick(demoTenants.filter((t) => t.level >= 3)).code
  const on = civil(at)
  const matter = pickMatter(rng, on.month)
  const person = generatePerson(rng, { tenantCode: tenant, setting: matter.setting })
  const online = rng.chance(0.3)
  const appeal = generateAppeal(rng, { matter, at: on, person, voice: online ? 'own' : 'staff' })
  const agent = stage.login('agent', { tenantCode: tenant })
  if (!agent) return []
  const ctx = stage.as(agent)
  const categoryId = stage.ids.categories.get(`category:${classesOf(matter.code).category}`)
  const input = {
    requester: { subjectKind: person.subjectKind, name: person.enterpriseName ?? person.name, anonymous: false, sex: person.sex, ageRange: person.ageRange, phone: person.phone, otherPhones: [], areaCode: person.areaCode, address: person.address },
    appealType: appeal.type, matterId: stage.ids.matters.get(matter.code), title: appeal.title, content: appeal.content, areaCode: appeal.areaCode, address: appeal.address, lon: appeal.place.lon, lat: appeal.place.lat, requesterCount: 1, urgency: appeal.urgency,
    confidential: appeal.type === 'report' && rng.chance(0.2), callbackWanted: rng.chance(0.92), callbackManner: 'call', fileIds: [], channel: online ? rng.pick(['portal', 'portal', 'miniProgram', 'officialAccount']) : 'phone', form: online ? '网上' : '来电',
    ...(appeal.type === 'complaint' || appeal.type === 'report' ? { formData: { eventTime: toIso(at) } } : {}), ...(categoryId ? { categoryId } : {}), ...(online ? { triage: 'waiting' as const } : {}),
  } satisfies Parameters<typeof orders.createOrder>[1]
  const fromAbove = upper !== null && tenant === 'LC' && !online
  const order = await (fromAbove ? orders.receiveUpperOrder(ctx, { ...input, upper: { platform: '省12345平台', number: `SJ${toIso(at).replace(/\D/g, '').slice(0, 12)}`, dispatchedAt: plus(at, -20 * MINUTE), dispatchKind: upper, marks: [] } }) : orders.createOrder(ctx, input))
  const o: Story = { id: order.id, tenant, unsigned: 'signed' in order && !order.signed, appeal, answerable: appeal.answer !== null && rng.chance(0.7), fresh }
  if (fresh && rng.chance(0.35)) return []
  const next = later(at, rng, 2, 45)
  return [{ at: next, run: (s) => review(s, rng, o, next) }]
}

type Story = { id: string; tenant: string; /** Of an upper platform and not signed by a rule: somebody signs before it is reviewed. */ unsigned: boolean; appeal: DemoAppeal; answerable: boolean; fresh: boolean }

const basisOf = (o: Story): string => matterOfCode(o.appeal.matterCode).closingBasis
const civil = (at: Instant): CivilHour => localParts(at, 'Asia/Shanghai')

async function review(stage: Stage, rng: Rng, o: Story, at: Instant): Promise<Step[]> {
  const reviewer = stage.login('reviewer', { tenantCode: o.tenant })
  if (!reviewer) return []
  const ctx = stage.as(reviewer)
  if (o.unsigned) await orders.signUpper(ctx, { id: o.id })
  await orders.finishTriage(ctx, o.id)
  if (o.answerable) {
    await orders.answerOrder(ctx, { id: o.id, reply: `您好，${o.appeal.answer ?? '您反映的情况已核实。'}`, basis: basisOf(o), citations: [] })
    return []
  }
  if (rng.chance(0.01)) {
    const why = generateWithdrawal(rng)
    await orders.withdrawOrder(ctx, { id: o.id, reasonClass: why.reason, reason: why.text })
    return []
  }
  await orders.passReview(ctx, { id: o.id })
  if (o.fresh && rng.chance(0.35)) return []
  const next = later(at, rng, 5, 90)
  return [{ at: next, run: (s) => dispatch(s, rng, o, next) }]
}

async function dispatch(stage: Stage, rng: Rng, o: Story, at: Instant): Promise<Step[]> {
  const dispatcher = stage.login('dispatcher', { tenantCode: o.tenant })
  if (!dispatcher) return []
  const ctx = stage.as(dispatcher)
  const row = await orders.readOrderRow(ctx, o.id)
  const below = demoTenants.find((t) => t.parentCode === o.tenant && t.level === 3 && row.area_code?.startsWith(t.areaCode))
  if (below && stage.login('reviewer', { tenantCode: below.code }) && rng.chance(0.25)) {
    const sent = await orders.transferOrder(ctx, { id: o.id, tenantId: stage.ids.tenants.get(below.code) ?? '', requirement: generateDispatchOpinion(rng, { appeal: o.appeal, unitCode: matterOfCode(o.appeal.matterCode).competentUnitCode }), fileIds: [] })
    const mirror: Story = { ...o, id: await orders.idOfNumber(stage.as(dispatcher), sent.toNumber), tenant: below.code }
    const next = later(at, rng, 10, 300)
    return [{ at: next, run: (s) => dispatch(s, rng, mirror, next) }]
  }
  const proposals = row.matter_id && row.area_code ? await recommendUnits(ctx, { matterId: row.matter_id, areaCode: row.area_code }) : []
  const lead = proposals.find((p) => p.role === 'lead')
  const assist = proposals.find((p) => p.role === 'assist' && p.unitId !== lead?.unitId)
  const leadId = lead?.unitId ?? stage.ids.units.get(matterOfCode(o.appeal.matterCode).competentUnitCode)
  if (!leadId) return []
  const unitCode = [...stage.ids.units].find(([, id]) => id === leadId)?.[0] ?? ''
  const made = await orders.dispatchOrder(ctx, {
    id: o.id, opinion: generateDispatchOpinion(rng, { appeal: o.appeal, unitCode }), fileIds: [], units: [{ unitId: leadId, role: 'lead' }, ...(assist && rng.chance(0.25) ? [{ unitId: assist.unitId, role: 'assist' as const }] : [])], ...(lead ? { recommendedUnitId: lead.unitId } : {}),
  })
  const first = made.assignments[0]
  if (!first) return []
  const w: Work = { ...o, assignment: first.id, unitCode, due: first.dueAt ?? plus(at, 5 * DAY) }
  const next = rng.chance(0.05) ? plus(at, 13 * HOUR) : later(at, rng, 15, 600)
  if (o.fresh && rng.chance(0.4)) return []
  if (rng.chance(0.04)) return [{ at: next, run: (s) => askReturn(s, rng, w, next) }]
  return [{ at: next, run: (s) => sign(s, rng, w, next) }]
}

type Work = Story & { assignment: string; unitCode: string; due: Instant; solved?: boolean; /** The mirror where a centre below handled it. */ below?: { id: string; tenant: string } | undefined }

const feedbackOf = (rng: Rng, w: Work, at: Instant): DemoFeedback => generateFeedback(rng, { appeal: w.appeal, unitCode: w.unitCode, at: civil(at) })

async function sign(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const handler = stage.login('handler', { unitCode: w.unitCode })
  if (!handler) return []
  await orders.signIfWaiting(stage.as(handler), w.assignment)
  const left = Math.max(2 * HOUR, w.due - at)
  // Most finish well within the limit, some at the last moment, a few late.
  const share = rng.weighted([0.35, 0.7, 0.95, 1.4], (x) => (x < 0.5 ? 55 : x < 0.9 ? 30 : x < 1 ? 9 : 6))
  const finish = plus(at, Math.round(left * share * (0.6 + 0.4 * rng.next())))
  const steps: Step[] = [{ at: finish, run: (s) => report(s, rng, w, finish) }]
  const contact = later(at, rng, 20, 240)
  if (contact < finish) steps.push({ at: contact, run: (s) => reach(s, rng, w) })
  const child = childOf(w.unitCode)
  if (child && rng.chance(0.3)) {
    const down = later(at, rng, 10, 120)
    if (down < finish) return [{ at: down, run: (s) => handDown(s, rng, w, child, down, finish) }, ...steps.slice(1)]
  }
  if (share < 1 && rng.chance(0.04)) {
    const ask = plus(at, Math.round(left * 0.3))
    steps.push({ at: ask, run: (s) => askExtension(s, rng, w, ask) })
  }
  if (rng.chance(0.04)) {
    const more = later(at, rng, 60, 900)
    steps.push({ at: more, run: (s) => addSupplement(s, rng, w) })
  }
  return steps
}

const childOf = (code: string): string | null => demoUnits.find((u) => u.parentCode === code && (u.kind === 'section' || u.kind === 'community' || u.kind === 'handling') && unitByCode.get(code)?.kind !== 'centre')?.code ?? null

async function reach(stage: Stage, rng: Rng, w: Work): Promise<Step[]> {
  const handler = stage.login('handler', { unitCode: w.unitCode })
  if (handler) await orders.recordContact(stage.as(handler), { id: w.assignment, method: 'phone', outcome: rng.chance(0.9) ? 'reached' : 'notReached', met: rng.chance(0.2), promised: false })
  return []
}

async function handDown(stage: Stage, rng: Rng, w: Work, childCode: string, at: Instant, finish: Instant): Promise<Step[]> {
  const handler = stage.login('handler', { unitCode: w.unitCode })
  if (!handler) return []
  const made = await orders.handDown(stage.as(handler), { id: w.assignment, unitId: stage.ids.units.get(childCode) ?? '', opinion: '请现场核实处理，按时反馈。', fileIds: [] })
  const own: Work = { ...w, assignment: made.id, unitCode: childCode }
  const signAt = later(at, rng, 15, 200)
  const childDone = plus(signAt, Math.max(30 * MINUTE, Math.round((finish - signAt) * 0.7)))
  return [
    { at: signAt, run: async (s) => { const who = s.login('handler', { unitCode: childCode }); if (who) await orders.signIfWaiting(s.as(who), own.assignment); return [] } },
    { at: childDone, run: async (s) => {
        const who = s.login('handler', { unitCode: childCode })
        if (!who) return []
        await orders.feedbackWithProof(s.as(who), own.assignment, feedbackOf(rng, own, childDone))
        const accept = later(childDone, rng, 10, 120)
        return [{ at: accept, run: async (t) => { const up = t.login('handler', { unitCode: w.unitCode }); if (up) await orders.reviewChild(t.as(up), { id: own.assignment, outcome: 'accept' }); const mine = later(accept, rng, 10, 90); return [{ at: mine, run: (u) => report(u, rng, w, mine) }] } }]
      } },
  ]
}

async function report(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const handler = stage.login('handler', { unitCode: w.unitCode })
  if (!handler) return []
  const text = feedbackOf(rng, w, at)
  await orders.feedbackWithProof(stage.as(handler), w.assignment, text)
  w.solved = text.solved
  const next = later(at, rng, 10, 500)
  return [{ at: next, run: (s) => leaderAccepts(s, rng, w, next) }]
}

async function leaderAccepts(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const leader = stage.login('unitLeader', { unitCode: w.unitCode })
  if (!leader) return []
  if (rng.chance(0.04)) {
    await orders.reviewFeedback(stage.as(leader), { id: w.assignment, outcome: 'sendBack', opinion: generateReviewOpinion(rng, 'result') })
    const again = later(at, rng, 30, 400)
    return [{ at: again, run: (s) => report(s, rng, w, again) }]
  }
  await orders.reviewFeedback(stage.as(leader), { id: w.assignment, outcome: 'accept' })
  const next = later(at, rng, 20, 700)
  return [{ at: next, run: (s) => result(s, rng, w, next) }]
}

async function result(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const reviewer = stage.login('reviewer', { tenantCode: w.tenant })
  if (!reviewer) return []
  const ctx = stage.as(reviewer)
  if (rng.chance(0.04)) {
    await orders.reviewResult(ctx, { id: w.id, outcome: 'return', opinion: generateReviewOpinion(rng, 'result'), tellRequester: true })
    const again = later(at, rng, 60, 900)
    return [{ at: again, run: (s) => report(s, rng, atHandler(w), again) }]
  }
  await orders.reviewResult(ctx, { id: w.id, outcome: 'accept', missingReason: '情况已电话核实', tellRequester: true })
  const up = await orders.upperOf(ctx, w.id)
  const next = later(at, rng, 30, 900)
  // A mirror's result is checked above; the upper tenant then owns what follows.
  if (up) return [{ at: next, run: (s) => result(s, rng, { ...w, id: up.orderId, tenant: up.tenantCode, below: { id: w.id, tenant: w.tenant } }, next) }]
  const call = later(at, rng, 60, 2000)
  return [{ at: call, run: (s) => callBack(s, rng, w, call) }]
}

async function callBack(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const agent = stage.login('callbackAgent', { tenantCode: w.tenant })
  if (!agent) return []
  const ctx = stage.as(agent)
  const task = await openCallbackOf(ctx, w.id)
  if (!task) return []
  const said = generateCallback(rng, { appeal: w.appeal, solved: w.solved ?? true })
  if (!said.reached) {
    await recordAttempt(ctx, { id: task.id, result: rng.pick(['noAnswer', 'busy', 'powerOff']), note: '座机拨打' })
    const again = plus(at, rng.int(5, 26) * HOUR)
    return [{ at: again, run: (s) => callBack(s, rng, w, again) }]
  }
  const solved = said.solved === 'partly' ? 'yes' : said.solved
  const dissatisfied = solved === 'no' || said.satisfied === 'no'
  await completeCallback(ctx, { id: task.id, contacted: said.contacted, solved, satisfied: said.satisfied, opinion: said.opinion, items: [], way: 'otherWay', wayNote: '外线电话', reasons: dissatisfied ? [solved === 'no' ? '问题未解决' : '服务态度'] : [], attributable: true })
  if (!dissatisfied) return []
  const finish = later(at, rng, 600, 3000)
  return [{ at: finish, run: (s) => redo(s, rng, w, finish) }]
}

/** The work as the centre knows it whose unit handles: its own order, not the one above. */
const atHandler = (w: Work): Work => (w.below ? { ...w, id: w.below.id, tenant: w.below.tenant, below: undefined } : w)

/** The new round: at the unit here, or at that of the centre below, whose order learned of it meanwhile. */
async function redo(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const handler = stage.login('handler', { unitCode: w.unitCode })
  if (!handler) return []
  const held = atHandler(w)
  const again = await orders.redoAssignmentOf(stage.as(handler), held.id)
  return again ? report(stage, rng, { ...held, assignment: again }, at) : []
}

async function askReturn(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const leader = stage.login('unitLeader', { unitCode: w.unitCode })
  if (!leader) return []
  const why = generateReturnReason(rng, { appeal: w.appeal, unitCode: w.unitCode })
  await orders.requestReturn(stage.as(leader), { id: w.assignment, reasonClass: why.kind, reason: why.text, fileIds: [] })
  const next = later(at, rng, 30, 400)
  return [{ at: next, run: async (s) => {
      const reviewer = s.login('reviewer', { tenantCode: w.tenant })
      const request = reviewer ? await orders.pendingReturnOf(s.as(reviewer), w.id) : null
      if (!reviewer || !request) return []
      const approve = rng.chance(0.5)
      await orders.decideReturn(s.as(reviewer), { id: request, outcome: approve ? 'approve' : 'refuse', opinion: generateReviewOpinion(rng, approve ? 'returnApproved' : 'returnRefused'), fileIds: [] })
      const go = later(next, rng, 10, 120)
      return [approve ? { at: go, run: (t: Stage) => redispatch(t, rng, w, go) } : { at: go, run: (t: Stage) => sign(t, rng, w, go) }]
    } }]
}

async function redispatch(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const dispatcher = stage.login('dispatcher', { tenantCode: w.tenant })
  if (!dispatcher) return []
  const other = rng.pick(demoUnits.filter((u) => u.tenantCode === w.tenant && u.kind === 'handling' && u.code !== w.unitCode))
  const made = await orders.dispatchOrder(stage.as(dispatcher), { id: w.id, opinion: generateDispatchOpinion(rng, { appeal: w.appeal, unitCode: other.code }), fileIds: [], units: [{ unitId: stage.ids.units.get(other.code) ?? '', role: 'lead' }] })
  const first = made.assignments[0]
  if (!first) return []
  const next = later(at, rng, 15, 400)
  const again: Work = { ...w, assignment: first.id, unitCode: other.code, due: first.dueAt ?? plus(at, 5 * DAY) }
  return [{ at: next, run: (s) => sign(s, rng, again, next) }]
}

async function askExtension(stage: Stage, rng: Rng, w: Work, at: Instant): Promise<Step[]> {
  const handler = stage.login('handler', { unitCode: w.unitCode })
  if (!handler) return []
  await orders.requestExtension(stage.as(handler), { id: w.assignment, newDueAt: plus(w.due, 2 * DAY), reason: generateExtensionReason(rng, { appeal: w.appeal, unitCode: w.unitCode }), fileIds: [] })
  const next = later(at, rng, 60, 600)
  return [{ at: next, run: async (s) => {
      const leader = s.login('unitLeader', { unitCode: w.unitCode })
      if (leader) await orders.approveExtension(s.as(leader), w.id)
      return []
    } }]
}

async function addSupplement(stage: Stage, rng: Rng, w: Work): Promise<Step[]> {
  const agent = stage.login('shiftLeader', { tenantCode: w.tenant })
  if (agent) await orders.supplementOrder(stage.as(agent), { id: w.id, content: generateSupplement(rng, w.appeal), fileIds: [] })
  return []
}
