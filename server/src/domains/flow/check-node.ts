// What is wrong with one node, in Chinese without its name. Pure.
import { expressionProblems } from './expression-value.ts'
import type { FlowEdge, FlowNode, Graph, NodeKind, VariableType } from './graph.ts'
import type { FlowOperation } from './operations.ts'

export type Known = { graph: Graph; nodes: ReadonlyMap<string, FlowNode>; declared: ReadonlyMap<string, VariableType>; operations: readonly FlowOperation[] }
type Look = { node: FlowNode; out: FlowEdge[]; into: FlowEdge[]; count: (outcome: FlowEdge['outcome']) => number; known: Known }

export function checkNode(node: FlowNode, known: Known): string[] {
  const out = known.graph.edges.filter((e) => e.from === node.key)
  const into = known.graph.edges.filter((e) => e.to === node.key)
  const look: Look = { node, out, into, count: (outcome) => out.filter((e) => e.outcome === outcome).length, known }
  const terms = out.flatMap((e) => (e.condition ? expressionProblems(e.condition, known.declared, 'boolean').map((one) => `条件“${e.condition}”：${one}`) : []))
  return [...checks[node.kind](look), ...terms]
}

const single = ({ out, count }: Look): string[] => (count('next') === 1 && out.length === 1 ? [] : ['须有且只有一个出口'])
const unconditional = ({ out }: Look): string[] => (out.some((e) => e.condition) ? ['条件须写在条件网关的出口上'] : [])

function gateway(look: Look): string[] {
  const { out, into, node } = look
  const bare = out.filter((e) => !e.condition).length
  return [
    ...(out.some((e) => e.outcome !== 'next') ? ['网关的出口只能是条件'] : []),
    ...(out.length === 0 ? ['没有出口'] : []),
    ...(out.length > 1 && bare === 0 ? ['没有默认出口：须有一个出口不写条件'] : []),
    ...(bare > 1 ? ['只能有一个默认出口，其余出口须写条件'] : []),
    ...(out.length === 1 && bare === 0 ? ['没有默认出口：唯一的出口不能写条件'] : []),
    ...(into.length === 0 ? ['没有入口'] : []),
    ...(node.kind === 'inclusive' && out.length > 6 ? ['出口最多六个'] : []),
  ]
}

const checks: Record<NodeKind, (look: Look) => string[]> = {
  start: (look) => [...single(look), ...unconditional(look), ...(look.into.length > 0 ? ['开始节点不能有入口'] : [])],
  end: ({ out }) => (out.length > 0 ? ['结束节点不能有出口'] : []),
  exclusive: gateway,
  inclusive: gateway,
  parallel: (look) => [...unconditional(look), ...(look.out.length === 0 ? ['没有出口'] : []), ...(look.out.some((e) => e.outcome !== 'next') ? ['网关的出口不能注明审批结果'] : [])],
  userTask: checkTask,
  serviceTask: (look) => [...single(look), ...unconditional(look), ...checkOperation(look)],
  expressionTask: (look) => [...single(look), ...unconditional(look), ...checkAssign(look)],
  timer: (look) => [
    ...single(look), ...unconditional(look), ...(look.into.length > 0 ? ['定时不能有入口，它附着在环节上'] : []),
    ...(['userTask', 'call'].includes(look.known.nodes.get(look.node.attachedTo ?? '')?.kind ?? '') ? [] : ['须附着在人工环节或子流程上']),
    ...(look.node.after && look.node.after.amount > 0 ? [] : ['没有设定时长']),
  ],
  call: (look) => [
    ...(look.count('next') === 1 ? [] : ['须有且只有一个“完成”出口']), ...(look.count('return') > 1 ? ['“退回”出口最多一个'] : []),
    ...(look.count('approve') + look.count('passUp') > 0 ? ['出口只能是“完成”或“退回”'] : []), ...unconditional(look), ...(look.node.call?.key ? [] : ['没有指定子流程']),
    ...Object.values(look.node.call?.input ?? {}).flatMap((text) => expressionProblems(text, look.known.declared)),
  ],
}

function checkTask(look: Look): string[] {
  const { node, count, known } = look
  const { actor } = node
  const named = (actor?.userIds?.length ?? 0) > 0
  return [
    ...(actor?.permission || actor?.role || named || actor?.applicant ? [] : ['没有处理人']),
    ...(!named && !actor?.applicant && actor?.unit === 'fixed' && !actor.unitId && !actor.unitIds?.length ? ['没有指定单位'] : []),
    ...(actor?.unit === 'variable' && known.declared.get(actor.variable ?? '') !== 'text' ? ['存放单位的变量须已声明为文字'] : []),
    ...(count('approve') === 1 ? [] : ['须有且只有一个“通过”出口']),
    ...(count('return') > 1 ? ['“退回”出口最多一个'] : []),
    ...(count('passUp') > 1 ? ['“上报”出口最多一个'] : []),
    ...(count('next') > 0 ? ['出口须注明通过、退回或上报'] : []),
    ...unconditional(look),
    ...(node.levelUp && actor?.unit !== 'subject' && actor?.unit !== 'subjectParent' ? ['逐级审批须从本单位或上级单位开始'] : []),
    ...(node.returnTo ?? []).flatMap((to) => (to === 'applicant' || to === 'previous' || known.nodes.get(to)?.kind === 'userTask' ? [] : [`可退回的环节“${to}”不存在`])),
    ...(node.limit && !(node.limit.amount > 0) ? ['时限须大于零'] : []),
  ]
}

function checkOperation({ node, known }: Look): string[] {
  const operation = known.operations.find((one) => one.name === node.operation?.name)
  if (!operation) return [node.operation?.name ? `没有服务“${node.operation.name}”` : '没有选择服务']
  const takes = new Map((operation.takes ?? []).map((one) => [one.name, one.type]))
  return Object.entries(node.operation?.input ?? {}).flatMap(([name, text]) => {
    const type = takes.get(name)
    return type ? expressionProblems(text, known.declared, type).map((one) => `参数“${name}”：${one}`) : [`服务没有参数“${name}”`]
  })
}

function checkAssign({ node, known }: Look): string[] {
  if (!node.assign?.length) return ['没有要计算的变量']
  return node.assign.flatMap(({ variable, expression }) => {
    const type = known.declared.get(variable)
    return type ? expressionProblems(expression, known.declared, type).map((one) => `“${variable}”：${one}`) : [`没有声明变量“${variable}”`]
  })
}
