// A file fits a sitting: 500 lines at most, 800 for tests; above 250 it is named.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const DATA = /^server\/src\/demo\//

export function fileSizes(root: string): string[] {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.css'], { cwd: root, encoding: 'utf8' }).split('\n').filter((f) => f && !f.endsWith('.gen.ts') && !DATA.test(f))
  const found: string[] = []
  const long: string[] = []
  for (const file of files) {
    let lines: number
    try {
      lines = readFileSync(join(root, file), 'utf8').split('\n').length
    } catch {
      continue // deleted in the working tree
    }
    const most = file.includes('.test.') ? 800 : 500
    if (lines > most) found.push(`${file}: ${lines} lines, at most ${most}`)
    else if (lines > 250 && !file.includes('.test.')) long.push(`${file} ${lines}`)
  }
  if (long.length > 0) console.log(`    over 250 lines (is a second concept in it?): ${long.join(', ')}`)
  return found
}
