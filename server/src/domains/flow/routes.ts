import { bind, type Route } from '../../kernel/http/route.ts'
import { addSigner, forwardStep, withdrawFlow } from './act-on-step.ts'
import { exportFlow } from './bpmn/export-flow.ts'
import { importFlow } from './bpmn/import-flow.ts'
import { checkGraph } from './check-graph.ts'
import { compareFlowVersions } from './compare-versions.ts'
import * as contract from './contract.ts'
import { decideFlow } from './decide-flow.ts'
import { flowStatistics } from './flow-statistics.ts'
import * as running from './instance-contract.ts'
import { endFlow, jumpFlow, reassignFlow, resumeFlow, suspendFlow } from './intervene.ts'
import { listFlowInstances, listMyFlowTasks } from './list-flow-tasks.ts'
import { createFlow, createFlowVariant, createFlowVersion, deleteFlowDraft, saveFlowDraft } from './draw-flows.ts'
import { previewFlow, simulateFlow } from './preview-flow.ts'
import { publishFlow, retireFlow } from './publish-flows.ts'
import { listFlows, showFlow, showFlowParts } from './read-flows.ts'
import { showFlowInstance } from './show-instance.ts'

export const routes: Route[] = [
  bind(contract.listFlows, listFlows),
  bind(contract.showFlow, showFlow),
  bind(contract.createFlow, createFlow),
  bind(contract.createFlowVariant, createFlowVariant),
  bind(contract.createFlowVersion, createFlowVersion),
  bind(contract.saveFlowDraft, saveFlowDraft),
  bind(contract.deleteFlowDraft, deleteFlowDraft),
  bind(contract.publishFlow, publishFlow),
  bind(contract.retireFlow, retireFlow),
  bind(contract.compareFlowVersions, compareFlowVersions),
  bind(contract.checkFlow, async (_ctx, input) => ({ problems: checkGraph(input.graph) })),
  bind(contract.simulateFlow, simulateFlow),
  bind(contract.previewFlow, async (ctx, { key, unitId }) => ({ steps: await previewFlow(ctx, key, unitId) })),
  bind(contract.exportFlow, exportFlow),
  bind(contract.importFlow, importFlow),
  bind(contract.showFlowParts, showFlowParts),
  bind(contract.flowStatistics, flowStatistics),
  bind(running.listMyFlowTasks, listMyFlowTasks),
  bind(running.listFlowInstances, listFlowInstances),
  bind(running.showFlowInstance, showFlowInstance),
  bind(running.decideFlowStep, (ctx, { id, ...decision }) => decideFlow(ctx, { instanceId: id, ...decision })),
  bind(running.forwardFlowStep, forwardStep),
  bind(running.addFlowSigner, addSigner),
  bind(running.withdrawFlow, (ctx, { id, reason }) => withdrawFlow(ctx, { instanceId: id, reason })),
  bind(running.reassignFlowStep, reassignFlow),
  bind(running.jumpFlow, jumpFlow),
  bind(running.suspendFlow, suspendFlow),
  bind(running.resumeFlow, resumeFlow),
  bind(running.endFlow, endFlow),
]
