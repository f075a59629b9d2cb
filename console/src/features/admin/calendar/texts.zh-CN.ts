import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '工作日历', year: '{year} 年', previous: '上一年', next: '下一年', covered: '节假日安排已知至 {date}', hours: '工作时间', editHours: '修改工作时间', zone: '时区', holiday: '休', workday: '班', holidayLong: '放假', workdayLong: '调休上班', normal: '普通日', legendHoliday: '放假', legendWorkday: '调休上班', legendWeekend: '周末', 
  import: '导入随产品提供的安排', importPaste: '粘贴安排', imported: '已导入 {n} 天', importAsk: '导入 {year} 年的放假和调休安排，同一日期以新安排为准。在办工单的截止时间会重新计算。', importTitle: '导入 {year} 年节假日', importVerb: '导入并重算时限', saveVerb: '保存并重算时限', upper: '节假日由最上级租户统一维护，本级只能查看', edit: '修改 {date}', kind: '安排', name: '名称', saved: '已保存，在办工单的截止时间将重新计算', removed: '已恢复为普通日', days: '{year} 年放假与调休', none: '{year} 年还没有放假安排',
  date: '日期', pasteWhat: '节假日', effect: '在办工单的截止时间会重新计算', months: '{n} 月', badRow: '日期格式为 2027-01-01', badKind: '安排应为：放假、调休上班', dayWords: '{date} {kind} {name}',
} as const

export const t = defineTexts(zh)
