import type { DurationUnit } from './duration.ts'

/** Words of dates and durations as users read them (UX pattern 5.10). */
export const timeTexts = {
  remaining: '剩余',
  overdue: '超期',
  until: '至',
  today: '今天',
  yesterday: '昨天',
  day: '天',
  workingDay: '个工作日',
  hour: '小时',
  minute: '分',
  second: '秒',
  weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
}

/** The word after the amount of a duration. */
export const durationUnitTexts: Record<DurationUnit, string> = {
  naturalMinutes: '分钟',
  naturalHours: '小时',
  naturalDays: '天',
  workingHours: '个工作小时',
  workingDays: '个工作日',
}
