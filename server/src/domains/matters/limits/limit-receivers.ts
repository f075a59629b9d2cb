import { z } from 'zod'

/** Who is told beside the unit itself: the industry's responsible person, the unit's leader, the department above, the centre. */
const receiver = z.enum(['unit', 'unitLeader', 'industryOwner', 'superior', 'centre'])

/** Receivers of a rule when a clock turns yellow and when it turns red; absent means the tenant's general ones. */
export const limitReceivers = z.object({ yellow: z.array(receiver).max(5).optional(), red: z.array(receiver).max(5).optional() })
