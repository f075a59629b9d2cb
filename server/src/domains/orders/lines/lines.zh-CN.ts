import type { LineMode } from './line-contract.ts'

export const lineModeNames: Record<LineMode, string> = { full: '整体并入', parallel: '双号并行', subCentre: '分中心' }
export const ownCentre = '本中心'
