// A plan as it is stored.
import type { Selectable } from 'kysely'
import type { Filter } from './contract.ts'
import type { Draw } from './sampling.ts'
import type { QualityTables } from './tables.gen.ts'

export type PlanRow = Selectable<QualityTables['quality_plan']>
export const filterOf = (plan: PlanRow): Filter => plan.filter as Filter // written by savePlan only, in this shape
export const drawOf = (plan: PlanRow): Draw => plan.draw as Draw // likewise
