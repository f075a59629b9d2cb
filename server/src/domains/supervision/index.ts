// Supervision as later domains see it.
export { urgeOrder, type Urged, type Urging } from './urge-order.ts'
export { panelKinds, warningEvents, warningPanels, warningRules, type WarningEvent, type WarningPanel, type WarningQuery } from './events/warning-events.ts'
export { urgeFault, type UrgeSource } from './supervision.ts'
export { unitSatisfaction } from './rules/unit-satisfaction.ts'
