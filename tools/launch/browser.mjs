// Finds Chromium and a Chinese font for the browser journeys, installing Debian's where that is allowed.
import { existsSync } from 'node:fs'
import path from 'node:path'

import { installWithApt } from './apt.mjs'
import { runQuietly } from './child.mjs'
import { steps } from './texts.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** @returns {Promise<{ path: string, warning?: string } | { missing: string }>} */
export async function findBrowser() {
  let found = installedBrowser()
  let fonts = await hasChineseFont()
  let problem
  if (!found || !fonts) {
    problem = await installWithApt([...(found ? [] : ['chromium']), ...(fonts ? [] : ['fonts-noto-cjk'])])
    found = installedBrowser()
    fonts = await hasChineseFont()
  }
  if (!found) return { missing: steps.noBrowser(problem ?? '') }
  return { path: found, ...(fonts ? {} : { warning: `${steps.noFonts}; ${problem ?? ''}` }) }
}

function installedBrowser() {
  const chosen = process.env.MINSHENG_CHROMIUM
  if (chosen) return existsSync(chosen) ? chosen : undefined
  const folders = new Set([...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin'])
  return [...folders].flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file))
}

async function hasChineseFont() {
  const { ok, output } = await runQuietly('fc-list', [':lang=zh', 'family'])
  return ok ? output !== '' : existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
}
