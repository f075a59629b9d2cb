import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { begin } from './advance.ts'
import { publishedVersion } from './definition-store.ts'
import type { Variables } from './graph.ts'

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
 * steps all fall away ends at once; flowFinished is called in this transaction then, before this function returns. At most five
 * statements where nothing but people decides. Errors: `flow.unknownFlow` (409), `flow.variableUnit` (422), `kernel.notFound` for an unknown unit.
 */
export async function startFlow(ctx: Ctx, input: FlowStart): Promise<{ instanceId: string; state: 'running' | 'approved' | 'returned' }> {
  const { versionId } = await publishedVersion(ctx, input.key, input.subjectUnitId)
  const id = newId()
  const state = await begin(
    ctx,
    {
      id, definition_key: input.key, version_id: versionId, object_type: input.objectType, object_id: input.objectId, subject_unit_id: input.subjectUnitId,
      applicant_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, applicant_name: input.applicantName, title: input.title, link: input.link, parent_id: null, parent_token_id: null, level: 0,
    },
    input.variables ?? {},
    input.applicantName,
  )
  return { instanceId: id, state: state === 'ended' ? 'returned' : state }
}
