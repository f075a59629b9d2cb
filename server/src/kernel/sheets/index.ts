// Spreadsheets: the one home of reading and writing CSV, XLSX and JSON lines; imports, exports and reports all use it.
export { readRows } from './read-rows.ts'
export { guessKind, sheetKinds } from './sheet-kind.ts'
export type { SheetKind } from './sheet-kind.ts'
export type { SheetLine, SheetSource } from './read-rows.ts'
export { neutralise, writeCsv, writeJsonLines, writeXlsx } from './write-rows.ts'
export type { SheetCell, SheetColumn, SheetContent, SheetRow } from './write-rows.ts'
