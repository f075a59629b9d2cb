// Telling people: who may decide hears of a waiting step, the applicant of the end.
import type { Ctx } from '../../kernel/ctx.ts'
import { notify, usersOf } from '../platform/index.ts'
import { openTokens } from './flow.queries.ts'
import type { FlowTables } from './tables.gen.ts'

const instanceOf = (ctx: Ctx, id: string) =>
  ctx.db<FlowTables>().selectFrom('flow_instance').select(['title', 'link', 'object_type as objectType', 'object_id as objectId', 'applicant_id as applicantId', 'applicant_name as applicantName']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()

export async function tellDeciders(ctx: Ctx, event: { instanceId: string; tokenIds: string[] }): Promise<void> {
  const instance = await instanceOf(ctx, event.instanceId)
  if (!instance) return
  // Steps that were decided meanwhile need no message.
  const tokens = (await openTokens(ctx, [event.instanceId])).filter((token) => event.tokenIds.includes(token.id))
  const users = new Set<string>()
  let own = false
  for (const { assigneeId, candidates, permission, role, atCentre, unitId, own: applicants } of tokens) {
    own ||= applicants
    if (assigneeId) users.add(assigneeId)
    else if (candidates) for (const id of candidates) users.add(id)
    else for (const user of await usersOf(ctx, { ...(atCentre ? {} : { unitId }), ...(permission ? { permission } : {}), ...(role ? { role } : {}) })) users.add(user.id)
  }
  if (instance.applicantId && !own) users.delete(instance.applicantId)
  await notify(ctx, {
    type: 'approval', to: { userIds: [...users] }, title: `待审批：${instance.title}`, text: `${instance.applicantName}提出，当前环节：${tokens[0]?.nodeName ?? ''}`, ...(instance.link ? { link: instance.link } : {}),
    objectType: instance.objectType, objectId: instance.objectId, level: 'P2',
  })
}

const endings = { approved: '已同意', returned: '未通过', ended: '已终止' }

export async function tellApplicant(ctx: Ctx, event: { instanceId: string; outcome: keyof typeof endings; opinion: string | null }): Promise<void> {
  const instance = await instanceOf(ctx, event.instanceId)
  if (!instance?.applicantId) return
  await notify(ctx, {
    type: 'approval.result', to: { userIds: [instance.applicantId] }, title: `审批${endings[event.outcome]}：${instance.title}`, ...(event.opinion ? { text: event.opinion } : {}), ...(instance.link ? { link: instance.link } : {}),
    objectType: instance.objectType, objectId: instance.objectId, level: 'P3',
  })
}
