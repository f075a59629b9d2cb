import { bind, type Route } from '../../kernel/http/route.ts'
import { checkGraph } from './check-graph.ts'
import * as contract from './contract.ts'
import { decideFlow } from './decide-flow.ts'
import { endFlow, reassignFlow } from './intervene.ts'
import { listFlowInstances, listMyFlowTasks, showFlowInstance } from './list-flow-tasks.ts'
import { createFlow, createFlowVersion, listFlows, publishFlow, showFlow } from './manage-flows.ts'

export const routes: Route[] = [
  bind(contract.listFlows, listFlows),
  bind(contract.showFlow, showFlow),
  bind(contract.createFlow, createFlow),
  bind(contract.createFlowVersion, createFlowVersion),
  bind(contract.checkFlow, async (_ctx, input) => ({ problems: checkGraph(input.graph) })),
  bind(contract.publishFlow, publishFlow),
  bind(contract.listMyFlowTasks, listMyFlowTasks),
  bind(contract.listFlowInstances, listFlowInstances),
  bind(contract.showFlowInstance, showFlowInstance),
  bind(contract.decideFlowStep, (ctx, { id, ...decision }) => decideFlow(ctx, { instanceId: id, ...decision })),
  bind(contract.reassignFlowStep, reassignFlow),
  bind(contract.endFlow, endFlow),
]
