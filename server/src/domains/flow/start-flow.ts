import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { graphOf, publishedVersion } from './definition-store.ts'
import { flowEnded, flowStepOpened } from './events.ts'
import { tellFinished } from './flow-finished.ts'
import { enter, follow, isStep, startOf, stepAfter, type Variables } from './graph.ts'
import { decidersOf, unitLine } from './unit-line.ts'
import { land, moveTo, writeStart } from './write-step.ts'

export type FlowStart = {
  /** Key of the definition, such as `orders.extension`. */
  key: string
  objectType: string
  objectId: string
  /** Unit the request comes from; its line upward decides. */
  subjectUnitId: string
  applicantName: string
  title: string
  link: string
  /** Read by the conditions of the process. */
  variables?: Variables
}

/**
 * Starts an approval by the published version of a definition. The actor is the applicant and cannot decide it. A process whose
 * steps all fall away ends at once as approved; flowFinished is called in this transaction then. At most five statements.
 * Errors: `flow.unknownFlow` (409), `kernel.notFound` for an unknown unit.
 */
export async function startFlow(ctx: Ctx, input: FlowStart): Promise<{ instanceId: string; state: 'running' | 'approved' }> {
  const { versionId } = await publishedVersion(ctx, input.key)
  const graph = await graphOf(ctx, versionId)
  const line = await unitLine(ctx, input.subjectUnitId, graph)
  const variables = input.variables ?? {}
  const applicantId = ctx.actor.kind === 'user' ? ctx.actor.id : null
  const start = startOf(graph)
  const landing = await land(ctx, { graph, line, variables, applicantId }, enter(graph, follow(graph, start.key, 'next', variables), line, variables))
  const record = { node_key: start.key, node_name: start.name, unit_id: input.subjectUnitId, actor_id: applicantId, actor_name: input.applicantName, outcome: 'start' as const, opinion: null, file_ids: [] }
  const move = moveTo(ctx, landing, line, record, [])
  const id = newId()
  await writeStart(
    ctx,
    {
      id, definition_key: input.key, version_id: versionId, object_type: input.objectType, object_id: input.objectId, subject_unit_id: input.subjectUnitId,
      applicant_id: applicantId, applicant_name: input.applicantName, title: input.title, link: input.link, variables,
    },
    move,
  )
  if (move.state === 'running') {
    ctx.publish(flowStepOpened({ instanceId: id, tokenIds: move.open.map((token) => token.id) }))
    ctx.signal('home.counts')
    return { instanceId: id, state: 'running' }
  }
  ctx.publish(flowEnded({ instanceId: id, outcome: 'approved', opinion: null }))
  await tellFinished(ctx, { objectType: input.objectType, objectId: input.objectId, outcome: 'approved', instanceId: id, opinion: '' })
  return { instanceId: id, state: 'approved' }
}

/** The steps a request from this unit would take if each approves, with the names of those who could decide. */
export async function previewFlow(ctx: Ctx, key: string, subjectUnitId: string, variables: Variables = {}): Promise<{ name: string; actors: string[] }[]> {
  const { versionId } = await publishedVersion(ctx, key)
  const graph = await graphOf(ctx, versionId)
  const line = await unitLine(ctx, subjectUnitId, graph)
  const steps: { name: string; actors: string[] }[] = []
  const applicantId = ctx.actor.kind === 'user' ? ctx.actor.id : null
  const place = { graph, line, variables, applicantId }
  let landing = await land(ctx, place, enter(graph, follow(graph, startOf(graph).key, 'next', variables), line, variables))
  while (isStep(landing.step) && steps.length < 20) {
    const people = await decidersOf(ctx, landing.step, line)
    steps.push({ name: `${landing.step.node.name}（${landing.step.unit.name}）`, actors: people.filter((user) => user.id !== applicantId).map((user) => user.name) })
    landing = await land(ctx, place, stepAfter(graph, landing.step, line, variables))
  }
  return steps
}
