// Supervision as later domains see it.
export { urgeOrder, type Urged, type Urging } from './urge-order.ts'
export { panelKinds, warningEvents, warningPanels, warningRules, type WarningEvent, type WarningPanel, type WarningQuery } from './events/warning-events.ts'
export { urgeFault, type UrgeSource } from './supervision.ts'
export { runningScores, type RunningScore } from './boards/ports.ts'
export { unitSatisfaction } from './rules/unit-satisfaction.ts'
/** For other rooms that find orders worth inspecting (screening), and for callbacks on finished cases. */
export { pickSources, showCase as showInspectionCase } from './cases/cases.ts'
/** Hours after which an order lies at a unit too long. */
export { stayAtUnit } from './settings.ts'
