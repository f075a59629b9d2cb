// Where a return goes: along the node's route, to the applicant who supplements, to the step before, or to a named node.
import type { Ctx } from '../../kernel/ctx.ts'
import { along, type Step } from './advance.ts'
import { flowErrors } from './flow.errors.ts'
import { lastApproval } from './flow.queries.ts'
import type { FlowNode } from './graph.ts'
import type { Instance } from './instance.ts'
import { openVisit } from './open-seats.ts'
import type { UnitPlace } from './places.ts'
import type { Place } from './seats.ts'
import type { OpenToken } from './unit-line.ts'

/** Who decides what: the instance, locked, and the token that waits for the actor. */
export type Turn = { instance: Instance; place: Place; node: FlowNode; token: OpenToken }

type Go = Omit<Step, 'record' | 'opinion'>

/** @throws flow.cannotReturn where the node does not allow it */
export async function returnStep(ctx: Ctx, turn: Turn, to: string | undefined): Promise<Go> {
  const { place, node, token, instance } = turn
  const routes = place.compiled.out(node.key, 'return')
  const allowed = node.returnTo ?? []
  const target = to ?? (routes.length > 0 ? undefined : allowed[0])
  if (token.own || (target === undefined && routes.length === 0) || (target !== undefined && !allowed.includes(target))) throw flowErrors('cannotReturn', { rule: `flow.node.${node.key}` })
  const close = Object.fromEntries(instance.tokens.filter((one) => one.visitId === token.visitId).map((one) => [one.id, one.id === token.id ? 'return' : 'cancelled']))
  if (target === undefined) return { close, begin: along(place, routes) }
  if (target === 'applicant') {
    if (instance.applicantId === null) throw flowErrors('cannotReturn', { detail: '该申请没有申请人' })
    const back = { id: token.unitId, name: place.line.fixed.get(token.unitId) ?? '' }
    const subject = place.line.below[0] ?? place.line.centre
    const seat = { unit: subject, permission: null, role: null, assignee: { id: instance.applicantId, name: instance.applicantName }, candidates: null, must: true, own: true }
    return { close, begin: [], rest: await openVisit(ctx, place, node, subject, [seat], back) }
  }
  if (target !== 'previous') return { ...backTo(turn, place.compiled.node(target)), close }
  const before = await lastApproval(ctx, instance.id, { nodeKey: node.key, unitId: token.unitId, actorId: instance.applicantId })
  if (!before) throw flowErrors('cannotReturn', { detail: '前面没有已办的环节' })
  return { ...backTo(turn, place.compiled.node(before.nodeKey), before.unitId ? { id: before.unitId, name: place.line.fixed.get(before.unitId) ?? '' } : undefined), close }
}

/** Within a branch only its token goes back; from behind a gateway that splits, all branches are given up. */
export function backTo({ place, node }: Pick<Turn, 'place' | 'node'>, target: FlowNode, unit?: UnitPlace): Pick<Go, 'begin' | 'closeAll'> {
  return { begin: [{ node: target, unit }], closeAll: !place.compiled.sameBranch(target.key, node.key) }
}
