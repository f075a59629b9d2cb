// Which of the three formats a file is, by its name.

export const sheetKinds = ['csv', 'xlsx', 'jsonl'] as const
export type SheetKind = (typeof sheetKinds)[number]

const byExtension: Record<string, SheetKind> = { csv: 'csv', txt: 'csv', tsv: 'csv', xlsx: 'xlsx', jsonl: 'jsonl', ndjson: 'jsonl', json: 'jsonl' }

/** `tickets.jsonl.gz` → jsonl; null for a name that announces none of the formats. */
export function guessKind(name: string): SheetKind | null {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return byExtension[extension] ?? null
}
