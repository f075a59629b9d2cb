// Rows out of pasted cells or a CSV file, matched to columns by their headings; and back into CSV. Pure.

export type SheetColumn = { key: string; label: string; required?: boolean; example?: string }
type SheetRows = { rows: Record<string, string>[]; unknown: string[]; missing: string[] }

/** Cells of CSV or tab-separated text; quoted cells may hold line breaks. */
export function cellsOf(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '')
  const separator = source.slice(0, source.indexOf('\n') + 1 || source.length).includes('\t') ? '\t' : ','
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => { row.push(cell.trim()); cell = '' }
  const endRow = () => { endCell(); if (row.some((one) => one !== '')) rows.push(row); row = [] }
  for (let i = 0; i < source.length; i += 1) {
    const char = source[i] ?? ''
    if (quoted) {
      if (char === '"' && source[i + 1] === '"') { cell += '"'; i += 1 }
      else if (char === '"') quoted = false
      else cell += char
    } else if (char === '"' && cell.trim() === '') { quoted = true; cell = '' }
    else if (char === separator) endCell()
    else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  if (cell !== '' || row.length) endRow()
  return rows
}

/** The first row names the columns, by label or key; a trailing * of the template is ignored. */
export function readSheet(text: string, columns: readonly SheetColumn[]): SheetRows {
  const [head = [], ...body] = cellsOf(text)
  const keys = head.map((title) => {
    const bare = title.replace(/[*＊]$/, '').trim()
    return columns.find((column) => column.label === bare || column.key === bare)?.key
  })
  return {
    rows: body.map((cells) => Object.fromEntries(columns.map((column) => [column.key, cells[keys.indexOf(column.key)] ?? '']))),
    unknown: head.filter((title, i) => title !== '' && keys[i] === undefined),
    missing: columns.filter((column) => column.required && !keys.includes(column.key)).map((column) => column.label),
  }
}

/** CSV with BOM, as spreadsheet programs expect Chinese text; cells that would be read as formulas are disarmed. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const safe = (cell: string) => (/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell)
  const quote = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return `\uFEFF${rows.map((row) => row.map((cell) => quote(safe(cell))).join(',')).join('\r\n')}\r\n`
}

export function saveText(name: string, text: string, type = 'text/csv'): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
