// What a robot's flow was given, and what came back. Pure.
/** Variables that go with every call of a task; none of them is an answer. */
const OWN = new Set(['dialTaskId', 'orderId', 'unitId', 'orderStep', 'assignmentId'])

export function variablesOf(value: unknown): Record<string, string> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)])) : {}
}

/** What the called person keyed in: the call's variables without those it began with. */
export function answersOf(context: Record<string, string>, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(context).filter(([name, value]) => !OWN.has(name) && given[name] !== value))
}
