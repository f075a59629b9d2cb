// The graph on the wire.
import { z } from 'zod'
import { id } from '../../kernel/http/codec.ts'
import { DURATION_UNITS } from '../../kernel/time/index.ts'

export const key = z.string().regex(/^[a-z][A-Za-z0-9.]{1,39}$/, '标识须以小写字母开头，2 至 40 位字母、数字或点')
/** Node keys are also ids in BPMN files, which other tools make as `Activity_0x1`. */
export const nodeKey = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,79}$/, '节点标识须以字母开头，由字母、数字、下划线组成')
export const outcome = z.enum(['approve', 'return', 'passUp'])
export const variable = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])
const variableName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}\p{N}_]+)*$/u, '变量名须以字母或汉字开头').max(60)
const expression = z.string().max(1000)
const duration = z.object({ amount: z.number().positive().max(10_000), unit: z.enum(DURATION_UNITS as unknown as ['naturalMinutes', 'naturalHours', 'naturalDays', 'workingHours', 'workingDays']) })
const inputs = z.record(z.string().max(60), expression)

const actor = z.object({
  unit: z.enum(['subject', 'subjectParent', 'centre', 'fixed', 'variable']),
  unitId: id.optional(), unitIds: z.array(id).max(30).optional(), variable: z.string().max(60).optional(),
  permission: z.string().max(80).optional(), role: z.string().max(40).optional(), userIds: z.array(id).max(50).optional(), applicant: z.boolean().optional(),
})

const node = z.object({
  key: nodeKey,
  kind: z.enum(['start', 'end', 'userTask', 'serviceTask', 'expressionTask', 'exclusive', 'parallel', 'inclusive', 'timer', 'call']),
  name: z.string().min(1).max(60),
  actor: actor.nullable().optional(),
  mode: z.enum(['one', 'all']).optional(),
  limit: duration.nullable().optional(),
  levelUp: z.boolean().optional(),
  passUp: z.boolean().optional(),
  opinion: z.enum(['never', 'return', 'always']).nullable().optional(),
  addSigner: z.boolean().optional(),
  forward: z.boolean().optional(),
  returnTo: z.array(z.string().max(80)).max(20).optional(),
  result: z.enum(['approved', 'returned']).nullable().optional(),
  operation: z.object({ name: z.string().max(80), input: inputs.optional() }).nullable().optional(),
  assign: z.array(z.object({ variable: variableName, expression })).max(30).optional(),
  attachedTo: z.string().max(80).nullable().optional(),
  interrupting: z.boolean().optional(),
  after: duration.nullable().optional(),
  call: z.object({ key: z.string().max(40), input: inputs.optional() }).nullable().optional(),
  x: z.number().int().min(-100_000).max(100_000).nullable().optional(),
  y: z.number().int().min(-100_000).max(100_000).nullable().optional(),
})
const edge = z.object({ from: z.string().max(80), to: z.string().max(80), outcome: z.enum(['next', 'approve', 'return', 'passUp']), condition: expression.nullable().optional(), name: z.string().max(60).nullable().optional() })
export const variableRule = z.object({ name: variableName, label: z.string().min(1).max(60), type: z.enum(['text', 'number', 'boolean', 'date']), options: z.array(z.string().max(60)).max(100).optional() })

export const graph = z.object({ nodes: z.array(node).min(1).max(200), edges: z.array(edge).max(500), variables: z.array(variableRule).max(60).optional(), withdraw: z.enum(['never', 'undecided', 'always']).optional() })
export const problem = z.object({ path: z.string(), message: z.string() })
