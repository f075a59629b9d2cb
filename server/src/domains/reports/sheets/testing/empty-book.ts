import type { Book } from '../../../../kernel/sheets/book/index.ts'

/** One table with nothing in it. */
export const emptyBook = (): Book => ({ styles: [], sheets: [{ name: '表一', rows: 6, columns: 4, widths: {}, heights: {}, merges: [], cells: {} }] })
