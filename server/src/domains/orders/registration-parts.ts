// Rooms around registration and finding: each declares its own rights, routes, settings and tables.
import type { Part } from '../platform/index.ts'
import { part as duplicates } from './duplicates/index.ts'
import { part as caseProfiles } from './case-profiles/index.ts'
import { part as elements } from './elements/index.ts'
import { part as enterprise } from './enterprise/index.ts'
import { part as keyCases } from './key-cases/index.ts'
import { part as learning } from './learning/index.ts'
import { part as labels } from './labels/index.ts'
import { part as lines } from './lines/index.ts'
import { part as nodeRules } from './node-rules/index.ts'
import { part as places } from './places/index.ts'
import { part as profiles } from './profiles/index.ts'
import { part as proofread } from './proofread/index.ts'
import { part as queues } from './queues/index.ts'
import { part as query } from './query/index.ts'
import { part as sets } from './sets/index.ts'

export const registrationParts: Part[] = [duplicates, sets, query, labels, places, elements, proofread, profiles, caseProfiles, queues, enterprise, keyCases, nodeRules, learning, lines]
