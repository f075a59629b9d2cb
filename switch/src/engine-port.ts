// The wire between the server and the exchange (EnginePort): commands down, journalled events up, policy as numbered snapshots.
// The one file of the exchange that the server may import; it holds shapes only.
import { z } from 'zod'

/** Number of the wire's form; both sides refuse another one by name instead of guessing. */
export const ENGINE_PORT_VERSION = 1

/** What every event of the exchange carries. `epoch` changes when the journal is begun anew, `seq` rises by one inside it; `at` is milliseconds since 1970. */
export const engineEventHeader = z.object({
  epoch: z.string(),
  seq: z.number().int().positive(),
  tenant: z.string(),
  callId: z.string().nullable(),
  at: z.number().int(),
})
