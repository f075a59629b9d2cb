// What an event changes in the tables. Each kind has its projection in the room it belongs to; kinds without one are only kept.
import type { EngineEvent, EventKind, EngineEventOf } from '../../../../../switch/src/engine-port.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { callProjections } from '../calls/project-calls.ts'
import { endProjections } from '../calls/project-ends.ts'
import { agentProjections } from '../desk/project-agents.ts'
import { lineProjections } from '../lines/project-lines.ts'
import { recordingProjections } from '../recordings/project-recordings.ts'

export type Projections = { [K in EventKind]?: (ctx: Ctx, event: EngineEventOf<K>) => Promise<void> }

const projections: Projections = { ...callProjections, ...endProjections, ...agentProjections, ...lineProjections, ...recordingProjections }

export async function project(ctx: Ctx, event: EngineEvent): Promise<void> {
  // The table is keyed by the very kinds of its functions' events.
  const run = projections[event.kind] as ((ctx: Ctx, event: EngineEvent) => Promise<void>) | undefined
  await run?.(ctx, event)
}
