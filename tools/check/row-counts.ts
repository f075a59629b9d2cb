// A write whose rows nobody asks for travels with the next statement (kernel/db/joined-messages.ts) and answers no count: who needs one says `returning`.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const COUNT = /\bnum(?:Affected|Updated|Deleted|InsertedOrUpdated)Rows\b/

export function rowCounts(root: string): string[] {
  const files = execFileSync('git', ['ls-files', 'server/src/**/*.ts'], { cwd: root, encoding: 'utf8' }).split('\n').filter((f) => f && !f.includes('.test.') && !f.includes('/kernel/db/'))
  return files.filter((file) => COUNT.test(readFileSync(join(root, file), 'utf8'))).map((file) => `${file}: the count of a write is not there, write "returning"`)
}
