// One instance in full: its path, who decided what, and what the reader may do now.
import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { ActState } from '../../kernel/http/codec.ts'
import type { Output } from '../../kernel/http/route.ts'
import { mayWithdraw } from './act-on-step.ts'
import { compiledOf } from './definition-store.ts'
import type { Compiled } from './compile-graph.ts'
import { flowsOf, openTokens, recordsOf, taskOf } from './flow.queries.ts'
import type * as contract from './instance-contract.ts'
import { instances, selectInstance } from './instance.queries.ts'
import type { OpenToken } from './unit-line.ts'

type Shown = Output<typeof contract.showFlowInstance>

/** For administrators, the applicant, and those who decided or may decide; unknown (404) to everybody else. */
export async function showFlowInstance(ctx: Ctx, input: { id: string }): Promise<Shown> {
  const row = await selectInstance(instances(ctx).where('i.id', '=', input.id)).executeTakeFirst()
  const view = row && (await flowsOf(ctx, [row.id])).get(row.id)
  if (!row || !view) throw kernelErrors('notFound')
  const records = await recordsOf(ctx, [row.id])
  const tokens = (await openTokens(ctx, [row.id])).filter((token) => token.kind === 'task')
  const mine = row.suspended ? undefined : await taskOf(ctx, row.applicantId, tokens)
  const party = row.applicantId === ctx.actor.id || mine !== undefined || records.some((record) => record.actorId !== null && record.actorId === ctx.actor.id)
  if (!party && !can(ctx, 'flow.read')) throw kernelErrors('notFound')
  const { versionId, applicantId, ...instance } = row
  const compiled = await compiledOf(ctx, versionId)
  const children = await selectInstance(instances(ctx).where('i.parent_id', '=', row.id)).orderBy('i.started_at').execute()
  return {
    ...instance, steps: view.steps, mayDecide: view.mayDecide, graph: compiled.graph, children: children.map(({ id, flowName, state }) => ({ id, flowName, state })),
    acts: [...(mine ? actsAt(compiled, mine) : []), ...(await actsBeside(ctx, { id: row.id, versionId, applicantId, state: row.state, suspended: row.suspended, parentId: row.parentId }))],
    returnTo: mine && !mine.own ? (compiled.node(mine.nodeKey).returnTo ?? []).map((to) => ({ to, label: to === 'applicant' ? '退申请人补充' : to === 'previous' ? '退上一环节' : `退到“${compiled.node(to).name}”` })) : [],
    tasks: tokens.map((token) => ({ id: token.id, node: token.nodeKey, name: token.nodeName, actor: token.own ? '申请人' : (token.assigneeName ?? token.unitName ?? ''), openedAt: token.openedAt, dueAt: token.dueAt, mine: token.id === mine?.id })),
    records: records.map(({ instanceId: _instance, actorId: _actor, ...record }) => record),
  }
}

const on = (act: string, label: string): ActState => ({ act, label, enabled: true })

function actsAt(compiled: Compiled, token: OpenToken): ActState[] {
  const node = compiled.node(token.nodeKey)
  if (token.own) return [on('approve', token.resumeUnitId === null ? '提交' : '补充后重新提交')]
  return [
    on('approve', '同意'),
    ...(compiled.out(node.key, 'return').length > 0 || node.returnTo?.length ? [on('return', '退回')] : []),
    ...(node.passUp || compiled.out(node.key, 'passUp').length > 0 ? [on('passUp', '上报')] : []),
    ...(node.addSigner ? [on('addSigner', '加签')] : []),
    ...(node.forward ? [on('forward', '转办')] : []),
  ]
}

type Row = { id: string; versionId: string; applicantId: string | null; state: string; suspended: boolean; parentId: string | null }

async function actsBeside(ctx: Ctx, row: Row): Promise<ActState[]> {
  if (row.state !== 'running') return []
  const acts: ActState[] = []
  if (row.applicantId !== null && row.applicantId === ctx.actor.id && row.parentId === null) {
    const may = !row.suspended && (await mayWithdraw(ctx, row))
    acts.push({ ...on('withdraw', '撤回'), enabled: may, ...(may ? {} : { reason: row.suspended ? '流程已暂停' : '流程不允许现在撤回' }) })
  }
  if (can(ctx, 'flow.intervene')) acts.push(on('reassign', '改派'), on('jump', '跳转'), row.suspended ? on('resume', '恢复') : on('suspend', '暂停'), on('end', '终止'))
  return acts
}
