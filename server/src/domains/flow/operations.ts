// Named operations that service tasks may run: code of modules, chosen by name in the designer. No code in a process.
import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'
import type { VariableRule, Variables } from './graph.ts'

export type OperationCall = { instanceId: string; objectType: string; objectId: string; subjectUnitId: string; applicantId: string | null; title: string; link: string | null; input: Variables }

export type FlowOperation = {
  /** `<domain>.<verbNoun>`. */
  name: string
  /** Chinese, shown in the designer. */
  label: string
  takes?: VariableRule[]
  /** Variables that it sets. */
  gives?: VariableRule[]
  /** Runs in the transaction of the decision that led here: an error refuses that decision. */
  run(ctx: Ctx, call: OperationCall): Promise<Variables | void>
}

/** Operations that modules offer to processes. */
export const flowOperations = definePort<() => FlowOperation[]>('flow.operations')

export const allOperations = (): FlowOperation[] => flowOperations.all().flatMap((source) => source())
export const operationNamed = (name: string): FlowOperation | undefined => allOperations().find((one) => one.name === name)
