// The indicator catalogue as later domains see it.
export { catalogueOf, closure, onDay, type Catalogue, type Entry } from './catalogue.ts'
export { comparisons, periodBefore, type Comparison } from './compare.ts'
export { compileFormula, decimal, formulaFunctions, halfUp, inOrder, type Exact, type Formula } from './formula.ts'
export { dimensionOf, dimensions, type Dimension } from './dimensions.ts'
export { factOf, type FactKey, type Range } from './facts.ts'
export { evaluate, figures } from './figures.ts'
export { formulaOf, isBasic, partsOf, type Basic, type Definition, type Indicator } from './indicator.ts'
export { pinGroups, pinnedRows, type PinGroup } from './pin.ts'
