import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { attachFiles, setting } from '../platform/index.ts'
import { advance, along, placeOf, type Step } from './advance.ts'
import { flowErrors } from './flow.errors.ts'
import { closedTokens } from './flow.queries.ts'
import type { FlowNode, Outcome } from './graph.ts'
import { lockInstance, recordOf, type Instance } from './instance.ts'
import { climbFrom, unitAbove } from './places.ts'
import { returnStep, type Turn } from './return-step.ts'
import { opinionRule } from './settings.ts'
import { mayDecide, type OpenToken } from './unit-line.ts'

export type Decision = {
  instanceId: string
  outcome: Outcome
  opinion: string
  fileIds?: string[] | undefined
  /** Where a return goes: `applicant`, `previous` or a node; only what the node allows. Without it the node's own route. */
  returnTo?: string | undefined
  /** One of several steps that wait for the actor at the same time. */
  taskId?: string | undefined
}

/**
 * Decides the step that waits for the actor. `passUp` hands it one unit up, or along the node's own route. Errors: `flow.notYours`,
 * `flow.ownRequest` (403), `flow.ended`, `flow.alreadyDecided`, `flow.suspended` (409), `flow.cannotPassUp`, `flow.cannotReturn`,
 * `flow.opinionWanted` (422). At most five statements besides files, services and what flowFinished does.
 */
export async function decideFlow(ctx: Ctx, input: Decision): Promise<{ state: 'running' | 'approved' | 'returned' }> {
  if (input.outcome === 'return' && input.opinion.trim() === '') throw flowErrors('opinionWanted', { fields: [{ path: 'opinion', message: '必填' }] })
  const turn = await turnOf(ctx, input.instanceId, input.taskId)
  const { instance, place, node, token } = turn
  await requireOpinion(ctx, node, token, input)
  if (input.fileIds?.length) await attachFiles(ctx, { fileIds: input.fileIds, place: 'approval', objectType: 'flow', objectId: instance.id, audience: 'staff' })
  const record = recordOf(ctx, token, input.outcome, input.opinion, input.fileIds)
  const step = input.outcome === 'approve' ? approveStep(turn) : input.outcome === 'passUp' ? passUpStep(turn) : await returnStep(ctx, turn, input.returnTo)
  const state = await advance(ctx, instance, place, { ...step, record, opinion: input.opinion })
  return { state: state === 'ended' ? 'returned' : state }
}

export async function turnOf(ctx: Ctx, instanceId: string, taskId?: string): Promise<Turn> {
  const instance = await lockInstance(ctx, instanceId)
  const token = await tokenOfActor(ctx, instance, taskId)
  const place = await placeOf(ctx, instance)
  return { instance, place, token, node: place.compiled.node(token.nodeKey) }
}

type Go = Omit<Step, 'record' | 'opinion'>

/** Whoever is still needed keeps the visit open; where one of several suffices the others are let go. */
function approveStep({ instance, place, node, token }: Turn): Go {
  const others = instance.tokens.filter((one) => one.id !== token.id && one.visitId === token.visitId)
  const letGo = token.must ? [] : others.filter((one) => !one.must)
  const close = { [token.id]: 'approve', ...Object.fromEntries(letGo.map((one) => [one.id, 'cancelled'])) }
  if (others.length > letGo.length) return { close, begin: [] }
  if (token.resumeUnitId !== null) return { close, begin: [{ node, unit: { id: token.resumeUnitId, name: place.line.fixed.get(token.resumeUnitId) ?? '' } }] }
  const above = climbFrom(node, place.line, token.unitId)
  return { close, begin: above ? [{ node, unit: above }] : along(place, place.compiled.out(node.key, 'approve')) }
}

function passUpStep(turn: Turn): Go {
  const { place, node, token } = turn
  const routes = place.compiled.out(node.key, 'passUp')
  if (routes.length > 0 && token.resumeUnitId === null) return { close: closeVisit(turn, 'passUp'), begin: along(place, routes) }
  const above = node.passUp && token.assigneeId === null && token.candidates === null ? unitAbove(place.line, token.unitId) : null
  if (!above) throw flowErrors('cannotPassUp')
  return { close: closeVisit(turn, 'passUp'), begin: [{ node, unit: above }] }
}

/** All tokens of the visit end; the actor's with the outcome. */
export const closeVisit = ({ instance, token }: Pick<Turn, 'instance' | 'token'>, outcome: string): Record<string, string> =>
  Object.fromEntries(instance.tokens.filter((one) => one.visitId === token.visitId).map((one) => [one.id, one.id === token.id ? outcome : 'cancelled']))

async function requireOpinion(ctx: Ctx, node: FlowNode, token: OpenToken, input: Decision): Promise<void> {
  if (input.opinion.trim() !== '' || input.outcome === 'return' || token.own) return
  const rule = node.opinion ?? (await setting(ctx, opinionRule))
  if (rule === 'always') throw flowErrors('opinionWanted', { rule: opinionRule.key, fields: [{ path: 'opinion', message: '必填' }] })
}

async function tokenOfActor(ctx: Ctx, instance: Instance, taskId: string | undefined): Promise<OpenToken> {
  const own = instance.applicantId !== null && instance.applicantId === ctx.actor.id
  for (const token of instance.tokens) {
    if ((taskId !== undefined && token.id !== taskId) || !(await mayDecide(ctx, token))) continue
    if (own && !token.own) throw flowErrors('ownRequest')
    return token
  }
  for (const token of await closedTokens(ctx, instance.id)) if (await mayDecide(ctx, token)) throw flowErrors('alreadyDecided')
  // Who has nothing to do with approvals does not learn that this one exists.
  if (!own && !can(ctx, 'flow.read') && !instance.tokens.some((token) => token.permission !== null && can(ctx, token.permission))) throw kernelErrors('notFound')
  const waiting = instance.tokens.find((token) => token.kind === 'task')
  throw flowErrors('notYours', { rule: waiting?.permission ?? 'flow', params: { actor: waiting?.nodeName ?? '' } })
}
