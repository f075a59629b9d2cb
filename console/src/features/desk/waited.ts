// How long somebody has been waiting, in words.
import { duration, instant } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

const minute = 60_000

export function waitedFor(since: string, at: number): string {
  const ms = at - instant(since)
  return ms < minute ? t('justNow') : t('waited', { time: duration(ms) })
}
